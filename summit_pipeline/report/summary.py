"""The summary of a run, as values: what came in, where sources differ, which texts are damaged.

Belongs here: the questions put to the published file. Does not belong here: how it is printed
(`cli.printing`).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summit_pipeline.warehouse.connection import open_published


@dataclass(frozen=True, slots=True)
class Witness:
    """A document's own words for a value."""

    locator: str
    outlet: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class ValueSide:
    """One of two values that differ, with who states it."""

    text: str
    document_count: int
    origin_count: int
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class DisagreementLine:
    """Two values that differ."""

    disagreement_id: str
    severity: str
    relation: str
    subject: str
    reason: str
    review: str | None
    first: ValueSide
    second: ValueSide


@dataclass(frozen=True, slots=True)
class DamagedText:
    """A document whose wording must not be trusted."""

    locator: str
    grade: str
    reason: str
    issue_counts: dict[str, int]
    examples: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story with its counts."""

    story_id: str
    title: str
    document_count: int
    outlet_count: int
    origin_count: int
    disputed: int
    settled: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All that is printed after a run."""

    counts: dict[str, int]
    quarantine: tuple[tuple[str, str], ...]
    stories: tuple[StoryLine, ...]
    disagreements: tuple[DisagreementLine, ...]
    damaged: tuple[DamagedText, ...]
    fact_counts: dict[str, int]


_RUN = """
SELECT seen, new, changed, unchanged, quarantined, skipped FROM ops.runs WHERE run_id = ?
"""

_QUARANTINE = """
SELECT reason, detail FROM ops.quarantine WHERE state = 'open' ORDER BY last_seen_at DESC, detail
"""

_STORIES = """
SELECT s.story_id, s.title, s.document_count, s.outlet_count, s.origin_count,
       count(*) FILTER (f.status = 'disputed') AS disputed,
       count(*) FILTER (f.status = 'settled') AS settled
FROM marts.stories s LEFT JOIN marts.facts f USING (story_id)
GROUP BY ALL ORDER BY s.document_count DESC, s.story_id
"""

_FACTS = "SELECT status, count(*) FROM marts.facts GROUP BY ALL ORDER BY ALL"

_DISAGREEMENTS = """
SELECT d.disagreement_id, d.severity, d.relation, d.subject, d.reason, d.review,
       d.value_a, d.document_count_a, d.origin_count_a,
       d.value_b, d.document_count_b, d.origin_count_b,
       a.value_id AS value_id_a, b.value_id AS value_id_b,
       d.shown_claim_a, d.shown_claim_b
FROM marts.disagreements d
JOIN marts.claims a ON a.claim_id = d.shown_claim_a
JOIN marts.claims b ON b.claim_id = d.shown_claim_b
ORDER BY CASE d.severity WHEN 'error' THEN 1 WHEN 'warn' THEN 2 ELSE 3 END,
         d.review IS NOT NULL, d.document_count_a + d.document_count_b DESC, d.disagreement_id
"""

_WITNESSES = """
SELECT c.value_id, c.claim_id, d.locator, c.outlet,
       marts.excerpt(d.raw_text, greatest(c.start_char - 60, 0),
                     least(c.end_char + 60, length(d.raw_text))) AS excerpt,
       greatest(c.start_char - 60, 0) > 0 AS cut_before
FROM marts.claims c JOIN marts.documents d USING (document_id)
WHERE c.is_current AND NOT c.is_repeat
ORDER BY d.published_at NULLS LAST, d.locator, c.start_char
"""

_DAMAGED = """
SELECT d.document_id, d.locator, d.text_grade, d.text_grade_reason
FROM marts.documents d WHERE d.text_grade IN ('spun', 'rewritten', 'suspicious')
ORDER BY d.text_grade_score DESC NULLS LAST, d.locator
"""

_ISSUES = """
SELECT document_id, kind, text, suggestion FROM marts.text_issues
WHERE kind IN ('spun_phrase', 'name_damage', 'mojibake', 'bidi', 'hidden_text')
ORDER BY kind = 'spun_phrase', suggestion IS NULL, confidence DESC, start_char
"""


def read_summary(published: Path, run_id: str) -> Summary:
    """Read the summary of a run from the published file."""
    with open_published(published) as connection:

        def rows(sql: str) -> list[tuple[Any, ...]]:
            return connection.sql(sql).fetchall()

        run = connection.sql(_RUN, params=[run_id]).fetchall()
        names = ("seen", "new", "changed", "unchanged", "quarantined", "skipped")
        witnesses = _witnesses(rows(_WITNESSES))
        return Summary(
            counts=dict(zip(names, run[0], strict=True)) if run else {},
            quarantine=tuple((reason, detail) for reason, detail in rows(_QUARANTINE)),
            stories=tuple(StoryLine(*row) for row in rows(_STORIES)),
            disagreements=tuple(_disagreement(row, witnesses) for row in rows(_DISAGREEMENTS)),
            damaged=_damaged(rows(_DAMAGED), rows(_ISSUES)),
            fact_counts=dict(rows(_FACTS)),
        )


def _witnesses(rows: list[tuple[Any, ...]]) -> dict[str, list[tuple[str, Witness]]]:
    """The documents that state each value, one claim each: the first in the text."""
    by_value: dict[str, list[tuple[str, Witness]]] = {}
    for value_id, claim_id, locator, outlet, excerpt, cut_before in rows:
        known = by_value.setdefault(value_id, [])
        if all(witness.locator != locator for _, witness in known):
            known.append((claim_id, Witness(locator, outlet, _tidy(excerpt, cut_before))))
    return by_value


def _tidy(excerpt: str, cut_before: bool) -> str:
    """An excerpt on one line, without the parts of words at its ends."""
    words = " ".join(excerpt.split())
    if cut_before and " " in words:
        words = "…" + words.split(" ", 1)[1]
    return words.rsplit(" ", 1)[0] + "…" if " " in words and not words.endswith(".") else words


def _disagreement(
    row: tuple[Any, ...], witnesses: dict[str, list[tuple[str, Witness]]]
) -> DisagreementLine:
    (
        disagreement_id, severity, relation, subject, reason, review,
        value_a, documents_a, origins_a, value_b, documents_b, origins_b,
        value_id_a, value_id_b, claim_a, claim_b,
    ) = row  # fmt: skip

    def side(text: str, documents: int, origins: int, value_id: str, claim: str) -> ValueSide:
        ranked = sorted(witnesses.get(value_id, []), key=lambda pair: pair[0] != claim)
        return ValueSide(text, documents, origins, tuple(witness for _, witness in ranked))

    return DisagreementLine(
        disagreement_id,
        severity,
        relation,
        subject,
        reason,
        review,
        side(value_a, documents_a, origins_a, value_id_a, claim_a),
        side(value_b, documents_b, origins_b, value_id_b, claim_b),
    )


def _damaged(
    documents: list[tuple[Any, ...]], issues: list[tuple[Any, ...]]
) -> tuple[DamagedText, ...]:
    found = []
    for document_id, locator, grade, reason in documents:
        own = [issue[1:] for issue in issues if issue[0] == document_id]
        counts: dict[str, int] = {}
        examples: dict[str, str | None] = {}
        for kind, text, suggestion in own:
            counts[kind] = counts.get(kind, 0) + 1
            examples.setdefault(text, suggestion)
        found.append(DamagedText(locator, grade, reason, counts, tuple(examples.items())))
    return tuple(found)
