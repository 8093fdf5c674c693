"""Wherever quotes are listed, exported or asked for, each says whether it was denied, only possible, or asked."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from storing import marked, reading_here, write
from typer.testing import CliRunner

from quotes import store, view
from quotes.cli import app
from quotes.line import line
from quotes.records import FLAGS, Record
from quotes.store import Search

SENTENCES = (
    "[Ada Lund] did not (recommend) {that charges be brought against the minister}.",
    "[Bo Dahl] may (announce) {that the ferry will be sold}.",
    "The skipper, [Tom Rask], (asked) {whether the bridge would be closed}.",
)
TOLD = {
    "negated": ("recommend", "Ada Lund did NOT recommend that charges be brought"),
    "modal": ("announce", "Bo Dahl may announce that the ferry will be sold"),
    "question": ("asked", "Tom Rask asked whether the bridge would be closed"),
}
"""For each flag the cue of the quote that has it, and how its line begins."""
BADGES = {"negated": "denied", "modal": "possible or planned", "question": "asked"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holds quotes.db and, exported from it, quotes.jsonl."""
    folder = tmp_path_factory.mktemp("told")
    denied = marked(SENTENCES[0], "recommend", negated=True)
    possible = marked(SENTENCES[1], "announce", modal=True, before=denied["doc_text"] + "\n\n")
    asked = marked(SENTENCES[2], "ask", "complement.question", question=True, before=possible["doc_text"] + "\n\n")
    records = [one | {"doc_text": asked["doc_text"]} for one in (denied, possible, asked)]
    path = write(folder / "quotes.jsonl", records)
    with store.open(str(folder / "quotes.db"), make=True) as db:
        db.add([path])
    return folder


@pytest.fixture
def records(folder: Path) -> list[Record]:
    return [json.loads(one) for one in (folder / "quotes.jsonl").read_text().splitlines()]


def command(*args: str) -> str:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, list(args), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def check_rows(rows: list[dict[str, Any]], cue: str = "cue") -> None:
    """Each quote is there with its cue, its flags and its line."""
    for flag, (word, begins) in TOLD.items():
        [row] = [row for row in rows if row[cue] == word]
        assert {name: str(row[name]).lower() in ("true", "1") for name in FLAGS} == {
            name: name == flag for name in FLAGS
        }
        assert row["line"].startswith(begins)


def check_words(pieces: list[str], badges: dict[str, str] | None = None) -> None:
    """Of some texts, one for each quote, each has its line and what stands for its flag."""
    for flag, (_, begins) in TOLD.items():
        [piece] = [piece for piece in pieces if begins in piece]
        for name, badge in (badges or {}).items():
            assert (badge in piece.replace(begins, "")) == (name == flag), piece


# On the command line


def test_a_search_as_a_table(folder: Path) -> None:
    check_words(command("db", "search", str(folder / "quotes.db"), "--format", "table").splitlines())


def test_a_search_as_csv_and_as_json(folder: Path) -> None:
    path = str(folder / "quotes.db")
    check_rows(list(csv.DictReader(io.StringIO(command("db", "search", path, "--format", "csv")))))
    check_rows([json.loads(row) for row in command("db", "search", path, "--format", "jsonl").splitlines()])


@pytest.mark.parametrize("flag", FLAGS)
def test_a_search_by_cue_flag_and_rule(folder: Path, flag: str) -> None:
    path, (cue, _) = str(folder / "quotes.db"), TOLD[flag]
    for options in ([f"--{flag}"], ["--cue", cue], ["--cue", cue.upper(), f"--{flag}"]):
        [row] = map(json.loads, command("db", "search", path, *options, "--format", "jsonl").splitlines())
        assert (row["cue"], row[flag]) == (cue, True)
        assert command("db", "search", path, *options, f"--no-{flag}", "--format", "jsonl").count("\n") in (0, 2)
    assert command("db", "search", path, f"--no-{flag}", "--format", "jsonl").count("\n") == 2
    for rule in (row["rule"], "complement"):
        assert row in map(json.loads, command("db", "search", path, "--rule", rule, "--format", "jsonl").splitlines())
    assert command("db", "search", path, "--rule", "comp", "--format", "jsonl") == ""


