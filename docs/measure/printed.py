"""Are the quotes of a text the same when it comes as PDF or Word document? Prints the fixtures and reads them again.

    python docs/measure/printed.py [FOLDER]

A PDF is printed by headless Chromium, in one column and in two. A quote is the same if the words of its content and its
speaker's name are. FOLDER keeps what was printed.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from quotes import Extractor, Quote
from quotes.read import Document, documents

FIXTURES = Path(__file__).parents[2] / "fixtures"
STYLE = "body{font:11pt serif;%s} p{margin:0 0 8pt}"
LAYOUTS = {"one": "", "two": "column-count:2;column-gap:24pt"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else temporary)
        folder.mkdir(exist_ok=True)
        extractor = Extractor()
        for kind in ("docx", *LAYOUTS):
            same = all_ = 0
            for path in sorted(FIXTURES.glob("*.txt")):
                text = path.read_text(encoding="utf-8")
                printed = folder / f"{path.stem}-{kind}.{'docx' if kind == 'docx' else 'pdf'}"
                as_docx(text, printed) if kind == "docx" else as_pdf(text, LAYOUTS[kind], printed)
                [document] = documents([str(printed)])
                assert isinstance(document, Document), document
                wanted = Counter(map(key, extractor.extract(text)))
                found = Counter(map(key, extractor.extract(document.text)))
                same += sum((wanted & found).values())
                all_ += sum(wanted.values())
                if lost := wanted - found:
                    print(f"  {printed.name}: {sum(lost.values())} lost, {sum((found - wanted).values())} new")
            print(f"{kind}: {same} of {all_} quotes the same, {same / all_:.3f}")


def paragraphs(text: str) -> list[str]:
    parted = text.split("\n\n") if "\n\n" in text else text.split("\n")
    return [paragraph.strip() for paragraph in parted if paragraph.strip()]


def as_docx(text: str, path: Path) -> None:
    import docx

    document = docx.Document()
    for paragraph in paragraphs(text):
        document.add_paragraph(paragraph)
    document.save(str(path))


def as_pdf(text: str, layout: str, path: Path) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(f"needs one of {', '.join(BROWSERS)}")
    page = path.with_suffix(".html")
    body = "".join(f"<p>{html.escape(paragraph).replace(chr(10), '<br>')}</p>" for paragraph in paragraphs(text))
    page.write_text(f"<meta charset=utf-8><style>{STYLE % layout}</style>{body}", encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    options.append("--no-pdf-header-footer")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [browser, *options, f"--user-data-dir={profile}", f"--print-to-pdf={path}", page.as_uri()],
            check=True,
            capture_output=True,
        )


def key(quote: Quote) -> tuple[str, str]:
    letters = "".join(c for c in quote.text.casefold() if c.isalnum())
    return letters, (quote.speaker and quote.speaker.name) or ""


if __name__ == "__main__":
    main()
