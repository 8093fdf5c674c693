"""The desk in a browser: from a pasted article to a checked quote, by mouse, by keyboard and without a script."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

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
SECONDS = 60_000
"""Of patience with the first text, for which the pipeline is loaded, in milliseconds."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``quotes serve`` on an empty database."""
    database = tmp_path_factory.mktemp("desk") / "quotes.db"
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
    page.get_by_role("button", name="Find the quotes").click(timeout=SECONDS)
    page.wait_for_url("**/documents/*", timeout=SECONDS)


def find(page: Page, desk: str, words: str) -> None:
    page.goto(desk)
    page.get_by_label("Search the quotes").fill(words)
    page.keyboard.press("Enter")
    page.locator(".hits li").first.wait_for()


def test_the_whole_journey(page: Page, desk: str) -> None:
    paste(page, desk, Outlet="Harbour Gazette", Date="2024-03-04")
    assert page.locator(".text mark").count() >= 4

    # open a quote, and say that it is wrong
    page.locator("mark", has_text="he had seen the smoke").click()
    note = page.locator(".note.open")
    assert "Bo Dahl" in note.inner_text()
    note.get_by_role("button", name="Wrong").click()
    page.wait_for_url("**/documents/*#q*")
    assert page.locator("mark.wrong", has_text="he had seen the smoke").is_visible()

    # set another speaker
    page.locator("mark", has_text="he had seen the smoke").click()
    assert page.locator(".note.open .badge").inner_text() == "✗ wrong"
    page.locator(".note.open").get_by_role("link", name="All of it").click()
    page.get_by_label("Your name").fill("Åsa Berg")
    page.get_by_label("Who?").fill("Ida Holm")
    page.get_by_role("button", name="Set the speaker").click()
    verdicts = page.locator(".verdicts li")
    assert [text.partition("\n")[0] for text in verdicts.all_inner_texts()] == ["Said by Ida Holm", "Wrong"]
    assert "Åsa Berg" in verdicts.first.inner_text()

    # find it, open the page of its speaker
    find(page, desk, "smoke")
    hit = page.locator(".hits li", has_text="smoke at noon")
    assert hit.locator("mark").first.inner_text() == "smoke"
    hit.get_by_role("link", name="Ida Holm", exact=True).click()
    assert page.locator("h1").inner_text() == "Ida Holm"
    assert page.locator(".plot svg").is_visible()
    page.locator(".hits a", has_text="he had seen the smoke").click()

    # undo both
    page.get_by_role("button", name="Undo: said by Ida Holm").click()
    page.get_by_role("button", name="Undo: wrong").click()
    assert page.get_by_role("button", name="Undo").count() == 0
    assert "undone by Åsa Berg" in page.locator(".verdicts li").first.inner_text()
    assert page.locator(".by .who").inner_text() == "Bo Dahl"


def test_moved_edges(page: Page, desk: str) -> None:
    paste(page, desk)
    find(page, desk, "smoke")
    page.locator(".hits a", has_text="smoke at noon").first.click()
    part = page.get_by_label("The quote as it should be")
    part.fill("that nobody was there")
    page.get_by_role("button", name="Move the edges").click()
    assert "does not have these words" in page.get_by_role("alert").inner_text()
    assert part.input_value() == "that nobody was there"
    part.fill("he had seen the smoke")
    page.get_by_role("button", name="Move the edges").click()
    assert "Edges moved: he had seen the smoke" in page.locator(".verdicts li").first.inner_text()
    page.get_by_role("button", name="Undo").first.click()


def test_the_key_enter_in_a_field_says_nothing_of_a_quote(page: Page, desk: str) -> None:
    paste(page, desk)
    find(page, desk, "engine")
    page.locator(".hits a").first.click()
    for label in ("Your name", "Who?"):
        page.get_by_label(label).fill("Ida Holm")
        page.get_by_label(label).press("Enter")
    assert page.get_by_text("Nobody has checked it yet.").is_visible()


def test_a_dropped_file_is_read(page: Page, desk: str) -> None:
    page.goto(desk)
    data = page.evaluate_handle(
        "text => { const all = new DataTransfer(); all.items.add(new File([text], 'a.txt')); return all }",
        ARTICLE.replace("Monday", "Tuesday"),
    )
    box = page.locator("form.paste textarea")
    box.dispatch_event("dragover", {"dataTransfer": data})
    box.dispatch_event("drop", {"dataTransfer": data})
    page.wait_for_url("**/documents/*", timeout=SECONDS)
    assert "Tuesday" in page.locator("div.text").inner_text()