def test_facets(folder: Path) -> None:
    with store.open(str(folder / "quotes.db")) as db:
        found = db.search(Search(), facets=True).facets
    assert {one["value"] for one in found["cue"]} == {"recommend", "announce", "ask"}
    assert sum(one["count"] for one in found["rule"]) == 3
    for flag in FLAGS:
        assert [(one["value"], one["label"], one["count"]) for one in found[flag]] == [(0, "no", 2), (1, "yes", 1)]


# Exported


@pytest.mark.parametrize("source", ["quotes.db", "quotes.jsonl"])
def test_exports_as_tables(folder: Path, source: str) -> None:
    path, out = str(folder / source), str(folder / "out")
    command("export", path, "--format", "csv", "-o", out, "--force")
    check_rows(list(csv.DictReader(io.StringIO(Path(out).read_text("utf-8-sig")))))
    parquet = pytest.importorskip("pyarrow.parquet")
    command("export", path, "--format", "parquet", "-o", out, "--force")
    check_rows([{**row["cue"], "line": line(row)} for row in parquet.read_table(out).to_pylist()], cue="text")


def test_export_for_label_studio(folder: Path) -> None:
    [task] = json.loads(command("export", str(folder / "quotes.db"), "--format", "labelstudio"))
    results = task["predictions"][0]["result"]
    check_words(
        [" ".join(one["meta"]["text"]) for one in results if "meta" in one], {flag: f" {flag}" for flag in FLAGS}
    )
    assert {one["value"]["text"] for one in results if one.get("value", {}).get("labels") == ["Cue"]} == {
        cue for cue, _ in TOLD.values()
    }


def test_export_for_brat(folder: Path) -> None:
    command("export", str(folder / "quotes.db"), "--format", "brat", "-o", str(folder / "brat"), "--force")
    [marks] = [path.read_text() for path in (folder / "brat").glob("*.ann")]
    check_words(marks.splitlines())
    for k, (flag, (cue, _)) in enumerate(TOLD.items(), 1):
        assert f"\t{flag.capitalize()} E{k}\n" in marks
        assert re.search(rf"\tCue \d+ \d+\t{cue}\n", marks)


def test_export_as_web_annotations(folder: Path) -> None:
    found = json.loads(command("export", str(folder / "quotes.db"), "--format", "webannotation"))
    check_words([json.dumps(one["body"], ensure_ascii=False) for one in found], {flag: f'"{flag}"' for flag in FLAGS})


def test_export_as_tei(folder: Path) -> None:
    text = command("export", str(folder / "quotes.db"), "--format", "tei")
    for flag, (cue, _) in TOLD.items():
        assert re.search(rf'<said [^>]*ana="[^"]*#{flag}[^>]*>', text)
        assert re.search(rf'<seg [^>]*type="cue">{cue}</seg>', text)


def test_export_as_docbin(folder: Path) -> None:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    command("export", str(folder / "quotes.db"), "--format", "docbin", "-o", str(folder / "out"), "--force")
    [doc] = DocBin().from_bytes((folder / "out").read_bytes()).get_docs(Vocab())
    assert [span.text for span in doc.spans["cues"]] == [cue for cue, _ in TOLD.values()]
    check_rows([{**row["cue"], "line": line(row)} for row in doc.user_data["quotes", "quotes"]], cue="text")


def test_export_as_claims_leaves_out_what_is_none(folder: Path) -> None:
    """Schema.org has no word for what was denied, may be said or was asked in the writer's words."""
    path = str(folder / "quotes.db")
    result = CliRunner().invoke(app, ["export", path, "--format", "schemaorg"], catch_exceptions=False)
    assert json.loads(result.stdout)["@graph"] == []
    assert "quotes left out, for they are no statements (negated, modal, asked, thought): 3" in result.stderr


