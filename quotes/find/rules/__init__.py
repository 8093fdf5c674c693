"""Rule families, one file each; every rule stands with its examples."""

from quotes.find.rules import adjunct, complement, dialogue, floating, left, line, nominal, passive, quoted, turn
from quotes.find.rules.rule import BOOK, Rule, Rulebook, rule

FAMILIES = (complement, left, passive, nominal, adjunct, line, turn, quoted, dialogue, floating)

__all__ = ["BOOK", "FAMILIES", "Rule", "Rulebook", "rule"]
