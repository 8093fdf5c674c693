"""Sentences with [source], (cue) and {content} marked, and what describe must say of them."""

from __future__ import annotations

import re
from functools import cache

import pytest

from quotes.describe import Description, describe
from quotes.find.candidate import Attribution, Candidate, TokenSpan
from quotes.grammar.lemma import lemma
from quotes.grammar.parse import Parse, Parser
from quotes.records import Speaker

MARK = re.compile(r"[\[\](){}]")
OPENS = {"[": "source", "(": "cue", "{": "content"}


def read(parser: Parser, marked: str) -> tuple[Parse, Attribution]:
    """The parse of a sentence without its marks, and the attribution that they show."""
    spans: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
    text, last, begin = "", 0, 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        if mark.group() in OPENS:
            begin, role = len(text), OPENS[mark.group()]
        else:
            spans[role].append((begin, len(text)))
    text += marked[last:]
    (parse,) = parser.pipe([text])
    source, cue, content = (tuple(tokens(parse, s) for s in spans[role]) for role in spans)
    head = top(parse, cue[0], "V") if cue else content[0][0]
    candidate = Candidate(
        rule="test.marked",
        cue=cue[0] if cue else None,
        head=head,
        lemma=lemma(parse.lower[head], parse.tag[head]) if cue else "",
        source=source[0] if source else None,
        source_head=top(parse, source[0], "NPWCD") if source else -1,
        content=content,
    )
    return parse, Attribution(candidate, 1.0)


def tokens(parse: Parse, span: tuple[int, int]) -> TokenSpan:
    inside = [i for i in range(len(parse)) if span[0] <= parse.start[i] and parse.end[i] <= span[1]]
    return inside[0], inside[-1] + 1


def top(parse: Parse, span: TokenSpan, tags: str) -> int:
    """The span's first token of the wanted tags that no other such token of the span governs."""
    wanted = [i for i in range(*span) if parse.tag[i][0] in tags and parse.dep[i] not in ("aux", "auxpass")]
    heads = [i for i in wanted if parse.head[i] == i or parse.head[i] not in wanted]
    return (heads or wanted or [span[0]])[0]


@pytest.fixture(scope="module")
def said(parser: Parser):  # type: ignore[no-untyped-def]
    """Sentence to Description, with its spans as text."""

    @cache
    def run(marked: str, kind: str = "unknown") -> tuple[Description, dict[str, str | None]]:
        parse, attribution = read(parser, marked)
        speaker = Speaker(mention=None, name=None, kind=kind)  # type: ignore[arg-type]
        found = describe(parse, attribution, speaker)
        spans = {name: getattr(found, name) for name in ("addressee", "medium", "when")}
        return found, {name: parse.slice(span) if span else None for name, span in spans.items()}

    return run


