"""Words, tags and labels of a language stand in its lexicon and in the grammar, and in no other module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import quotes
from quotes.grammar.language import ENGLISH

PACKAGE = Path(quotes.__file__).parent
STAGES = ("find", "decide", "resolve", "describe", "claims", "grammar", "people")
"""The rooms that look at sentences. The others hold names of formats, columns and options; learn has the lists of the
scorers with which its figures must agree."""
MODULES = sorted(str(path.relative_to(PACKAGE)) for stage in STAGES for path in (PACKAGE / stage).rglob("*.py"))
GRAMMAR = [
    name for name in MODULES if name.startswith(("grammar/", "find/rules/"))
]  # these may name tags and labels: they are what the rules of a language are made of
MANY = 3
"""Words from which a literal set is a word list."""

WORDS_ALLOWED = {
    "describe/acts.py": {"person", "group", "organization"},  # kinds of speakers, keys of the record
    "describe/factuality.py": {"speech", "writing", "thought"},  # acts, keys of the record
    "find/rules/turn.py": {"speech", "writing", "document"},  # acts
    "resolve/pronouns.py": {"organization", "document", "place", "group", "person"},  # kinds of speakers
}
"""Sets of three words or more that are no words of a text, by module."""
TAGS = frozenset().union(
    *(getattr(ENGLISH, name) for name in ("verbs", "finite", "phrase_words", "question_tags", "small", "space"))
)


def sets(tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """The literal sets of a module, and the tuples and lists that something is looked up in: line and strings."""
    for node in ast.walk(tree):
        literals: list[ast.expr] = []
        if isinstance(node, ast.Set):
            literals = [node]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("frozenset", "set"):
            literals = node.args
        elif isinstance(node, ast.Compare):
            literals = [
                operand
                for op, operand in zip(node.ops, node.comparators, strict=True)
                if isinstance(op, (ast.In, ast.NotIn))
            ]
        for literal in literals:
            if isinstance(literal, (ast.Set, ast.Tuple, ast.List)):
                strings = [e.value for e in literal.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
                yield literal.lineno, strings


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The strings of a module that are no docstrings."""
    texts = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in texts:
            yield node.lineno, node.value


def parsed(module: str) -> ast.AST:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES)
def test_no_module_holds_a_word_list(module: str) -> None:
    allowed = WORDS_ALLOWED.get(module, set())
    found = [
        (line, words)
        for line, words in sets(parsed(module))
        if len([w for w in words if w.isalpha() and w.islower() and w not in allowed]) >= MANY
        and not (module in GRAMMAR and set(words) <= LABELS)
    ]
    assert not found, "put them into lexicon/en/word_classes.tsv and ask words(...)"


LABELS = frozenset().union(
    *(value for name in ENGLISH.__slots__ if isinstance(value := getattr(ENGLISH, name), frozenset)),
    ("det", "nummod", "case", "prt", "neg", "intj", "meta", "expl", "csubj", "ROOT", ""),
)
"""Every tag and dependency label that English names."""


@pytest.mark.parametrize("module", [name for name in MODULES if name not in GRAMMAR])
def test_no_module_outside_the_grammar_names_a_tag(module: str) -> None:
    found = [(line, text) for line, text in strings(parsed(module)) if text in TAGS and len(text) > 1]
    assert not found, "give it a name in quotes/grammar/language.py, or ask one of its sets"


def test_the_walk_finds_word_lists_and_tags() -> None:
    tree = ast.parse(
        'A = frozenset(("ago", "later", "earlier"))\nif tag in ("VBZ", "VBD"):\n    pass\nB = {"to", "at"}\n'
    )
    assert [(line, len(words)) for line, words in sorted(sets(tree))] == [(1, 3), (2, 2), (4, 2)]
    assert {text for _, text in strings(tree)} & TAGS == {"VBZ", "VBD"}
