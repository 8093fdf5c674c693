"""Rule families, one file each; every rule stands with its examples."""

from quotes.find.rules import adjunct, complement, left, line, nominal, passive, turn
from quotes.find.rules.rule import BOOK, Rule, Rulebook, rule

__all__ = ["BOOK", "Rule", "Rulebook", "adjunct", "complement", "left", "line", "nominal", "passive", "rule", "turn"]
