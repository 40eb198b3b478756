"""A person's verdicts on findings, kept in `ops.reviews`, and how soon readers see them.

Belongs here: storing a verdict, and publishing it where that is safe. Does not belong here: which
ids exist (`report.subjects`), printing (`cli.review`).

A verdict goes into the working file and survives every run. Readers see it at once when the working
file holds just what is published: then only the review is new, and a snapshot with it is written.
Where a run has left something that its checks kept from being published, the verdict waits for the
next run that publishes; a review must not carry unchecked tables along.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

from summit_pipeline.rows import frame
from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.ops_tables import Review, Verdict
from summit_pipeline.warehouse.publishing import is_published, publish

Connection = duckdb.DuckDBPyConnection

LATEST_REVIEWS = ("staging.reviews", "staging.id_changes", "intermediate.latest_reviews")
"""The models that tell the latest verdicts; they read `ops` alone, whatever else was made anew."""

# Public tables whose column `review` shows the latest verdict on what their key names.
_SHOWING = {
    "marts.disagreements": "disagreement_id",
    "marts.facts": "fact_id",
    "marts.documents": "document_id",
    "marts.text_issues": "issue_id",
}


def record_review(
    con: Connection,
    subject_id: str,
    verdict: Verdict,
    reason: str,
    reviewer: str | None,
    at: datetime,
) -> Review:
    """Store a verdict; an earlier one on the same thing stays on record, the latest counts."""
    review = Review(
        subject_id=subject_id, verdict=verdict, reason=reason, reviewer=reviewer, reviewed_at=at
    )
    with store.transaction(con):
        store.insert_new(con, "ops.reviews", frame(Review, [review]))
    return review


def show_reviews(con: Connection, folder: Path, remake: Callable[[], object]) -> bool:
    """Publish the reviews if nothing else waits to be published; says whether it did.

    The public tables are marked, not made anew: after a change of the code the stages' tables that
    they were made from may be empty until the next run.

    Args:
        con: the open working file.
        folder: where the published file's link lies.
        remake: makes the models of `LATEST_REVIEWS` anew.
    """
    safe = is_published(con, folder)
    remake()
    for table, key in _SHOWING.items():
        if "review" in con.sql(f"FROM {table}").columns:
            con.execute(
                f"UPDATE {table} SET review = r.verdict FROM intermediate.latest_reviews r "
                f"WHERE r.subject_id = {key}"
            ).fetchall()
    if safe:
        publish(con, folder)
    return safe
