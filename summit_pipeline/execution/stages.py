"""What a run does at the stages normalise and extract: read what is pending, work it off, store it.

Belongs here: the order of reading, batching and storing, one function a stage, each in the caller's
transaction. Does not belong here: any rule about texts or claims (the stage packages), Dagster
(`defs`), SQL models (`sql_runner`), the stages that go by sources (`ingesting`) and by stories
(`reconciling`).

A stage works off only versions that it has not met with its present code; `ops.processed` keeps
count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import polars as pl

from summit_pipeline.execution.batches import batches, run_batches
from summit_pipeline.execution.code_version import code_version
from summit_pipeline.execution.second_reading import normalise_with_second_reader
from summit_pipeline.extract.pipeline import extract_batch
from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.ops_tables import Stage

Connection = duckdb.DuckDBPyConnection

BATCH_ROWS = 200
"""Versions in a batch: about a second of work, so that starting a worker (2 s) pays from there."""

_PENDING = """
SELECT v.* FROM {table} v
WHERE NOT EXISTS (
    SELECT 1 FROM ops.processed p
    WHERE p.version_id = v.version_id AND p.stage = $stage AND p.code_version = $code
)
ORDER BY v.version_id
"""


@dataclass(frozen=True, slots=True)
class Worked:
    """What a stage did in this run."""

    pending: int
    rows: dict[str, int]


def run_normalise(con: Connection, workers: int) -> Worked:
    """Decode, clean and grade the versions that this stage has not met yet."""
    pending = _pending(con, "normalise", "ingest.document_versions")
    results = run_batches(
        normalise_with_second_reader, [(b,) for b in batches(pending, BATCH_ROWS)], workers
    )
    rows = {
        "normalise.texts": _replace(con, "normalise.texts", pending, [r.texts for r in results]),
        "normalise.text_issues": _replace(
            con, "normalise.text_issues", pending, [r.issues for r in results]
        ),
    }
    _forget(con, pending, "extract")
    _mark(con, pending, "normalise")
    return Worked(pending.height, rows)


def run_extract(con: Connection, workers: int) -> Worked:
    """Read claims and names from the clean texts that this stage has not met yet."""
    pending = _pending(con, "extract", "normalise.texts").with_columns(
        reference_date=pl.col("published_at").dt.date()
    )
    results = run_batches(extract_batch, [(b,) for b in batches(pending, BATCH_ROWS)], workers)
    rows = {
        "extract.claims": _replace(con, "extract.claims", pending, [r.claims for r in results]),
        "extract.names": _replace(con, "extract.names", pending, [r.names for r in results]),
    }
    _mark(con, pending, "extract")
    return Worked(pending.height, rows)


def _pending(con: Connection, stage: Stage, table: str) -> pl.DataFrame:
    parameters = {"stage": stage, "code": code_version(stage)}
    pending: pl.DataFrame = con.sql(_PENDING.format(table=table), params=parameters).pl()
    return pending


def _replace(
    con: Connection, table: str, pending: pl.DataFrame, parts: Sequence[pl.DataFrame]
) -> int:
    """Replace the rows of the pending versions by what the batches gave."""
    rows = pl.concat([pl.DataFrame(schema=store.schema_of(table)), *parts])
    versions = pending.get_column("version_id").to_list()
    return store.replace_where(con, table, rows, "version_id", versions)


def _mark(con: Connection, pending: pl.DataFrame, stage: Stage) -> None:
    """Note that the stage has worked off these versions with its present code."""
    done = pending.select("version_id").with_columns(
        stage=pl.lit(stage, pl.String), code_version=pl.lit(code_version(stage), pl.String)
    )
    store.insert_new(con, "ops.processed", done)


def _forget(con: Connection, pending: pl.DataFrame, stage: Stage) -> None:
    """Have a later stage work these versions off again: its input has changed."""
    con.register("_summit_again", pending.select("version_id"))
    con.execute(
        "DELETE FROM ops.processed WHERE stage = ? "
        "AND version_id IN (SELECT version_id FROM _summit_again)",
        [stage],
    ).fetchall()
    con.unregister("_summit_again")