ACTS = {
    "speech": [
        "[The minister] (said) {that the bridge would reopen in May}.",
        "[She] (called) {the plan a fantasy}.",
        "[Coach Ama Boateng] (praised) {her defenders}.",
        "{“We were second best all night,”} [he] (admitted).",
        "{The mill will close}, (according to) [two officials].",
        "[Okafor]: {The rate is too high}.",
        "{“Nobody warned us.”}",
        "[The company] (made the claim) {that its filters were safe}.",
        "[The union] (issued a warning) {that trains would stop}.",
        "[He] (told) the broadcaster in an interview {that he was done}.",
        "[Lindqvist] (was able to say) {that the patients had recovered}.",
        "[The BBC] (apologised) to Lord Patel {for the error}.",
        "[The prime minister] (is understood to have told) MPs {that a deal is close}.",
        "[His opposite number] (admitted) {that the goal was lucky}.",
        "What next? [AD]: {Soup.}",
        "[The court] (heard) {that the brakes had failed}.",
        "[The Ledger] (refused) {to print a correction}.",
        "[The captain] (laughed), {“Ask me in June.”}",
    ],
    "writing": [
        "[She] (wrote) {that the trial had been rushed}.",
        "[Mbeki] (tweeted): {“See you in court.”}",
        "[The bank] (said) in a statement {that it had acted properly}.",
        "{“Shame on them,”} [the singer] (said) on Twitter.",
        "In a letter to shareholders, [Ortega] (warned) {that profits would fall}.",
        "[Reuters] (reported) {that the talks had failed}.",
        "[The newspaper] (reported) {that two ministers would resign}.",
        "[The Guardian] (has learned) {that the tests were never done}.",
        "[The studio] (released a statement) {denying the affair}.",
        "[Parents] have written to the minister (asking) {her to visit}.",
        "[@slow_train_sue]: {three hours late again}",
        "[The Thornbury Echo] (reported) {that the pier was sold}.",
        "[The guitarist] (announced) online {that the tour was off}.",
    ],
    "thought": [
        "[Most voters] (believe) {that taxes will rise}.",
        "[She] (thinks) {the squad is too small}.",
        "[Analysts] (expect) {the bank to cut rates}.",
        "[They] (are confident) {that the vaccine works}.",
        "[He] (did not know) {that the valve was open}.",
        "[Kim] (sees) {the pact as a threat}.",
    ],
    "attitude": [
        "[The mayor] (wants) {a second runway}.",
        "[The Greens] (oppose) {the pipeline}.",
        "[Farmers] (are worried about) {the drought}.",
        "[The senator] (voted for) {the bill}.",
        "[She] (has shown) {that she can wait}.",
    ],
    "document": [
        "[The poll] (found) {that half the country was undecided}.",
        "[A new study of 4,000 nurses] (suggests) {that night shifts harm sleep}.",
        "[The law] (requires) {firms to publish their accounts}.",
        "{Output fell by a tenth}, (according to) [a report by the audit office].",
        "[Emails] (show) {that the board knew}.",
        "[The letter] (says) {that the roof was unsafe}.",
        "[History] (shows) {that such truces break}.",
    ],
}


@pytest.mark.parametrize(("act", "sentence"), [(act, s) for act in ACTS for s in ACTS[act]])
def test_act(said, act: str, sentence: str) -> None:  # type: ignore[no-untyped-def]
    assert said(sentence)[0].act == act


def test_a_resolved_document_speaks_as_one(said) -> None:  # type: ignore[no-untyped-def]
    sentence = "[It] (says) {that the roof was unsafe}."
    assert said(sentence, "document")[0].act == "document"
    assert said(sentence, "person")[0].act == "speech"


def test_what_people_show_is_no_document(said) -> None:  # type: ignore[no-untyped-def]
    sentence = "[The strikers] (have shown) {that they can wait}."
    assert said(sentence, "group")[0].act == "attitude"


def test_a_name_that_is_also_a_paper_or_a_law_stays_a_person(said) -> None:  # type: ignore[no-untyped-def]
    assert said("{“He was late,”} (said) [Guardian], a nurse.")[0].act == "speech"
    assert said("[Bill] (said) {he would pay}.")[0].act == "speech"


