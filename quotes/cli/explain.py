"""``quotes explain``: what was found in a text and why, beside its parse."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli.console import about, say, stop
from quotes.cli.options import Careful
from quotes.records import flags

if TYPE_CHECKING:
    from quotes.decide.explain import Considered, CueConsidered, Feature, Said
    from quotes.find.candidate import TokenSpan
    from quotes.grammar.parse import Parse
    from quotes.records import Quote

DETAILS = ("addressee", "medium", "when")


def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT|FILE|-", help="A sentence, a file, or - for standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write it as JSON.")] = False,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="An installed English spaCy pipeline, or the path of its folder."),
    ] = None,
    careful: Careful = False,
) -> None:
    """Show which quotes are found in a text and why: for every cue what was proposed, how it was judged and what
    became of it, then the parse.

    \b
    quotes explain "The bridge will open in May, said Ada Lund."
    quotes explain --json "Rain is likely, the mayor warned."
    quotes explain article.txt | less
    """
    from quotes.decide import settings
    from quotes.decide.explain import explain as considered
    from quotes.extractor import find
    from quotes.find import candidates
    from quotes.grammar.context import Context
    from quotes.grammar.marks import pair
    from quotes.grammar.parse import Parser

    text = _read(text)
    parse = next(Parser(model).pipe([text]))
    try:
        by = settings(careful=careful)
    except ValueError as error:  # the second reader is not installed, or damaged
        raise stop(str(error), 2) from error
    quotes = find(parse, by, evidence=True)
    ctx = Context(parse, pair(parse.text, parse.paragraph_spans()))
    cues = considered(ctx, candidates(ctx), by.model, by.threshold) if len(parse) else []
    if as_json:
        report = {
            "text": text,
            "threshold": by.threshold,
            "quotes": [quote.to_dict() for quote in quotes],
            "cues": [_cue(parse, cue) for cue in cues],
            "parse": list(_tokens(parse)),
        }
        typer.echo(json.dumps(report, indent=2))
    else:
        said = [*_quotes(quotes), "", *_cues(parse, cues), *_table(parse)]
        typer.echo("\n".join(said).encode(errors="replace").decode())


def _read(argument: str) -> str:
    """The text that an argument names or is."""
    from quotes.read import STDIN, Document, documents, readable

    name = " " not in argument and readable(argument)
    if not (argument == STDIN or name or os.path.isfile(argument)):
        return argument
    found = next(iter(documents([argument])))
    if not isinstance(found, Document):
        raise stop(about(found.id, found.reason), 1)
    if found.note:
        say(about(found.id, found.note))
    return found.text


# As text


def _quotes(quotes: Sequence[Quote]) -> Iterator[str]:
    if not quotes:
        yield "no quote found"
    for quote in quotes:
        speaker = quote.speaker
        told = "".join(f", {flag}" for flag in flags(quote.cue))
        yield f"{quote.rule}  {quote.type} {quote.act}{told}, confidence {quote.confidence:.2f}"
        yield f"  source     {speaker.mention.text if speaker and speaker.mention else '-'}"
        yield f"  cue        {quote.cue.text if quote.cue else '-'}"
        yield f"  content    {quote.text}"
        for name in DETAILS:
            if (span := getattr(quote, name)) is not None:
                yield f"  {name:<10} {span.text}"
        if speaker:
            yield f"  speaker    {speaker.name or '-'}"
            yield from (f"    {line}" for line in speaker.evidence)


def _cues(parse: Parse, cues: Iterable[CueConsidered]) -> Iterator[str]:
    for cue in cues:
        yield f"{cue.head} {parse.words[cue.head]}"
        for one in cue.candidates:
            yield from (f"  {line}" for line in _candidate(parse, one))
        yield ""


def _candidate(parse: Parse, one: Considered) -> Iterator[str]:
    proposal = one.proposal
    sure = "    " if one.confidence is None else f"{one.confidence:.2f}"
    mark = "✓" if one.fate == "chosen" else "✗"
    yield f"{mark} {sure} {proposal.rule}  {proposal.frame}  {_fate(parse, one)}"
    if one.why:
        return
    yield f"    source   {_words(parse, [proposal.source] if proposal.source else [])}"
    content = one.readings[0].content if one.readings else proposal.edges.first.content
    yield f"    content  {_words(parse, content)}"
    if one.readings[1:]:
        yield f"    readings {', '.join(f'{r.name} {r.log_odds:+.1f}' for r in one.readings)}"
    if one.report is not None:
        yield f"    report   {one.report:+.1f}: {', '.join(map(_scorer, one.scorers))}"
        yield f"    for      {_features(one.weightiest_for)}"
        yield f"    against  {_features(one.weightiest_against)}"
    if one.stage:
        yield f"    sure     {_features(one.stage)}"


def _scorer(said: Said) -> str:
    return f"{said.scorer} " + ("not asked" if said.log_odds is None else f"{said.log_odds:+.1f} × {said.weight:.2f}")


def _fate(parse: Parse, one: Considered) -> str:
    if one.why:
        return f"{one.fate}: {one.why}"
    if one.by is not None:
        return f"{one.fate}: {one.by.rule} of {parse.words[one.by.head]!r}"
    if one.fate == "below the threshold":
        return f"{one.fate}, {one.threshold:.2f}"
    if one.report is None and one.experience is not None:
        return f"{one.fate}, {one.experience:+.1f}"
    return one.fate


def _words(parse: Parse, spans: Iterable[TokenSpan]) -> str:
    return " … ".join(" ".join(parse.slice(span).split()) for span in spans) or "-"


def _features(features: Iterable[Feature]) -> str:
    return "; ".join(f"{f.name} = {_value(f.value)}: {f.adds:+.1f}" for f in features) or "-"


def _value(value: str | float) -> str:
    return " ".join(value.split()) if isinstance(value, str) else f"{value:.3g}"


def _table(parse: Parse) -> Iterator[str]:
    """A line a token: its number, itself, its tag, and how it hangs on which token."""
    width = max((len(word) for word in parse.words), default=0)
    for i, word in enumerate(parse.words):
        head = parse.head[i]
        above = f"{head} {parse.words[head]}" if head != i else ""
        yield f"{i:>4}  {word:<{width}}  {parse.tag[i]:<5} {parse.dep[i]:<10} {above}".rstrip()


# As JSON


def _cue(parse: Parse, cue: CueConsidered) -> dict[str, Any]:
    head = (cue.head, cue.head + 1)
    return {"token": cue.head, **_spans(parse, [head])[0], "candidates": [_as_dict(parse, c) for c in cue.candidates]}


def _as_dict(parse: Parse, one: Considered) -> dict[str, Any]:
    proposal = one.proposal
    readings = [
        {"name": r.name, "content": _spans(parse, r.content), "log_odds": _round(r.log_odds)} for r in one.readings
    ]
    chosen = one.readings[0].content if one.readings else proposal.edges.first.content
    return {
        "rule": proposal.rule,
        "frame": str(proposal.frame),
        "cue": _spans(parse, [proposal.cue])[0] if proposal.cue else None,
        "source": _spans(parse, [proposal.source])[0] if proposal.source else None,
        "content": _spans(parse, chosen),
        "fate": one.fate,
        "why": one.why or None,
        "by": {"rule": one.by.rule, "token": one.by.head} if one.by else None,
        "confidence": _round(one.confidence),
        "threshold": _round(one.threshold),
        "log_odds": {"experience": _round(one.experience), "report": _round(one.report)},
        "scorers": [asdict(said) for said in one.scorers],
        "for": [asdict(feature) for feature in one.weightiest_for],
        "against": [asdict(feature) for feature in one.weightiest_against],
        "readings": readings,
        "stage": [asdict(feature) for feature in one.stage],
    }


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def _spans(parse: Parse, spans: Iterable[TokenSpan]) -> list[dict[str, Any]]:
    from quotes.assemble import span

    return [asdict(span(parse, tokens)) for tokens in spans]


def _tokens(parse: Parse) -> Iterator[dict[str, Any]]:
    for i, word in enumerate(parse.words):
        yield {"token": i, "text": word, "tag": parse.tag[i], "dep": parse.dep[i], "head": parse.head[i]}
