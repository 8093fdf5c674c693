"""What holds of the quotes of any text."""

import json
from collections.abc import Iterable
from pathlib import Path

import goldmarks
import pytest
import spacy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quotes import Extractor, Quote, extract
from quotes.grammar.boundaries import sentence_starts
from quotes.grammar.parse import UNUSED, Parser, Piece, plain
from quotes.records import ACTS, Span

FIXTURES = sorted(Path(__file__).parents[1].glob("fixtures/*.txt"))
PARAGRAPHS = [
    "Ada Lund said that the harbour bridge would reopen in May.",
    "“It took too long,” she said. “We know that.”",
    "“We are sorry for it,” Lund wrote to the shopkeepers. “It won’t happen again.",
    "“That is a promise.”",
    "According to the builders, the cables had arrived late; 'no one told us', they complained.",
    "MAYOR: Bridge will open in May",
    "He nodded.",
    "Q: Will it hold?\nA: It will, said the engineer, who had doubted it.",
]
MARKS = "\"“”‘’'«»„‟`"
WORDS = ["said", "Ada Lund", "she", "that", "it", "rained", ":", ",", ".", "not", "told reporters", "\n", "\n\n", " "]
news = st.lists(st.sampled_from(PARAGRAPHS), max_size=6).map("\n\n".join)
salad = st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=60).map(" ".join)
anything = st.text(st.characters(), max_size=200)  # lone surrogates, NUL and all
mixed = st.lists(st.one_of(news, salad, anything), max_size=3).map("".join)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def spans(quote: Quote) -> Iterable[Span]:
    speaker = quote.speaker
    every = (*quote.content, quote.cue, speaker and speaker.mention, quote.addressee, quote.medium, quote.when)
    return (span for span in every if span)


def check(text: str, quotes: list[Quote]) -> None:
    for quote in quotes:
        for span in spans(quote):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text == span.text.strip()
        ends = [offset for part in quote.content for offset in (part.start, part.end)]
        assert ends == sorted(ends), "parts in order, none over another"
        assert quote.text == " … ".join(part.text for part in quote.content)
        assert quote.act in ACTS
        assert 0 <= quote.confidence <= 1
        json.loads(quote.to_json().encode())
    starts = [quote.content[0].start for quote in quotes]
    assert starts == sorted(starts)
    assert len({quote.id for quote in quotes}) == len(quotes)


