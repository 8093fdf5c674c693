"""Who is speaking: every source resolved to one entity, by name, or honestly to none."""

from quotes.resolve.resolver import resolve

__all__ = ["resolve"]
