"""Quotations of GDELT's Global Quotation Graph: how fast, in how much memory, and with the right speakers.

    python docs/measure/gqg.py make FILE [--quotes 10000] [--around 100]     a synthetic file
    python docs/measure/gqg.py make FILE --texts articles.jsonl              one of other texts, cut anew each round
    python docs/measure/gqg.py named FILE [--read 200]                       a sample of those with a name, to be read
    python docs/measure/gqg.py run FILE [--jobs 2]                           quotes a minute, and memory along the run
    python docs/measure/gqg.py speakers FILE [--read 200] [--speaker-precision 0.95]
                                                                             speakers beside those of the annotations

The file is made of the fixtures' annotations: each article's quotations with so many characters around them, over and
over, the surnames others each time. ``speakers`` prints those of a random sample that are not as annotated.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus import SYLLABLES

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from goldmarks import FIXTURES, TRAILER, Gold, GoldQuote, names, parse  # noqa: E402

from quotes.grammar.marks import pair  # noqa: E402

MARKS = "\"“”'‘’"
FEWEST = 3
"""Words of a quotation: what is shorter, GDELT mostly passes over."""
EVERY = 2.0
"""Seconds from one look at the memory to the next."""


def renamed(name: str, round: int) -> Gold:
    """A fixture in which persons have other surnames, the same everywhere for the same round."""
    marked = (FIXTURES / f"{name}.gold").read_text(encoding="utf-8")
    people = [row.split("|")[-1] for row in marked.rpartition(TRAILER)[2].splitlines() if "| person |" in row]
    surnames = {one.split()[-1] for who in people for one in re.split("[/;]", who) if len(one.split()) > 1}
    chance = random.Random(round)
    for surname in sorted(surnames) if round else ():
        if re.fullmatch(r"[A-Z][a-z]{3,}", surname):
            new = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
            marked = re.sub(rf"\b{surname}\b", new, marked)
    return parse(name, marked)


def quotations(gold: Gold) -> Iterator[tuple[GoldQuote, int, int]]:
    """Those in quotation marks as a whole: the quote, and where the words begin and end."""
    for quote in gold.quotes:
        for start, end in quote.content if quote.type == "direct" and quote.parent is None else ():
            words = gold.text[start:end]
            yield quote, start + len(words) - len(words.lstrip(MARKS)), end - len(words) + len(words.rstrip(MARKS))


def snippet(text: str, start: int, end: int, around: int) -> dict[str, str]:
    """A quotation as GDELT has it."""
    pre, post = text[max(start - around - 1, 0) : start - 1], text[end + 1 : end + around + 1]
    return {key: " ".join(value.split()) for key, value in (("pre", pre), ("quote", text[start:end]), ("post", post))}


def make(path: Path, count: int, around: int) -> None:
    """Write so many quotations."""
    made, round = 0, 0
    with gzip.open(path, "wt", encoding="utf-8") as file:
        while made < count:
            for name in names():
                gold = renamed(name, round)
                found = [snippet(gold.text, start, end, around) for _, start, end in quotations(gold)]
                if not found or made >= count:
                    continue
                url = f"https://news.example/{round}/{name}"
                row = {"date": "2026-05-04T10:15:00Z", "url": url, "title": "", "lang": "ENGLISH", "quotes": found}
                file.write(f"{json.dumps(row)}\n")
                made += len(found)
            round += 1
    print(f"{made:,} quotations in {path.stat().st_size / 1e6:.1f} MB")


def make_of(path: Path, texts: Path, count: int, around: int) -> None:
    """Write so many quotations of the texts of a file of JSON Lines; each round has the words around cut elsewhere."""
    marked = []
    for row in map(json.loads, texts.open(encoding="utf-8")):
        lines = [(line.start(), line.end()) for line in re.finditer(r"[^\n]+", row["text"])]
        found = pair(row["text"], lines)
        marked.append((row, [q for q in found if len(row["text"][q.start : q.end].split()) > FEWEST]))
    made = 0
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for round in range(count):
            for row, found in marked:
                some = [snippet(row["text"], q.start + 1, q.end - 1, around + 7 * round) for q in found]
                if made >= count:
                    return
                url = f"https://news.example/{round}/{row['id']}"
                whole = {"date": "2026-05-04T10:15:00Z", "url": url, "title": "", "lang": "ENGLISH", "quotes": some}
                file.write(f"{json.dumps(whole)}\n")
                made += len(some)


def named(path: Path, read: int, precision: str) -> None:
    """Print a random sample of the quotes that have a speaker's name, with their snippets."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "quotes.jsonl"
        command = [sys.executable, "-m", "quotes", "extract", str(path), "-o", str(output), "--keep-text", "--quiet"]
        subprocess.run([*command, *(("--speaker-precision", precision) if precision else ())], check=True)
        records = [json.loads(line) for line in output.open(encoding="utf-8")]
    have = [record for record in records if (record["speaker"] or {}).get("name")]
    print(f"{len(records):,} quotes, {len(have):,} with a name")
    for number, record in enumerate(random.Random(1).sample(have, min(read, len(have))), 1):
        content, text = record["content"], record["doc_text"]
        start, end = content[0]["start"], content[-1]["end"]
        before, behind = text[max(start - 160, 0) : start], text[end : end + 160]
        words = f"{before}<<{text[start : start + 60]} … {text[end - 30 : end]}>>{behind}"
        print(f"{number} {record['speaker']['name']} ({record['speaker']['resolved_by']}): {' '.join(words.split())}")


