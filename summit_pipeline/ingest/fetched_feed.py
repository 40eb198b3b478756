"""Sources behind addresses: whose turn it is, and the items that the answers hold.

Belongs here: putting fetching and reading together for one source, and for all of a run. Does not
belong here: either of them (`fetching`, `answers`), the pages that entries link to
(`linked_pages`), or storing the states.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from summit_pipeline.ingest.answers import follow_sitemaps, read_answer
from summit_pipeline.ingest.fetch import Fetched
from summit_pipeline.ingest.fetching import Fetcher, Outcome, failed, is_due
from summit_pipeline.ingest.items import Gone, Rejection, Seen, Skipped
from summit_pipeline.ingest.linked_pages import Pages, read_linked
from summit_pipeline.ingest.page_states import PageState
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.tables import FetchState, RawBlob

HOSTS_AT_ONCE = 16
"""Hosts that are fetched from at a time: at five seconds between two GETs from one host, 200 hosts
take a minute or two. More would need more memory: each may hold a body of 10 MB."""


RAW_BYTES = 1_000_000
"""Of a body that is kept for later; the largest of 200 real feeds has 1.1 MB."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a source's turn came to."""

    state: FetchState
    seen: list[Seen] = field(default_factory=list)
    raw: RawBlob | None = None  # the body, where it was not used as a whole
    pages: list[PageState] = field(default_factory=list)  # pages that were looked at


def read_all_fetched(
    sources: Sequence[Source],
    known: Mapping[str, FetchState],
    fetcher: Fetcher,
    child: ParsingChild,
    now: datetime,
    pages: Mapping[str, Mapping[str, PageState]] | None = None,
) -> Iterator[Turn]:
    """The turn of each source, host by host in their order; hosts are fetched side by side.

    Args:
        sources: sources with a `url`.
        known: what is remembered of them, by name.
        fetcher: the run's fetcher.
        child: the process that parses foreign bytes.
        now: the time of the run (UTC).
        pages: what is remembered of the pages that they link to, by source and address.
    """
    known_pages = pages or {}
    by_host: dict[str, list[Source]] = {}
    for source in sources:
        by_host.setdefault(urlsplit(source.url or "").netloc.lower(), []).append(source)

    def turns(of_host: list[Source]) -> list[Turn]:
        # One task a host: its sources would only wait for each other.
        return [
            _guarded(s, known.get(s.name), fetcher, child, now, known_pages.get(s.name))
            for s in of_host
        ]

    with ThreadPoolExecutor(HOSTS_AT_ONCE, thread_name_prefix="fetch") as pool:
        for done in pool.map(turns, by_host.values()):
            yield from done


def _guarded(
    source: Source,
    state: FetchState | None,
    fetcher: Fetcher,
    child: ParsingChild,
    now: datetime,
    pages: Mapping[str, PageState] | None,
) -> Turn:
    """A source's turn; a fault of ours over what it serves costs this source its turn, no other."""
    try:
        return read_fetched(source, state, fetcher, child, now, pages)
    except Exception as error:
        interval = timedelta(minutes=source.interval_minutes)
        after = failed(_state_before(source, state), "source.failed", interval, now)
        detail = (
            f"{after.url}: could not be read for a fault of this program "
            f"({type(error).__name__}: {error}); please report it with what the address serves"
        )
        return Turn(after, [_rejection(source, after, "source.failed", detail[:500])])


def _state_before(source: Source, state: FetchState | None) -> FetchState:
    """What is remembered of a source; another address starts afresh."""
    url = source.url or ""
    return (
        state if state is not None and state.url == url else FetchState(source=source.name, url=url)
    )


