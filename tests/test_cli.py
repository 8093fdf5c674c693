"""The command line, through its runner, and as a process where pipes and signals matter."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import quotes
from quotes import Quote
from quotes.cli import app

NEWS = "The harbour bridge will reopen in May, Mayor Ada Lund said on Monday.\n\n“It took too long,” Lund said.\n"
NESTED = "Ada Lund said that Tom Rask had told her the roof would hold.\n"
ARTICLE = Path(__file__).parents[1] / "fixtures" / "business.txt"
MODEL = Path(quotes.__file__).parent / "decide" / "model.json"
SENTENCE = "Ada Lund said that the bridge will reopen in May."
QUOTES = [sys.executable, "-m", "quotes"]

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a folder that holds news.txt; standard input is empty unless given."""
    monkeypatch.chdir(tmp_path)
    Path("news.txt").write_text(NEWS, encoding="utf-8")

    def run(*args: str, input: str | bytes = "") -> Result:
        return CliRunner().invoke(app, list(args), input=input, catch_exceptions=False)

    return run


def records(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def errors(result: Result) -> list[str]:
    return result.stderr.splitlines()


# Extraction


def test_a_file_gives_a_line_a_quote_in_the_order_of_the_text(run: Run) -> None:
    result = run("extract", "news.txt")
    assert (result.exit_code, errors(result)) == (0, [])
    found = [Quote.from_dict(record) for record in records(result)]
    assert [quote.speaker.mention.text for quote in found if quote.speaker] == ["Mayor Ada Lund", "Lund"]
    assert found[-1].content[0].text == "“It took too long,”"
    assert {quote.doc_id for quote in found} == {"news.txt"}
    for quote in found:
        for span in (*quote.content, quote.cue, quote.speaker and quote.speaker.mention):
            assert span is None or NEWS[span.start : span.end] == span.text


def test_folders_are_searched_in_order_and_other_files_left_alone(run: Run) -> None:
    for name in ("b/2.txt", "b/a/1.TXT", "a.txt", "b/photo.jpg", "b/3.txt"):
        path = Path("in", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NEWS, encoding="utf-8")
    result = run("extract", "in")
    ids = dict.fromkeys(record["doc_id"] for record in records(result))
    assert list(ids) == ["in/a.txt", "in/b/2.txt", "in/b/3.txt", "in/b/a/1.TXT"]


@pytest.mark.parametrize("args", [[], ["-"]])
def test_standard_input(run: Run, args: list[str]) -> None:
    [first, *_] = records(run("extract", *args, input=NEWS))
    assert first["doc_id"] == "-"


def test_the_same_text_gives_the_same_records(run: Run) -> None:
    assert run("extract", "news.txt", "news.txt").stdout == 2 * run("extract", "news.txt").stdout


def test_types_acts_and_confidence_choose(run: Run) -> None:
    every = records(run("extract", "news.txt", "--act", "all"))
    direct = records(run("extract", "news.txt", "--act", "all", "--type", "direct"))
    assert direct == [record for record in every if record["type"] == "direct"] != []
    assert all(r["act"] == "thought" for r in records(run("extract", "news.txt", "--act", "thought")))
    sure = records(run("extract", "news.txt", "--act", "all", "--min-confidence", "1"))
    assert sure == [record for record in every if record["confidence"] == 1]


def test_less_confidence_or_precision_gives_more_quotes(run: Run) -> None:
    Path("news.txt").write_text(ARTICLE.read_text(encoding="utf-8"), encoding="utf-8")
    many, some, few = (
        {record["id"]: record["confidence"] for record in records(run("extract", "news.txt", "--act", "all", *asked))}
        for asked in (["--min-confidence", "0.05"], [], ["--precision", "0.9"])
    )
    assert len(many) > len(some) > len(few) > 0
    assert min(many.values()) < min(some.values()) < min(few.values())


def test_nested_quotes_name_their_parent(run: Run) -> None:
    Path("news.txt").write_text(NESTED, encoding="utf-8")
    [outer] = records(run("extract", "news.txt"))
    same, inner = records(run("extract", "news.txt", "--nested"))
    assert same == outer
    assert (outer["parent"], inner["parent"]) == (None, outer["id"])
    assert (inner["text"], inner["speaker"]["name"]) == ("the roof would hold", "Tom Rask")


def test_speakers_of_a_list_get_their_ids(run: Run) -> None:
    Path("people.csv").write_text("id,name\nlund,Ada Lund\n", encoding="utf-8")
    plain, linked = (records(run("extract", "news.txt", *asked)) for asked in ([], ["--speakers", "people.csv"]))
    assert [record["speaker"]["id"] for record in plain + linked] == [None, None, "lund", "lund"]


def test_evidence_tells_why_a_speaker_has_its_name(run: Run) -> None:
    plain, told = (records(run("extract", "news.txt", *asked)) for asked in ([], ["--evidence"]))
    assert [record["speaker"]["evidence"] for record in plain] == [[], []]
    assert told[1]["speaker"]["evidence"][-2:] == ["named: Ada Lund (1), Lund (1)", "described: Mayor"]
    assert "Ada Lund: " in run("explain", SENTENCE).stdout


@pytest.mark.parametrize("option", ["--speakers", "--weights"])
def test_what_else_is_read_is_not_written_over(run: Run, option: str) -> None:
    Path("own.csv").write_text("id,name\nlund,Ada Lund\n", encoding="utf-8")
    result = run("extract", "news.txt", option, "own.csv", "-o", "own.csv", "--force")
    assert (result.exit_code, errors(result)) == (2, ["quotes: own.csv is among the inputs; write to another file"])
    assert "Lund" in Path("own.csv").read_text(encoding="utf-8")


def test_own_weights(run: Run) -> None:
    Path("own.json").write_text(MODEL.read_text(encoding="utf-8"), encoding="utf-8")
    assert run("extract", "news.txt", "--weights", "own.json").stdout == run("extract", "news.txt").stdout


def test_output_to_a_file(run: Run) -> None:
    expected = run("extract", "news.txt").stdout
    result = run("extract", "news.txt", "-o", "out.jsonl")
    assert (result.stdout, result.stderr) == ("", "")
    assert Path("out.jsonl").read_text(encoding="utf-8") == expected


# Bad input: a line each, the others done


def failed(run: Run, *paths: str) -> list[str]:
    """The error lines of a run over inputs of which all but news.txt fail."""
    result = run("extract", *paths, "news.txt", "--errors", "failed.jsonl")
    assert result.exit_code == 1
    assert {record["doc_id"] for record in records(result)} == {"news.txt"}
    log = [json.loads(line) for line in Path("failed.jsonl").read_text(encoding="utf-8").splitlines()]
    *lines, count = errors(result)
    assert [f"quotes: {row['id']}: {row['reason']}" for row in log] == lines
    assert count == f"quotes: {len(paths)} of {len(paths) + 1} inputs failed"
    return lines


def test_a_missing_path(run: Run) -> None:
    assert failed(run, "nowhere.txt") == ["quotes: nowhere.txt: no such file or directory"]


def test_a_folder_with_no_texts(run: Run) -> None:
    Path("empty").mkdir()
    assert failed(run, "empty") == [
        "quotes: empty: no file in this folder with the ending of a format, such as .txt, .html or .jsonl"
    ]


def test_a_file_that_cannot_be_read(run: Run) -> None:
    Path("loop.txt").symlink_to("loop.txt")
    assert failed(run, "loop.txt") == ["quotes: loop.txt: too many levels of symbolic links"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        b"{\\rtf1\\ansi The bridge is shut.}",
        b"PK\x03\x04",
        b"\x00\x01\x02\x03",
    ],
)
def test_a_binary_file(run: Run, data: bytes) -> None:
    Path("image.txt").write_bytes(data)
    assert failed(run, "image.txt") == ["quotes: image.txt: a binary file, not plain text"]


