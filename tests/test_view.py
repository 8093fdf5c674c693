"""The reading view as HTML: what is marked, what is told, and that text stays text. How it behaves: tests/browser."""

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from typer.testing import CliRunner

from quotes.cli import app
from quotes.records import Cue, Mention, Quote, Span, Speaker, quote_id
from quotes.view import STATIC, UNSURE, Misfit, article, headline, misfit, page
from quotes.view.cast import HUES, NOBODY, UNTOLD

TEXT = """Bridge to reopen in May, mayor says

The harbour bridge will reopen in May, Mayor Ada Lund said on Monday.

“It took too long,” Lund said. “We are sorry.”
"""
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "=1+1",
    "{{ 7*7 }}",
    "&lt;b>",
)
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Tree(HTMLParser):
    """Reads HTML strictly: every element is closed in its turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.texts: dict[int, list[str]] = {}
        self.plain: dict[int, str] = {}
        """What stands in an element, less the numbers of quotes."""
        self.inside: list[int] = []
        self.feed(str(html))
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice: {attrs}"
        self.elements.append((tag, dict(attrs), [name for name, _ in self.open]))
        if tag not in VOID and tag not in ("rect",):
            self.open.append((tag, dict(attrs)))
            self.inside.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("rect",):
            return
        assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
        self.open.pop()
        self.inside.pop()

    def handle_data(self, data: str) -> None:
        ref = any("ref" in (attrs.get("class") or "").split() for _, attrs in self.open)
        for k in self.inside:
            self.texts.setdefault(k, []).append(data)
            self.plain[k] = self.plain.get(k, "") + ("" if ref else data)

    def all(self, tag: str = "", cls: str = "", **attrs: str) -> list[int]:
        return [
            k
            for k, (name, has, _) in enumerate(self.elements)
            if tag in ("", name)
            and (not cls or cls in (has.get("class") or "").split())
            and all(has.get(key.replace("_", "-")) == value for key, value in attrs.items())
        ]

    def text(self, k: int) -> str:
        return "".join(self.texts.get(k, []))

    def attr(self, k: int, name: str) -> str:
        return self.elements[k][1].get(name) or ""


def span(text: str, words: str, kind: type[Span] = Span, nth: int = 0, **more: Any) -> Any:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return kind(start, start + len(words), words, **more)


def quote(text: str, *content: str, cue: str = "", mention: str = "", name: str | None = None, **more: Any) -> Quote:
    """A quote by its words in the text; name None: no speaker."""
    parts = tuple(span(text, words) for words in content)
    speaker = None
    if name is not None:
        known = {"kind": "person", "resolved_by": "name", "entity": name or None, "confidence": 0.95}
        known |= more.pop("speaker", {})
        speaker = Speaker(span(text, mention, Mention) if mention else None, name or None, **known)
    return Quote(
        **{
            "id": quote_id("a.txt", [(part.start, part.end) for part in parts]),
            "doc_id": "a.txt",
            "type": "direct",
            "act": "speech",
            "text": " … ".join(content),
            "content": parts,
            "cue": span(text, cue, Cue, lemma="say") if cue else None,
            "speaker": speaker,
            "addressee": None,
            "confidence": 0.9,
            "rule": "left.said",
            "paragraph": 0,
            **more,
        }
    )


INDIRECT = quote(
    TEXT,
    "The harbour bridge will reopen in May",
    cue="said",
    mention="Mayor Ada Lund",
    name="Ada Lund",
    type="indirect",
    speaker={"description": "Mayor"},
)
DIRECT = quote(TEXT, "“It took too long,”", "“We are sorry.”", mention="Lund", name="Ada Lund")


# Marks


def test_words_are_marked_where_they_stand() -> None:
    tree = Tree(article(TEXT, [DIRECT, INDIRECT]))
    marks = [(tree.text(k), tree.attr(k, "data-quote")) for k in tree.all("mark")]
    assert marks == [
        ("The harbour bridge will reopen in May", "1"),
        ("“It took too long,”", "2"),
        ("“We are sorry.”", "2"),
    ]
    assert {tree.attr(k, "class").split()[1] for k in tree.all("mark", data_quote="1")} == {"indirect"}
    assert [tree.text(k) for k in tree.all("u", "cue")] == ["said"]
    assert [tree.text(k) for k in tree.all("b", "mention")][:2] == ["Mayor Ada Lund", "Lund"]
    assert [(tree.text(k), tree.attr(k, "href")) for k in tree.all("a", "ref")] == [("1", "#q1"), ("2", "#q2")]
    assert "2" in [tree.text(k) for k in tree.all("span", "ref", aria_hidden="true")]


def test_the_text_is_there_character_for_character() -> None:
    text = "Top 👩🏽‍🚀 line\r\nsecond\tline\n\nShe said “naïve\u0301 \ud800 \x00 «so»” & left <b>.\r\n\r\nEnd"
    found = quote(text, "“naïve\u0301 \ud800 \x00 «so»”", cue="said", mention="She", name="")
    tree = Tree(article(text, [found]))
    text = text.replace("\ud800", "\ufffd").replace("\x00", "\ufffd")
    starts = [k for k, (_, attrs, _) in enumerate(tree.elements) if "data-start" in attrs]
    assert len(starts) == 3
    for k in starts:
        start, words = int(tree.attr(k, "data-start")), tree.plain[k]
        assert text[start : start + len(words)] == words
    assert tree.plain[starts[1]].startswith("She")
    assert tree.plain[starts[1]].endswith("left <b>.")


def test_nested_and_overlapping_quotes_nest_properly() -> None:
    text = "“He told me ‘never again’ and ‘I swear it’ yesterday,” she said of him then."
    outer = quote(text, "“He told me ‘never again’ and ‘I swear it’ yesterday,”", cue="said", mention="she", name="Eve")
    inner = quote(text, "‘never again’", cue="told", mention="He", name="Tom", parent=outer.id)
    across = quote(text, "again’ and ‘I", "then", name="Ann", type="mixed")
    same = quote(text, "‘never again’", name="Bob")
    tree = Tree(article(text, [across, outer, same, inner]))
    by_quote: dict[str, str] = {}
    for k in tree.all("mark"):
        number = tree.attr(k, "data-quote")
        by_quote[number] = by_quote.get(number, "") + tree.plain[k]
    names = [tree.text(k) for k in tree.all("h3")]
    words = {name.split()[-1]: by_quote[str(n)] for n, name in enumerate(names, 1)}
    assert words == {
        "Eve": outer.text,
        "Tom": inner.text,
        "Bob": same.text,
        "Ann": "again’ and ‘Ithen",
    }
    [parent] = [k for k in tree.all("a") if tree.text(k).startswith("quote ")]
    assert tree.attr(parent, "href") == f"#q{1 + names.index(next(n for n in names if n.endswith('Eve')))}"


def test_a_quote_over_several_paragraphs_is_marked_in_each() -> None:
    text = "He said:\n\n“One.\n\n“Two.\n\n“Three.”\n\nThen he left."
    found = quote(text, text[text.index("“") : text.index("\n\nThen")], name="Jo", mention="He")
    tree = Tree(article(text, [found], title="x"))
    assert [tree.text(k) for k in tree.all("mark")] == ["“One.", "“Two.", "“Three.”"]
    [ref] = tree.all("a", "ref")
    assert tree.text(tree.all("p", data_start=str(text.index("“Three")))[0]) == "“Three.”1"
    assert ref


def test_a_cue_that_two_quotes_share_is_one() -> None:
    text = "Lund said the bridge holds and the road holds."
    both = [
        quote(text, words, cue="said", mention="Lund", name="Lund") for words in ("the bridge holds", "the road holds")
    ]
    tree = Tree(article(text, both))
    assert [tree.attr(k, "data-quote") for k in [*tree.all("u"), *tree.all("b", data_quote="1 2")]] == ["1 2", "1 2"]


@settings(deadline=None)
@given(
    st.text(alphabet="ab “”\n\r😀<&é", max_size=60).flatmap(
        lambda text: st.tuples(
            st.just(text),
            st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted), max_size=6),
        )
    )
)
def test_any_spans_of_any_text(case: tuple[str, list[list[int]]]) -> None:
    text, spans = case
    made = [
        quote(text, "", id=str(k), content=(Span(a, b, text[a:b]),), name=f"N{k}") for k, (a, b) in enumerate(spans)
    ]
    tree = Tree(article(text, made))
    for k, mark in enumerate(made):
        [note] = tree.all("article", data_id=mark.id)
        number = tree.attr(note, "id")[1:]
        marked = "".join(tree.plain[m] for m in tree.all("mark", data_quote=number))
        assert "".join(marked.split()) == "".join(text[spans[k][0] : spans[k][1]].split())


# What is told


def test_each_quote_is_told_of() -> None:
    sure = quote(
        TEXT,
        "The harbour bridge will reopen in May",
        cue="said",
        mention="Mayor Ada Lund",
        name="Ada Lund",
        type="indirect",
        confidence=0.934,
        speaker={
            "description": "Mayor",
            "resolved_by": "description",
            "confidence": 0.71,
            "evidence": ("Ada Lund: the only mayor", "named: Lund (2)"),
        },
        when=span(TEXT, "on Monday"),
    )
    tree = Tree(article(TEXT, [sure, DIRECT], added={sure.id: Markup("<form></form>")}))
    [note] = tree.all("article", id="q1")
    told = " ".join(tree.text(note).split())
    for words in (
        "1 Ada Lund Mayor The harbour bridge will reopen in May",
        "indirect",
        "93 %",
        "by the description “Mayor Ada Lund”",
        "71 %",
        "“said” (say)",
        "“on Monday”",
        "left.said",
        "the only mayor",
    ):
        assert words in told
    assert "In doubt" not in told
    assert tree.attr(note, "data-id") == sure.id
    [form] = tree.all("form")
    assert form > note


@pytest.mark.parametrize(
    ("quote_sure", "name_sure", "doubt"),
    [(UNSURE, UNSURE, False), (0.5, 0.95, True), (0.95, 0.5, True)],
)
def test_doubt_is_to_be_seen(quote_sure: float, name_sure: float, doubt: bool) -> None:
    one = quote(TEXT, "“We are sorry.”", name="Lund", confidence=quote_sure, speaker={"confidence": name_sure})
    tree = Tree(article(TEXT, [one]))
    for k in (tree.all("mark")[0], tree.all("a", "ref")[0], tree.all("article")[0]):
        assert ("unsure" in tree.attr(k, "class").split()) is doubt
    assert ("unsure" in tree.attr(tree.all("a", "ref")[0], "aria-label")) is doubt
    assert ("In doubt" in tree.text(tree.all("article")[0])) is doubt
    assert ("1 in doubt" in tree.text(tree.all("header")[0])) is doubt


def test_denied_planned_and_asked_are_told() -> None:
    assert not Tree(article(TEXT, [INDIRECT])).all("p", "flag")
    cue = span(TEXT, "said", Cue, lemma="say", negated=True, modal=True, question=True)
    tree = Tree(article(TEXT, [replace(INDIRECT, cue=cue)]))
    assert [tree.text(k).split()[0] for k in tree.all("p", "flag")] == ["Denied,", "Possible", "Asked,"]


def test_speakers_are_listed_with_their_quotes_and_one_colour_each() -> None:
    nobody = quote(TEXT, "on Monday")
    untold = quote(TEXT, "to reopen", mention="Mayor", name="")
    other = quote(TEXT, "mayor says", name="Tom Rask")
    tree = Tree(article(TEXT, [nobody, untold, other, INDIRECT, DIRECT]))
    rows = [(tree.text(k), tree.text(k + 1)) for k in tree.all("span", "name")]
    assert [(name, int(re.match(r"\d+", count)[0])) for name, count in rows] == [  # type: ignore[index]
        ("Ada Lund", 2),
        ("Tom Rask", 1),
        (UNTOLD, 1),
        (NOBODY, 1),
    ]
    looks = [tree.attr(k, "class") for k in tree.all("details")]
    assert looks == ["hue-0", "hue-1", "hue-none", "hue-none"]
    assert all("hue-0" in tree.attr(k, "class") for k in tree.all("mark", "indirect"))


def test_more_speakers_than_colours_are_told_apart() -> None:
    text = " ".join(f"word{k}" for k in range(3 * HUES))
    many = [quote(text, f"word{k} " if k < 9 else f"word{k}", name=f"Name {k}") for k in range(3 * HUES)]
    tree = Tree(article(text, many))
    assert len({tree.attr(k, "class") for k in tree.all("details")}) == 3 * HUES


def test_records_and_quotes_give_the_same_page() -> None:
    rows = [json.loads(one.to_json()) for one in (INDIRECT, DIRECT)]
    assert page(TEXT, rows) == page(TEXT, [INDIRECT, DIRECT])


# Headline and metadata


def test_the_first_line_becomes_the_headline_with_its_marks() -> None:
    inside = quote(TEXT, "Bridge to reopen in May", cue="says", mention="mayor", name="Ada Lund", type="indirect")
    tree = Tree(page(TEXT, [inside]))
    [h1] = tree.all("h1")
    assert tree.text(h1) == "Bridge to reopen in May1, mayor says"
    assert tree.text(tree.all("title")[0]) == "Bridge to reopen in May, mayor says"
    assert not tree.all("p", data_start="0")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Bridge shut\n\nIt is.", "Bridge shut"),
        ("One line only", ""),
        ("It is shut.\n\nIt is.", ""),
        ("“No,” she said\n\nx", "“No,” she said"),
        ("", ""),
        ("x" * 200 + "\n\ny", ""),
    ],
)
def test_what_looks_like_a_headline(text: str, line: str) -> None:
    assert headline(text) == line


def test_metadata_stand_above_the_text() -> None:
    meta = {
        "title": "A bridge",
        "author": "Ida Holm",
        "outlet": "The Echo",
        "date": "2026-05-04",
        "url": "https://echo.example/1",
    }
    tree = Tree(page(TEXT, [], meta=meta))
    assert tree.text(tree.all("h1")[0]) == "A bridge"
    [byline] = tree.all("p", "byline")
    assert tree.text(byline) == "Ida HolmThe Echo2026-05-04the original"
    assert [tree.attr(k, "href") for k in tree.all("a") if "original" in tree.text(k)] == ["https://echo.example/1"]
    with_meta = replace(DIRECT, meta=meta)
    assert "Ida Holm" in page(TEXT, [with_meta])


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.example", "http://[", "file:///etc/passwd", 7]
)
def test_only_addresses_of_the_web_are_linked(url: Any) -> None:
    html = page(TEXT, [], meta={"url": url})
    assert "the original" not in html


# Text stays text


def test_nothing_in_any_field_becomes_markup() -> None:
    for bad in HOSTILE:
        text = f"{bad}\n\nShe said {bad} to {bad}."
        words = span(text, bad, nth=1)
        one = quote(
            text,
            bad,
            content=(words,),
            cue="said",
            mention="She",
            name=bad,
            id=bad,
            rule=bad,
            addressee=span(text, bad, nth=2),
            when=words,
            medium=words,
            speaker={"description": bad, "id": bad, "members": (bad, bad), "evidence": (bad,), "entity": bad},
        )
        meta = dict.fromkeys(("title", "author", "outlet", "date", "url", "more"), bad)
        plain = Tree(page("Safe\n\nShe said safe to safe.", [], meta=dict.fromkeys(meta, "x")))
        for title in (None, bad):
            html = page(text, [one], title, meta)
            tree = Tree(html)
            assert len(tree.all("script")) == len(plain.all("script")) == 1
            assert not tree.all("img")
            assert not [name for _, attrs, _ in tree.elements for name in attrs if name.startswith(("on", "style"))]
            links = {tree.attr(k, "href").partition(":")[0] for k in tree.all() if tree.attr(k, "href")}
            assert {link for link in links if not link.startswith("#")} <= {"data"}
            assert tree.text(tree.all("mark")[0]) == bad
            assert tree.text(tree.all("h1")[0]) == bad


def test_the_page_needs_nothing_but_itself() -> None:
    html = page(TEXT, [INDIRECT, DIRECT], meta={"url": "https://echo.example/1"})
    tree = Tree(html)
    for k, (tag, attrs, _) in enumerate(tree.elements):
        assert "src" not in attrs
        if tag == "link":
            assert tree.attr(k, "href") == "data:,"
    for style in (STATIC / "base.css", STATIC / "view.css", STATIC / "view.js"):
        source = style.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(|https?:|fetch\(|XMLHttp|innerHTML|eval\(", source)
        assert "</" not in source  # would end the element that it stands in
    assert "unsafe" not in tree.attr(tree.all("meta", http_equiv="Content-Security-Policy")[0], "content")


def test_the_piece_has_no_inline_style_or_script() -> None:
    tree = Tree(article(TEXT, [INDIRECT, DIRECT]))
    assert not tree.all("script")
    assert not tree.all("style")
    assert not [name for _, attrs, _ in tree.elements for name in attrs if name.startswith(("on", "style"))]
    ids = Counter(tree.attr(k, "id") for k in tree.all() if tree.attr(k, "id"))
    assert max(ids.values()) == 1
    targets = {tree.attr(k, "href")[1:] for k in tree.all("a")}
    assert targets <= ids.keys()
    assert len(tree.all("h1")) == 1


# Odd input


@pytest.mark.parametrize("text", ["", " \n\n ", "\x00", "\ud800", "x", "“" * 10_000, "<p>\n" * 2_000])
def test_odd_texts_give_a_page(text: str) -> None:
    Tree(page(text, [])).all()
    page(text, []).encode()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"content": (Span(0, 3, "xyz"),)}, "not what stands at 0 to 3"),
        ({"content": (Span(0, 9999, "x"),)}, "no part of a text"),
        ({"content": (Span(-1, 3, "x"),)}, "no part of a text"),
        ({"content": ()}, "no content"),
        ({"cue": Cue(0, 1, "x", lemma="x")}, "cue is not"),
    ],
)
def test_offsets_that_do_not_fit_are_refused(change: dict[str, Any], why: str) -> None:
    wrong = replace(DIRECT, **change)
    assert why in misfit(TEXT, wrong)
    with pytest.raises(Misfit, match=why):
        page(TEXT, [wrong])


# Colours


def luminance(colour: str) -> float:
    """WCAG 2.2: relative luminance."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_has_the_contrast_of_wcag_aa(scheme: str) -> None:
    light, dark = (STATIC / "base.css").read_text(encoding="utf-8").split("prefers-color-scheme: dark", 1)
    css = light if scheme == "light" else dark
    page_colours = dict(re.findall(r"--([\w-]+): (#\w{6});", css.split(".hue-0")[0]))
    hues = re.findall(r"\.hue-(\w+) \{ --ink: (#\w{6}); --tint: (#\w{6}); --weave: (#\w{6}); \}", css)
    assert [name for name, *_ in hues] == [*map(str, range(HUES)), "none"]
    for _, ink, tint, weave in hues:
        for ground in (page_colours["paper"], page_colours["sheet"], tint, weave):
            assert contrast(page_colours["text"], ground) >= 7
            assert contrast(ink, ground) >= 4.5
    for name in ("text", "faint", "accent", "focus"):
        for ground in (page_colours["paper"], page_colours["sheet"]):
            assert contrast(page_colours[name], ground) >= 4.5


