"""How good are the quotes? Precision, recall and F1 against annotated documents.

Spans are compared as sets of words, so that quotation marks and punctuation at an edge are free. Found and
annotated quotes are paired one to one, best overlap of their contents first. A document that several people
annotated is scored against each of them and counts once, by the mean.

What each figure means, and where it comes from, is told in docs/evaluation.md.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import Any

from quotes.assemble import quote_type
from quotes.grammar.marks import Quotation
from quotes.learn.gold import Annotation, Document, Spans, annotation
from quotes.learn.overlap import pairs, same_source, words_of
from quotes.records import ACTS, TYPES, Act, Purpose, QuoteType, Span

OPENING = r"(?:[\"“«]|''|``)"
CLOSING = r"(?:[\"”»]|'')"
OPENS_INSIDE = re.compile(r"\W{0,2}" + OPENING)
OPENS_BEFORE = re.compile(OPENING + r"\s?$")
CLOSES = re.compile(CLOSING)
BLANK = re.compile(r"\s")
ANY_MARK = re.compile(f"{OPENING}|{CLOSING}")


@dataclass(frozen=True, slots=True)
class PRF:
    """Precision, recall and their harmonic mean, each from 0 to 1."""

    p: float
    r: float
    f1: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What ``score`` measures."""

    documents: int
    """How many texts."""
    gold: int
    """How many quotes are annotated in them (the mean where several people annotated)."""
    predicted: int
    """How many quotes were found in them."""
    found: PRF
    """Contents that overlap: a Jaccard index of at least 0.5."""
    exact: PRF
    """Contents of the same words."""
    who_what: PRF
    """Contents that overlap and have the right source: who said what."""
    tokens: PRF
    """The words that stand in any content."""
    source_accuracy: float
    """Of the quotes found: the sources share a word that carries meaning, or there is none on either side."""
    source_exact: float
    """Of the quotes found: the sources are the same words."""
    cue_accuracy: float
    """Of the quotes found: the cues share a word."""
    direct_recall: float
    """Of the quotes annotated wholly in quotation marks: how many were found."""
    direct_who_what_recall: float
    """… and with the right source."""
    mixed_recall: float
    """Of the quotes annotated partly in quotation marks: how many were found."""
    mixed_who_what_recall: float
    """… and with the right source."""
    indirect_recall: float
    """Of the quotes annotated without quotation marks: how many were found."""
    indirect_who_what_recall: float
    """… and with the right source."""


def score(gold: Iterable[Document], predicted: Mapping[str, Sequence[Annotation]]) -> Figures:
    """Compare predictions, by document id, with annotated documents.

    A document without predictions counts as one in which nothing was found; predictions for other documents
    are passed over.
    """
    versions: dict[str, list[Document]] = defaultdict(list)
    for document in gold:
        versions[document.id].append(document)
    n: dict[str, float] = defaultdict(float)
    for doc_id, documents in versions.items():
        for document in documents:
            for name, count in _counts(document, _judged(document, predicted.get(doc_id, ()))).items():
                n[name] += count / len(documents)
    by_type = {
        f"{kind}{what}_recall": _ratio(n[f"{found} {kind}"], n[f"gold {kind}"])
        for kind in TYPES
        for what, found in (("", "found"), ("_who_what", "source"))
    }
    return Figures(
        documents=len(versions),
        gold=round(n["gold"]),
        predicted=round(n["predicted"]),
        found=_prf(n["found"], n["predicted"], n["gold"]),
        exact=_prf(n["exact"], n["predicted"], n["gold"]),
        who_what=_prf(n["source"], n["predicted"], n["gold"]),
        tokens=_prf(n["words shared"], n["words predicted"], n["words gold"]),
        source_accuracy=_ratio(n["source"], n["found"]),
        source_exact=_ratio(n["source exact"], n["found"]),
        cue_accuracy=_ratio(n["cue"], n["found"]),
        **by_type,
    )


def _judged(document: Document, found: Sequence[Annotation]) -> Sequence[Annotation]:
    """What was found of the acts that were looked at."""
    return [one for one in found if not document.acts or not one.act or one.act in document.acts]


def annotated_type(text: str, content: Spans) -> QuoteType:
    """The type of an annotated content, told by the double marks in it or just outside it."""
    parts = [Span(start, end, text[start:end]) for start, end in content]
    return quote_type(text, parts, [quotation for part in parts for quotation in _marked(text, part)])


def select(
    records: Iterable[Mapping[str, Any]], acts: Collection[str], min_confidence: float | None = None
) -> list[Annotation]:
    """The spans of the records of these acts and at least this confidence; one that doesn't tell stays."""
    return [
        annotation(record)
        for record in records
        if ("act" not in record or record["act"] in acts)
        and (min_confidence is None or record.get("confidence", 1.0) >= min_confidence)
    ]


def misplaced(gold: Iterable[Document], predicted: Mapping[str, Iterable[Mapping[str, Any]]]) -> int:
    """How many predicted records repeat other words than the document has at their offsets."""
    texts = {document.id: document.text for document in gold}
    return sum(
        any(part.get("text", there) != there for part, there in _parts(record, texts[doc_id]))
        for doc_id, records in predicted.items()
        if doc_id in texts
        for record in records
    )


def texts_of(gold: Iterable[Document]) -> list[tuple[str, str]]:
    """Each document's text with its id, once however many people annotated it."""
    return list(dict.fromkeys((document.text, document.id) for document in gold))


