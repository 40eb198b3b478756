"""Pages behind the links of feeds and sitemaps, fetched where a source has `fetch_pages = true`.

Belongs here: which pages of a turn are fetched, and what each gives. Does not belong here: when a
page is due (`page_states`), the fetch with its pace, robots and bounds (`fetching`, `hosts`,
`fetch`), what the page says (`normalise`).

A page stands for its entry: its text is the entry's, and so is the publication date that the entry
states. Where it cannot be had, an entry with a text of its own stands for itself, as it does
without `fetch_pages`; but not any more once its page was read, or each failure would look like an
edit.

A page is looked at when its time has come, whether its feed shows the entry at that turn or not: a
feed that has not changed isn't read, and a busy one drops its entries within hours.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from summit_pipeline.ingest.addresses import address_notes, host_of, web_address
from summit_pipeline.ingest.fetch import Fetched
from summit_pipeline.ingest.fetching import Fetcher, Outcome
from summit_pipeline.ingest.files import check_text, reject_file
from summit_pipeline.ingest.items import Gone, Item, Rejection, Seen, Skipped
from summit_pipeline.ingest.page_head import canonical_link
from summit_pipeline.ingest.page_states import (
    PageState,
    entry_hash,
    is_look_due,
    looked,
    missed,
)
from summit_pipeline.ingest.sitemaps import SitemapEntry
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.tables import FetchState

PAGES_A_TURN = 60
"""Five minutes at the pace of one host; the next turn goes on where this one ended."""


@dataclass(frozen=True, slots=True)
class Linked:
    """An entry that links to a page; `item` is what the entry is without it, None for nothing."""

    url: str
    entry: str  # hash of what the entry says
    published: str | None
    item: Item | None
    guid: str | None = None
    is_shown: bool = True  # by what the source has just served; else it is remembered


@dataclass(slots=True)
class Pages:
    """What the pages of a turn gave, with their states afterwards."""

    seen: list[Seen] = field(default_factory=list)
    states: list[PageState] = field(default_factory=list)


def linked_of_item(item: Item) -> Linked | None:
    """The link of a feed's entry; None where it leads to no web address."""
    if item.url is None or web_address(item.url) is None:
        return None
    text = item.body.decode("utf-8", "replace")
    said = entry_hash(item.title, item.published, text)
    return Linked(item.url, said, item.published, item, item.identity)


def linked_of_sitemap(entry: SitemapEntry) -> Linked:
    """The link of a sitemap's entry."""
    said = entry_hash(entry.title, entry.published, entry.modified)
    return Linked(entry.url, said, entry.published, None)


def _remembered(state: PageState) -> Linked:
    """The link of an entry that an earlier turn has met."""
    return Linked(state.url, state.entry_hash, state.published, None, state.guid, is_shown=False)


def page_item(source: Source, answer: Fetched, url: str, linked: Linked | None) -> Seen:
    """The document that a fetched page is; `url` is the address that it was asked for by."""
    problem = check_text(answer.body, source.name, url)
    if problem is not None:
        return problem
    guid = linked.guid if linked else None
    return Item(
        source=source.name,
        locator=guid or url,
        identity=guid,
        identity_basis="guid" if guid else "url",
        outlet=source.outlet or host_of(url) or source.name,
        media_type="text/html",
        body=answer.body,
        url=url,
        published=linked.published if linked else None,
        declared_encoding=answer.charset,
        date_order=source.date_order,
        language=source.language,
        notes=address_notes(url),
        canonical_url=canonical_link(answer.body, answer.url),
    )


