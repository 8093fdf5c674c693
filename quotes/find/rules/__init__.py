"""Rule families, one file each; every rule stands with its examples."""

from quotes.find.rules import adjunct, complement, floating, left, line, nominal, passive, turn
from quotes.find.rules.rule import BOOK, Rule, Rulebook, rule

FAMILIES = (complement, left, passive, nominal, adjunct, line, turn, floating)

__all__ = ["BOOK", "FAMILIES", "Rule", "Rulebook", "rule"]
