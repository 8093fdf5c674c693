"""What scikit-learn fits, as plain numbers for the model file; rounded, so that the same examples give the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from quotes.forest import Indices, Matrix

TREES: Mapping[str, Any] = {
    "max_iter": 300,
    "learning_rate": 0.1,
    "max_leaf_nodes": 31,
    "max_depth": 8,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "max_features": 0.3,
    "early_stopping": False,
    "random_state": 0,
}

Json = dict[str, Any]


def regression(rows: Matrix, right: Matrix, weights: Matrix, strength: float = 0.05) -> Json:
    """A logistic regression over standardised features; see scorers.Regression.

    Args:
        rows: a row an example.
        right: whether each is.
        weights: what each counts.
        strength: how freely weights grow; scikit-learn's C.
    """
    from sklearn.linear_model import LogisticRegression

    mean = rows.mean(axis=0)
    scale = rows.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=strength, max_iter=500).fit((rows - mean) / scale, right, sample_weight=weights)
    return {
        "mean": _rounded(mean),
        "scale": _rounded(scale),
        "weight": _rounded(model.coef_[0]),
        "bias": round(float(model.intercept_[0]), 4),
    }


def trees(rows: Matrix, right: Matrix, times: Indices, options: Mapping[str, Any] = TREES) -> Json:
    """Boosted trees, by scikit-learn's options; see scorers.Trees. What counts several times is there several
    times: weights would take scikit-learn minutes for what seconds do otherwise."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**options).fit(rows.repeat(times, axis=0), right.repeat(times))
    # Nothing public tells the nodes of these trees: the extra "train" bounds scikit-learn's version.
    nodes = [predictors[0].nodes for predictors in model._predictors]
    return {"bias": round(float(np.ravel(model._baseline_prediction)[0]), 4), "trees": [_tree(one) for one in nodes]}


def share(odds: Matrix, right: Matrix, weights: Matrix) -> float:
    """What share of the log-odds the second of two scorers should have, by a regression over both on examples that
    neither had seen.

    Args:
        odds: of both scorers, a row an example.
        right: whether each is.
        weights: what each counts.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=100.0).fit(odds, right, sample_weight=weights)
    first, second = (max(float(weight), 0.0) for weight in model.coef_[0])
    return round(second / (first + second), 2) if first + second else 0.5


def _tree(nodes: Any) -> Json:
    """A tree of scikit-learn's as parallel lists; a leaf is its own child."""
    leaf = nodes["is_leaf"].astype(bool)
    own = np.arange(len(nodes))
    left = np.where(leaf, own, nodes["left"].astype(int)).tolist()
    right = np.where(leaf, own, nodes["right"].astype(int)).tolist()
    return {
        "feature": np.where(leaf, -1, nodes["feature_idx"].astype(int)).tolist(),
        "threshold": [0.0 if at else round(float(t), 5) for at, t in zip(leaf, nodes["num_threshold"], strict=True)],
        "left": left,
        "right": right,
        "value": _means(left, right, nodes["value"].tolist(), nodes["count"].tolist()),
    }


def _means(left: Sequence[int], right: Sequence[int], value: Sequence[float], count: Sequence[int]) -> list[float]:
    """The values of a tree's leaves, and of its other nodes the mean over the training examples under each."""
    out = list(value)
    for node in reversed(range(len(out))):  # children come after their parents
        if left[node] != node:
            both = (left[node], right[node])
            out[node] = sum(out[child] * count[child] for child in both) / sum(count[child] for child in both)
    return [round(v, 4) for v in out]


def _rounded(values: Matrix) -> list[float]:
    return [round(float(v), 4) for v in values]
