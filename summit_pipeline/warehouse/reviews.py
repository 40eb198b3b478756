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

    Args:
        con: the open working file.
        folder: where the published file's link lies.
        remake: makes the models anew that show reviews.
    """
    safe = is_published(con, folder)
    remake()
    if safe:
        publish(con, folder)
    return safe
