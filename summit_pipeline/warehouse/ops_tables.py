"""Rows that tell how runs went: they change with every run, so they live apart from `marts`.

Belongs here: row classes of schema `ops`. Does not belong here: anything about what articles say.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from summit_pipeline.rows import Row
from summit_pipeline.vocabulary import Severity

QuarantineState = Literal["open", "retried", "resolved", "waived"]

Verdict = Literal["confirmed", "dismissed", "same_fact"]

Stage = Literal["ingest", "normalise", "extract", "reconcile"]

IdKind = Literal["story", "event", "fact", "value", "claim", "disagreement"]

IdChangeKind = Literal["renamed", "merged", "split"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord(Row):
    """One run of the pipeline; seen = new + changed + unchanged + quarantined + skipped."""

    key: ClassVar[tuple[str, ...]] = ("run_id",)

    run_id: Annotated[str, "the run, as Dagster names it"]
    started_at: Annotated[datetime, "start (UTC)"]
    finished_at: Annotated[datetime | None, "end (UTC); NULL while it runs or where it broke off"]
    seen: Annotated[int | None, "items that the sources held"]
    new: Annotated[int | None, "documents seen for the first time"]
    changed: Annotated[int | None, "known documents with a new text, or withdrawn"]
    unchanged: Annotated[int | None, "known documents with a text seen before"]
    quarantined: Annotated[int | None, "items that could not be used"]
    skipped: Annotated[int | None, "items that are no articles by their kind"]
    code_version: Annotated[str, "version of the code"]
    learned_version: Annotated[str | None, "version of the learned state it was pinned to"]
    twins: Annotated[int | None, "of the unchanged: seen before in the same run"] = None
    withdrawn: Annotated[int | None, "of the changed: withdrawn by their publisher"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineItem(Row):
    """Something that was seen and could not be used, with the reason and what became of it."""

    key: ClassVar[tuple[str, ...]] = ("quarantine_id",)

    quarantine_id: Annotated[str, "hash of source, locator, stage, reason and body"]
    source: Annotated[str, "name of the configured source"]
    locator: Annotated[str, "the source's own name for it"]
    stage: Annotated[Stage, "stage that refused it"]
    reason: Annotated[str, "code of the reason, such as parse.bad_line"]
    detail: Annotated[str, "the reason in a sentence, with the remedy"]
    body_hash: Annotated[str, "SHA-256 of the bytes"]
    size: Annotated[int, "number of bytes"]
    first_seen_at: Annotated[datetime, "when a run first met it (UTC)"]
    last_seen_at: Annotated[datetime, "when a run last met it (UTC)"]
    attempts: Annotated[
        int, "tries: again only with other code or limits, or by hand; a fetch at each turn"
    ]
    state: Annotated[QuarantineState, "open, retried, resolved or waived by a person"]
    head: Annotated[bytes | None, "its first bytes, to look at"] = None
    tried_with: Annotated[
        str | None, "state of code and limits that it was last tried with; NULL before version 4"
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult(Row):
    """What one check found in one run."""

    key: ClassVar[tuple[str, ...]] = ("run_id", "asset", "check_name")

    run_id: Annotated[str, "the run"]
    asset: Annotated[str, "the table that was checked: marts.claims"]
    check_name: Annotated[str, "name of the check"]
    passed: Annotated[bool, "whether nothing was found"]
    severity: Annotated[Severity, "how serious a finding is"]
    blocking: Annotated[bool, "whether a finding stops the publication"]
    description: Annotated[str, "what must hold, in words"]
    offending_count: Annotated[int, "rows that break it"]
    first_rows: Annotated[str, "the first offending rows as JSON"]
    checked_at: Annotated[datetime, "when (UTC)"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Row):
    """A person's verdict on a finding; it survives re-runs, and the latest one counts."""

    key: ClassVar[tuple[str, ...]] = ("subject_id", "reviewed_at")

    subject_id: Annotated[str, "what was judged: disagreement_id, fact_id, document_id, issue_id"]
    verdict: Annotated[Verdict, "confirmed, dismissed, or the two values are the same fact"]
    reason: Annotated[str, "why, in the person's words"]
    reviewer: Annotated[str | None, "who judged"]
    reviewed_at: Annotated[datetime, "when (UTC)"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdChange(Row):
    """An id that a late article changed, so that an old link still finds its thing."""

    key: ClassVar[tuple[str, ...]] = ("kind", "old_id", "new_id")

    kind: Annotated[IdKind, "what the id names"]
    old_id: Annotated[str, "id until then"]
    new_id: Annotated[str, "id from then on"]
    change: Annotated[
        IdChangeKind,
        "renamed; merged: other ids lead there too; split: only some of its documents went there",
    ]
    run_id: Annotated[str, "the run that changed it"]
    changed_at: Annotated[datetime, "when (UTC)"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Processed(Row):
    """A version that a stage has worked off with one state of the code."""

    key: ClassVar[tuple[str, ...]] = ("version_id", "stage", "code_version")

    version_id: Annotated[str, "the version"]
    stage: Annotated[Stage, "the stage"]
    code_version: Annotated[str, "version of the stage's code and learned state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciledStory(Row):
    """What a story was last reconciled from."""

    key: ClassVar[tuple[str, ...]] = ("story_id",)

    story_id: Annotated[str, "the story"]
    signature: Annotated[str, "hash of its versions and of the code up to this stage"]
