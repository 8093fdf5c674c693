"""The trees of the ranker give what a walk through each gives, and are asked where that may matter."""

import json
import random
from collections.abc import Mapping, Sequence
from importlib.resources import files

import numpy as np
import pytest

from quotes.decide.ranker import BEHIND, TREES_SHARE, load
from quotes.forest import MOST_LEAVES, Forest

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
    forest = MODEL[name]["forest"]
    chosen, columns = random.Random(0), len(MODEL[name]["columns"])
    seen: list[list[float]] = [[0.0] for _ in range(columns)]
    for tree in forest["trees"]:
        for feature, threshold in zip(tree["feature"], tree["threshold"], strict=True):
            seen[feature] += [threshold, threshold + 1e-9] if feature >= 0 else []
    rows = [[chosen.choice(values) for values in seen] for _ in range(50)]
    expected = [sum(walked(tree, row) for tree in forest["trees"]) + forest["bias"] for row in rows]
    assert Forest(forest["trees"], forest["bias"]).log_odds(np.array(rows)) == pytest.approx(expected)


@pytest.mark.parametrize("leaves", [1, 2, MOST_LEAVES])
def test_trees_of_any_size(leaves: int) -> None:
    rows = [[k - 0.5] for k in range(leaves)]
    assert Forest([LEAF, chain(leaves)], 1.0).log_odds(np.array(rows)).tolist() == [k + 1.5 for k in range(leaves)]


def test_trees_that_do_not_fit_are_refused() -> None:
    swapped = chain(2) | {"left": [2, 1, 2], "right": [1, 1, 2]}
    for tree in (chain(MOST_LEAVES + 1), swapped):
        with pytest.raises(ValueError, match="too large or in another order"):
            Forest([tree], 0.0)


def test_readings_far_behind_keep_what_the_regression_gave_them() -> None:
    judge = load().edges
    rows = np.zeros((3, len(judge.columns)))
    heaviest = int(np.argmax(judge.linear.weight / judge.linear.scale))
    rows[1, heaviest] = -(BEHIND + 1) / (judge.linear.weight / judge.linear.scale)[heaviest]
    linear = judge.linear.log_odds(rows)
    both = (linear + TREES_SHARE * (judge.forest.log_odds(rows) - linear)).tolist()
    assert judge.of_readings(rows.tolist(), [2, 1]) == pytest.approx([both[0], linear[1], both[2]])
    assert judge.of_readings(rows.tolist(), [1, 1, 1]) == pytest.approx(both)