def test_a_file_that_is_too_large(run: Run) -> None:
    with open("large.txt", "wb") as file:
        file.truncate(50_000_000)
    assert failed(run, "large.txt", "/dev/zero") == [
        "quotes: large.txt: larger than 5 MB, too much for one text; split it",
        "quotes: /dev/zero: larger than 5 MB, too much for one text; split it",
    ]


def test_a_name_with_a_line_break_stays_on_its_line(run: Run) -> None:
    result = run("extract", "no\nsuch\x1b[1mfile", "news.txt")
    assert errors(result)[0] == r"quotes: 'no\nsuch\x1b[1mfile': no such file or directory"


def test_so_does_what_is_said_of_the_names_in_a_file(run: Run) -> None:
    Path("rows.jsonl").write_text(json.dumps({"a\nb\x1b[1m": 1}), encoding="utf-8")
    for command in ("extract", "text"):
        [line] = errors(run(command, "rows.jsonl"))
        assert line.startswith("quotes: rows.jsonl:1: ")
        assert r"only a\nb\x1b[1m; name the right one" in line


def read(run: Run, data: bytes) -> tuple[list[dict], list[str]]:
    """The records and standard error of a run over a file that can be read."""
    Path("odd.txt").write_bytes(data)
    result = run("extract", "odd.txt")
    assert result.exit_code == 0
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    for record in records(result):
        assert all(text[span["start"] : span["end"]] == span["text"] for span in record["content"])
    return records(result), errors(result)


