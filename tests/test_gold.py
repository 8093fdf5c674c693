"""Reading annotations: JSON Lines, brat's files, predicted records, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.learn.gold import Annotation, GoldError, load, load_brat, load_jsonl, load_predicted

TEXT = "Ms. Okoro said the bridge would stay shut. “We won't gamble,” she told reporters, “with lives.”"
#       0         10        20        30        40        50        60        70        80        90


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def entity(name: str, kind: str, *parts: str) -> str:
    offsets = ";".join(f"{start} {end}" for start, end in map(at, parts))
    return f"{name}\t{kind} {offsets}\t{' '.join(parts)}"


ENTITIES = [
    entity("T1", "Source", "Ms. Okoro"),
    entity("T2", "Cue", "said"),
    entity("T3", "Content", "the bridge would stay shut"),
    entity("T5", "Content", "“We won't gamble,”", "“with lives.”"),
    entity("T6", "Source", "she"),
    entity("T7", "Cue", "told reporters"),
]
SHUT = Annotation((at("the bridge would stay shut"),), (at("said"),), (at("Ms. Okoro"),))
GAMBLE = Annotation((at("“We won't gamble,”"), at("“with lives.”")), (at("told reporters"),), (at("she"),))


def brat(folder: Path, *lines: str, name: str = "bridge", text: str = TEXT) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_bytes(text.encode())
    ann = folder / f"{name}.ann"
    ann.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return ann


def jsonl(folder: Path, *rows: object) -> Path:
    path = folder / "gold.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_jsonl_reads_a_document_a_line(tmp_path: Path) -> None:
    quote = {
        "source": [at("she")],
        "cue": [at("told reporters")],
        "content": [list(s) for s in GAMBLE.content],
    }
    rows = [
        {"id": "desk/bridge.txt", "annotator": "kj", "text": TEXT, "quotes": [quote]},
        {"id": "empty", "text": "", "quotes": []},
    ]
    bridge, empty = load_jsonl(jsonl(tmp_path, rows[0], "", rows[1]))
    assert (bridge.id, bridge.text, bridge.annotations) == ("bridge", TEXT, (GAMBLE,))
    assert empty.annotations == ()


def test_jsonl_of_records_that_were_judged(tmp_path: Path) -> None:
    path = tmp_path / "judged.jsonl"
    said, gamble = at("the bridge would stay shut"), at("We won't gamble")
    judged = [
        {"content": [said], "judged": "R", "rule": "complement.clause"},
        {"content": [gamble], "judged": "S", "rule": "left.said"},
        {"content": [at("with lives")], "judged": "E", "rule": "left.said"},
        {"content": [at("reporters")], "judged": "N", "rule": "complement.object"},
    ]
    path.write_text(json.dumps({"id": "bridge", "text": TEXT, "judged": judged}), encoding="utf-8")
    [document] = load_jsonl(path)
    assert document.annotations == (
        Annotation((said,), family="complement"),
        Annotation((gamble,), family="left"),
    )
    assert document.rejected == (Annotation((at("reporters"),), family="complement"),)
    assert not document.complete


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "b", "text"', "2: broken JSON"),
        ("[" * 100_000, "2: broken JSON"),
        ("3", "2: not a document"),
        ({"id": "b", "text": "Nothing."}, '2: not a gold document: "quotes" is missing'),
        ({"id": "b", "text": None, "quotes": []}, '2: not a gold document: "text" is of the wrong type'),
        ({"id": "b", "text": "No.", "quotes": [{"cue": [[0, 1]]}]}, '2: quotes[0] has no "content"'),
        (
            {"id": "b", "text": "No.", "quotes": [{"content": [[0, 4]]}]},
            "offsets 0 to 4 are not within the text",
        ),
        (
            {"id": "b", "text": "No.", "quotes": [{"content": [[2, 1]]}]},
            "offsets 2 to 1 are not within the text",
        ),
        ({"id": "b", "text": "No.", "quotes": [{"content": [["0", 2]]}]}, "expected [start, end] pairs"),
    ],
)
def test_jsonl_names_the_line_that_is_wrong_and_can_go_on(tmp_path: Path, line: object, message: str) -> None:
    good = {"id": "a", "text": TEXT, "quotes": []}
    path = jsonl(tmp_path, good, line, {**good, "id": "c"})
    with pytest.raises(GoldError) as raised:
        load_jsonl(path)
    assert str(raised.value).startswith(f"{path}:")
    assert message in str(raised.value)
    errors: list[GoldError] = []
    assert [document.id for document in load_jsonl(path, errors.append)] == ["a", "c"]
    assert len(errors) == 1


def test_jsonl_that_is_not_utf8_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "latin.jsonl"
    path.write_bytes('{"id": "café", "text": "", "quotes": []}'.encode("latin-1"))
    with pytest.raises(GoldError, match=r"latin\.jsonl:1: not UTF-8"):
        load_jsonl(path)
    with pytest.raises(GoldError, match=r"none\.jsonl: no such file"):
        load_jsonl(tmp_path / "none.jsonl")


def test_brat_events_as_polnear_has_them(tmp_path: Path) -> None:
    """Triggers, notes and other entities are passed over; an event may stand before its entities."""
    ann = brat(
        tmp_path,
        *ENTITIES[:3],
        "T4\tAttribution 10 14\tsaid",
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        "#1\tAnnotatorNotes T3\tsure?",
        "T9\tDiscuss 0 3\tMs.",
        "E2\tAttribution:T8 Content:T5 Cue:T7 Source:T6 ",
        *ENTITIES[3:],
        entity("T8", "Attribution", "told reporters"),
    )
    (document,) = load_brat(ann)
    assert document.id == "bridge"
    assert document.annotations == (SHUT, GAMBLE)


def test_brat_event_without_source_and_with_two_contents(tmp_path: Path) -> None:
    ann = brat(
        tmp_path,
        entity("T1", "Content", "“with lives.”"),
        entity("T2", "Content", "“We won't gamble,”"),
        entity("T3", "Attribution-no-source", "told"),
        "E1\tAttribution-no-source:T3 Content:T1 Content2:T2",
        "E2\tAttribution-no-source:T3",
    )
    assert load_brat(ann)[0].annotations == (Annotation(GAMBLE.content),)


def test_polnear_folders_and_several_annotators(tmp_path: Path) -> None:
    brat(tmp_path / "text", *ENTITIES)
    (tmp_path / "text" / "bridge.ann").unlink()
    folder = tmp_path / "attributions"
    folder.mkdir()
    (folder / "bridge_4b22.ann").write_text("\n".join([*ENTITIES[:3], "E1\tA:T2 Content:T3 Cue:T2 Source:T1"]))
    (folder / "bridge_ef2d.ann").write_text("")
    documents = load_brat(tmp_path)
    assert [(d.id, d.annotations) for d in documents] == [("bridge", (SHUT,)), ("bridge", ())]
    assert load_brat(tmp_path / "text" / "bridge.txt") == documents
    assert load([tmp_path, tmp_path / "text" / "bridge.txt"]) == documents, "every file once"


def test_brat_relations(tmp_path: Path) -> None:
    """A source may be linked with the cue or the content, and with several of them, without joining these."""
    ann = brat(
        tmp_path,
        *ENTITIES,
        "R1\tsays Arg1:T1 Arg2:T2",
        "R2\treports Arg1:T2 Arg2:T3",
        "R3\tSpeaker Arg1:T5 Arg2:T1",
        "R4\tCue-of Arg1:T7 Arg2:T5",
        "R5\tSpeaker Arg1:T5 Arg2:T6",
    )
    she_too = Annotation(GAMBLE.content, GAMBLE.cue, (at("Ms. Okoro"), at("she")))
    assert load_brat(ann)[0].annotations == (SHUT, she_too)


def test_brat_contents_that_nothing_links(tmp_path: Path) -> None:
    contents = [Annotation(SHUT.content), Annotation(GAMBLE.content)]
    assert list(load_brat(brat(tmp_path, *ENTITIES))[0].annotations) == contents


def test_brat_offsets_count_characters_and_line_ends_as_they_are(tmp_path: Path) -> None:
    text = "😀 Weather\r\n\r\nIt will rain, they said."
    span = at("It will rain", text)
    ann = brat(tmp_path, f"T1\tContent {span[0]} {span[1]}\tIt will rain\r", text=text)
    assert load_brat(ann)[0].annotations == (Annotation((span,)),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T9 Content 0 5", "bridge.ann:2: expected an entity"),
        ("T9\tContent 0\tMs.", "bridge.ann:2: expected an entity"),
        ("T9\tContent 0 900\tMs.", "bridge.ann:2: T9: offsets 0 to 900 are not within the text"),
        (
            "T9\tContent 1 10\tMs. Okoro",
            "bridge.ann:2: T9 reads 'Ms. Okoro', but its offsets give 's. Okoro '",
        ),
        ("E1\tAttribution:T1 Content", "bridge.ann:2: expected a line like"),
        ("E1\tAttribution:T1 Content:T7", "bridge.ann:2: T7 is not defined"),
        ("R1\tSource Arg1:T1 Arg2:T7", "bridge.ann:2: T7 is not defined"),
    ],
)
def test_brat_names_the_line_that_is_wrong(tmp_path: Path, line: str, message: str) -> None:
    brat(tmp_path, ENTITIES[0], line)
    brat(tmp_path, *ENTITIES, name="fine")
    errors: list[GoldError] = []
    assert [document.id for document in load_brat(tmp_path, errors.append)] == ["fine"]
    assert [message in str(error) for error in errors] == [True], errors


def test_brat_files_that_miss_each_other(tmp_path: Path) -> None:
    ann = brat(tmp_path / "a", *ENTITIES)
    (tmp_path / "a" / "bridge.txt").unlink()
    with pytest.raises(GoldError, match=r"bridge\.ann: no bridge\.txt beside it"):
        load_brat(ann)
    brat(tmp_path / "b", *ENTITIES).unlink()
    with pytest.raises(GoldError, match=r"bridge\.txt: no bridge\.ann beside it"):
        load([tmp_path / "b" / "bridge.txt"])
    with pytest.raises(GoldError, match=r"b: no \.ann files"):
        load([tmp_path / "b"])
    with pytest.raises(GoldError, match=r"none\.ann: no such file"):
        load([tmp_path / "none.ann"])


def test_predicted_records_by_document(tmp_path: Path) -> None:
    first = {"doc_id": "desk/bridge.txt", "content": [{"start": 0, "end": 9}], "cue": None, "speaker": None}
    second = {"doc_id": "bridge", "content": [], "speaker": {"mention": None}}
    assert load_predicted(jsonl(tmp_path, first, second)) == {"bridge": [first, second]}


@pytest.mark.parametrize(
    "row",
    [
        {"content": []},
        {"doc_id": "a"},
        {"doc_id": "a", "content": [[0, 9]]},
        {"doc_id": "a", "content": [], "cue": "said"},
        {"doc_id": "a", "content": [], "speaker": "Ms. Okoro"},
        {"doc_id": "a", "content": [], "speaker": {"mention": {"start": 0}}},
        {"doc_id": "a", "content": [], "confidence": None},
    ],
)
def test_predicted_lines_that_are_no_records(tmp_path: Path, row: object) -> None:
    with pytest.raises(GoldError, match=r"gold\.jsonl:1: "):
        load_predicted(jsonl(tmp_path, row))
