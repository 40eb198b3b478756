"""What is remembered of a page that a feed or sitemap links to, and when it is looked at again.

Articles change most in their first days, so a page is looked at a few times over its first week,
and whenever its entry changes. Belongs here: that plan. Does not belong here: fetching
(`linked_pages`).
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from summit_pipeline.rows import Row

LOOK_AGAIN_AFTER = tuple(timedelta(hours=hours) for hours in (6, 24, 72, 168))
"""Since the first look; after the last of these only a changed entry makes us look again."""

CHANGED_AT_MOST_EVERY = timedelta(hours=1)
"""Some feeds count readers or comments in their entries, which changes them at each fetch."""

RETRY_AFTER = tuple(timedelta(hours=hours) for hours in (1, 4, 24, 72))
"""Since the failure; after as many failures in a row the page is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState(Row):
    """A page behind a link, between runs; stored with what its fetch brought."""

    key: ClassVar[tuple[str, ...]] = ("source", "url")

    source: Annotated[str, "name of the configured source"]
    url: Annotated[str, "its address, as the link gives it"]
    entry_hash: Annotated[str, "hash of what the linking entry says of it"]
    reason: Annotated[str | None, "code of the last failure; NULL after a success"] = None
    etag: Annotated[str | None, "ETag of the last whole answer"] = None
    last_modified: Annotated[str | None, "Last-Modified of the last whole answer"] = None
    looks: Annotated[int, "looks that succeeded"] = 0
    failures: Annotated[int, "failures since the last success"] = 0
    first_look_at: Annotated[datetime | None, "first look that succeeded (UTC)"] = None
    last_look_at: Annotated[datetime | None, "last attempt (UTC)"] = None
    last_full_at: Annotated[datetime | None, "last look that brought the whole page (UTC)"] = None
    next_look_at: Annotated[datetime | None, "NULL: not before its entry changes"] = None
    guid: Annotated[str | None, "guid of the linking entry"] = None
    published: Annotated[str | None, "publication date that the entry states, as written"] = None


def entry_hash(*said: str | None) -> str:
    """A hash of what an entry says of a page: title, dates, text."""
    joined = "\x1f".join(text or "" for text in said)
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:16]


def is_look_due(state: PageState | None, entry: str, now: datetime) -> bool:
    """Whether a page is to be fetched in a run at that time; `entry` is the hash of its entry."""
    if state is None or state.last_look_at is None:
        return True
    if state.failures == 0 and state.entry_hash != entry:
        return now - state.last_look_at >= CHANGED_AT_MOST_EVERY
    return state.next_look_at is not None and state.next_look_at <= now


def looked(state: PageState, now: datetime) -> PageState:
    """The state after a look that succeeded."""
    first = state.first_look_at or now
    later = (first + wait for wait in LOOK_AGAIN_AFTER)
    return replace(
        state,
        reason=None,
        looks=state.looks + 1,
        failures=0,
        first_look_at=first,
        last_look_at=now,
        next_look_at=next((moment for moment in later if moment > now), None),
    )


def missed(state: PageState, reason: str, now: datetime, due: datetime | None = None) -> PageState:
    """The state after a failure; `due` is when the server asks us to come back, if it does."""
    waits = RETRY_AFTER[state.failures : state.failures + 1]
    again = due or (now + waits[0] if waits else None)
    return replace(
        state, reason=reason, failures=state.failures + 1, last_look_at=now, next_look_at=again
    )
