"""Records in other programs' formats, opened by readers that aren't ours; every one finds the same quotes."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hostile
import pytest
from typer.testing import CliRunner

from quotes.cli import app
from quotes.extractor import Extractor
from quotes.records import to_line
from quotes.write.quoted import whole
from quotes.write.schemaorg import is_statement

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
Record = dict[str, Any]


@pytest.fixture(scope="session")
def real() -> list[Record]:
    """What extract finds in some articles, of all acts and nested ones too."""
    texts = {name: (FIXTURES / name).read_text("utf-8") for name in ("summit.txt", "court.txt", "tweets.txt")}
    found = Extractor(acts=("speech", "writing", "thought", "attitude", "document"), nested=True).pipe(
        [(text, name) for name, text in texts.items()], as_tuples=True
    )
    meta = {
        "title": "A & B",
        "url": "https://example.org/a?b=c",
        "date": "2024-05-06",
        "outlet": "Gazette",
        "author": None,
    }
    rows = [(quote.to_json(), name) for quotes, name in found for quote in quotes]
    about = {"court.txt": meta}
    return [json.loads(row) | {"doc_text": texts[name], "meta": about.get(name)} for row, name in rows]


@pytest.fixture(scope="session", params=["real", "hostile"])
def records(request: pytest.FixtureRequest, real: list[Record]) -> list[Record]:
    """As they are in the file that is exported."""
    return real if request.param == "real" else [json.loads(to_line(row)) for row in hostile.records()]


@pytest.fixture(scope="session")
def exported(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The records in a format, each made once."""
    folder = tmp_path_factory.mktemp("export")
    source = folder / "quotes.jsonl"
    source.write_text("".join(f"{to_line(row)}\n" for row in records), encoding="utf-8")

    def export(format: str) -> Path:
        out = folder / f"out.{format}"
        if not out.exists():
            result = CliRunner().invoke(app, ["export", str(source), "--format", format, "-o", str(out)])
            assert result.exit_code == 0, result.output
        return out

    return export


@pytest.fixture
def expected(records: list[Record]) -> list[Record]:
    """The records without lone surrogates, which no file of UTF-8 holds."""
    return [whole(row) for row in records]


Export = Callable[[str], Path]


