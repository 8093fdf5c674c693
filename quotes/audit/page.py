"""The page of an audit: its figures, each with what it means, and charts that print."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from quotes.audit.report import Group, Report, Share
from quotes.lexicon import table
from quotes.view import STATIC
from quotes.view.page import templates

WIDTH = 100.0
"""Of a bar, in the units of its drawing."""
ROOM = 7.0
"""Of a bar's part in which its share can be written."""
HUES = {
    **{"official": "hue-0", "company": "hue-4", "expert": "hue-2", "ordinary": "hue-1", "document": "hue-5"},
    **{
        "poll": "hue-6",
        "group": "hue-3",
        "anonymous": "hue-7",
        "other": "hue-8",
        "untold": "hue-none",
        "none": "hue-none",
    },
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar."""

    kind: str
    hue: str
    x: float
    width: float
    share: float
    labelled: bool


def page(report: Report) -> str:
    """A page of its own that asks nothing of any network, for screens, phones and paper."""
    styles = Markup(
        (STATIC / "base.css").read_text(encoding="utf-8")
        + (Path(__file__).parent / "static" / "audit.css").read_text(encoding="utf-8")
    )
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    names = {row["figure"]: (row["name"], row["means"]) for row in table("audit")}
    groups = (("By outlet", report.outlets), ("By section", report.sections), ("By month", report.months))
    return (
        templates("quotes.audit")
        .get_template("audit.html")
        .render(
            report=report,
            kinds=[share for share in report.whole.kinds if share.sources],
            most=max((share.of_words for share in report.whole.kinds), default=0) or 1,
            names=names,
            groups=[(title, [(group, bar(group.kinds)) for group in some]) for title, some in groups if len(some) > 1],
            sexes=sexes(report.whole),
            hues=HUES,
            styles=styles,
            policy=policy,
        )
    )


def bar(shares: Sequence[Share]) -> list[Part]:
    """The parts of a bar, each as wide as its share of the sources."""
    parts, at = [], 0.0
    for share in shares:
        width = round(share.of_sources * WIDTH, 2)
        if width:
            parts.append(Part(share.name, HUES[share.name], round(at, 2), width, share.of_sources, width >= ROOM))
            at += width
    return parts


def sexes(group: Group) -> list[Part]:
    """The bar of women, men and persons whose sex is not told."""
    told = 1 - group.sex_unknown
    women = told * (group.women or 0)
    shares = (("women", "hue-5", women), ("men", "hue-4", told - women), ("not told", "hue-none", group.sex_unknown))
    parts, at = [], 0.0
    for name, hue, share in shares:
        width = round(share * WIDTH, 2)
        if width:
            parts.append(Part(name, hue, round(at, 2), width, share, width >= ROOM))
            at += width
    return parts
