"""A user's list of speakers: whom a name means in it, and what is no list."""

import json
import sys
from pathlib import Path

import pytest

from quotes.extractor import Extractor
from quotes.extras import MissingPackage
from quotes.people.forms import compare, form, ratio
from quotes.people.registry import Entry, Registry, RegistryError, read
from quotes.people.speakers import merges, tally
from quotes.records import Quote, Speaker, SpeakerKind

PEOPLE = Registry(
    [
        Entry("bill", "Bill Clinton", ("President Clinton",), "person"),
        Entry("hillary", "Hillary Rodham Clinton", ("Hillary Clinton", "Mrs. Clinton"), "person"),
        Entry("hossein", "Hossein Amir-Abdollahian", (), "person"),
        Entry("volodymyr", "Volodymyr Zelenskyy", ("Zelenskyy",), "person"),
        Entry("george-hw", "George H. W. Bush", (), "person"),
        Entry("george-w", "George W. Bush", (), "person"),
        Entry("rask-a", "Tom Rask", ("the engineer",), "person"),
        Entry("rask-b", "Tom Rask", (), "person"),
        Entry("johnston", "Ben Johnston", (), "person"),
        Entry("who", "World Health Organisation", ("WHO",), "organization"),
        Entry("jordan", "Jordan", (), "place"),
        Entry("erdogan", "Recep Tayyip Erdoğan"),
        Entry("king", "Martin Luther King Jr.", (), "person"),
    ]
)


@pytest.mark.parametrize(
    ("name", "kind", "id", "how"),
    [
        ("Bill Clinton", "person", "bill", "as written"),
        ("Mrs. Clinton", "person", "hillary", "as written"),
        ("Hossein Amirabdollahian", "person", "hossein", "spaces and accents"),
        ("Hossein Amir Abdollahian", "unknown", "hossein", "spaces and accents"),
        ("HILLARY CLINTON", "person", "hillary", "spaces and accents"),
        ("Recep Tayyip Erdogan", "person", "erdogan", "spaces and accents"),
        ("Recep Erdogan", "person", "erdogan", "given name"),
        ("William Clinton", "person", "bill", "given name"),
        ("H. Clinton", "person", "hillary", "given name"),
        ("Volodymyr Zelensky", "person", "volodymyr", "spelling"),
        ("World Health Organization", "organization", "who", "spelling"),
        ("Jordan", "place", "jordan", "as written"),
    ],
)
def test_who_is_in_the_list(name: str, kind: SpeakerKind, id: str, how: str) -> None:
    found = PEOPLE.find(name, kind)
    assert found is not None
    assert (found.entry.id, found.how) == (id, how)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Chelsea Clinton", "person"),
        ("Roger Clinton", "person"),
        ("Clinton", "person"),  # no first name to go by, and not in the list as it stands
        ("M. Clinton", "person"),  # not Mrs.
        ("George Bush", "person"),  # either
        ("Tom Rask", "person"),  # either
        ("Oleksandr Zelensky", "person"),
        ("V. Zelensky", "person"),  # an initial and another spelling: too little
        ("Ben Johnson", "person"),
        ("Jordan", "person"),
        ("Michael Jordan", "person"),
        ("Martin Luther King", "person"),
        ("Martin Luther King III", "person"),
        ("World Wealth Organisation", "organization"),
        ("two officials", "group"),
        ("\ud800\x00", "unknown"),
        ("", "unknown"),
    ],
)
def test_who_is_not(name: str, kind: SpeakerKind) -> None:
    assert PEOPLE.find(name, kind) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Lee", "Ann Alee"),
        ("Paul Smith", "Paula Smith"),
        ("George W. Bush", "George H.W. Bush"),
        ("Dean Martin", "Steve Martin"),
        ("Van Morrison", "Toni Morrison"),
        ("Bert Lodge", "Al Lodge"),  # both short for Albert
        ("Donald Trump", "Donald Trump Jr."),
    ],
)
def test_two_people_with_one_last_name_stay_two(one: str, other: str) -> None:
    assert compare(form(one, "person"), form(other, "person")) is None
    assert compare(form(other, "person"), form(one, "person")) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joanne Rowling", "J.K. Rowling"),
        ("Sir Keir Starmer", "Keir Starmer"),
        ("Abdel Fattah el-Sisi", "Abdel-Fattah al-Sisi"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Mohammed bin Salman", "Mohammed Bin Salman"),
        ('Joe "Tiger" Brandt', "Joe Brandt"),
        ("Lech Wałęsa", "Lech Walesa"),
    ],
)
def test_forms_of_one_name_fit(one: str, other: str) -> None:
    assert compare(form(one, "person"), form(other, "person")) in ("spaces and accents", "given name")


