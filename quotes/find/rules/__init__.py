"""Rule families, one file each; every rule stands with its examples."""

from quotes.find.rules import adjunct, complement, left, line, nominal, passive
from quotes.find.rules.rule import Rule

ALL: list[Rule] = [rule for family in (complement, left, passive, nominal, adjunct, line) for rule in family.RULES]
"""Every rule, in the order of the families."""

__all__ = ["ALL", "Rule"]
