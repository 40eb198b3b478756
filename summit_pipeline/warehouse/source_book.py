"""What is remembered of sources between runs, for whoever judges or lists them.

Belongs here: reading `ops.fetch_states` and `ops.source_reads`, in the working or the published
file. Does not belong here: writing them (`execution.ingesting`), verdicts (`ingest.source_health`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from summit_pipeline.ingest.source_health import GAPS_KEPT
from summit_pipeline.ingest.tables import FetchState, SourceRead
from summit_pipeline.rows import read as read_rows
from summit_pipeline.warehouse import store

# The latest reads that brought something new, and as many that did not: enough for every verdict,
# however long the past.
_READS = f"""
SELECT * FROM ops.source_reads
QUALIFY row_number() OVER (PARTITION BY source, new > 0 ORDER BY read_at DESC) <= {GAPS_KEPT + 1}
ORDER BY source, read_at, run_id
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
