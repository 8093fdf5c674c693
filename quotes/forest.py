"""Boosted trees, walked all at once, from lists of numbers: neither scikit-learn nor any code is loaded with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Masks = npt.NDArray[np.uint32]
MOST_LEAVES = 32
"""Of a tree: as many as a mask has bits."""
ALL = np.uint32(0xFFFFFFFF)


class Forest:
    """Boosted regression trees, walked all at once (Lucchese et al., QuickScorer, SIGIR 2015).

    A tree's leaves are numbered from left to right. A node that sends a row to its right rules out the leaves to its
    left; of the leaves that no node rules out, the row's is the first.

    Args:
        trees: each as parallel lists over its nodes, a node before its left and then its right subtree; a leaf is its
            own child. See train.
        bias: what is added to the sum of the leaves' values.

    Raises:
        ValueError: a tree's nodes are in another order, or it has more than MOST_LEAVES.
    """

    def __init__(self, trees: Sequence[Mapping[str, Sequence[float]]], bias: float) -> None:
        self.bias = bias
        self.values = np.zeros((len(trees), MOST_LEAVES))
        rows = [_nodes(tree, values) for tree, values in zip(trees, self.values, strict=True)]
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

    def log_odds(self, x: Matrix) -> Matrix:
        """The log-odds of each row."""
        left = np.full((len(x), len(self.values)), ALL, dtype=np.uint32)
        for feature, steps, masks in self.by_feature:
            left &= masks.take(steps.searchsorted(x[:, feature]), axis=0)
        first = np.frexp((left & -left).astype(np.float32))[1] - 1
        values = self.values.take(first + np.arange(len(self.values)) * MOST_LEAVES)
        return np.asarray(values.sum(axis=1) + self.bias)


def _nodes(tree: Mapping[str, Sequence[float]], values: Matrix) -> tuple[npt.NDArray[np.intp], Matrix, Masks]:
    """Of each inner node of a tree the feature, the threshold, and the leaves that are not under its left child; the
    leaves' values are written into values."""
    left, right = np.array(tree["left"], dtype=np.intp), np.array(tree["right"], dtype=np.intp)
    own = np.arange(len(left))
    leaf = left == own
    if leaf.sum() > MOST_LEAVES or (left[~leaf] != own[~leaf] + 1).any() or (right[~leaf] <= left[~leaf]).any():
        raise ValueError("a tree that is too large or in another order")
    values[: leaf.sum()] = np.array(tree["value"])[leaf]
    up_to = np.uint64(1) << np.cumsum(leaf, dtype=np.uint64) - leaf  # one bit above those of the leaves before a node
    under = (up_to[right] - up_to[left])[~leaf].astype(np.uint32)
    return np.array(tree["feature"], dtype=np.intp)[~leaf], np.array(tree["threshold"], dtype=np.float64)[~leaf], ~under
