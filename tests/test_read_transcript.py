"""Captions to transcripts, and the speakers that are found in them."""

from pathlib import Path

import pytest

from quotes.extractor import Extractor
from quotes.read import Document, documents
from quotes.read.transcript import transcript as read

TALK = """WEBVTT - Council

STYLE
::cue { color: white }

NOTE recorded on Monday

1
00:01.000 --> 00:03.000 align:start
<v Ada Lund>Welcome. The bridge will reopen</v>

00:03.000 --> 00:05.000
<v.loud Ada Lund>in <i>May</i> &amp; the trams in June.

00:05.500 --> 00:07.000
<v Tom Rask>No.</v>
<v Ada Lund>Yes.</v>

00:08.000 --> 00:09.000
[applause]
"""


def transcript(captions: str, format: str) -> str:
    """The text of captions all of which can be read."""
    text, note = read(captions, format)
    assert not note
    return text


def srt(*captions: str, pause: int = 0) -> str:
    """Captions of two seconds each."""
    times = ((k * (2 + pause), k * (2 + pause) + 2) for k in range(len(captions)))
    return "".join(
        f"{k}\n00:00:{a:02},000 --> 00:00:{b:02},000\n{words}\n\n"
        for k, ((a, b), words) in enumerate(zip(times, captions, strict=True), 1)
    )


def test_voices_become_names_before_their_words() -> None:
    assert transcript(TALK, "vtt").split("\n\n") == [
        "Ada Lund: Welcome. The bridge will reopen in May & the trams in June.",
        "Tom Rask: No.",
        "Ada Lund: Yes.",
        "[applause]\n",
    ]


def test_words_after_a_voice_has_ended_are_nobodys() -> None:
    captions = (
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v R&amp;D Lund>Yes,</v> <v R&amp;D Lund>we do.</v> [laughter]\nNo.\n"
    )
    assert transcript(captions, "vtt") == "R&D Lund: Yes, we do.\n\n[laughter] No.\n"


def test_captions_that_overlap() -> None:
    times = (("01", "30"), ("02", "03"), ("09", "10"), ("40", "41"))
    captions = "".join(f"00:{a}.000 --> 00:{b}.000\n{k}\n\n" for k, (a, b) in enumerate(times))
    assert transcript(f"WEBVTT\n\n{captions}", "vtt") == "0 1 2\n\n3\n", "no silence until the longest has ended"


def test_srt_with_styles_and_blanks_where_none_belong() -> None:
    captions = srt('{\\an8}<font color="#fff">One.</font>', "<i>Two.</i>").replace("\n", " \r\n")
    assert transcript(f"\r\n{captions}", "srt") == "One. Two.\n"


def test_labels_and_changes_of_speaker() -> None:
    captions = srt(
        "<b>ADA LUND:</b> It took", "too long - far too long.", ">> DR. RASK: Why?", "- Money.\n- Whose?", ">> Ours."
    )
    assert transcript(captions, "srt").split("\n\n") == [
        "ADA LUND: It took too long - far too long.",
        "DR. RASK: Why?",
        "Money.",
        "Whose?",
        "Ours.\n",
    ]


def test_pauses_part_the_words_of_nobody_and_of_no_speaker() -> None:
    assert transcript(srt("One.", "Two.", pause=5), "srt") == "One.\n\nTwo.\n"
    assert transcript(srt("LUND: One.", "Two.", pause=5), "srt") == "LUND: One. Two.\n"


def test_lines_that_automatic_captions_repeat() -> None:
    captions = """WEBVTT

00:00:00.000 --> 00:00:02.000
the bridge<00:00:01.000><c> will</c>

00:00:02.000 --> 00:00:02.010
the bridge will

00:00:02.010 --> 00:00:04.000
the bridge will
open<00:00:03.000><c> in May</c>
"""
    assert transcript(captions, "vtt") == "the bridge will open in May\n"


def test_captions_with_broken_times_are_counted() -> None:
    broken = srt("One.", "Two.", "Three.", "Four.").replace("00:00:02,000 -->", "00:00:xx -->")
    assert read(broken, "srt") == ("One. Three. Four.\n", "1 caption with broken times left out")
    broken = "WEBVTT\n\n00:01.000 --> later\nOne.\n\n00:02.000 -->\nTwo.\n\n00:03.000 --> 00:04.000\nThree.\n"
    assert read(broken, "vtt") == ("Three.\n", "2 captions with broken times left out")
    with pytest.raises(ValueError, match=r"^no SRT file, or a broken one$"):
        read("1\n0:01 --> 0:02\nOne.\n", "srt")


@pytest.mark.parametrize("data", ["WEBVTT", "WEBVTT\n\nNOTE nothing\n"])
def test_no_captions(data: str, tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text(data, encoding="utf-8")
    assert list(documents([str(path)])) == [Document(str(path), "", "no text in it", None, "vtt")]


def test_the_speakers_of_a_transcript_are_found(extractor: Extractor) -> None:
    turns = [
        "<v Ada Lund>Welcome to the council.",
        "<v Tom Rask>The cables are rusted.",
        "<v Ada Lund>Who looked at them?",
    ]
    turns += ["<v Tom Rask>Nobody did, for twenty years.", "<v Ada Lund>Then we will close it.", "<v Tom Rask>Good."]
    captions = "".join(f"00:{k:02}.000 --> 00:{k:02}.900\n{words}\n\n" for k, words in enumerate(turns))
    text = transcript(f"WEBVTT\n\n{captions}", "vtt")
    said = [(quote.speaker and quote.speaker.name, quote.text) for quote in extractor.extract(text)]
    assert ("Tom Rask", "The cables are rusted.") in said
    assert ("Ada Lund", "Then we will close it.") in said
    assert {name for name, _ in said} == {"Ada Lund", "Tom Rask"}
