"""What stands in quotation marks, compared with what was said: ``verify`` looks for a quote in ``Sources``."""

from __future__ import annotations

from quotes.verify.differences import Difference
from quotes.verify.index import Sources
from quotes.verify.verdict import STATUSES, WRONG, Passage, Status, Verification, verify
from quotes.verify.voices import Voices

__all__ = ["STATUSES", "WRONG", "Difference", "Passage", "Sources", "Status", "Verification", "Voices", "verify"]
