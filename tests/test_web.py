"""The desk as a server: what it lets in, what it answers, what it keeps."""

from __future__ import annotations

import asyncio
import csv
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from storing import reading_here, said, write
from typer.testing import CliRunner

from quotes import store
from quotes.cli import app as commands
from quotes.records import FLAGS
from quotes.store.repeats import repeats
from quotes.web import reading
from quotes.web.app import LARGEST_BODY, application
from quotes.web.edges import NotThere, Span, locate, replaced
from quotes.web.reading import Busy, Read, Reader, ReadingError
from quotes.web.security import Deadline, local_path

HERE = "http://127.0.0.1:8321"
TOKEN = "a-token-of-enough-letters"
ARTICLE = """Ferry to sail again before Easter

The ferry will sail again before Easter, harbour master Ida Holm said on Monday. She thanked the crew.

“We were tired,” Holm said. “Nobody slept for a week.” The owners denied that the engine had failed twice.

The cook, Bo Dahl, told reporters that he had seen the smoke at noon.
"""
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "'; DROP TABLE quotes; --",
    "{{ 7 * 7 }}",
)
Desk = Callable[..., TestClient]


@pytest.fixture(scope="module")
def read() -> Read:
    """Finds quotes in this process."""
    return reading_here()


@pytest.fixture
def desk(tmp_path: Path, read: Read) -> Iterator[Desk]:
    """Makes a desk on an empty database, and a browser that has loaded its first page."""
    open_ones = []

    def make(**how: Any) -> TestClient:
        client = TestClient(
            application(tmp_path / "quotes.db", **{"read": read, **how}),
            base_url=HERE,
            follow_redirects=False,
            raise_server_exceptions=False,
        )
        client.get("/enter")
        open_ones.append(client)
        return client

    yield make
    for client in open_ones:
        client.close()


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return desk()


def form_token(client: TestClient) -> str:
    [token] = re.findall(r'name="form_token" value="(\w+)"', client.get("/enter").text)
    return str(token)


def send(client: TestClient, path: str, **fields: Any) -> Any:
    return client.post(path, data={"form_token": form_token(client), **fields})


