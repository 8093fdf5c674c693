"""Quotes in a terminal: who said what at any width, with colours and without, and nothing that a terminal obeys."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.style import Style
from storing import marked
from typer.testing import CliRunner

from quotes.cli import app
from quotes.records import Record
from quotes.view.terminal import GREY, HUES, RED, Article

NEWS = "Mayor Ada Lund said that the bridge would reopen in May. She did not promise that it would be free.\n"
HEADLINE = "Bridge to reopen in May\n\n"
LUND = {"name": "Ada Lund", "description": "the mayor", "entity": "e1"}


def article(what: str = "too long", **options: bool) -> Article:
    """A mayor says something in a direct quote and does not promise another in an indirect one, which is in doubt."""
    first = marked(f"{{“It took {what},”}} [Mayor Ada Lund] (said). ", "say", "left.said", before=HEADLINE)
    first |= {"type": "direct", "confidence": 0.97}
    promise = "[She] did not (promise) {that the bridge would be free of tolls}."
    second = marked(promise, "promise", before=first["doc_text"], negated=True) | {"confidence": 0.6}
    found: list[Record] = [{**one, "speaker": one["speaker"] | LUND} for one in (first, second)]  # type: ignore[misc]
    return Article(second["doc_text"], found, **options)


def drawn(shown: Article, width: int = 80, terminal: bool = False, no_color: bool = False) -> str:
    file, colours = StringIO(), "truecolor" if terminal else None
    console = Console(file=file, width=width, force_terminal=terminal, color_system=colours, no_color=no_color)
    console.print(shown)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


@pytest.mark.parametrize("width", [24, 60, 80])
def test_quotes_stand_below_their_speaker_in_any_width(width: int) -> None:
    out = drawn(article(), width)
    assert max(map(len, out.splitlines())) <= width
    assert " ".join(out.split()) == (
        "Bridge to reopen in May Ada Lund, the mayor "
        "1 ● said: “It took too long,” "
        "2 ○ did NOT promise that the bridge would be free of tolls "
        "● 90 % sure or more ◐ 70 % or more ○ less sure of the quote or of its speaker"
    )


def test_on_a_wide_terminal_the_speaker_stands_beside() -> None:
    assert re.search(r"^Ada Lund +1 ● said: .*\nthe mayor +2 ○ did NOT", drawn(article(), 140), re.MULTILINE)


def test_the_whole_text_has_its_quotes_in_brackets_where_there_are_no_styles() -> None:
    out = drawn(article(in_text=True), 100)
    assert out.startswith(
        "Bridge to reopen in May\n\n[“It took too long,”]¹ Mayor Ada Lund said. She did not promise [that the bridge "
        "would be free of\ntolls]²?.\n\nAda Lund, the mayor  ¹ ²?\n"
    )


def test_the_whole_text_in_colours() -> None:
    out = drawn(article(in_text=True), terminal=True)
    for style, words in (
        (f"underline {HUES[0]}", "“It took too long,”"),
        (f"bold {HUES[0]}", "Mayor Ada Lund"),
        (f"bold {RED}", "promise"),
        (f"italic {HUES[0]}", "that the bridge"),
    ):
        assert (
            Style.parse(style).render(words, color_system=Console(color_system="truecolor")._color_system)[:-4] in out
        )
    assert "[" not in re.sub(r"\x1b\[[\d;]*m", "", out)


def test_without_colours_weight_and_lines_are_left() -> None:
    out = drawn(article(in_text=True), terminal=True, no_color=True)
    assert set(re.findall(r"\x1b\[([\d;]*)m", out)) == {"0", "1", "3", "4"}


def test_colours_read_on_black_and_on_white() -> None:
    for colour in (*HUES, GREY):
        red, green, blue = (_linear(int(colour[k : k + 2], 16) / 255) for k in (1, 3, 5))
        light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        assert min((light + 0.05) / 0.05, 1.05 / (light + 0.05)) >= 4.5, colour


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


@pytest.mark.parametrize("in_text", [False, True])
def test_nothing_in_a_text_is_an_order_to_the_terminal(in_text: bool) -> None:
    out = drawn(article("\x9b31m\x1bc\x07\u202elong", in_text=in_text))
    assert "\ufffd31m\ufffdc\ufffd\ufffdlong" in out
    assert out.replace("\n", "").isprintable()


# The command


def test_articles_are_read_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(NEWS, encoding="utf-8")
    Path("b.txt").write_text("It rained all day.\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["read", "a.txt", "gone.txt", "b.txt"])
    assert (result.exit_code, result.stderr) == (1, "quotes: gone.txt: no such file or directory\n")
    assert result.stdout.startswith("a.txt\n\nAda Lund, Mayor\n 1 ")
    assert "did NOT promise that it would be free" in result.stdout
    assert result.stdout.endswith(f"\n{80 * '─'}\nb.txt\n\nNo quotes found.\n")


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("read", "did NOT promise"),
        ("extract", "quotes: these are records for programs; for people there is quotes read"),
    ],
)
def test_on_a_terminal(tmp_path: Path, command: str, shown: str) -> None:
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "quotes", command, "a.txt"],
        cwd=tmp_path,
        env=os.environ | {"PAGER": "sed s/^/paged:/", "TERM": "xterm-256color"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    out = b""
    while piece := _read(ours):
        out += piece
    assert process.wait() == 0
    told = re.sub(r"\x1b\[[\d;]*m", "", out.decode())
    assert told.count(shown) == 1
    assert ("paged:" in told, "\x1b[1;" in out.decode()) == (command == "read", command == "read")


def _read(terminal: int) -> bytes:
    """What comes next; at the end Linux raises."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
