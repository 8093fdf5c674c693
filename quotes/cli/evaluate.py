"""``quotes evaluate``: scores extraction against annotated documents."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli.console import Errors, many, printable, say, stop
from quotes.cli.evaluate_speakers import evaluate_speakers
from quotes.cli.options import Careful, For, Precision, SpeakerPrecision, Weights, names
from quotes.records import ACTS

if TYPE_CHECKING:
    from quotes.learn.evaluate import Figures
    from quotes.learn.gold import Document

PRF_ROWS = {"found": "found", "exact": "exact", "who_what": "who-what", "tokens": "tokens"}
RECALL_ROWS = {
    "direct_recall": "found, direct",
    "mixed_recall": "found, mixed",
    "indirect_recall": "found, indirect",
    "direct_who_what_recall": "who-what, direct",
    "mixed_who_what_recall": "who-what, mixed",
    "indirect_who_what_recall": "who-what, indirect",
}
ACCURACY_ROWS = {
    "source_accuracy": "source accuracy",
    "source_exact": "source exact",
    "cue_accuracy": "cue accuracy",
}


class Baseline(str, Enum):
    """Other extractors to compare with."""

    textacy = "textacy"


def evaluate(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD...",
            show_default=False,
            help="Annotated documents: .jsonl files, brat's .ann or .txt files, or folders of these two.",
        ),
    ],
    predicted: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl",
            exists=True,
            dir_okay=False,
            help="Score these records, as extract writes them, instead of extracting from the gold's texts.",
        ),
    ] = None,
    baseline: Annotated[
        Baseline | None,
        typer.Option(help="Run this extractor over the same texts too and show its figures beside."),
    ] = None,
    act: Annotated[
        str,
        typer.Option(
            metavar="ACTS",
            help=f"Score only quotes of these acts, separated by commas: {', '.join(ACTS)}, or all. "
            "Corpora such as PolNeAR annotate every act, hence all unless told otherwise.",
        ),
    ] = "all",
    purpose: For = "counting",
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Score only quotes at least this sure.", show_default=False),
    ] = None,
    speakers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            show_default=False,
            help="Score the speakers' names instead: against a file that tells who speaks the gold's quotes, or "
            "against who is who in GUM's .conllu or LitBank's .ann, which may be the gold itself.",
        ),
    ] = None,
    speaker_precision: SpeakerPrecision = None,
    precision: Precision = None,
    careful: Careful = False,
    weights: Weights = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The spaCy pipeline to extract (and run the baseline) with."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the figures as JSON.")] = False,
) -> None:
    """Score extraction against annotated documents: precision, recall and F1.

    \b
    quotes evaluate PolNeAR/data/dev
    quotes evaluate gold.jsonl --predicted quotes.jsonl --json
    quotes evaluate gold.jsonl --baseline textacy
    quotes evaluate gold.jsonl --speakers who.jsonl
    quotes evaluate GUM_news_sensitive.conllu --speakers GUM_news_sensitive.conllu

    Exit status: 0 all was scored; 1 some inputs failed, each named on standard error; 2 the command line was
    wrong.
    """
    from quotes.decide import SettingsError
    from quotes.decide.careful.reader import ReaderError
    from quotes.extras import MissingPackage
    from quotes.learn import evaluate as evaluation
    from quotes.learn.gold import GoldError, load, load_predicted

    acts = names("--act", act, ACTS)
    if predicted and (precision is not None or weights or careful):
        raise stop("--precision, --weights and --careful are for extraction, which --predicted takes the place of", 2)
    if speakers:
        return evaluate_speakers(gold, speakers, model, speaker_precision, as_json)
    errors = Errors()
    documents = load(gold, lambda error: errors.add(str(error)))
    if not documents:
        errors.end()
        raise stop("the gold holds no documents", 1)
    if not any(document.annotations for document in documents):
        say("warning: no quotes are annotated in the gold (brat entities are named Source, Cue and Content)")
    texts = evaluation.texts_of(documents)
    if len(texts) > len({doc_id for _, doc_id in texts}):
        say("warning: different texts have the same id (less folders) and count as one document; rename them")
    rows: dict[str, Figures] = {}
    raised: list[str] = []
    try:
        if predicted:
            records = load_predicted(predicted)
            _compare_texts(records, documents)
            found = {doc_id: evaluation.select(of, acts, min_confidence) for doc_id, of in records.items()}
        else:
            found = evaluation.extracted(texts, model, acts, purpose, min_confidence, precision, weights, careful)
        rows["quotes"] = evaluation.score(documents, found)
        if baseline:
            other, raised = evaluation.textacy_quotes(texts, model)
            rows[baseline.value] = evaluation.score(documents, other)
    except GoldError as error:
        raise stop(printable(str(error)), 1) from error
    except (SettingsError, MissingPackage, ReaderError) as error:
        raise stop(printable(str(error)), 2) from error
    if as_json:
        typer.echo(json.dumps(_as_json(rows, raised)))
    else:
        typer.echo(_table(rows))
        if baseline:
            raised_on = f"{len(raised)} of {len(texts)} documents"
            typer.echo(f"\n{baseline.value} raised on {raised_on}; they count as empty.")
    errors.end()


def _compare_texts(predicted: dict[str, list[dict[str, Any]]], gold: list[Document]) -> None:
    """Tell when the predictions look as if they were made from other texts."""
    from quotes.learn.evaluate import misplaced

    ids = {document.id for document in gold}
    if predicted and ids.isdisjoint(predicted):
        say(f"no predicted doc_id is in the gold: {min(predicted)!r} is not, the gold has {min(ids)!r}")
    if count := misplaced(gold, predicted):
        say(f"warning: at the offsets of {count} predicted quotes the gold's text has other words")


def _as_json(rows: dict[str, Figures], raised: list[str]) -> dict[str, Any]:
    (_, ours), *others = rows.items()
    out = asdict(ours)
    for name, figures in others:
        out["baseline"] = {"name": name, "raised": len(raised)} | asdict(figures)
    return out


def _table(rows: dict[str, Figures]) -> str:
    """The figures down, the extractors across; recalls stand in the column of recall."""
    figures = list(rows.values())
    head = [f"{many(figures[0].documents, 'document')}, {many(figures[0].gold, 'quote')} annotated", ""]
    if len(rows) > 1:
        head.append(_line("", [f"{name:^24}" for name in rows]))
    head.append(_line("", [_cell("precision", "recall", "F1")] * len(rows)))
    curves = [
        _line(label, [_cell(*(f"{x:.3f}" for x in asdict(getattr(row, key)).values())) for row in figures])
        for key, label in PRF_ROWS.items()
    ]
    recalls = [
        _line(label, [_cell("", f"{getattr(row, key):.3f}") for row in figures]) for key, label in RECALL_ROWS.items()
    ]
    accuracies = [
        _line(label, [_cell(f"{getattr(row, key):.3f}") for row in figures]) for key, label in ACCURACY_ROWS.items()
    ]
    predicted = _line("quotes predicted", [_cell(f"{row.predicted:,}") for row in figures])
    return "\n".join([*head, *curves, "", *recalls, "", *accuracies, predicted])


def _cell(precision: str, recall: str = "", f1: str = "") -> str:
    return f"{precision:>10}{recall:>7}{f1:>7}"


def _line(label: str, cells: list[str]) -> str:
    return f"{label:<20}{'   '.join(cells)}".rstrip()
