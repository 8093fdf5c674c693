"""Which candidates stand, and how sure that is."""

from quotes.decide.choose import choose
from quotes.decide.ranker import load

__all__ = ["choose", "load"]