def test_csv_and_json_lines_say_the_same(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text(
        "\ufeffName,ID,aliases,kind,party\r\n"
        '"Lund, Ada",l1,Ada Lund; Mayor  Lund ;,Person,Harbour\r\n'
        "\r\nHarbour Board,7\r\n",
        encoding="utf-8",
    )
    lines = tmp_path / "people.jsonl"
    rows = [
        {"id": "l1", "name": "Lund, Ada", "aliases": ["Ada Lund", "Mayor Lund"], "kind": "person"},
        {"id": 7, "name": "Harbour Board", "aliases": None, "wikidata": "Q1"},
    ]
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for name, kind, id in (("Mayor Lund", "person", "l1"), ("Harbour Board", "organization", "7")):
        for path in (table, lines):
            found = read(path).find(name, kind)
            assert found is not None
            assert found.entry.id == id
    assert read(table).find("Mayor Lund", "person") == read(lines).find("Mayor Lund", "person")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ": no speakers in it; a row needs id and name"),
        ("id,name\n", ": no speakers in it; a row needs id and name"),
        ("id,aliases\n1,Ada", ":1: no column name; the first line names the columns, separated by commas: id,name,"),
        ("id;name\n1;Ada Lund", ":1: no column id and name; the first line names the columns, separated by commas"),
        ("id,name\n1,Ada Lund\n,Tom Rask", ":3: no id; every row needs one"),
        ("id,name\n1,Ada Lund\n\n2,  ", ":4: no name; every row needs one"),
        ("id,name\n1,Lund, Ada", ":2: 3 cells under 2 columns; put what holds a comma in quotation marks"),
        ("id,name\n1,Ada\n1,Tom", ":3: the id '1' is taken, by line 2; give each its own"),
        ("id,name,kind\n1,Ada,human", ":2: no kind is called 'human'; leave it empty, or write one of person, "),
        ('id,name\n1,"Ada', ":2: broken CSV: "),
        ('{"id": 1, "name": "Ada"', ":1: broken JSON: "),
        ('{"id": 1, "name": "Ada"}\n[]', ":2: expected an object with id and name"),
        ('{"id": 1, "name": ["Ada"]}', ":1: name is no string"),
        ('{"id": 1, "name": "Ada", "aliases": "Lund"}', ":1: aliases is no list of strings"),
        ('{"a":' * 100_000, ":1: broken JSON: nested too deep"),
    ],
)
def test_a_broken_list_is_said_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "people"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError) as error:
        read(path)
    assert str(error.value).startswith(f"{path}{message}")
    assert "\n" not in str(error.value)


def test_a_list_that_is_no_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("id,name\n1,Erdoğan".encode("utf-16"))
    with pytest.raises(RegistryError, match="not UTF-8; save it as UTF-8"):
        read(path)


def test_without_rapidfuzz_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz.fuzz", None)
    ratio.cache_clear()
    with pytest.raises(MissingPackage, match=r"pip install \"newsquotes\[speakers\]"):
        Registry([Entry("1", "Ada Lund")])


def test_a_speaker_gains_id_and_evidence() -> None:
    speaker = Speaker(None, "H. Clinton", "person", evidence=("H. Clinton: the full name",))
    linked = PEOPLE.link(speaker)
    line = "in your list: hillary, as Hillary Rodham Clinton (given name)"
    assert (linked.id, linked.evidence) == ("hillary", (*speaker.evidence, line))
    assert PEOPLE.link(Speaker(None, "Bill Clinton", "person")).evidence == ()
    for nobody in (Speaker(None, None), Speaker(None, "Roger Clinton", "person")):
        assert PEOPLE.link(nobody) == nobody


