"""Which format an input has: by the ending of its name, by its content where there is none or it lies."""

from __future__ import annotations

import json
import re

from quotes.read.encoding import BOMS

ENDINGS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".vtt": "vtt",
    ".srt": "srt",
    ".pdf": "pdf",
    ".docx": "docx",
}
GQG = (".gqg.json", ".gqg.jsonl", ".gqg")
"""Lines of JSON, of which GDELT's names tell more than their last part."""
COMPRESSIONS = (".gz", ".bz2", ".xz", ".zst")

HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^-]*(?:-(?!->)[^-]*)*-->\s*)*<(?:!doctype\s+html|html\b)", re.I)
"""How a page begins. A comment can match in one way only: if in several, thirty of them would take minutes."""
TAG = re.compile(r"<[a-z!/?]", re.I)
SRT = re.compile(r"\s*\d+[ \t]*\r?\n\d+:\d\d:\d\d,\d{3} --> ")
ARRAY = re.compile(r"\s*\[\s*(?:\{|\]|$)")
OBJECT = re.compile(r'\s*\{\s*(?:"|\}|$)')


def ending(name: str) -> str:
    """The format of files that are named so, "" where the name doesn't tell."""
    name = name.lower()
    for compression in COMPRESSIONS:
        name = name.removesuffix(compression)
    if name.endswith(GQG):
        return "gqg"
    dot = name.rfind(".")
    return ENDINGS.get(name[dot:], "") if dot >= 0 else ""


def detect(name: str, head: bytes) -> str:
    """The format of an input.

    Args:
        name: its path, or "-".
        head: its first bytes, expanded.

    Returns:
        a format that its content is unmistakably; else what its name says; else what its content looks like.
    """
    named = ending(name)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04") and (named == "docx" or b"word/" in head or b"[Content_Types].xml" in head):
        return "docx"
    text = _text(head)
    if text.startswith("WEBVTT"):
        return "vtt"
    if named in ("jsonl", "json") or (not named and (ARRAY.match(text) or OBJECT.match(text))):
        return _json(text, named)
    if named in ("", "text") and HTML.match(text):
        return "html"
    if named == "html" and text.strip() and not TAG.search(text):
        return "text"
    if named in ("", "text", "vtt") and SRT.match(text):
        return "srt"
    return named or "text"


def _json(text: str, named: str) -> str:
    """Whether JSON is an array or one object over several lines, or a line an object."""
    if ARRAY.match(text):
        return "json"
    line, end, _ = text.lstrip().partition("\n")
    if not end:
        return named or "jsonl"
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return named or ("json" if OBJECT.match(text) and not line.rstrip().endswith("}") else "jsonl")
    return "jsonl"


def _text(head: bytes) -> str:
    mark, encoding = next(((m, e) for m, e in BOMS if head.startswith(m)), (b"", "utf-8"))
    return head[len(mark) :].decode(encoding, "replace")
