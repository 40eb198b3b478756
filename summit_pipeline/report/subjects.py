"""Finds what a person means by an id: whole, its beginning, or one that a late article changed.

Belongs here: looking ids up in the public tables. Does not belong here: what is told of the thing
(`explaining`, `explaining_texts`) or decided on it (`warehouse.reviews`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

SubjectKind = Literal["disagreement", "fact", "claim", "document", "issue"]

_SHORTEST = 4  # characters of an id's beginning that may stand for it
_NEAREST = 3

# Similarity of Jaro and Winkler from which on an id is told as a near one: two characters of
# sixteen may differ, or stand in another order.
_NEAR = 0.9

_IDS: dict[SubjectKind, str] = {
    "disagreement": "SELECT disagreement_id AS id FROM marts.disagreements",
    "fact": "SELECT fact_id AS id FROM marts.facts",
    "claim": "SELECT claim_id AS id FROM marts.claims",
    "document": "SELECT document_id AS id FROM marts.documents",
    "issue": "SELECT issue_id AS id FROM marts.text_issues",
}
_CHANGES = "SELECT old_id, new_id FROM ops.id_changes WHERE change <> 'split' ORDER BY ALL"
_LISTED: dict[SubjectKind, str] = {
    "disagreement": "SELECT disagreement_id, relation, subject FROM marts.disagreements",
    "fact": "SELECT fact_id, subject, value_text FROM marts.facts",
    "claim": "SELECT claim_id, locator, value_text FROM marts.disagreement_claims",
    "document": "SELECT document_id, locator FROM marts.documents",
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
    known = " UNION ALL ".join(f"SELECT id, '{kind}' AS kind FROM ({_IDS[kind]})" for kind in kinds)
    found = _fitting(con, known, wanted)
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        several = ", ".join(f"{s.kind} {s.subject_id}" for s in found[:_NEAREST])
        raise UnknownSubjectError(
            f"{len(found)} ids begin with '{wanted}': {several}"
            f"{', ...' if len(found) > _NEAREST else ''}; give more of it"
        )
    changes = dict(con.sql(_CHANGES).fetchall())
    for old in sorted(i for i in changes if _fits(i, wanted)):
        now = _fitting(con, known, _followed(old, changes))
        if len(now) == 1:
            return Subject(now[0].kind, now[0].subject_id, former_id=old)
    near = con.execute(
        f"SELECT DISTINCT id, jaro_winkler_similarity(id, $wanted) AS nearness FROM ({known}) "
        f"WHERE nearness >= {_NEAR} ORDER BY nearness DESC, id LIMIT {_NEAREST}",
        {"wanted": wanted},
    ).fetchall()
    if len(wanted) < _SHORTEST:
        raise UnknownSubjectError(f"'{wanted}' is too short: give {_SHORTEST} characters of the id")
    raise UnknownSubjectError(
        f"no {', '.join(kinds[:-1])} or {kinds[-1]} has the id '{wanted}' or one that begins so"
        + (f"; near it: {', '.join(i for i, _ in near)}" if near else "")
        + "; list them: "
        + " or ".join(f'summit query "{_LISTED[k]}"' for k in kinds if k in _LISTED)
    )


def _fitting(con: duckdb.DuckDBPyConnection, known: str, wanted: str) -> list[Subject]:
    """The thing that has just this id, else all whose ids begin so."""
    rows = con.execute(
        f"SELECT DISTINCT kind, id FROM ({known}) "
        f"WHERE id = $wanted OR (length($wanted) >= {_SHORTEST} AND starts_with(id, $wanted)) "
        "ORDER BY id, kind",
        {"wanted": wanted},
    ).fetchall()
    exact = [row for row in rows if row[1] == wanted]
    return [Subject(kind, found) for kind, found in exact or rows]


def _fits(known: str, wanted: str) -> bool:
    return known == wanted or (len(wanted) >= _SHORTEST and known.startswith(wanted))


def _followed(old: str, changes: dict[str, str]) -> str:
    """Where a chain of changes ends; a ring of changes ends where it began."""
    seen = {old}
    while (new := changes.get(old)) is not None and new not in seen:
        seen.add(new)
        old = new
    return old
