"""Finds what a person means by an id: whole, its beginning, or one that a late article changed.

Belongs here: looking ids up in the public tables. Does not belong here: what is told of the thing
(`explaining`) or decided on it (`warehouse.reviews`).
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

SubjectKind = Literal["disagreement", "fact", "document", "issue"]

_SHORTEST = 4  # characters of an id's beginning that may stand for it
_NEAREST = 3

_IDS: dict[SubjectKind, str] = {
    "disagreement": "SELECT disagreement_id FROM marts.disagreements",
    "fact": "SELECT fact_id FROM marts.facts",
    "document": "SELECT document_id FROM marts.documents",
    "issue": "SELECT issue_id FROM marts.text_issues",
}
_CHANGES = "SELECT old_id, new_id FROM ops.id_changes WHERE change <> 'split' ORDER BY ALL"
_LISTED = {
    "disagreement": "SELECT disagreement_id, relation, subject FROM marts.disagreements",
    "fact": "SELECT fact_id, subject, value_text FROM marts.facts",
}


class UnknownSubjectError(LookupError):
    """No such id, or several; the message names near ones and how to list them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an id names; `former_id` is the one that was asked for if it has changed since."""

    kind: SubjectKind
    subject_id: str
    former_id: str | None = None


def find_subject(
    con: duckdb.DuckDBPyConnection, wanted: str, kinds: Sequence[SubjectKind]
) -> Subject:
    """The thing of one of the kinds that has this id, an id beginning so, or had it once.

    Raises:
        UnknownSubjectError: if there is none, or more than one.
    """
    known = {str(i): kind for kind in kinds for (i,) in con.sql(_IDS[kind]).fetchall()}
    found = _fitting(wanted, known)
    if len(found) == 1:
        return Subject(known[found[0]], found[0])
    if len(found) > 1:
        raise UnknownSubjectError(
            f"{len(found)} ids begin with '{wanted}': {', '.join(found[:_NEAREST])}"
            f"{', ...' if len(found) > _NEAREST else ''}; give more of it"
        )
    changes = dict(con.sql(_CHANGES).fetchall())
    for old in _fitting(wanted, changes):
        new = _followed(old, changes)
        if new in known:
            return Subject(known[new], new, former_id=old)
    near = difflib.get_close_matches(wanted, sorted(known), n=_NEAREST, cutoff=0.5)
    raise UnknownSubjectError(
        f"no {' or '.join(kinds)} has the id '{wanted}'"
        + (f"; near it: {', '.join(near)}" if near else "")
        + "; list them: "
        + " or ".join(f'summit query "{_LISTED[k]}"' for k in kinds if k in _LISTED)
    )


def _fitting(wanted: str, known: dict[str, str] | dict[str, SubjectKind]) -> list[str]:
    if wanted in known:
        return [wanted]
    if len(wanted) < _SHORTEST:
        return []
    return sorted(i for i in known if i.startswith(wanted))


def _followed(old: str, changes: dict[str, str]) -> str:
    """Where a chain of changes ends; a ring of changes ends where it began."""
    seen = {old}
    while (new := changes.get(old)) is not None and new not in seen:
        seen.add(new)
        old = new
    return old
