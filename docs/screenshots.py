"""Takes the screenshots of the documentation: docs/images/NAME-LOOK.png, each NAME of SHOTS in each of LOOKS.

    python docs/screenshots.py             all of them
    python docs/screenshots.py desk        those whose names begin so

Needs Chromium (Debian: apt-get install chromium fonts-urw-base35), Playwright and Pillow.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    page.locator("mark", has_text="That's where the money is").click()


def desk_search(page: Page, folder: Path) -> None:
    """What was said of the bridge."""
    page.goto(desk_at(folder) + "/search?q=bridge")


def desk_speaker(page: Page, folder: Path) -> None:
    """Whoever spoke most."""
    page.goto(desk_at(folder) + "/speakers?name=Ada+Lund")
    page.locator("tbody a").first.click()


SHOTS: dict[str, Callable[[Page, Path], None]] = {
    "view": view,
    "desk": desk,
    "desk-search": desk_search,
    "desk-speaker": desk_speaker,
}
"""By name what brings an empty page to what is shown; the folder is empty at first and shared by all looks."""


def main() -> None:
    from PIL import Image
    from playwright.sync_api import sync_playwright

    program = os.environ.get("QUOTES_CHROMIUM") or shutil.which("chromium")
    if program is None:
        sys.exit("no Chromium; install it with: apt-get install chromium")
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, show in SHOTS.items():
            if not name.startswith(tuple(sys.argv[1:]) or ""):
                continue
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
