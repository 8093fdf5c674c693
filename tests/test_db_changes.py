"""``quotes db`` and the API put right what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from storing import reading_here, said, write
from typer.testing import CliRunner

from quotes.cli import app
from quotes.store import open as opened

BRIDGE = "The harbour bridge will cost us more trade than we thought"
PILOTS = "Nobody asked the pilots before the tide tables were printed"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    records = [
        said("Bill Dahl", BRIDGE, "a.txt"),
        said("William Dahl", PILOTS, "b.txt"),
        said("Eva Berg", "No", "c.txt"),
    ]
    with opened("quotes.db", make=True) as store:
        store.add([write("quotes.jsonl", records)])
    return "quotes.db"


def run(*args: str, status: int = 0) -> tuple[str, str]:
    result = CliRunner().invoke(app, ["db", *args], catch_exceptions=False)
    assert result.exit_code == status, result.output
    return result.stdout.strip(), result.stderr.strip()


def test_a_change_prints_its_number_and_is_undone_by_it(database: str) -> None:
    assert run("edit", database, "a.txt", "--outlet", "The Post", "--who", "Åsa") == (
        "1",
        "quotes: a.txt: outlet: none → The Post",
    )
    assert run("remove", database, "a.txt", "3", "--who", "Åsa")[0].split() == ["2", "3"]
    assert run("documents", database, "--format", "csv")[0].splitlines()[1:] == ["2,b.txt,b.txt,,,0,1"]
    assert run("undo", database, "2", "--who", "Åsa")[1] == "quotes: change 2 is undone"
    assert run("documents", database, "post", "--format", "csv")[0].splitlines()[1:] == ["1,a.txt,a.txt,The Post,,0,1"]
    assert '"line": "c.txt removed, with 1 quote"' in run("changes", database)[0]


def test_a_list_of_merges_is_applied_as_often_as_one_likes(database: str) -> None:
    Path("merges.csv").write_text("speaker,into\nBill Dahl,William Dahl\nBo Dahl,William Dahl\n", encoding="utf-8")
    out, error = run("merge", database, "--list", "merges.csv", "--who", "Åsa", status=1)
    assert (out, error.splitlines()[-1]) == ("1", "quotes: merges.csv:3: no speaker is called 'Bo Dahl'")
    assert run("merge", database, "--list", "merges.csv", "--who", "Åsa", status=1)[0] == ""
    assert '"quotes": 2' in run("speakers", database, "Bill")[0]
    assert run("split", database, "William Dahl", "--name", "Bill Dahl", "--who", "Åsa")[0] == "2"
    assert run("rename", database, "Eva Berg", "Eva Berg-Moe", "--who", "Åsa")[0] == "3"


def test_a_list_of_speakers_is_a_list_of_merges(database: str) -> None:
    Path("people.csv").write_text("id,name,aliases\nQ1,William Dahl,Bill Dahl;Will Dahl\n", encoding="utf-8")
    assert run("merge", database, "--list", "people.csv", "--who", "Åsa")[0] == "1"
    assert run("merge", database, "--list", "people.csv", "--who", "Åsa")[0] == ""


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (("edit", "quotes.db", "a.txt"), "nothing to change: name --title, --author, --date, --outlet or --url"),
        (("remove", "quotes.db", "gone.txt"), "gone.txt: no such document; quotes db documents lists them"),
        (("merge", "quotes.db", "Bill Dahl"), "name speakers and --into one, or give a --list"),
        (("merge", "quotes.db", "--list", "gone.csv"), "gone.csv: No such file or directory"),
        (
            ("merge", "quotes.db", "--list", "quotes.jsonl"),
            "quotes.jsonl: the first line names the columns: speaker,into or name,aliases",
        ),
        (("split", "quotes.db", "Bill Dahl"), "say which quotes: --name or --document"),
        (
            ("documents", "quotes.db", "--sort", "size"),
            "--sort takes one of added, date, title, outlet, quotes, not 'size'",
        ),
        (("rename", "quotes.db", "Bo", "Bob"), "no speaker is called 'Bo'"),
        (("undo", "quotes.db", "9"), "change 9 does not stand: there is none, or it was undone"),
    ],
)
def test_what_can_not_be_is_one_line(database: str, args: tuple[str, ...], line: str) -> None:
    assert run(*args, status=2)[1] == f"quotes: {line}"


def test_the_api_puts_right(database: str) -> None:
    from starlette.testclient import TestClient

    from quotes.web.app import application

    client = TestClient(application(database, read=reading_here(), hosts=("*",)))
    assert client.patch("/api/documents/1", json={"who": "Åsa", "date": "2024-01-31"}).json() == {"id": 1}
    assert client.get("/api/documents", params={"sort": "date"}).json()[0]["date"] == "2024-01-31"
    assert client.post("/api/documents/3/removal", json={"who": "Åsa"}).json() == {"id": 2}
    assert client.get("/api/documents/3").status_code == 404
    assert client.post("/api/changes/2/undo", json={"who": "Eva"}).status_code == 204
    assert client.post("/api/changes/2/undo", json={"who": "Eva"}).status_code == 409
    assert client.post("/api/speakers/1/merge", json={"who": "Åsa", "into": 2}).json() == {"id": 3}
    one = client.get("/api/speakers/1").json()
    assert (one["id"], one["merged"]) == (2, [{"id": 1, "name": "Bill Dahl"}])
    assert client.post("/api/speakers/1/split", json={"who": "Åsa", "documents": [1]}).json() == {"id": 4, "speaker": 4}
    assert client.patch("/api/speakers/99", json={"who": "Åsa", "name": "Eva"}).status_code == 404
    assert client.patch("/api/documents/1", json={"who": "Åsa", "date": "31.1."}).status_code == 422
    assert [one["what"] for one in client.get("/api/changes").json()] == ["split", "merge", "remove", "edit"]
