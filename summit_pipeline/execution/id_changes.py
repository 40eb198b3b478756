"""Ids that change when a late article comes in, so that old links and reviews find their thing.

A story's id is that of its earliest member, and ids of facts, values and disagreements are made
from it. A late article that is earlier than all others changes them; so do merges and splits of
stories, and code that reads a text anew. What stays is told by what doesn't change: documents for
stories, claims for facts and values, the two values for disagreements.

Belongs here: comparing ids before and after, and recording. Does not belong here: how ids are made
(`reconcile`), looking them up (`report.subjects`, `intermediate.latest_reviews`).

Of one old id there is one row that leads to what it is now (`renamed`, or `merged` where other ids
lead there too), and for stories a row `split` for every other story that took some of its
documents.
"""

from dataclasses import dataclass
from typing import Literal

import duckdb
import polars as pl

from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.ops_tables import IdKind

Connection = duckdb.DuckDBPyConnection

_SCHEMA = pl.Schema({"old_id": pl.String, "new_id": pl.String, "change": pl.String})


@dataclass(frozen=True, slots=True)
class Findings:
    """Ids of what was found in some stories, with what tells it again.

    Attributes:
        claims: `claim_id` with its `fact_id` and `value_id`.
        disagreements: `disagreement_id` with the values `value_a` and `value_b` that differ.
    """

    claims: pl.DataFrame
    disagreements: pl.DataFrame


def read_findings(con: Connection, stories: pl.DataFrame) -> Findings:
    """What is stored of the stories whose `story_id` the frame holds."""
    con.register("_summit_stories", stories.select("story_id").unique())
    claims = con.sql(
        "SELECT claim_id, fact_id, value_id FROM reconcile.slotted_claims "
        "SEMI JOIN _summit_stories USING (story_id)"
    ).pl()
    disagreements = con.sql(
        "SELECT DISTINCT r.disagreement_id, least(a.value_id, b.value_id) AS value_a, "
        "greatest(a.value_id, b.value_id) AS value_b "
        "FROM reconcile.relations r SEMI JOIN _summit_stories s ON r.story_id = s.story_id "
        "JOIN reconcile.slotted_claims a ON a.claim_id = r.claim_a "
        "JOIN reconcile.slotted_claims b ON b.claim_id = r.claim_b "
        "WHERE r.disagreement_id IS NOT NULL"
    ).pl()
    con.unregister("_summit_stories")
    return Findings(claims, disagreements)


def record_story_changes(
    con: Connection,
    before: pl.DataFrame,
    after: pl.DataFrame,
    kind: Literal["story", "event"] = "story",
) -> int:
    """Record what became of stories or events; frames of `StoryMember` before and after."""
    columns = ["document_id", f"{kind}_id"]
    return _record(con, kind, changed_ids(before.select(columns), after.select(columns)))


def record_finding_changes(con: Connection, before: Findings, after: Findings) -> int:
    """Record what became of facts, values and disagreements of stories that were made anew."""
    facts = _leading(_changes_of(before, after, "fact_id"))
    values = _leading(_changes_of(before, after, "value_id"))
    disagreements = changed_disagreements(before.disagreements, after.disagreements, values)
    return (
        _record(con, "fact", facts)
        + _record(con, "value", values)
        + _record(con, "disagreement", disagreements)
    )


