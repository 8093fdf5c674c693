"""Trees give what a walk through each gives; a judge asks its scorers in turn; another is one class."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from quotes.decide import choose
from quotes.decide.explain import explain
from quotes.decide.model import BEHIND, MARGIN, Model, Weighted, load
from quotes.decide.scorers import Batch, Case
from quotes.find import candidates
from quotes.find.candidate import Edges, Proposal, Readings
from quotes.find.frame import Frame
from quotes.forest import AT_ONCE, MOST_LEAVES, Forest, Matrix
from quotes.grammar.context import Context
from quotes.grammar.parse import Parse, Parser

Tree = Mapping[str, Sequence[float]]
MODEL = json.loads(files("quotes.decide").joinpath("model.json").read_text("utf-8"))
LEAF: Tree = {"feature": [-1], "threshold": [0.0], "left": [0], "right": [0], "value": [0.5]}


def walked(tree: Tree, row: Sequence[float]) -> float:
    node = 0
    while tree["left"][node] != node:
        above = row[int(tree["feature"][node])] > tree["threshold"][node]
        node = int(tree["right"][node] if above else tree["left"][node])
    return tree["value"][node]


def chain(leaves: int) -> Tree:
    """A tree of which each inner node has a leaf on its left."""
    nodes: list[tuple[int, float, int, int, float]] = []
    for k in range(leaves - 1):
        at = len(nodes)
        nodes += [(0, float(k), at + 1, at + 2, 0.0), (-1, 0.0, at + 1, at + 1, float(k))]
    nodes.append((-1, 0.0, len(nodes), len(nodes), float(leaves - 1)))
    return dict(zip(("feature", "threshold", "left", "right", "value"), zip(*nodes, strict=True), strict=True))


@pytest.mark.parametrize("name", ["report", "edges"])
def test_all_trees_at_once_give_what_each_gives(name: str) -> None:
    forest = MODEL[name]["trees"]
    chosen, columns = random.Random(0), len(MODEL[name]["columns"])
    seen: list[list[float]] = [[0.0] for _ in range(columns)]
    for tree in forest["trees"]:
        for feature, threshold in zip(tree["feature"], tree["threshold"], strict=True):
            seen[feature] += [threshold, threshold + 1e-9] if feature >= 0 else []
    rows = [[chosen.choice(values) for values in seen] for _ in range(50)]
    expected = [sum(walked(tree, row) for tree in forest["trees"]) + forest["bias"] for row in rows]
    assert Forest(forest["trees"], forest["bias"]).log_odds(np.array(rows)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("leaves", [1, 2, MOST_LEAVES])
def test_trees_of_any_size(leaves: int) -> None:
    rows = [[k - 0.5] for k in range(leaves)]
    assert Forest([LEAF, chain(leaves)], 1.0).log_odds(np.array(rows)).tolist() == [k + 1.5 for k in range(leaves)]


def test_trees_that_do_not_fit_are_refused() -> None:
    swapped = chain(2) | {"left": [2, 1, 2], "right": [1, 1, 2]}
    for tree in (chain(MOST_LEAVES + 1), swapped):
        with pytest.raises(ValueError, match="too large or in another order"):
            Forest([tree], 0.0)


def test_many_rows_at_once_are_those_one_by_one() -> None:
    trees = Forest([chain(5)], 0.0)
    rows = np.arange(2 * AT_ONCE + 1)[:, None] % 7 - 0.5
    assert trees.log_odds(rows).tolist() == [float(min(max(row + 0.5, 0), 4)) for row in rows[:, 0]]
    assert trees.log_odds(rows[:0]).tolist() == []


def test_the_parts_and_the_mean_of_trees_are_their_log_odds() -> None:
    forest = MODEL["report"]["trees"]
    trees = Forest(forest["trees"], forest["bias"])
    rows = np.random.default_rng(0).normal(0, 3, (5, len(MODEL["report"]["columns"])))
    means = sum(tree["value"][0] for tree in forest["trees"]) + forest["bias"]
    assert trees.parts(rows).sum(axis=1) + means == pytest.approx(trees.log_odds(rows), abs=1e-3)


# Judges


def nothing(rows: Matrix) -> Batch:
    """Cases of which nothing is known but their features."""
    edges = Edges("whole", ((0, 1),))
    case = Case(Context(Parse(""), []), Proposal(Frame("ccomp"), None, 0, "", Readings([edges])), edges)
    return Batch([case] * len(rows), rows)


def test_readings_far_behind_keep_what_the_regression_gave_them() -> None:
    judge = load().edges
    regression, trees = (weighted.scorer for weighted in judge.scorers)
    share = judge.scorers[1].share
    rows = np.zeros((3, len(judge.features.columns)))
    weights = regression.parts(np.eye(rows.shape[1])) - regression.parts(np.zeros_like(np.eye(rows.shape[1])))  # type: ignore[attr-defined]
    heaviest = int(np.argmax(np.diag(weights)))
    rows[1, heaviest] = -(BEHIND + 1) / weights[heaviest, heaviest]
    batch = nothing(rows)
    linear = regression.log_odds(batch)
    both = (linear + share * (trees.log_odds(batch) - linear)).tolist()
    together, apart = judge.of_readings(batch, [2, 1])
    assert together.tolist() == pytest.approx([both[0], linear[1], both[2]])
    assert np.isnan(apart[1]).tolist() == [False, True, False]
    assert judge.of_readings(batch, [1, 1, 1]).together.tolist() == pytest.approx(both)


class Said:
    """A scorer of somebody's own: only "said" reports."""

    name = "said"

    def log_odds(self, batch: Batch) -> Matrix:
        return np.array([6.0 if case.proposal.lemma == "say" else -6.0 for case in batch.cases])


