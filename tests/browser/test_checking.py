"""Checking in a browser: by keys, in place, by selecting words, on the Check page, and what is taken along."""

from __future__ import annotations

import csv
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from storing import marked

from quotes import store as stores
from quotes.web.app import application

if TYPE_CHECKING:
    from playwright.sync_api import Page

SENTENCES = (
    ("[Ida Holm] (said) {that the ferry would sail on Monday}.", "say", {}),
    ("[Bo Dahl] did not (say) {that the engine had failed}.", "say", {"negated": True}),
    ("[Åsa Lund] may (announce) {that the owners will pay}.", "announce", {"modal": True}),
    ("[Per Rask] (asked) {whether the pilots had been told}.", "ask", {"question": True}),
    ("[Eva Berg] (said) {that nobody had slept for a week}.", "say", {}),
)
FILLER = "The harbour lay in the fog all that week, and the mail came by road. " * 8
LAST = "The clerk denied that the key was lost."


def article() -> tuple[str, list[dict[str, Any]]]:
    """A long text with five quotes, and one that nobody found."""
    text, found = "", []
    for source, lemma, flags in SENTENCES:
        before = f"{text}{FILLER}\n\n" if text else ""
        record = marked(source, lemma, before=before, **flags)
        found.append(record | {"confidence": 0.9 - len(found) / 10})
        text = record["doc_text"]
    return f"{text}\n\n{LAST}\n", [record | {"doc_text": None} for record in found]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[str]:
    """The address of a desk with the article on it."""
    text, records = article()
    with stores.open(str(tmp_path / "quotes.db"), make=True) as store:
        meta = {"title": "Fog over the harbour", "outlet": "Harbour Gazette", "date": "2024-03-04"}
        store.add_document("a.txt", text, records, meta)  # type: ignore[arg-type]

    def read(name: str, data: bytes) -> Any:
        raise AssertionError("nothing is to be read")

    app = application(tmp_path / "quotes.db", read=read)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def quote(page: Page, number: int) -> None:
    page.locator(f"#r{number}").click()
    page.locator(f"#q{number}.open").wait_for()


def marks(page: Page) -> list[str]:
    """What the numbers in the text say of their quotes."""
    return [
        re.sub(r" ?(ref|hue-\w+|on) ?", "", link.get_attribute("class") or "") for link in page.locator("a.ref").all()
    ]


def in_sight(page: Page, number: int) -> bool:
    return bool(
        page.locator(f"#r{number}").evaluate(
            "a => { const b = a.getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight }"
        )
    )


def select(page: Page, words: str) -> None:
    """Select words of the text as a pointer would."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
                return;
            }
            throw words;
        }""",
        words,
    )
    page.locator(".picked").wait_for()


