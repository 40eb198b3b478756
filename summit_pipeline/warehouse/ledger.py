"""The book of runs: when one started and ended, what came in, what was refused.

Belongs here: writing `ops.runs`, `ops.quarantine` and `ops.check_results`. Does not belong here:
deciding what is refused (`ingest`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import duckdb

from summit_pipeline.ingest.harvest import Counts
from summit_pipeline.ingest.items import Rejection
from summit_pipeline.lexicons.learned import learned_version
from summit_pipeline.rows import frame, read
from summit_pipeline.text.identity import stable_id
from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.ops_tables import CheckResult, QuarantineItem, RunRecord

Connection = duckdb.DuckDBPyConnection


def start_run(con: Connection, run_id: str, at: datetime, code_version: str) -> None:
    """Enter a run; entering it again (a step that Dagster retries) changes nothing."""
    record = RunRecord(
        run_id=run_id,
        started_at=at,
        finished_at=None,
        seen=None,
        new=None,
        changed=None,
        unchanged=None,
        quarantined=None,
        skipped=None,
        code_version=code_version,
        learned_version=learned_version(),
    )
    store.insert_new(con, "ops.runs", frame(RunRecord, [record]))


def record_counts(con: Connection, run_id: str, counts: Counts) -> None:
    """Enter what came in."""
    con.execute(
        "UPDATE ops.runs SET seen = ?, new = ?, changed = ?, unchanged = ?, quarantined = ?, "
        "skipped = ?, twins = ?, withdrawn = ? WHERE run_id = ?",
        [
            counts.seen, counts.new, counts.changed, counts.unchanged, counts.quarantined,
            counts.skipped, counts.twins, counts.withdrawn, run_id,
        ],
    ).fetchall()  # fmt: skip


def finish_run(con: Connection, run_id: str, at: datetime) -> None:
    """Enter the end of a run."""
    con.execute("UPDATE ops.runs SET finished_at = ? WHERE run_id = ?", [at, run_id]).fetchall()


# What depends on the world as much as on the bytes: each meeting is another try.
_OF_THE_WORLD = ("fetch.", "file.", "source.")


def record_rejections(
    con: Connection, rejections: Iterable[Rejection], at: datetime, tried_with: str
) -> None:
    """Enter refused items; those refused before are met again, and tried again if `_is_a_try`.

    Args:
        con: the working file.
        rejections: what was refused.
        at: the time of the run (UTC).
        tried_with: the state of code and limits that refused it.

    A rejected thing that a later run no longer meets keeps its row: the file may come back, and
    the reason must not be lost.
    """
    met = {}
    for rejection in rejections:
        item = _quarantined(rejection, at, tried_with)
        met[item.quarantine_id] = item
    known = store.read_where(con, "ops.quarantine", "quarantine_id", met)
    for old in read(QuarantineItem, known):
        attempts = old.attempts + _is_a_try(old, at, tried_with)
        state = "open" if old.state == "resolved" else old.state
        met[old.quarantine_id] = replace(
            old, last_seen_at=at, attempts=attempts, state=state, tried_with=tried_with
        )
    rows = frame(QuarantineItem, met.values())
    store.replace_where(con, "ops.quarantine", rows, "quarantine_id", met)


def _is_a_try(old: QuarantineItem, at: datetime, tried_with: str) -> bool:
    """Whether meeting an item again could have ended in another way than before."""
    if old.last_seen_at == at:
        return False
    changed = old.tried_with != tried_with or old.state == "retried"
    return changed or old.reason.startswith(_OF_THE_WORLD)


def _quarantined(rejection: Rejection, at: datetime, tried_with: str) -> QuarantineItem:
    return QuarantineItem(
        quarantine_id=stable_id(
            rejection.source, rejection.locator, "ingest", rejection.reason, rejection.body_hash
        ),
        source=rejection.source,
        locator=rejection.locator,
        stage="ingest",
        reason=rejection.reason,
        detail=rejection.detail,
        body_hash=rejection.body_hash,
        size=rejection.size,
        first_seen_at=at,
        last_seen_at=at,
        attempts=1,
        state="open",
        head=rejection.head,
        tried_with=tried_with,
    )


def record_checks(con: Connection, results: Iterable[CheckResult]) -> None:
    """Enter what checks found; a check that ran twice in a run keeps its first result."""
    store.insert_new(con, "ops.check_results", frame(CheckResult, results))
