"""Rule families, one file each; every rule stands with its examples."""

from quotes.find.rules import (
    adjunct,
    anaphor,
    complement,
    dialogue,
    floating,
    framed,
    hearing,
    left,
    line,
    neighbours,
    nominal,
    passive,
    plain,
    post,
    quoted,
    turn,
)
from quotes.find.rules.rule import BOOK, Rule, Rulebook, rule

FAMILIES = (
    complement,
    left,
    passive,
    hearing,
    nominal,
    adjunct,
    line,
    turn,
    quoted,
    framed,
    neighbours,
    plain,
    post,
    anaphor,
    dialogue,
    floating,
)

__all__ = ["BOOK", "FAMILIES", "Rule", "Rulebook", "rule"]
