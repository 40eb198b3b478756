"""What is known of one claim or one document, as values: where it stands, whose voice it is.

Belongs here: the questions put to the published file about them. Does not belong here: facts and
disagreements (`explaining`), how the answer looks (`cli.explain_texts`).
"""

from dataclasses import dataclass
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact or disagreement that a claim or document takes part in, in one line."""

    finding_id: str
    told: str


@dataclass(frozen=True, slots=True)
class ClaimExplanation:
    """A claim with its place in the text, the rule that read it, and what it comes to.

    `before` and `after` are the raw characters around `words`, which are those from `start_char` to
    `end_char`. `fact` is NULL for claims of older versions.
    """

    claim_id: str
    document_id: str
    locator: str
    outlet: str
    published: str | None
    is_current: bool
    text_grade: str
    before: str
    words: str
    after: str
    start_char: int
    end_char: int
    kind: str
    rule: str
    confidence: float
    origin: str | None
    origin_basis: str | None
    fact: Finding | None
    vote: str | None
    is_witness: bool
    is_repeat: bool
    disagreements: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sign of where a text comes from, with the words it rests on."""

    kind: str
    origin: str
    other: str | None
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class DocumentExplanation:
    """A document: its story, the voice that it is, whether its words can be trusted."""

    document_id: str
    locator: str
    outlet: str
    title: str | None
    published: str | None
    withdrawn: str | None
    story_title: str | None
    origin: str | None
    origin_basis: str | None
    text_grade: str
    text_grade_reason: str
    review: str | None
    claim_count: int
    witness_count: int
    evidence: tuple[Evidence, ...]
    issues: tuple[tuple[str, int], ...]
    disagreements: tuple[Finding, ...]


_AROUND = 160  # raw characters shown on each side of a claim

_DAY = "replace(strftime({}, '%Y-%m-%d %H:%M'), ' 00:00', '')"

_CLAIM = f"""
SELECT c.claim_id, c.document_id, d.locator, c.outlet, {_DAY.format("v.published_at")},
       c.is_current, d.text_grade,
       marts.excerpt(v.raw_text, greatest(c.start_char - {_AROUND}, 0), c.start_char),
       marts.excerpt(v.raw_text, c.start_char, c.end_char),
       marts.excerpt(v.raw_text, c.end_char, least(c.end_char + {_AROUND}, length(v.raw_text))),
       c.start_char, c.end_char, c.kind, c.rule, c.confidence, c.origin, d.origin_basis,
       f.fact_id, concat_ws(': ', f.subject || coalesce(' (' || f.scope || ')', ''), f.value_text)
           || ', ' || replace(f.status, '_', ' '),
       c.relation_to_fact, coalesce(c.is_witness, false), c.is_repeat
FROM marts.claims c
JOIN marts.document_versions v USING (version_id)
JOIN marts.documents d ON d.document_id = c.document_id
LEFT JOIN marts.facts f ON f.fact_id = c.fact_id
WHERE c.claim_id = ?
"""

_FINDINGS = """
SELECT DISTINCT d.disagreement_id, d.severity,
       replace(d.relation, '_', ' ') || ': ' || d.value_a || ' | ' || d.value_b
       || coalesce(', reviewed: ' || replace(d.review, '_', ' '), '')
FROM marts.disagreements d JOIN marts.disagreement_claims c USING (disagreement_id)
WHERE {} = ?
ORDER BY CASE d.severity WHEN 'error' THEN 1 WHEN 'warn' THEN 2 ELSE 3 END, 1
"""

_DOCUMENT = f"""
SELECT d.document_id, d.locator, d.outlet, d.title, {_DAY.format("d.published_at")},
       {_DAY.format("d.withdrawn_at")}, s.title, d.origin, d.origin_basis,
       d.text_grade, d.text_grade_reason, d.review,
       (SELECT count(*) FROM marts.claims c WHERE c.version_id = d.version_id),
       (SELECT count(*) FROM marts.claims c WHERE c.version_id = d.version_id AND c.is_witness)
FROM marts.documents d LEFT JOIN marts.stories s USING (story_id)
WHERE d.document_id = ?
"""

_EVIDENCE = """
SELECT e.kind, e.origin, o.locator, marts.excerpt(d.raw_text, e.start_char, e.end_char), e.weight
FROM marts.origin_evidence e
JOIN marts.documents d USING (document_id)
LEFT JOIN marts.documents o ON o.document_id = e.other_document_id
WHERE e.document_id = ? ORDER BY e.weight DESC, e.kind, e.origin, o.locator, e.start_char
"""

_ISSUES = """
SELECT kind, count(*) FROM marts.text_issues
WHERE version_id = (SELECT version_id FROM marts.documents WHERE document_id = ?)
GROUP BY kind ORDER BY count(*) DESC, kind
"""


def explain_claim(con: duckdb.DuckDBPyConnection, claim_id: str) -> ClaimExplanation:
    """What leads from a claim of the published file to its characters and to its fact."""
    *where, fact_id, fact, vote, is_witness, is_repeat = con.execute(_CLAIM, [claim_id]).fetchall()[
        0
    ]
    found = _findings(con, "c.claim_id", claim_id)
    told = None if fact_id is None else Finding(fact_id, fact)
    row: list[Any] = [*where, told, vote, is_witness, is_repeat, found]
    return ClaimExplanation(*row)


def explain_document(con: duckdb.DuckDBPyConnection, document_id: str) -> DocumentExplanation:
    """What is known of a document of the published file."""
    evidence = con.execute(_EVIDENCE, [document_id]).fetchall()
    row: list[Any] = [
        *con.execute(_DOCUMENT, [document_id]).fetchall()[0],
        tuple(Evidence(*sign) for sign in evidence),
        tuple(con.execute(_ISSUES, [document_id]).fetchall()),
        _findings(con, "c.document_id", document_id),
    ]
    return DocumentExplanation(*row)


def _findings(con: duckdb.DuckDBPyConnection, column: str, value: str) -> tuple[Finding, ...]:
    rows = con.execute(_FINDINGS.format(column), [value]).fetchall()
    return tuple(Finding(finding_id, told) for finding_id, _, told in rows)
