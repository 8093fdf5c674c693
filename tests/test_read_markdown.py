"""Markdown to plain text: nothing of the markup stays between quotes and speakers."""

from pathlib import Path

import pytest

from quotes.read import Document, documents
from quotes.read.markdown import plain


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("“It *took* too __long__,” [Lund](https://x.example/a_b) said.", "“It took too long,” Lund said."),
        ("# Bridge\nIt opens.", "Bridge\n\nIt opens."),
        ("> “One,”\n> she said.\n>\n> “Two.”", "“One,” she said.\n\n“Two.”"),
        ("* “One,” she said\n* Two\n\n1. Three", "“One,” she said\n\nTwo\n\nThree"),
        ("One  \nline\\\nends<br>here", "One\nline\nends\nhere"),
        ("| A | B |\n|---|---|\n| c | “d” |", "A\n\nB\n\nc\n\n“d”"),
        (r"\*stars\*, 2 &lt; 3, `code`, ~~no~~ ![a photo](p.jpg)", "*stars*, 2 < 3, code, no"),
        ('<div class="x">\n“Yes,” <b>he</b> said.\n</div>', "“Yes,” he said."),
        ("He said “a * b” and 'c_d'.", "He said “a * b” and 'c_d'."),
    ],
)
def test_markup(markdown: str, text: str) -> None:
    assert plain(markdown) == text + "\n"


def test_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: The bridge\ndate: 2024-05-02\nauthor: [A, B]\nlayout: post\n---\nIt opens.\n", encoding="utf-8"
    )
    [found] = documents([str(path)])
    assert isinstance(found, Document)
    assert found.text == "It opens.\n"
    assert found.meta == {"title": "The bridge", "author": "A; B", "date": "2024-05-02", "url": None, "outlet": None}


def test_front_matter_of_objects_and_without_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: The bridge\nauthor: [{name: A}, B]\noutlet: {x: 1}\n---\n", encoding="utf-8")
    [found] = documents([str(path)])
    assert isinstance(found, Document)
    assert (found.text.strip(), found.note) == ("", "no text in it")
    assert found.meta == {"title": "The bridge", "author": "B", "date": None, "url": None, "outlet": None}


def test_comments_that_are_never_closed() -> None:
    assert plain("<!-- " * 100_000) == "\n"


@pytest.mark.parametrize("begin", ["---\n\nNo front matter.\n\n---\n", "---\n: [\n---\n", "---\n- a\n---\n"])
def test_lines_that_are_no_front_matter(begin: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"{begin}\nIt opens.\n", encoding="utf-8")
    [found] = documents([str(path)])
    assert isinstance(found, Document)
    assert found.meta is None
    assert found.text.endswith("It opens.\n")