def read_fetched(
    source: Source,
    state: FetchState | None,
    fetcher: Fetcher,
    child: ParsingChild,
    now: datetime,
    pages: Mapping[str, PageState] | None = None,
) -> Turn:
    """A source's turn: its state afterwards and what was seen; nothing where it is not due.

    One that a person asked for is fetched at once, unless its server has asked for time.

    Args:
        source: a source with a `url`.
        state: what is remembered of it; None on its first turn. Another address starts afresh.
        fetcher: the run's fetcher.
        child: the process that parses foreign bytes.
        now: the time of the run (UTC).
        pages: what is remembered of the pages that its entries link to, by address.
    """
    url = source.url or ""
    before = _state_before(source, state)
    if not is_due(before, now):
        if not source.asked:
            return Turn(before)
        if before.reason == "fetch.retry_later":
            return Turn(before, [_not_yet(source, before)])
    interval = timedelta(minutes=source.interval_minutes)
    fetcher = fetcher.with_ports(source.ports)
    outcome = fetcher.fetch(before, interval, now)
    if outcome.reason == "fetch.retry_later":
        if source.asked:
            return Turn(outcome.state, [_not_yet(source, outcome.state)])
        return Turn(outcome.state, [Skipped(source.name, url, outcome.detail)])
    if outcome.reason is not None:
        return Turn(outcome.state, list(_refused(source, outcome)))
    if outcome.answer is None:
        if not source.fetch_pages:
            return Turn(outcome.state)
        # The feed has nothing new to tell; its pages may have.
        behind = read_linked(source, (), pages or {}, fetcher, now)
        return Turn(outcome.state, behind.seen, None, behind.states)
    answer = outcome.answer
    answered = read_answer(source, answer, child)
    after = outcome.state
    if answered.fault:
        # No success: the old ETag is kept, so that the next turn asks for the body again.
        after = replace(failed(before, answered.fault, interval, now), last_full_at=None)
    raw = None
    if not answered.is_used_whole:
        raw = _raw(source, url, answer.body, answer.charset, now)
    behind = Pages()
    if source.fetch_pages:
        follow_sitemaps(source, answered, fetcher, child, now)
        deleted = {t.guid for t in answered.seen if isinstance(t, Gone) and t.guid}
        behind = read_linked(source, answered.linked, pages or {}, fetcher, now, deleted)
    return Turn(after, answered.seen + behind.seen, raw, behind.states)


def read_again(source: Source, raw: RawBlob, child: ParsingChild) -> Iterator[Seen]:
    """What a body that was kept holds, read once more; pages behind it wait for its next turn."""
    headers = (
        {"content-type": f"; charset={raw.declared_encoding}"} if raw.declared_encoding else {}
    )
    answer = Fetched(200, raw.locator, (raw.locator,), headers, raw.body, "")
    yield from read_answer(source, answer, child).seen


def _not_yet(source: Source, state: FetchState) -> Rejection:
    """Plain words for a person who asked for an address whose server wants to be left alone."""
    due = f"{state.next_due_at:%Y-%m-%d %H:%M} UTC" if state.next_due_at else "some time"
    detail = f"{state.url}: its server asks to come back later; ask again after {due}"
    return _rejection(source, state, "fetch.retry_later", detail)


def _refused(source: Source, outcome: Outcome) -> Iterator[Seen]:
    yield _rejection(source, outcome.state, outcome.reason or "", outcome.detail)
    if outcome.reason == "fetch.gone" and source.kind in ("page", "address"):
        url = outcome.state.url
        yield Gone(source.name, url, None, url, "page.gone", outcome.detail)


def _raw(source: Source, url: str, body: bytes, charset: str | None, now: datetime) -> RawBlob:
    return RawBlob(
        source=source.name,
        locator=url,
        body_hash=hashlib.sha256(body).hexdigest(),
        size=len(body),
        declared_encoding=charset,
        first_seen_at=now,
        last_seen_at=now,
        body=body[:RAW_BYTES],
    )


def _rejection(source: Source, state: FetchState, reason: str, detail: str) -> Rejection:
    since = f"; fails since {state.failing_since:%Y-%m-%d}" if state.failing_since else ""
    if state.status == "dead":
        since += "; correct its address, or set enabled = false"
    key = f"{source.name}\x1f{state.url}".encode()
    return Rejection(
        source.name, state.url, reason, f"{detail}{since}", b"", 0, hashlib.sha256(key).hexdigest()
    )
