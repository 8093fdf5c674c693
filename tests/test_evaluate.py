"""Figures worked out by hand, and the command that prints them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from quotes.cli import app
from quotes.extractor import Extractor
from quotes.learn.evaluate import PRF, annotated_type, extracted, misplaced, score, select, textacy_quotes, texts_of
from quotes.learn.gold import Annotation, Document
from quotes.records import Cue, Mention, Quote, Span, Speaker

TEXT = (
    "The mayor of Leeds said the tram would open in May. "
    "“We are ready,” she added. "
    "Critics called it “far too late” for the city."
)


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def quote(content: str, cue: str = "", source: str = "") -> Annotation:
    spans = [tuple(at(part) for part in words.split("|")) if words else () for words in (content, cue, source)]
    return Annotation(*spans)


TRAM = quote("the tram would open in May", "said", "The mayor of Leeds")
READY = quote("“We are ready,”", "added", "she")
LATE = quote("it “far too late” for the city", "called", "Critics")
GOLD = Document("tram", TEXT, (TRAM, READY, LATE))


def approx(figure: PRF) -> tuple[float, float, float]:
    return figure.p, figure.r, figure.f1


def test_gold_against_itself_is_perfect() -> None:
    figures = score([GOLD], {"tram": GOLD.annotations})
    assert figures.found == figures.exact == figures.who_what == figures.tokens == PRF(1.0, 1.0, 1.0)
    assert (figures.documents, figures.gold, figures.predicted) == (1, 3, 3)
    assert figures.direct_recall == figures.mixed_recall == figures.indirect_who_what_recall == 1.0


def test_figures_by_hand() -> None:
    predicted = [
        # 5 of 6 words, so found and not exact; the sources share only "of", the cues nothing
        quote("the tram would open in", "open", "of"),
        # the same words without the marks: exact; the right source and cue
        quote("We are ready", "added", "she"),
        # 3 of 7 words and so not found
        quote("far too late", "called", "Critics"),
    ]
    figures = score([GOLD], {"tram": predicted})
    assert approx(figures.found) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert approx(figures.exact) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert approx(figures.who_what) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    # words: 6 + 3 + 7 in the gold, 5 + 3 + 3 predicted, all of these right
    assert approx(figures.tokens) == pytest.approx((1.0, 11 / 16, 22 / 27))
    assert figures.source_accuracy == figures.source_exact == figures.cue_accuracy == 0.5
    assert (figures.direct_recall, figures.mixed_recall, figures.indirect_recall) == (1.0, 0.0, 1.0)
    assert (figures.direct_who_what_recall, figures.indirect_who_what_recall) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("The mayor of Leeds", "mayor", True),
        ("The mayor of Leeds", "The", False),  # a determiner is not enough …
        ("she", "", False),
        ("", "she", False),
        ("", "", True),
    ],
)
def test_a_source_is_right_by_a_word_that_carries_meaning(gold: str, found: str, right: bool) -> None:
    document = Document("tram", TEXT, (quote("the tram would open in May", "said", gold),))
    figures = score([document], {"tram": [quote("the tram would open in May", "said", found)]})
    assert figures.source_accuracy == right


def test_half_the_words_are_enough_and_pairs_are_one_to_one_best_first() -> None:
    document = Document("d", "one two three four", (Annotation(((0, 7),)), Annotation(((8, 18),))))
    halves = [Annotation(((0, 3),)), Annotation(((0, 7),)), Annotation(((4, 18),))]
    figures = score([document], {"d": halves})
    assert approx(figures.found) == pytest.approx((2 / 3, 1.0, 0.8))
    assert figures.exact.r == 0.5, "the whole is taken before the half"
    assert score([document], {"d": halves[:1]}).found.r == 0.5, "Jaccard of exactly a half counts"


def test_several_annotators_are_averaged() -> None:
    """Two people annotated one text: 3 quotes and 1. The other text counts as much as both together."""
    other = Document("other", "He said no.", (Annotation(((8, 10),), ((3, 7),), ((0, 2),)),))
    second = Document("tram", TEXT, (TRAM,))
    figures = score([GOLD, other, second], {"tram": [TRAM]})
    assert (figures.documents, figures.gold, figures.predicted) == (2, 3, 1)
    assert approx(figures.found) == pytest.approx((1.0, 1 / 3, 0.5))
    assert figures.indirect_recall == 0.5  # "no" missed, TRAM found by the mean of both


def test_quotes_without_words_and_other_documents_do_not_count() -> None:
    nothing = Annotation(((TEXT.index("“"), TEXT.index("“") + 1),))
    figures = score([GOLD], {"tram": [nothing, Annotation(()), Annotation(((900, 950),))], "x": [TRAM]})
    assert (figures.gold, figures.predicted, figures.found) == (3, 0, PRF(0.0, 0.0, 0.0))
    empty = score([], {})
    assert (empty.documents, empty.source_accuracy, empty.tokens.f1) == (0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "spans", "kind"),
    [
        ("“We will.” he said", ["“We will.”"], "direct"),
        ("“We will.” he said", ["We will."], "direct"),
        ("''We will,'' he said", ["''We will,''"], "direct"),
        ("“We will.”\n\nThe council sat.", ["“We will.”"], "direct"),
        ("“We will”.\n\n“They won’t.”", ["“We will”"], "direct"),
        ("“We will\n“They won’t.”", ["“We will"], "mixed"),
        ("«Nous verrons», dit-il", ["«Nous verrons»,"], "direct"),
        ('"No," he said. "Never."', ['"No,"', '"Never."'], "direct"),
        ('"No," he said, never.', ['"No,"', "never"], "mixed"),
        ("that it was “a shame” indeed", ["that it was “a shame” indeed"], "mixed"),
        ("“Open-ended quotation", ["“Open-ended quotation"], "mixed"),
        ("that it wasn't so", ["that it wasn't so"], "indirect"),
        ("'We will,' he said", ["'We will,'"], "indirect"),
    ],
)
def test_types_by_their_marks(text: str, spans: list[str], kind: str) -> None:
    assert annotated_type(text, tuple(at(span, text) for span in spans)) == kind


FIXTURES = Path(__file__).parents[1] / "fixtures"
SINGLE_MARKS = {"british_single", "interview", "live_blog", "speakers_first_person", "speech"}
"""Fixtures with quotations in single marks, which annotations are not asked about."""
UNPAIRED = {"dirty"}
"""Those with marks that never close."""


def test_types_of_records_and_annotations_agree(extractor: Extractor) -> None:
    texts = {
        file.stem: file.read_text(encoding="utf-8")
        for file in sorted(FIXTURES.glob("*.txt"))
        if file.stem not in SINGLE_MARKS | UNPAIRED
    }
    for quotes, name in extractor.pipe([(text, name) for name, text in texts.items()], as_tuples=True):
        by_record = {quote.text: quote.type for quote in quotes}
        by_marks = {q.text: annotated_type(texts[name], tuple((c.start, c.end) for c in q.content)) for q in quotes}
        assert by_marks == by_record


def test_many_marks_take_linear_time() -> None:
    text = '"' * 200_000 + "x"
    assert annotated_type(text, ((0, len(text)),)) == "mixed"


def record(content: str, act: str = "speech", confidence: float = 0.9) -> dict[str, Any]:
    spans = [Span(*at(content), content)]
    made = Quote(
        id="0",
        doc_id="tram",
        type="indirect",
        act=act,  # type: ignore[arg-type]
        text=content,
        content=tuple(spans),
        cue=Cue(*at("said"), "said", "say"),
        speaker=Speaker(Mention(*at("The mayor of Leeds"), "The mayor of Leeds"), None),
        addressee=None,
        confidence=confidence,
        rule="clause.test",
        paragraph=0,
    )
    return made.to_dict()


def of_act(act: str) -> Annotation:
    """TRAM as a program finds it."""
    return replace(TRAM, act=act)


def test_records_are_selected_by_act_and_confidence() -> None:
    content = "the tram would open in May"
    records = [record(content), record(content, "thought"), record(content, "speech", 0.2)]
    assert select(records, ["speech", "thought"], 0.5) == [of_act("speech"), of_act("thought")]
    assert select(records, ["thought"]) == [of_act("thought")]
    assert select([{"content": []}], ["speech"], 0.5) == [Annotation(())], "a record that tells neither stays"


def test_records_of_other_texts_are_noticed() -> None:
    shifted = record("the tram")
    shifted["content"][0]["start"] += 1
    assert misplaced([GOLD], {"tram": [record("the tram"), shifted], "other": [shifted]}) == 1


class StubExtractor:
    """Finds the tram quote in every text that has it."""

    def __init__(self, model: str | None = None, *, acts: Any, min_confidence: float | None, **_: Any) -> None:
        self.acts, self.min_confidence = acts, min_confidence or 0.0

    def pipe(self, texts: Iterable[tuple[str, str]], as_tuples: bool) -> Iterator[tuple[list[Quote], str]]:
        assert as_tuples
        for text, doc_id in texts:
            found = [Quote.from_dict(record("the tram would open in May"))] if text == TEXT else []
            yield [q for q in found if q.act in self.acts and q.confidence >= self.min_confidence], doc_id


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("quotes.extractor")
    module.Extractor = StubExtractor  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "quotes.extractor", module)


@pytest.mark.usefixtures("stub")
def test_texts_are_extracted_once() -> None:
    texts = texts_of([GOLD, Document("tram", TEXT, ()), Document("no", "No.", ())])
    assert texts == [(TEXT, "tram"), ("No.", "no")]
    assert dict(extracted(texts)) == {"tram": [of_act("speech")], "no": []}


def test_textacy_raises_on_an_odd_mark_and_finds_the_rest() -> None:
    text = "“The tram will open in the spring,” said Rosa Lindqvist."
    found, raised = textacy_quotes([(text, "even"), ("He said “no and left.", "odd")])
    assert raised == ["odd"]
    content = at("“The tram will open in the spring,”", text)
    assert dict(found) == {"even": [Annotation((content,), (at("said", text),), (at("Rosa Lindqvist", text),))]}


# The command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *(str(argument) for argument in arguments)])


def row(document: Document) -> str:
    quotes = [{"source": a.source, "cue": a.cue, "content": a.content} for a in document.annotations]
    return json.dumps({"id": document.id, "text": document.text, "quotes": quotes})


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(row(GOLD) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def predicted(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.jsonl"
    records = [record("the tram would open in May"), record("We are ready", "thought", 0.4)]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def test_command_prints_a_table(gold: Path, predicted: Path) -> None:
    result = run(gold, "--predicted", predicted)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "1 document, 3 quotes annotated"
    assert lines[2].split() == ["precision", "recall", "F1"]
    assert ["found", "1.000", "0.667", "0.800"] in [line.split() for line in lines]
    assert ["who-what", "0.500", "0.333", "0.400"] in [line.split() for line in lines]
    assert ["quotes", "predicted", "2"] in [line.split() for line in lines]


@pytest.mark.parametrize(("options", "count"), [([], 2), (["--act", "speech"], 1), (["--min-confidence", "0.5"], 1)])
def test_command_writes_json(gold: Path, predicted: Path, options: list[str], count: int) -> None:
    result = run(gold, "--predicted", predicted, "--json", *options)
    figures = json.loads(result.stdout)
    assert (result.exit_code, figures["gold"], figures["predicted"]) == (0, 3, count)
    assert set(figures["who_what"]) == {"p", "r", "f1"}


@pytest.mark.usefixtures("stub")
def test_command_extracts_and_compares_with_a_baseline(gold: Path) -> None:
    gold.write_text(gold.read_text() + row(Document("odd", "He said “no and left.", ())))
    result = run(gold, "--baseline", "textacy")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[2].split() == ["quotes", "textacy"]
    assert "textacy raised on 1 of 2 documents" in result.stdout
    figures = json.loads(run(gold, "--baseline", "textacy", "--json").stdout)
    assert (figures["found"]["p"], figures["baseline"]["name"], figures["baseline"]["raised"]) == (
        1.0,
        "textacy",
        1,
    )


def test_command_scores_the_rest_when_an_input_fails(gold: Path, predicted: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id":\n')
    result = run(broken, gold, tmp_path / "none.ann", "--predicted", predicted, "--json")
    assert (result.exit_code, json.loads(result.stdout)["documents"]) == (1, 1)
    first, second = result.stderr.splitlines()
    assert first.startswith(f"quotes: {broken}:1: broken JSON")
    assert second == f"quotes: {tmp_path / 'none.ann'}: no such file or directory"


def test_command_without_anything_to_score(predicted: Path, tmp_path: Path) -> None:
    result = run(tmp_path / "none.jsonl", "--predicted", predicted)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    prose = tmp_path / "prose.jsonl"
    prose.write_text("It rained.\n" * 500)
    result = run(prose, "--predicted", predicted)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) <= 12
    (tmp_path / "empty.jsonl").write_text("")
    result = run(tmp_path / "empty.jsonl", "--predicted", predicted)
    assert (result.exit_code, result.stderr) == (1, "quotes: the gold holds no documents\n")


def test_command_tells_when_predictions_are_of_other_texts(gold: Path, predicted: Path) -> None:
    predicted.write_text(predicted.read_text().replace('"doc_id": "tram"', '"doc_id": "bus"'))
    result = run(gold, "--predicted", predicted)
    assert result.exit_code == 0
    assert "no predicted doc_id is in the gold: 'bus' is not" in result.stderr


def test_command_tells_when_ids_clash(gold: Path, predicted: Path) -> None:
    gold.write_text(gold.read_text() + row(Document("archive/tram.txt", "It rained.", ())))
    result = run(gold, "--predicted", predicted)
    assert "different texts have the same id" in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--act", "speech,humming"],
        ["--baseline", "guesswork"],
        ["--min-confidence", "2"],
        ["--predicted", "none.jsonl"],
    ],
)
def test_command_line_that_is_wrong(gold: Path, options: list[str]) -> None:
    result = run(gold, *options)
    assert (result.exit_code, result.stdout) == (2, "")


def test_command_with_broken_predictions_scores_nothing(gold: Path, predicted: Path) -> None:
    predicted.write_text(predicted.read_text() + "\n{")
    result = run(gold, "--predicted", predicted)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"quotes: {predicted}:3: broken JSON")


def test_command_with_a_model_that_is_not_installed(gold: Path) -> None:
    result = run(gold, "--model", "en_core_web_none")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "model 'en_core_web_none' is not installed" in result.stderr
