"""Who is quoted: the sources of many articles, of what kind they are, how they are named, and how much they say.

    report = audit(records)
    page.page(report), write.csv(report), write.json(report)

Made from records alone; where they hold their document's text, it also tells why a source may speak. What each figure
means is in ``definitions.tsv``, and stands beside it on the page.
"""

from __future__ import annotations

from quotes.audit.report import Report, audit
from quotes.audit.sources import KINDS, Source

__all__ = ["KINDS", "Report", "Source", "audit"]