def test_everything_works_without_a_script(new_page: Callable[..., Page], desk: str) -> None:
    page = new_page(java_script_enabled=False)
    paste(page, desk, ARTICLE.replace("smoke at noon", "flames"))  # words that no other document has
    page.locator("article.note", has_text="Bo Dahl").first.get_by_role("button", name="Right").click()
    assert page.locator("article.note .badge").first.inner_text() == "✓ right"
    page.goto(desk + "/search?q=flames")
    page.locator(".facet a", has_text="indirect").click()
    assert "type=indirect" in page.url
    page.get_by_role("link", name="Remove the filter indirect").click()
    assert "type=" not in page.url
    page.locator(".hits li", has=page.locator(".badge.right")).locator(".said a").click()
    page.get_by_role("button", name="Undo: right").click()
    assert page.locator(".undone").count() >= 1


def test_by_keyboard_alone(page: Page, desk: str) -> None:
    page.goto(desk)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the page"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(ARTICLE)
    button = page.get_by_role("button", name="Find the quotes")
    for _ in range(4):
        if button.evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*", timeout=SECONDS)
    page.locator("#r1").focus()
    page.keyboard.press("Enter")
    right = page.locator(".note.open").get_by_role("button", name="Right")
    for _ in range(3):
        page.keyboard.press("Tab")
        if right.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*#q2")
    assert page.locator("#q2.open").is_visible()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#q1.open .badge").inner_text() == "✓ right"


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_was_sent_runs(page: Page, desk: str, words: str) -> None:
    text = f"{words}\n\n“It is over {words} now,” {words} said. Ada Lund said that {words} was a word.\n"
    text += "\n“It rains,” Tom Rask told the paper.\n"  # tags and the like are no words: without them nobody speaks
    paste(page, desk, text, Title=words, Outlet=words, Author=words)
    document = page.url
    page.locator("#r1").click()
    page.locator(".note.open").get_by_role("link", name="All of it").click()
    page.get_by_label("Your name").fill(words[:100])
    page.get_by_label("Who?").fill(words)
    page.get_by_role("button", name="Set the speaker").click()
    quote = page.url
    page.get_by_label("The quote as it should be").fill(words + " not there")
    page.get_by_role("button", name="Move the edges").click()
    assert page.get_by_role("alert").is_visible()
    page.goto(desk + "/search")
    page.get_by_label("Words").fill(words)
    page.get_by_label("Speaker").fill(words)
    page.get_by_role("button", name="Search").click()
    for path in ("/", "/search", "/speakers", "/documents", "/figures"):
        page.goto(desk + path)
        assert "owned" not in page.title()
    for address in (document, quote):
        page.goto(address)
        assert page.locator("main img, main script, main svg[onload]").count() == 0
        assert page.evaluate("[...document.links].every(a => /^https?:$/.test(new URL(a.href).protocol))")
        assert not page.evaluate("document.title").startswith("owned")


def test_the_pages_are_accessible(any_page: Page, desk: str, accessible: Callable[[Page], None]) -> None:
    paste(any_page, desk, Outlet="Harbour Gazette", Date="2024-03-04")
    accessible(any_page)
    any_page.locator("#r1").click()
    accessible(any_page)
    any_page.get_by_text("Correct title, date and outlet").click()
    accessible(any_page)
    find(any_page, desk, "smoke")
    accessible(any_page)
    any_page.locator(".hits .who").first.click()
    any_page.wait_for_url("**/speakers/*")
    accessible(any_page)
    any_page.get_by_text("Put right who this is").click()
    any_page.get_by_label("Called").fill("Bo Dahl, the cook")
    any_page.get_by_role("button", name="Rename").click()
    any_page.get_by_role("status").wait_for()
    any_page.get_by_text("Put right who this is").click()
    assert any_page.get_by_role("button", name="Split").is_visible()
    accessible(any_page)
    speaker = any_page.url
    any_page.goto(desk + "/changes")
    accessible(any_page)
    assert any_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    any_page.get_by_role("button", name="Undo: ").first.click()
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
        "/documents",
        "/figures",
        "/enter",
    ):
        any_page.goto(desk + path)
        accessible(any_page)
        assert any_page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
