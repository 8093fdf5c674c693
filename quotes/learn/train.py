"""Learns the model file from annotated articles: experience, two models for each judgement, and the confidence.

Needs scikit-learn, which comes with textacy. Seeded and rounded: the same articles give the same file, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from quotes.decide.choose import Judged, judge
from quotes.decide.prune import pruned
from quotes.decide.ranker import Matrix, Model, edge_columns, from_data, report_columns
from quotes.learn.calibrate import confidence_from, thresholds
from quotes.learn.examples import Article
from quotes.learn.lessons import (
    Lessons,
    edge_lessons,
    folds,
    plausible_counts,
    plausible_examples,
    plausible_table,
    report_lessons,
)

FOLDS = 3
FIRST_CONFIDENCE = (0.0, 1.0, 0.25, 0.0)
TREES: Mapping[str, Any] = {
    "max_iter": 500,
    "learning_rate": 0.06,
    "max_leaf_nodes": 31,
    "max_depth": 8,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "max_features": 0.3,
    "early_stopping": False,
    "random_state": 0,
}

Progress = Callable[[str], None]
Json = dict[str, Any]


def train(articles: Sequence[Article], progress: Progress) -> Json:
    """The content of a model file.

    Args:
        articles: annotated articles, in a fixed order.
        progress: is told each step.
    """
    judged = cross_validated(articles, progress)
    progress("confidence")
    confidence = confidence_from(judged)
    progress("all articles")
    return fit(articles) | confidence_of(confidence) | thresholds(judged, confidence)


def cross_validated(articles: Sequence[Article], progress: Progress) -> list[tuple[Article, list[Judged]]]:
    """Every article with what a model makes of it that was trained on the other parts; not yet calibrated."""
    judged: list[tuple[Article, list[Judged]]] = []
    parts = folds(len(articles), FOLDS)
    for k, part in enumerate(parts):
        progress(f"cross-validation, part {k + 1} of {len(parts)}")
        held = set(part)
        data = fit([a for i, a in enumerate(articles) if i not in held])
        model = from_data(data | confidence_of(FIRST_CONFIDENCE))
        judged += [(articles[i], judged_by(articles[i], model)) for i in part]
    return judged


def write(data: Json, path: Path) -> None:
    """Write a model file: a line for every table and every tree."""
    path.write_text(_lines(data) + "\n", encoding="utf-8")


def _lines(value: Any, depth: int = 0) -> str:
    """JSON with line breaks down to the level of tables and trees."""
    if isinstance(value, dict) and depth < 4 and value:
        inside = ",\n".join(f"{json.dumps(k, ensure_ascii=False)}: {_lines(v, depth + 1)}" for k, v in value.items())
        return f"{{\n{inside}\n}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(_lines(v, 4) for v in value) + "\n]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def judged_by(article: Article, model: Model) -> list[Judged]:
    """What a model makes of an article's proposals, those left out that it finds implausible."""
    proposals = [e.proposal for e in article.examples]
    return judge(article.ctx, pruned(proposals, model), model)


def confidence_of(confidence: Sequence[float]) -> Json:
    return {"confidence": list(confidence), "threshold": [0.5, 0.5], "precision": []}


def fit(articles: Sequence[Article]) -> Json:
    plausible = plausible_counts(articles)
    kept = [plausible_examples(article, plausible) for article in articles]
    return {
        "plausible": plausible_table(plausible),
        "report": _judge_data(report_columns(), report_lessons(articles, kept)),
        "edges": _judge_data(edge_columns(), edge_lessons(kept)),
    }


def _judge_data(columns: tuple[str, ...], lessons: Lessons) -> Json:
    experience = lessons.experience
    return {
        "columns": list(columns),
        "experience": {
            "base": experience.base,
            "tables": {
                key.name: dict(sorted(table.items()))
                for key, table in zip(experience.names, experience.tables, strict=True)
            },
            "seen": {
                key.name: dict(sorted(table.items()))
                for key, table in zip((key for key in experience.names if key.counted), experience.seen, strict=True)
            },
        },
        "linear": _linear(lessons.rows, lessons.right, lessons.weights),
        "forest": _forest(lessons.rows, lessons.right),
    }


def _linear(x: Matrix, y: Matrix, weights: Matrix) -> Json:
    from sklearn.linear_model import LogisticRegression

    mean = x.mean(axis=0)
    scale = x.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=0.05, max_iter=500).fit((x - mean) / scale, y, sample_weight=weights)
    return {
        "mean": _rounded(mean),
        "scale": _rounded(scale),
        "weight": _rounded(model.coef_[0]),
        "bias": round(float(model.intercept_[0]), 4),
    }


def _forest(x: Matrix, y: Matrix) -> Json:
    """Boosted trees; not weighted, as scikit-learn then takes minutes for what seconds do otherwise, to no gain."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**TREES).fit(x, y)
    trees = [_tree(predictors[0].nodes) for predictors in model._predictors]
    return {"bias": round(float(np.ravel(model._baseline_prediction)[0]), 4), "trees": trees}


def _tree(nodes: Any) -> Json:
    """A tree of scikit-learn's as parallel lists; a leaf is its own child."""
    leaf = nodes["is_leaf"].astype(bool)
    own = np.arange(len(nodes))
    return {
        "feature": np.where(leaf, -1, nodes["feature_idx"].astype(int)).tolist(),
        "threshold": [0.0 if at else round(float(t), 5) for at, t in zip(leaf, nodes["num_threshold"], strict=True)],
        "left": np.where(leaf, own, nodes["left"].astype(int)).tolist(),
        "right": np.where(leaf, own, nodes["right"].astype(int)).tolist(),
        "value": [round(float(v), 4) if at else 0.0 for at, v in zip(leaf, nodes["value"], strict=True)],
    }


def _rounded(values: Matrix) -> list[float]:
    return [round(float(v), 4) for v in values]
