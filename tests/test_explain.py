"""What `explain` tells of the proposals is what was decided."""

import json
import math
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quotes.cli import app
from quotes.decide import choose, settings
from quotes.decide.confidence import CONFIDENCE
from quotes.decide.explain import CueConsidered, explain
from quotes.decide.proposals import PROPOSAL
from quotes.find import candidates
from quotes.grammar.context import Context
from quotes.grammar.marks import pair
from quotes.grammar.parse import Parser

SENTENCE = "The mayor did not tell reporters on Sunday that the toll would rise, her aide Tom Rask said."
FIXTURES = Path(__file__).parents[1] / "fixtures"
MODEL = settings().model
THRESHOLD = MODEL.thresholds["checking"]


def context(parser: Parser, text: str) -> Context:
    [parse] = parser.pipe([text])
    return Context(parse, pair(parse.text, parse.paragraph_spans()))


def run(*args: str, input: str = "") -> Result:
    return CliRunner().invoke(app, ["explain", *args], input=input, catch_exceptions=False)


@pytest.fixture(scope="module")
def article(parser: Parser) -> Context:
    return context(parser, (FIXTURES / "business.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cues(article: Context) -> list[CueConsidered]:
    return explain(article, candidates(article), MODEL, THRESHOLD)


@pytest.mark.parametrize("threshold", [THRESHOLD, 0.1, 0.9])
@pytest.mark.parametrize("name", ["business", "speech", "poll"])
def test_what_is_told_chosen_is_what_is_chosen(parser: Parser, name: str, threshold: float) -> None:
    ctx = context(parser, (FIXTURES / f"{name}.txt").read_text(encoding="utf-8"))
    proposals = list(candidates(ctx))
    [standing] = choose([(ctx, proposals)], MODEL, threshold)
    chosen = {(a.candidate.head, a.candidate.rule, a.confidence) for a in standing}
    told = [
        (one.proposal.head, one.proposal.rule, one.confidence)
        for cue in explain(ctx, proposals, MODEL, threshold)
        for one in cue.candidates
        if one.fate == "chosen"
    ]
    assert len(told) == len(chosen)
    assert set(told) == chosen


def test_every_proposal_is_told_of(article: Context, cues: list[CueConsidered]) -> None:
    told = [one.proposal for cue in cues for one in cue.candidates if one.proposal.cue]
    every = [(p.head, p.rule, p.frame) for p in candidates(article) if p.cue and p.edges]
    assert Counter((p.head, p.rule, p.frame) for p in told) == Counter(every)
    assert [cue.head for cue in cues] == sorted({cue.head for cue in cues})
    assert all(one.proposal.head == cue.head for cue in cues for one in cue.candidates)


def test_why_others_fell(cues: list[CueConsidered]) -> None:
    fates = set()
    for cue in cues:
        for one in cue.candidates:
            fates.add(one.fate)
            if one.fate == "below the threshold":
                assert one.confidence is not None
                assert one.threshold == THRESHOLD
                assert one.confidence < one.threshold
            elif one.fate == "another of its cue is better":
                assert one.by
                assert one.by.head == cue.head
            elif one.fate == "a better one has its words":
                assert one.by
                assert one.by.head != cue.head
            elif one.fate == "not looked at":
                assert one.why
                assert one.experience is None
                assert one.confidence is None
            elif one.fate == "experience rules it out":
                assert one.report is None
                assert one.confidence is None
            elif one.fate == "too unlikely to be looked at further":
                assert one.report is not None
                assert one.confidence is None
    assert len(fates) == 7


def test_the_scores_add_up(cues: list[CueConsidered]) -> None:
    considered = [one for cue in cues for one in cue.candidates if one.report is not None]
    assert any(said.log_odds is None for one in considered for said in one.scorers)
    assert any(said.log_odds is not None for one in considered for said in one.scorers[1:])
    for one in considered:
        assert sum(said.weight for said in one.scorers) == pytest.approx(1)
        assert one.report == pytest.approx(sum(said.weight * (said.log_odds or 0) for said in one.scorers))
        sums = [reading.log_odds for reading in one.readings]
        assert sums == sorted(sums, reverse=True)


def test_the_parts_of_the_confidence_are_told(cues: list[CueConsidered]) -> None:
    sure = [one for cue in cues for one in cue.candidates if one.stage]
    assert sure
    for one in sure:
        assert one.confidence is not None
        assert tuple(feature.name for feature in one.stage) == CONFIDENCE.columns
        odds = sum(feature.adds for feature in one.stage) + MODEL.confidence.bias
        assert one.confidence == pytest.approx(1 / (1 + math.exp(-odds)))


def test_the_weightiest_features(cues: list[CueConsidered]) -> None:
    names = set(PROPOSAL.columns)
    for one in (one for cue in cues for one in cue.candidates if one.report is not None):
        good, bad = one.weightiest_for, one.weightiest_against
        assert max(len(good), len(bad)) <= 3
        assert names.issuperset(feature.name for feature in (*good, *bad))
        assert [f.adds for f in good] == sorted((f.adds for f in good if f.adds > 0), reverse=True)
        assert [f.adds for f in bad] == sorted(f.adds for f in bad if f.adds < 0)


def test_experience_shows_the_key_that_was_looked_up(parser: Parser) -> None:
    ctx = context(parser, "Ada Lund said that the bridge will reopen in May.")
    [said] = [cue for cue in explain(ctx, candidates(ctx), MODEL, THRESHOLD) if ctx.parse.words[cue.head] == "said"]
    shown = {f.name: f.value for one in said.candidates for f in (*one.weightiest_for, *one.weightiest_against)}
    keys = [value for name, value in shown.items() if "+" in name]
    assert keys
    assert all(isinstance(value, str) and "|" in value for value in keys)


# The command


def test_a_person_reads_what_was_proposed_and_why(parser: Parser) -> None:
    lines = run(SENTENCE).stdout.splitlines()
    assert any(line.startswith("  ✓ 0.") and line.endswith("chosen") for line in lines)
    assert any(line.startswith("  ✗") for line in lines)
    for label in ("source", "content", "report", "for", "against"):
        assert any(line.startswith(f"      {label} ") for line in lines), label


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The mayor did not say that the toll would rise.", ["negated, confidence"]),
        ("The mayor may say that the toll will rise.", ["modal, confidence"]),
        ("The mayor asked whether the toll would rise.", ["question, confidence"]),
        (
            "“The toll will rise,” the mayor told reporters in a statement on Sunday.",
            ["direct writing", "  addressee  reporters", "  medium     in a statement", "  when       on Sunday"],
        ),
    ],
)
def test_the_chosen_are_described(text: str, shown: list[str]) -> None:
    found = run(text).stdout.partition("\n\n")[0]
    for words in shown:
        assert words in found