def memory(process: int) -> float:
    """What a process and those that it started take, MB."""
    total = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:  # it has ended
            continue
        if str(process) in (fields["Pid"].strip(), fields["PPid"].strip()) and "VmRSS" in fields:
            total += int(fields["VmRSS"].split()[0]) / 1024
    return total


def run(path: Path, jobs: int) -> None:
    """Extract, as the command does."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        given = sum(len(json.loads(line)["quotes"]) for line in file)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "quotes.jsonl"
        command = [sys.executable, "-m", "quotes", "extract", str(path), "-o", str(output), "--jobs", str(jobs)]
        since = time.monotonic()
        process = subprocess.Popen([*command, "--quiet"])
        taken: list[float] = []
        while process.poll() is None:
            time.sleep(EVERY)
            taken.append(memory(process.pid))
        took, core = time.monotonic() - since, sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        found = sum(1 for _ in output.open(encoding="utf-8"))
    taken = [some for some in taken if some][3:]  # the pipeline is loaded
    tenths = [max(taken[k * len(taken) // 10 : (k + 1) * len(taken) // 10] or [0]) for k in range(10)]
    print(f"{given:,} quotations, {found:,} quotes found, in {took:.0f} s by {jobs} jobs")
    print(f"{60 * given / took:,.0f} quotations a minute; in a minute of one core, if it has no other work,")
    print(f"{60 * given / core:,.0f}, loading the pipeline included")
    print("MB along the run:", " ".join(f"{some:.0f}" for some in tenths))


def spelt(name: str) -> set[str]:
    """The words of a name."""
    return set(re.findall(r"\w+", name.lower()))


def speakers(path: Path, read: int, precision: str) -> None:
    """Compare with the annotations: right is a name of the annotated one, or the part of it or the role by which the
    snippets name the speaker."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "quotes.jsonl"
        command = [sys.executable, "-m", "quotes", "extract", str(path), "-o", str(output), "--keep-text", "--quiet"]
        subprocess.run(
            [*command, "--jobs", "2", *(("--speaker-precision", precision) if precision else ())], check=True
        )
        found: dict[str, list[dict[str, Any]]] = {}
        for record in map(json.loads, output.open(encoding="utf-8")):
            found.setdefault(record["doc_id"], []).append(record)
    cases = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            round, name = row["url"].split("/")[-2:]
            gold = renamed(name, int(round))
            quotes = [quote for quote, _, _ in quotations(gold)]
            cases += [(row["url"], one, gold, quote) for one, quote in zip(row["quotes"], quotes, strict=False)]
    counts = dict.fromkeys(("right", "wrong", "no name", "no quote"), 0)
    for url, one, gold, quote in random.Random(1).sample(cases, min(read, len(cases))):
        records = [record for record in found.get(url, []) if one["quote"] in " ".join(record["text"].split())]
        name = (records[0]["speaker"] or {}).get("name") if records else None
        mention = " ".join(gold.text[start:end] for start, end in quote.source)
        right = name is not None and spelt(name) <= spelt(" ".join((quote.name or "", *quote.aliases, mention)))
        said = "right" if right else "no name" if records and not name else "wrong" if records else "no quote"
        counts[said] += 1
        if said != "right":
            print(f"{said:8} {name} for {quote.name}: … {one['pre'][-60:]}“{one['quote'][:60]}”{one['post'][:60]}")
    print(counts, f"of those with a name {counts['right'] / max(counts['right'] + counts['wrong'], 1):.3f} right")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "run", "speakers", "named"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--quotes", type=int, default=10_000)
    parser.add_argument("--around", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--read", type=int, default=200)
    parser.add_argument("--speaker-precision", default="")
    parser.add_argument("--texts", type=Path)
    args = parser.parse_args()
    if args.what == "make" and args.texts:
        make_of(args.file, args.texts, args.quotes, args.around)
    elif args.what == "named":
        named(args.file, args.read, args.speaker_precision)
    elif args.what == "make":
        make(args.file, args.quotes, args.around)
    elif args.what == "run":
        run(args.file, args.jobs)
    else:
        speakers(args.file, args.read, args.speaker_precision)


if __name__ == "__main__":
    main()
