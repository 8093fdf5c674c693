"""Web pages: what counts as the text, what is known of it, and in which charset it is."""

import sys
from pathlib import Path

import pytest
from badinput import PAGE, SAID, page
from pages import page as story

from quotes.extras import MissingPackage
from quotes.read import Document, Failure, documents
from quotes.read.html import Page, declared

MORE = "<p>The work on the bridge had begun two years before, and it cost the city £40m in all.</p>"


def read(html: str | bytes, charset: str | None = None) -> Document | Failure:
    return Page("page", html.encode() if isinstance(html, str) else html, charset).document()


def text(html: str | bytes, charset: str | None = None) -> str:
    found = read(html, charset)
    assert isinstance(found, Document), found
    return found.text


def test_what_stands_around_the_article_is_left_out() -> None:
    body = "\n\n".join(["The bridge will reopen", SAID, "“Nobody asked us,” said the opposition’s Per Dahl.", SAID * 3])
    assert text(story(body)) == body + "\n"


def test_block_quotes_lists_and_line_ends_are_kept() -> None:
    html = page(
        f"<h2>Cables</h2>{MORE}<blockquote><p>“They were rusted,”</p><p>wrote Tom Rask.</p></blockquote>"
        f"<blockquote>“I <em>looked</em>,” he <a href='/x'>added</a>.</blockquote>{MORE}"
        "<ul><li>“Trams will follow,” she said.</li></ul><p>“Soon,” Lund said.<br>“Very soon.”</p>"
    )
    paragraphs = text(html).split("\n\n")
    assert paragraphs[2:5] == ["“They were rusted,”", "wrote Tom Rask.", "“I looked,” he added."]
    assert paragraphs[-2:] == ["“Trams will follow,” she said.", "“Soon,” Lund said.\n“Very soon.”\n"]


def test_what_the_page_tells_of_itself() -> None:
    found = read(story(f"Bridge to reopen\n\n{SAID}\n\nThe work had begun two years before."))
    assert isinstance(found, Document)
    assert found.meta == {
        "title": "Bridge to reopen",
        "author": "Mira Holt",
        "date": "2024-05-02",
        "url": "https://gazette.example/story",
        "outlet": "The Port Gazette",
    }


def test_a_date_in_the_text_is_not_the_pages() -> None:
    found = read(page(PAGE + "<p>It was built on 3 May 1907.</p>"))
    assert isinstance(found, Document)
    assert found.meta
    assert found.meta["date"] is None


@pytest.mark.parametrize(
    ("encoding", "declares", "server"),
    [
        ("utf-8", "iso-8859-1", None),
        ("utf-8", "", "latin-1"),
        ("cp1252", "iso-8859-1", None),
        ("cp1252", "", "windows-1252"),
        ("cp1252", "utf-8", "utf-8"),
        ("cp1252", "no such charset", None),
        ("cp1252", "utf-16", None),
        ("utf-16", "utf-8", None),
        ("cp1251", "windows-1251", None),
    ],
)
def test_charsets(encoding: str, declares: str, server: str | None) -> None:
    word = "Москва" if encoding == "cp1251" else "café"
    html = page(PAGE.replace("£", "").replace("harbour", word), f'<meta charset="{declares}">' if declares else "")
    assert f"The {word} bridge will reopen" in text(html.encode(encoding), server)


def test_declared_charsets() -> None:
    assert declared(b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">') == "koi8-r"
    assert declared(b"<?xml version='1.0' encoding='KOI8-R'?>") == "koi8-r"
    assert declared(b"<style>%s</style><meta charset=koi8-r>" % (b" " * 9999)) == "koi8-r"
    assert declared(b"<meta charset=utf-16le>") is None
    assert declared(b"<p>charset=utf-8</p>") is None


@pytest.mark.parametrize("html", ["<!-- nothing -->", "<html></html>", "<html><body><script>a</script>"])
def test_a_page_with_nothing_in_it(html: str) -> None:
    assert read(html) == Failure("page", "no article found in the page", "html")


def test_a_page_that_breaks_trafilatura_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    assert read(page()) == Failure("page", "the page can't be read (RecursionError)", "html")


def test_without_trafilatura_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingPackage, match=r'^needs trafilatura; install it with: pip install "newsquotes\[html\]"$'):
        read(page())


def test_share_buttons_are_no_words_of_the_article() -> None:
    buttons = "<a href='#'>WhatsApp</a> <button>Copy link</button> "
    html = page(f"<p>{buttons}A warder had nine keys, said <a href='/x'>Iver Strand</a>.</p>{MORE}{MORE}")
    assert text(html).startswith("A warder had nine keys, said Iver Strand.")


@pytest.mark.parametrize("before", ["\n\n\n \n", "<!-- made by\n a machine\n-->\n", "\ufeff\n\n"])
def test_a_page_is_told_by_its_content_whatever_stands_before_it(before: str, tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_text(before + page(PAGE), encoding="utf-8")
    [found] = documents([str(path)])
    assert isinstance(found, Document)
    assert found.reader == "html"
    assert "<" not in found.text


def test_the_element_of_a_quotation_has_its_marks() -> None:
    html = page(f"<p>Iver Strand said: <q>Nine keys, <q>one</q> door.</q></p>{MORE}{MORE}")
    assert text(html).startswith("Iver Strand said: “Nine keys, ‘one’ door.”")


def test_who_said_what_a_block_quotes_stands_below_it() -> None:
    quoted = "<blockquote><p>I found nine keys and one door.</p><footer>Iver Strand, warder</footer></blockquote>"
    assert "I found nine keys and one door.\n\n— Iver Strand, warder\n\n" in text(page(f"{MORE}{quoted}{MORE}"))


def test_the_numbers_of_notes_are_no_part_of_a_name() -> None:
    html = page(f"<p>Iver Strand,<sup>1</sup> a warder, found 10<sup>6</sup> keys.<sup>[2]</sup></p>{MORE}{MORE}")
    assert text(html).startswith("Iver Strand, a warder, found 106 keys.")
