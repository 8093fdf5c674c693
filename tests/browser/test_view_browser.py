"""The reading view in a browser: keyboard, pointer, paper, and texts that would like to be programs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from looking import expect

from quotes.records import PART_SEPARATOR, Cue, Mention, Quote, Span, Speaker, quote_id
from quotes.view import page as html_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TEXT = """Ferry to sail again, says harbour master

The ferry will sail again before Easter, harbour master Ida Holm said on Monday. She thanked the crew.

“We were tired,” Holm said. “Nobody slept.” The union denies that “anyone was tired”.

“She told me ‘never again’ at the time,” recalled the cook, Bo Dahl. It is believed the engine failed.

""" + "\n\n".join(f"Paragraph {k} tells of the harbour, of its gulls and of the weather over it." for k in range(30))
HOSTILE = (
    "<script>document.title='owned'</script>",
    "\"><img src=x onerror=document.title='owned'>",
    "javascript:document.title='owned'",
    "</style><svg onload=document.title='owned'>",
    '=HYPERLINK("https://evil.example")',
)
Open = Callable[..., "Page"]


def quote(text: str, *content: str, name: str | None, mention: str = "", cue: str = "", **more: Any) -> Quote:
    def at(words: str, kind: type[Span] = Span, **rest: Any) -> Any:
        return kind(text.index(words), text.index(words) + len(words), words, **rest)

    parts = tuple(at(words) for words in content)
    who = Speaker(at(mention, Mention) if mention else None, name, "person", "Master", "name", name, 0.9)
    return Quote(
        **{
            "id": quote_id("a", [(part.start, part.end) for part in parts]),
            "doc_id": "a",
            "type": "direct",
            "act": "speech",
            "text": PART_SEPARATOR.join(content),
            "content": parts,
            "cue": at(cue, Cue, lemma="say") if cue else None,
            "speaker": who if name else None,
            "addressee": None,
            "confidence": 0.9,
            "rule": "left.said",
            "paragraph": 0,
            **more,
        }
    )


HOLM = quote(
    TEXT, "The ferry will sail again before Easter", name="Ida Holm", mention="Ida Holm", cue="said", type="indirect"
)
TIRED = quote(TEXT, "“We were tired,”", "“Nobody slept.”", name="Ida Holm")
UNION = quote(TEXT, "that “anyone was tired”", name="union", cue="denies", type="mixed", confidence=0.5)
COOK = quote(TEXT, "“She told me ‘never again’ at the time,”", name="Bo Dahl", cue="recalled")
NEVER = quote(TEXT, "‘never again’", name="Ida Holm", parent=COOK.id)
ENGINE = quote(TEXT, "the engine failed", name=None, type="indirect")
QUOTES = [HOLM, TIRED, UNION, COOK, NEVER, ENGINE]


@pytest.fixture
def show(tmp_path: Path) -> Callable[..., None]:
    """Opens a text's view in a page, from a file."""

    def show(page: Page, text: str = TEXT, quotes: list[Quote] = QUOTES, **more: Any) -> None:
        file = tmp_path / "page.html"
        file.write_bytes(html_of(text, quotes, **more).encode())
        page.goto(file.as_uri())

    return show


def expect_shown(page: Page, note: str | None) -> None:
    """This note alone is to be seen, or none."""
    expect(page.locator(".note:visible")).to_have_count(1 if note else 0)
    if note:
        expect(page.locator(f"#{note}")).to_be_visible()


def expect_at(page: Page, focused: str, note: str | None) -> None:
    """The focus is to be there, and this note alone to be seen."""
    expect(page.locator(f"#{focused}")).to_be_focused()
    expect_shown(page, note)


# Colours and space


def test_axe_finds_nothing(any_page: Page, show: Open, accessible: Callable[[Page], None]) -> None:
    show(any_page)
    any_page.locator("summary").first.click()
    any_page.locator("#r3").click()
    expect_shown(any_page, "q3")
    accessible(any_page)


def test_nothing_sticks_out_at_any_width(any_page: Page, show: Open) -> None:
    long = "Incomprehensibilities" * 8
    text = f"{long}\n\nShe said “{long}” to {long}."
    show(any_page, text, [quote(text, f"“{long}”", name=long, cue="said", rule=long)])
    for width in (1280, 800, 390, 320):
        any_page.set_viewport_size({"width": width, "height": 800})
        assert any_page.evaluate("document.documentElement.scrollWidth") <= width


def test_types_differ_in_more_than_colour(page: Page, show: Open) -> None:
    show(page)
    style = "getComputedStyle(document.querySelector(`mark[data-quote='${%d}']`)).borderBottomStyle"
    styles = [page.evaluate(style.replace("${%d}", str(k))) for k in (1, 2, 3)]
    assert styles == ["dashed", "solid", "double"]
    ground = "getComputedStyle(document.querySelector('mark[data-quote=\"3\"]')).backgroundColor"
    assert page.evaluate(ground) == "rgba(0, 0, 0, 0)"  # in doubt: no tint, and a question mark
    assert page.evaluate("getComputedStyle(document.querySelector('#r3'), '::after').content") == '"?"'


# Keyboard and pointer


def test_the_keyboard_alone_reaches_everything(any_page: Page, show: Open) -> None:
    page = any_page
    show(page)
    page.keyboard.press("Tab")  # who speaks
    page.keyboard.press("Tab")
    expect_at(page, "r1", "q1")
    page.keyboard.press("ArrowRight")
    expect_at(page, "r2", "q2")
    expect(page.locator("mark.on")).to_have_text(["“We were tired,”", "“Nobody slept.”"])
    page.keyboard.press("Enter")
    expect_at(page, "q2", "q2")
    page.keyboard.press("ArrowLeft")
    expect_at(page, "q1", "q1")
    page.keyboard.press("Escape")
    expect_at(page, "r1", None)
    page.keyboard.press("Enter")
    expect_at(page, "q1", "q1")
    page.keyboard.press("ArrowLeft")  # there is none before
    expect_at(page, "q1", "q1")


