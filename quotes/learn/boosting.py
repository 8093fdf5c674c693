"""Boosted trees that choose one of several: gradient boosting of the likelihood of a softmax over groups of rows.

Each tree is grown on half of the groups (Friedman 2002) to fit the slope of the log-likelihood, and its leaves take a
Newton step, as XGBoost's do. scikit-learn grows them; all draws come from one seed: the same rows give the same trees.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

TREES, RATE, LEAVES, IN_LEAF, DRAG = 220, 0.1, 12, 25, 5.0
"""How many trees, the share of its step that each takes, its leaves, the rows in one at least, the pull of its value to
zero."""
COLUMNS, GROUPS = 0.4, 0.5
"""The share of the columns that each split looks at, and of the groups that each tree is grown on."""
LEAST_CURVE = 0.02
"""A row's weight at least, so that what is nearly certain can't ask for an endless step."""


class Examples(NamedTuple):
    """Groups of rows, of each of which one is to be chosen."""

    rows: Matrix
    right: Matrix
    """1 for every row of a group that may be chosen, 0 for the others."""
    sizes: npt.NDArray[np.intp]
    """How many rows each group has, one or more."""
    weights: Matrix
    """What each group counts."""


def boost(examples: Examples, trees: int = TREES, seed: int = 0) -> list[dict[str, list[Any]]]:
    """Fit trees, each as parallel lists over its nodes (see `quotes.forest.Forest`)."""
    from sklearn.tree import DecisionTreeRegressor

    x = examples.rows.astype(np.float32)
    first = np.cumsum([0, *examples.sizes[:-1]])
    weight = examples.weights.repeat(examples.sizes)
    scores = np.zeros(len(x))
    draw = np.random.RandomState(seed)
    grown = []
    for _ in range(trees):
        share = softmax(scores, first, examples.sizes)
        wanted = share * examples.right
        wanted /= np.maximum(np.add.reduceat(wanted, first).repeat(examples.sizes), 1e-12)
        slope, curve = weight * (wanted - share), weight * np.maximum(share * (1 - share), LEAST_CURVE)
        drawn = draw.random_sample(len(first)) < GROUPS
        grown_on = np.flatnonzero((drawn if drawn.any() else ~drawn).repeat(examples.sizes))
        tree = DecisionTreeRegressor(
            max_leaf_nodes=LEAVES,
            min_samples_leaf=min(IN_LEAF, max(len(x) // 4, 1)),
            max_features=COLUMNS,
            random_state=draw.randint(1 << 30),
        ).fit(x[grown_on], (slope / curve)[grown_on], sample_weight=curve[grown_on])
        leaf = tree.apply(x)
        nodes = tree.tree_.node_count
        value = RATE * np.bincount(leaf, slope, nodes) / (np.bincount(leaf, curve, nodes) + DRAG)
        scores += value[leaf]
        if nodes > 1:
            grown.append(_lists(tree.tree_, value))
    return grown


def softmax(scores: Matrix, first: Sequence[int] | npt.NDArray[np.intp], sizes: npt.NDArray[np.intp]) -> Matrix:
    """The probability of each row among those of its group."""
    top = np.maximum.reduceat(scores, first).repeat(sizes)
    odds = np.exp(scores - top)
    return np.asarray(odds / np.add.reduceat(odds, first).repeat(sizes))


def _lists(tree: Any, value: Matrix) -> dict[str, list[Any]]:
    """A tree of scikit-learn's as parallel lists, a node before its left and then its right subtree; a leaf is its own
    child."""
    order, waiting = [], [0]
    while waiting:
        node = waiting.pop()
        order.append(node)
        if tree.children_left[node] >= 0:
            waiting += [tree.children_right[node], tree.children_left[node]]
    place = {node: k for k, node in enumerate(order)}
    leaf = [tree.children_left[node] < 0 for node in order]
    return {
        "feature": [-1 if end else int(tree.feature[n]) for n, end in zip(order, leaf, strict=True)],
        "threshold": [0.0 if end else round(float(tree.threshold[n]), 4) for n, end in zip(order, leaf, strict=True)],
        "left": [place[n if end else tree.children_left[n]] for n, end in zip(order, leaf, strict=True)],
        "right": [place[n if end else tree.children_right[n]] for n, end in zip(order, leaf, strict=True)],
        "value": [round(float(value[n]), 4) if end else 0.0 for n, end in zip(order, leaf, strict=True)],
    }
