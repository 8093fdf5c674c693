"""Where a paragraph begins."""

import pytest

from quotes.grammar.boundaries import paragraph_breaks


@pytest.mark.parametrize("before", ["", "\n\n"])
@pytest.mark.parametrize("after", ["", "\n", "\n\n", "\n \n\n"])
def test_blank_lines_around_a_text_say_nothing_of_its_paragraphs(before: str, after: str) -> None:
    lines = ["The port is shut.", "“It stays shut,” said Ada Lund.", "Nobody else spoke of it on Monday."]
    text = before + "\n".join(lines) + after
    assert [text[at:].split("\n")[0] for at in paragraph_breaks(text)] == lines[1:]


def test_blank_lines_within_a_text_part_its_paragraphs() -> None:
    text = "The port\nis shut.\n\nIt stays\nshut.\n"
    assert [text[at:] for at in paragraph_breaks(text)] == ["It stays\nshut.\n"]
