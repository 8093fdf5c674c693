"""A quote in one line for lists: who, the act as it was done or not done, and the content.

    Ada Lund did NOT recommend that charges be brought
    The mayor asked whether the bridge would be closed
    Officials may say: the plan failed

The content alone would show as said what was denied, planned or asked. A cue has no auxiliaries ("recommend"), so they
are read from the text where it is at hand; where it is not, the cue's flags tell, in words of ours.
"""

from __future__ import annotations

import re
from functools import cache

from quotes.lexicon import table, words
from quotes.lexicon.cues import cue as entry
from quotes.records import CueRecord, Record, SpeakerRecord

NO_SOURCE = "(no source named)"
QUESTIONED = "[in a question]"
"""What stands before a cue of which the writer only asks whether it is so."""
ENDING = 3
"""Characters among which a content's own question mark stands, with the marks behind it."""
NEARBY = 80
"""Characters before a cue in which its verb group stands."""
TOKEN = re.compile(r"\w+(?:['’]\w+)*|\S")
CONTRACTED = re.compile(r"n['’]t$", re.IGNORECASE)
"""As in "didn't": the negation, without the word that it hangs on."""


def line(record: Record, text: str | None = None) -> str:
    """A record in one line.

    Args:
        record: the record.
        text: its document's, if at hand.
    """
    before = lead(record, who(record["speaker"]), record["doc_text"] if text is None else text)
    return joined(before, record["text"])


def joined(before: str, content: str) -> str:
    """What ``lead`` gave, and the content after it."""
    return f"{before} {' '.join(content.split())}"


def who(speaker: SpeakerRecord | None) -> str | None:
    """A speaker's name, or the words beside the quote; None where there is neither."""
    if speaker is None:
        return None
    mention = speaker["mention"]
    return speaker["name"] or (mention["text"] if mention else "") or None


def lead(record: Record, speaker: str | None, text: str | None) -> str:
    """What stands before the content.

    Args:
        record: the record.
        speaker: the words for whoever said it.
        text: the document's, or None where it is not at hand.
    """
    said_by, told = " ".join((speaker or NO_SOURCE).split()), act(record, speaker, text)
    if not told:
        return f"{said_by}:"
    if _family(record) == "adjunct":  # According to Ada Lund: …
        return f"{told[:1].upper()}{told[1:-1]} {said_by}:"
    return f"{said_by} {told}"


def act(record: Record, speaker: str | None, text: str | None) -> str:
    """The same without the speaker, for lists that have the name above: "did NOT recommend", "according to:"; "" where
    no word reports. Arguments as ``lead``'s."""
    cue, family = record["cue"], _family(record)
    if cue is None or not any(map(str.isalpha, cue["text"])):  # a colon, a dash
        return ""
    if family == "adjunct":
        return f"{_squeezed(cue)}:"
    if family == "nominal":  # Ada Lund (NO comment): …
        return f"({'NO ' * cue['negated']}{'possible ' * cue['modal']}{_squeezed(cue)}):"
    denied = cue["negated"] and not _is_nobody(speaker)
    # "the minister was told by the clerk" is what the clerk told
    group = None if text is None or (family == "passive" and speaker) else _group(text, cue)
    written = group is not None and _tells(group, cue, denied)
    told = _as_written(group or [], cue) if written else _by_flags(cue, denied)
    if _is_questioned(cue, record["text"]):
        told = f"{QUESTIONED} {told}"
    return f"{told}{'' if _goes_on(cue, record['text']) else ':'}"


def is_told(record: Record) -> bool:
    """Whether the text tells that it was said: not where the writer asks whether it was, or tells that it was not. Who
    denies something, or declines to comment, speaks."""
    cue = record["cue"]
    if cue is None:
        return True
    return not _is_questioned(cue, record["text"]) and (not cue["negated"] or _denies(cue))