def paste(client: TestClient, text: str = ARTICLE, **fields: str) -> str:
    """The page of a pasted article."""
    answer = send(client, "/read", text=text, **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def search(client: TestClient, **asked: Any) -> list[dict[str, Any]]:
    return list(client.get("/api/search", params=asked).json()["quotes"])


# From a pasted article to a verdict


def test_a_pasted_article_is_shown_with_its_quotes_and_found_again(client: TestClient) -> None:
    page = paste(client, title="Ferry to sail again", outlet="Harbour Gazette", date="2024-03-04")
    article = client.get(page).text
    assert article.count('<mark class="quote') >= 4
    assert "Harbour Gazette" in article
    hit = search(client, q='"seen the smoke"')[0]
    assert (hit["speaker"], hit["date"], hit["outlet"]) == ("Bo Dahl", "2024-03-04", "Harbour Gazette")
    found = client.get("/search", params={"q": "smoke"}).text
    assert "<mark>smoke</mark>" in found
    speaker = client.get(f"/speakers/{hit['speaker_id']}").text
    assert "<h1>Bo Dahl</h1>" in speaker
    assert "2024-03: 1" in speaker
    for path in ("/", "/documents", "/speakers", "/figures"):
        assert client.get(path).status_code == 200


def test_the_same_text_twice_is_one_document(client: TestClient) -> None:
    assert paste(client) == paste(client, ARTICLE.replace("\n", "\r\n"))
    assert client.get("/api/documents").json()[0]["quotes"] == len(search(client))


def test_a_file_of_many_texts_is_refused(client: TestClient) -> None:
    files = {"file": ("many.jsonl", b'{"text": "a"}\n{"text": "b"}\n', "text/plain")}
    answer = client.post("/read", data={"form_token": form_token(client)}, files=files)
    assert (answer.status_code, "does not hold one text" in answer.text) == (422, True)


def test_a_web_page_is_read_as_one(client: TestClient) -> None:
    pytest.importorskip("trafilatura")
    paragraphs = "".join(f"<p>{part}</p>" for part in ARTICLE.split("\n\n")[1:] * 3)
    html = f"<!doctype html><html><head><title>Ferry</title></head><body><article>{paragraphs}</article></body></html>"
    answer = client.post(
        "/read", data={"form_token": form_token(client)}, files={"file": ("ferry.html", html.encode(), "text/html")}
    )
    assert answer.status_code == 303
    assert "&lt;p&gt;" not in client.get(answer.headers["location"]).text


@pytest.mark.parametrize("text", ["", "  \n "])
def test_without_a_text_the_form_comes_back(client: TestClient, text: str) -> None:
    answer = send(client, "/read", text=text, title="Kept <title>")
    assert answer.status_code == 422
    assert "There is no text yet." in answer.text
    assert "Kept &lt;title&gt;" in answer.text


@pytest.mark.parametrize("text", ["\x0b\ufffe", "“" * 3000, "said " * 3000, "x", "“a,” “b,” “c,” he said"])
def test_odd_texts_are_texts(client: TestClient, text: str) -> None:
    assert client.get(paste(client, text)).status_code == 200


def test_what_is_no_text_is_refused(client: TestClient) -> None:
    answer = send(client, "/read", text="a\0b")
    assert (answer.status_code, "not plain text" in answer.text) == (422, True)


def test_verdicts_are_kept_with_their_giver_and_undone(client: TestClient) -> None:
    page = paste(client)
    quote = search(client, q="smoke")[0]["id"]
    assert (
        send(client, f"/quotes/{quote}/verdicts", verdict="wrong", who="Åsa").headers["location"] == f"/quotes/{quote}"
    )
    onward = send(client, f"/quotes/{quote}/verdicts", verdict="right", then=f"{page}?said=1#q3").headers["location"]
    first, second = client.get(f"/api/quotes/{quote}").json()["verdicts"]
    assert onward == f"{page}?said={second['id']}&of={quote}#q3"
    assert [(one["verdict"], one["who"]) for one in (first, second)] == [("wrong", "Åsa"), ("right", "Åsa")]
    assert send(client, f"/verdicts/{second['id']}/undo", who="Bo").status_code == 303
    assert client.get(f"/api/quotes/{quote}").json()["verdicts"][1]["undone_by"] == "Bo"
    assert "undone by" in client.get(f"/quotes/{quote}").text
    assert send(client, f"/verdicts/{second['id']}/undo").status_code == 409


def test_another_speaker(client: TestClient, tmp_path: Path) -> None:
    paste(client)
    quote = search(client, q="smoke")[0]
    send(client, f"/quotes/{quote['id']}/verdicts", verdict="speaker", speaker="  Ida   Holm ", who="Åsa")
    moved = search(client, q="smoke")[0]
    assert (moved["known_as"], moved["verdict"]["speaker"]) == ("Ida Holm", "Ida Holm")
    assert moved["speaker_id"] != quote["speaker_id"]
    assert quote["id"] in [hit["id"] for hit in search(client, speaker_id=moved["speaker_id"])]
    assert search(client, speaker_id=quote["speaker_id"]) == []
    with store.open(str(tmp_path / "quotes.db")) as db:
        [gold] = db.gold(partly=True)
    assert [one["speaker"] for one in gold["quotes"] if "speaker" in one] == ["Ida Holm"]
    send(client, f"/verdicts/{moved['verdict']['id']}/undo")
    assert search(client, q="smoke")[0]["speaker_id"] == quote["speaker_id"]


def test_right_after_a_correction_means_right_as_corrected(client: TestClient) -> None:
    page = paste(client)
    quote = search(client, q="smoke")[0]["id"]
    send(client, f"/quotes/{quote}/verdicts", verdict="speaker", speaker="Ida Holm", who="Åsa")
    send(client, f"/quotes/{quote}/verdicts", verdict="right", who="Bo")
    assert search(client, q="smoke")[0]["known_as"] == "Ida Holm"
    assert "Right, said by Ida Holm" in client.get(f"/quotes/{quote}").text
    for shown in (page, "/search?q=smoke"):
        text = client.get(shown).text
        assert "speaker set: Ida Holm</span>" in text
        assert '<span class="badge right">✓ right</span>' in text


def test_a_document_without_text_shows_its_quotes(client: TestClient, tmp_path: Path) -> None:
    record = said("Ada Lund", "The bridge is open", date="2024-05-05", keep_text=False)
    with store.open(str(tmp_path / "quotes.db"), write=True) as db:
        db.add([write(tmp_path / "quotes.jsonl", [record])])
        db.verdict(record["id"], "right", "Åsa")
    page = client.get("/documents/1")
    assert page.status_code == 200
    assert "The text is not in the database" in page.text
    told = f'<a href="/quotes/{record["id"]}"><span class="lead-in">Ada Lund said:</span> “The bridge is open,”</a>'
    assert told in page.text
    assert '<span class="badge right">✓ right</span>' in page.text


def test_edges_are_moved_by_writing_the_words(client: TestClient) -> None:
    paste(client)
    quote = search(client, q="smoke")[0]["id"]
    send(client, f"/quotes/{quote}/verdicts", verdict="edges", content="he had seen\r\n the smoke", who="Åsa")
    [verdict] = client.get(f"/api/quotes/{quote}").json()["verdicts"]
    [[start, end]] = verdict["content"]
    assert ARTICLE[start:end] == "he had seen the smoke"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"verdict": "edges", "content": "words of <b>nobody</b>"}, "“words of &lt;b&gt;nobody&lt;/b&gt;”"),
        ({"verdict": "edges", "content": " "}, "No words are left"),
        ({"verdict": "edges", "content": "that he had seen the smoke at noon"}, "Change the words"),
        ({"verdict": "edges", "content": ["that", "noon"]}, "1 parts, and the form had 2"),
        ({"verdict": "speaker", "speaker": " "}, "the name is missing"),
        ({"verdict": "maybe"}, "verdict: Input should be"),
    ],
)
def test_what_is_no_verdict_is_refused_and_said_so(client: TestClient, fields: dict[str, Any], message: str) -> None:
    paste(client)
    quote = search(client, q="smoke")[0]["id"]
    answer = send(client, f"/quotes/{quote}/verdicts", who="Åsa", **fields)
    assert answer.status_code == 422
    assert message in answer.text
    assert client.get(f"/api/quotes/{quote}").json()["verdicts"] == []