NEGATED = [
    "[He] (did not say) {who had paid}.",
    "[She] (never claimed) {that it was safe}.",
    "[The firm] (denied) {that it had lied}.",
    "[The firm] (denied knowing) {that it leaked}.",
    "[The spokesman] declined to (say) {whether she would stand}.",
    "[The spokesman] (declined to say) {whether she would stand}.",
    "[Nobody] (said) {that it was over}.",
    "[No official] (confirmed) {that the plane had landed}.",
    "[Neither of the drivers] (said) {he was to blame}.",
    "[She] left without (saying) {where she was going}.",
    "[The judge] stopped short of (calling) {him a liar}.",
    "[The agency] would not (say) {how many had died}.",
    "[The club] has not (announced) {who will coach it}.",
    "[Police] have yet to (say) {who fired}.",
    "[His] (refusal to discuss) {the deal} angered them.",
    "[She] did not make the (claim) {that it was safe}.",
    "[The ministry] (made no mention) {of the arrests}.",
    "[Neither the coroner nor her deputy] (said) {the ward was safe}.",
    "[Not one of the nine judges] (said) {the appeal was late}.",
    "[Hardly any of the players] (said) {the pitch was unfit}.",
    "It is not true that [Okafor] (said) {the vaccine was dangerous}.",
    "It is untrue that [the bank] (told) clients {that the fund was closed}.",
    "It is not the case that [the court] (ruled) {the tax was illegal}.",
    "There is no evidence that [the pilot] (told) the tower {he was lost}.",
    "It was a lie that [Tamm] had (said) {the school would close}.",
    "[The captain] denied (telling) the crew {that the hold was dry}.",
    "[Okafor] denied having (told) investors {that the drug worked}.",
    "[She] avoided (saying) {whether the school would close}.",
    "Far from (saying) {the tax would rise}, Tamm cut it.",
    "Instead of (saying) {that he was sorry}, the singer left.",
    "Rather than (say) {the plan had failed}, the mayor blamed the rain.",
    "At no point did [the surveyor] (say) {that the dam was sound}.",
    "Nowhere does [the report] (say) {that the dam was sound}.",
    "In no interview has [she] (said) {that she would run}.",
    "[The striker] never once (told) the club {that he was hurt}.",
    "[The bank] neither said nor (implied) {that the fund was safe}.",
    "[The union] has not, however, (said) {that it will strike}.",
]
AFFIRMED = [
    "They heard from Anna Lie, [who] (said) {the fish were safe}.",
    "[He] (said) {that it was not true}.",
    "[He] not only (said) {it was safe} but drank it.",
    "{“Ten minutes,”} [the purser] (says) without turning round.",
    "[She] did not hesitate to (say) {that he had lied}.",
    "[The council] (said) {no decision had been made}.",
    "{“I never saw him,”} [she] (said).",
    "[He] went on to (say) {that prices would fall}.",
    "[No 10] (said) {that the talks would resume}.",
    "[Okafor] could not help (saying) {that the plan was dead}.",
    "No wonder [the surveyor] (said) {the dam was unsound}.",
    "It is true that [the pilot] (said) {he was lost}.",
    "Whether or not [the coach] (said) {the pitch was unfit}, they played.",
    "[Tamm] did not (mince) his words: {“It is a disgrace.”}",
    "[The mayor], nobody's fool, (said) {the bridge would open}.",
]


@pytest.mark.parametrize(("sentence", "negated"), [(s, True) for s in NEGATED] + [(s, False) for s in AFFIRMED])
def test_negated(said, sentence: str, negated: bool) -> None:  # type: ignore[no-untyped-def]
    assert said(sentence)[0].negated is negated


MODAL = [
    "[The president] may (say) {that he regrets it}.",
    "[Critics] would have (said) {that it was too late}.",
    "[The chancellor] is expected to (announce) {a tax cut}.",
    "[The chancellor] (is expected to announce) {a tax cut} on Monday.",
    "[She] plans to (announce) {that she is leaving}.",
    "[The board] will (say) on Monday {that it has sold the yard}.",
    "If [he] (says) {that he is ill}, the match is off.",
    "[The judge] is likely to (rule) {that the search was illegal}.",
    "[The prime minister] (is understood to have told) MPs {that a deal is close}.",
    "[They] are going to (argue) {that the will was forged}.",
    "[She] should (apologise) {for the delay}.",
    "Had [the surveyor] (said) {the dam was sound}, nobody would have left.",
    "Should [the court] (rule) {that the tax is illegal}, the state must pay.",
    "Suppose [the bank] (says) {that the fund is closed}.",
    "In case [the judge] (rules) {that the vote was void}, a new one is set for May.",
    "Whether or not [the coach] (said) {the pitch was unfit}, they played.",
]
ACTUAL = [
    "[The president] (said) {that he may resign}.",
    "[He] went on to (say) {that prices would fall}.",
    "[The agency] would not (say) {how many had died}.",
    "[She] (promised) {to resign}.",
    "{“It could be worse,”} [he] (said).",
    "[The minister] (said) {if the vote fails he will go}.",
    "Although [the surveyor] (said) {the dam was sound}, it broke.",
    "When [the coach] (said) {the pitch was unfit}, they laughed.",
]


@pytest.mark.parametrize(("sentence", "modal"), [(s, True) for s in MODAL] + [(s, False) for s in ACTUAL])
def test_modal(said, sentence: str, modal: bool) -> None:  # type: ignore[no-untyped-def]
    assert said(sentence)[0].modal is modal


ASKED = [
    "[The lawyer] (asked) {whether he had been there}.",
    "[She] (wondered) {if anyone was listening}.",
    "[He] (asked): {“Who pays for this?”}",
    "{“Who pays for this?”} [he] (said).",
    "[Reporters] (asked) {why the gates were locked}.",
    "[The judge] (asked) {how long it had taken}.",
    "Did [the surveyor] (say) {that the dam was sound}?",
    "Who (told) the crew {that the hold was dry}?",
]
STATED = [
    "[The lawyer] (asked) {for a delay}.",
    "[She] (asked) him {to leave}.",
    "[He] (said) {that he knew who had paid}.",
    "[They] (questioned) {his honesty}.",
]


