"""What a run costs: core hours, hours and money per million articles.

    python docs/measure/cluster.py --words-per-second RATE --page-seconds SECONDS
        [--words 500] [--cores 64] [--price 0.05]

RATE is the words that one core gets through in a second ("extraction" in docs/measure/benchmark.py), SECONDS the core
time in which an article is found in a web page (0 where the input is plain text). Words an article, cores and the price
of a core hour are for you to fill in.
"""

from __future__ import annotations

import argparse

ARTICLES = 1_000_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--words-per-second", type=float, required=True)
    options.add_argument("--page-seconds", type=float, required=True)
    options.add_argument("--words", type=float, default=500)
    options.add_argument("--cores", type=int, default=64)
    options.add_argument("--price", type=float, default=0.05)
    asked = options.parse_args()

    extraction = ARTICLES * asked.words / asked.words_per_second / 3600
    reading = ARTICLES * asked.page_seconds / 3600
    hours = extraction + reading
    print(f"a million articles of {asked.words:g} words, {asked.words_per_second:,g} words a core second")
    print(f"core hours of extraction {extraction:8,.1f}")
    print(f"core hours of reading    {reading:8,.1f}   at {asked.page_seconds:g} s a page")
    print(f"hours on {asked.cores:,} cores        {hours / asked.cores:8,.2f}")
    print(f"price                    {hours * asked.price:8,.2f}   at {asked.price:g} a core hour")


if __name__ == "__main__":
    main()