@few
@given(st.one_of(news, salad, anything, mixed))
def test_any_text_gives_sound_records(extractor: Extractor, text: str) -> None:
    check(text, extractor.extract(text))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_news_gives_sound_records(extractor: Extractor, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    quotes = extractor.extract(text, path.name)
    check(text, quotes)
    assert quotes
    assert {quote.doc_id for quote in quotes} == {path.name}
    assert [Quote.from_dict(json.loads(quote.to_json())) for quote in quotes] == quotes


@few
@given(st.lists(st.one_of(news, anything), max_size=4))
def test_a_stream_gives_what_each_text_gives(extractor: Extractor, texts: list[str]) -> None:
    alone = [extractor.extract(text, str(i)) for i, text in enumerate(texts)]
    stream = list(extractor.pipe(((text, str(i)) for i, text in enumerate(texts)), as_tuples=True))
    assert stream == [(quotes, str(i)) for i, quotes in enumerate(alone)]


def test_a_context_of_any_kind_comes_back(extractor: Extractor) -> None:
    [(quotes, context)] = extractor.pipe([(PARAGRAPHS[0], {"row": 7})], as_tuples=True)
    assert (context, quotes) == ({"row": 7}, extractor.extract(PARAGRAPHS[0]))


def test_a_stream_is_read_no_further_than_needed(extractor: Extractor) -> None:
    def texts() -> Iterable[str]:
        for _ in range(40):
            yield PARAGRAPHS[0] + " " * 100_000
        raise AssertionError("the whole stream was read")

    assert next(extractor.pipe(texts()))


@pytest.mark.parametrize("limit", [300, 2_000, 10_000])
def test_a_text_over_max_length_is_split_and_put_together(extractor: Extractor, limit: int) -> None:
    text = "\n\n".join(path.read_text(encoding="utf-8").strip() for path in FIXTURES[:6])
    assert len(text) > limit
    parser = extractor.parser
    whole = extractor.extract(text)
    before, parser.nlp.max_length = parser.nlp.max_length, limit
    try:
        split = extractor.extract(text)
    finally:
        parser.nlp.max_length = before
    check(text, split)
    # the parser sees a few words over a piece's edge, so a quote beside one may come out otherwise
    same = {quote.id for quote in whole} & {quote.id for quote in split}
    assert len(same) > 0.8 * max(len(whole), len(split))


def test_one_long_paragraph_is_split_at_sentence_ends(parser: Parser) -> None:
    text = " ".join(PARAGRAPHS[:2] * 40)
    before, parser.nlp.max_length = parser.nlp.max_length, 500
    try:
        [parse] = parser.pipe([text])
    finally:
        parser.nlp.max_length = before
    assert [text[a:b] for a, b in zip(parse.start, parse.end, strict=True)] == parse.words
    assert "".join(parse.words) == text.replace(" ", "")
    assert (len(parse.paragraphs), parse.paragraphs[0]) == (1, (0, len(parse)))


@pytest.mark.parametrize(
    "dateline",
    [
        "LISBON, March 3 (Newswire) —",
        "LISBON, 3 March –",
        "LISBON, Portugal, 12 March 2025 —",
        "LISBON, Feb. 3, 2025 /PRNewswire/ --",
        "LISBON--(BUSINESS WIRE)--",
        "14:20",
        "PORT LOUIS --",
        "Lisbon (Newswire) –",
        "Wellington, New Zealand (Newswire) -",
    ],
)
def test_a_report_begins_after_its_dateline(parser: Parser, dateline: str) -> None:
    report = "Actress Lena Whitlock is not sure she can vote."
    parse = next(iter(parser.pipe([f"{dateline} {report}"])))
    first, last = parse.sents[-1]
    assert parse.text[parse.start[first] : parse.end[last - 1]] == report


def test_a_blank_less_run_is_cut_where_no_text_is_lost(parser: Parser) -> None:
    text = 'So it goes, "' * 3 + '"' * 5_000 + "http://example.org/" * 200 + "\n\nHe left."
    [parse] = parser.pipe([text])
    assert [text[a:b] for a, b in zip(parse.start, parse.end, strict=True)] == parse.words
    assert "".join("".join(parse.words).split()) == "".join(text.split())
    assert parse.words[-3:] == ["He", "left", "."]


def test_the_parses_are_those_of_the_model_as_it_comes(parser: Parser) -> None:
    nlp = spacy.load(parser.model, exclude=UNUSED)
    texts = [path.read_text(encoding="utf-8") for path in FIXTURES]
    docs = nlp.pipe(parser._doc(Piece(0, text, sentence_starts(text))) for text in texts)
    for ours, theirs in zip(parser.pipe(texts), docs, strict=True):
        expected = plain(theirs)
        assert (ours.tag, ours.dep, ours.head, ours.sents) == (
            expected.tag,
            expected.dep,
            expected.head,
            expected.sents,
        )


def test_ids_are_stable_and_tell_documents_apart() -> None:
    first, again, other = (extract(PARAGRAPHS[0], doc_id) for doc_id in ("a", "a", "b"))
    assert first == again
    assert first[0].id != other[0].id
    assert first[0].id == extract(PARAGRAPHS[0] + "\n\nIt rained.", "a")[0].id


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"acts": ["talk"]}, "no act 'talk'"),
        ({"acts": "speech"}, "acts is a list, not the string 'speech'"),
        ({"types": ["spoken"]}, "no type 'spoken'"),
        ({"min_confidence": 2}, "min_confidence is a share, 0 to 1, not 2"),
        ({"precision": -0.5}, "precision is a share, 0 to 1, not -0.5"),
        ({"precision": 0.999}, "a precision of 0.999 was never reached"),
        ({"precision": 0.9, "min_confidence": 0.9}, "both set the threshold"),
        ({"weights": "no/such.json"}, "can't read 'no/such.json'"),
    ],
)
def test_settings_out_of_range_are_named(wrong: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Extractor(**wrong)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“It took too long,” Ada Lund said.", "direct"),
        ("“It took,” Ada Lund said, “too long.”", "direct"),
        ("Ada Lund said that the bridge took “too long”.", "mixed"),
        ("Ada Lund said that the bridge took too long.", "indirect"),
    ],
)
def test_types(extractor: Extractor, text: str, kind: str) -> None:
    assert [quote.type for quote in extractor.extract(text)] == [kind]