def changed_ids(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """What became of ids, told by their members: `old_id`, `new_id`, `change`.

    An id goes where most of its members went, among equals to the smaller id; one that is still
    in use went nowhere, but members that left it are a split.

    Args:
        before: a column that names members and one that names the ids they had.
        after: the same columns; members that are only here or there tell nothing.
    """
    member, name = before.columns
    moves = (
        before.rename({name: "old_id"})
        .join(after.rename({name: "new_id"}), on=member)
        .group_by("old_id", "new_id")
        .agg(members=pl.len())
        .with_columns(stayed=pl.col("old_id") == pl.col("new_id"))
        .sort("old_id", "stayed", "members", "new_id", descending=[False, True, True, False])
        .with_columns(is_heir=pl.int_range(pl.len()).over("old_id") == 0)
    )
    in_use = after.get_column(name).unique().implode()
    heirs = moves.filter("is_heir").with_columns(others=pl.len().over("new_id") - 1)
    led = heirs.filter(~pl.col("old_id").is_in(in_use)).with_columns(
        change=pl.when(pl.col("others") > 0).then(pl.lit("merged")).otherwise(pl.lit("renamed"))
    )
    left = moves.filter(~pl.col("is_heir")).with_columns(change=pl.lit("split"))
    columns = list(_SCHEMA)
    return pl.concat([led.select(columns), left.select(columns)]).sort(columns)


def changed_disagreements(
    before: pl.DataFrame, after: pl.DataFrame, values: pl.DataFrame
) -> pl.DataFrame:
    """What became of disagreements: the one between what their two values are now."""
    new_value = dict(values.select("old_id", "new_id").iter_rows())
    pairs = {
        frozenset((a, b)): disagreement_id
        for disagreement_id, a, b in sorted(after.iter_rows(), reverse=True)
    }
    alive = set(after.get_column("disagreement_id"))
    rows = []
    for disagreement_id, a, b in sorted(before.iter_rows()):
        pair = frozenset((new_value.get(a, a), new_value.get(b, b)))
        if disagreement_id not in alive and pair in pairs:
            rows.append((disagreement_id, pairs[pair], "renamed"))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _changes_of(before: Findings, after: Findings, column: str) -> pl.DataFrame:
    columns = ["claim_id", column]
    return changed_ids(before.claims.select(columns), after.claims.select(columns))


def _leading(changes: pl.DataFrame) -> pl.DataFrame:
    """Without splits: a claim that joins another fact is no event of its own."""
    return changes.filter(pl.col("change") != "split")


def _record(con: Connection, kind: IdKind, changes: pl.DataFrame) -> int:
    """Enter changes; older rows that led to an id that is gone lead on to what it is now."""
    run = con.sql(
        "SELECT run_id, started_at FROM ops.runs ORDER BY started_at DESC, run_id DESC LIMIT 1"
    ).fetchall()
    if changes.is_empty() or not run:
        return 0
    run_id, started_at = run[0]
    known = store.read(con, "ops.id_changes")
    led = _leading(changes).select("old_id", follower="new_id")
    touched = _touched(con, kind, changes.get_column("old_id"), led.get_column("old_id"))
    known = store.read_where(con, "ops.id_changes", "old_id", touched)
    kept = (
        known.filter(pl.col("kind") == kind)
        .join(led, left_on="new_id", right_on="old_id", how="left")
        .with_columns(new_id=pl.coalesce("follower", "new_id"))
        .drop("follower")
        # An id that leads to itself again came back with what once replaced it.
        .filter(pl.col("old_id") != pl.col("new_id"))
    )
    fresh = changes.with_columns(
        kind=pl.lit(kind, pl.String),
        run_id=pl.lit(run_id, pl.String),
        changed_at=pl.lit(started_at, pl.Datetime("us")),
    ).select(known.columns)
    # The latest word on an old id counts.
    rest = kept.join(_leading(fresh), on="old_id", how="anti").join(
        fresh, on=["old_id", "new_id"], how="anti"
    )
    others = known.filter(pl.col("kind") != kind)
    table = pl.concat([others, rest, fresh]).unique(["kind", "old_id", "new_id"], keep="last")
    store.replace_where(con, "ops.id_changes", table, "old_id", touched)
    return changes.height


def _touched(con: Connection, kind: IdKind, changed: pl.Series, led: pl.Series) -> pl.Series:
    """The changed ids, and all that lead to one of those that were `led` on."""
    con.register("_summit_led", led.to_frame("new_id"))
    leading: pl.DataFrame = con.sql(
        "SELECT DISTINCT old_id FROM ops.id_changes SEMI JOIN _summit_led USING (new_id) "
        "WHERE kind = $kind",
        params={"kind": kind},
    ).pl()
    con.unregister("_summit_led")
    return pl.concat([changed, leading.get_column("old_id")])
