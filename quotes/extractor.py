"""Text in, quotes out: the one place that strings the stages together."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from os import PathLike
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, overload

from quotes.assemble import record
from quotes.claims import claim
from quotes.clean import Cleaned, clean, is_unpunctuated
from quotes.decide import Settings, choose, nested, settings
from quotes.describe.anaphors import content_of
from quotes.find import candidates
from quotes.find.rules.anaphor import is_standing_in
from quotes.find.rules.turn import RULE as TURN
from quotes.find.rules.turn import of_others
from quotes.grammar.context import Context
from quotes.grammar.marks import pair
from quotes.grammar.parse import Parser
from quotes.grammar.turns import Transcript
from quotes.records import ACTS, REPORTED, TYPES, Act, Purpose, Quote, Quotes, QuoteType
from quotes.resolve import UNSURE, least_sure, resolve
from quotes.resolve.meant import meant

if TYPE_CHECKING:
    from quotes.find.candidate import Attribution
    from quotes.grammar.marks import Quotation
    from quotes.grammar.parse import Parse
    from quotes.people.registry import Registry
    from quotes.records import Speaker

TOGETHER = 10_000
"""How many tokens of texts are decided together, some ten articles."""
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Searched(Generic[Given]):
    """A text that was searched for quotes."""

    cleaned: Cleaned
    parse: Parse
    """Of the clean text."""
    found: list[Quote]
    """With offsets into the clean text."""
    context: Given

    def quotes(self) -> list[Quote]:
        """What was found, with offsets into the text as it was given."""
        return Quotes(self.cleaned.restored(self.found))


class Extractor:
    """Finds the quotes of texts; loads its model once and may be used for any number of texts.

    Args:
        model: the name of an installed English spaCy pipeline or the path of its folder; None takes the
            variable QUOTES_MODEL or the model that is installed with this package.
        acts: the acts to give out (see ``quotes.records.Act``).
        types: the types to give out (see ``quotes.records.QuoteType``).
        purpose: what the quotes are for, which sets the confidence that they need: "checking" (precision first),
            "counting" (the highest F1) or "everything" (the lowest).
        min_confidence: instead, leave out quotes of less confidence, 0 to 1.
        precision: instead, take the threshold from which this precision, 0 to 1, was reached in cross-validation.
        weights: a file that `quotes train` made, to decide with; None takes the one in the package.
        nested: give out quotes inside the contents of others too; their parent is the innermost one around them
            that is given out.
        transcript: whether texts are transcripts, with a label before each speaker's turn: "yes", "no", or "auto" to
            tell it by their lines. What the speakers of one report of others is given out with their turn as parent.
        speakers: a file with a list of speakers of your own, CSV or JSON Lines (see ``quotes.people.registry.read``);
            who is in it gets its id there, in ``Speaker.id``.
        evidence: tell with each speaker why it has its name, in ``Speaker.evidence``.
        speaker_precision: withhold the names that are less sure than those that reached this precision, 0 to 1, in
            cross-validation; None withholds those that are less likely than not.
        claims: tell with each quote what it claims, in ``Quote.claim``.
        careful: ask a second reader too, a small neural network: more is found and less of it is wrong, in some two
            thirds more time.

    Raises:
        quotes.grammar.parse.ModelError: no such model is installed, or it has no tagger, parser or ner.
        ValueError: there is no such act or type.
        quotes.decide.SettingsError: a ValueError: there is no such purpose, min_confidence or precision is out of
            range, both are given, the precision was never reached, or weights can't be read or is no model file for
            this version.
        quotes.people.registry.RegistryError: a ValueError: the list of speakers can't be read.
        quotes.extras.MissingPackage: a ValueError: speakers needs the extra "speakers", careful the extra "careful".
        quotes.decide.careful.reader.ReaderError: a ValueError: the second reader's files are damaged.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        acts: Collection[Act] = REPORTED,
        types: Collection[QuoteType] = TYPES,
        purpose: Purpose = "checking",
        min_confidence: float | None = None,
        precision: float | None = None,
        weights: str | PathLike[str] | None = None,
        nested: bool = False,
        transcript: Transcript = "auto",
        speakers: str | PathLike[str] | None = None,
        evidence: bool = False,
        speaker_precision: float | None = None,
        claims: bool = False,
        careful: bool = False,
    ) -> None:
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
        self.registry, self.evidence, self.claims = registry(speakers), evidence, claims
        self.least = least_sure(speaker_precision)
        self.parser = Parser(model)

    @overload
    def pipe(self, texts: Iterable[str], as_tuples: Literal[False] = ...) -> Iterator[list[Quote]]: ...
    @overload
    def pipe(
        self, texts: Iterable[tuple[str, Given]], as_tuples: Literal[True]
    ) -> Iterator[tuple[list[Quote], Given]]: ...

    def pipe(
        self, texts: Iterable[str] | Iterable[tuple[str, Given]], as_tuples: bool = False
    ) -> Iterator[list[Quote]] | Iterator[tuple[list[Quote], Given]]:
        """Find the quotes of a stream of texts, in its order, each text of any length.

        Args:
            texts: strings, or with as_tuples pairs (text, context), as ``nlp.pipe`` takes them.
            as_tuples: give pairs (quotes, context); a context that is a string becomes the quotes' doc_id.

        Yields:
            for each text its quotes in the order of their content.
        """
        if as_tuples:
            return ((one.quotes(), one.context) for one in self.searched(texts))  # type: ignore[arg-type]
        pairs = ((text, None) for text in texts)
        return (one.quotes() for one in self.searched(pairs))  # type: ignore[arg-type]

    def extract(self, text: str, doc_id: str = "") -> list[Quote]:
        """Find the quotes of one text, in the order of their content.

        Raises:
            TypeError: it is no string.
        """
        if not isinstance(text, str):
            raise TypeError(f"extract takes a text, not {type(text).__name__}; for several texts use Extractor.pipe")
        return next(self.pipe([(text, doc_id)], as_tuples=True))[0]

    def searched(self, pairs: Iterable[tuple[str, Given]]) -> Iterator[Searched[Given]]:
        """As ``pipe`` with as_tuples, and what else is known of each text then."""
        waiting: deque[tuple[Cleaned, Given]] = deque()
        parsed: deque[tuple[Cleaned, Parse, Given]] = deque()

        def texts() -> Iterator[str]:
            for text, context in pairs:
                cleaned = clean(text)
                waiting.append((cleaned, context))
                yield "" if is_unpunctuated(cleaned.text) else cleaned.text

        def parses() -> Iterator[tuple[Parse, str]]:
            for parse in self.parser.pipe(texts()):
                cleaned, context = waiting.popleft()
                parsed.append((cleaned, parse, context))
                yield parse, context if isinstance(context, str) else ""

        for quotes in found(parses(), self.settings, self.registry, self.evidence, self.least, self.claims):
            cleaned, parse, context = parsed.popleft()
            yield Searched(cleaned, parse, self.wanted.of(quotes), context)


