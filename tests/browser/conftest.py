"""A real browser for tests of pages: Debian's Chromium, driven by Playwright, with axe-core to judge what people with
disabilities meet.

Without Chromium or Playwright these tests are skipped; where CI=true or QUOTES_BROWSER=1 that is a failure. The
variable QUOTES_CHROMIUM names the browser's program where it is none of CHROMIUM.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

import pytest
from looking import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
LOOKS: dict[str, dict[str, Any]] = {
    f"{size}-{scheme}": {"viewport": viewport, "color_scheme": scheme, "has_touch": size == "phone"}
    for size, viewport in (("desktop", DESKTOP), ("phone", PHONE))
    for scheme in ("light", "dark")
}
"""How a page is looked at: arguments of Playwright's ``new_context``."""
HERE = {"127.0.0.1", "localhost", "::1"}
NewPage = Callable[..., "Page"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser takes its time: what fails here is tried once more."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, once a file of tests."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without('no Playwright; install it with: pip install "newsquotes[dev]"')
    program = os.environ.get("QUOTES_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        _without("no Chromium; install it with: apt-get install chromium, or name it in QUOTES_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Opens an empty page; takes the arguments of Playwright's ``new_context``, desktop size unless told otherwise.

    At the end of the test no page may have had an uncaught error, broken its Content-Security-Policy, opened a dialog,
    or asked another machine for anything.
    """
    contexts, wrong = [], []

    def outside(url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https", "ws", "wss", "ftp") and parts.hostname not in HERE

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: wrong.append(f"uncaught: {error}"))
        page.on("request", lambda request: wrong.append(f"asked for {request.url}") if outside(request.url) else None)
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)

    def new_page(**how: Any) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **how})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on("page", watch)
        return context.new_page()

    yield new_page
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """An empty page of desktop size in light colours."""
    return new_page()


@pytest.fixture(params=LOOKS.values(), ids=LOOKS)
def any_page(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    """An empty page in each of the LOOKS: the test runs once for each."""
    return new_page(**request.param)


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """Asserts that axe-core finds nothing wrong with what a page shows now."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        _without('no axe-core; install it with: pip install "newsquotes[dev]"')

    def check(page: Page) -> None:
        page.wait_for_load_state()
        results = Axe().run(page)
        assert not results.response["violations"], results.generate_report()

    return check


def _without(what: str) -> NoReturn:
    """Skip, or fail where these tests have to run."""
    if os.environ.get("CI") == "true" or os.environ.get("QUOTES_BROWSER") == "1":
        pytest.fail(what)
    pytest.skip(what)
