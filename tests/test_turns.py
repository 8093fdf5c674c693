"""Labels and turns of transcripts, and what makes a text a conversation: told by the characters alone."""

from __future__ import annotations

import pytest

from quotes.grammar.conversation import is_conversation
from quotes.grammar.labels import label
from quotes.grammar.marks import pair
from quotes.grammar.turns import turns

LABELS = {
    "LUND: I was told to.": "LUND",
    "Ines Holt: We walk.": "Ines Holt",
    "MARA COLLINS, ANCHOR: Welcome back.": "MARA COLLINS",
    "Dita Pyke, mayor of Veld: Good morning.": "Dita Pyke",
    "Henry Amado (Executives): We are pleased.": "Henry Amado",
    "LAU (voice-over): And outside, the queue grew.": "LAU",
    "[02:50:05] SHAI KUMARI, DOCTOR (through translator): We had no beds.": "SHAI KUMARI",
    "Lenny Okafor (00:00:10): So tell me.": "Lenny Okafor",
    "Ivo Tamm: (01:20)": "Ivo Tamm",
    "Mr ORLO (Highmoor—Minister for Harbours) (15:16): It will open in May.": "Mr ORLO",
    "Mr. KING of North Dakota. I rise to speak.": "Mr. KING",
    "The PRESIDING OFFICER. The clerk will call the roll.": "The PRESIDING OFFICER",
    "§ Mr. Haddon May I ask the Minister about it?": "Mr. Haddon",
    ">> TOM PYKE: Can I appeal?": "TOM PYKE",
    "**Nora Lind:** Nine days.": "Nora Lind",
    "Q. Who told you?": "Q",
    "A: My son.": "A",
    "Q    Thanks, Josh.": "Q",
    "SPEAKER 1: The budget is too large.": "SPEAKER 1",
    "Samuel A. Alder, Jr.: Suppose it was a letter.": "Samuel A. Alder, Jr.",
    "JOSEPH MERCADO/GTV: Sir, our favourite topic.": "JOSEPH MERCADO",
    "An opposition member: Was it the bank?": "An opposition member",
    "Owen Tredway (Pontarfon) (Lab)": "Owen Tredway",
    "Dana Reyes - North Peak - Analyst": "Dana Reyes",
    "MS: From a dream.": "MS",
    "Secretary: The lock is broken.": "Secretary",
    "WITNESS 3: I hid in the mill.": "WITNESS 3",
    "Reporter — How did you get in?": "Reporter",
    "[12/05/2021, 10:15] Ivo Tamm: is it open?": "Ivo Tamm",
    "[10:15] <rosalind> is it open?": "rosalind",
}
NO_LABELS = (
    "Warning: the bridge is closed.",
    "DVD review: Harlow Quent and the Prisoner of Veld",
    "Score: Rovers 2, Town 1",
    "8.33am: The minister has arrived.",
    "Wild 4, Sabres 1: Zach Parr scored twice.",
    "October 20: a car was stolen.",
    "Free education and free crypto: the firm has courses.",
    "The mayor said this: nobody will be hurt.",
    "Sure enough, common sense prevailed: on Monday the talks began.",
)


@pytest.mark.parametrize(("line", "name"), LABELS.items())
def test_a_label_names_its_speaker(line: str, name: str) -> None:
    found = label(line, 0, len(line))
    assert found is not None
    assert found.name is not None
    assert line[slice(*found.name)] == name


@pytest.mark.parametrize("line", NO_LABELS)
def test_headings_scores_and_times_are_no_labels(line: str) -> None:
    found = label(line, 0, len(line))
    assert found is None or found.form == "line" or found.name is None


TRANSCRIPT = """Chair: Order.

LUND: I am sorry. (LAUGHTER) But it is true.

We knew in March.

(CROSSTALK)

REES: You knew? [inaudible 00:12] Who told you?

LUND: My foreman.

Mr Pyke interjecting—

REES: Thank you."""


def said(text: str) -> list[tuple[str | None, list[str]]]:
    return [(t.name and text[slice(*t.name)], [text[a:b] for a, b in t.content]) for t in turns(text)]


