"""Texts in other languages, and files that nobody reads: told, counted, left out where that is wanted."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotes.cli import app
from quotes.extras import MissingPackage
from quotes.read import unread_in
from quotes.read.language import foreign

pytest.importorskip("py3langid")

ENGLISH = (
    "The mayor told reporters on Friday that the bridge would be shut until the spring. She said nobody had been hurt, "
    "and that the council would pay for a ferry while the work was being done by a firm from the north."
)
FRENCH = (
    "Le maire de la ville a déclaré vendredi que le pont serait fermé jusqu'en mai. « Nous n'avons pas le choix », "
    "a-t-il dit aux journalistes. Les habitants du quartier ont protesté contre cette décision, qui les surprend."
)
GERMAN = (
    "Der Bürgermeister sagte am Freitag, dass die Brücke bis Mai gesperrt bleibe. „Wir haben keine Wahl“, sagte "
    "er vor Journalisten. Die Anwohner wollen gegen den Beschluss klagen, der viele von ihnen täglich trifft."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [(ENGLISH, ""), (FRENCH, "French"), (GERMAN, "German"), (FRENCH[:90], ""), ("", ""), ("12.5 14.7 " * 40, "")],
)
def test_what_language_a_text_is_in(text: str, language: str) -> None:
    assert foreign(text) == language


def test_fixtures_are_english() -> None:
    for path in Path("fixtures").glob("*.txt"):
        assert foreign(path.read_text(encoding="utf-8")) == "", path


def test_without_the_package_nothing_is_said_unless_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "py3langid", None)
    assert foreign(FRENCH) == ""
    with pytest.raises(MissingPackage, match="languages"):
        foreign(FRENCH, needed=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"a.txt": ENGLISH, "b.txt": FRENCH, "c.odt": "", "d.odt": "", "e.rtf": "", ".f.swp": ""}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_files_that_nobody_reads_are_counted(folder: Path) -> None:
    assert unread_in(str(folder)) == [(".odt", 2), (".rtf", 1)]
    assert unread_in(str(folder / "a.txt")) == []


def test_they_are_told_at_the_end(folder: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(folder)])
    assert result.exit_code == 0
    assert f"{folder / 'b.txt'}: looks French, and this reads English" in result.stderr
    assert f"{folder}: 3 files not read: .odt (2), .rtf" in result.stderr


def test_english_only(folder: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(folder), "--english-only"])
    assert result.exit_code == 0
    assert "b.txt" not in result.stdout
    assert f"{folder / 'b.txt'}: left out: looks French" in result.stderr
    assert "1 text left out, not in English" in result.stderr
