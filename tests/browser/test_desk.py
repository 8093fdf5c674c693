"""The desk in a browser: from a pasted article to a checked quote, by mouse, by keyboard and without a script."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from looking import desk_on, expect
from storing import reading_here

from quotes.web.reading import Read

if TYPE_CHECKING:
    from playwright.sync_api import Page

ARTICLE = """Ferry to sail again before Easter

The ferry will sail again before Easter, harbour master Ida Holm said on Monday. She thanked the crew.

“We were tired,” Holm said. “Nobody slept for a week.” The owners denied that the engine had failed twice.

The cook, Bo Dahl, told reporters that he had seen the smoke at noon.
"""
HOSTILE = (
    "<script>document.title='owned'</script>",
    "\"><img src=x onerror=document.title='owned'>",
    "javascript:document.title='owned'",
    "</textarea><svg onload=document.title='owned'>",
    '=HYPERLINK("https://evil.example","owned")',
)


@pytest.fixture(scope="module")
def read() -> Read:
    """Finds quotes in this process."""
    return reading_here()


@pytest.fixture
def desk(tmp_path: Path, read: Read) -> Iterator[str]:
    """The address of a desk on an empty database."""
    with desk_on(tmp_path / "quotes.db", read) as address:
        yield address


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of ``quotes serve`` on an empty database, as a process."""
    database = tmp_path / "quotes.db"
    command = [sys.executable, "-m", "quotes", "serve", str(database), "--port", "0"]
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env) as server:
        assert server.stderr is not None
        line = server.stderr.readline()
        address = re.search(r"http://\S+:\d+", line)
        assert address, line + server.stderr.read()
        try:
            yield address[0]
        finally:
            server.terminate()
            server.wait(20)


def paste(page: Page, desk: str, text: str = ARTICLE, **fields: str) -> None:
    page.goto(desk)
    page.get_by_label("Paste an article").fill(text)
    if fields:
        page.get_by_text("Where it comes from").click()
    for label, value in fields.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Find the quotes").click()
    page.wait_for_url("**/documents/*")
    expect(page.locator("div.text")).to_be_visible()


def find(page: Page, desk: str, words: str) -> None:
    page.goto(desk)
    page.get_by_label("Search the quotes").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    page.locator(".hits li").first.wait_for()


def test_the_whole_journey(page: Page, served: str) -> None:
    paste(page, served, Outlet="Harbour Gazette", Date="2024-03-04")
    expect(page.locator(".text mark").nth(3)).to_be_visible()

    # open a quote, and say that it is wrong
    smoke = page.locator("mark", has_text="he had seen the smoke")
    smoke.click()
    note = page.locator(".note.open")
    expect(note).to_contain_text("Bo Dahl")
    note.get_by_role("button", name="Wrong").click()
    page.wait_for_url("**/documents/*#q*")
    expect(page.locator("mark.wrong", has_text="he had seen the smoke")).to_be_visible()

    # set another speaker
    smoke.click()
    note = page.locator(".note.open", has_text="Bo Dahl")
    expect(note.locator(".badge")).to_have_text("✗ wrong")
    note.get_by_role("link", name="All of it").click()
    page.wait_for_url("**/quotes/*")
    page.get_by_label("Your name").fill("Åsa Berg")
    page.get_by_label("Who?").fill("Ida Holm")
    page.get_by_role("button", name="Set the speaker").click()
    verdicts = page.locator(".verdicts li")
    expect(verdicts).to_have_text([re.compile(r"^\s*Said by Ida Holm"), re.compile(r"^\s*Wrong")])
    expect(verdicts.first).to_contain_text("Åsa Berg")

    # find it, open the page of its speaker
    find(page, served, "smoke")
    hit = page.locator(".hits li", has_text="smoke at noon")
    expect(hit.locator("mark").first).to_have_text("smoke")
    hit.get_by_role("link", name="Ida Holm", exact=True).click()
    page.wait_for_url("**/speakers/*")
    expect(page.locator("h1")).to_have_text("Ida Holm")
    expect(page.locator(".plot svg")).to_be_visible()
    page.locator(".hits a", has_text="he had seen the smoke").click()
    page.wait_for_url("**/quotes/*")

    # undo both
    page.get_by_role("button", name="Undo: said by Ida Holm").click()
    expect(page.get_by_role("button", name="Undo: said by Ida Holm")).to_have_count(0)
    page.get_by_role("button", name="Undo: wrong").click()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    expect(page.locator(".verdicts li").first).to_contain_text("undone by Åsa Berg")
    expect(page.locator(".by .who")).to_have_text("Bo Dahl")


def test_moved_edges(page: Page, desk: str) -> None:
    paste(page, desk)
    find(page, desk, "smoke")
    page.locator(".hits a", has_text="smoke at noon").first.click()
    page.wait_for_url("**/quotes/*")
    part = page.get_by_label("The quote as it should be")
    part.fill("that nobody was there")
    page.get_by_role("button", name="Move the edges").click()
    expect(page.get_by_role("alert")).to_contain_text("does not have these words")
    expect(part).to_have_value("that nobody was there")
    part.fill("he had seen the smoke")
    page.get_by_role("button", name="Move the edges").click()
    expect(page.locator(".verdicts li").first).to_contain_text("Edges moved: he had seen the smoke")


def test_the_key_enter_in_a_field_says_nothing_of_a_quote(page: Page, desk: str) -> None:
    paste(page, desk)
    find(page, desk, "engine")
    page.locator(".hits a").first.click()
    page.wait_for_url("**/quotes/*")
    for label in ("Your name", "Who?"):
        page.get_by_label(label).fill("Ida Holm")
        page.get_by_label(label).press("Enter")
    expect(page.get_by_text("Nobody has checked it yet.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Nobody has checked it yet.")).to_be_visible()