def test_focus_is_to_be_seen_and_never_hidden_by_the_note(new_page: Open, show: Open) -> None:
    page = new_page(viewport={"width": 390, "height": 700})
    show(page)
    page.keyboard.press("Tab")
    for number in range(1, len(QUOTES) + 1):
        page.keyboard.press("Tab")
        expect_at(page, f"r{number}", f"q{number}")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        ref = page.locator(f"#r{number}").bounding_box()
        panel = page.locator(".notes").bounding_box()
        assert ref
        assert panel
        assert ref["y"] >= 0
        assert ref["y"] + ref["height"] <= panel["y"]


def test_a_click_on_words_shows_the_innermost_quote(page: Page, show: Open) -> None:
    show(page)
    number = {note.get_attribute("data-id"): note.get_attribute("id") for note in page.locator(".note").all()}
    page.get_by_text("‘never again’", exact=True).first.click()
    expect_shown(page, number[NEVER.id])
    page.get_by_text("at the time").first.click()
    expect_shown(page, number[COOK.id])
    page.locator(".note.open").get_by_text("to the text").click()
    expect_shown(page, None)


def test_words_can_be_selected_without_a_note_opening(page: Page, show: Open) -> None:
    show(page)
    box = page.get_by_text("“We were tired,”", exact=True).first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, box["y"] + 10)
    page.mouse.up()
    assert len(page.evaluate("getSelection().toString()")) > 3
    expect_shown(page, None)


def test_a_speaker_can_be_singled_out(page: Page, show: Open) -> None:
    show(page)
    page.locator("summary", has_text="Bo Dahl").click()
    expect(page.locator("mark:not(.dim)")).to_have_text(["“She told me ‘never again’4 at the time,”"])
    page.locator("details[open] .places a").click()
    expect(page.locator(".note.open h3")).to_contain_text("Bo Dahl")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("mark.dim")).to_have_count(0)


def test_an_address_with_a_number_opens_that_note(page: Page, show: Open) -> None:
    show(page)
    page.goto(page.url + "#q4")
    page.reload()
    expect_shown(page, "q4")


def test_without_script_the_notes_stand_beside_the_text(new_page: Open, show: Open) -> None:
    page = new_page(java_script_enabled=False)
    show(page)
    expect(page.locator(".note:visible")).to_have_count(len(QUOTES))
    page.locator("#r2").click()
    expect(page).to_have_url(re.compile("#q2$"))


def test_on_paper_all_notes_stand_in_light_colours(new_page: Open, show: Open) -> None:
    page = new_page(color_scheme="dark")
    show(page)
    page.locator("#r2").click()
    page.emulate_media(media="print")
    expect(page.locator(".note:visible")).to_have_count(len(QUOTES))
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 27, 25)"
    assert page.locator("mark").first.evaluate("e => getComputedStyle(e).printColorAdjust") == "exact"


# Text stays text


def test_the_paragraphs_hold_the_text_code_point_for_code_point(page: Page, show: Open) -> None:
    text = "Top 👩🏽‍🚀 line\r\nsecond\tline\n\nShe said “naïve\u0301 \ud800 \x00 «so»\r\rx” & left <b>.\r\n\r\nEnd"
    words = "“naïve\u0301 \ud800 \x00 «so»\r\rx”"
    show(page, text, [quote(text, words, name="Eve", cue="said")])
    got = page.evaluate(
        """() => [...document.querySelectorAll("[data-start]")].map(paragraph => {
            const copy = paragraph.cloneNode(true);
            for (const ref of copy.querySelectorAll(".ref")) ref.remove();
            return [Number(paragraph.dataset.start), copy.textContent];
        })"""
    )
    plain = re.sub("[\ud800\x00]", "\ufffd", text)
    assert [start for start, _ in got] == [0, text.index("She"), text.index("End")]
    for start, words in got:
        assert plain[start : start + len(words)] == words
    assert page.locator("mark").first.text_content() == re.sub("[\ud800\x00]", "\ufffd", words_of(text))


def words_of(text: str) -> str:
    return text[text.index("“") : text.index("”") + 1]


def test_nothing_in_any_field_runs(page: Page, show: Open) -> None:
    everything = " ".join(HOSTILE)
    text = f"{everything}\n\nShe said {everything} to {everything}."
    for bad in HOSTILE:
        one = quote(text, bad, name=bad, mention=bad, cue=bad, id=bad, rule=bad)
        meta = dict.fromkeys(("title", "author", "outlet", "date", "url"), bad)
        show(page, text, [one], meta=meta)
        page.locator("#r1").click()
        page.locator("summary").first.click()
        expect(page.locator("#q1")).to_be_visible()
        expect(page).to_have_title(bad)
        expect(page.locator("main img, main script, main svg:not(.bar), main style")).to_have_count(0)
        expect(page.locator("a:not([href^='#'])")).to_have_count(0)


def test_the_policy_stops_what_is_not_the_pages_own(browser: Browser, show: Open) -> None:
    """Were markup to slip through after all."""
    page = browser.new_page()
    show(page, "x", [])
    page.evaluate(
        """() => { for (const tag of ["script", "style"]) {
            const element = document.createElement(tag);
            element.textContent = tag === "script" ? "document.title = 'owned'" : "body { color: red !important }";
            document.body.append(element);
        } }"""
    )
    assert page.title() != "owned"
    assert page.evaluate("getComputedStyle(document.body).color") != "rgb(255, 0, 0)"
    page.close()
