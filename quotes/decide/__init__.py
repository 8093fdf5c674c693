"""Which candidates stand, and how sure that is."""

from quotes.decide.choose import choose
from quotes.decide.nested import nested
from quotes.decide.settings import Settings, SettingsError, settings

__all__ = ["Settings", "SettingsError", "choose", "nested", "settings"]