def test_an_empty_file(run: Run) -> None:
    assert read(run, b"") == ([], ["quotes: odd.txt: no text in it"])
    assert read(run, b" \n\n\t") == ([], ["quotes: odd.txt: no text in it"])


def test_quiet_keeps_notes_back_but_not_failures(run: Run) -> None:
    Path("odd.txt").write_bytes(b"")
    result = run("extract", "--quiet", "odd.txt", "gone.txt")
    assert errors(result) == ["quotes: gone.txt: no such file or directory"]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("cp1252", "not UTF-8, read as cp1252"),
        ("utf-16", "read as utf-16-le"),
        ("utf-16-be", "not UTF-8, read as utf_16_be"),
    ],
)
def test_bytes_that_are_not_utf_8(run: Run, encoding: str, note: str) -> None:
    Path("old.txt").write_bytes((NEWS + "It cost £5m, a café owner said.").encode(encoding))
    result = run("extract", "old.txt")
    assert (result.exit_code, errors(result)) == (0, [f"quotes: old.txt: {note}"])
    assert "“It took too long,”" in [record["text"] for record in records(result)]


def test_utf_8_that_is_broken_in_one_place(run: Run) -> None:
    found, said = read(run, NEWS.encode() + b"\xff" + NEWS.encode())
    assert (len(found), said) == (4, ["quotes: odd.txt: broken UTF-8, 1 character replaced by \ufffd"])


def test_lone_surrogates(run: Run) -> None:
    Path("odd.txt").write_bytes("Ada Lund said that it \udc80rains.".encode("utf-8", "surrogatepass"))
    result = run("extract", "odd.txt")
    assert errors(result) == ["quotes: odd.txt: not quite UTF-8, it holds lone surrogates"]
    assert "\udc80" in records(result)[0]["text"]
    assert result.stdout_bytes.decode("utf-8")


def test_a_byte_order_mark_is_no_part_of_the_text(run: Run) -> None:
    found, said = read(run, b"\xef\xbb\xbf" + NEWS.encode())
    assert [(NEWS.find(record["text"]), said) for record in found] == [
        (record["content"][0]["start"], []) for record in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        NEWS.replace("\n", "\r\n"),
        NEWS.replace("bridge", "bri\0dge\x07\x0b"),
        "\u202eقال أحمد\u202c: “نعم”\n\n" + NEWS,
        "\u2028".join(NEWS.split()),
        '"',
    ],
    ids=["crlf", "control", "right-to-left", "line separators", "one mark"],
)
def test_odd_text_is_read_without_a_word(run: Run, text: str) -> None:
    assert read(run, text.encode())[1] == []


@pytest.mark.parametrize("mark", ['"', "“", "”", "'", "``", "\" '"])
def test_a_text_that_is_all_quotation_marks(run: Run, mark: str) -> None:
    assert read(run, mark.encode() * 100_000)[1] == []


def test_a_name_that_is_not_utf_8_stays_valid_json(run: Run) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        Path(name).write_text(NEWS, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    result = run("extract", name)
    result.stdout_bytes.decode("utf-8")
    assert records(result)[0]["doc_id"] == name


# A wrong command line: a line, and status 2


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["news.txt", "--type", "spoken"], "--type knows no 'spoken', only direct, indirect, mixed or all"),
        (["news.txt", "-o", "no/such/folder.jsonl"], "can't write no/such/folder.jsonl: no such file or directory"),
        (["news.txt", "-o", "."], "can't write .: is a directory"),
        (["news.txt", "--errors", "no/errors"], "can't write no/errors: no such file or directory"),
        (["news.txt", "-o", "./news.txt"], "./news.txt is among the inputs; write to another file"),
        ([".", "-o", "news.txt"], "news.txt is among the inputs; write to another file"),
        ([".", "-o", "new.jsonl"], "new.jsonl is among the inputs; write to another file"),
        (["news.txt", "-o", "a.jsonl", "--errors", "./a.jsonl"], "-o and --errors name the same file"),
        (["news.txt", "--resume"], "--resume goes on with a file: give -o FILE, and no --force"),
        (
            ["news.txt", "-o", "a.jsonl", "--resume", "--force"],
            "--resume goes on with a file: give -o FILE, and no --force",
        ),
        (["-", "--engine", "ray"], "--engine ray has no --metadata or --dates, and reads no standard input"),
        (["news.txt", "--precision", "90"], "precision is a share, 0 to 1, not 90"),
        (
            ["news.txt", "--precision", "0.9", "--min-confidence", "0.5"],
            "precision and min_confidence both set the threshold; give one of them",
        ),
        (["news.txt", "--speakers", "none.csv"], "can't read none.csv: no such file or directory"),
        (["news.txt", "--speakers", "."], "can't read .: is a directory"),
        (
            ["news.txt", "--speakers", "news.txt"],
            "news.txt:1: no column id and name; the first line names the columns, separated by commas: "
            "id,name,aliases,kind,wikidata",
        ),
        (["news.txt", "--weights", "none.json"], "can't read 'none.json': no such file or directory"),
        (["news.txt", "--weights", "."], "can't read '.': is a directory"),
        (
            ["news.txt", "--weights", "news.txt"],
            "'news.txt' is no model file for this version of quotes; make one with: quotes train",
        ),
    ],
)
def test_what_can_not_be_done_is_said_before_anything_is_read(run: Run, args: list[str], line: str) -> None:
    result = run("extract", *args)
    assert (result.exit_code, result.stdout, errors(result)) == (2, "", [f"quotes: {line}"])
    assert Path("news.txt").read_text(encoding="utf-8") == NEWS


