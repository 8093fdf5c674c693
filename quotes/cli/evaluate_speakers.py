"""``quotes evaluate --speakers``: how often the names of speakers are right."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quotes.cli.console import many, printable, stop

if TYPE_CHECKING:
    from quotes.learn.speaker_scores import Tally


def evaluate_speakers(
    gold: Sequence[Path], speakers: Path, model: str | None, speaker_precision: float | None, as_json: bool
) -> None:
    """Print how many speakers are right, wrong and withheld, by how the text mentions them.

    Args:
        gold: annotated articles, where the speakers' file tells who speaks their annotations; else not looked at.
        speakers: that file, or texts with coreference chains (see `quotes.learn.coreference`).
        model: the spaCy pipeline to extract with.
        speaker_precision: as of ``quotes.Extractor``.
        as_json: print JSON instead of a table.
    """
    from quotes.extractor import Extractor
    from quotes.learn.antecedents import form_of, whos
    from quotes.learn.coreference import chained
    from quotes.learn.gold import GoldError, load
    from quotes.learn.speaker_scores import by_articles, by_chains
    from quotes.records import ACTS

    try:
        extractor = Extractor(model, acts=ACTS, speaker_precision=speaker_precision)
        if form_of(speakers) == "chains":
            texts = chained(speakers)
            found = {text.id: extractor.extract(text.text, text.id) for text in texts}
            tallies, number = by_chains(texts, found), len(texts)
        else:
            told = whos(speakers)
            articles = {article.id: article for article in load(list(gold)) if article.id in told}
            found = {doc_id: extractor.extract(article.text, doc_id) for doc_id, article in articles.items()}
            tallies, number = by_articles(articles.values(), told, found), len(articles)
    except GoldError as error:
        raise stop(printable(str(error)), 1) from error
    except ValueError as error:
        raise stop(printable(str(error)), 2) from error
    if not tallies["all"].sources:
        raise stop("the gold tells no speaker of a quote that is found", 1)
    typer.echo(json.dumps({k: asdict(t) for k, t in tallies.items()}) if as_json else _table(tallies, number))


def _table(tallies: Mapping[str, Tally], texts: int) -> str:
    head = f"{many(texts, 'text')}, speakers of the quotes found, by mention\n"
    rows = [f"{'':<14}{'sources':>8}{'right':>8}{'wrong':>8}{'withheld':>10}{'sure':>8}{'wrong of sure':>15}"]
    for name, tally in tallies.items():
        if tally.sources:
            shares = [tally.right, tally.wrong, tally.withheld, tally.sure]
            right, wrong, withheld, sure = (f"{n / tally.sources:.3f}" for n in shares)
            of_sure = f"{tally.sure_wrong / tally.sure:.3f}" if tally.sure else "-"
            rows.append(f"{name:<14}{tally.sources:>8,}{right:>8}{wrong:>8}{withheld:>10}{sure:>8}{of_sure:>15}")
    return "\n".join([head, *rows, "", "sure: names given with a confidence of 0.9 or more"])