@pytest.mark.parametrize(("sentence", "question"), [(s, True) for s in ASKED] + [(s, False) for s in STATED])
def test_question(said, sentence: str, question: bool) -> None:  # type: ignore[no-untyped-def]
    assert said(sentence)[0].question is question


CIRCUMSTANCES = [
    ("[She] (told) reporters {that the dam had held}.", "reporters", None, None),
    ("[She] (told) reporters on Tuesday {that the dam had held}.", "reporters", None, "on Tuesday"),
    ("[Abe] (told) the crowd {the strike was over}.", "the crowd", None, None),
    ("[Abe] (said) to the crowd {that the strike was over}.", "the crowd", None, None),
    ("[Mrs Lund] (asked) Smith {whether he had signed}.", "Smith", None, None),
    ("[The governor] (urged) residents {to stay indoors}.", "residents", None, None),
    ("{“Go home,”} [the sergeant] (told) them.", "them", None, None),
    ("[He] (was told) {that the ward was full}.", None, None, None),
    ("[The envoy] (spoke to) {the council}.", None, None, None),
    (
        "In a letter to Congress, [the union] (said) {that jobs would go}.",
        "Congress",
        "In a letter to Congress",
        None,
    ),
    (
        "[The bank] (said) in a statement on Friday {that it was solvent}.",
        None,
        "in a statement",
        "on Friday",
    ),
    ("{“I was wrong,”} [Diaz] (said) on Twitter.", None, "on Twitter", None),
    (
        "[The striker] (said) in an interview with the BBC last week {that he would stay}.",
        "the BBC",
        "in an interview with the BBC",
        "last week",
    ),
    ("During Monday's debate, [Perez] (called) {the tax unfair}.", None, "During Monday's debate", None),
    ("[Clarke] (said) Tuesday night {that the count was done}.", None, None, "Tuesday night"),
    ("{The count is done}, [Clarke] (said) yesterday.", None, None, "yesterday"),
    ("In 2013, [the court] (ruled) {that the ban was void}.", None, None, "In 2013"),
    ("Two weeks ago [the firm] (said) {it was hiring}.", None, None, "Two weeks ago"),
    (
        "Speaking to reporters in Lagos on Sunday, [the general] (said) {the raid had failed}.",
        "reporters",
        None,
        "on Sunday",
    ),
    ("{“It's a farce,”} the 54-year-old [Pell] (told) Sky News.", "Sky News", None, None),
    ("[Ines] (told) a group of nurses after the vote {that it was legal}.", "a group of nurses", None, None),
    ("Hours after [the board] (said) {it would sell}, it sold.", None, None, None),
    (
        "At a town hall in Salem on Monday, [she] (said) {it was over}.",
        None,
        "At a town hall in Salem",
        "on Monday",
    ),
    ("{“We won,”} [he] (shouted) at the referee.", "the referee", None, None),
    ("[Ward] (said) {that she told reporters on Sunday in a statement}.", None, None, None),
    ("[Ward] (said) {the vote on Sunday was fair}.", None, None, None),
    ("[He] (pointed to) {a rise in crime}.", None, None, None),
    ("[He] (added) to the pressure {by calling it a farce}.", None, None, None),
    ("[The pilot] (praised) {the crew}.", None, None, None),
    ("{“Enough.”}", None, None, None),
]


@pytest.mark.parametrize(("sentence", "addressee", "medium", "when"), CIRCUMSTANCES)
def test_circumstances(  # type: ignore[no-untyped-def]
    said, sentence: str, addressee: str | None, medium: str | None, when: str | None
) -> None:
    assert said(sentence)[1] == {"addressee": addressee, "medium": medium, "when": when}


def test_spans_lie_outside_the_content(parser: Parser) -> None:
    for sentence, *_ in CIRCUMSTANCES:
        parse, attribution = read(parser, sentence)
        found = describe(parse, attribution, None)
        content = {i for span in attribution.candidate.content for i in range(*span)}
        for span in (found.addressee, found.medium, found.when):
            assert span is None or not content.intersection(range(*span))
