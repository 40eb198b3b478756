"""Where each source was last read, in the working file, so that no name means two places.

Belongs here: `ops.source_places`. Does not belong here: the choice of names (`ingest.input_names`).
"""

from collections.abc import Iterable

import duckdb

from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.tables import SourcePlace
from summit_pipeline.rows import frame, read
from summit_pipeline.warehouse import store

Connection = duckdb.DuckDBPyConnection


def read_places(con: Connection) -> dict[str, str]:
    """The places of all sources that were ever read, by name."""
    stored = read(SourcePlace, store.read(con, "ops.source_places"))
    return {row.source: row.place for row in stored}


def keep_places(con: Connection, sources: Iterable[Source]) -> None:
    """Store where these sources are."""
    rows = {s.name: SourcePlace(source=s.name, place=s.place) for s in sources}
    store.replace_where(
        con, "ops.source_places", frame(SourcePlace, rows.values()), "source", list(rows)
    )
