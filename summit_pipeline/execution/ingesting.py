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
from dataclasses import dataclass
from datetime import datetime

import duckdb

from summit_pipeline.ingest.fetched_feed import read_fetched
from summit_pipeline.ingest.fetching import Fetcher
from summit_pipeline.ingest.folder import read_source
from summit_pipeline.ingest.harvest import Counts, harvest
from summit_pipeline.ingest.items import Seen
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.source_reads import source_reads
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.tables import FetchState, Observation, SourceDocument, SourceRead
from summit_pipeline.rows import frame
from summit_pipeline.rows import read as read_rows
from summit_pipeline.vocabulary import DocumentVersion
from summit_pipeline.warehouse import ledger, store
from summit_pipeline.warehouse.quarantine import resolve_fetches, settle_retried

Connection = duckdb.DuckDBPyConnection

Transact = Callable[[], AbstractContextManager[Connection]]
"""Opens the working file for one transaction."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the sources of a run held, and the states of those that have an address."""

    seen: list[Seen]
    states: list[FetchState]


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
    gathered = gather(sources, states, fetcher or Fetcher(), at)
    with transact() as con:
        return _store(con, gathered, sources, run_id, at)


def gather(
    sources: Iterable[Source], known: Mapping[str, FetchState], fetcher: Fetcher, at: datetime
) -> Gathered:
    """Everything that the sources hold: those on disk first, then the addresses that are due."""
    on_disk = [source for source in sources if source.url is None]
    fetched = [source for source in sources if source.url is not None]
    gathered = Gathered([], [])
    with ParsingChild() as child:
        for source in on_disk:
            gathered.seen.extend(read_source(source, child))
        for source in fetched:
            state, things = read_fetched(source, known.get(source.name), fetcher, child, at)
            gathered.states.append(state)
            gathered.seen.extend(things)
    return gathered


def _store(
    con: Connection, gathered: Gathered, sources: Sequence[Source], run_id: str, at: datetime
) -> Counts:
    """Store what is new, with the states of the fetches that brought it."""
    known: dict[str, list[str]] = {}
    stored = con.sql("SELECT document_id, version_id FROM ingest.document_versions").fetchall()
    for document_id, version_id in stored:
        known.setdefault(document_id, []).append(version_id)
    brought = harvest(gathered.seen, known, run_id, at)
    store.insert_new(con, "ingest.documents", frame(SourceDocument, brought.documents))
    store.insert_new(con, "ingest.document_versions", frame(DocumentVersion, brought.versions))
    store.insert_new(con, "ingest.observations", frame(Observation, brought.observations))
    ledger.record_rejections(con, brought.rejections, at)
    settle_retried(con, [source.name for source in sources], at)
    resolve_fetches(con, [state.source for state in gathered.states if state.status == "ok"])
    store.replace_where(
        con,
        "ops.fetch_states",
        frame(FetchState, gathered.states),
        "source",
        [state.source for state in gathered.states],
    )
    after = {state.source: state for state in gathered.states}
    reads = source_reads(sources, after, brought, run_id, at)
    store.insert_new(con, "ops.source_reads", frame(SourceRead, reads))
    ledger.record_counts(con, run_id, brought.counts)
    return brought.counts
