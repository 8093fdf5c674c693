"""Quotation marks paired. In the examples ⟦ and ⟧ stand around what must be found: ⟧ after a closing mark,
⟫ where the paragraph’s quotation stays open, ⟫+ where the next takes it up. Blank lines part paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.grammar.marks import Quotation, pair

ENDS = {(True, False): "⟧", (False, False): "⟫", (False, True): "⟫+"}


def spans(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.end() for m in re.finditer(r"\n\n+", text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def marked(text: str, quotations: list[Quotation]) -> str:
    """The text with ⟦ and ⟧ around its quotations."""
    opens = [(q.start, 1, q.depth, "⟦") for q in quotations]
    closes = [(q.end, 0, -q.depth, ENDS[q.closed, q.continues]) for q in quotations]
    parts, at = [], 0
    for offset, _, _, sign in sorted(opens + closes):
        parts += [text[at:offset], sign]
        at = offset
    return "".join([*parts, text[at:]])


def check(example: str) -> None:
    text = re.sub(r"⟫\+|[⟦⟧⟫]", "", example)
    assert marked(text, pair(text, spans(text))) == example


EXAMPLES = {
    "straight": [
        '⟦"The bridge stays shut,"⟧ Mayor Okafor said. ⟦"For now."⟧',
        'Okafor called it ⟦"a mess"⟧ and left.',
        'Okafor (⟦"a mess"⟧) left—⟦"for good"⟧—on Monday.',
        'an ex-⟦"star"⟧ with a ⟦"diamond"⟧-studded belt',
        '⟦"... and so we wait,"⟧ she said.',
        '⟦"But –"⟧ he began. ⟦"No,"⟧ she said.',
        '⟦"$5m is not enough,"⟧ he said, ⟦"#sorry."⟧',
        'He said:⟦"Fine."⟧ She said: ⟦"Good."⟧',
        "⟦＂We will appeal,＂⟧ the lawyer said.",
    ],
    "curly": [
        "⟦“The bridge stays shut,”⟧ Okafor said. ⟦“For now.”⟧",
        "a ⟦“mess,”⟧ a ⟦“farce”⟧ and a ⟦“joke.”⟧",
        "⟦“We lost”⟧; ⟦“we won”⟧—he said both.",
    ],
    "other families": [
        "⟦''We cut rates once,''⟧ Ms. Ruiz said. ⟦''Once is enough.''⟧",
        "⟦``We cut rates once,''⟧ Ms. Ruiz said.",
        "⟦‘‘We cut rates once,’’⟧ Ms. Ruiz said.",
        "⟦«Nous verrons,»⟧ he said, ⟦« plus tard »⟧.",
        "⟦»Wir warten,«⟧ she said.",
        "⟦‹We wait›⟧, she said.",
        '⟦„Wir warten“⟧, sagte sie. ⟦„Noch.”⟧ Er sagte: ⟦„Nein."⟧',
        "⟦„Er sagte ⟦‚nein‘⟧ dazu“⟧, sagte sie.",
        "⟦‟We wait,”⟧ she said.",
    ],
    "mixed": [
        '⟦“The bridge stays shut,"⟧ he said. ⟦"For now.”⟧',
        "⟦“It is done,''⟧ she said. ⟦``It is over.\"⟧",
        "⟦”We wait,”⟧ she said. ⟦”Always.”⟧",
        "⟦“We wait,“⟧ she said.",
    ],
    "nested": [
        "⟦“She told me ⟦‘never’⟧ and hung up,”⟧ he said.",
        "⟦\"She told me, ⟦'Never.'⟧\"⟧ He paused.",
        "⟦\"⟦'Never'⟧ is a long time,\"⟧ he said.",
        "⟦''She told me ⟦'never'⟧''⟧, he said, ⟦''twice''⟧.",
        '⟦"I told him ⟦"no"⟧ and left,"⟧ she said.',
        '⟦"I told him, ⟦"Go home,"⟧ and he did,"⟧ she said.',
        "⟦“I told him ⟦“no”⟧”⟧, she said.",
        "⟦“He wrote ⟦‘She said ⟦“yes”⟧ to it’⟧ in the log,”⟧ Dee said.",
        "⟦«He called it ⟦“a mess”⟧»⟧, she said.",
    ],
    "apostrophes": [
        "It's the students' union's fault, the workers' councils say, and they've said so since '08.",
        "Back in the '90s 'twas rock 'n' roll; give 'em hell 'til they're goin' home at 5 o'clock.",
        "Back in the ’90s ’twas rock ’n’ roll; give ’em the ol’ one-two ’til they’re goin’ home.",
        "The ‘90s, the Joneses’ house, James’ car and James’s dog.",
        "The U.S.'s envoy and Biden Jr.'s aide met the students'. It is the voters', not ours.",
        "He does n't know what 's next , and they 're late .",
        "⟦\"Don't blame the workers' union,\"⟧ said the teachers' leader.",
        "⟦“It’s the ’80s again, and the workers’ pay,”⟧ said the teachers’ leader.",
        "The workers' ⟦\"rights and duties\"⟧ and the owners' (few) rights.",
        "Guns N' Roses played as the dogs' owners' club looked on.",
    ],
    "primes": [
        'He is 6\'2" tall and 5\' 10" wide; the pipe is 12" long.',
        'The 12" single and the 7" vinyl.',
        '⟦"He\'s 6\'2" tall,"⟧ the coach said. ⟦"Big."⟧',
        "⟦“He is 6’2”,”⟧ the coach said.",
        '⟦"We last won in \'12"⟧ the coach said. ⟦"Long ago."⟧',
        '⟦"We need 12"⟧ is what she said.',
        '⟦"The 12" one and the 7" one,"⟧ she said.',
        'a 24"x36" print and a 10"-wide frame',
    ],
    "single marks beside double": [
        "⟦'It's over'⟧: Okafor quits\n\n⟦\"I'm done,\"⟧ she said. ⟦\"That's it.\"⟧",
        "Okafor: ⟦‘We’re done’⟧ with talks\n\n⟦“Enough,”⟧ she said.",
        "Union chief slams ⟦'greedy bosses'⟧ as workers' pay falls\n\n⟦\"Shame,\"⟧ she said.",
        "Okafor backs ⟦'workers' rights'⟧ – ⟦'talks'⟧\n\n⟦\"Fine,\"⟧ she said.",
        "The ⟦‘Remain’⟧ and ⟦‘Leave’⟧ camps of ⟦‘walls’⟧ and ⟦‘bridges’⟧.\n\n⟦“Both,”⟧ he said.",
        "⟦\"The word ⟦'sorry'⟧ isn't in the owners' manual,\"⟧ he said.",
        "A ⟦'$25m hole'⟧? ⟦\"No,\"⟧ he said.",
        "He was 'specting it. Then the owners' friend came. ⟦\"No,\"⟧ he said.",
    ],
    "single marks first": [
        "⟦'We didn't expect the workers' council to agree,'⟧ Ms Platt said. ⟦'But they've agreed.'⟧",
        "⟦‘We didn’t expect the workers’ council to agree,’⟧ Ms Platt said. ⟦‘But they’ve agreed.’⟧",
        "⟦'They called it ⟦\"a stitch-up\"⟧ and left,'⟧ Mr Bell said. ⟦'Twice.'⟧",
        "⟦‘They called it ⟦“a stitch-up”⟧,’⟧ Mr Bell said. ⟦‘Twice.’⟧",
        "⟦'We love rock 'n' roll,'⟧ he said. ⟦'In the '60s it was new.'⟧",
        "⟦'I will go'⟧, he said, ⟦'and I will come back'⟧.",
        "⟦'We're goin' home,'⟧ he said. ⟦'That's final.'⟧He left.",
        "⟦‘We will go,⟫+\n\n⟦‘and come back,’⟧ she said. ⟦‘Soon,’⟧ he said.",
    ],
    "over paragraphs": [
        "⟦“We waited.⟫+\n\n⟦“We waited again.⟫+\n\n⟦“And then they came,”⟧ said Ms. Ode.",
        '⟦"It was late,"⟧ said Ode. ⟦"We waited.⟫+\n\n⟦"And then they came."⟧',
        'Ode was not ⟦"happy with the wait.⟫+\n\n⟦"It was late,"⟧ she said.',
        "⟦“He said, ⟦‘Wait.⟫+⟫+\n\n⟦“⟦‘Then go.’⟧ So I went,”⟧ said Ode.",
        "⟦“We don’t wait.⟫\n\nShe left. ⟦“Bye,”⟧ he said.",
        "Ode said: ⟦“We don’t wait.⟫  \n\nShe left.",
        "Ode said, ⟦''We don't wait.⟫\n\nShe left.",
        "Ode bought a “fine house and left.\n\nShe left.",
        '⟦"Ode called it ⟦“a mess”⟧ in March.⟫\n\nShe left.',
        'Ode admitted: ⟦"We were slow.⟫+ ⟦"We know why.⟫+ ⟦"It will not happen again."⟧ She left.',
        '⟦"We were slow,"⟧ said Ode. ⟦"We know why.⟫+ ⟦"It will not happen again."⟧',
        '⟦"We wait,⟫ she said. ⟦"Not long."⟧\n\n⟦"Fine,"⟧ he said.',
        '⟦"The well is dry,⟫ Amina Bako said. ⟦"We walk,"⟧ said Ode. ⟦"We all do,"⟧ she added.',
        "⟦“Who pays for the pump, shall we?⟫ asked the bishop.\n\n⟦“You do,”⟧ said Ode.",
        '⟦"Nobody in the valley was told,⟫ Amina Bako, the mayor, said on Monday.\n\nThe firm was silent.',
        "⟦“He came in, and the doctor told me that it was late.⟫+\n\n⟦“I left.”⟧",
        "⟦“The pump is safe, “⟧ the plumber said.",
        '⟦We wait,"⟧ she said. ⟦"Not long."⟧\n\n⟦"Fine,"⟧ he said.',
    ],
    "dirty": [
        '⟦"This is the end."⟧He left. ⟦"Really."⟧She stayed.',
        "⟦“This is the end.”⟧He left. ⟦“Really.”⟧⟦“Yes.”⟧",
        '⟦""We won""⟧, he said. ⟦""Big.""⟧',
        "⟦““We won””⟧, he said.",
        '⟦" We won "⟧ he said. ⟦" Big. "⟧',
        "⟦“ We won ”⟧ he said. ⟦“ Big. ”⟧",
        'He said:⟦" We won."⟧ Then he left.',
        '⟦"We won,\nand big,"⟧ he said.',
        '⟦"\nWe won\n"⟧',
        "⟦“They know. “⟧",
        '⟦"Oh!"⟧" he said.',
        'He said "" and " " and left.',
        '"',
        "'",
        "”“",
        "",
        "  \n\n  ",
        "\u202a⟦”We wait,”⟧ wrote Ode.\u202c",
        '\u200b⟦"We wait,"⟧\u200b wrote Ode.',
    ],
}


CASES = [pytest.param(line, id=f"{kind} {i}") for kind, lines in EXAMPLES.items() for i, line in enumerate(lines)]


@pytest.mark.parametrize("line", CASES)
def test_examples(line: str) -> None:
    check(line)


def test_a_stray_mark_costs_its_own_paragraph_only() -> None:
    good = '⟦“It\'s fine,”⟧ said Ode. ⟦"Really."⟧'
    for stray in ('A " here.', "A” here.", "An ‘ here.", "A» here.", "A “ here."):
        check(f"{good}\n\n{stray}\n\n{good}")


def test_depth_counts_the_quotations_around() -> None:
    text = "“He wrote ‘She said “yes” to it’ in the log,” Dee said. “No.”"
    assert [q.depth for q in pair(text, [(0, len(text))])] == [0, 1, 2, 0]


def test_what_opens_speech_decides_which_marks_come_first() -> None:
    speech = "'We will go,' she said. 'At once.'"
    torn = "'We saw the \"Aurora at sea,' he said."
    assert [torn[q.start : q.end] for q in pair(torn, [(0, len(torn))])] == ["'We saw the \"Aurora at sea,'"]
    double = '"We will go," she said. "At once."'
    for lead, count in ((speech, 3), (double, 2)):
        text = f"{lead}\n\n{torn}"
        assert len(pair(text, spans(text))) == count


MARKS = [*"\"“”‘’'«»„‟‹›‚‛`＂", "``", "''"]
WORDS = [" ", " ", ". ", ", ", "\n\n", "\n", "a", "dogs", "12", "90s", "n", "—", "(", ")"]
PIECES = st.sampled_from([*MARKS, *MARKS, *WORDS])
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text()


@given(TEXTS)
@example('\ud800"a\x00"\'')
@example("“" * 3000 + "a" + "”" * 3000)
def test_any_text_gives_ordered_nested_quotations(text: str) -> None:
    paragraphs = spans(text)
    found = pair(text, paragraphs)
    assert found == sorted(found, key=lambda q: (q.start, -q.end))
    assert len({(q.start, q.end) for q in found}) == len(found)
    around: list[Quotation] = []
    for q in found:
        (a, b) = next((a, b) for a, b in paragraphs if a <= q.start < b)
        assert a <= q.start < q.end <= b
        assert text[q.start] in "".join(MARKS)
        assert text[q.end - 1] in "".join(MARKS) if q.closed else text[q.end : b].strip() == ""
        assert not (q.closed and q.continues)
        while around and around[-1].end <= q.start:
            around.pop()
        assert not around or q.end <= around[-1].end
        assert q.depth == len(around)
        around.append(q)


@given(TEXTS)
def test_plain_paragraphs_around_change_nothing(text: str) -> None:
    text = text.replace("\n", " ")
    lead, tail = "Nothing was said.\n\n", "Nothing more."
    framed = f"{lead}{text} \n\n{tail}"
    cuts = (0, len(lead), len(framed) - len(tail), len(framed))
    found = pair(framed, list(pairwise(cuts)))
    shifted = [replace(q, start=q.start - len(lead), end=q.end - len(lead)) for q in found]
    assert shifted == pair(text, [(0, len(text))])
