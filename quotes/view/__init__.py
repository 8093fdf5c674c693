"""A text and its quotes as HTML for people to read and check.

``page`` gives a whole page that needs nothing but itself; ``article`` the piece of it that another page takes in, with
the style sheets and the script in ``STATIC``.
"""

from __future__ import annotations

from quotes.view.notes import UNSURE, Check, Misfit, misfit, numbered
from quotes.view.page import STATIC, article, headline, page

__all__ = ["STATIC", "UNSURE", "Check", "Misfit", "article", "headline", "misfit", "numbered", "page"]
