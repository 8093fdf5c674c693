"""Reads broken and random input for as long as one likes, and pairs quotation marks in arbitrary text.

    python tests/fuzz_readers.py --minutes 10

For each format a sample file is made and spoilt: bytes changed, cut out, doubled, put
in, before it is compressed or after.
What is read must be documents and failures, never an exception, in little time; marks must be pairs within the text.
Prints how many cases were tried, and each failure with the seed that brings it back (--seed).
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import json
import lzma
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from badinput import PAGE, TEXT, archive, page, parquet, row, rows, table, zstd
from docx import Document as WordDocument

from quotes.grammar.boundaries import paragraph_breaks
from quotes.grammar.marks import pair
from quotes.read import Document, Failure, Reading, documents
from quotes.read.document import FORMATS

SLOW = 5.0
"""Seconds of computing for one case that count as a failure."""
COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd,
}
CAPTIONS = (
    "1\n00:00:01,000 --> 00:00:02,000\nADA LUND: It took too long.\n\n2\n00:00:02,500 --> 00:00:04,000\n>> Yes.\n\n"
)
TOKENS = (
    b'"', b"'", b"\0", b"\r\n", b"\n", b"\t", b",", b"[", b"{", b"}", b"]", b"\\u", b"\\", b"<", b"</p>", b"<script>",
    b"<!--", b"]]>", b"&#0;", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\x9c", b"WEBVTT", b"-->",
    b"WARC/1.0\r\n", b"Content-Length: -1\r\n", b"Content-Length: 99999999999999999999\r\n", b"PAR1", b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd", b"1e999", b"NaN", b"---\n", b"> ", b"```", b"|", b"\x80", b"charset=utf-7",
)  # fmt: skip
MARKS = [*"\"'“”‘’«»„‚`´′″‹›() \n\n.,aB—\u2028\0\ud800é\u202e", " said Ada", "he told", " We won"]


def samples(folder: Path) -> dict[str, bytes]:
    """A good file of each format."""
    parquet(str(folder / "sample"), id=["a", "b"], text=[TEXT, None], title=["x", "y"])
    table_of_two = "| a | b |\n|---|---|\n| c | d |\n"
    many = rows(*(row(k, title="Bridge", n=k) for k in range(3)))
    return {
        "text": TEXT.encode(),
        "markdown": f"---\ntitle: Bridge\n---\n# Bridge\n\n> {TEXT}\n\n* **a** [b](c)\n\n{table_of_two}".encode(),
        "html": page(PAGE * 2).encode(),
        "jsonl": many.encode(),
        "json": json.dumps([row(1), row(2)]).encode(),
        "csv": table(("id", "text"), ("a", TEXT), ("b", TEXT)).encode(),
        "tsv": f'id\ttext\na\t{TEXT}b\t"x ""y""\nz"\n'.encode(),
        "parquet": (folder / "sample").read_bytes(),
        "warc": archive([page()] * 3, compress=False)[0],
        "vtt": ("WEBVTT\n\n" + CAPTIONS.replace(",", ".").replace("ADA LUND:", "<v Ada Lund>")).encode(),
        "srt": CAPTIONS.encode(),
        "pdf": pdf(TEXT),
        "docx": docx(TEXT),
    }


def pdf(text: str) -> bytes:
    """A page with a text."""
    drawn = b"BT /F1 12 Tf 72 720 Td 14 TL " + b" ".join(
        f"({line}) Tj T*".encode("latin-1", "replace") for line in text.replace("(", " ").replace(")", " ").split("\n")
    )
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s ET\nendstream" % (len(drawn) + 3, drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    objects = b"".join(b"%d 0 obj%s endobj\n" % (k, part) for k, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"


def docx(text: str) -> bytes:
    """A Word document of two paragraphs and a table."""
    made, out = WordDocument(), io.BytesIO()
    made.add_paragraph(text)
    made.add_table(2, 2).cell(0, 0).text = "a"
    made.save(out)
    return out.getvalue()


def spoil(data: bytes, chance: random.Random) -> bytes:
    """Other bytes like these."""
    for _ in range(chance.choice((0, 1, 1, 2, 5, 20))):
        at = chance.randint(0, len(data))
        size = chance.choice((1, 2, 8, 100))
        new = chance.choice((b"", chance.randbytes(size), chance.choice(TOKENS) * size, data[at : at + size] * 2))
        data = data[:at] + new + data[at + chance.choice((0, len(new), size)) :]
    if chance.random() < 0.1:
        data = chance.randbytes(chance.choice((1, 10, 1000)))
    return data[: chance.randint(0, len(data))] if chance.random() < 0.2 else data


SURPRISE = "reading failed ("
"""Of what a library raised and its reader does not expect: named, but perhaps more should have been read."""


def read(format: str, sample: bytes, folder: Path, chance: random.Random) -> Counter[str]:
    """Read a spoilt sample; what came of it, by kind."""
    compression, compress = chance.choice(list(COMPRESSIONS.items()))
    data = compress(spoil(sample, chance))
    if compression and chance.random() < 0.3:
        data = spoil(data, chance)
    path = folder / f"case{chance.choice(('', f'.{format}'))}{compression}"
    path.write_bytes(data)
    how = Reading(chance.choice((None, format)), keep_fields=("n",), max_expanded=10**8)
    kinds: Counter[str] = Counter()
    for item in documents([str(path)], how):
        assert isinstance(item, Document | Failure)
        assert item.reader in FORMATS
        if isinstance(item, Document):
            json.dumps(item.meta)
            assert isinstance(item.text, str)
        kinds["Surprise" if isinstance(item, Failure) and SURPRISE in item.reason else type(item).__name__] += 1
    return kinds


def marks(chance: random.Random) -> Counter[str]:
    """Pair the marks of arbitrary text."""
    text = "".join(chance.choices(MARKS, k=chance.choice((0, 1, 5, 50, 2000))))
    starts = [0, *paragraph_breaks(text)]
    paragraphs = list(zip(starts, [*starts[1:], len(text)], strict=True))
    found = pair(text, paragraphs)
    for quotation in found:
        assert 0 <= quotation.start < quotation.end <= len(text)
    return Counter(quotations=len(found))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=1.0)
    asked.add_argument("--only", choices=[*FORMATS, "marks"], help="this alone")
    asked.add_argument("--seed", type=int, help="one case of --only")
    args = asked.parse_args()
    cases: Counter[str] = Counter()
    came: dict[str, Counter[str]] = {}
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        good = samples(Path(folder))
        names = [args.only] if args.only else [*FORMATS, "marks"]
        end = time.monotonic() + args.minutes * 60
        seed = args.seed if args.seed is not None else random.SystemRandom().randrange(10**9)
        while time.monotonic() < end:
            for name in names:
                chance = random.Random(f"{name} {seed}")
                begin = time.process_time()
                try:
                    kinds = marks(chance) if name == "marks" else read(name, good[name], Path(folder), chance)
                    came.setdefault(name, Counter()).update(kinds)
                    if time.process_time() - begin > SLOW:
                        raise TimeoutError(f"{time.process_time() - begin:.1f} seconds")
                except BaseException as error:
                    if isinstance(error, KeyboardInterrupt):
                        raise
                    failures += 1
                    print(f"--only {name} --seed {seed}")
                    traceback.print_exc(limit=-4)
                cases[name] += 1
            if args.seed is not None:
                break
            seed += 1
    for name in names:
        print(f"{name:<10} {cases[name]:>9,} cases  {dict(came.get(name, {}))}")
    print(f"{sum(cases.values()):,} cases, {failures} failures")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
