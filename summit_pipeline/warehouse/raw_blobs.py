"""Bytes that fetches brought in vain, or that were cut: kept within bounds, and given back.

Belongs here: `ingest.raw_blobs`. Does not belong here: telling which bytes are kept
(`ingest.fetched_feed`), or reading them again (`execution.ingesting`).
"""

from collections.abc import Iterable
from dataclasses import replace

import duckdb

from summit_pipeline.ingest.feed_model import HEAD_BYTES
from summit_pipeline.ingest.tables import RawBlob
from summit_pipeline.rows import frame, read
from summit_pipeline.warehouse import store

Connection = duckdb.DuckDBPyConnection

BODIES_KEPT = 20
"""Latest bodies of a source that are kept; of older ones only the head. A feed that breaks each
hour in another way would fill the disk: 20 MB of it are enough to see why."""

_OLDER = """
UPDATE ingest.raw_blobs SET body = body[1:$head] FROM (
    SELECT source, body_hash FROM ingest.raw_blobs WHERE octet_length(body) > $head
    QUALIFY row_number() OVER (
        PARTITION BY source ORDER BY last_seen_at DESC, body_hash
    ) > $kept
) AS older
WHERE raw_blobs.source = older.source AND raw_blobs.body_hash = older.body_hash
"""

_RETRIED = """
SELECT DISTINCT b.source, b.body_hash FROM ingest.raw_blobs b
JOIN ops.quarantine q ON q.source = b.source
    AND (q.body_hash = b.body_hash OR starts_with(q.locator, b.locator || '#')
         AND q.last_seen_at BETWEEN b.first_seen_at AND b.last_seen_at)
WHERE q.state = 'retried' AND octet_length(b.body) = b.size
"""


def keep(con: Connection, blobs: Iterable[RawBlob]) -> None:
    """Store blobs, and cut those of their sources that are no longer among the latest."""
    met = {(blob.source, blob.body_hash): blob for blob in blobs}
    if not met:
        return
    hashes = {body_hash for _, body_hash in met}
    stored = read(RawBlob, store.read_where(con, "ingest.raw_blobs", "body_hash", hashes))
    for old in stored:
        new = met.get((old.source, old.body_hash))
        met[old.source, old.body_hash] = (
            replace(new, first_seen_at=old.first_seen_at) if new else old
        )
    store.replace_where(con, "ingest.raw_blobs", frame(RawBlob, met.values()), "body_hash", hashes)
    con.execute(_OLDER, {"head": HEAD_BYTES, "kept": BODIES_KEPT}).fetchall()


def kept_bytes(con: Connection, source: str, body_hash: str) -> int:
    """How many bytes are kept of a body; 0 where none are."""
    found = con.sql(
        "SELECT octet_length(body) FROM ingest.raw_blobs WHERE source = ? AND body_hash = ?",
        params=[source, body_hash],
    ).fetchall()
    return int(found[0][0]) if found else 0


def to_be_retried(con: Connection, sources: Iterable[str]) -> list[RawBlob]:
    """Whole bodies of these sources that hold what a person wants tried again."""
    names = set(sources)
    wanted = {pair for pair in con.sql(_RETRIED).fetchall() if pair[0] in names}
    hashes = {body_hash for _, body_hash in wanted}
    stored = read(RawBlob, store.read_where(con, "ingest.raw_blobs", "body_hash", hashes))
    return [blob for blob in stored if (blob.source, blob.body_hash) in wanted]
