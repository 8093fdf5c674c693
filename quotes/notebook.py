"""A quote as a notebook shows it: who, the words that report, what was said, how sure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from quotes.records import Quote

SHOWN = 70
"""Characters of a content in one line."""
MOST = 200
"""Quotes of a list that are shown."""
CARD = Markup(
    '<div style="margin:.5em 0;padding-left:.7em;border-left:3px solid currentColor">'
    '<div>{text}</div><div style="opacity:.7;font-size:.85em">{who}{cue} · {type} · {sure}</div></div>'
)
MORE = Markup('<p style="opacity:.7">and {count:,} more</p>')


def in_a_line(quote: Quote) -> str:
    """A quote in one line, long contents cut: <Quote direct, Ada Lund said: “It took too long” (0.97)>."""
    text = " ".join(quote.text.split())
    text = text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"
    return f"<Quote {quote.type}, {_who(quote)}{_cue(quote)}: {text} ({quote.confidence:.2f})>"


def card(quote: Quote) -> Markup:
    """A quote as a piece of HTML that fits light and dark notebooks."""
    return CARD.format(
        text=quote.text, who=_who(quote), cue=_cue(quote), type=quote.type, sure=f"{100 * quote.confidence:.0f} % sure"
    )


def cards(quotes: Iterable[Quote]) -> Markup:
    """Quotes below one another; of very many the first."""
    every = list(quotes)
    shown = Markup().join(card(quote) for quote in every[:MOST])
    return shown + MORE.format(count=len(every) - MOST) if len(every) > MOST else shown


def _who(quote: Quote) -> str:
    speaker = quote.speaker
    return (speaker.name or (speaker.mention.text if speaker.mention else "")) if speaker else "nobody named"


def _cue(quote: Quote) -> str:
    """The words that report, with what turns them round: " said (denied, or said not to have happened)"."""
    if quote.cue is None:
        return ""
    turned = [flag for flag in ("negated", "modal", "question") if getattr(quote.cue, flag)]
    return f" {quote.cue.text}" + (f" ({', '.join(turned)})" if turned else "")