def test_a_precision_never_reached(run: Run) -> None:
    result = run("extract", "news.txt", "--precision", "1")
    [line] = errors(result)
    assert (result.exit_code, result.stdout) == (2, "")
    assert line.startswith("quotes: a precision of 1 was never reached in cross-validation, at most 0.9")


@pytest.mark.parametrize(
    "weights",
    ["", "[]", "{}", "null", "3", "[" * 100_000, '{"plausible": 3}', "\udcff", "broken", "other features", "no trees"],
)
def test_weights_that_are_none(run: Run, weights: str) -> None:
    text = weights
    if weights in ("broken", "other features", "no trees"):
        model = json.loads(MODEL.read_text(encoding="utf-8"))
        if weights == "broken":
            model["report"]["regression"]["mean"].pop()
        elif weights == "no trees":
            del model["edges"]["trees"]
        else:
            model["edges"]["columns"][0] = "weather"
        text = json.dumps(model)
    Path("own.json").write_text(text, encoding="utf-8", errors="surrogateescape")
    for command in (["extract", "news.txt"], ["evaluate", "gold.jsonl"]):
        Path("gold.jsonl").write_text('{"id": "a", "text": "It rained.", "quotes": []}\n', encoding="utf-8")
        result = run(*command, "--weights", "own.json")
        line = "quotes: 'own.json' is no model file for this version of quotes; make one with: quotes train"
        assert (result.exit_code, result.stdout, errors(result)[-1]) == (2, "", line)


def test_a_missing_model(run: Run) -> None:
    Path("out.jsonl").write_text("kept")
    result = run("extract", "news.txt", "--model", "en_core_web_nowhere", "-o", "out.jsonl")
    [line] = errors(result)
    assert result.exit_code == 2
    assert line.startswith("quotes: model 'en_core_web_nowhere' is not installed (installed: ")
    assert Path("out.jsonl").read_text() == "kept"


def test_unknown_options_and_commands_give_status_2(run: Run) -> None:
    assert run("extract", "--no-such-option").exit_code == 2
    assert run("extrakt").exit_code == 2
    assert run("extract", "news.txt", "--min-confidence", "1.5").exit_code == 2


# The other commands


def test_speakers_counts_and_proposes_a_list_that_extract_reads(run: Run) -> None:
    more = "“It is a start,” T. Rask said on Tuesday.\n"
    texts = {"a.txt": NEWS, "b.txt": more, "c.txt": "Tom Rask said that the roof would hold.\n"}
    for name, text in texts.items():
        Path(name).write_text(text, encoding="utf-8")
    Path("quotes.jsonl").write_text(run("extract", *texts).stdout, encoding="utf-8")
    head, first, *_ = run("speakers", "quotes.jsonl").stdout.splitlines()
    assert head.split() == ["quotes", "documents", "kind", "name", "forms"]
    assert " ".join(first.split()) == "2 1 person Ada Lund Mayor Ada Lund (1), Lund (1)"
    rows = records(run("speakers", "--json", input=Path("quotes.jsonl").read_text(encoding="utf-8")))
    assert [(row["name"], row["quotes"]) for row in rows] == [("Ada Lund", 2), ("T. Rask", 1), ("Tom Rask", 1)]
    table = run("speakers", "quotes.jsonl", "--merges").stdout
    assert table == "id,name,aliases,kind,wikidata\ntom-rask,Tom Rask,T. Rask,person,\n"
    Path("people.csv").write_text(table, encoding="utf-8")
    linked = records(run("extract", *texts, "--speakers", "people.csv"))
    assert [record["speaker"]["id"] for record in linked] == [None, None, "tom-rask", "tom-rask"]