class Wanted:
    """Which of the quotes found are given out; arguments and errors as Extractor's.

    Args:
        unclear: also those that only stand for what was said before, where it is not plain what that is.
    """

    def __init__(self, acts: Collection[Act], types: Collection[QuoteType], unclear: bool = False) -> None:
        for kind, known, asked in (("act", ACTS, acts), ("type", TYPES, types)):
            if isinstance(asked, str):
                raise ValueError(f"{kind}s is a list, not the string {asked!r}")
            for name in asked:
                if name not in known:
                    raise ValueError(f"there is no {kind} {name!r}, only {', '.join(known)}")
        self.acts, self.types, self.unclear = frozenset(acts), frozenset(types), unclear

    def of(self, quotes: Sequence[Quote]) -> list[Quote]:
        """The wanted of a text's quotes; in the place of a parent that is not stands its own parent, of a quote that is
        not and for which another stands, its words."""
        left_out = {quote.id: quote for quote in quotes if not self._wants(quote)}
        return [_without(quote, left_out) for quote in quotes if quote.id not in left_out]

    def _wants(self, quote: Quote) -> bool:
        plain = self.unclear or quote.content_of is not None or not is_standing_in(quote.text)
        return plain and quote.act in self.acts and quote.type in self.types


def _without(quote: Quote, left_out: Mapping[str, Quote]) -> Quote:
    """A quote with the innermost parent that is not left out, and none of these for what it stands for."""
    parent, stands_for = quote.parent, quote.content_of
    while parent is not None and parent in left_out:
        parent = left_out[parent].parent
    if isinstance(stands_for, str) and stands_for in left_out:
        stands_for = left_out[stands_for].content[0]
    same = parent == quote.parent and stands_for is quote.content_of
    return quote if same else replace(quote, parent=parent, content_of=stands_for)


def extract(text: str, doc_id: str = "", **options: Any) -> list[Quote]:
    """Find the quotes of one text, in the order of their content.

    The model is loaded at the first call with the same options and kept. For many texts use ``Extractor``.

    Args:
        text: the text.
        doc_id: its id.
        options: as ``Extractor`` takes them.

    Raises:
        TypeError: the text is no string, or there is no such option.
        quotes.grammar.parse.ModelError: see ``Extractor``, also for the errors that its options raise.
    """
    kept = {name: tuple(value) if isinstance(value, list | set) else value for name, value in options.items()}
    return _extractor(**kept).extract(text, doc_id)