def plain(text: str) -> str:
    """A text of the same length in one line, without what a terminal obeys."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def _family(record: Record) -> str:
    return record["rule"].partition(".")[0]


def _squeezed(cue: CueRecord) -> str:
    return " ".join(cue["text"].split())


def _goes_on(cue: CueRecord, content: str) -> bool:
    """Whether a content needs no colon before it: "said that …", "comment on the report"."""
    first = content.split(maxsplit=1)[0].lower()
    return first in words("clause_openers") or (" " in _squeezed(cue) and first[0].isalpha())


def _group(text: str, cue: CueRecord) -> list[str]:
    """The words of the verb group that stand before its cue: "did", "not"; with a cue that is denied or only possible
    also a verb that governs it: "is", "expected", "to"."""
    before = TOKEN.findall(text[max(0, cue["start"] - NEARBY) : cue["start"]])
    group = _auxiliaries(before)
    before = before[: len(before) - len(group)]
    if (cue["negated"] or cue["modal"]) and before[-1:] == ["to"] and len(before) > 1:
        governed = before[-2:] + group
        return _auxiliaries(before[:-2]) + governed
    return group


def _auxiliaries(before: list[str]) -> list[str]:
    """The auxiliaries, negations and adverbs with which some words end, an auxiliary or a negation first."""
    first = len(before)
    for k in range(len(before) - 1, -1, -1):
        if _kind(before[k]):
            first = k
        elif not (before[k].endswith("ly") or before[k] in words("inner_adverbs")):
            break
    return before[first:]


def _kind(word: str) -> str:
    """What a word does in a group of verbs; "" where it is none of one."""
    plain, contracted = CONTRACTED.subn("", word.lower())
    kind, _ = _verb_groups().get(plain, ("", ""))
    return "negation" if contracted and kind else kind


@cache
def _verb_groups() -> dict[str, tuple[str, str]]:
    """For each word of verb_groups.tsv its kind, and the word that it stands for: itself, if it is not contracted."""
    return {row["word"]: (row["kind"], row["full"] or row["word"]) for row in table("verb_groups")}


def _tells(group: list[str], cue: CueRecord, denied: bool) -> bool:
    """Whether a verb group says itself, with its cue, that the act is denied or only possible, if it is."""
    kinds = {_kind(word) for word in group} | ({"negation", "modal"} if "to" in group else set())
    if denied and not _denies(cue) and "negation" not in kinds:
        return False
    return not cue["modal"] or "modal" in kinds or "negation" in kinds


def _denies(cue: CueRecord) -> bool:
    """Whether the cue itself takes the act back: "denied", "declined to"."""
    return entry(cue["lemma"], "V").sense == "denied"


def _is_questioned(cue: CueRecord, content: str) -> bool:
    """Whether the writer asks whether it was said, rather than somebody something: did she say that …?"""
    return cue["question"] and entry(cue["lemma"], "V").sense != "asked" and "?" not in content[-ENDING:]


def _is_nobody(speaker: str | None) -> bool:
    return bool(speaker) and str(speaker).split(maxsplit=1)[0].lower() in words("nobody")


def _as_written(group: list[str], cue: CueRecord) -> str:
    """The group and its cue, what denies it in capitals: "did NOT recommend"."""
    told = []
    for word in group:
        plain, contracted = CONTRACTED.subn("", word)
        _, full = _verb_groups().get(plain.lower(), ("", plain))
        told.append(f"{full} not" if contracted else full)
    shown = " ".join(told)
    if cue["negated"]:
        shown = re.sub(r"\b(not|never)\b", lambda match: match[0].upper(), shown)
    return f"{shown} {_squeezed(cue)}".strip()


def _by_flags(cue: CueRecord, denied: bool) -> str:
    """A cue as its flags have it: "did NOT recommend", "may say"."""
    first, _, rest = _squeezed(cue).partition(" ")
    base = f"{cue['lemma']} {rest}".strip()
    if first[:2].lower() != cue["lemma"][:2]:  # "made a claim", of which the lemma is no verb, and irregular forms
        base = base if not rest else ""
    if denied and not _denies(cue):
        return f"{'may' if cue['modal'] else 'did'} NOT {base}" if base else f"[not] {_squeezed(cue)}"
    if denied and first.lower() == cue["lemma"]:  # "deny": of "they deny", or of "did not deny"?
        return f"did (or did NOT?) {base}"
    if cue["modal"]:
        return f"may {base}" if base else f"[maybe] {_squeezed(cue)}"
    return _squeezed(cue)
