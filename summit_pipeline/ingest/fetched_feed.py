"""A feed behind an address: its turn, and the items that the answer holds.

Belongs here: putting fetching and reading together for one source. Does not belong here: either of
them (`fetching`, `feeds`), or storing the state.
"""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from summit_pipeline.ingest.feed_items import items_of_feed
from summit_pipeline.ingest.fetching import Fetcher, failed, is_due
from summit_pipeline.ingest.items import Rejection, Seen, Skipped
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.tables import FetchState


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