def test_of_several_places_the_nearest_is_meant() -> None:
    text = "the bridge is open. Later: the bridge is open. And the\n bridge is open"
    assert locate(text, ["the bridge"], [30]) == [(27, 37)]
    assert locate(text, ["the bridge is", "", "Later"], [99, 0, 0]) == [(20, 25), (51, 65)]
    with pytest.raises(NotThere, match="overlap"):
        locate(text, ["bridge is open.", "open. Later"], [0, 0])


# Who is let in


def test_a_form_needs_its_token(client: TestClient) -> None:
    for fields in ({}, {"form_token": ""}, {"form_token": "0" * 64}, {"form_token": "x" * 300}):
        answer = client.post("/read", data={"text": ARTICLE, **fields})
        assert answer.status_code in (403, 422)
    token = form_token(client)
    client.cookies.clear()
    assert client.post("/read", data={"text": ARTICLE, "form_token": token}).status_code == 403
    assert client.get("/api/documents").json() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9"},
        {"origin": "http://[bad"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_other_sites_can_change_nothing(client: TestClient, headers: dict[str, str]) -> None:
    form = {"form_token": form_token(client), "text": ARTICLE}
    assert client.post("/read", data=form, headers=headers).status_code == 403
    assert client.post("/api/documents", json={"text": ARTICLE}, headers=headers).status_code == 403
    assert client.get("/api/documents").json() == []
    own = {"origin": HERE, "sec-fetch-site": "same-origin"}
    assert client.post("/read", data=form, headers=own).status_code == 303


def test_the_api_takes_nothing_that_a_plain_form_can_send(client: TestClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = client.post("/api/documents", content='{"text": "a"}', headers={"content-type": kind})
        assert answer.status_code == 422
    assert "access-control-allow-origin" not in client.options("/api/documents").headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "", "10.0.0.1:8321"])
