"""Parts a JSON Lines file in two by the order of its ids: every other line for fitting, the others for looking.

python docs/measure/halves.py TEXTS.jsonl --fit FIT.jsonl --look LOOK.jsonl
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("texts", type=Path)
    options.add_argument("--fit", type=Path, required=True)
    options.add_argument("--look", type=Path, required=True)
    chosen = options.parse_args()
    lines = chosen.texts.read_text(encoding="utf-8").splitlines()
    lines.sort(key=lambda line: str(json.loads(line)["id"]))
    for path, half in ((chosen.fit, lines[::2]), (chosen.look, lines[1::2])):
        path.write_text("".join(f"{line}\n" for line in half), encoding="utf-8")


if __name__ == "__main__":
    main()