def by_document(expected: list[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in expected:
        found.setdefault(row["doc_id"], []).append(row)
    return found


# CSV and Parquet: pandas


def test_csv(exported: Export, expected: list[Record]) -> None:
    import pandas

    rows = pandas.read_csv(exported("csv"), keep_default_na=False, dtype=str)
    assert len(rows) == len(expected)
    assert exported("csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    control = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
    for row, record in zip(rows.to_dict("records"), expected, strict=True):
        assert row["id"] == record["id"]
        assert row["text"].removeprefix("'") == control.sub("\ufffd", record["text"])
        assert (int(row["start"]), int(row["end"])) == (record["content"][0]["start"], record["content"][-1]["end"])
        assert [part["start"] for part in record["content"]] == [int(p.split()[0]) for p in row["parts"].split(";")]
        speaker = record["speaker"] or {}
        assert row["speaker"].removeprefix("'") == control.sub("\ufffd", speaker.get("name") or "")
        assert row["negated"] == (str(record["cue"].get("negated", False)).lower() if record["cue"] else "")
        assert row["title"].removeprefix("'") == ((record["meta"] or {}).get("title") or "")


def test_csv_has_no_formula(exported: Export) -> None:
    import csv

    with exported("csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@]|[\t\r\n]", cell)]


def test_parquet(exported: Export, expected: list[Record]) -> None:
    import pandas
    import pyarrow.parquet

    from quotes.write import arrow

    frame = pandas.read_parquet(exported("parquet"))
    assert list(frame["id"]) == [row["id"] for row in expected]
    assert list(frame["text"]) == [row["text"] for row in expected]
    rows = pyarrow.parquet.read_table(exported("parquet")).to_pylist()
    assert [arrow.record(row)["meta"] for row in rows] == [row["meta"] for row in expected]
    assert [[part["start"] for part in row["content"]] for row in rows] == [
        [part["start"] for part in row["content"]] for row in expected
    ]


# Annotation tools: Label Studio's own package, a reader of brat's files, and quotes evaluate


def test_labelstudio(exported: Export, expected: list[Record]) -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface")
    from quotes.write.labelstudio import CONFIG

    tasks = json.loads(exported("labelstudio").read_bytes())
    checker = interface.LabelInterface(CONFIG)
    checker.validate()
    assert [task["data"]["doc_id"] for task in tasks] == list(by_document(expected))
    for task, rows in zip(tasks, by_document(expected).values(), strict=True):
        [prediction] = task["predictions"]
        assert checker.validate_task({"data": task["data"]})
        assert checker.validate_prediction(prediction, return_errors=True) == []
        regions = [item for item in prediction["result"] if item["type"] == "labels"]
        ids = {item["id"] for item in regions}
        assert len(ids) == len(regions)
        for value in (item["value"] for item in regions):
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        assert sum(re.fullmatch(r"q\d+-1", id) is not None for id in ids) == len(rows)
        relations = [item for item in prediction["result"] if item["type"] == "relation"]
        assert {id for item in relations for id in (item["from_id"], item["to_id"])} <= ids
        assert 0 <= prediction["score"] <= 1


def test_brat_by_another_reader(exported: Export, expected: list[Record]) -> None:
    from bioc import brat

    events = 0
    for ann in exported("brat").glob("*.ann"):
        with ann.with_suffix(".txt").open(encoding="utf-8") as text, ann.open(encoding="utf-8") as lines:
            document = brat.load(text, lines)
        events += len(document.events)
        entities = {entity.id: entity for entity in document.entities}
        for entity in entities.values():
            spans = sorted(entity.locations)
            assert " ".join(document.text[span.begin : span.end] for span in spans) == entity.text
        for event in document.events:
            assert entities[event.arguments["Content"]].type == "Content"
            assert entities[event.trigger_id].type == "Attribution"
    assert events == len(expected)


def test_brat_and_back(exported: Export, records: list[Record], tmp_path: Path) -> None:
    folder = exported("brat")
    assert len(list(folder.glob("*.ann"))) == len(by_document(records))
    if any(row["doc_id"].startswith(".") for row in records):
        return  # names of files are not those of documents
    predicted = tmp_path / "quotes.jsonl"
    predicted.write_text("".join(f"{to_line(row)}\n" for row in records), encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(folder), "--predicted", str(predicted), "--json"])
    figures = json.loads(result.stdout)
    assert (result.exit_code, figures["gold"], figures["predicted"]) == (0, len(records), len(records))
    assert {figures[key]["f1"] for key in ("found", "exact", "who_what", "tokens")} == {1.0}
    assert figures["source_exact"] == 1.0


# JSON-LD: pyld, which has the contexts from packages or from here, never from the network


def expand(path: Path, contexts: dict[str, Any]) -> list[dict[str, Any]]:
    from pyld import jsonld

    def load(url: str, options: Any) -> dict[str, Any]:
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": contexts[url]}

    found: list[dict[str, Any]] = jsonld.expand(
        json.loads(path.read_bytes()), {"documentLoader": load, "base": "https://here.example/marks.json"}
    )
    return found


OA = "http://www.w3.org/ns/oa#"
RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
ANNO = {  # what http://www.w3.org/ns/anno.jsonld says of the terms used (Web Annotation Vocabulary, appendix A)
    "@context": {
        "oa": OA,
        "dc": "http://purl.org/dc/elements/1.1/",
        "id": {"@type": "@id", "@id": "@id"},
        "type": {"@type": "@id", "@id": "@type"},
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
        "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
        "body": {"@type": "@id", "@id": "oa:hasBody"},
        "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
        "format": "dc:format",
        **{key: f"oa:{key}" for key in ("exact", "prefix", "suffix", "start", "end")},
        **{kind: f"oa:{kind}" for kind in ("Annotation", "TextualBody", "SpecificResource")},
        **{kind: f"oa:{kind}" for kind in ("TextPositionSelector", "TextQuoteSelector")},
        **{why: f"oa:{why}" for why in ("identifying", "describing", "tagging", "assessing")},
    }
}


def test_webannotation(exported: Export, expected: list[Record]) -> None:
    found = expand(exported("webannotation"), {"http://www.w3.org/ns/anno.jsonld": ANNO})
    assert [node["@id"] for node in found] == [f"urn:quotes:{row['id']}" for row in expected]
    for node, row in zip(found, expected, strict=True):
        assert set(node) == {"@id", "@type", f"{OA}motivatedBy", f"{OA}hasBody", f"{OA}hasTarget"}
        assert node["@type"] == [f"{OA}Annotation"]
        names = [
            body[RDF_VALUE][0]["@value"]
            for body in node[f"{OA}hasBody"]
            if body[f"{OA}hasPurpose"] == [{"@id": f"{OA}identifying"}]
        ]
        assert names == ([row["speaker"]["name"]] if row["speaker"] and row["speaker"]["name"] else [])
        for target, part in zip(node[f"{OA}hasTarget"], row["content"], strict=True):
            assert target[f"{OA}hasSource"][0]["@id"].startswith("https://")
            position, words = target[f"{OA}hasSelector"]
            assert position["@type"] == [f"{OA}TextPositionSelector"]
            start, end = (position[f"{OA}{key}"][0]["@value"] for key in ("start", "end"))
            assert row["doc_text"][start:end] == part["text"]
            prefix, exact, suffix = (words[f"{OA}{key}"][0]["@value"] for key in ("prefix", "exact", "suffix"))
            around = row["doc_text"][max(0, start - len(prefix)) : end + len(suffix)]
            assert (prefix + exact + suffix, exact) == (around, part["text"])


SCHEMA = "http://schema.org/"


def test_schemaorg(exported: Export, expected: list[Record]) -> None:
    rocrate = pytest.importorskip("rocrate")
    data = Path(rocrate.__file__).parent / "data"
    context = json.loads((data / "ro-crate.jsonld").read_bytes())
    vocabulary = {
        term["@id"].replace("schema:", SCHEMA): term
        for term in json.loads((data / "schema.jsonld").read_bytes())["@graph"]
    }
    found = expand(exported("schemaorg"), {"https://schema.org": context})
    articles = [node for node in found if node["@type"] == [f"{SCHEMA}Article"]]
    statements = [node for node in found if node not in articles]
    rows = [row for row in expected if is_statement(with_flags(row))]
    assert [node[f"{SCHEMA}identifier"][0]["@value"] for node in statements] == [row["id"] for row in rows]
    assert sum(f"{SCHEMA}Quotation" in node["@type"] for node in statements) == sum(r["type"] == "direct" for r in rows)
    works = {node["@id"] for node in articles}
    for node, row in zip(statements, rows, strict=True):
        assert node[f"{SCHEMA}text"] == [{"@value": row["text"]}]
        assert {place["@id"] for place in node.get(f"{SCHEMA}appearance", [])} <= works
        names = [agent[f"{SCHEMA}name"][0]["@value"] for agent in node.get(f"{SCHEMA}creator", [])]
        speaker = row["speaker"] or {}
        known = speaker.get("name") and speaker["kind"] != "document"
        assert names == ((speaker.get("members") or [speaker["name"]]) if known else [])
    for node in found:
        kinds = {above for kind in node["@type"] for above in lineage(vocabulary, kind)}
        for name in node.keys() - {"@id", "@type"}:
            assert kinds & set(refs(vocabulary[name]["schema:domainIncludes"])), f"{name} is not of {node['@type']}"


def with_flags(row: Record) -> Record:
    flags = {"negated": False, "modal": False, "question": False}
    return {**row, "cue": row["cue"] and flags | row["cue"]}


def refs(value: Any) -> list[str]:
    return [item["@id"].replace("schema:", SCHEMA) for item in (value if isinstance(value, list) else [value])]


def lineage(vocabulary: dict[str, Any], kind: str) -> Iterator[str]:
    yield kind
    for above in refs(vocabulary[kind].get("rdfs:subClassOf", [])):
        yield from lineage(vocabulary, above)


def test_schemaorg_makes_no_statement_of_what_was_denied_or_asked(real: list[Record]) -> None:
    said = next(row for row in real if row["type"] == "indirect" and row["act"] == "speech" and is_statement(row))
    for flag in ("negated", "modal", "question"):
        assert not is_statement({**said, "cue": {**said["cue"], flag: True}})
    direct = {**said, "type": "direct", "cue": {**said["cue"], "question": True}}
    assert is_statement(direct)
    from quotes.write.schemaorg import statement

    assert statement(direct, "x")["@type"] == "Quotation"


# spaCy


def test_docbin(exported: Export, expected: list[Record]) -> None:
    import spacy
    from spacy.tokens import DocBin

    from quotes.component import QuotesComponent

    docs = list(DocBin().from_disk(exported("docbin")).get_docs(spacy.blank("en").vocab))
    QuotesComponent()  # makes doc._.quotes known, as nlp.add_pipe("quotes") does
    assert sum(len(doc._.quotes) for doc in docs) == len(expected)
    for doc, (doc_id, rows) in zip(docs, by_document(expected).items(), strict=True):
        assert (doc.user_data["doc_id"], doc.text) == (doc_id, rows[0]["doc_text"])
        parts = [(part["start"], part["end"], row["type"], row["id"]) for row in rows for part in row["content"]]
        assert [(s.start_char, s.end_char, s.label_, s.id_) for s in doc.spans["quotes"]] == parts
        assert [quote.id for quote in doc._.quotes] == [row["id"] for row in rows]
        assert [span.text for span in doc.spans["cues"]] == [row["cue"]["text"] for row in rows if row["cue"]]


# TEI: lxml, with the schema of the TEI Consortium

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tei_schema(used: set[str]) -> Any:
    """``tei_all`` less the elements that are not used: what it allows, ``tei_all`` does, and libxml2 takes a minute to
    understand the whole."""
    from lxml import etree

    relaxng = "{http://relaxng.org/ns/structure/1.0}"
    grammar = etree.fromstring(lzma.decompress((HERE / "data" / "tei_all.rng.xz").read_bytes()))
    for definition in grammar.iter(f"{relaxng}define"):
        element = definition.find(f"{relaxng}element")
        if element is not None and element.get("name") not in used:
            definition[:] = [etree.Element(f"{relaxng}notAllowed")]
    return etree.RelaxNG(etree.ElementTree(grammar))


def test_tei(exported: Export, expected: list[Record]) -> None:
    from lxml import etree

    tree = etree.parse(exported("tei"))
    schema = tei_schema({element.tag.removeprefix(TEI) for element in tree.iter()})
    assert schema.validate(tree), schema.error_log
    by_id = {element.get(XML_ID): element for element in tree.iter() if element.get(XML_ID)}
    pointers = [
        p
        for e in tree.iter()
        for name in ("who", "toWhom", "ref", "next", "prev", "ana")
        for p in e.get(name, "").split()
    ]
    assert {pointer[1:] for pointer in pointers} <= by_id.keys()
    documents = tree.findall(f"{TEI}TEI")
    for document, (doc_id, rows) in zip(documents, by_document(expected).items(), strict=True):
        body = document.find(f".//{TEI}body")
        assert "".join(body.itertext()) == NOT_XML.sub("\ufffd", rows[0]["doc_text"])
        assert document.findtext(f".//{TEI}idno[@type='doc_id']") == NOT_XML.sub("\ufffd", doc_id)
        firsts = [said for said in body.iter(f"{TEI}said") if said.get("prev") is None]
        numbered = sorted(firsts, key=lambda said: int(said.get(XML_ID).rpartition("q")[2]))
        for said, row in zip(numbered, rows, strict=True):
            words, piece = "", said
            while piece is not None:
                words += "".join(piece.itertext())
                piece = by_id.get(piece.get("next", "#")[1:])
            assert words == NOT_XML.sub("\ufffd", "".join(part["text"] for part in row["content"]))
            assert said.get("direct") == str(row["type"] == "direct").lower()
            name = (row["speaker"] or {}).get("name")
            assert (said.get("who") is None) == (not name)
            if name:
                assert by_id[said.get("who")[1:]][0].text == NOT_XML.sub("\ufffd", name)
            if row["addressee"]:
                assert "".join(by_id[said.get("toWhom")[1:]].itertext()) == row["addressee"]["text"]
