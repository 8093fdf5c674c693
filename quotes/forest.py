"""Boosted trees, walked all at once, from lists of numbers: neither scikit-learn nor any code is loaded with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
Masks = npt.NDArray[np.uint32]
MOST_LEAVES = 32
"""Of a tree: as many as a mask has bits."""
ALL = np.uint32(0xFFFFFFFF)
AT_ONCE = 2048
"""How many rows the trees are asked about at once: some 20 MB for 500 trees."""


FEW = 32
"""Rows that are looked up at once in all features; of more, a feature at a time takes less memory and no more time."""
APART = 2.0**22
"""More than twice any threshold: a power of two, so that little of a number's precision is lost beside it."""
Tree = Mapping[str, Sequence[float]]
"""Parallel lists over the nodes, a node before its left and then its right subtree: ``feature`` that it asks about, -1
of a leaf; ``threshold`` up to which a row goes ``left``, else ``right`` (a leaf is its own child); ``value``, of a leaf
what it adds, of another node the mean of what the training examples under it were given."""


class Forest:
    """Boosted regression trees, walked all at once (Lucchese et al., QuickScorer, SIGIR 2015).

    A tree's leaves are numbered from left to right. A node that sends a row to its right rules out the leaves to its
    left; of the leaves that no node rules out, the row's is the first.

    Args:
        trees: see Tree.
        bias: what is added to the sum of the leaves' values.

    Raises:
        ValueError: a tree's nodes are in another order, or it has more than MOST_LEAVES.
    """

    def __init__(self, trees: Sequence[Tree], bias: float) -> None:
        self.bias = bias
        self.nodes = [_Nodes.of(tree) for tree in trees]
        self.values = np.zeros((len(trees), MOST_LEAVES))
        rows = [nodes.ruled_out(values) for nodes, values in zip(self.nodes, self.values, strict=True)]
        of_tree = np.repeat(np.arange(len(trees)), [len(row[0]) for row in rows])
        feature, threshold, kept = (np.concatenate(column) for column in zip(*rows, strict=True))
        self.by_feature: list[tuple[int, Matrix, Masks]] = []
        """Every feature that is asked about, its thresholds, and for each number of them that a row is above the leaves
        of every tree that it may still come to."""
        for one in np.unique(feature):
            at = feature == one
            steps, step = np.unique(threshold[at], return_inverse=True)
            masks = np.full((len(steps) + 1, len(trees)), ALL, dtype=np.uint32)
            np.bitwise_and.at(masks, (step + 1, of_tree[at]), kept[at])
            self.by_feature.append((int(one), steps, np.bitwise_and.accumulate(masks, axis=0)))
        self.features = np.array([one for one, _, _ in self.by_feature], dtype=np.intp)
        self.places = np.arange(len(self.features))
        self.steps = np.concatenate(
            [k * APART + steps for k, (_, steps, _) in enumerate(self.by_feature)] or [np.zeros(0)]
        )
        """All features' thresholds in one row, each feature's APART from the next one's: to look a few rows up in."""
        self.masks = np.concatenate(
            [masks for _, _, masks in self.by_feature] or [np.zeros((0, len(trees)), np.uint32)]
        )

    def log_odds(self, rows: Matrix) -> Matrix:
        """The log-odds of each row."""
        return np.concatenate([self._of(rows[at : at + AT_ONCE]) for at in range(0, max(len(rows), 1), AT_ONCE)])

    def _of(self, rows: Matrix) -> Matrix:
        if len(rows) <= FEW:
            asked = rows[:, self.features].clip(-APART / 4, APART / 4) + self.places * APART
            left = np.bitwise_and.reduce(self.masks[self.steps.searchsorted(asked) + self.places], axis=1, initial=ALL)
        else:
            left = np.full((len(rows), len(self.values)), ALL, dtype=np.uint32)
            for feature, steps, masks in self.by_feature:
                left &= masks.take(steps.searchsorted(rows[:, feature]), axis=0)
        first = np.frexp((left & -left).astype(np.float32))[1] - 1
        values = self.values.take(first + np.arange(len(self.values)) * MOST_LEAVES)
        return np.asarray(values.sum(axis=1) + self.bias)

    def parts(self, rows: Matrix) -> Matrix:
        """What each feature adds, summed over the trees: on a row's way down a tree, the step from a node's mean to
        that of the child taken goes to the feature that the node asks about (Saabas, "Interpreting random forests",
        2014). The parts and the means at the roots together make the log-odds."""
        out = np.zeros(rows.shape)
        for row, parts in zip(rows, out, strict=True):
            for nodes in self.nodes:
                nodes.explain(row, parts)
        return out


class _Nodes(NamedTuple):
    """The nodes of a tree; see Tree."""

    feature: npt.NDArray[np.int16]
    threshold: Matrix
    left: npt.NDArray[np.int16]
    right: npt.NDArray[np.int16]
    value: npt.NDArray[np.float32]

    @classmethod
    def of(cls, tree: Tree) -> _Nodes:
        kinds = (np.int16, np.float64, np.int16, np.int16, np.float32)
        return cls(*(np.array(tree[name], dtype=kind) for name, kind in zip(cls._fields, kinds, strict=True)))

    def ruled_out(self, values: Matrix) -> tuple[Indices, Matrix, Masks]:
        """Of each inner node the feature, the threshold, and the leaves that are not under its left child; the
        leaves' values are written into values."""
        left, right, own = self.left.astype(np.intp), self.right.astype(np.intp), np.arange(len(self.left))
        leaf = left == own
        if leaf.sum() > MOST_LEAVES or (left[~leaf] != own[~leaf] + 1).any() or (right[~leaf] <= left[~leaf]).any():
            raise ValueError("a tree that is too large or in another order")
        values[: leaf.sum()] = self.value[leaf]
        up_to = np.uint64(1) << np.cumsum(leaf, dtype=np.uint64) - leaf  # one bit above those of the leaves before
        under = (up_to[right] - up_to[left])[~leaf].astype(np.uint32)
        return self.feature[~leaf].astype(np.intp), self.threshold[~leaf], ~under

    def explain(self, row: Matrix, parts: Matrix) -> None:
        """Add to the parts of a row's features what they do in this tree."""
        node = 0
        while self.left[node] != node:
            feature = self.feature[node]
            child = self.right[node] if row[feature] > self.threshold[node] else self.left[node]
            parts[feature] += self.value[child] - self.value[node]
            node = int(child)
