"""Find who said what in news text, and exactly where.

>>> import quotes
>>> [quote] = quotes.extract("The bridge will open in May, said Ada Lund.")
>>> quote.speaker.mention.text
'Ada Lund'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.extractor import Extractor, extract
    from quotes.records import Cue, Mention, Quote, Span, Speaker, schema
    from quotes.write.frame import frame

    __version__: str

__all__ = ["Cue", "Extractor", "Mention", "Quote", "Span", "Speaker", "__version__", "extract", "frame", "schema"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `import quotes` alone costs nothing."""
    if name == "__version__":
        from importlib.metadata import version

        from quotes.extras import DISTRIBUTION

        return version(DISTRIBUTION)
    if name in ("extract", "Extractor"):
        return getattr(import_module("quotes.extractor"), name)
    if name == "frame":
        return import_module("quotes.write.frame").frame
    if name in __all__:
        return getattr(import_module("quotes.records"), name)
    raise AttributeError(f"module 'quotes' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
