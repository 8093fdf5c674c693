"""Who is one by what people say: speakers renamed, merged and split.

Which merges stand tells who is one: a speaker that is merged keeps its row, its names, and the quotes that were joined
to it (joined_as), so that later quotes under its names go the same way, and a merge that is undone leaves no trace.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from quotes.resolve.names import fold
from quotes.store.changes import ChangeError, keep
from quotes.store.database import Database
from quotes.store.people import ACROSS, assign, find, joined_as, names, renew, roots, same_name
from quotes.store.rows import clean, listed
from quotes.store.wire import regroup


def rename(db: Database, speaker: int, name: str, who: str) -> int:
    """Call a speaker by another name; see ``Store.rename``, within a transaction."""
    row, name = _speaker(db, speaker), _name(name)
    if name == row["name"]:
        raise ChangeError(f"{name} is called that already")
    _check_free(db, name, row["id"])
    told = {"speaker": row["id"], "before": row["given"], "after": name}
    change = keep(db, "rename", f"{row['name']} → {name}", told, who)
    _call(db, row["id"], name)
    return change


def unname(db: Database, told: Mapping[str, Any]) -> None:
    """Undo a renaming, unless there was another since."""
    [given] = db.execute("SELECT given FROM speakers WHERE id = ?", (told["speaker"],)).fetchone()
    if given != told["after"]:
        raise ChangeError(f"{told['after']} was renamed again since; undo that first")
    _call(db, told["speaker"], told["before"])


def merge(db: Database, speakers: Iterable[int], into: int, who: str) -> list[int]:
    """Make speakers one; see ``Store.merge``, within a transaction."""
    target, changes = _speaker(db, into), []
    for speaker in speakers:
        row = _speaker(db, speaker)
        if row["id"] == target["id"]:
            raise ChangeError(f"{speaker} and {into} are one already: {target['name']}")
        told = {"speaker": row["id"], "into": target["id"], "scope": target["document_id"]}
        changes.append(keep(db, "merge", f"{row['name']} merged into {target['name']}", told, who))
        db.execute("UPDATE speakers SET document_id = NULL WHERE id = ?", (target["id"],))
        _reconcile(db, [row["id"]])
    return changes


def unmerge(db: Database, told: Mapping[str, Any]) -> None:
    """Undo a merge that is no longer among those that stand."""
    if told["scope"] and db.execute("SELECT 1 FROM documents WHERE id = ?", (told["scope"],)).fetchone():
        db.execute("UPDATE speakers SET document_id = ? WHERE id = ?", (told["scope"], told["into"]))
    _reconcile(db, [told["speaker"]])


def split(
    db: Database,
    speaker: int,
    who: str,
    by_name: Sequence[str] = (),
    documents: Sequence[int] = (),
    name: str | None = None,
) -> tuple[int, int]:
    """Make a speaker of some of another's quotes; see ``Store.split``, within a transaction."""
    row = _speaker(db, speaker)
    every = db.execute(
        "SELECT id, uid, document_id, speaker, coalesce(joined_as, speaker_id) AS joined FROM quotes "
        "WHERE speaker_id = ? ORDER BY id",
        (row["id"],),
    ).fetchall()
    some = [
        one
        for one in every
        if one["document_id"] in documents or any(same_name(one["speaker"], other, row["kind"]) for other in by_name)
    ]
    if not some:
        raise ChangeError(f"{row['name']} has no quotes under these names or in these documents")
    if len(some) == len(every):
        raise ChangeError(f"all quotes of {row['name']} are of these names or documents: nothing to split; rename it")
    called = _name(name or (by_name[0] if by_name else row["name"]))
    if called != row["name"]:
        _check_free(db, called, row["id"])
    made = db.execute(
        "INSERT INTO speakers (name, kind, given) VALUES (?, ?, ?) RETURNING id", (called, row["kind"], called)
    )
    new = int(made.fetchone()[0])
    told = {"speaker": row["id"], "new": new, "joined": {one["uid"]: one["joined"] for one in some}}
    change = keep(db, "split", f"{called} split off from {row['name']}, with {len(some):,} quotes", told, who)
    assign(db, [one["id"] for one in some], new)
    _settle(db, {new, *(one["joined"] for one in some)})
    return change, new