def test_a_turn_runs_to_the_next_label_without_stage_directions() -> None:
    assert said(TRANSCRIPT)[-4:] == [
        ("LUND", ["I am sorry.", "But it is true.", "We knew in March."]),
        ("REES", ["You knew?", "Who told you?"]),
        ("LUND", ["My foreman."]),
        ("REES", ["Thank you."]),
    ]


def test_a_time_alone_goes_on_with_the_speaker() -> None:
    text = (
        "Ada Rees (00:00:01): Welcome.\n\nIvo Tamm (00:00:09): Thank you.\n\n(00:01:21): I was ill.\n\n"
        "Ada Rees (00:02:00): Oh?"
    )
    assert said(text)[2] == ("Ivo Tamm", ["I was ill."])


def test_names_in_full_come_first_and_their_initials_after() -> None:
    text = (
        "Ann Bell: You never learned to swim.\n\nCleo Dorn: No, I was afraid.\n\nAB: Of what?\n\nCD: Of the dark.\n\n"
        "AB: And your sister?\n\nCD: She swam.\n\nAB: Thank you.\n"
    )
    assert [name for name, _ in said(text)] == ["Ann Bell", "Cleo Dorn", "AB", "CD", "AB", "CD", "AB"]


def test_who_has_an_office_stands_in_brackets() -> None:
    text = "MR TAMM: When?\n\nTHE MINISTER FOR ROADS (MS. LUND): In May.\n\nMR TAMM: Why?\n\nMS LUND: It rained."
    assert [name for name, _ in said(text)] == ["MR TAMM", "MS. LUND", "MR TAMM", "MS LUND"]


def test_one_reporter_among_those_with_names() -> None:
    text = "Ms Reyes: Good morning.\n\nMr Tamm: Is it shut?\n\nMs Reyes: It is.\n\nQ: And why?\n\nMs Reyes: It leaks."
    assert [name for name, _ in said(text)] == ["Ms Reyes", "Mr Tamm", "Ms Reyes", "Q", "Ms Reyes"]


NO_TRANSCRIPTS = (
    "Fixed: the game starts.\n\nFixed: the map.\n\nAdded: two ships.\n\nAdded: a port.",
    "Rovers 2, Town 1: a late goal.\n\nUnited 0, City 0: rain.\n\nAthletic 3, Vale 1: you can guess.",
    "Mayor: we will rebuild\n\nThe mayor said on Monday that the dam would be rebuilt.\n\nThe council met. "
    "Nobody from the firm came.\n\nCorrection: The dam was built in 1915.",
    "Ivo Tamm: “We were poor.”\n\nAda Voss: “I was proud of them.”\n\nIvo Tamm: “You can't win like that.”",
)


@pytest.mark.parametrize("text", NO_TRANSCRIPTS)
def test_lists_news_and_quoted_statements_are_no_transcripts(text: str) -> None:
    assert turns(text) == []


def test_the_user_has_the_last_word() -> None:
    assert turns(TRANSCRIPT, "no") == []
    assert len(turns("Ivo Tamm: I resign.", "yes")) == 1


STORY = "“Is it late?” Marta asked.\n\n“No.”\n\n“Then wait,” he said. She put down the lamp.\n\n“You never wait!”"
NEWS = (
    "“The ferry will sail again in the spring,” said the minister, Ada Lund, on Monday.\n\n“We have ordered nine new "
    "pumps from a yard in the north and they will come in 2019.”\n\n“Nobody was hurt in the "
    "accident, and I thank the crew.”"
)


@pytest.mark.parametrize(("text", "answer"), [(STORY, True), (NEWS, False)])
def test_the_document_tells_whether_people_talk_to_each_other(text: str, answer: bool) -> None:
    paragraphs, at = [], 0
    for part in text.split("\n\n"):
        paragraphs.append((at, at + len(part)))
        at += len(part) + 2
    assert is_conversation(text, pair(text, paragraphs), paragraphs) is answer


@pytest.mark.parametrize("line", ["a, " * 200, "a / b, " * 60, "a (b), c [d] " * 60, "a/ b (c) " * 60])
def test_a_line_is_cut_in_one_way_only(line: str) -> None:
    assert turns(f"{line}\n{line}") == []  # in two ways at each comma, it would have no end
