"""What a rule is: a name, what it is about, and the sentences that show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A way in which text reports speech, by its examples.

    Examples are marked inline: ``[source]``, ``(cue)``, ``{content}``; several ``{…}`` are parts of one content.
    """

    name: str
    """family.name"""
    about: str
    """One line for a reader."""
    matches: tuple[str, ...]
    """Sentences in which the rule proposes exactly the marked spans."""
    rejects: tuple[str, ...] = ()
    """Sentences in which the rule proposes nothing."""

    @property
    def family(self) -> str:
        """What stands before the point of the name."""
        return self.name.partition(".")[0]