def test_lines_that_are_no_records_are_named_and_left_out(run: Run) -> None:
    [line, _] = run("extract", "news.txt").stdout.splitlines()
    Path("quotes.jsonl").write_bytes(f'{line}\n{{"doc_id": 3}}\n\nquotes\n'.encode() + b"\xff\n" + line.encode())
    result = run("speakers", "quotes.jsonl", "none.jsonl", "--json")
    assert (result.exit_code, [row["quotes"] for row in records(result)]) == (1, [2])
    assert errors(result) == [
        "quotes: quotes.jsonl:2: not a record of quotes extract: expected an object with doc_id and speaker",
        "quotes: quotes.jsonl:4: broken JSON: Expecting value at column 1",
        "quotes: quotes.jsonl:5: not UTF-8",
        "quotes: none.jsonl: no such file or directory",
    ]


def test_speakers_of_nothing(run: Run) -> None:
    assert run("speakers").stdout == "no speakers\n"
    assert run("speakers", "--merges").stdout == "id,name,aliases,kind,wikidata\n"
    assert run("speakers", "--merges", "--json").exit_code == 2


def test_schema_is_that_of_the_records(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    assert list(records(run("extract", "news.txt"))[0]) == list(schema["properties"])


def test_rules_shows_every_rule_with_its_examples(run: Run) -> None:
    from quotes.find.rules import BOOK

    text = run("rules").stdout
    assert all(rule.name in text and rule.about in text for rule in BOOK)
    assert all(f"✓ {example}" in text for rule in BOOK for example in rule.matches)


def test_explain_shows_the_quote_and_the_parse(run: Run) -> None:
    result = run("explain", SENTENCE)
    assert "Ada Lund" in result.stdout
    assert "ROOT" in result.stdout
    assert "no quote found" in run("explain", "").stdout


def test_explain_as_json(run: Run) -> None:
    report = json.loads(run("explain", "--json", SENTENCE).stdout)
    assert [token["text"] for token in report["parse"]] == SENTENCE.replace(".", " .").split()
    assert report["quotes"][0]["speaker"]["mention"]["text"] == "Ada Lund"


@pytest.mark.parametrize("command", ["extract", "speakers", "evaluate", "explain", "schema", "rules"])
def test_help_has_an_example(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert f"  quotes {command} " in result.stdout or f"  quotes {command}\n" in result.stdout


# As a process


def test_starting_imports_nothing_heavy() -> None:
    heavy = {"spacy", "textacy", "sklearn", "numpy", "pydantic", "rich", "charset_normalizer"}
    code = "import sys, quotes, quotes.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert heavy.isdisjoint(loaded.split())


def test_extraction_imports_no_textacy() -> None:
    code = f"import sys, quotes; quotes.extract({NEWS!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert {"textacy", "sklearn", "scipy"}.isdisjoint(loaded.split())


class TestProcess:
    def test_a_closed_pipe_ends_quietly(self, tmp_path: Path) -> None:
        # long enough that it is done before the next input is read
        (tmp_path / "news.txt").write_text(NEWS + " " * 200_000, encoding="utf-8")
        with subprocess.Popen(
            [*QUOTES, "extract", "news.txt", "-"],
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdin
            assert process.stdout
            assert process.stderr
            assert json.loads(process.stdout.readline())["doc_id"] == "news.txt"
            process.stdout.close()
            process.stdin.write(NEWS.encode())
            process.stdin.close()
            assert process.stderr.read() == b""
            assert process.wait() == 0

    def test_ctrl_c_ends_with_130(self) -> None:
        with subprocess.Popen(
            [*QUOTES, "extract", "--errors", "/dev/stdout", "nowhere", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test run in the background ignores it
        ) as process:
            assert process.stdout
            assert process.stderr
            assert b"nowhere" in process.stdout.readline()  # it now waits for standard input
            process.send_signal(signal.SIGINT)
            assert b"Traceback" not in process.stderr.read()
            assert process.wait() == 130

    def test_a_full_disk(self, tmp_path: Path) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("this system has no device that is always full")
        (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
        for args in (["-o", "/dev/full"], []):
            with open("/dev/full", "wb") as full:
                done = subprocess.run(
                    [*QUOTES, "extract", "news.txt", *args], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE
                )
            assert done.returncode == 1
            assert done.stderr == b"quotes: can't write: no space left on device\n"