# Nested quotes


@pytest.fixture(scope="module")
def nesting() -> Extractor:
    """Finds quotes of every act, nested ones too."""
    return Extractor(acts=ACTS, purpose="counting", nested=True)


@few
@given(st.one_of(news, salad, anything, mixed))
@example('«:0a"said 1')
@example("said said « h0")
def test_nested_quotes_lie_inside_their_parents_and_change_nothing_else(
    extractor: Extractor, nesting: Extractor, text: str
) -> None:
    quotes = nesting.extract(text)
    check(text, quotes)
    by_id = {quote.id: quote for quote in quotes}
    plain = [quote for quote in extractor.extract(text) if quote.parent is None]  # others stand inside turns
    assert [quote for quote in quotes if quote.parent is None] == plain
    for quote in quotes:
        if quote.parent is not None:
            outer = by_id[quote.parent].content
            for span in (quote.cue, *quote.content):
                assert span
                assert any(part.start <= span.start and span.end <= part.end for part in outer)


@pytest.mark.parametrize(
    ("text", "inner", "speaker"),
    [
        ("Ada Lund said that Tom Rask had told her the roof would hold.", "the roof would hold", "Tom Rask"),
        ("“Tom told me the roof would hold,” said Ada Lund.", "the roof would hold", "Tom"),
        ("“Then my mother said, ‘You are late,’” Lund recalled.", "‘You are late,’", None),
        ("“I said we would take a point,” Lund told reporters.", "we would take a point", "Lund"),
    ],
)
def test_a_quote_inside_another(nesting: Extractor, text: str, inner: str, speaker: str | None) -> None:
    quotes = nesting.extract(text)
    [found] = [quote for quote in quotes if quote.text == inner]
    [outer] = [quote for quote in quotes if quote.id == found.parent]
    assert outer.parent is None
    assert speaker is None or (found.speaker and found.speaker.name) == speaker


def test_quotes_three_deep(nesting: Extractor) -> None:
    text = "Lund said that Rask had told her the mayor had promised that the bridge would open in May."
    by_id = {quote.id: quote for quote in nesting.extract(text)}
    [deepest] = [quote for quote in by_id.values() if quote.cue and quote.cue.lemma == "promise"]
    middle = by_id[deepest.parent or ""]
    assert middle.cue
    assert (middle.cue.lemma, by_id[middle.parent or ""].parent) == ("tell", None)


def test_where_a_parent_is_not_given_out_its_own_takes_its_place() -> None:
    text = "Lund said that Rask hoped the mayor would promise that the bridge would open in May."
    every = {quote.id: quote for quote in Extractor(acts=ACTS, purpose="counting", nested=True).extract(text)}
    reported = {quote.id: quote for quote in Extractor(purpose="everything", nested=True).extract(text)}
    assert len(every) > len(reported) > 1
    assert all(quote.parent is None or quote.parent in reported for quote in reported.values())


def test_nested_quotes_are_found_in_the_articles(nesting: Extractor) -> None:
    wanted = right = 0
    for name in goldmarks.names():
        gold = goldmarks.load(name)
        quotes = nesting.extract(gold.text)
        found = {(quote.content[0].start, quote.content[-1].end) for quote in quotes if quote.parent}
        nested = [q for q in gold.quotes if q.parent is not None]
        wanted += len(nested)
        right += sum((q.content[0][0], q.content[-1][1]) in found for q in nested)
    assert wanted > 30
    assert right >= 0.6 * wanted