# The command


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = Path("news.txt")
    file.write_text(TEXT, encoding="utf-8")
    return file


def run(*args: str, input: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["view", *args], input=input, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def write_records(*quotes: Quote, name: str = "quotes.jsonl", **more: Any) -> None:
    lines = [json.dumps({**one.to_dict(), **more}) for one in quotes]
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_an_article_becomes_a_page(news: Path) -> None:
    assert run("news.txt", "-o", "page.html") == (0, "", "")
    tree = Tree(Path("page.html").read_text(encoding="utf-8"))
    assert "“It took too long,”" in [tree.text(k) for k in tree.all("mark")]
    assert [tree.text(k) for k in tree.all("dt") if tree.text(k) == "Evidence"]


def test_a_page_that_is_there_is_written_over_when_told_so(news: Path) -> None:
    page = Path("page.html")
    page.write_text("somebody's page", encoding="utf-8")
    line = "quotes: page.html is there already; --force writes over it\n"
    assert run("news.txt", "-o", "page.html") == (2, "", line)
    assert page.read_text(encoding="utf-8") == "somebody's page"
    assert run("news.txt", "-o", "page.html", "--force") == (0, "", "")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("news.txt", "-o", "news.txt", "--force")[0] == 2, "never over what is read"


def test_a_full_disk(news: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    write_records(DIRECT, doc_id="news.txt")
    command = [sys.executable, "-m", "quotes", "view", "--records", "quotes.jsonl", "-o", "/dev/full"]
    done = subprocess.run(command, capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"quotes: can't write: no space left on device\n")


def test_standard_input_and_output(news: Path) -> None:
    status, html, _ = run(input=TEXT)
    assert status == 0
    assert html.startswith("<!doctype html>")


def test_records_are_shown_in_the_article_beside_them(news: Path) -> None:
    write_records(DIRECT, doc_id="news.txt")
    status, html, errors = run("--records", "quotes.jsonl")
    assert (status, errors) == (0, "")
    assert len(Tree(html).all("article")) == 1
    assert run("news.txt", "--records", "quotes.jsonl")[1] == html
    write_records(DIRECT, doc_id="elsewhere/old.txt")
    assert run("news.txt", "--records", "quotes.jsonl")[1].count('<article class="note') == 1
    status, _, errors = run("--records", "quotes.jsonl")
    assert status == 1
    assert "no file elsewhere/old.txt" in errors


def test_records_may_hold_the_text(news: Path) -> None:
    write_records(DIRECT, INDIRECT, doc_id="wire/1", doc_text=TEXT)
    status, html, _ = run("--records", "quotes.jsonl", "--min-confidence", "0.5")
    assert (status, len(Tree(html).all("article"))) == (0, 2)
    assert len(Tree(run("--records", "quotes.jsonl", "--min-confidence", "0.99")[1]).all("article")) == 0


def test_of_several_texts_one_is_chosen(news: Path) -> None:
    first, second = (
        json.dumps({**one.to_dict(), "doc_id": id, "doc_text": TEXT}) for one, id in ((DIRECT, "a"), (INDIRECT, "b c"))
    )
    Path("quotes.jsonl").write_text(f"{first}\n{second}\n", encoding="utf-8")
    status, _, errors = run("--records", "quotes.jsonl")
    assert (status, errors) == (2, "quotes: quotes.jsonl has records of 2 texts; choose one: --doc a\n")
    status, html, _ = run("--records", "quotes.jsonl", "--doc", "b c")
    assert (status, len(Tree(html).all("mark", "indirect"))) == (0, 1)
    status, _, errors = run("--records", "quotes.jsonl", "--doc", "nix")
    assert status == 1
    assert "no record with the doc_id nix" in errors
    Path("more.txt").write_text(TEXT, encoding="utf-8")
    status, _, errors = run(".")
    assert status == 2
    assert "holds several texts; choose one: --doc" in errors


def test_records_that_do_not_fit_are_named_and_left_out(news: Path) -> None:
    write_records(DIRECT, INDIRECT, doc_id="news.txt")
    with Path("quotes.jsonl").open("a") as file:
        file.write("no record\n")
    news.write_text(TEXT.replace("reopen in May, Mayor", "reopen in June, Mayor"), encoding="utf-8")
    status, html, errors = run("--records", "quotes.jsonl")
    assert status == 1
    assert "quotes.jsonl:3: broken JSON" in errors
    assert "quotes.jsonl:1: left out: content[0] is not what stands at" in errors
    assert len(Tree(html).all("article")) == 0


@pytest.mark.parametrize(
    ("args", "status", "error"),
    [
        (["nix.txt"], 1, "nix.txt: no such file"),
        (["--records", "nix.jsonl"], 1, "nix.jsonl: no such file"),
        (["news.txt", "-o", "news.txt"], 2, "among the inputs"),
        (["news.txt", "-o", "nowhere/page.html"], 2, "can't write nowhere/page.html"),
        (["-", "--records", "-"], 2, "can't both be standard input"),
        (["news.txt", "--input-format", "odt"], 2, "'odt' is not one of"),
        (["news.txt", "--doc", "other"], 1, "no text with the id other"),
    ],
)
def test_mistakes_are_told_in_a_line(news: Path, args: list[str], status: int, error: str) -> None:
    got, out, errors = run(*args)
    assert (got, out) == (status, "")
    assert error in errors
    assert "Traceback" not in errors