def test_a_dropped_file_is_read(page: Page, desk: str) -> None:
    page.goto(desk)
    data = page.evaluate_handle(
        "text => { const all = new DataTransfer(); all.items.add(new File([text], 'a.txt')); return all }",
        ARTICLE,
    )
    box = page.locator("form.paste textarea")
    box.dispatch_event("dragover", {"dataTransfer": data})
    box.dispatch_event("drop", {"dataTransfer": data})
    page.wait_for_url("**/documents/*")
    expect(page.locator("div.text")).to_contain_text("harbour master Ida Holm")


def test_everything_works_without_a_script(new_page: Callable[..., Page], desk: str) -> None:
    page = new_page(java_script_enabled=False)
    paste(page, desk)
    page.locator("article.note", has_text="Bo Dahl").first.get_by_role("button", name="Right").click()
    expect(page.locator("article.note .badge").first).to_have_text("✓ right")
    page.goto(desk + "/search?q=smoke")
    page.locator(".facet a", has_text="indirect").click()
    expect(page).to_have_url(re.compile("type=indirect"))
    page.get_by_role("link", name="Remove the filter indirect").click()
    expect(page).not_to_have_url(re.compile("type="))
    page.locator(".hits li", has=page.locator(".badge.right")).locator(".said a").click()
    page.get_by_role("button", name="Undo: right").click()
    expect(page.locator(".undone")).to_have_count(1)


def test_by_keyboard_alone(page: Page, desk: str) -> None:
    page.goto(desk)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the page")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(ARTICLE)
    button = page.get_by_role("button", name="Find the quotes")
    for _ in range(4):
        if button.evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*")
    page.locator("#r1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#q1.open")).to_be_visible()
    right = page.locator(".note.open").get_by_role("button", name="Right")
    for _ in range(3):
        page.keyboard.press("Tab")
        if right.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*#q2")
    expect(page.locator("#q2.open")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#q1.open .badge")).to_have_text("✓ right")


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_was_sent_runs(page: Page, desk: str, words: str) -> None:
    text = f"{words}\n\n“It is over {words} now,” {words} said. Ada Lund said that {words} was a word.\n"
    text += "\n“It rains,” Tom Rask told the paper.\n"  # tags and the like are no words: without them nobody speaks
    paste(page, desk, text, Title=words, Outlet=words, Author=words)
    document = page.url
    page.locator("#r1").click()
    page.locator(".note.open").get_by_role("link", name="All of it").click()
    page.wait_for_url("**/quotes/*")
    page.get_by_label("Your name").fill(words[:100])
    page.get_by_label("Who?").fill(words)
    page.get_by_role("button", name="Set the speaker").click()
    expect(page.locator(".verdicts li")).to_have_count(1)
    quote = page.url
    page.get_by_label("The quote as it should be").fill(words + " not there")
    page.get_by_role("button", name="Move the edges").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto(desk + "/search")
    page.get_by_label("Words").fill(words)
    page.get_by_label("Speaker").fill(words)
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search?*")
    for path in ("/", "/search", "/speakers", "/documents", "/figures"):
        page.goto(desk + path)
        expect(page).not_to_have_title(re.compile("owned"))
    for address in (document, quote):
        page.goto(address)
        expect(page.locator("main img, main script, main svg[onload]")).to_have_count(0)
        assert page.evaluate("[...document.links].every(a => /^https?:$/.test(new URL(a.href).protocol))")
        assert not page.evaluate("document.title").startswith("owned")


def test_the_pages_are_accessible(any_page: Page, desk: str, accessible: Callable[[Page], None]) -> None:
    paste(any_page, desk, Outlet="Harbour Gazette", Date="2024-03-04")
    accessible(any_page)
    any_page.locator("#r1").click()
    expect(any_page.locator("#q1.open")).to_be_visible()
    accessible(any_page)
    any_page.get_by_text("Correct title, date and outlet").click()
    expect(any_page.get_by_label("Title", exact=True)).to_be_visible()
    accessible(any_page)
    find(any_page, desk, "smoke")
    accessible(any_page)
    any_page.locator(".hits .who").first.click()
    any_page.wait_for_url("**/speakers/*")
    accessible(any_page)
    any_page.get_by_text("Put right who this is").click()
    expect(any_page.get_by_label("Called", exact=True)).to_be_visible()
    any_page.get_by_label("Called").fill("Bo Dahl, the cook")
    any_page.get_by_role("button", name="Rename").click()
    any_page.get_by_role("status").wait_for()
    any_page.get_by_text("Put right who this is").click()
    expect(any_page.get_by_role("button", name="Split")).to_be_visible()
    accessible(any_page)
    speaker = any_page.url
    any_page.goto(desk + "/changes")
    accessible(any_page)
    assert any_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    any_page.get_by_role("button", name="Undo: ").click()
    expect(any_page.get_by_role("button", name="Undo: ")).to_have_count(0)
    any_page.goto(speaker)
    any_page.locator(".hits a").first.click()
    any_page.wait_for_url("**/quotes/*")  # and its style sheets: before them nothing has its colours
    accessible(any_page)
    for path in (
        "/",
        "/search?q=nothingofthekind",
        "/check",
        "/check/agreement",
        "/speakers",
        "/repeats",
        "/documents",
        "/figures",
        "/enter",
    ):
        any_page.goto(desk + path)
        accessible(any_page)
        assert any_page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
