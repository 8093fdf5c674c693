"""How far people who checked the same quotes agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from quotes.store.database import Database

Outcome = tuple[str, str, str]
"""What a verdict makes of a quote: "wrong", or "quote" with the speaker and the edges that it gives."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Somebody who checked, and what they said: quotes counted by the last verdict of theirs that stands."""

    who: str
    right: int
    wrong: int
    corrected: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people and the quotes that both checked."""

    one: str
    other: str
    quotes: int
    same: int
    kappa: float | None
    """Cohen's: 1 where they always agree, 0 where they agree as often as chance would have it; None where both said the
    same of every quote, of which it tells nothing."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """All people's verdicts, compared."""

    checkers: list[Checker]
    """Those who checked most first."""
    pairs: list[Pair]
    """Those with most quotes in common first."""
    disputed: list[str]
    """The ids of the quotes of which two people say different things, the last checked first."""


def agreement(db: Database) -> Agreement:
    """Compare what people say of the quotes that several have checked: of each the last verdict not undone."""
    rows = db.execute(
        "SELECT q.uid, v.who, v.verdict, v.speaker, v.content FROM verdicts v JOIN quotes q ON q.id = v.quote_id "
        "WHERE v.undone_at IS NULL ORDER BY v.id"
    )
    said: dict[str, dict[str, Outcome]] = defaultdict(dict)
    last: dict[str, int] = {}
    for k, (quote, who, verdict, speaker, content) in enumerate(rows):
        said[who][quote] = _outcome(verdict, speaker, content)
        last[quote] = k
    pairs = [
        _pair(one, other, common)
        for one, other in combinations(sorted(said), 2)
        if (common := [(said[one][quote], said[other][quote]) for quote in said[one].keys() & said[other].keys()])
    ]
    outcomes: dict[str, set[Outcome]] = defaultdict(set)
    for theirs in said.values():
        for quote, outcome in theirs.items():
            outcomes[quote].add(outcome)
    return Agreement(
        sorted((_checker(who, theirs) for who, theirs in said.items()), key=lambda one: (-_checked(one), one.who)),
        sorted(pairs, key=lambda pair: (-pair.quotes, pair.one, pair.other)),
        sorted((quote for quote, of in outcomes.items() if len(of) > 1), key=lambda quote: -last[quote]),
    )


def kappa(pairs: Sequence[tuple[Outcome, Outcome]]) -> float | None:
    """Cohen's kappa (1960) of two people's labels of the same things; None where both gave all the same label."""
    total = len(pairs)
    same = sum(one == other for one, other in pairs) / total
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(count * theirs[label] for label, count in ours.items()) / total**2
    return None if chance == 1 else (same - chance) / (1 - chance)


def _outcome(verdict: str, speaker: str | None, content: str | None) -> Outcome:
    return ("wrong", "", "") if verdict == "wrong" else ("quote", (speaker or "").casefold(), content or "")


def _pair(one: str, other: str, common: Sequence[tuple[Outcome, Outcome]]) -> Pair:
    return Pair(one, other, len(common), sum(a == b for a, b in common), kappa(common))


def _checker(who: str, theirs: Mapping[str, Outcome]) -> Checker:
    wrong = sum(outcome[0] == "wrong" for outcome in theirs.values())
    right = sum(outcome == ("quote", "", "") for outcome in theirs.values())
    return Checker(who, right, wrong, len(theirs) - right - wrong)


def _checked(one: Checker) -> int:
    return one.right + one.wrong + one.corrected
