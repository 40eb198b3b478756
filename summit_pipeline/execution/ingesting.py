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
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import duckdb

from summit_pipeline.execution.code_version import code_version
from summit_pipeline.ingest.fetched_feed import read_again, read_all_fetched
from summit_pipeline.ingest.fetching import Fetcher
from summit_pipeline.ingest.folder import read_source
from summit_pipeline.ingest.harvest import Counts, Harvester, Text
from summit_pipeline.ingest.page_states import PageState
from summit_pipeline.ingest.parsing_child import Limits, ParsingChild
from summit_pipeline.ingest.source_reads import NO_SOURCE, source_reads
from summit_pipeline.ingest.sources import Source, told_apart
from summit_pipeline.ingest.spool import Spool
from summit_pipeline.ingest.tables import FetchState, RawBlob, SourceRead
from summit_pipeline.normalise.visible_text import visible_text
from summit_pipeline.rows import frame
from summit_pipeline.rows import read as read_rows
from summit_pipeline.text.identity import stable_id
from summit_pipeline.warehouse import (
    documents,
    ledger,
    page_states,
    raw_blobs,
    source_places,
    store,
)
from summit_pipeline.warehouse.quarantine import (
    remembered_refusals,
    resolve_fetches,
    settle_retried,
    sources_to_be_retried,
)
from summit_pipeline.warehouse.source_book import forget_old_reads

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
    tried_with = stable_id(code_version("ingest"), repr(Limits()))
    with transact() as con:
        sources = told_apart(sources, source_places.read_places(con))
        memory = recall(con, sources, tried_with)
    with Spool() as seen:
        gathered = gather(sources, memory, fetcher or Fetcher(), at, seen)
        with transact() as con:
            return _store(con, seen, gathered, sources, run_id, at, tried_with)


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier runs left for this one."""

    states: Mapping[str, FetchState]
    """Of fetched sources, by name; a source with something to be retried is due."""
    refusals: Mapping[str, tuple[str, str]]
    """Bodies that are not tried again: reason and detail by their hash."""
    again: Sequence[RawBlob]
    """Bodies that are kept and hold what a person wants tried again."""
    pages: Mapping[str, Mapping[str, PageState]] = field(default_factory=dict)
    """Pages that fetched sources link to, by source and address."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the sources of a run left beside the things seen."""

    states: list[FetchState] = field(default_factory=list)
    raw: list[RawBlob] = field(default_factory=list)
    pages: list[PageState] = field(default_factory=list)


def recall(con: Connection, sources: Sequence[Source], tried_with: str) -> Memory:
    """Read from the working file what the run needs to know before it reads any source."""
    states = {s.source: s for s in read_rows(FetchState, store.read(con, "ops.fetch_states"))}
    for name in sources_to_be_retried(con) & states.keys():
        states[name] = replace(states[name], next_due_at=None)
    return Memory(
        states,
        remembered_refusals(con, tried_with),
        raw_blobs.to_be_retried(con, [source.name for source in sources]),
        page_states.read_pages(con, [source.name for source in sources if source.fetch_pages]),
    )


def gather(
    sources: Iterable[Source], memory: Memory, fetcher: Fetcher, at: datetime, seen: Spool
) -> Gathered:
    """Put all that the sources hold into the spool: files, then kept bodies, then addresses.

    A kept body comes before the address that it was fetched from: what that holds now is later.
    """
    on_disk = [source for source in sources if source.url is None]
    fetched = {source.name: source for source in sources if source.url is not None}
    gathered = Gathered()
    with ParsingChild(refusals=memory.refusals) as child:
        for source in on_disk:
            seen.extend(read_source(source, child))
        for raw in memory.again:
            if raw.source in fetched:
                seen.extend(read_again(fetched[raw.source], raw, child))
        turns = read_all_fetched(
            list(fetched.values()), memory.states, fetcher, child, at, memory.pages
        )
        for turn in turns:
            gathered.states.append(turn.state)
            gathered.pages.extend(turn.pages)
            gathered.raw.extend([turn.raw] if turn.raw else [])
            seen.extend(turn.seen)
    return gathered


def _store(
    con: Connection,
    seen: Spool,
    gathered: Gathered,
    sources: Sequence[Source],
    run_id: str,
    at: datetime,
    tried_with: str,
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
        ledger.record_rejections(con, brought.rejections, at, tried_with)
        missing |= {r.source for r in brought.rejections if r.reason == NO_SOURCE}
    documents.store_withdrawals(con, harvester.finish(), documents.not_before(con, at))
    settle_retried(con, names, at)
    source_places.keep_places(con, sources)
    raw_blobs.keep(con, gathered.raw)
    page_states.keep_pages(con, gathered.pages)
    states = gathered.states
    fetched = [(s.source, s.url) for s in states if s.last_success_at == at]
    fetched += [(p.source, p.url) for p in gathered.pages if p.reason is None]
    resolve_fetches(con, fetched)
    tried = [state.source for state in states]
    store.replace_where(con, "ops.fetch_states", frame(FetchState, states), "source", tried)
    reads = source_reads(
        sources, {s.source: s for s in states}, harvester.by_source, missing, run_id, at
    )
    store.insert_new(con, "ops.source_reads", frame(SourceRead, reads))
    forget_old_reads(con, [read.source for read in reads])
    ledger.record_counts(con, run_id, harvester.counts)
    return harvester.counts


def _visible_text(text: Text) -> str:
    return visible_text(text.body, text.media_type, text.declared_encoding, text.title)
