"""The documentation as a site: built without a warning, no broken link, nothing loaded from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import quotes
from quotes.cli import app

ROOT = Path(__file__).parents[1]
BESIDE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob(".github/**/*.md")]
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as strictly as mkdocs can: a link to a page or a heading that there is not is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", ".mkdocs.yml", "-d", folder]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder


class References(HTMLParser):
    """What a page links to, what it loads, and its anchors."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str | None] = {""}
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        self.anchors |= {at.get("id"), at.get("name")}
        if tag == "a" and (href := at.get("href")):
            self.links.append(href)
        elif tag == "link" and at.get("rel") != "canonical":
            self.loaded.append(at.get("href") or "")
        elif tag != "a" and (source := at.get("src")):
            self.loaded.append(source)


def test_links_lead_somewhere_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    pages = {page: References(page) for page in site.rglob("*.html") if page.name != "404.html"}
    assert len(pages) > 20
    broken = []
    for page, references in pages.items():
        for reference in references.links + references.loaded:
            url = urlsplit(reference)
            if url.netloc or url.scheme:
                broken += [(page.name, reference)] if reference in references.loaded else []
                continue
            target = (page.parent / unquote(url.path)).resolve() if url.path else page
            target = target / "index.html" if target.is_dir() else target
            anchors = pages[target].anchors if target in pages else {"", url.fragment}
            if not target.exists() or unquote(url.fragment) not in anchors:
                broken.append((page.name, reference))
    assert not broken


def test_every_command_and_public_name_has_its_place(site: Path) -> None:
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    anchors = References(site / "commands.html").anchors
    assert {f"quotes-{name}".replace("_", "-") for name in commands} <= anchors
    names = {f"quotes.{name}" for name in quotes.__all__ if not name.startswith("_")}
    assert names <= References(site / "api.html").anchors


@pytest.mark.parametrize("page", BESIDE, ids=lambda page: page.name)
def test_links_of_pages_beside_the_site(page: Path) -> None:
    links = [link.partition("#")[0] for found in LINK.findall(page.read_text(encoding="utf-8")) for link in found]
    assert not [link for link in links if not urlsplit(link).scheme and not (page.parent / link).exists()]
