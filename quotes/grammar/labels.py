"""The labels of speakers in transcripts: a grammar of one line's beginning.

    NAME:    NAME, TITLE:    NAME (role):    [02:50] NAME:    NAME: (01:20)    NAME (00:00:10):    >> NAME:    **NAME:**
    Mr ORLO (Highmoor—Minister for Harbours) (15:16):    Mr. KING of North Dakota.    § Mr. Orlo    Q.    A:    (00:10):
    Reporter —    RESPONDENT 12:
    The Minister for Harbours (Mr. ORLO):
    and a name alone on its line, with or without party, firm, role and time: Owen Tredway (Pontarfon) (Lab)

Only the form decides here whether a line may begin with a label; whether a text is a transcript, turns.py says.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from quotes.lexicon import table, words

CharSpan = tuple[int, int]
"""Characters of the text, half-open."""
Form = Literal["colon", "letter", "stop", "section", "line", "time", "dash"]

STAMP = (
    r"[(\[]?(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s)?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
    r"(?:\s?[APap]\.?[Mm]\.?)?[)\]]?"
)
"""A time, with or without a date before it, as exported chats have them."""
LEAD = re.compile(
    rf"\s*(?:(?:>>+|[-–•]|\*\*|__|\#+|\d{{1,3}}\.|{STAMP}(?!\s*:)|\[(?=[A-Z][^\[\]\d\n]{{1,40}}\]:))\s*)*"
)
"""What may stand before a label: marks of a change of speaker, bold type, the number of a question, a time stamp."""
COLON = re.compile(
    r"""(?P<name>[^\n:;!?"“”„«»()\[\]{}<>|,/*=#@%]{1,60}?)
        (?P<more>(?:\s?/\s?[^\n:/,()\[\]"“”]{1,30}|\s*\([^()\n]{1,80}\)|\s*\[[^\[\]\n]{1,40}\]
                   |,\s(?:[^\n:;,"“”?!()\[\]]|,(?!\s)){1,80}){0,6})
        \]?\s?(?:\*\*|__)?:(?:\*\*|__)?(?=\s|$|\()
        (?P<time>\s*[(\[]\d{1,2}:\d\d(?::\d\d)?[)\]])?""",
    re.VERBOSE,
)
"""What may follow the name is cut in one way only: a line of thirty commas could else be cut in a billion."""
LETTER = re.compile(
    r"(?P<name>[QA])(?P<number>\d{1,2})?(?:[.:](?:\*\*|__)?(?=\s)|[^\S\n]{2,}|\t|\s[-–—]\s|(?<=Q)[^\S\n](?=[A-Z]))"
)
STOP = re.compile(
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr|Sen|Hon)\.? |The )?[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,3})"
    r"(?P<more> pro tempore| of [A-Z][a-z]+(?: [A-Z][a-z]+)?)?\.(?=\s+[A-Z“\"])"
)
"""The Congressional Record and plays: Mr. KING of North Dakota. I rise."""
SECTION = re.compile(
    r"§\s*(?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady)\.? [A-Z][\w'’-]+"
    r"|The (?:Prime Minister|Secretary of State|[A-Z][\w-]+))(?P<more> \([^()\n]{1,60}\))?(?=\s+[A-Z])"
)
"""Hansard before 2005: § Mr. Kinnock May I …"""
LINE = re.compile(
    r"(?P<name>[^\n:;!?\"“”„«»()\[\]{}<>|,/*=#@%–—]{2,40}?)(?P<more>(?:\s*\([^()\n]{1,60}\)){0,3}"
    r"(?:\s+(?:--?|[–—])\s+[^\n:;!?\"“”]{2,60}){0,2}|,\s[^\n:;!?\"“”]{2,60})(?:(?<![.!?])|(?<=r\.))"
    r"(?:(?<=[^\W\d])[^\S\n]{1,3}(?P<time>\d{1,2}:\d\d(?::\d\d)?))?(?:\*\*|__)?[^\S\n]*$"
)
"""Seat, party and role may stand on a line of their own."""
DASH = re.compile(
    r"(?P<name>[^\n:;!?\"“”„«»()\[\]{}<>|,/*=#@%–—]{1,40}?)(?P<more>)(?:\s[—–-]\s|\.?\s?[—–]\s?)(?=[^\W\d_])"
)
"""A play or a joke as a paper prints it: Reporter — How did you get in?"""
CHAT = re.compile(r"<(?P<name>[A-Za-z][\w .'’-]{0,30})>(?P<more>)(?=\s+\S)")
TIME = re.compile(r"(?:[(\[]\d{1,2}:\d\d(?::\d\d)?[)\]]:?|\d{1,2}:\d\d:\d\d:?)(?=\s)")
HOLDER = re.compile(r"\s*\((?P<name>[^()\n]+)\)")
"""Who has an office, in brackets behind it."""
TURN_MARK = re.compile(r">>|\d:\d\d|§")

PARTICLES = words("label_particles") | words("name_particles")
SUFFIXES = re.compile(r",\s(?:Jr|Sr|II|III|IV|MP|QC|KC)\.?")
MAX_WORDS = 6
INITIALS = 2
"""Letters of a name's initials, which may be those of a title."""
NO_TITLE = words("no_title")
"""None of these words stands in the title behind a name."""
VERSUS = words("versus")


class Label(NamedTuple):
    """The beginning of a turn."""

    start: int
    """First character of the label, brackets and marks before it included."""
    end: int
    """Where what is said begins."""
    name: CharSpan | None
    """The words that name the speaker, less title behind, role, seat and times; None for a time stamp alone."""
    form: Form
    strong: bool
    """Whether the form alone shows a speaker: a title, capitals, a given name, a voice, a time."""
    key: str
    """The name's last word, folded: the same for JANE DOE, ANCHOR and DOE."""
    text: str
    """The name."""


def label(text: str, start: int, end: int) -> Label | None:
    """The label that a line begins with, if it begins with one.

    Args:
        text: the document.
        start: where the line begins.
        end: where it ends.
    """
    lead = LEAD.match(text, start, end)
    at = lead.end() if lead else start
    timed = lead is not None and bool(TURN_MARK.search(lead[0]))
    if found := LETTER.match(text, at, end):
        return Label(start, found.end(), found.span("name"), "letter", True, found["name"], found["name"])
    if found := SECTION.match(text, at, end):
        return _label(text, start, found, "section", True)
    if found := COLON.match(text, at, end):
        return _label(text, start, found, "colon", timed or bool(found["time"]) or ":" in found["more"])
    if found := CHAT.match(text, at, end):
        name = found["name"]
        if timed:  # a nickname, be it in small letters
            return Label(start, found.end(), found.span("name"), "colon", True, name.casefold(), name)
        return _label(text, start, found, "colon", True)
    if found := STOP.match(text, at, end):
        return _label(text, start, found, "stop", False)
    if found := TIME.match(text, start, end):
        return Label(start, found.end(), None, "time", True, "", "")
    if found := LINE.match(text, at, end):
        return _label(text, start, found, "line", timed or bool(found["time"]))
    found = DASH.match(text, at, end)
    return _label(text, start, found, "dash", timed) if found else None


def _label(text: str, start: int, found: re.Match[str], form: Form, timed: bool) -> Label | None:
    name, more = found["name"].strip(), found["more"] or ""
    if not is_name(name) or not _is_title(more):
        return None
    first = found.start("name") + len(found["name"]) - len(found["name"].lstrip())
    last = first + len(name)
    holder = HOLDER.match(more)
    if holder and name[:4].casefold() == "the " and is_titled(holder["name"]):
        first, last = (found.start("more") + at for at in holder.span("name"))
        name = holder["name"]
    if suffix := SUFFIXES.match(more):
        last = found.start("more") + suffix.end()
    bracketed = "\n" in more or (form == "colon" and more.lstrip()[:1] in ("(", "[", "/"))
    strong = timed or bracketed or _is_strong(name)
    return Label(start, found.end(), (first, last), form, strong, _key(name), name)


def is_name(name: str) -> bool:
    """Whether words may name a speaker by their form: capitals, few of them, none that heads a list or a notice."""
    parts = name.split()
    if not 1 <= len(parts) <= MAX_WORDS or not parts[0][0].isupper():
        return False
    if name.endswith(".") and len(parts[-1]) > 3 and parts[-1] not in PARTICLES:
        return False  # a line that ends as a sentence does
    folded = [part.casefold().strip(".") for part in parts]
    if folded[0] in words("before_voices") and folded[-1] in words("voices"):
        return True  # An opposition member
    if folded[-1] in words("no_speakers") and folded[0] not in _titles():
        return False
    if len(parts) == 1 and folded[0] in _titles() - _roles() and not (name.isupper() and len(name) == INITIALS):
        return False  # Mrs; but MS may be Mara Solano, and Secretary speaks
    for k, part in enumerate(parts):
        numbered = part.isdigit() and k and folded[k - 1] in _roles()
        known = part[0].isupper() or part in PARTICLES or numbered or (k == len(parts) - 1 and part in _roles())
        if not known or folded[k] in VERSUS:
            return False
        if any(c.isdigit() for c in part) and not numbered:
            return False
    return True


def is_titled(name: str) -> bool:
    """Whether a name begins with a title: Mr Brand, Senator Hale."""
    parts = name.split()
    return len(parts) > 1 and parts[0].casefold().strip(".") in _titles()


def is_given(word: str) -> bool:
    """Whether a word is a given name."""
    return word.casefold() in _given_names()


def _is_title(more: str) -> bool:
    """Whether what stands between a name and its colon can be a title, role or seat."""
    return not any(word.strip("(),.").lower() in NO_TITLE for word in more.split()) and len(more.split()) < 14


def _is_strong(name: str) -> bool:
    parts = name.split()
    folded = [part.casefold().strip(".") for part in parts]
    letters = [c for c in name if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return True
    if len(parts) > 1 and (folded[0] in _titles() or folded[0] in _given_names()):
        return True
    last = folded[-2] if folded[-1].isdigit() and len(folded) > 1 else folded[-1]
    return (
        last in words("voices")
        or " ".join(folded) in words("voices")
        or any(len(p) > 2 and p.isupper() for p in parts)
        or (folded[-1].isdigit() and last in _roles())
    )


def _key(name: str) -> str:
    parts = [part.casefold().strip(".,") for part in name.split()]
    return parts[-1] if not parts[-1].isdigit() else " ".join(parts)


@cache
def _roles() -> frozenset[str]:
    """What somebody is, in small letters behind the rest of a label: Audience member, Committee chair."""
    return frozenset(row["role"] for row in table("roles")) | words("voices")


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["title"].strip(".") for row in table("titles"))


@cache
def _given_names() -> frozenset[str]:
    return frozenset(row["name"] for row in table("first_names"))
