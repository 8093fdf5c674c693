"""Posts of social media that stand in a text: a name, a handle, the words, a date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.find.candidate import Edges, Proposal, Readings
from quotes.find.frame import Frame
from quotes.find.rules.rule import rule
from quotes.grammar.context import NO_QUOTE, Context
from quotes.grammar.phrases import span_head

DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})"
TIME = r"(?:\d{1,2}:\d\d(?:\s?[APap]\.?[Mm]\.?)?(?:\s?[·•,|-]\s?|\s))"
NAME = r"(?P<name>[A-Z][^\n@()·:.!?]{1,40}?)"
HANDLE = r"\(?@\w{2,20}\)?"
WORDS = r"(?P<words>[^\n@][^\n]{3,400}?(?:\n[^\n]{3,400}){0,5}?)"
LINK = r"(?:\s*(?:pic\.twitter\.com/|https?://)\S+)*"
UNDER_NAME = re.compile(
    rf"^{NAME}\s+{HANDLE}(?:\s?[·•]\s?[^\n]{{1,20}})?\n+{WORDS}{LINK}\n+\s*{TIME}?{DAY}", re.MULTILINE
)
SIGNED = re.compile(rf"^{WORDS}{LINK}\s*[—–-]{{1,2}}\s?{NAME} {HANDLE}\s+{DAY}", re.MULTILINE)


def posts(ctx: Context) -> Iterator[re.Match[str]]:
    """The posts of a text."""
    if "@" in ctx.parse.text:
        for form in (UNDER_NAME, SIGNED):
            yield from form.finditer(ctx.parse.text)


@rule(
    "post.embedded",
    on=posts,
    about="a post with its writer's name and handle and its date",
    matches=(
        "He spoke.\n\n[Ravi Nair]\n@ravinair\n{The port will open on Monday.}\n10:42 AM · Mar 4, 2024\n\nNobody came.",
        "{The port will open on Monday.}\n\n— [Ravi Nair] @ravinair March 4, 2024\n\nNobody came.",
        "She wrote again.\n\n[Ann Toft] @anntoft\n{The road is a disgrace.}\n4 May 2023\n\nThe council met.",
    ),
    rejects=("Follow Ravi Nair @ravinair for more.\n\nThe council met on March 4, 2024.",),
    prior=0.9,
    taught=False,
)
def embedded(ctx: Context, post: re.Match[str]) -> Iterator[Proposal]:
    words, name = ctx.tokens(*post.span("words")), ctx.tokens(*post.span("name"))
    if words is None or name is None or ctx.quote_of[words[0]] != NO_QUOTE:
        return
    source = (name, span_head(ctx.parse, name))
    yield Proposal(Frame("post"), None, words[0], "", Readings([Edges("whole", (words,))]), lambda: source)
