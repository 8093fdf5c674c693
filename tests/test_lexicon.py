"""The word lists are well formed, and their loader says what is wrong with one that is not."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from quotes import lexicon
from quotes.lexicon import table, words
from quotes.lexicon.cues import cue, texts
from quotes.records import ACTS

TABLES = sorted(Path(str(files(lexicon))).glob("en/*.tsv"))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_no_row_stands_twice(path: Path) -> None:
    rows = [tuple(row.values()) for row in table(path.stem)]
    assert rows
    assert len(rows) == len(set(rows))


def test_comments_and_blank_lines_are_left_out_and_short_rows_filled(tmp_path: Path) -> None:
    (tmp_path / "some.tsv").write_text(
        "# a comment\nword\tkind\tnote\n\nfoo\tbar\n# more\nbaz\t\tq\n", encoding="utf-8"
    )
    assert [dict(row) for row in table("some", str(tmp_path))] == [
        {"word": "foo", "kind": "bar", "note": ""},
        {"word": "baz", "kind": "", "note": "q"},
    ]
    (tmp_path / "word_classes.tsv").write_text("name\twords\twhat\nfew\ta an the\tarticles\n", encoding="utf-8")
    (tmp_path / "list.txt").write_text("# a comment\nMr.\n\nvon der\n", encoding="utf-8")
    assert words("list", str(tmp_path)) == {"Mr.", "von der"}
    assert words("few", str(tmp_path)) == {"a", "an", "the"}


def test_a_row_with_too_many_cells_is_named(tmp_path: Path) -> None:
    (tmp_path / "wide.tsv").write_text("# a comment\nword\tkind\nfoo\tbar\tbaz\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"wide\.tsv, line 3: 3 cells under 2 columns"):
        table("wide", str(tmp_path))


def test_a_missing_table_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        table("nowhere", str(tmp_path))


def test_rows_can_not_be_changed() -> None:
    with pytest.raises(TypeError):
        table("cues")[0]["act"] = "speech"  # type: ignore[index]


def test_cues_use_the_documented_values() -> None:
    keys = [(row["lemma"], row["pos"]) for row in table("cues")]
    assert len(keys) == len(set(keys))
    assert {row["pos"] for row in table("cues")} == {"verb", "noun", "adjective", "other"}
    assert {row["act"] for row in table("cues")} == {*ACTS, "light"}
    assert {row["sense"] for row in table("cues")} == {"", "asked", "denied", "planned"}
    hearers = {where for row in table("cues") for where in row["hearer"].split()}
    assert hearers == {"object", "always", "to", "with", "at", "before", "on"}


def test_texts_use_the_documented_values() -> None:
    assert {text.source for text in texts().values()} == {"", "document", "writing"}
    assert {text.channel for text in texts().values()} == {"", "writing", "speech"}
    assert all(any(text) for text in texts().values())


@pytest.mark.parametrize(
    ("lemma", "tag", "act"),
    [
        ("claim", "VBD", "speech"),
        ("claim", "NN", "speech"),
        ("tweet", "VBD", "writing"),
        ("believe", "VBP", "thought"),
        ("support", "NN", "attitude"),
        ("worry", "JJ", "attitude"),  # no such adjective: the tagger erred, the verb is meant
        ("xyzzy", "VB", ""),
    ],
)
def test_a_cue_is_looked_up_by_lemma_and_tag(lemma: str, tag: str, act: str) -> None:
    assert cue(lemma, tag).act == act
