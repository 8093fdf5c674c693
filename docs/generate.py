"""Writes the output of commands into the documentation, so that it never tells what the program no longer does.

    python docs/generate.py               run the commands and rewrite the blocks
    python docs/generate.py --check       change nothing; name the pages that are stale and exit with 1
    python docs/generate.py docs/acts.md  these pages only

A block stands between ``<!-- generated: COMMAND -->`` and ``<!-- end -->``; the command is run by bash in the
project's folder, with ``quotes`` and ``python`` those of the interpreter that runs this script. A page in which a
heading or a command stands twice was pasted into itself: it is named, and nothing is run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
HEADING = re.compile(r"^#+ .+$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"(<!-- generated: (?P<command>.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def output(command: str) -> str:
    """What a command writes, as a block of Markdown that shows the command too."""
    bin_folder = os.path.dirname(sys.executable)
    environment = os.environ | {
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{command}\nexits with {done.returncode}: {done.stderr}")
    shown = f"$ {command}\n{done.stdout}".rstrip()
    return f"```console\n{shown}\n```\n"


def repeated(text: str) -> list[str]:
    """The headings and the commands that stand in a page more than once."""
    marks = HEADING.findall(CODE.sub("", text)) + [block["command"] for block in BLOCK.finditer(text)]
    return [mark for mark, many in Counter(marks).items() if many > 1]


def main() -> None:
    named, check = [Path(arg).resolve() for arg in sys.argv[1:] if arg != "--check"], "--check" in sys.argv
    pages = {page: page.read_text(encoding="utf-8") for page in named or PAGES}
    for page, text in pages.items():
        if twice := repeated(text):
            sys.exit(f"{page.relative_to(ROOT)} stands twice in itself: {', '.join(twice)}")
    stale = []
    for page, text in pages.items():
        new = BLOCK.sub(lambda m: m[1] + output(m["command"]) + m[3], text)
        if new != text:
            stale.append(str(page.relative_to(ROOT)))
            if not check:
                page.write_text(new, encoding="utf-8")
    if stale and check:
        sys.exit(f"stale: {', '.join(stale)}; run: python docs/generate.py")


if __name__ == "__main__":
    main()
