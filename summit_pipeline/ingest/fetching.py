"""When a source with an address is fetched, and what an answer or a failure means for it.

Belongs here: intervals, conditional GET, back-off, Retry-After, robots.txt, the pace of a host, and
the state that is kept of a source. Does not belong here: the GET itself (`fetch`), parsing, storing
the state (`warehouse`). Times come from the caller.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from summit_pipeline.ingest.fetch import Fetched, FetchError, FetchLimits
from summit_pipeline.ingest.hosts import Hosts
from summit_pipeline.ingest.tables import FetchState

FULL_GET_EVERY = timedelta(hours=24)
"""A server may send the old ETag with a changed body: once a day the body itself is asked for."""

RETRY_AT_LEAST = timedelta(minutes=1)
RETRY_AT_MOST = timedelta(hours=24)
DEAD_AFTER_FAILURES = 30.0
DEAD_AFTER = timedelta(days=7)
# What a failure weighs: passing ones little, a name or page that is gone fully (as Media Cloud's
# feed fetcher counts them).
_WEIGHTS = {
    "fetch.gone": 1.0, "fetch.not_found": 1.0, "fetch.dns": 1.0, "fetch.private_address": 1.0,
    "fetch.scheme": 1.0, "fetch.port": 1.0, "fetch.tls": 0.5, "fetch.blocked": 0.5,
    "fetch.robots": 0.5, "fetch.too_large": 0.5, "fetch.status": 0.5, "fetch.empty": 0.5,
}  # fmt: skip
_PASSING = 0.25


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a source's turn: a body to read, a failure, or neither (nothing changed)."""

    state: FetchState
    answer: Fetched | None = None
    reason: str | None = None
    detail: str = ""


def is_due(state: FetchState, now: datetime) -> bool:
    """Whether a source's turn has come; a last turn ahead of now tells of a clock set back."""
    set_back = state.last_attempt_at is not None and state.last_attempt_at > now
    return set_back or state.next_due_at is None or state.next_due_at <= now


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches sources in one run; safe to be used by several threads."""

    hosts: Hosts = field(default_factory=Hosts)
    limits: FetchLimits = field(default_factory=FetchLimits)

    def with_ports(self, ports: Iterable[int]) -> "Fetcher":
        """The same fetcher, which may connect to these ports too."""
        return replace(self, limits=replace(self.limits, ports=self.limits.ports.union(ports)))

    def fetch(self, state: FetchState, interval: timedelta, now: datetime) -> Outcome:
        """Take a source's turn; never raises on what the network does."""
        headers = _conditions(state, now)
        try:
            answer = self.hosts.get(state.url, headers, self.limits)
            _judge(answer, now, conditional=bool(headers))
        except _RetryLaterError as error:
            late = failed(state, "fetch.retry_later", interval, now)
            due = late.next_due_at if error.wait is None else now + error.wait
            return _outcome(replace(late, next_due_at=due), error.detail)
        except FetchError as error:
            return _outcome(failed(state, error.reason, interval, now), error.detail)
        if answer.status == 304:
            return Outcome(_succeeded(state, interval, now))
        full = replace(
            state,
            etag=answer.headers.get("etag", "")[:500] or None,
            last_modified=answer.headers.get("last-modified", "")[:100] or None,
            body_hash=hashlib.sha256(answer.body).hexdigest(),
            last_full_at=now,
        )
        return Outcome(_succeeded(full, interval, now), answer)


class _RetryLaterError(FetchError):
    """The server asks to come back later; `wait` is bounded, None where it does not say when."""

    def __init__(self, detail: str, wait: timedelta | None) -> None:
        super().__init__("fetch.retry_later", detail)
        self.wait = wait


def _outcome(state: FetchState, detail: str) -> Outcome:
    return Outcome(state, None, state.reason, detail)


def _conditions(state: FetchState, now: datetime) -> dict[str, str]:
    """Headers of a conditional GET; none where the whole body is to be had."""
    if state.last_full_at is None or now - state.last_full_at >= FULL_GET_EVERY:
        return {}
    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in headers.items() if value}


def _judge(answer: Fetched, now: datetime, *, conditional: bool) -> None:
    """Raise what an answer means, if it is none that can be read.

    Raises:
        FetchError: with the reason's code.
    """
    status = answer.status
    if status in (429, 503):
        written = answer.headers.get("retry-after")
        wait = retry_after(written, answer.headers.get("date"), now) if written else None
        raise _RetryLaterError(f"{answer.url}: asks to come back later ({status})", wait)
    if answer.headers.get("cf-mitigated") or status in (401, 403, 451):
        raise FetchError("fetch.blocked", f"{answer.url}: does not let us in ({status})")
    reasons = {404: "fetch.not_found", 410: "fetch.gone"}
    if status == 304 and not conditional:
        raise FetchError("fetch.protocol", f"{answer.url}: 304 to a request without conditions")
    if status != 304 and not 200 <= status < 300:
        reason = reasons.get(status, "fetch.status")
        raise FetchError(reason, f"{answer.url}: answers {status}")
    if status != 304 and not answer.body.strip():
        raise FetchError("fetch.empty", f"{answer.url}: the answer is empty")


def retry_after(written: str, date: str | None, now: datetime) -> timedelta:
    """The wait that a Retry-After header asks for, between a minute and a day.

    Args:
        written: the header: seconds, or a moment in any of HTTP's three forms; else a minute.
        date: the answer's Date, which such a moment is measured from: its clock, not ours.
        now: what it is measured from where there is no Date (UTC).
    """
    seconds = 0.0
    if written.strip().isascii() and written.strip().isdigit():
        seconds = float(written.strip()[:12])
    elif (at := _moment(written)) is not None:
        seconds = (at - (_moment(date) or now)).total_seconds()
    bounded = min(max(seconds, RETRY_AT_LEAST.total_seconds()), RETRY_AT_MOST.total_seconds())
    return timedelta(seconds=bounded)


def _moment(written: str | None) -> datetime | None:
    """A moment in UTC as HTTP writes them; None for any other text."""
    try:
        at = parsedate_to_datetime((written or "").strip())
        return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _succeeded(state: FetchState, interval: timedelta, now: datetime) -> FetchState:
    return replace(
        state,
        status="ok",
        reason=None,
        failures=0.0,
        failing_since=None,
        last_attempt_at=now,
        last_success_at=now,
        next_due_at=now + interval * _jitter(state.source, now),
    )


def failed(state: FetchState, reason: str, interval: timedelta, now: datetime) -> FetchState:
    """The state after a failure: the wait doubles, and after a week of them a source is dead."""
    failures = state.failures + _WEIGHTS.get(reason, _PASSING)
    since = state.failing_since or now
    dead = failures >= DEAD_AFTER_FAILURES and now - since >= DEAD_AFTER
    wait = min(interval * 2 ** min(failures, 8.0), RETRY_AT_MOST)
    if reason == "fetch.robots":
        wait = RETRY_AT_MOST  # also while robots.txt itself cannot be had
    return replace(
        state,
        status="dead" if dead else "failing",
        reason=reason,
        failures=failures,
        failing_since=since,
        last_attempt_at=now,
        next_due_at=now + wait * _jitter(state.source, now),
    )


def _jitter(source: str, now: datetime) -> float:
    """A factor between 0.9 and 1, told by source and hour: turns spread, none by chance."""
    digest = hashlib.sha256(f"{source}\x1f{now:%Y%m%d%H}".encode()).digest()
    return 0.9 + digest[0] / 2550
