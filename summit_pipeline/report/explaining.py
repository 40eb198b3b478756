"""Why a verdict was reached, as values: from the verdict over relations to claims and characters.

Belongs here: the questions put to the published file about one fact or one disagreement. Does not
belong here: single claims and documents (`explaining_texts`), how the answer looks (`cli.explain`),
whole runs (`summary`).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from summit_pipeline.report.subjects import Subject


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim with the place of its characters, in code points of the document's raw text."""

    claim_id: str
    locator: str
    outlet: str
    origin: str | None
    origin_basis: str | None
    text_grade: str
    published: str | None
    value_text: str
    sentence: str
    start_char: int
    end_char: int
    rule: str
    confidence: float
    vote: str
    scope: str | None
    speaker: str | None
    is_repeat: bool
    is_witness: bool


@dataclass(frozen=True, slots=True)
class ValueLines:
    """A value of a fact with the claims that state it."""

    value_id: str
    fact_id: str
    text: str
    stance: str
    document_count: int
    origin_count: int
    origins: tuple[str, ...]
    claims: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True)
class RelationLine:
    """A verdict on two claims."""

    claim_a: str
    claim_b: str
    relation: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class RivalLine:
    """A disagreement that a fact takes part in."""

    disagreement_id: str
    relation: str
    value_a: str
    value_b: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What the rules look at in one of the two claims that show a disagreement.

    `low` and `high` are what the writing of an amount allows, in `unit`; `start` and `end` are
    days, the end exclusive; `as_of` is the day for which the value is stated.
    """

    value_text: str
    low: float | None
    high: float | None
    unit: str | None
    start: date | None
    end: date | None
    scope: str | None
    scope_basis: str | None
    as_of: date | None
    as_of_basis: str | None
    speaker: str | None
    modality: str
    polarity: int
    text_grade: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known about one fact or one disagreement, and what it rests on.

    `verdict` is the relation of a disagreement or the status of a fact; `rule` and `reason` are
    those of a disagreement, `compared` its two claims that show it best. `pairs` are the claims
    that were compared.
    """

    kind: str
    subject_id: str
    story_title: str
    subject: str
    scope: str | None
    verdict: str
    rule: str | None
    reason: str | None
    review: str | None
    review_reason: str | None
    values: tuple[ValueLines, ...]
    pairs: tuple[RelationLine, ...]
    rivals: tuple[RivalLine, ...]
    compared: tuple[Compared, ...] = ()


_DISAGREEMENT = """
SELECT s.title, d.subject, f.scope, g.scope, d.relation, d.rule, d.reason,
       a.value_id, b.value_id, a.claim_id, b.claim_id
FROM marts.disagreements d
JOIN marts.stories s USING (story_id)
JOIN marts.facts f ON f.fact_id = d.fact_a
JOIN marts.facts g ON g.fact_id = d.fact_b
JOIN marts.claims a ON a.claim_id = d.shown_claim_a
JOIN marts.claims b ON b.claim_id = d.shown_claim_b
WHERE d.disagreement_id = ?
"""

_FACT = """
SELECT s.title, f.subject, f.scope, f.status
FROM marts.facts f JOIN marts.stories s USING (story_id) WHERE f.fact_id = ?
"""

_VALUES = """
SELECT value_id, fact_id, value_text, stance, document_count, origin_count, origins
FROM marts.fact_values WHERE list_contains(?, value_id) ORDER BY rank, value_id
"""

_CLAIMS = """
SELECT c.value_id, c.claim_id, d.locator, c.outlet, d.origin, d.origin_basis, d.text_grade,
       replace(strftime(d.published_at, '%Y-%m-%d %H:%M'), ' 00:00', ''), c.value_text, c.sentence,
       c.start_char, c.end_char, c.rule, c.confidence, c.relation_to_fact, c.scope, c.speaker,
       c.is_repeat, c.is_witness
FROM marts.claims c JOIN marts.documents d USING (document_id)
WHERE c.is_current AND list_contains($values, c.value_id)
ORDER BY list_contains($first, c.claim_id) DESC, c.is_repeat, NOT c.is_witness,
         d.published_at NULLS LAST, d.locator, c.start_char
"""

_COMPARED = """
SELECT c.value_text, c.interval_low, c.interval_high, c.unit, c.date_start, c.date_end, c.scope,
       c.scope_basis, c.as_of, c.as_of_basis, c.speaker, c.modality, c.polarity, d.text_grade
FROM marts.claims c JOIN marts.documents d USING (document_id)
WHERE list_contains($claims, c.claim_id) ORDER BY list_position($claims, c.claim_id)
"""