def test_json_tells_the_same() -> None:
    report = json.loads(run("--json", SENTENCE).stdout)
    candidates = [one for cue in report["cues"] for one in cue["candidates"]]
    chosen = [one for one in candidates if one["fate"] == "chosen"]
    assert sorted(quote["confidence"] for quote in report["quotes"]) == sorted(one["confidence"] for one in chosen)
    for one in candidates:
        for span in (*one["content"], one["source"], one["cue"], *(s for r in one["readings"] for s in r["content"])):
            assert span is None or SENTENCE[span["start"] : span["end"]] == span["text"]
        assert set(one["log_odds"]) == {"experience", "report"}
        assert [said["scorer"] for said in one["scorers"]] in ([], ["regression", "trees"])
        assert all(set(feature) == {"name", "value", "adds"} for feature in (*one["for"], *one["against"]))


def test_a_file_and_standard_input_are_read(tmp_path: Path) -> None:
    (tmp_path / "news").write_text(SENTENCE, encoding="utf-8")
    shown = run(SENTENCE).stdout
    assert run(str(tmp_path / "news")).stdout == shown == run("-", input=SENTENCE).stdout


def test_a_missing_file_is_no_text() -> None:
    result = run("nowhere.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "quotes: nowhere.txt: no such file or directory\n"


@pytest.mark.parametrize("text", ["", " ", "\0", "\udc80 said \ud800", "“" * 3000, "a/" * 3000])
def test_odd_text(text: str) -> None:
    assert run(text).exit_code == 0
    assert json.loads(run("--json", text).stdout)["text"] == text
