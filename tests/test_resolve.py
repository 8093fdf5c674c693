"""Who speaks: every class of mention, with tempting wrong antecedents.

A passage marks its quotes as the fixtures do ({s1 source} {c1 cue} {q1 content}); beside it stand the names that
the sources resolve to, in the order of their numbers, None for a name withheld.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import goldmarks
import pytest

from quotes.find.candidate import Attribution, Candidate, TokenSpan
from quotes.grammar.marks import Quotation, pair
from quotes.grammar.parse import Parse, Parser
from quotes.records import Speaker
from quotes.resolve import resolve

CharSpan = tuple[int, int]


def tokens(parse: Parse, span: CharSpan) -> TokenSpan:
    """The tokens of a character span."""
    first = bisect_right(parse.end, span[0])
    return first, max(first + 1, bisect_left(parse.start, span[1]))


def read(
    parser: Parser, text: str, spans: dict[tuple[str, int], list[CharSpan]]
) -> tuple[Parse, list[Quotation], list[Attribution]]:
    """What resolve needs to know of marked quotes, in the order of their numbers."""
    parse = next(iter(parser.pipe([text])))
    attributions = []
    for number in sorted({n for _, n in spans}):
        content = tuple(tokens(parse, span) for span in spans["q", number])
        cue = tokens(parse, spans["c", number][0]) if ("c", number) in spans else None
        source = tokens(parse, spans["s", number][0]) if ("s", number) in spans else None
        candidate = Candidate(
            rule="test",
            cue=cue,
            head=cue[0] if cue else content[0][0],
            lemma="say",
            source=source,
            source_head=-1,
            content=content,
        )
        attributions.append(Attribution(candidate, 1.0))
    quotations = pair(text, [(parse.start[a], parse.end[b - 1]) for a, b in parse.paragraphs])
    return parse, quotations, attributions


def speakers_of(parser: Parser, text: str, spans: dict[tuple[str, int], list[CharSpan]]) -> list[Speaker | None]:
    """The speakers of marked quotes, in the order of their numbers."""
    return resolve(*read(parser, text, spans))


def speakers(parser: Parser, marked: str) -> list[Speaker | None]:
    """The speakers of a marked passage."""
    return speakers_of(parser, *goldmarks.strip(marked))


CASES = {
    # Names.
    "a firm that is no court": (
        "She stole for eleven years, {s1 Ennis Criminal Court} {c1 heard} {q1 on Monday}. {s2 The bank} {c2 said} "
        "{q2 the account was empty}.",
        ["Ennis Criminal Court", "bank"],
    ),
    "the fullest form, wherever it stands": (
        "{s1 Ms. Vance} {c1 said} {q1 the bridge would reopen in May}. Dolores R. Vance, who runs the county's road "
        "department, has promised that before. {q2 “We mean it this time,”} {s2 Vance} {c2 said}.",
        ["Dolores R. Vance", "Dolores R. Vance"],
    ),
    "an initial and a short form": (
        "{s1 Mike Pelletier} {c1 said} {q1 the vote was a sham}. Michael T. Pelletier has sat on the "
        "board since 1999. "
        "{s2 Mr. Pelletier} {c2 called} {q2 it theatre}.",
        ["Michael T. Pelletier", "Michael T. Pelletier"],
    ),
    "a nickname in quotation marks": (
        "Raymond “Boots” Kowalczyk has run the diner for 40 years. {q1 “I never closed once,”} {s1 Boots} {c1 said}.",
        ["Raymond Kowalczyk"],
    ),
    "title, role and place before the name": (
        "{s1 Former Texas Agriculture Commissioner Hiram Yates} {c1 warned} {q1 that wells were running dry}.",
        ["Hiram Yates"],
    ),
    "Secretary of State before the name": (
        "{s1 Secretary of State Laura Whitcomb} {c1 said} {q1 the talks had failed}.",
        ["Laura Whitcomb"],
    ),
    "a month that is a last name": (
        "Theresa May arrived late. {q1 “I am sorry,”} {s1 Mrs May} {c1 said}. In May the talks had broken down. "
        "{s2 May} {c2 added} {q2 that trains had been cancelled}.",
        ["Theresa May", "Theresa May"],
    ),
    "two of one last name, told by title": (
        "Bill Clinton and Hillary Clinton dined in Chappaqua. {s1 Mrs. Clinton} {c1 said} {q1 the fish was dry}. "
        "{s2 Mr. Clinton} {c2 said} {q2 it was fine}.",
        ["Hillary Clinton", "Bill Clinton"],
    ),
    "relatives in full, the one whom it is about by last name": (
        "Marta Olsen lost the runoff on Tuesday. Her brother, Erik Olsen, wept. {q1 “I will be back,”} "
        "{s1 Olsen} {c1 told} supporters. {s2 Erik Olsen} {c2 said} {q2 he would drive her home}.",
        ["Marta Olsen", "Erik Olsen"],
    ),
    "all capitals": (
        "RALEIGH, N.C. — {s1 GOVERNOR PAT HOLLIS} {c1 said} {q1 he would veto the bill}. {s2 Hollis} {c2 called} "
        "{q2 it unworkable}.",
        ["PAT HOLLIS", "PAT HOLLIS"],
    ),
    "particles": (
        "Ursula von der Heyde met Juan Manuel de la Fuente and Prince Khalid bin Nayef. {s1 Von der Heyde} {c1 said} "
        "{q1 it went well}. {s2 De la Fuente} {c2 agreed} {q2 that it had}. {s3 Prince Khalid} {c3 said} "
        "{q3 nothing new}.",
        ["Ursula von der Heyde", "Juan Manuel de la Fuente", "Khalid bin Nayef"],
    ),
    "Arabic names with al-": (
        "Tariq al-Masri runs the port. {s1 Al-Masri} {c1 said} {q1 two cranes were out of order}. {s2 Mr. al-Masri} "
        "{c2 blamed} {q2 the supplier}.",
        ["Tariq al-Masri", "Tariq al-Masri"],
    ),
    "Chinese and Korean names, family name first": (
        "Zhao Wenli spoke first. {s1 Mr. Zhao} {c1 said} {q1 steel was cheap}. His host, Kang Min-seo, disagreed. "
        "{s2 Kang} {c2 said} {q2 steel was dumped}.",
        ["Zhao Wenli", "Kang Min-seo"],
    ),
    "a Spanish double surname": (
        "María Elena Robles Ochoa chairs the union. {s1 Robles} {c1 said} {q1 the strike would go on}.",
        ["María Elena Robles Ochoa"],
    ),
    "an Icelander goes by the first name": (
        "Guðrún Einarsdóttir measured the glacier. {q1 “It is shrinking,”} {s1 Guðrún} {c1 said}.",
        ["Guðrún Einarsdóttir"],
    ),
    "an acronym in brackets and one without": (
        "The Harbour Pilots Association (HPA) rejected the offer. {s1 HPA} {c1 said} {q1 its members "
        "would vote}. The "
        "National Dredging Board is the employer. {s2 The NDB} {c2 said} {q2 it was disappointed}.",
        ["Harbour Pilots Association", "National Dredging Board"],
    ),
    "a newspaper's short form": (
        "The editorial ran in the Topeka Courier. {s1 The Courier} {c1 said} {q1 the mayor should go}.",
        ["Topeka Courier"],
    ),
    "a headline that runs names together": (
        "Gov. Arlo Finch Slams Rival Over Tax Plan\n\nArlo Finch came out swinging on Monday in a gymnasium full of "
        "supporters.\n\n{s1 Finch} {c1 said} {q1 the plan was a fraud}.",
        ["Arlo Finch"],
    ),
    # Roles and descriptions.
    "the apposition is no part of the name": (
        "{s1 Hugh Hanley, a doctor at the clinic in Elko,} {c1 said} {q1 beds were short}.",
        ["Hugh Hanley"],
    ),
    "a role with the name behind a comma": (
        "{s1 The party chairwoman}, Representative Dinah Lowe, {c1 called} {q1 the memo a forgery}.",
        ["Dinah Lowe"],
    ),
    "a broader word for a role": (
        "France's Foreign Minister Luc Moreau flew to Oslo to see Prime Minister Kari Dahl. {s1 The "
        "French top diplomat} "
        "{c1 said} {q1 the gas would flow}. {s2 The Norwegian leader} {c2 nodded} {q2 at that}.",
        ["Luc Moreau", "Kari Dahl"],
    ),
    "a counterpart has the same role elsewhere": (
        "Japan's Finance Minister Kenji Mori telephoned his Canadian counterpart, Elise Tremblay, on Friday. {s1 The "
        "Canadian finance minister} {c1 said} {q1 rates would rise}. {s2 The Japanese minister} {c2 "
        "said} {q2 they would not}.",
        ["Elise Tremblay", "Kenji Mori"],
    ),
    "a demonym alone": (
        "Serbian striker Dusan Petric scored twice past Welsh goalkeeper Gethin Rees. {q1 “He is good,”} "
        "{s1 the Welshman} {c1 said}.",
        ["Gethin Rees"],
    ),
    "the spokesman who is named later": (
        "{s1 A spokesman} {c1 declined} {q1 to comment}. {q2 “We have nothing to add,”} said {s2 the spokesman}, Ivo "
        "Banks. The mayor, Rita Solis, was away.",
        ["Ivo Banks", "Ivo Banks"],
    ),
    "somebody's lawyer is not that somebody": (
        "Dale Crump appeared in court on Monday. {s1 His lawyer} {c1 said} {q1 Crump was innocent}.",
        ["His lawyer"],
    ),
    "a description that is another's": (
        "Senator Joan Petty met Governor Al Reyes in Tulsa. {s1 The governor} {c1 said} {q1 the senator was wrong}. "
        "{s2 The senator} {c2 laughed} {q2 at that}.",
        ["Al Reyes", "Joan Petty"],
    ),
    "the company": (
        "Norvik Paper, a paper maker based in Duluth, lost money again. {s1 The company} {c1 said} {q1 "
        "pulp was dear}. "
        "{s2 It} {c2 added} {q2 that prices would rise}.",
        ["Norvik Paper", "Norvik Paper"],
    ),
    # Pronouns.
    "a chain of he said": (
        "Mayor Tom Brandt met reporters in the rain. {q1 “The levee held,”} {s1 he} {c1 said}. {s2 He} "
        "{c2 added} {q2 that "
        "pumps were on the way}. {q3 “Nobody slept,”} {s3 he} {c3 said}.",
        ["Tom Brandt", "Tom Brandt", "Tom Brandt"],
    ),
    "she is not the man between": (
        "Judge Anita Kohl sentenced Peter Vandermeer to four years. {q1 “You betrayed your clients,”} "
        "{s1 she} {c1 told} "
        "him. {s2 He} {c2 said} {q2 he was sorry}.",
        ["Anita Kohl", "Peter Vandermeer"],
    ),
    "he is not whom the quote names": (
        "Coach Sam Ridley praised the bench. {q1 “Carl Novak saved us, and Lee Hobbs ran all night,”} "
        "{s1 he} {c1 said}.",
        ["Sam Ridley"],
    ),
    "he is not who asked him": (
        "The inquest opened with Mary Garner. Questioned by Daniel Frost, for the family, {s1 she} {c1 agreed} "
        "{q1 that she had been tired}. Pressed by Frost, {s2 she} {c2 said} {q2 she had not slept}.",
        ["Mary Garner", "Mary Garner"],
    ),
    "the subject that follows its pronoun": (
        "Walter Beck had spoken first. {c1 In} {s1 his} letter to the board, Oscar Lindqvist {q1 resigned}.",
        ["Oscar Lindqvist"],
    ),
    "who is the antecedent": (
        "The bill's author is Senator Nell Burke, {s1 who} {c1 says} {q1 it will pass}.",
        ["Nell Burke"],
    ),
    "they are the group": (
        "Teachers marched through Salem with their pupils. {s1 They} {c1 said} {q1 the classrooms were freezing}.",
        ["Teachers"],
    ),
    "I in a quote is its speaker": (
        "{q1 “{s2 I} {c2 told} him {q2 to stop},”} {s1 Ana Prieto} {c1 said} after Judge Roy Oakes had left.",
        ["Ana Prieto", "Ana Prieto"],
    ),
    "I outside quotation marks is the writer of the byline": (
        "A quiet town\n\nBy Fern Adler\n\nPeople here whisper. {s1 I} {c1 think} {q1 they are afraid}.",
        ["Fern Adler"],
    ),
    "I outside quotation marks is nobody without one": (
        "People here whisper about Ned Orr. {s1 I} {c1 think} {q1 they are afraid}.",
        [None],
    ),
    # Groups, documents, unnamed.
    "coordinated speakers": (
        "Ruth Gale and Omar Nasser run the shelter. {s1 Gale and Nasser} {c1 said} {q1 it was full}. {s2 "
        "Both} {c2 want} "
        "{q2 a second one}.",
        ["Ruth Gale and Omar Nasser", "Ruth Gale and Omar Nasser"],
    ),
    "two officials": (
        "{s1 Two officials close to the talks} {c1 said} {q1 a deal was near}. {s2 Critics} {c2 doubt} {q2 it}.",
        ["Two officials close to the talks", "Critics"],
    ),
    "the poll": (
        "A Franklin College poll of Ohio voters came out on Monday. {s1 The poll} {c1 found} {q1 a tie}.",
        ["Franklin College poll of Ohio voters"],
    ),
    "a pronoun that could be anybody's goes without a name": (
        "{s1 He} {c1 said} {q1 it was over}.",
        [None],
    ),
    "one who has no name goes on speaking": (
        "Dana Whitlock opened the fair on Monday.\n\n{s1 A local farmer} {c1 said} {q1 the rain would ruin the "
        "harvest}. {q2 “We are desperate,”} {s2 he} {c2 added}.",
        ["local farmer", "local farmer"],
    ),
    "a minister who is he is no Ms Price": (
        "{q1 “I never met him,”} {s1 Ms Price} {c1 said}.\n\n{s2 The minister} {c2 said} {q2 he was confident of a "
        "deal}.",
        ["Price", "minister"],
    ),
    "two in a headline with a comma for and": (
        "{s1 Chile's Rojas, Peru's Medina} {c1 discuss} {q1 fishing in phone talks}\n\nChilean Foreign Minister "
        "Elena Rojas spoke with her Peruvian counterpart Tomas Medina on Friday.\n\n{q2 “It was useful,”} {s2 Rojas} "
        "{c2 said}.",
        ["Elena Rojas and Tomas Medina", "Elena Rojas"],
    ),
    "a first paragraph that is a sentence and no headline": (
        "Neighbours Julia Parr and Wendy Cole fought the tower for six years.\n\n{s1 Parr} {c1 said} {q1 they had "
        "never given up}.\n\nNeil Parr, who is not related, drew the plans.",
        ["Julia Parr"],
    ),
    "one who is described is not somebody named only later": (
        "It burned all night at the depot by the river, and nobody was hurt in it, as far as anyone in the town "
        "could tell on Monday.\n\n{s1 The minister} {c1 said} {q1 the fire was out}.\n\nIn Lima, Foreign Minister "
        "Juan Lopez was sorry.",
        ["minister"],
    ),
    "two with titles": (
        "{s1 Labor Minister Ana Reyes and Interior Minister Carlos Pinto} {c1 said} {q1 the bill was ready}.",
        ["Ana Reyes and Carlos Pinto"],
    ),
    "a minister for something": (
        "He rang Minister for Health Stephen Donnelly. {s1 Donnelly} {c1 said} {q1 the wards were full}. {s2 The "
        "minister} {c2 added} {q2 that more beds would come}.",
        ["Stephen Donnelly", "Stephen Donnelly"],
    ),
    "a firm of two names is one": (
        "{s1 Johnson & Johnson} {c1 said} {q1 sales fell}.",
        ["Johnson & Johnson"],
    ),
    # Quotations without a cue.
    "the one whom the sentence before is about": (
        "Nora Pike shook her head. {q1 “Not in my lifetime.”}",
        ["Nora Pike"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_class_of_mention(parser: Parser, name: str) -> None:
    marked, expected = CASES[name]
    found = speakers(parser, marked)
    assert [s.name if s else None for s in found] == expected


def test_kind_description_evidence_and_entity(parser: Parser) -> None:
    found = speakers(
        parser,
        "{s1 Iceland's Fisheries Minister Ari Jonsson} {c1 said} {q1 cod was scarce}. {s2 He} {c2 "
        "blamed} {q2 the sea}. "
        "{s3 The Trawler Owners Union} {c3 said} {q3 he was wrong}.",
    )
    assert [s.kind for s in found if s] == ["person", "person", "organization"]
    assert [s.resolved_by for s in found if s] == ["name", "pronoun", "name"]
    assert [s.entity for s in found if s] == ["e1", "e1", "e2"]
    assert found[1] is not None
    assert found[1].description == "Iceland's Fisheries Minister"
    assert found[1].mention is not None
    assert found[1].mention.text == "He"
    assert all(s and 0.5 <= s.confidence <= 1 for s in found)


def test_members_of_a_group(parser: Parser) -> None:
    (found,) = speakers(parser, "{s1 Ida Moss and Theo Crane} {c1 said} {q1 the barn was lost}.")
    assert found is not None
    assert (found.kind, found.members) == ("group", ("Ida Moss", "Theo Crane"))


def test_withheld_name_keeps_the_mention_and_says_none(parser: Parser) -> None:
    (found,) = speakers(parser, "{s1 She} {c1 said} {q1 it was over}.")
    assert found is not None
    assert (found.name, found.resolved_by, found.entity) == (None, "none", None)
    assert found.mention is not None
    assert found.mention.text == "She"


def test_no_source_is_no_speaker(parser: Parser) -> None:
    assert speakers(parser, "Ned Orr went home. It {c1 is thought} {q1 that he was ill}.") == [None]


def test_names_do_not_depend_on_the_order_of_attributions(parser: Parser) -> None:
    text, spans = goldmarks.strip(CASES["a chain of he said"][0])
    turned = {(role, 4 - number): span for (role, number), span in spans.items()}
    assert [s and s.name for s in speakers_of(parser, text, turned)] == ["Tom Brandt"] * 3


def test_a_name_in_commas_before_the_subject_does_not_speak(parser: Parser) -> None:
    """The parser takes the counterpart for the subject; whoever finds sources from it does so, too."""
    (found,) = speakers(
        parser,
        "Malta's Foreign Minister Carmen Zahra was in Athens. In a call with her Greek counterpart, {s1 Nikos Pappas}, "
        "the "
        "Maltese top diplomat {c1 emphasized} {q1 that the islands needed a ferry}.",
    )
    assert found is not None
    assert found.mention is not None
    assert (found.name, found.mention.text) == ("Carmen Zahra", "the Maltese top diplomat")


def test_the_chain_of_evidence(parser: Parser) -> None:
    marked = "Mayor Tom Brandt met reporters. {s1 He} {c1 said} {q1 the levee held}. {s2 It} {c2 is said} {q2 to leak}."
    found, nobody = resolve(*read(parser, *goldmarks.strip(marked)), evidence=True)
    assert found is not None
    chain = found.evidence
    assert chain[0].startswith("Tom Brandt: the likeliest antecedent (pronoun.he, 0.")
    assert chain[1:] == ("named: Tom Brandt (1)", "described: Mayor")
    assert nobody is not None
    assert (nobody.name, nobody.evidence) == (None, ())


@pytest.mark.parametrize("text", ["", "\n\n", "“”", "a" * 5000, "Al " * 3000, "\x00 said \x00", "He, he, he."])
def test_odd_texts_resolve_without_error(parser: Parser, text: str) -> None:
    parse = next(iter(parser.pipe([text])))
    assert resolve(parse, [], []) == []


def test_the_diplomats_are_told_apart(parser: Parser) -> None:
    """Every statement of the phone call under its minister's full name."""
    gold = goldmarks.load("summit")
    spans = {
        (role, quote.number): list(getattr(quote, part))
        for quote in gold.quotes
        for role, part in (("s", "source"), ("c", "cue"), ("q", "content"))
        if getattr(quote, part)
    }
    found = speakers_of(parser, gold.text, spans)
    ministers = {"Hossein Amir-Abdollahian", "Hakan Fidan", "Rustam Qodirov"}
    wanted = {q.number: q.name for q in gold.quotes if q.name in ministers}
    assert {n: (s.name if (s := found[n - 1]) else None) for n in wanted} == wanted