@lru_cache(maxsize=4)
def _extractor(**options: Any) -> Extractor:
    return Extractor(**options)


def registry(path: str | PathLike[str] | None) -> Registry | None:
    """The list of speakers in a file; arguments and errors as Extractor's."""
    if path is None:
        return None
    from quotes.people.registry import read

    return read(path)


def find(
    parse: Parse,
    by: Settings | None = None,
    doc_id: str = "",
    known: Registry | None = None,
    evidence: bool = False,
    least: float = UNSURE,
    claims: bool = False,
) -> list[Quote]:
    """All quotes of a parsed text, whatever their act, in the order of their content: every later stage.

    Args:
        parse: the text.
        by: how to decide; None decides with the package's model and its threshold.
        doc_id: the text's id.
        known: the speakers whose ids to give.
        evidence: as Extractor's.
        least: the confidence under which a speaker's name is withheld, see ``least_sure``.
        claims: as Extractor's.
    """
    return next(found([(parse, doc_id)], by, known, evidence, least, claims))


def found(
    parses: Iterable[tuple[Parse, str]],
    by: Settings | None = None,
    known: Registry | None = None,
    evidence: bool = False,
    least: float = UNSURE,
    claims: bool = False,
) -> Iterator[list[Quote]]:
    """The quotes of each of a stream of parsed texts, given with their ids; see find. Texts are decided TOGETHER."""
    by = by or settings()
    for some in _together(parses):
        marks = [pair(parse.text, parse.paragraph_spans()) for parse, _ in some]
        contexts = [Context(parse, of_text, by.transcript) for (parse, _), of_text in zip(some, marks, strict=True)]
        proposed = [(ctx, candidates(ctx, doc_id or "a text")) for ctx, (_, doc_id) in zip(contexts, some, strict=True)]
        chosen = choose(proposed, by.model, by.threshold)
        for (parse, doc_id), quotations, ctx, outer in zip(some, marks, contexts, chosen, strict=True):
            inner: list[Attribution] = []
            if by.nested:
                inner = nested(ctx, quotations, outer, by.inner, by.threshold)
            elif ctx.turns:
                speeches = [one for one in outer if one.candidate.rule == TURN]
                inner = list(of_others(ctx, nested(ctx, quotations, speeches, by.inner, by.threshold, deepest=1)))
            yield _records(parse, doc_id, quotations, outer + inner, known, evidence, least, claims)


def _together(parses: Iterable[tuple[Parse, str]]) -> Iterator[list[tuple[Parse, str]]]:
    """Texts in groups of at least so many tokens."""
    group: list[tuple[Parse, str]] = []
    tokens = 0
    for parse, doc_id in parses:
        group.append((parse, doc_id))
        tokens += len(parse)
        if tokens >= TOGETHER:
            yield group
            group, tokens = [], 0
    if group:
        yield group


def _records(
    parse: Parse,
    doc_id: str,
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
    known: Registry | None,
    evidence: bool,
    least: float,
    claims: bool,
) -> list[Quote]:
    """What stands in a text as quotes, in the order of their content."""
    speakers = _speakers(parse, quotations, attributions, evidence, least)
    if known:
        speakers = [speaker and known.link(speaker) for speaker in speakers]
    stand_for = content_of(parse, attributions)
    quotes = [
        record(parse, quotations, attribution, speaker, doc_id, of)
        for attribution, speaker, of in zip(attributions, speakers, stand_for, strict=True)
    ]
    if claims:
        pronouns = meant(parse, quotations, [one for one in attributions if not one.parent])
        quotes = [
            replace(quote, claim=claim(parse, quotations, attribution, quote, pronouns))
            for quote, attribution in zip(quotes, attributions, strict=True)
        ]
    return sorted(quotes, key=lambda q: (q.content[0].start, q.cue.start if q.cue else -1))


def _speakers(
    parse: Parse,
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
    evidence: bool,
    least: float,
) -> list[Speaker | None]:
    """Who speaks each attribution; nested ones, which stand last, change nothing for the others."""
    outer = [attribution for attribution in attributions if not attribution.parent]
    speakers = resolve(parse, quotations, outer, evidence, least)
    if len(outer) == len(attributions):
        return speakers
    known = {speaker.name: speaker.entity for speaker in speakers if speaker and speaker.entity}
    many = len({speaker.entity for speaker in speakers if speaker and speaker.entity})
    for speaker in resolve(parse, quotations, attributions, evidence, least)[len(outer) :]:
        if speaker and speaker.entity:
            if speaker.name not in known:
                many += 1
                known[speaker.name] = f"e{many}"
            speaker = replace(speaker, entity=known[speaker.name])
        speakers.append(speaker)
    return speakers
