"""What a page says of itself: headlines without the site, authors without role, agency and system."""

import pytest

from quotes.read.byline import author, headline


@pytest.mark.parametrize(
    ("title", "outlet", "headings", "wanted"),
    [
        ("Library shut - Ostby Post", None, ["Library shut"], "Library shut"),
        ("Library shut | Ostby Post", "The Ostby Post", [], "Library shut"),
        ("Ostby Post: Library shut", "Ostby Post", [], "Ostby Post: Library shut"),  # no blank before the colon
        ("Rovers 2 - 1 United", "Ostby Post", ["Rovers win"], "Rovers 2 - 1 United"),
        ("Harbour – what now? – ostbypost.co.uk", "ostbypost", [], "Harbour – what now?"),
        (None, "Ostby Post", [], None),
    ],
)
def test_headlines(title: str | None, outlet: str | None, headings: list[str], wanted: str | None) -> None:
    assert headline(title, outlet, headings) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Ada Lund", "Ada Lund"),
        ("By Ada Lund, Health Correspondent", "Ada Lund"),
        ("Ada Lund; Reuters", "Ada Lund"),
        ("Ada Lund and Tom Rask (AP)", "Ada Lund; Tom Rask"),
        ("escenic", None),
        ("Associated Press", None),
        ("newsdesk@ostbypost.example", None),
        ("Staff reporter", None),
        ("Ngũgĩ wa Thiong'o", "Ngũgĩ wa Thiong'o"),
        (None, None),
    ],
)
def test_authors(given: str | None, wanted: str | None) -> None:
    assert author(given) == wanted
