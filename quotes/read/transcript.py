"""Transcripts with times: WebVTT and SRT. A speaker's captions become one paragraph, "NAME: words"."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from quotes.extras import need
from quotes.read.document import NO_TEXT, Document, Reading
from quotes.read.source import Source
from quotes.read.text import whole

TAG = re.compile(r"</?[a-z][^<>]{0,200}>|<\d[\d:.]*>|\{\\[^{}]{0,100}\}", re.I)
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]{1,100})>|</v>")
"""The tag that begins a voice, or the one that ends it."""
NAME = r"[^\W\d_a-z][\w.'’-]*"
LABEL = re.compile(rf"(?:>>+|[-–—])?\s*({NAME}(?: (?:{NAME}|\([^()]{{1,30}}\))){{0,3}}):\s+(?=\S)")
"""A name and a colon that open a line."""
CHANGE = re.compile(r"(?:>>+|[-–—])\s*(?=[^\W_a-z]|[\"'“‘])")
"""What opens the line of a speaker who is not named."""
WORDS_IN_TIME = re.compile(r"<\d+:\d")
"""Captions that were made while somebody spoke: each repeats the line before."""
BROKEN = {"vtt": "no WebVTT file, or a broken one", "srt": "no SRT file, or a broken one"}
ARROW = "-->"
"""Stands once in every caption, between its times, and nowhere else."""
PAUSE = 4.0
"""Seconds of silence that part the paragraphs of a speaker who is not named."""


def read(source: Source, how: Reading) -> Iterator[Document]:
    """The file's text.

    Raises:
        quotes.extras.MissingPackage: webvtt-py is not installed.
        ValueError: it is broken.
    """
    text, note = whole(source)
    if text.strip():
        text, broken = transcript(text, source.format)
        note = "; ".join(filter(None, (note, broken)))
    yield Document(source.path, text, note if text.strip() else NO_TEXT, None, source.format)


def transcript(captions: str, format: str) -> tuple[str, str]:
    """The words of captions, a paragraph for each turn of a speaker, with the name and a colon before them where
    captions tell it; and a note where some are left out, else "".

    Raises:
        ValueError: it is no WebVTT or SRT, whichever the format is.
    """
    found = _parsed(captions, format)
    broken = captions.count(ARROW) - len(found)
    if broken > 0 and not found:
        raise ValueError(BROKEN[format])
    note = f"{broken:,} caption{'s' * (broken > 1)} with broken times left out" if broken > 0 else ""
    return _words(found, rolling=bool(WORDS_IN_TIME.search(captions))), note


def _parsed(captions: str, format: str) -> Sequence[Any]:
    webvtt = need("webvtt", "transcripts")
    if format == "srt":  # of which webvtt-py allows no blanks before or behind the first number
        captions = "\n".join(map(str.rstrip, captions.lstrip().split("\n")))
    try:
        return webvtt.from_buffer(io.StringIO(captions), format=format)  # type: ignore[no-any-return]
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        raise ValueError(BROKEN[format]) from error


def _words(captions: Iterable[Any], rolling: bool) -> str:
    turns = Turns()
    end, last = 0.0, ""
    for caption in captions:
        if _seconds(caption.start_time) - end >= PAUSE:
            turns.pause()
        end = max(end, _seconds(caption.end_time))  # captions may overlap
        for voice, part in _by_voice(caption.raw_text):
            for words in map(_plain, part.split("\n")):
                if words and not (rolling and words == last):
                    turns.add(words, voice)
                last = words or last
    return turns.text()


def _by_voice(caption: str) -> Iterator[tuple[str, str]]:
    """A caption in the parts that its voice tags make, each with the name of its voice, "" where it has none."""
    first, *rest = VOICE.split(caption)
    yield "", first
    for name, part in zip(rest[::2], rest[1::2], strict=True):
        yield _plain(name or ""), part


def _plain(words: str) -> str:
    return html.unescape(TAG.sub("", words)).strip()


def _seconds(time: Any) -> float:
    return float(time.hours * 3600 + time.minutes * 60 + time.seconds + time.milliseconds / 1000)


class Turns:
    """Collects who says what."""

    def __init__(self) -> None:
        self._turns: list[list[str]] = []
        self._voice = ""
        self._named = False

    def add(self, words: str, voice: str) -> None:
        """Words of one line, and the name that a tag gives, "" where none does."""
        if voice:
            if voice != self._voice:
                self._begin(f"{voice}: {words}", named=True)
            else:
                self._turns[-1].append(words)
        elif match := LABEL.match(words):
            self._begin(f"{match[1]}: {words[match.end() :]}", named=True)
        elif match := CHANGE.match(words):
            self._begin(words[match.end() :], named=False)
        elif self._voice or not self._turns:  # not that voice any more
            self._begin(words, named=False)
        else:
            self._turns[-1].append(words)
        self._voice = voice

    def pause(self) -> None:
        """A silence."""
        if not self._named and self._turns:
            self._turns.append([])

    def text(self) -> str:
        """The turns as paragraphs."""
        return "\n\n".join(" ".join(turn) for turn in self._turns if turn) + "\n" * bool(self._turns)

    def _begin(self, words: str, named: bool) -> None:
        self._turns.append([words])
        self._named = named
