"""Web archives: which records are pages, and what is known of them."""

import gzip
import io
import zlib
from pathlib import Path

import pytest
from badinput import PAGE, archive, page, zstd
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from quotes.read import Document, Failure, documents


def write(path: Path, *responses: tuple[str, str, bytes]) -> None:
    """An archive of responses: status, content type, body."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for k, (status, kind, body) in enumerate(responses):
            headers = StatusAndHeaders(status, [("Content-Type", kind)] if kind else [], protocol="HTTP/1.1")
            dated = {"WARC-Date": "2024-05-03T00:00:00Z"}
            record = writer.create_warc_record(
                f"https://news.example/{k}", "response", io.BytesIO(body), http_headers=headers, warc_headers_dict=dated
            )
            writer.write_request_response_pair(request(writer, k), record)


def request(writer: WARCWriter, k: int) -> object:
    headers = StatusAndHeaders("GET / HTTP/1.0", [("Host", "news.example")], is_http_request=True)
    return writer.create_warc_record(f"https://news.example/{k}", "request", http_headers=headers)


def test_pages_are_html_responses_that_succeeded(tmp_path: Path) -> None:
    html = page().encode()
    path = tmp_path / "a.warc.gz"
    write(
        path,
        ("200 OK", "text/html", html),
        ("404 Not Found", "text/html", html),
        ("301 Moved", "text/html", b""),
        ("200 OK", "image/png", b"\x89PNG"),
        ("200 OK", "application/json", b"{}"),
        ("200 OK", "application/xhtml+xml; charset=UTF-8", html),
        ("200 OK", "", html),
        ("200 OK", "", b"no page"),
    )
    found = list(documents([str(path)]))
    assert [(type(item), item.id[-1]) for item in found] == [(Document, "0"), (Document, "5"), (Document, "6")]


def test_the_charset_of_the_server_and_the_day_of_fetching(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    body = page(PAGE.replace("harbour", "Москва")).replace("£", "").encode("cp1251")
    write(path, ("200 OK", 'text/html; charset="windows-1251"', body))
    [found] = documents([str(path)])
    assert isinstance(found, Document)
    assert "The Москва bridge" in found.text
    assert found.meta
    assert (found.meta["url"], found.meta["date"]) == ("https://news.example/0", "2024-05-03")
    assert found.reader == "warc"


def chunked(data: bytes) -> bytes:
    pieces = [data[at : at + 100] for at in range(0, len(data), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""])


def test_bodies_in_chunks_and_compressed_and_those_that_only_say_so(tmp_path: Path) -> None:
    html = page().encode()
    gzipped, bundle = ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")
    path = tmp_path / "a.warc"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        for k, (said, body) in enumerate(
            [
                ([gzipped], gzip.compress(html)),
                ([bundle], chunked(html)),
                ([gzipped, bundle], chunked(gzip.compress(html))),
                ([("Content-Encoding", "deflate")], zlib.compress(html)),
                ([("Content-Encoding", "zstd")], zstd(html)),
                ([gzipped], html),
                ([bundle], html),
                ([("Content-Encoding", "br")], html),
                ([gzipped], b"\x1f\x8b nothing"),
            ]
        ):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *said], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://news.example/{k}", "response", io.BytesIO(body), http_headers=headers
            )
            writer.write_record(record)
    *pages, broken = documents([str(path)])
    assert [item.text for item in pages if isinstance(item, Document)] == [pages[0].text] * 8  # type: ignore[union-attr]
    assert isinstance(broken, Failure)
    assert broken.reason.startswith("a broken response (")


@pytest.mark.parametrize("compress", [True, False])
def test_every_record_after_a_broken_one_is_read(compress: bool, tmp_path: Path) -> None:
    data, begins = archive([page()] * 6, compress)
    for k in (1, 4):
        data = data[: begins[k]] + b"\0" * 40 + data[begins[k] + 40 :]
    path = tmp_path / ("a.warc.gz" if compress else "a.warc")
    path.write_bytes(data)
    found = list(documents([str(path)]))
    assert [item.id[-1] for item in found if isinstance(item, Document)] == ["0", "2", "3", "5"]
    assert [item.reason for item in found if isinstance(item, Failure)] == [
        f"a broken record, after https://news.example/{k}" for k in (0, 3)
    ]


class Piped:
    """In place of standard input."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]


@pytest.mark.parametrize("compress", [True, False])
@pytest.mark.parametrize("more", [5, 150, 400])
def test_an_archive_from_a_pipe_that_breaks_off(compress: bool, more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data, begins = archive([page()] * 4, compress)
    monkeypatch.setattr("sys.stdin", Piped(data))
    assert [item.id[-1] for item in documents(["-"])] == ["0", "1", "2", "3"]
    monkeypatch.setattr("sys.stdin", Piped(data[: begins[2] + more]))
    *pages, broken = documents(["-"])
    assert [item.id[-1] for item in pages if isinstance(item, Document)] == ["0", "1"]
    assert isinstance(broken, Failure)


def test_a_package_that_panics_costs_its_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(*_: object, **__: object) -> None:
        raise PanicException("at their wits' end\nstack: …")

    paths = [str(tmp_path / name) for name in ("a.warc", "b.txt")]
    Path(paths[0]).write_bytes(archive([page()], compress=False)[0])
    Path(paths[1]).write_text("Fine.", encoding="utf-8")
    monkeypatch.setattr("fastwarc.warc.ArchiveIterator", panics)
    broken, fine = documents(paths)
    assert broken == Failure(paths[0], "reading failed (PanicException: at their wits' end)", "warc")
    assert isinstance(fine, Document)


def test_an_archive_that_is_one_gzip_stream(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(archive([page()] * 3, compress=False)[0]))
    assert [type(item) for item in documents([str(path)])] == [Document] * 3


def test_an_archive_that_expands_to_more_than_is_allowed(tmp_path: Path) -> None:
    from quotes.read import Reading

    path = tmp_path / "a.warc.gz"
    path.write_bytes(archive([page()] * 6)[0])
    *_, last = documents([str(path)], Reading(max_expanded=1000))
    assert isinstance(last, Failure)
    assert last.reason.startswith("expands to more than 1 kB;")