def test_the_page_of_quotes_view(records: list[Record]) -> None:
    page = view.page(records[0]["doc_text"] or "", records)
    notes = page.split('<article class="note')[1:]
    for note, (flag, (cue, _)) in zip(notes, TOLD.items(), strict=True):
        assert f"“{cue}”" in note
        assert FLAGS[flag].capitalize() in unescape(note)


# At the desk, and in the API


@pytest.fixture
def get(folder: Path) -> Callable[..., Any]:
    client = pytest.importorskip("starlette.testclient")
    from quotes.web.app import application

    desk = client.TestClient(application(folder / "quotes.db", read=reading_here()), base_url="http://127.0.0.1")
    return lambda path: desk.get(path)


def shown(page: str) -> list[str]:
    """The hits of a page, as they read."""
    hits = (hit for hit in re.split(r"<li\b[^>]*>", page) if "lead-in" in hit)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", hit)).split()) for hit in hits]


def test_hits_of_a_search(get: Callable[..., Any]) -> None:
    page = get("/search").text
    check_words(shown(page), BADGES)
    for flag, badge in BADGES.items():
        assert f'href="/search?{flag}=True">{badge}</a>' in page, "to narrow down by"
        found = get(f"/search?{flag}=True").text
        assert [TOLD[flag][1] in hit for hit in shown(found)] == [True]
        assert f"{badge} ×" in found


def test_a_speakers_page(get: Callable[..., Any], folder: Path) -> None:
    for flag in ("negated", "question"):
        [hit] = get(f"/api/search?{flag}=true").json()["quotes"]
        [said] = shown(get(f"/speakers/{hit['speaker_id']}").text)
        assert TOLD[flag][1] in said
        assert BADGES[flag] in said.replace(TOLD[flag][1], "")


def test_a_quotes_page_and_a_documents(get: Callable[..., Any]) -> None:
    document = unescape(get("/documents/1").text)
    for flag, (cue, begins) in TOLD.items():
        [hit] = get(f"/api/search?{flag}=true").json()["quotes"]
        page = unescape(get(f"/quotes/{hit['id']}").text)
        assert f"<title>{begins[:40]}" in page
        assert f"“{cue}”, {BADGES[flag]}" in page
        assert FLAGS[flag].capitalize() in document


def test_the_api(get: Callable[..., Any]) -> None:
    found = get("/api/search?facets=true").json()
    check_rows(found["quotes"])
    assert {one["value"] for one in found["facets"]["negated"]} == {0, 1}
    check_rows([get(f"/api/quotes/{one['id']}").json() for one in found["quotes"]])
    for record in get("/api/documents/1").json()["records"]:
        assert [flag for flag in FLAGS if record["cue"][flag]]
    for path, cue in (("cue=ask", "asked"), ("rule=complement.question", "asked"), ("negated=1", "recommend")):
        assert [one["cue"] for one in get(f"/api/search?{path}").json()["quotes"]] == [cue]


def test_datasette(folder: Path) -> None:
    datasette = pytest.importorskip("datasette.app")
    from quotes.store.metadata import metadata

    path = str(folder / "quotes.db")
    served = datasette.Datasette([path], metadata=metadata(path))

    def rows(path: str) -> list[dict[str, Any]]:
        answer = asyncio.run(served.client.get(path))
        assert answer.status_code == 200, answer.text
        return list(answer.json())

    check_rows(rows("/quotes/quotes.json?_shape=array"))
    check_rows(rows("/quotes/to_check.json?_shape=array"))
    [row] = rows("/quotes/said_about.json?_shape=array&speaker=lund&about=charges")
    assert (row["cue"], row["negated"], row["line"][: len("Ada Lund did NOT")]) == ("recommend", 1, "Ada Lund did NOT")
    page = asyncio.run(served.client.get("/quotes/quotes")).text
    for facet in ("cue_lemma", *FLAGS, "rule"):
        assert f'data-column="{facet}"' in page
