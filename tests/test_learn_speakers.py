"""Gold of who is who, and what is learned from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotes.cli import app
from quotes.learn.antecedents import lessons
from quotes.learn.coreference import chained
from quotes.learn.fits import Who, fits
from quotes.learn.gold import GoldError

CONLLU = """# newdoc id = GUM_news_harbour
# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity
# newpar
# sent_id = 1
# text = Ida Roe said it would n't rain.
1\tIda\tIda\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=(1-person-new-cf1-1-sgl
2\tRoe\tRoe\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_
4\tit\tit\tPRON\tPRP\t_\t7\texpl\t_\t_
5-6\twouldn't\t_\t_\t_\t_\t_\t_\t_\t_
5\twould\twould\tAUX\tMD\t_\t7\taux\t_\t_
6\tn't\tnot\tPART\tRB\t_\t7\tadvmod\t_\t_
7\train\train\tVERB\tVB\t_\t3\tccomp\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar
# sent_id = 2
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv:act-cf1-1-ana)
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""


def test_gums_own_files(tmp_path: Path) -> None:
    path = tmp_path / "GUM_news_harbour.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    (text,) = chained(path)
    assert text.id == "GUM_news_harbour"
    assert text.text == "Ida Roe said it wouldn't rain.\n\nShe left."
    assert [(text.text[m.start : m.end], m.chain, m.kind) for m in text.mentions] == [
        ("Ida Roe", "1", "person"),
        ("She", "1", "person"),
    ]


def test_litbanks_own_files(tmp_path: Path) -> None:
    (tmp_path / "novel_brat.txt").write_text("Ida woke . She sang .", encoding="utf-8")
    path = tmp_path / "novel_brat.ann"
    path.write_text("T1\tIDA-1 0 3\tIda\nT2\tPROP_PER 0 3\tIda\nT3\tIDA-1 11 14\tShe\nR1\tcop Arg1:T1 Arg2:T3\n")
    (text,) = chained(path)
    assert [(text.text[m.start : m.end], m.chain) for m in text.mentions] == [("Ida", "IDA-1"), ("She", "IDA-1")]


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("Ida Roe", True),
        ("Mayor Ida Roe", True),
        ("Roe", False),  # her brother's as well
        ("Ida", False),  # a part that doesn't end the name, and no alias
        ("mayor", False),
        ("Tom Roe", False),
        (None, False),
    ],
)
def test_which_names_fit(given: str | None, right: bool) -> None:
    ida, tom = Who("Ida Roe", ("Mayor Roe", "the mayor")), Who("Tom Roe")
    assert fits(given, ida, [ida, tom]) is right
    assert fits("Roe", ida)


def test_what_tells_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "a", "text": "Nobody.", "quotes": []}\n')
    with pytest.raises(GoldError, match="nothing tells who is meant"):
        lessons([path])
    (tmp_path / "y.tsv").write_text("a\tb\n1\t2\n")
    with pytest.raises(GoldError, match="no table as GAP has it"):
        lessons([tmp_path / "y.tsv"])


ARTICLE = (
    "Ida Roe, the mayor, met Tom Brandt on Monday. She said the harbour would open in May.\n\n"
    "Tom Brandt left early. He said that the ferry was late."
)


@pytest.fixture
def gold(tmp_path: Path) -> list[Path]:
    """An article with its speakers, and the same as chains, many times over."""
    she, he = ARTICLE.index("She"), ARTICLE.index("He ")
    quotes = [
        {"source": [[at, at + len(word)]], "cue": [[cue, cue + 4]], "content": [[cue + 5, end]]}
        for at, word in ((she, "She"), (he, "He"))
        for cue, end in [(ARTICLE.index("said", at), ARTICLE.index(".", at))]
    ]
    who = {
        "0": {"name": "Ida Roe", "aliases": [], "kind": "PERSON", "mention": "pronoun"},
        "1": {"name": "Tom Brandt", "aliases": [], "kind": "PERSON", "mention": "pronoun"},
    }
    names = [(m, c) for m, c in (("Ida Roe", "1"), ("Tom Brandt", "2")) if m in ARTICLE]
    mentions = [[ARTICLE.index(n), ARTICLE.index(n) + len(n), c, "person"] for n, c in names]
    mentions += [[she, she + 3, "1", "person"], [he, he + 2, "2", "person"]]
    rows = {
        "articles": [{"id": f"a{k}", "text": ARTICLE, "quotes": quotes} for k in range(3)],
        "speakers": [{"id": f"a{k}", "speakers": who} for k in range(3)],
        "chains": [{"id": f"c{k}", "text": ARTICLE, "mentions": mentions} for k in range(3)],
    }
    for name, lines in rows.items():
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return [tmp_path / f"{name}.jsonl" for name in rows]


def test_the_same_texts_give_the_same_file(gold: list[Path], tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        asked = ["train-speakers", *map(str, gold), "-o", str(tmp_path / name), "-q"]
        assert CliRunner().invoke(app, asked, catch_exceptions=False).exit_code == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_speakers_are_scored(gold: list[Path]) -> None:
    articles, speakers, chains = map(str, gold)
    for asked in ([articles, "--speakers", speakers], [chains, "--speakers", chains]):
        result = CliRunner().invoke(app, ["evaluate", *asked, "--json"], catch_exceptions=False)
        tallies = json.loads(result.stdout)
        assert tallies["pronoun"]["sources"] == tallies["all"]["sources"] == 6
        assert tallies["all"]["right"] == 6
    table = CliRunner().invoke(app, ["evaluate", articles, "--speakers", speakers]).stdout
    assert "pronoun" in table
    assert "1.000" in table
