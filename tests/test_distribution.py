"""Nobody is sent to another distribution: "quotes" on PyPI is a stranger's package, ours is newsquotes."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

import quotes
from quotes.extras import DISTRIBUTION

ROOT = Path(__file__).parents[1]
READ = [
    *ROOT.glob("*.md"),
    ROOT / "pyproject.toml",
    *(
        path
        for folder in (".github", "docs", "quotes", "tests")
        for ending in ("md", "yml", "py", "html")
        for path in (ROOT / folder).rglob(f"*.{ending}")
        if path != Path(__file__)
    ),
]
EXTRAS = metadata.metadata(DISTRIBUTION).get_all("Provides-Extra") or []
ANOTHER = re.compile(
    rf"(?<!news)\bquotes\\?\[[\w,]*\b({'|'.join(EXTRAS)})\b"  # an extra of quotes
    r"|\b(install|download|uv add|tool run|uvx|pipx run) [^\n`&;|]*(?<![\w/.])quotes(?![\w.])[^\n`&;|]*"  # to install
)


def test_we_are_installed_under_our_name() -> None:
    assert DISTRIBUTION == "newsquotes"
    assert quotes.__version__ == metadata.version(DISTRIBUTION)
    assert {"db", "web", "all", "dev"} <= set(EXTRAS)


def test_no_page_and_no_message_names_another_distribution() -> None:
    read = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in READ}
    assert {"README.md", "docs/desk.md", "quotes/extras.py", "quotes/web/templates/documents.html"} <= set(read)
    assert not [(path, found[0]) for path, text in read.items() for found in ANOTHER.finditer(text)]


@pytest.mark.parametrize(
    "wrong", ['pip install "quotes[db]"', 'pip install --upgrade "quotes"', r"quotes\[db\]", "uv tool install quotes"]
)
def test_another_distribution_would_be_seen(wrong: str) -> None:
    assert ANOTHER.search(wrong)


@pytest.mark.parametrize(
    "right",
    ['pip install "newsquotes[db]"', "pip install --quiet . && .venv/bin/quotes extract a.txt", "quotes[first]"],
)
def test_our_own_is_no_other(right: str) -> None:
    assert not ANOTHER.search(right)
