"""Feeds behind addresses: whose turn it is, and the items that the answers hold.

Belongs here: putting fetching and reading together for one source, and for all of a run. Does not
belong here: either of them (`fetching`, `feeds`), or storing the states.
"""

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from summit_pipeline.ingest.feed_items import items_of_feed
from summit_pipeline.ingest.fetching import Fetcher, failed, is_due
from summit_pipeline.ingest.items import Rejection, Seen, Skipped
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.tables import FetchState

HOSTS_AT_ONCE = 16
"""Hosts that are fetched from at a time: at five seconds between two GETs from one host, 200 hosts
take a minute or two. More would need more memory: each may hold a body of 10 MB."""


def read_all_fetched(
    sources: Sequence[Source],
    known: Mapping[str, FetchState],
    fetcher: Fetcher,
    child: ParsingChild,
    now: datetime,
) -> list[tuple[FetchState, list[Seen]]]:
    """What `read_fetched` gives for each source, in their order; hosts are fetched side by side.

    Args:
        sources: sources with a `url`.
        known: what is remembered of them, by name.
        fetcher: the run's fetcher.
        child: the process that parses foreign bytes.
        now: the time of the run (UTC).
    """
    by_host: dict[str, list[int]] = {}
    for number, source in enumerate(sources):
        by_host.setdefault(urlsplit(source.url or "").netloc.lower(), []).append(number)

    def read(number: int) -> tuple[FetchState, list[Seen]]:
        source = sources[number]
        return read_fetched(source, known.get(source.name), fetcher, child, now)

    with ThreadPoolExecutor(HOSTS_AT_ONCE, thread_name_prefix="fetch") as pool:
        # One task a host: its sources would only wait for each other.
        done = pool.map(lambda numbers: [(n, read(n)) for n in numbers], by_host.values())
        found = dict(pair for pairs in done for pair in pairs)
    return [found[number] for number in range(len(sources))]


def read_fetched(
    source: Source,
    state: FetchState | None,
    fetcher: Fetcher,
    child: ParsingChild,
    now: datetime,
) -> tuple[FetchState, list[Seen]]:
    """The source's state after its turn, and what was seen; nothing where it is not due.

    Args:
        source: a source with a `url`.
        state: what is remembered of it; None on its first turn. Another address starts afresh.
        fetcher: the run's fetcher.
        child: the process that parses foreign bytes.
        now: the time of the run (UTC).
    """
    url = source.url or ""
    before = state if state is not None and state.url == url else None
    before = before or FetchState(source=source.name, url=url)
    if not is_due(before, now):
        return before, []
    interval = timedelta(minutes=source.interval_minutes)
    outcome = fetcher.fetch(before, interval, now)
    if outcome.reason == "fetch.retry_later":
        return outcome.state, [Skipped(source.name, url, outcome.detail)]
    if outcome.reason is not None:
        return outcome.state, [_rejection(source, outcome.state, outcome.reason, outcome.detail)]
    if outcome.answer is None:
        return outcome.state, []
    feed = child.feed(outcome.answer.body, outcome.answer.charset)
    after = outcome.state
    whole = [fault for fault in feed.faults if fault.position is None]
    if whole:
        # No success: the old ETag is kept, so that the next turn asks for the body again.
        after = replace(failed(before, whole[0].reason, interval, now), last_full_at=None)
    return after, list(items_of_feed(feed, source, url, outcome.answer.body))


def _rejection(source: Source, state: FetchState, reason: str, detail: str) -> Rejection:
    since = f"; fails since {state.failing_since:%Y-%m-%d}" if state.failing_since else ""
    if state.status == "dead":
        since += "; correct its address, or set enabled = false"
    key = f"{source.name}\x1f{state.url}".encode()
    return Rejection(
        source.name, state.url, reason, f"{detail}{since}", b"", 0, hashlib.sha256(key).hexdigest()
    )