def test_by_keys_from_the_first_quote_to_the_last(
    any_page: Page, desk: str, accessible: Callable[[Page], None]
) -> None:
    page = any_page
    page.goto(f"{desk}/documents/1")
    assert "0 of 5 checked" in page.locator(".tally").inner_text()
    page.keyboard.press("n")
    page.locator("#q1.open").wait_for()
    page.keyboard.press("r")
    page.wait_for_url("**#q2")
    page.locator("#q2.open").wait_for()
    assert in_sight(page, 2)
    assert page.get_by_role("status").inner_text().startswith("Right: Ida Holm said")
    page.keyboard.press("w")
    page.wait_for_url("**#q3")
    page.locator("#q3.open").wait_for()
    assert in_sight(page, 3)
    assert page.locator("mark.wrong").inner_text() == "that the engine had failed"
    accessible(page)

    # the wrong key: taken back
    page.keyboard.press("u")
    page.get_by_role("status").wait_for(state="detached")
    assert page.locator("mark.wrong").count() == 0
    quote(page, 3)

    # somebody else said it, in place
    page.keyboard.press("s")
    page.keyboard.type("Eva Berg")
    accessible(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**said=*#q3")
    page.locator("#q3.open").wait_for()
    assert "speaker set: Eva Berg" in page.locator("#q3 .standing").inner_text()
    assert page.locator("#q3 h3").inner_text().endswith("Eva Berg")

    # other edges, in place
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("the owners will pay")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("mark.changed", has_text=re.compile("^the owners will pay$")).wait_for()
    assert marks(page) == ["right", "", "changed", "unsure", "unsure"]
    page.keyboard.press("n")
    page.locator("#q4.open").wait_for()
    page.keyboard.press("ArrowRight")
    page.locator("#q5.open").wait_for()
    page.wait_for_function("document.querySelector('#r5').getBoundingClientRect().bottom < innerHeight")
    assert in_sight(page, 5)
    assert "2 of 5 checked" in page.locator(".tally").inner_text()
    assert "Eva Berg" in page.locator(".cast").inner_text()
    assert "Åsa Lund" not in page.locator(".cast").inner_text()


def test_words_that_are_selected(any_page: Page, desk: str, accessible: Callable[[Page], None]) -> None:
    page = any_page
    page.goto(f"{desk}/documents/1")
    quote(page, 5)
    select(page, "nobody had slept")
    page.get_by_role("button", name="Quote 5 is these words").click()
    page.wait_for_url("**said=*#q5")
    assert page.locator("mark.changed").inner_text() == "nobody had slept"

    select(page, "that the key was lost")
    page.get_by_role("button", name="Add as a quote").click()
    dialog = page.get_by_role("dialog", name="Add a quote that was missed")
    accessible(page)
    assert dialog.get_by_label("The words, as they stand").input_value() == "that the key was lost"
    page.keyboard.type("Tom Vik")
    dialog.get_by_label("The words that report").fill("denied")
    dialog.get_by_role("button", name="Add it").click()
    page.wait_for_url("**said=*#q6")
    page.locator("#q6.open").wait_for()
    assert "Tom Vik" in page.locator("#q6 h3").inner_text()
    assert page.locator("#q6 .flag").inner_text() == "Denied, or said not to have happened"
    page.goto(f"{desk}/search?q=key")
    assert page.locator(".hits li .said").first.inner_text().startswith("Tom Vik denied that the key was lost")


def test_a_missed_quote_without_a_script(new_page: Callable[..., Page], desk: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{desk}/documents/1")
    page.get_by_text("Add a quote that was missed").click()
    page.get_by_label("The words, as they stand").fill("that the key was stolen")
    page.get_by_label("Who said it?").fill("Tom Vik")
    page.get_by_role("button", name="Add it").click()
    assert "does not have these words" in page.get_by_role("alert").inner_text()
    page.get_by_label("The words, as they stand").fill("that the key was lost")
    page.get_by_role("button", name="Add it").click()
    assert "Tom Vik" in page.locator("#q6").inner_text()


def test_the_check_page_and_a_second_look(any_page: Page, desk: str, accessible: Callable[[Page], None]) -> None:
    page = any_page
    page.goto(f"{desk}/check")
    accessible(page)
    assert page.locator("h2", has_text="5 quotes to check").is_visible()
    first = page.locator(".hits > li").first
    assert first.inner_text().startswith("Eva Berg said")
    first.get_by_role("button", name="Right").click()
    page.wait_for_url("**said=*")
    assert page.get_by_role("status").inner_text().startswith("Right:")
    assert page.locator(".hits > li").count() == 4
    page.get_by_role("link", name="In its place").first.click()
    page.wait_for_url("**/documents/1#q4")
    page.locator("#q4.open").wait_for()
    assert in_sight(page, 4)

    page.context.clear_cookies(name="quotes_name")
    page.context.add_cookies([{"name": "quotes_name", "value": "Bo", "url": desk}])
    page.goto(f"{desk}/check")
    page.get_by_role("link", name="for a second look").click()
    page.get_by_role("button", name="Wrong").click()
    page.wait_for_url("**said=*")
    assert page.get_by_text("Nothing is left here").is_visible()
    page.goto(f"{desk}/check/agreement")
    accessible(page)
    assert page.locator("table").last.inner_text().count("Bo") == 1
    assert "Bo: wrong" in page.locator(".said-of").inner_text()
    page.goto(f"{desk}/search")
    assert page.locator("li.struck").count() == 1
    accessible(page)


def test_lists_are_taken_along(new_page: Callable[..., Page], desk: str) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    for path, rows in (("/search?q=engine", 1), ("/speakers/1", 1), ("/documents/1", 5), ("/check", 5)):
        page.goto(desk + path)
        with page.expect_download() as download:
            page.locator(".downloads").get_by_role("link", name="CSV").click()
        table = list(csv.DictReader(Path(download.value.path()).read_text("utf-8-sig").splitlines()))
        assert len(table) == rows, path
        assert {"verdict", "checked_by", "checked_at", "context"} <= table[0].keys()
        with page.expect_download() as download:
            page.locator(".downloads").get_by_role("link", name="JSON").click()
        assert len(json.loads(Path(download.value.path()).read_text())) == rows, path
        if path == "/documents/1":
            quote(page, 2)
        page.get_by_role("button", name="Copy with source").locator("visible=true").first.click()
        page.get_by_role("button", name="Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.endswith("(“Fog over the harbour”, Harbour Gazette, 2024-03-04)"), copied
        if "engine" in path or path == "/documents/1":
            assert copied.startswith("Bo Dahl did NOT say that the engine had failed (")


def test_nothing_on_a_phone_is_broken_or_too_wide(any_page: Page, desk: str) -> None:
    for path in ("/documents", "/speakers", "/check", "/check/agreement", "/figures", "/search", "/documents/1"):
        any_page.goto(desk + path)
        assert any_page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        # a number or a day that is broken has more than one line
        for cell in any_page.locator("td.n, td.date, time").all():
            assert cell.evaluate("e => e.getClientRects().length <= 1 || getComputedStyle(e).display !== 'inline'"), (
                path
            )