def test_no_other_name_leads_here(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8321", "localhost:1", "LOCALHOST", "[::1]:8321"])
def test_its_own_names_lead_here(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_with_a_token_nothing_is_shown_before_it(desk: Desk) -> None:
    client = desk(token=TOKEN)
    for path in ("/", "/search?q=a", "/documents/1", "/figures", "/enterprise"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/enter?then={path.partition('?')[0]}")
    assert client.get("/api/search").status_code == 401
    assert client.get("/api/openapi.json").headers["www-authenticate"] == "Bearer"
    assert client.post("/api/documents", json={"text": "a"}).status_code == 401
    assert client.get("/static/desk.css").status_code == 200
    for given in (TOKEN + "x", "Åsa", ""):
        assert client.get("/api/search", headers={"authorization": f"Bearer {given}".encode()}).status_code == 401
    assert client.get("/api/search", headers={"authorization": f"bearer {TOKEN}"}).status_code == 200


def test_the_token_opens_the_pages(desk: Desk) -> None:
    client = desk(token=TOKEN)
    wrong = send(client, "/enter", token="not it", then="/search")
    assert (wrong.status_code, "That is not the token." in wrong.text) == (403, True)
    assert client.get("/").status_code == 303
    right = send(client, "/enter", token=TOKEN, then="/search")
    assert (right.status_code, right.headers["location"]) == (303, "/search")
    cookie = right.headers["set-cookie"]
    assert TOKEN not in cookie
    assert all(word in cookie.lower() for word in ("httponly", "samesite=strict"))
    assert client.get("/search").status_code == 200
    assert 'name="who"' in client.get(paste(client)).text  # whose machine it is tells nothing about who asks
    quote = search(client)[0]["id"]
    assert send(client, f"/quotes/{quote}/verdicts", verdict="right").status_code == 422
    assert send(client, f"/quotes/{quote}/verdicts", verdict="right", who="Åsa").status_code == 303
    client.cookies.delete("quotes_name")
    assert send(client, "/verdicts/1/undo").status_code == 422
    assert send(client, "/verdicts/1/undo", who="Bo").status_code == 303


def test_a_short_token_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="16 characters"):
        application(tmp_path / "quotes.db", token="short")


@pytest.mark.parametrize(
    ("then", "goes"),
    [
        ("/search?q=a#b", "/search?q=a#b"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\nb", "/"),
        ("/a\n", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_sent_elsewhere(then: str, goes: str) -> None:
    assert local_path(then) == goes


# What is answered


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/api/nowhere", "/static/desk.css", "/static/none.css", "/search?since=x"]
)
def test_every_answer_binds_the_browser(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"


def test_a_fault_of_ours_is_no_traceback(desk: Desk) -> None:
    def broken(name: str, data: bytes) -> Any:
        raise RuntimeError("secret words")

    client = desk(read=broken)
    for answer in (send(client, "/read", text="a"), client.post("/api/documents", json={"text": "a"})):
        assert answer.status_code == 500
        assert "secret words" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_no_page_has_a_script_or_style_of_its_own(client: TestClient) -> None:
    article = paste(client)
    quote = search(client)[0]
    paths = ["/", "/search", "/speakers", "/repeats", "/documents", "/figures", "/enter", "/nowhere", article]
    for path in (*paths, f"/quotes/{quote['id']}", f"/speakers/{quote['speaker_id']}"):
        html = client.get(path).text
        assert not re.search(r"<style|style=|<script(?! src=\"/static/)|\son\w+=|javascript:", html), path


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_sent_is_text(client: TestClient, words: str) -> None:
    text = f"{words}\n\n“It is over {words} now,” {words} said. Ada Lund said that {words} was a word.\n"
    text += "\n“It rains,” Tom Rask told the paper.\n"  # tags and the like are no words: without them nobody speaks
    page = paste(client, text, title=words, author=words, outlet=words, url=words, date="2024-01-01")
    quote = search(client)[0]["id"]
    send(client, f"/quotes/{quote}/verdicts", verdict="speaker", speaker=words, who=words)
    paths = ["/", page, f"/quotes/{quote}", "/documents", "/speakers", "/figures"]
    pages = [client.get(path) for path in paths]
    pages += [client.get("/search", params={key: words}) for key in ("q", "speaker", "outlet", "topic")]
    pages += [client.get("/search"), client.get("/speakers", params={"name": words})]
    pages.append(send(client, f"/quotes/{quote}/verdicts", verdict="edges", content=words + " x", who=words))
    for answer in pages:
        assert answer.status_code in (200, 422)
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
        assert 'href="javascript' not in answer.text
        assert ">49<" not in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/documents/1", 404),
        ("/speakers/1", 404),
        ("/quotes/none", 404),
        ("/api/quotes/none", 404),
        ("/documents/x", 422),
        ("/documents/-1", 422),
        ("/documents/99999999999999999999999", 422),
        ("/speakers/9223372036854775807", 404),
        ("/search?page=0", 422),
        ("/search?page=1000000", 200),
        ("/search?type=shouted", 422),
        ("/search?since=2024-02-31", 422),
        ("/search?since=&until=&q=&speaker=", 200),
        ("/search?q=%22", 200),
        ("/search?q=NEAR(", 200),
        ("/search?q=%00%ff*", 200),
        ("/search?q=" + "a+" * 240, 200),
        ("/search?q=" + "a" * 501, 422),
        ("/api/figures/none", 422),
        ("/api/search?limit=101", 422),
        ("/verdicts/1/undo", 405),
        ("/read", 303),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ],
)
def test_wrong_addresses(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    if status in (404, 405, 422):
        kind = "application/json" if path.startswith("/api") else "text/"
        assert answer.headers["content-type"].startswith(kind)


# Limits


def test_large_bodies_are_refused(client: TestClient) -> None:
    data = b"a" * (LARGEST_BODY + 1)
    assert client.post("/api/documents", content=data, headers={"content-type": "application/json"}).status_code == 413

    page = client.post("/read", content=data, headers={"content-type": "text/plain"})
    assert (page.status_code, "larger than 2 MB" in page.text, "</nav>" in page.text) == (413, True, True)

    def chunks() -> Iterator[bytes]:
        yield from (data[:100_000] for _ in range(30))

    assert client.post("/read", content=chunks(), headers={"content-type": "text/plain"}).status_code in (403, 413)
    assert client.post("/api/documents", json={"text": "a" * 500_001}).status_code == 422


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    sent = []

    async def never() -> Any:
        await asyncio.sleep(60)

    async def reads(scope: Any, receive: Any, send: Any) -> None:
        await receive()

    async def run() -> None:
        await Deadline(reads, seconds=0.01)({"type": "http"}, never, sent.append)

    with pytest.raises(Exception, match="did not arrive") as error:
        asyncio.run(run())
    assert getattr(error.value, "status_code", 0) == 408


@pytest.mark.parametrize(
    ("error", "status"), [(ReadingError("Send it in <parts>."), 422), (Busy("Try again in a moment."), 503)]
)
def test_a_text_that_takes_too_long_is_given_up(desk: Desk, error: ReadingError, status: int) -> None:
    def slow(name: str, data: bytes) -> Any:
        raise error

    client = desk(read=slow)
    answer = client.post("/api/documents", json={"text": "a"})
    assert (answer.status_code, answer.json()["detail"]) == (status, str(error))
    page = send(client, "/read", text="Kept text")
    assert page.status_code == 422
    assert "Kept text" in page.text


def test_the_reader_is_ended_where_a_text_takes_too_long() -> None:
    reader = Reader(3)
    try:
        with pytest.raises(ReadingError, match=r"^long\.txt: took longer than 3 s\. Send it in parts\.$"):
            reader("long.txt", b"He said it was a word, and then he left. " * 20_000)
        assert len(reader("short.txt", "“It is over,” Ada Lund said.".encode()).records) == 1
        places = [reader.places.acquire(blocking=False) for _ in range(reading.WAITING)]
        assert all(places)
        with pytest.raises(Busy):
            reader("short.txt", b"a")
    finally:
        reader.close()


# The API


def test_the_api_does_what_the_pages_do(client: TestClient) -> None:
    made = client.post("/api/documents", json={"text": ARTICLE, "title": "Ferry", "date": "2024-03-04"})
    assert made.status_code == 201
    document = made.json()
    assert document["text"] == ARTICLE
    for record in document["records"]:
        for part in record["content"]:
            assert ARTICLE[part["start"] : part["end"]] == part["text"]
    assert client.get(f"/api/documents/{document['id']}").json() == document
    found = client.get("/api/search", params={"q": "engine", "facets": True}).json()
    assert found["quotes"][0]["type"] == "indirect"
    assert sum(one["count"] for one in found["facets"]["type"]) == found["total"]
    quote = found["quotes"][0]["id"]
    kept = client.post(f"/api/quotes/{quote}/verdicts", json={"verdict": "wrong", "who": "Åsa"})
    assert (kept.status_code, kept.json()["verdict"]) == (201, "wrong")
    assert client.get(f"/api/documents/{document['id']}").json()["verdicts"][quote]["who"] == "Åsa"
    for body, status in (
        ({"verdict": "speaker"}, 422),
        ({"verdict": "speaker", "speaker": " "}, 422),
        ({"verdict": "right", "who": " "}, 422),
        ({"verdict": "edges", "content": [[5, 2]]}, 409),
        ({"verdict": "edges", "content": [[0, len(ARTICLE) + 1]]}, 409),
    ):
        answer = client.post(f"/api/quotes/{quote}/verdicts", json={"who": "Åsa", **body})
        assert answer.status_code == status, answer.text
    undo = f"/api/verdicts/{kept.json()['id']}/undo"
    assert [client.post(undo, json={"who": "Bo"}).status_code for _ in range(2)] == [204, 409]
    [speaker] = client.get("/api/speakers", params={"name": "dahl"}).json()
    assert client.get(f"/api/speakers/{speaker['id']}").json()["months"] == {"2024-03": 1}
    assert {one["value"] for one in client.get("/api/figures/type").json()} == {"direct", "indirect"}


def test_the_api_for_those_who_check(client: TestClient) -> None:
    """What waits, a quote that was missed, and agreement; what is wrong is counted apart."""
    document = client.post("/api/documents", json={"text": ARTICLE, "outlet": "Ferry News"}).json()
    waiting = client.get("/api/check", params={"outlet": "ferry news"}).json()
    assert {one["id"] for one in waiting["quotes"]} == {one["id"] for one in document["records"]}
    assert waiting["total"] == len(document["records"])
    assert client.get("/api/check", params={"order": "none"}).status_code == 422

    said = {"who": "Åsa", "content": [place("again before Easter")], "speaker": "Ida Holm", "cue": place("said"),
            "flags": ["negated"]}  # fmt: skip
    path = f"/api/documents/{document['id']}/quotes"
    made = client.post(path, json=said)
    assert made.status_code == 201, made.text
    quote = made.json()
    assert (quote["text"], quote["negated"], quote["known_as"]) == ("again before Easter", True, "Ida Holm")
    assert [one["who"] for one in quote["verdicts"]] == ["Åsa"]
    for path_, body, status in (
        (path, said, 409),
        (path, said | {"content": [[0, len(ARTICLE) + 1]]}, 409),
        (path, said | {"content": []}, 422),
        (path, said | {"flags": ["loud"]}, 422),
        ("/api/documents/99/quotes", said, 404),
    ):
        assert client.post(path_, json=body).status_code == status, body
    assert quote["id"] not in {one["id"] for one in client.get("/api/check").json()["quotes"]}

    client.post(f"/api/quotes/{quote['id']}/verdicts", json={"verdict": "wrong", "who": "Bo"})
    second = client.get("/api/check", params={"again_by": "Bo"}).json()
    assert (second["total"], client.get("/api/check", params={"again_by": "Eva"}).json()["total"]) == (0, 1)
    agreement = client.get("/api/check/agreement").json()
    assert [(one["who"], one["corrected"], one["wrong"]) for one in agreement["checkers"]] == [
        ("Bo", 0, 1),
        ("Åsa", 1, 0),
    ]
    assert (agreement["pairs"][0]["same"], agreement["disputed"]) == (0, [quote["id"]])
    speaker = client.get(f"/api/speakers/{quote['speaker_id']}").json()
    assert (speaker["wrong"], speaker["quotes"]) == (1, len(search(client, speaker_id=quote["speaker_id"])) - 1)
    assert "1 quote called wrong is struck through here" in client.get(f"/speakers/{quote['speaker_id']}").text
    assert "1 of them called wrong and not counted here" in client.get("/figures").text


def place(words: str) -> list[int]:
    """Where words stand in the article."""
    start = ARTICLE.index(words)
    return [start, start + len(words)]


def test_the_api_describes_itself(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    assert all(path.startswith("/api/") for path in document["paths"])
    assert all(operation["summary"] for path in document["paths"].values() for operation in path.values())


# quotes serve


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (["--host", "0.0.0.0"], 2, "needs a token"),
        (["--host", "example.org"], 2, "needs a token"),
        (["--token", "short"], 2, "at least 16 characters"),
        (["--port", "70000"], 2, "65535"),
    ],
)
def test_serve_says_what_is_wrong(tmp_path: Path, args: list[str], status: int, message: str) -> None:
    result = CliRunner().invoke(commands, ["serve", str(tmp_path / "quotes.db"), *args])
    assert (result.exit_code, message in result.stderr) == (status, True), result.stderr
    assert "Traceback" not in result.stderr


def test_serve_wants_a_database_and_a_free_port(tmp_path: Path) -> None:
    other = tmp_path / "notes.db"
    other.write_text("These are notes.")
    result = CliRunner().invoke(commands, ["serve", str(other)])
    assert (result.exit_code, "no database" in result.stderr) == (2, True)
    assert other.read_text() == "These are notes."
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(commands, ["serve", str(tmp_path / "quotes.db"), "--port", port])
    said = f"quotes: port {port} is in use; name another with --port, or --port 0 for a free one\n"
    assert (result.exit_code, result.stderr) == (1, said)


def test_the_database_is_the_one_of_quotes_db(tmp_path: Path, client: TestClient) -> None:
    paste(client)
    with store.open(str(tmp_path / "quotes.db")) as db:
        assert db.totals()["quotes"] == len(search(client))


# What was checked is seen


def test_a_document_is_shown_as_checked(client: TestClient) -> None:
    page = paste(client)
    tired, engine, smoke = (search(client, q=word)[0]["id"] for word in ("tired", "engine", "smoke"))
    number = int(page.rpartition("/")[2])
    for quote, fields in (
        (tired, {"verdict": "right"}),
        (engine, {"verdict": "wrong"}),
        (smoke, {"verdict": "speaker", "speaker": "Ida Holm"}),
    ):
        send(client, f"/quotes/{quote}/verdicts", who="Åsa", document=number, **fields)
    send(client, f"/quotes/{smoke}/verdicts", who="Åsa", document=number, verdict="edges", content="the smoke at noon")
    html = client.get(page).text
    found = len(search(client))
    assert f"<span>{found - 1} quotes</span>" in html
    assert f"<span>3 of {found} checked</span>" in html
    assert re.search(r'<mark class="quote indirect hue-none wrong"[^>]*>that the engine had failed twice</mark>', html)
    assert re.search(r'<mark class="quote indirect hue-0 changed"[^>]*>the smoke at noon</mark>', html)
    assert "Bo Dahl</span>" not in html.partition("Who speaks")[2]  # who has no quotes any more
    assert "The owners</span>" not in html.partition("Who speaks")[2]
    struck = client.get("/search?q=engine").text
    assert f'<li id="quote-{engine}" class="struck">' in struck
    assert "the smoke at noon</a>" in re.sub("</?mark>", "", client.get("/search?q=smoke").text)
    assert 'class="context wrong"' in client.get(f"/quotes/{engine}").text
    assert '<span class="is-content">the smoke at noon</span>' in client.get(f"/quotes/{smoke}").text


def test_checking_goes_on_at_the_next_that_nobody_has_checked(client: TestClient) -> None:
    page = paste(client)
    number = int(page.rpartition("/")[2])
    ids = re.findall(r'id="q\d+" data-id="(\w+)"', client.get(page).text)

    def onward(quote: int, verdict: str, **fields: str) -> str:
        answer = send(
            client, f"/quotes/{ids[quote - 1]}/verdicts", who="Åsa", document=number, verdict=verdict, **fields
        )
        return str(answer.headers["location"]).rpartition("#")[2]

    assert onward(2, "right") == "q3"
    assert onward(1, "wrong") == "q3"
    assert onward(3, "speaker", speaker="Ida Holm") == "q3"  # to see what came of it
    assert onward(4, "right") == f"q{5 if len(ids) > 4 else 4}"
    for k in range(5, len(ids) + 1):
        onward(k, "right")
    assert onward(1, "right") == "q1"
    told = client.get(
        send(client, f"/quotes/{ids[0]}/verdicts", who="Åsa", document=number, verdict="wrong").headers["location"]
    )
    assert "<strong>Wrong:</strong>" in told.text
    undo = re.search(r'action="/verdicts/(\d+)/undo"', told.text)
    assert undo
    assert send(client, f"/verdicts/{undo[1]}/undo", then=page).headers["location"] == page
    assert "<strong>" not in client.get(f"{page}?said={undo[1]}&of={ids[0]}").text


def test_words_that_were_selected_become_edges_and_quotes(client: TestClient) -> None:
    page = paste(client)
    quote = search(client, q="smoke")[0]["id"]
    at = ARTICLE.index("the smoke")
    send(client, f"/quotes/{quote}/verdicts", verdict="edges", who="Åsa", content="", place=f"{at} {at + 9}")
    assert search(client, q="smoke")[0]["text"] == "the smoke"

    number = page.rpartition("/")[2]
    at = ARTICLE.index("slept for a week")
    fields = {"speaker": "Ida Holm", "cue": "said", "how": "modal", "who": "Åsa"}
    answer = send(client, f"/documents/{number}/quotes", content="slept for a week", place=f"{at} {at + 16}", **fields)
    assert answer.status_code == 303
    [added] = [hit for hit in search(client) if hit["rule"] == "checked.missed"]
    assert (added["text"], added["known_as"], added["cue"], added["modal"]) == (
        "slept for a week",
        "Ida Holm",
        "said",
        True,
    )
    assert ">slept for a week</mark>" in client.get(page).text
    for content, why in (("no such words", "does not have these words"), ("slept for a week", "there already")):
        again = send(client, f"/documents/{number}/quotes", content=content, **fields)
        assert (again.status_code, why in again.text) == (422, True)
        assert f">{content}</textarea>" in again.text


@pytest.mark.parametrize(
    ("parts", "by", "then"),
    [
        ([(5, 10)], (7, 20), [(7, 20)]),
        ([(5, 10), (20, 30)], (8, 25), [(8, 25)]),
        ([(5, 10), (20, 30)], (18, 22), [(5, 10), (18, 22)]),
        ([(5, 10), (20, 30)], (40, 50), [(5, 10), (40, 50)]),
        ([(5, 10), (20, 30)], (0, 2), [(0, 2), (20, 30)]),
    ],
)
def test_selected_words_take_the_place_of_what_they_touch(parts: list[Span], by: Span, then: list[Span]) -> None:
    assert replaced(parts, by) == then


def test_the_check_page(client: TestClient) -> None:
    paste(client, outlet="Harbour Gazette")
    page = client.get("/check").text
    ids = re.findall(r'<li id="quote-(\w+)"', page)
    unsure = [client.get(f"/api/quotes/{id}").json()["confidence"] for id in ids]
    assert unsure == sorted(unsure)
    assert '<p class="around">' in page
    answer = send(client, f"/quotes/{ids[0]}/verdicts", verdict="right", who="Åsa", then="/check?order=new")
    assert answer.headers["location"].startswith("/check?order=new&said=")
    told = client.get(answer.headers["location"]).text
    assert "<strong>Right:</strong>" in told
    assert f'id="quote-{ids[0]}"' not in told
    assert f"1 of {len(ids)} quotes are checked" in told
    assert f'id="quote-{ids[0]}"' in client.get("/check?again_by=Bo").text
    assert "Nothing is left here" in client.get("/check?outlet=Elsewhere").text
    assert client.get("/check?order=loud").status_code == 422
    send(client, f"/quotes/{ids[0]}/verdicts", verdict="wrong", who="Bo")
    agreement = client.get("/check/agreement").text
    assert "Bo and Åsa" in agreement
    assert agreement.count("stands</span>") == 1
    assert client.get(f"/documents/1?at={ids[0]}").headers["location"].startswith("/documents/1#q")


# Out of the desk


def test_lists_are_taken_along(client: TestClient) -> None:
    page = paste(client, title="Ferry", outlet="Harbour Gazette", date="2024-03-04", url="https://gazette.example/1")
    engine, smoke = (search(client, q=word)[0] for word in ("engine", "smoke"))
    send(client, f"/quotes/{engine['id']}/verdicts", verdict="wrong", who="Åsa")
    send(client, f"/quotes/{smoke['id']}/verdicts", verdict="speaker", speaker="Ida Holm", who="Åsa")
    row = client.get("/search.json?q=smoke&speaker=holm").json()[0]
    assert (row["verdict"], row["checked_by"], row["speaker"]) == ("speaker", "Åsa", "Ida Holm")
    assert row["checked_at"]
    assert row["context"] == "The cook, Bo Dahl, told reporters that he had seen the smoke at noon."
    assert row["line"].startswith("Ida Holm told that")
    for path, rows in ((page, len(search(client)) - 1), ("/check", len(search(client)) - 2)):
        answer = client.get(f"{path}.csv")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        table = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
        assert len(table) == rows
        assert table[0]["outlet"] == "Harbour Gazette"
        assert len(client.get(f"{path}.json").json()) == rows
    assert client.get("/search.csv?q=nothingofthekind").content.decode("utf-8-sig").startswith("id,doc_id")
    assert client.get("/documents/9.csv").status_code == 404
    copied = "Ida Holm told that he had seen the smoke at noon (“Ferry”, Harbour Gazette, 2024-03-04, https:"
    for shown in (page, "/search?q=smoke", f"/speakers/{search(client, q='smoke')[0]['speaker_id']}"):
        assert f'data-copy="{copied}' in client.get(shown).text, shown


# What is wrong is put right


def test_documents_and_speakers_are_put_right_and_back(client: TestClient) -> None:
    page = paste(client, title="Ferry", outlet="Harbour Gazette", date="2024-03-04")
    told = client.get(send(client, f"{page}/edit", title="Smoke", outlet="Ledger", who="Åsa").headers["location"]).text
    assert "<h1>Smoke</h1>" in told
    assert "<strong>Done:</strong>" in told
    assert "2024-03-04" not in client.get("/documents?q=smoke&sort=title").text
    assert "None with these words" in client.get("/documents?q=ferry").text

    dahl, holm = (client.get("/api/speakers", params={"name": name}).json()[0]["id"] for name in ("Dahl", "Holm"))
    answer = send(client, f"/speakers/{dahl}/merge", into="Ida Holm", who="Åsa")
    assert answer.headers["location"].startswith(f"/speakers/{holm}?changed=")
    assert search(client, q="smoke")[0]["speaker_id"] == holm
    undo = re.search(r'action="(/changes/\d+/undo)"', client.get(answer.headers["location"]).text)
    assert undo
    send(client, undo[1], who="Bo")
    assert search(client, q="smoke")[0]["speaker_id"] == dahl
    send(client, f"/speakers/{dahl}/rename", name="Bo Dahle", who="Åsa")
    assert "<h1>Bo Dahle</h1>" in client.get(f"/speakers/{dahl}").text
    assert send(client, f"/speakers/{dahl}/merge", into="Nobody of that name", who="Åsa").status_code == 409

    assert send(client, f"{page}/remove", who="Åsa").headers["location"].startswith("/documents?changed=")
    assert client.get(page).status_code == 404
    listed = client.get("/changes").text
    assert "undone by" in listed
    send(client, re.findall(r"/changes/\d+/undo", listed)[0], who="Åsa")
    assert client.get(page).status_code == 200


def test_what_is_said_again(client: TestClient, tmp_path: Path) -> None:
    first = "We will open the crossing to lorries in May, whatever the weather"
    records = [
        said("Ada Lund", first, "a.txt", date="2026-03-01"),
        said("Ada Lund", first.replace("May", "<b>June</b>"), "b.txt", date="2026-05-20"),
        said("Tom Rask", first, "c.txt", date="2026-06-01"),
    ]
    with store.open(str(tmp_path / "quotes.db"), write=True) as db:
        db.add([write(tmp_path / "records.jsonl", records)])
        expected = repeats(db)
    page = client.get("/repeats").text
    assert "Ada Lund</a>, 2 times" in page
    assert "left out: <del>may</del>" in page
    assert "&lt;b&gt;June" in page
    ada = expected[0]["speaker_id"]
    assert f'href="/repeats?speaker_id={ada}"' in client.get(f"/speakers/{ada}").text
    for query in ({}, {"speaker": "Lund"}, {"speaker_id": ada}):
        assert client.get("/api/repeats", params=query).json() == expected
        assert ", 2 times" in client.get("/repeats", params=query).text
    assert client.get("/api/repeats", params={"offset": 1}).json() == []
    for query in ({"speaker": "Rask"}, {"since": "2026-04-01"}, {"speaker_id": 99}):
        assert client.get("/api/repeats", params=query).json() == []
        assert "Nothing said again" in client.get("/repeats", params=query).text


def test_it_is_told_where_the_last_of_many_were_counted(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    paste(client)
    assert client.get("/api/search?facets=true").json()["counted"] is None
    assert "Counted over" not in client.get("/search").text
    monkeypatch.setattr("quotes.store.search.COUNTED", 2)
    assert client.get("/api/search?facets=true&q=the").json()["counted"] == 2
    assert "Counted over the 2 that were added last." in client.get("/search?q=the").text
    assert "Counted over the 2 newest." in client.get("/search").text


def test_what_is_called_wrong_is_counted_nowhere(client: TestClient) -> None:
    page = paste(client, outlet="Harbour Gazette")
    [quote, *_] = search(client, q="smoke")
    before = {one["value"]: one["count"] for one in client.get("/api/search?facets=true").json()["facets"]["outlet"]}
    many = before["Harbour Gazette"]
    send(client, f"/quotes/{quote['id']}/verdicts", verdict="wrong", who="Åsa")
    found = client.get("/api/search?facets=true").json()
    assert (found["total"], found["wrong"]) == (many, 1)
    for facet in ("outlet", "act"):
        assert sum(one["count"] for one in found["facets"][facet]) == many - 1
    [listed] = client.get("/api/documents").json()
    assert (listed["quotes"], listed["wrong"]) == (many - 1, 1)
    for path in ("/search", "/documents", "/"):
        assert f"{many - 1}{' quotes' * (path != '/documents')}, 1 wrong" in client.get(path).text, path
    assert f"{many - 1} quotes" in client.get(page).text


def test_every_list_tells_what_was_denied_planned_or_asked(client: TestClient) -> None:
    """A quote that was not plainly stated is never shown as if it were: each list has its cue and its flag."""
    paste(client, "Ada Lund did not say that the bridge was closed.\n\nTom Rask may say that the ferry is full.\n\n"
                  "Eva Berg asked whether the road was open.\n", outlet="Harbour Gazette")  # fmt: skip
    found = {flag: search(client, **{flag: True}) for flag in ("negated", "modal", "question")}
    told = {"negated": "did NOT say", "modal": "may say", "question": "asked"}
    words = {"negated": "denied", "modal": "possible or planned", "question": "asked"}
    for flag, hits in found.items():
        assert hits, flag
        hit = hits[0]
        for path in ("/search", "/check", f"/speakers/{hit['speaker_id']}", f"/documents/{hit['document']}"):
            page = client.get(path).text
            shown = page.partition(f'quote-{hit["id"]}"')[2].partition("</li>")[0] if "/documents" not in path else page
            assert told[flag] in shown, (flag, path)
            assert (FLAGS[flag].capitalize() if "/documents" in path else f">{words[flag]}</span>") in shown, (
                flag,
                path,
            )
        assert f", {words[flag]}" in client.get(f"/quotes/{hit['id']}").text
        one = client.get(f"/api/quotes/{hit['id']}").json()
        assert (one["cue"], one[flag], one["record"]["cue"][flag]) == (hit["cue"], True, True)
        [waits] = (one for one in client.get("/api/check").json()["quotes"] if one["id"] == hit["id"])
        assert (waits["cue"], waits[flag]) == (hit["cue"], True)
        for path in ("/search", "/check", f"/documents/{hit['document']}"):
            rows = {row["id"]: row for row in client.get(f"{path}.json").json()}
            assert (rows[hit["id"]]["cue"], rows[hit["id"]][flag]) == (hit["cue"], True), path
            assert told[flag] in rows[hit["id"]]["line"], path
            table = csv.DictReader(client.get(f"{path}.csv").content.decode("utf-8-sig").splitlines())
            assert [row[flag] for row in table if row["id"] == hit["id"]] == ["true"], path
