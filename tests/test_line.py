"""A quote in one line: never as said what was denied, only possible, or asked."""

from __future__ import annotations

import pytest
from storing import marked

from quotes.line import line
from quotes.records import Cue, Mention, Quote, Record, Span, Speaker


@pytest.mark.parametrize(
    ("marks", "lemma", "flags", "with_text", "without"),
    [
        ("[Ada Lund] did not (recommend) {that it be sold}.", "recommend", "negated", "did NOT recommend", None),
        ("[Ada Lund] hasn't (said) {who was driving}.", "say", "negated", "has NOT said", "did NOT say"),
        ("[Ada Lund] can't (rule out) {that it falls}.", "rule", "negated", "can NOT rule out", "did NOT rule out"),
        ("[Ada Lund] won’t yet (say) {if it falls}.", "say", "negated", "will NOT yet say", "did NOT say"),
        (
            "[Ada Lund] would not (comment on) {the case}.",
            "comment",
            "negated",
            "would NOT comment on",
            "did NOT comment on",
        ),
        ("[Ada Lund] has never (claimed) {that it fell}.", "claim", "negated", "has NEVER claimed", "did NOT claim"),
        ("[Ada Lund] stopped short of (saying) {that it fell}.", "say", "negated", "did NOT say", None),
        ("[Ada Lund] refused to (say) {who was driving}.", "say", "negated", "refused to say", "did NOT say"),
        (
            "[Ada Lund] did not immediately (reply to) {a letter}.",
            "reply",
            "negated",
            "did NOT immediately reply to",
            "did NOT reply to",
        ),
        ("[Ada Lund] (denied) {that it fell}.", "deny", "negated", "denied", None),
        ("[Ada Lund] did not (deny) {that it fell}.", "deny", "negated", "did NOT deny", "did (or did NOT?) deny"),
        ("[Ada Lund] may (announce) {that it is sold}.", "announce", "modal", "may announce", None),
        ("[Ada Lund] might have (said) {that it is sold}.", "say", "modal", "might have said", "may say"),
        ("[Ada Lund] is expected to (say) {that it is sold}.", "say", "modal", "is expected to say", "may say"),
        ("If [Ada Lund] (says) {that it is sold}, we go.", "say", "modal", "may say", None),
        ("[Ada Lund] (asked) {whether it is sold}.", "ask", "question", "asked", None),
        ("[Ada Lund] had (said) {that it was sold}.", "say", "", "had said", "said"),
        (
            "Did [Ada Lund] (say) {that it is sold}?",
            "say",
            "question",
            "[in a question] say",
            "[in a question] say",
        ),
    ],
)
def test_the_act_as_it_was_done_or_not(marks: str, lemma: str, flags: str, with_text: str, without: str | None) -> None:
    record = marked(marks, lemma, **dict.fromkeys(flags.split(), True))
    content = record["text"]
    assert line(record) == f"Ada Lund {with_text} {content}"
    assert line(record | {"doc_text": None}) == f"Ada Lund {without or with_text} {content}"


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (
            marked("[None of the pilots] (said) {the bridge was safe}.", "say", negated=True),
            "None of the pilots said: the bridge was safe",
        ),
        (
            marked("He was (told) by [Ida Holm] {that it fell}.", "tell", "passive.complement"),
            "Ida Holm told that it fell",
        ),
        (
            marked("He was not (told) by [Ida Holm] {that it fell}.", "tell", "passive.complement", negated=True),
            "Ida Holm did NOT tell that it fell",
        ),
        (
            marked("It was (said) {that it fell}.", "say", "passive.complement"),
            "(no source named) was said that it fell",
        ),
        (
            marked("{It fell}, (according to) [Eva Berg].", "according", "adjunct.according-to"),
            "According to Eva Berg: It fell",
        ),
        (
            marked("{“It is\n over,”} [Ida Holm] (said).", "say", "left.said"),
            "Ida Holm said: “It is over,”",
        ),
    ],
)
def test_who_stands_where(record: Record, told: str) -> None:
    assert line(record) == line(record | {"doc_text": None}).replace("named) said", "named) was said") == told


def made(cue: Cue | None, speaker: Speaker | None = None, rule: str = "nominal.clause", text: str = "it rains") -> str:
    content = (Span(0, len(text), text),)
    return line(Quote("1", "a", "indirect", "speech", text, content, cue, speaker, None, 0.9, rule, 0).to_dict())


def test_without_a_cue_or_a_speaker() -> None:
    assert made(None) == "(no source named): it rains"
    assert made(Cue(20, 21, ":", ":"), Speaker(Mention(20, 22, "JK"), None)) == "JK: it rains"


def test_it_is_one_line() -> None:
    said = made(Cue(20, 25, "said\nof", "say"), Speaker(None, "Ada\nLund"), "left.said", "“It is\n\nover,”")
    assert said == "Ada Lund said of: “It is over,”"


def test_cues_that_are_nouns_stand_apart() -> None:
    ada = Speaker(None, "Ada Lund")
    assert made(Cue(20, 25, "claim", "claim"), ada) == "Ada Lund (claim): it rains"
    assert made(Cue(20, 27, "comment", "comment", negated=True), ada) == "Ada Lund (NO comment): it rains"
    assert made(Cue(20, 27, "promise", "promise", modal=True), ada) == "Ada Lund (possible promise): it rains"


def test_cues_of_several_words_that_have_no_base_form_are_marked() -> None:
    ada, cue = Speaker(None, "Ada Lund"), "made a claim"
    assert made(Cue(20, 32, cue, "claim", negated=True), ada, "left.said") == "Ada Lund [not] made a claim it rains"
    assert made(Cue(20, 32, cue, "claim", modal=True), ada, "left.said") == "Ada Lund [maybe] made a claim it rains"