def test_the_extractor_links_every_form_of_a_speaker(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,kind\nlund,Ada Lund,person\n", encoding="utf-8")
    text = "Mayor Ada Lund met reporters. She said the levee held. Kim Lund, a diver, said it leaked."
    quotes = Extractor(speakers=path).extract(text)
    assert [(q.speaker.name, q.speaker.id) for q in quotes if q.speaker] == [("Ada Lund", "lund"), ("Kim Lund", None)]


def test_records_from_before_ids_and_evidence_are_read(extractor: Extractor) -> None:
    [quote] = extractor.extract("Ada Lund said that the bridge will reopen in May.")
    record = quote.to_dict()
    del record["speaker"]["id"], record["speaker"]["evidence"]
    assert Quote.from_dict(record) == quote


# Across documents


def record(doc_id: str, name: str | None, mention: str, kind: str = "person", by: str = "name", id: str | None = None):
    speaker = {"mention": {"start": 0, "end": 1, "text": mention}, "name": name, "kind": kind, "resolved_by": by}
    return {"doc_id": doc_id, "speaker": speaker | ({"id": id} if id else {})}


def names_of(*names: str, kind: str = "person") -> list[dict]:
    return [record(f"{k}.txt", name, name, kind) for k, name in enumerate(names)]


def proposed(*names: str, kind: str = "person") -> list[set[str]]:
    return [{entry.name, *entry.aliases} for entry in merges(tally(names_of(*names, kind=kind)))]


def test_who_spoke_how_often_and_under_which_names() -> None:
    first, second, third = tally(
        [
            record("a.txt", "Ada Lund", "Mayor Ada Lund"),
            record("a.txt", "Ada Lund", "She", by="pronoun"),
            record("b.txt", "Ada Lund", "Ada Lund", kind="unknown"),
            record("b.txt", "Tom Rask", "Rask", id="r"),
            record("c.txt", "Thomas Rask", "Thomas Rask", id="r"),
            record("c.txt", "two officials", "two officials", kind="group", by="description"),
            record("c.txt", None, "He", by="none"),
            {"doc_id": "c.txt", "speaker": None},
        ]
    )
    assert (first.name, first.kind, first.quotes, len(first.documents)) == ("Ada Lund", "person", 3, 2)
    assert first.forms == {"Ada Lund": 2, "Mayor Ada Lund": 1}
    assert (second.id, second.quotes, second.forms) == ("r", 2, {"Rask": 1, "Thomas Rask": 1})
    assert (third.name, third.named) == ("two officials", False)


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (
            ["Amirabdollahian", "Amir-Abdollahian", "Hossein Amir-Abdollahian"],
            [{"Amirabdollahian", "Amir-Abdollahian", "Hossein Amir-Abdollahian"}],
        ),
        (["Bill Clinton", "Hillary Clinton", "Clinton"], []),
        (["Bill Clinton", "Hillary Clinton", "Clinton", "B. Clinton"], [{"Bill Clinton", "B. Clinton"}]),
        (["Samuel Moss", "Samantha Moss", "Sam Moss"], []),
        (
            ["Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelensky"],
            [{"Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelensky"}],
        ),
        (["Tom Rask", "Ada Lund", "Lund", "Rask"], [{"Tom Rask", "Rask"}, {"Ada Lund", "Lund"}]),
        (["Ben Johnson", "Ben Johnston"], []),
    ],
)
def test_merges_are_of_names_that_all_fit_one_another(names: list[str], groups: list[set[str]]) -> None:
    for order in (names, names[::-1]):
        found = proposed(*order)
        assert sorted(map(sorted, found)) == sorted(map(sorted, groups))


def test_merges_of_organisations_and_of_nothing_else() -> None:
    names = ("World Health Organization", "World Health Organisation", "Bank of England", "Bank of Ireland")
    assert proposed(*names, kind="organization") == [set(names[:2])]
    assert proposed(*names, kind="group") == []
    assert merges(tally([*names_of("Lund", kind="organization"), *names_of("Ada Lund")])) == []


def test_own_words_are_no_names_to_merge() -> None:
    rows = [
        record("a.txt", "His spokeswoman", "His spokeswoman", by="description"),
        record("a.txt", "His spokeswoman", "she", by="pronoun"),
        record("b.txt", "spokeswoman", "spokeswoman", by="description"),
        record("b.txt", "Another", "Another", by="description"),
        record("c.txt", "another", "another", by="description"),
    ]
    assert merges(tally(rows)) == []


def test_two_ids_are_never_merged_and_one_is_kept() -> None:
    ids = [record("a.txt", "Tom Rask", "Tom Rask", id="1"), record("b.txt", "T. Rask", "T. Rask", id="2")]
    assert merges(tally(ids)) == []
    [entry] = merges(tally([ids[0], record("c.txt", "Thomas Rask", "Rask")]))
    assert entry == Entry("1", "Tom Rask", ("Thomas Rask",), "person")


def test_proposed_ids_differ() -> None:
    people = tally(names_of("Ada Lund", "A. Lund"))
    firms = tally(names_of("Ada Lund", "ADA Lund", kind="organization"))
    assert [entry.id for entry in merges([*people, *firms])] == ["ada-lund", "ada-lund-2"]


def test_a_name_of_unknown_kind_needs_more_than_a_last_name() -> None:
    people = tally([*names_of("Tom Rask", "Ada Lund"), *names_of("T. Rask", "Lund", kind="unknown")])
    assert merges(people) == [Entry("tom-rask", "Tom Rask", ("T. Rask",), "person")]
    assert merges(tally(names_of("Tom Rask", "T. Rask", kind="unknown"))) == []
