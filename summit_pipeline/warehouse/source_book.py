"""What is remembered of sources between runs, for whoever judges or lists them.

Belongs here: reading `ops.fetch_states` and `ops.source_reads`, in the working or the published
file, and how long reads are kept. Does not belong here: writing them (`execution.ingesting`),
verdicts (`ingest.source_health`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from summit_pipeline.ingest.source_health import GAPS_KEPT
from summit_pipeline.ingest.tables import FetchState, SourceRead
from summit_pipeline.rows import read as read_rows
from summit_pipeline.warehouse import store

READS_KEPT = 500
"""Reads of a source that stay on record, whatever they brought: five days at one a quarter hour.

Besides them stays what verdicts go by, however long ago it was.
"""

# The latest reads that brought something new, and as many that did not: enough for every verdict,
# however long the past.
_READS = f"""
SELECT * FROM ops.source_reads
QUALIFY row_number() OVER (PARTITION BY source, new > 0 ORDER BY read_at DESC) <= {GAPS_KEPT + 1}
ORDER BY source, read_at, run_id
"""

_OLD_READS = f"""
DELETE FROM ops.source_reads WHERE (source, run_id) IN (
    SELECT (source, run_id) FROM ops.source_reads
    WHERE source IN (SELECT unnest(?::VARCHAR[]))
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY read_at DESC, run_id DESC)
        > {READS_KEPT}
    AND row_number() OVER (PARTITION BY source, new > 0 ORDER BY read_at DESC, run_id DESC)
        > {GAPS_KEPT + 1}
)
"""


@dataclass(frozen=True, slots=True)
class SourceBook:
    """Fetch states by source, and the latest reads of each source, oldest first."""

    states: Mapping[str, FetchState]
    reads: Mapping[str, tuple[SourceRead, ...]]


def read_book(con: duckdb.DuckDBPyConnection) -> SourceBook:
    """Read both tables; a file from before they were kept has none."""
    found = {
        str(name)
        for (name,) in con.sql(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'ops'"
        ).fetchall()
    }
    states = (
        read_rows(FetchState, store.read(con, "ops.fetch_states"))
        if "fetch_states" in found
        else []
    )
    reads: dict[str, list[SourceRead]] = {}
    if "source_reads" in found:
        for row in read_rows(SourceRead, con.sql(_READS).pl()):
            reads.setdefault(row.source, []).append(row)
    return SourceBook(
        {state.source: state for state in states},
        {source: tuple(rows) for source, rows in reads.items()},
    )


def forget_old_reads(con: duckdb.DuckDBPyConnection, sources: Iterable[str]) -> int:
    """Remove reads of these sources that neither people nor verdicts need; returns their number."""
    done = con.execute(_OLD_READS, [sorted(set(sources))]).fetchall()
    return int(done[0][0])
