"""What an installation weighs: python docs/measure/weight.py

Prints the size of the environment that runs it, package by package, and the processor time of what everybody waits for.
Run it in an environment with nothing but newsquotes; one with the tests is larger.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from importlib import metadata

STARTS = ("import quotes", "import quotes.extractor", "import quotes; quotes.extract('It is over, she said.')")


def main() -> None:
    sizes = sorted(((size(package), package.name) for package in metadata.distributions()), reverse=True)
    print(f"{sum(of for of, _ in sizes) / 1e6:7.1f} MB in {len(sizes)} packages; those of 5 MB and more:")
    for of, name in sizes:
        if of >= 5e6:
            print(f"{of / 1e6:7.1f} MB  {name}")
    for code in ("pass", *STARTS):
        print(f"{min(seconds(code) for _ in range(5)):7.2f} s   python -c {code!r}")


def size(package: metadata.Distribution) -> int:
    """The bytes of a package's files."""
    places = (package.locate_file(file) for file in package.files or ())
    return sum(os.path.getsize(str(place)) for place in places if os.path.isfile(str(place)))


def seconds(code: str) -> float:
    """The processor time of a fresh interpreter that runs this."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
