"""Is what the shipped model finds in the open gold as good as it was? `.ci/run` asks before anything is merged.

    python docs/measure/gate.py          print the figures beside those kept; exit with 1 if one is worse
    python docs/measure/gate.py --keep   keep these figures, in docs/measure/gate.json

The open gold is the fixtures of our own and GUM's Wikinews articles (fixtures/gum). Quotes of all acts are looked for,
for counting, by the default spaCy model and the weights that come with the program.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from quotes.extractor import Extractor
from quotes.grammar.parse import DEFAULT_MODEL
from quotes.learn.coreference import chained
from quotes.learn.evaluate import score
from quotes.learn.fits import Who
from quotes.learn.gold import Annotation, Document, annotation
from quotes.learn.speaker_scores import Tally, by_articles, by_chains
from quotes.records import ACTS

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import goldmarks  # noqa: E402

KEPT = Path(__file__).with_suffix(".json")
NEWS = ROOT / "fixtures" / "gum" / "news.jsonl"
FREE = 0.005
"""How much worse a figure may be: less than that is chance."""
DIGITS = 6
"""To so many a difference is looked at, so that one of .005 is not more for how numbers are stored."""

Figures = Mapping[str, float]
"""Each from 0 to 1, by its name."""


def measured() -> Figures:
    """Who said what (F1) in the fixtures; there and in the Wikinews articles, of the speakers of quotes that are found,
    the shares with a right and with a wrong name."""
    extractor = Extractor(DEFAULT_MODEL, acts=ACTS, purpose="counting")
    golds = [goldmarks.load(name) for name in goldmarks.names()]
    documents = [_document(gold) for gold in golds]
    found = {gold.id: extractor.extract(gold.text, gold.id) for gold in golds}
    who_what = score(documents, {name: [annotation(q.to_dict()) for q in quotes] for name, quotes in found.items()})
    news = chained(NEWS)
    of_news = by_chains(news, {text.id: extractor.extract(text.text, text.id) for text in news})
    return {
        "who-what F1, fixtures": round(who_what.who_what.f1, DIGITS),
        **_names("fixtures", by_articles(documents, {gold.id: _whos(gold) for gold in golds}, found)["all"]),
        **_names("Wikinews", of_news["all"]),
    }


def worse(now: Figures, kept: Figures) -> list[str]:
    """The names of the figures that are worse than those kept by more than FREE, or of which none is kept.

    Of wrong names fewer are better, of all else more.
    """
    return [name for name in now if name not in kept or round(_lost(name, now[name], kept[name]), DIGITS) > FREE]


def _lost(name: str, now: float, kept: float) -> float:
    return now - kept if name.startswith("wrong") else kept - now


def _names(where: str, tally: Tally) -> Figures:
    return {
        f"right names, {where}": round(tally.right / tally.sources, DIGITS),
        f"wrong names, {where}": round(tally.wrong / tally.sources, DIGITS),
    }


def _document(gold: goldmarks.Gold) -> Document:
    return Document(gold.id, gold.text, tuple(Annotation(q.content, q.cue, q.source) for q in gold.quotes))


def _whos(gold: goldmarks.Gold) -> Mapping[int, Who]:
    """Who speaks each quote, by its number in ``_document``."""
    return {
        int(number): Who(who["name"], tuple(who["aliases"]), who["kind"], who["mention"])
        for number, who in gold.bench_speakers()["speakers"].items()
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--keep", action="store_true", help="keep the figures that are measured now")
    keep = options.parse_args().keep
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    now = measured()
    for name, figure in now.items():
        print(f"{name:<24}{figure:.3f}   kept {f'{kept[name]:.3f}' if name in kept else 'none'}")
    if keep:
        KEPT.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
    elif names := worse(now, kept):
        sys.exit(f"worse than kept by more than {FREE}, or not kept: {'; '.join(names)}")


if __name__ == "__main__":
    main()