def unsplit(db: Database, told: Mapping[str, Any]) -> None:
    """Undo a split, unless what was split off was merged since."""
    new = told["new"]
    merged = "(id = ? AND merged_into IS NOT NULL) OR merged_into = ?"
    if db.execute(f"SELECT 1 FROM speakers WHERE {merged}", (new, new)).fetchone():
        raise ChangeError("what was split off was merged since; undo that first")
    db.execute("UPDATE speakers SET given = NULL WHERE id = ?", (new,))
    back: dict[int, list[int]] = {}
    for id, uid in db.execute(f"SELECT id, uid FROM quotes WHERE {joined_as()}", (new, new)).fetchall():
        back.setdefault(told["joined"].get(uid, told["speaker"]), []).append(id)
    for joined, quotes in back.items():
        assign(db, quotes, joined)
    _settle(db, {new, *back})


def meant(db: Database, words: str) -> int:
    """The speaker with quotes who is meant by a number, or by a name that is one of its own.

    Raises:
        ChangeError: there is none, or there are several.
    """
    words = " ".join(clean(words).split())
    if words.isdecimal():
        return int(_speaker(db, int(words))["id"])
    rows = db.execute(
        "SELECT DISTINCT coalesce(s.merged_into, s.id) AS root, n.name FROM speaker_names n "
        "JOIN speakers s ON s.id = n.speaker_id WHERE lower(n.name) = lower(?)",
        (words,),
    ).fetchall()
    of = {row["root"] for row in rows} or {
        root for kind in ACROSS if (row := find(db, 0, words, kind)) is not None for root in roots(db, [row]).values()
    }
    if not of:
        raise ChangeError(f"no speaker is called {words!r}")
    if len(of) > 1:
        numbers = ", ".join(map(str, sorted(of)))
        raise ChangeError(f"several speakers are called {words!r}: {numbers}; give the number of one")
    return int(of.pop())


def merged(db: Database, speaker: int) -> list[dict[str, Any]]:
    """The speakers that are merged into one: id, name."""
    rows = db.execute("SELECT id, name FROM speakers WHERE merged_into = ? ORDER BY id", (speaker,))
    return [dict(row) for row in rows]


def _reconcile(db: Database, changed: Iterable[int]) -> None:
    """Give speakers, and those that were merged into them, the ones into whom the merges that stand put them."""
    told = db.execute("SELECT told FROM changes WHERE what = 'merge' AND undone_at IS NULL ORDER BY id")
    into = {one["speaker"]: one["into"] for one in (json.loads(row[0]) for row in told)}

    def root(speaker: int) -> int:
        return root(into[speaker]) if speaker in into else speaker

    family = set(changed)
    while more := {speaker for speaker in into if into[speaker] in family} - family:
        family |= more
    for speaker in sorted(family):
        now = None if root(speaker) == speaker else root(speaker)
        db.execute("UPDATE speakers SET merged_into = ? WHERE id = ?", (now, speaker))
    for speaker in sorted(family):
        quotes = db.execute(f"SELECT id FROM quotes WHERE {joined_as()}", (speaker, speaker)).fetchall()
        assign(db, [id for (id,) in quotes], speaker)
    _settle(db, family)


def _settle(db: Database, joined: Iterable[int]) -> None:
    """Write anew the names of speakers whose quotes changed, and the groups that these quotes belong to."""
    for one in joined:
        renew(db, one)
    quotes = db.execute(f"SELECT id FROM quotes WHERE speaker_id IN ({listed(roots(db, joined).values())})")
    regroup(db, [id for (id,) in quotes.fetchall()])


def _call(db: Database, speaker: int, name: str | None) -> None:
    db.execute("UPDATE speakers SET given = ? WHERE id = ?", (name, speaker))
    renew(db, speaker)


def _check_free(db: Database, name: str, speaker: int) -> None:
    for id, other in db.execute("SELECT id, name FROM speakers WHERE quotes > 0 AND id != ?", (speaker,)):
        if fold(other) == fold(name):
            raise ChangeError(f"{other} is a speaker already; merge {speaker} into {id} instead")


def _name(name: str) -> str:
    if not (name := " ".join(clean(name).split())):
        raise ChangeError("a speaker needs a name")
    return name


def _speaker(db: Database, id: int) -> Mapping[str, Any]:
    """The row of a speaker, or of the one into whom it is merged."""
    row = db.execute(
        "SELECT r.* FROM speakers s JOIN speakers r ON r.id = coalesce(s.merged_into, s.id) WHERE s.id = ?", (id,)
    ).fetchone()
    if row is None or not (row["quotes"] or names(db, row["id"])):
        raise ChangeError(f"there is no speaker {id}")
    return cast("Mapping[str, Any]", row)