def with_scorer(model: Model, share: float) -> Model:
    return replace(model, report=replace(model.report, scorers=(*model.report.scorers, Weighted(Said(), share))))


def test_a_scorer_of_ones_own_has_its_say(parser: Parser) -> None:
    [parse] = parser.pipe(["Ada Lund said that it rained. Tom Rask suggested that it snowed."])
    ctx = Context(parse, [])

    def chosen(model: Model) -> set[str]:
        [found] = choose([(ctx, candidates(ctx))], model, 0.5)
        return {one.candidate.lemma for one in found}

    assert chosen(load()) == {"say", "suggest"} == chosen(with_scorer(load(), 0.0))
    assert chosen(with_scorer(load(), 1.0)) == {"say"}
    cues = explain(ctx, candidates(ctx), with_scorer(load(), 0.9), 0.5)
    for one in (one for cue in cues for one in cue.candidates if one.scorers):
        own = one.scorers[-1]
        assert own.scorer == "said"
        assert own.log_odds is None or own.log_odds == (6.0 if one.proposal.lemma == "say" else -6.0)
        said = [f for f in (*one.weightiest_for, *one.weightiest_against) if f.name == "said"]
        assert bool(said) == (own.log_odds is not None)


def test_a_scorer_is_not_asked_where_those_before_it_leave_no_hope() -> None:
    asked = []

    class Asked(Said):
        def log_odds(self, batch: Batch) -> Matrix:
            asked.append(len(batch.cases))
            return np.zeros(len(batch.cases))

    class Sure(Said):
        def log_odds(self, batch: Batch) -> Matrix:
            return batch.rows[:, 0]

    judge = replace(load().report, scorers=(Weighted(Sure(), 1.0), Weighted(Asked(), 0.5)))
    rows = np.array([[-MARGIN - 0.1], [-MARGIN + 0.1], [3.0]])
    assert judge.of_proposals(nothing(rows), 0.0).together.tolist() == pytest.approx([-1.6, -0.7, 1.5])
    assert asked == [2]
