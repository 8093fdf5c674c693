"""How long it takes to tell who speaks in texts of up to 560,000 words that are full of names: prints CPU time a word.

    python docs/measure/crowds.py

A page of 5,600 words is parsed once and put together as often as is asked: the time to parse is none of this. "one
crowd" is the same 400 people of one surname again and again, "new names" has another surname on every page.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

from quotes.decide import choose, settings
from quotes.find import candidates
from quotes.find.candidate import Attribution, TokenSpan
from quotes.grammar.context import Context
from quotes.grammar.marks import pair
from quotes.grammar.parse import Parse, Parser, _joined
from quotes.resolve import resolve

SURNAME = "Tamworth"
STARTS, ENDS = ("Ar", "Bel", "Cor", "Del", "Em", "Fin", "Gar", "Hal", "Jor", "Kel"), ("an", "em", "in", "ock", "ush")
TAILS = ("a", "e", "i", "o", "ia", "ie", "us", "el")
PAGES = (1, 10, 100)


def page() -> str:
    """An article in which 400 people of one surname come up."""
    people = [f"{start}{middle}{tail} {SURNAME}" for start in STARTS for middle in ENDS for tail in TAILS]
    said = (f"{name}, the baker, said it was cold.\n\n“She knew,” he said of {SURNAME}." for name in people)
    return "\n\n".join(said)


def later(span: TokenSpan | None, base: int) -> TokenSpan | None:
    """A span of tokens so many tokens on."""
    return span and (span[0] + base, span[1] + base)


def moved(attribution: Attribution, base: int) -> Attribution:
    """An attribution so many tokens on."""
    found = attribution.candidate
    content = tuple((a + base, b + base) for a, b in found.content)
    head, source_head = found.head + base, found.source_head + base if found.source_head >= 0 else -1
    on = partial(later, base=base)
    return replace(
        attribution,
        candidate=replace(
            found, content=content, cue=on(found.cue), source=on(found.source), head=head, source_head=source_head
        ),
    )


def named(parse: Parse, number: int) -> Parse:
    """A page with another surname."""
    name = f"{SURNAME[:4]}{''.join(chr(97 + number // 26**k % 26) for k in range(4))}"
    words = [name if word == SURNAME else word for word in parse.words]
    text = parse.text.replace(SURNAME, name)
    return replace(parse, text=text, words=words, lower=[word.lower() for word in words])


def main() -> None:
    parse = next(iter(Parser().pipe([page()])))
    ctx, by = Context(parse, pair(parse.text, parse.paragraph_spans())), settings()
    [attributions] = choose([(ctx, candidates(ctx))], by.model, by.threshold)
    print(f"{'':12}{'words':>9}{'speakers':>10}{'seconds':>9}{'µs a word':>11}")
    for label in ("one crowd", "new names"):
        for pages in PAGES:
            parts = [parse if label == "one crowd" else named(parse, k) for k in range(pages)]
            whole = _joined(
                "\n\n".join(p.text for p in parts), [(k * (len(parse.text) + 2), p) for k, p in enumerate(parts)]
            )
            found = [moved(a, k * len(parse)) for k in range(pages) for a in attributions]
            quotations = pair(whole.text, whole.paragraph_spans())
            since = time.process_time()
            speakers = resolve(whole, quotations, found)
            taken = time.process_time() - since
            words = len(whole.text.split())
            entities = len({s.entity for s in speakers if s and s.entity})
            print(f"{label:12}{words:>9,}{entities:>10,}{taken:>9.2f}{1e6 * taken / words:>11.1f}")


if __name__ == "__main__":
    main()
