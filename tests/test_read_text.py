"""Bytes to text: which encoding they are taken for, and what is said of it."""

import pytest

from quotes.read.encoding import Unreadable, decode

SAID = "It cost £5m, the café’s owner said. “We waited too long,” he said. "
CP1252, MAC, UTF8 = SAID.encode("cp1252"), SAID.encode("mac_roman"), SAID.encode()
LOST = ", 1 character replaced by \ufffd"


@pytest.mark.parametrize(
    ("data", "declared", "begins", "note"),
    [
        (CP1252, [], SAID, "not UTF-8, read as cp1252"),
        (CP1252 * 9 + UTF8, [], SAID, "not UTF-8, read as cp1252" + LOST),
        (CP1252 + b"\x81", [], SAID, "not UTF-8, read as cp1252" + LOST),
        (CP1252 * 9 + UTF8, ["latin-1"], SAID, "read as cp1252" + LOST),
        (CP1252 + b"caf\xe9", ["windows-1252"], SAID, "read as cp1252"),
        (UTF8 * 9 + b"\xe9.", ["windows-1252"], SAID, "broken UTF-8" + LOST),
        (UTF8 * 9 + b"\xe2\x80", [], SAID, "broken UTF-8" + LOST),
        (b"caf\xe9", [None, "no such", "latin-1"], "café", "read as cp1252"),
        (MAC * 3 + "Ça va très bien.".encode("mac_roman"), [], SAID, "not UTF-8, read as mac_roman"),
    ],
)
def test_encodings(data: bytes, declared: list[str | None], begins: str, note: str) -> None:
    text, said = decode(data, declared)
    assert text.startswith(begins)
    assert said == note


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"%PDF-1.7", b"{\\rtf1", b"\0\1\2" * 99])
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^a binary file, not plain text$"):
        decode(data)