_PAIRS = """
SELECT claim_a, claim_b, relation, rule, reason FROM marts.relations
WHERE disagreement_id = ? ORDER BY claim_a, claim_b
"""

_FACT_PAIRS = """
SELECT claim_a, claim_b, relation, rule, reason FROM marts.relations
WHERE fact_a = $fact AND fact_b = $fact AND disagreement_id IS NULL
ORDER BY relation, claim_a, claim_b
"""

_RIVALS = """
SELECT disagreement_id, relation, value_a, value_b FROM marts.disagreements
WHERE $fact IN (fact_a, fact_b)
ORDER BY CASE severity WHEN 'error' THEN 1 WHEN 'warn' THEN 2 ELSE 3 END, disagreement_id
"""

_REVIEW = """
SELECT verdict, reason FROM ops.reviews WHERE subject_id IN (
    SELECT $id UNION ALL SELECT old_id FROM ops.id_changes WHERE new_id = $id AND change <> 'split'
) ORDER BY reviewed_at DESC, verdict LIMIT 1
"""


def explain(con: duckdb.DuckDBPyConnection, subject: Subject) -> Explanation:
    """What leads to the verdict on a fact or a disagreement that is in the published file."""
    if subject.kind == "fact":
        return _fact(con, subject.subject_id)
    return _disagreement(con, subject.subject_id)


def _disagreement(con: duckdb.DuckDBPyConnection, disagreement_id: str) -> Explanation:
    rows = con.execute(_DISAGREEMENT, [disagreement_id]).fetchall()
    title, subject, scope, other_scope, relation, rule, reason, *ids = rows[0]
    value_ids, shown = ids[:2], ids[2:]
    scopes = dict.fromkeys(s for s in (scope, other_scope) if s)
    values = _values(con, value_ids, shown)
    compared = con.execute(_COMPARED, {"claims": shown}).fetchall()
    review, why = _review(con, disagreement_id)
    return Explanation(
        kind="disagreement",
        subject_id=disagreement_id,
        story_title=title,
        subject=subject,
        scope=" / ".join(scopes) or None,
        verdict=relation,
        rule=rule,
        reason=reason,
        review=review,
        review_reason=why,
        # The order of the disagreement, not of their support.
        values=tuple(sorted(values, key=lambda v: value_ids.index(v.value_id))),
        pairs=_relations(con.execute(_PAIRS, [disagreement_id]).fetchall()),
        rivals=(),
        compared=tuple(Compared(*row) for row in compared),
    )


def _fact(con: duckdb.DuckDBPyConnection, fact_id: str) -> Explanation:
    title, subject, scope, status = con.execute(_FACT, [fact_id]).fetchall()[0]
    found = con.execute(
        "SELECT value_id FROM marts.fact_values WHERE fact_id = ?", [fact_id]
    ).fetchall()
    review, why = _review(con, fact_id)
    return Explanation(
        kind="fact",
        subject_id=fact_id,
        story_title=title,
        subject=subject,
        scope=scope,
        verdict=status,
        rule=None,
        reason=None,
        review=review,
        review_reason=why,
        values=_values(con, [value_id for (value_id,) in found], []),
        pairs=_relations(con.execute(_FACT_PAIRS, {"fact": fact_id}).fetchall()),
        rivals=tuple(RivalLine(*row) for row in con.execute(_RIVALS, {"fact": fact_id}).fetchall()),
    )


def _review(con: duckdb.DuckDBPyConnection, subject_id: str) -> tuple[str | None, str | None]:
    found = con.execute(_REVIEW, {"id": subject_id}).fetchall()
    return found[0] if found else (None, None)


def _values(
    con: duckdb.DuckDBPyConnection, value_ids: list[str], first: list[str]
) -> tuple[ValueLines, ...]:
    """The values with all their claims, those of `first` before the others."""
    claims: dict[str, list[ClaimLine]] = {}
    for value_id, *rest in con.execute(_CLAIMS, {"values": value_ids, "first": first}).fetchall():
        claims.setdefault(value_id, []).append(ClaimLine(*rest))
    rows = con.execute(_VALUES, [value_ids]).fetchall()
    return tuple(
        ValueLines(
            value_id,
            fact,
            text,
            stance,
            documents,
            origins,
            tuple(names),
            tuple(claims.get(value_id, ())),
        )
        for value_id, fact, text, stance, documents, origins, names in rows
    )


def _relations(rows: list[tuple[Any, ...]]) -> tuple[RelationLine, ...]:
    return tuple(RelationLine(*row) for row in rows)
