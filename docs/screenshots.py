"""Takes the pictures of the documentation: docs/images/NAME-LOOK.png, each NAME of SHOTS in each of LOOKS; and
docs/images/NAME.svg, each NAME of TERMINALS.

    python docs/screenshots.py             all of them
    python docs/screenshots.py desk        those whose names begin so

SHOTS need Chromium (Debian: apt-get install chromium fonts-urw-base35), Playwright and Pillow.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.segment import Segment, Segments

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 780}
LOOKS: dict[str, dict[str, Any]] = {
    f"{size}-{scheme}": {"viewport": viewport, "color_scheme": scheme}
    for size, viewport in (("desktop", DESKTOP), ("phone", PHONE))
    for scheme in ("light", "dark")
}
COLOURS = 96
"""Of an image's palette; pages are flat."""
ARTICLE = ROOT / "fixtures" / "us_politics.txt"


def view(page: Page, folder: Path) -> None:
    """The reading view, a quote opened."""
    from quotes.extractor import Extractor
    from quotes.view import page as html_of

    file = folder / "view.html"
    if not file.exists():
        text = ARTICLE.read_text(encoding="utf-8")
        file.write_text(html_of(text, Extractor(evidence=True).extract(text)), encoding="utf-8")
    page.goto(file.as_uri())
    page.locator("mark", has_text="That's where the money is").click()


@cache
def desk_at(folder: Path) -> str:
    """The address of a desk with something on it."""
    from desk_demo import serve

    return serve(folder)


def desk(page: Page, folder: Path) -> None:
    """A document on the desk, a quote opened."""
    page.goto(desk_at(folder) + "/documents")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/documents/*")
    page.locator("mark", has_text="That's where the money is").click()


def desk_search(page: Page, folder: Path) -> None:
    """What was said of the bridge."""
    page.goto(desk_at(folder) + "/search?q=bridge")


def desk_speaker(page: Page, folder: Path) -> None:
    """Whoever spoke most."""
    page.goto(desk_at(folder) + "/speakers?name=Ada+Lund")
    page.locator("tbody a").first.click()


def desk_check(page: Page, folder: Path) -> None:
    """What waits for a check."""
    page.goto(desk_at(folder) + "/check")


SHOTS: dict[str, Callable[[Page, Path], None]] = {
    "view": view,
    "desk": desk,
    "desk-search": desk_search,
    "desk-speaker": desk_speaker,
    "desk-check": desk_check,
}
"""By name what brings an empty page to what is shown; the folder is empty at first and shared by all looks."""


@dataclass(frozen=True)
class Terminal:
    """A terminal in which quotes read was called."""

    columns: int
    dark: bool = False
    in_text: bool = False


TERMINALS = {
    "read": Terminal(80),
    "read-wide": Terminal(140, dark=True),
    "read-in-text": Terminal(80, dark=True, in_text=True),
}
LINES = 34
"""Of a terminal that are in the picture."""
FONT_FACES = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""Which an image may not load from elsewhere."""


def terminal(name: str, how: Terminal) -> None:
    """What a terminal shows, as SVG."""
    from rich.console import Console
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME, MONOKAI

    from quotes.extractor import Extractor
    from quotes.view.terminal import Article

    text = ARTICLE.read_text(encoding="utf-8")
    shown = Article(text, Extractor().extract(text), in_text=how.in_text)
    console = Console(
        record=True, width=how.columns, height=LINES, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    for line in console.render_lines(shown)[:LINES]:
        console.print(Segments([*line, Segment.line()]), end="")
    picture = console.export_svg(
        title=f"quotes read {'--in-text ' * how.in_text}{ARTICLE.name}",
        theme=MONOKAI if how.dark else DEFAULT_TERMINAL_THEME,
        unique_id=name,
        code_format=FONT_FACES.sub("", CONSOLE_SVG_FORMAT),
    )
    (IMAGES / f"{name}.svg").write_text(picture, encoding="utf-8")


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    asked = tuple(sys.argv[1:]) or ""
    for name, how in TERMINALS.items():
        if name.startswith(asked):
            terminal(name, how)
    if shots := {name: show for name, show in SHOTS.items() if name.startswith(asked)}:
        browse(shots)


def browse(shots: Mapping[str, Callable[[Page, Path], None]]) -> None:
    """Take the pictures that a browser shows."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    program = os.environ.get("QUOTES_CHROMIUM") or shutil.which("chromium")
    if program is None:
        sys.exit("no Chromium; install it with: apt-get install chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, show in shots.items():
            for look, how in LOOKS.items():
                context = browser.new_context(reduced_motion="reduce", **how)
                page = context.new_page()
                show(page, Path(folder))
                image = Image.open(BytesIO(page.screenshot())).convert("RGB")
                image.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}-{look}.png", optimize=True)
                context.close()
        browser.close()


if __name__ == "__main__":
    main()