def read_linked(
    source: Source,
    entries: Iterable[Linked],
    known: Mapping[str, PageState],
    fetcher: Fetcher,
    now: datetime,
    deleted: Collection[str] = (),
) -> Pages:
    """Look at the pages that are due, in the order of their entries, then those remembered.

    Args:
        source: the source with `fetch_pages`.
        entries: its entries that link to pages; of two with one address the first counts.
        known: what is remembered of its pages, by address.
        fetcher: the run's fetcher.
        now: the time of the run (UTC).
        deleted: guids of entries that the feed says it deleted: their pages are left alone.
    """
    pages = Pages()
    met: set[str] = set()
    left, wait = PAGES_A_TURN, ""
    entries = list(entries)
    shown = {linked.url for linked in entries}
    for past in sorted(known.values(), key=_turn_order):
        if past.url in shown or not is_look_due(past, past.entry_hash, now):
            continue
        if past.guid is not None and past.guid in deleted:
            pages.states.append(replace(past, next_look_at=None))
        else:
            entries.append(_remembered(past))
    for linked in entries:
        if linked.url in met:
            continue
        met.add(linked.url)
        state = known.get(linked.url)
        if not is_look_due(state, linked.entry, now):
            pages.seen.append(_not_due(source, linked, state))
            continue
        if left == 0 or wait:
            reason = wait or f"page: the next turn fetches it, {PAGES_A_TURN} were enough for one"
            pages.seen.append(Skipped(source.name, linked.url, reason))
            continue
        left -= 1
        before = state or PageState(source=source.name, url=linked.url, entry_hash=linked.entry)
        before = replace(before, guid=linked.guid, published=linked.published)
        outcome = fetcher.fetch(_as_fetch_state(before), timedelta(hours=1), now)
        if outcome.reason == "fetch.retry_later":
            wait = f"page: {outcome.detail}"
        pages.states.append(_after(before, linked, outcome, now))
        pages.seen.extend(_seen(source, linked, before, outcome))
    return pages


def _turn_order(state: PageState) -> tuple[datetime, str]:
    """Pages whose time came first come first."""
    return state.next_look_at or datetime.max, state.url


def _not_due(source: Source, linked: Linked, state: PageState | None) -> Seen:
    if state is not None and state.looks == 0 and linked.item is not None:
        return linked.item
    again = state.next_look_at if state else None
    when = f"{again:%Y-%m-%d %H:%M}" if again else "its entry changes"
    return Skipped(source.name, linked.url, f"page: known; not looked at again before {when}")


def _as_fetch_state(page: PageState) -> FetchState:
    return FetchState(
        source=page.source,
        url=page.url,
        etag=page.etag,
        last_modified=page.last_modified,
        last_full_at=page.last_full_at,
    )


def _after(before: PageState, linked: Linked, outcome: Outcome, now: datetime) -> PageState:
    if outcome.reason is not None:
        due = outcome.state.next_due_at if outcome.reason == "fetch.retry_later" else None
        return missed(before, outcome.reason, now, due)
    after = looked(replace(before, entry_hash=linked.entry), now)
    return replace(
        after,
        etag=outcome.state.etag,
        last_modified=outcome.state.last_modified,
        last_full_at=outcome.state.last_full_at,
    )


def _seen(source: Source, linked: Linked, before: PageState, outcome: Outcome) -> list[Seen]:
    if outcome.answer is not None:
        return [page_item(source, outcome.answer, linked.url, linked)]
    if outcome.reason is None:
        return [Skipped(source.name, linked.url, "page: not changed, the server says")]
    if outcome.reason == "fetch.gone" and before.looks:
        return [Gone(source.name, linked.url, linked.guid, linked.url, "page.gone", outcome.detail)]
    if linked.item is not None and not before.looks:
        note = f"page.not_fetched: {outcome.reason}"
        return [replace(linked.item, notes=(*linked.item.notes, note))]
    if outcome.reason == "fetch.retry_later" or not (linked.is_shown or before.looks):
        # Of a page that was never had the first failure was told, and its entry may stand for it.
        return [Skipped(source.name, linked.url, f"page: {outcome.detail}")]
    return [_rejection(source, linked, outcome)]


def _rejection(source: Source, linked: Linked, outcome: Outcome) -> Rejection:
    detail = f"the page behind its link: {outcome.detail}"
    return reject_file(source.name, linked.url, outcome.reason or "", detail, linked.url.encode())