def extracted(
    texts: Iterable[tuple[str, str]],
    model: str | None = None,
    acts: Collection[Act] = ACTS,
    purpose: Purpose = "counting",
    min_confidence: float | None = None,
    precision: float | None = None,
    weights: PathLike[str] | None = None,
    careful: bool = False,
) -> dict[str, list[Annotation]]:
    """What this program finds in texts given with their ids, by id; the other arguments are ``Extractor``'s.

    Raises:
        quotes.grammar.parse.ModelError: the model can't be used.
        quotes.decide.SettingsError: the weights, or the precision or confidence wanted, can't.
    """
    from quotes.extractor import Extractor

    extractor = Extractor(
        model,
        acts=acts,
        purpose=purpose,
        min_confidence=min_confidence,
        precision=precision,
        weights=weights,
        careful=careful,
    )
    found: dict[str, list[Annotation]] = defaultdict(list)
    for quotes, doc_id in extractor.pipe(texts, as_tuples=True):
        found[doc_id] += [annotation(quote.to_dict()) for quote in quotes]
    return found


def textacy_quotes(
    texts: Iterable[tuple[str, str]], model: str | None = None
) -> tuple[dict[str, list[Annotation]], list[str]]:
    """What ``textacy.extract.direct_quotations`` finds in texts given with their ids, by the whole pipeline.

    Returns:
        the quotes by document id, and the ids of the texts on which textacy raised and which count as empty.

    Raises:
        quotes.grammar.parse.ModelError: the model can't be used.
    """
    from textacy.extract import direct_quotations

    nlp = _whole_pipeline(model)
    found: dict[str, list[Annotation]] = defaultdict(list)
    raised: list[str] = []
    for text, doc_id in texts:
        with nlp.memory_zone():
            try:
                quotes = [_of_triple(triple) for triple in direct_quotations(nlp(text))]
            except Exception:  # whatever it is: the baseline failed on this text, and that is counted
                raised.append(doc_id)
            else:
                found[doc_id] += quotes
    return found, raised


def _whole_pipeline(model: str | None) -> Any:
    import os

    import spacy

    from quotes.grammar.parse import DEFAULT_MODEL, MODEL_VARIABLE, ModelError

    name = model or os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL
    try:
        return spacy.load(name)
    except OSError as error:
        hint = f"install it, e.g. pip install {DEFAULT_MODEL}"
        raise ModelError(f"model {name!r} is not installed; {hint}") from error


def _of_triple(triple: Any) -> Annotation:
    """The spans of textacy's (speaker tokens, cue tokens, content span)."""

    def hull(tokens: Any) -> Spans:
        return ((tokens[0].idx, tokens[-1].idx + len(tokens[-1])),)

    content = triple.content
    return Annotation(((content.start_char, content.end_char),), hull(triple.cue), hull(triple.speaker))


def _counts(document: Document, predicted: Iterable[Annotation]) -> Counter[str]:
    text = document.text
    gold, found = words_of(text, document.annotations), words_of(text, predicted)
    gold_words = set().union(*(g.content for g in gold))
    found_words = set().union(*(f.content for f in found))
    n = Counter(f"gold {annotated_type(text, g.spans)}" for g in gold)
    n["gold"], n["predicted"] = len(gold), len(found)
    n["words gold"], n["words predicted"] = len(gold_words), len(found_words)
    n["words shared"] = len(gold_words & found_words)
    for g, f in pairs(gold, found):
        same = same_source(text, g.source, f.source)
        n["found"] += 1
        n[f"found {(kind := annotated_type(text, g.spans))}"] += 1
        n["source"] += same
        n[f"source {kind}"] += same
        n["source exact"] += g.source == f.source
        n["exact"] += g.content == f.content
        n["cue"] += not g.cue.isdisjoint(f.cue)
    return n


def _marked(text: str, part: Span) -> list[Quotation]:
    """What of an annotated part stands in quotation marks.

    Annotators leave marks outside, and cut a long quotation into parts of which few have marks at both ends. So marks
    are not paired: with one at both edges the whole part is quoted, otherwise the marks in it alone are, and show that
    some of it is.
    """
    if _has_marks_at_edges(text, part.start, part.end):
        return [Quotation(part.start, part.end, closed=True, continues=False, depth=0)]
    marks = ANY_MARK.finditer(text, part.start, part.end)
    return [Quotation(*mark.span(), closed=False, continues=False, depth=0) for mark in marks]


def _has_marks_at_edges(text: str, start: int, end: int) -> bool:
    """Whether a mark opens at the span's start or just before, and one closes at its end or just behind."""
    before = text[max(0, start - 3) : start]
    if not (OPENS_BEFORE.search(before) or OPENS_INSIDE.match(text[start : start + 4])):
        return False
    behind = BLANK.split(text[end : end + 3])[0]
    edge = re.split(r"\w", text[start:end] + behind)[-1]
    return CLOSES.search(edge) is not None


def _parts(record: Mapping[str, Any], text: str) -> list[tuple[Mapping[str, Any], str]]:
    return [(part, text[part["start"] : part["end"]]) for part in record["content"]]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _prf(right: float, predicted: float, gold: float) -> PRF:
    p, r = _ratio(right, predicted), _ratio(right, gold)
    return PRF(p, r, _ratio(2 * p * r, p + r))
