"""What is remembered of the reads of sources, and what is forgotten."""

from datetime import datetime, timedelta

import duckdb

from summit_pipeline.ingest.source_health import GAPS_KEPT
from summit_pipeline.ingest.tables import SourceRead
from summit_pipeline.rows import frame
from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.source_book import READS_KEPT, forget_old_reads, read_book

START = datetime(2025, 2, 10)


def read(source: str, number: int, new: int) -> SourceRead:
    return SourceRead(
        run_id=f"run{number:05}",
        source=source,
        read_at=START + timedelta(minutes=15 * number),
        outcome="read",
        reason=None,
        items=20,
        new=new,
        changed=0,
        quarantined=0,
    )


def test_old_reads_are_forgotten_and_verdicts_lose_nothing() -> None:
    count = 3 * READS_KEPT
    # Something new at the very first reads, and never again.
    rare = [read("rare", number, int(number < 5)) for number in range(count)]
    often = [read("often", number, number % 2) for number in range(count)]
    other = [read("other", number, 0) for number in range(count)]
    with duckdb.connect(":memory:") as con:
        migrate(con)
        store.insert_new(con, "ops.source_reads", frame(SourceRead, [*rare, *often, *other]))
        before = read_book(con)

        assert forget_old_reads(con, ["rare", "often"]) == 2 * (count - READS_KEPT) - 5

        assert read_book(con) == before
        left = con.sql(
            "SELECT source, count(*), min(read_at) FROM ops.source_reads GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        assert left == [
            ("often", READS_KEPT, often[-READS_KEPT].read_at),
            ("other", count, START),
            ("rare", READS_KEPT + 5, START),
        ]
        assert forget_old_reads(con, ["rare", "often"]) == 0
    assert READS_KEPT > 2 * GAPS_KEPT + 2, "else `often` would tell nothing"
