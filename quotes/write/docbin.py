"""spaCy's DocBin: a Doc a document, with the quotes in ``doc.spans`` and the records in ``doc._.quotes``."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO

from quotes.records import SpanRecord
from quotes.write.quoted import Quoted

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def write(documents: Iterable[Quoted], file: BinaryIO) -> None:
    """Write documents that have their text as one DocBin. All of them are in memory until the end."""
    from spacy.tokens import DocBin

    docs = DocBin(store_user_data=True)
    for document in documents:
        docs.add(doc(document))
    file.write(docs.to_bytes())


def doc(document: Quoted) -> Doc:
    """A document as a Doc, its tokens those of a blank English pipeline, parted where a span begins or ends.

    ``doc.spans`` has ``quotes`` (a Span a part, labelled with the quote's type), ``cues`` (with the cue's lemma) and
    ``speakers`` (the mentions, with the speaker's kind); each Span's ``id_`` is the quote's id. ``doc.user_data`` has
    the records as the pipeline component ``quotes`` leaves them, and ``doc_id`` and ``meta``.
    """
    groups: dict[str, list[tuple[SpanRecord, str, str]]] = {"quotes": [], "cues": [], "speakers": []}
    for record in document.records:
        groups["quotes"] += [(part, record["type"], record["id"]) for part in record["content"]]
        if cue := record["cue"]:
            groups["cues"].append((cue, cue["lemma"], record["id"]))
        if record["speaker"] and (mention := record["speaker"]["mention"]):
            groups["speakers"].append((mention, record["speaker"]["kind"], record["id"]))
    spans = [span for group in groups.values() for span, _, _ in group]
    made = _tokens(document.text or "", {s["start"] for s in spans}, {s["end"] for s in spans})
    for name, group in groups.items():
        made.spans[name] = [
            made.char_span(span["start"], span["end"], label=label, span_id=quote) for span, label, quote in group
        ]
    made.user_data["quotes", "quotes"] = [{**record, "doc_text": None} for record in document.records]
    made.user_data["doc_id"], made.user_data["meta"] = document.id, dict(document.meta)
    return made


@cache
def _blank() -> Language:
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = sys.maxsize  # the tokenizer alone needs little memory
    return nlp


def _tokens(text: str, starts: Collection[int], ends: Collection[int]) -> Doc:
    """The text's tokens, parted so that one begins at each start and one ends at each end."""
    from spacy.tokens import Doc

    edges = {edge for token in _blank().make_doc(text) for edge in (token.idx, token.idx + len(token))}
    words, spaces = list[str](), list[bool]()
    for start, end in pairwise(sorted(edges.union(starts, ends, [len(text)]))):
        word = text[start:end]
        if word == " " and words and not spaces[-1] and start not in starts and end not in ends:
            spaces[-1] = True
        else:
            words.append(word)
            spaces.append(False)
    return Doc(_blank().vocab, words=words, spaces=spaces)
