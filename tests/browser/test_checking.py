"""Checking in a browser: by keys, in place, by selecting words, on the Check page, and what is taken along."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from looking import desk_on, expect
from storing import marked

from quotes import store as stores

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

    with desk_on(tmp_path / "quotes.db", read) as address:
        yield address


def quote(page: Page, number: int) -> None:
    page.locator(f"#r{number}").click()
    page.locator(f"#q{number}.open").wait_for()


def expect_marks(page: Page, marks: list[str]) -> None:
    """What the numbers in the text are to say of their quotes."""
    classes = [re.compile(rf"^ref hue-\w+ ?{mark}( on)?$" if mark else r"^ref hue-\w+( on)?$") for mark in marks]
    expect(page.locator("a.ref")).to_have_class(classes)


def expect_in_sight(page: Page, number: int) -> None:
    page.wait_for_function(
        "n => { const b = document.querySelector(`#r${n}`).getBoundingClientRect();"
        " return b.top > 0 && b.bottom < innerHeight }",
        arg=number,
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
    expect(page.locator(".tally")).to_contain_text("0 of 5 checked")
    page.keyboard.press("n")
    page.locator("#q1.open").wait_for()
    page.keyboard.press("r")
    page.wait_for_url("**#q2")
    page.locator("#q2.open").wait_for()
    expect_in_sight(page, 2)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\s*Right: Ida Holm said"))
    page.keyboard.press("w")
    page.wait_for_url("**#q3")
    page.locator("#q3.open").wait_for()
    expect_in_sight(page, 3)
    expect(page.locator("mark.wrong")).to_have_text("that the engine had failed")
    accessible(page)

    # the wrong key: taken back
    page.keyboard.press("u")
    page.get_by_role("status").wait_for(state="detached")
    expect(page.locator("mark.wrong")).to_have_count(0)
    quote(page, 3)

    # somebody else said it, in place
    page.keyboard.press("s")
    page.keyboard.type("Eva Berg")
    accessible(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**said=*#q3")
    page.locator("#q3.open").wait_for()
    expect(page.locator("#q3 .standing")).to_contain_text("speaker set: Eva Berg")
    expect(page.locator("#q3 h3")).to_have_text(re.compile(r"Eva Berg\s*$"))

    # other edges, in place
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("the owners will pay")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("mark.changed", has_text=re.compile("^the owners will pay$")).wait_for()
    expect_marks(page, ["right", "", "changed", "unsure", "unsure"])
    page.keyboard.press("n")
    page.locator("#q4.open").wait_for()
    page.keyboard.press("ArrowRight")
    page.locator("#q5.open").wait_for()
    expect_in_sight(page, 5)
    expect(page.locator(".tally")).to_contain_text("2 of 5 checked")
    expect(page.locator(".cast")).to_contain_text("Eva Berg")
    expect(page.locator(".cast")).not_to_contain_text("Åsa Lund")


def test_words_that_are_selected(any_page: Page, desk: str, accessible: Callable[[Page], None]) -> None:
    page = any_page
    page.goto(f"{desk}/documents/1")
    quote(page, 5)
    select(page, "nobody had slept")
    page.get_by_role("button", name="Quote 5 is these words").click()
    page.wait_for_url("**said=*#q5")
    expect(page.locator("mark.changed")).to_have_text("nobody had slept")

    select(page, "that the key was lost")
    page.get_by_role("button", name="Add as a quote").click()
    dialog = page.get_by_role("dialog", name="Add a quote that was missed")
    expect(dialog.get_by_label("The words, as they stand")).to_have_value("that the key was lost")
    accessible(page)
    page.keyboard.type("Tom Vik")
    dialog.get_by_label("The words that report").fill("denied")
    dialog.get_by_role("button", name="Add it").click()
    page.wait_for_url("**said=*#q6")
    page.locator("#q6.open").wait_for()
    expect(page.locator("#q6 h3")).to_contain_text("Tom Vik")
    expect(page.locator("#q6 .flag")).to_have_text("Denied, or said not to have happened")
    page.goto(f"{desk}/search?q=key")
    expect(page.locator(".hits li .said").first).to_have_text(re.compile(r"^\s*Tom Vik denied that the key was lost"))


def test_a_missed_quote_without_a_script(new_page: Callable[..., Page], desk: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{desk}/documents/1")
    page.get_by_text("Add a quote that was missed").click()
    page.get_by_label("The words, as they stand").fill("that the key was stolen")
    page.get_by_label("Who said it?").fill("Tom Vik")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_contain_text("does not have these words")
    page.get_by_label("The words, as they stand").fill("that the key was lost")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("#q6")).to_contain_text("Tom Vik")


def test_the_check_page_and_a_second_look(any_page: Page, desk: str, accessible: Callable[[Page], None]) -> None:
    page = any_page
    page.goto(f"{desk}/check")
    accessible(page)
    expect(page.locator("h2", has_text="5 quotes to check")).to_be_visible()
    first = page.locator(".hits > li").first
    expect(first).to_have_text(re.compile(r"^\s*Eva Berg said"))
    first.get_by_role("button", name="Right").click()
    page.wait_for_url("**said=*")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\s*Right:"))
    expect(page.locator(".hits > li")).to_have_count(4)
    page.get_by_role("link", name="In its place").first.click()
    page.wait_for_url("**/documents/1#q4")
    page.locator("#q4.open").wait_for()
    expect_in_sight(page, 4)

    page.context.clear_cookies(name="quotes_name")
    page.context.add_cookies([{"name": "quotes_name", "value": "Bo", "url": desk}])
    page.goto(f"{desk}/check")
    page.get_by_role("link", name="for a second look").click()
    page.wait_for_url("**/check?*")
    page.get_by_role("button", name="Wrong").click()
    page.wait_for_url("**said=*")
    expect(page.get_by_text("Nothing is left here")).to_be_visible()
    page.goto(f"{desk}/check/agreement")
    accessible(page)
    expect(page.locator("table").last.locator("tbody tr", has_text="Bo")).to_have_count(1)
    expect(page.locator(".said-of")).to_contain_text("Bo: wrong")
    page.goto(f"{desk}/search")
    expect(page.locator("li.struck")).to_have_count(1)
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
