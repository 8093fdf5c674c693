"""Who is speaking: every source resolved to one entity, by name, or honestly to none."""

from quotes.resolve.resolver import UNSURE, least_sure, resolve

__all__ = ["UNSURE", "least_sure", "resolve"]
