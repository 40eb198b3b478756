"""The ingest stage of a run: what is known is read, what the sources hold gathered, then stored.

The working file is open only for the first and the last of these. Files are read, addresses fetched
and foreign bytes parsed while it is closed, so a slow server keeps nobody waiting. What a run
brought is stored in one transaction together with the states of its fetches: a run that is killed
before has brought nothing, and the next one fetches the same again.

Belongs here: that order. Does not belong here: what is new (`ingest.harvest`), how sources are read
(`ingest.folder`, `ingest.fetched_feed`), Dagster (`defs`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial

import duckdb

from summit_pipeline.ingest.fetched_feed import read_all_fetched
from summit_pipeline.ingest.fetching import Fetcher
from summit_pipeline.ingest.folder import read_source
from summit_pipeline.ingest.harvest import Counts, Harvester, Text
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.source_reads import NO_SOURCE, source_reads
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.spool import Spool
from summit_pipeline.ingest.tables import FetchState, SourceRead
from summit_pipeline.normalise.visible_text import visible_text
from summit_pipeline.rows import frame
from summit_pipeline.rows import read as read_rows
from summit_pipeline.warehouse import documents, ledger, store
from summit_pipeline.warehouse.quarantine import resolve_fetches, settle_retried

Connection = duckdb.DuckDBPyConnection

Transact = Callable[[], AbstractContextManager[Connection]]
"""Opens the working file for one transaction."""


def run_ingest(
    transact: Transact,
    sources: Sequence[Source],
    run_id: str,
    at: datetime,
    fetcher: Fetcher | None = None,
) -> Counts:
    """Read the sources and store what is new; everything seen is counted and accounted for.

    Args:
        transact: opens the working file for one transaction; called twice.
        sources: the sources; one with an address is fetched if it is due.
        run_id: the run, entered in `ops.runs` before.
        at: the time of the run (UTC).
        fetcher: how addresses are fetched.
    """
    with transact() as con:
        states = {s.source: s for s in read_rows(FetchState, store.read(con, "ops.fetch_states"))}
    with Spool() as seen:
        after = gather(sources, states, fetcher or Fetcher(), at, seen)
        with transact() as con:
            return _store(con, seen, after, sources, run_id, at)


def gather(
    sources: Iterable[Source],
    known: Mapping[str, FetchState],
    fetcher: Fetcher,
    at: datetime,
    seen: Spool,
) -> list[FetchState]:
    """Put everything that the sources hold into the spool, files first; returns the new states."""
    on_disk = [source for source in sources if source.url is None]
    fetched = [source for source in sources if source.url is not None]
    states = []
    with ParsingChild() as child:
        for source in on_disk:
            seen.extend(read_source(source, child))
        for state, things in read_all_fetched(fetched, known, fetcher, child, at):
            states.append(state)
            seen.extend(things)
    return states


def _store(
    con: Connection,
    seen: Spool,
    states: Sequence[FetchState],
    sources: Sequence[Source],
    run_id: str,
    at: datetime,
) -> Counts:
    """Store what is new, with the states of the fetches that brought it."""
    names = [source.name for source in sources]
    harvester = Harvester(
        documents.read_known(con, names),
        _visible_text,
        partial(documents.stored_texts, con),
        run_id,
        documents.not_before(con, at),
    )
    missing: set[str] = set()
    for part in seen.parts():
        brought = harvester.take(part)
        documents.store_harvest(con, brought)
        ledger.record_rejections(con, brought.rejections, at)
        missing |= {r.source for r in brought.rejections if r.reason == NO_SOURCE}
    documents.store_withdrawals(con, harvester.finish(), documents.not_before(con, at))
    settle_retried(con, names, at)
    resolve_fetches(con, [state.source for state in states if state.status == "ok"])
    tried = [state.source for state in states]
    store.replace_where(con, "ops.fetch_states", frame(FetchState, states), "source", tried)
    reads = source_reads(
        sources, {s.source: s for s in states}, harvester.by_source, missing, run_id, at
    )
    store.insert_new(con, "ops.source_reads", frame(SourceRead, reads))
    ledger.record_counts(con, run_id, harvester.counts)
    return harvester.counts


def _visible_text(text: Text) -> str:
    return visible_text(text.body, text.media_type, text.declared_encoding, text.title)
