"""What a host asks of those who fetch from it: its pace, its robots.txt.

Belongs here: waiting one's turn at a host, and asking robots.txt before each address. Does not
belong here: the GET itself (`fetch`), what robots.txt means (`robots`), when a source is due
(`fetching`). Several threads may fetch at once; from one host only one does.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from summit_pipeline.ingest.fetch import (
    Fetched,
    FetchError,
    FetchLimits,
    get,
    host_place,
    redirect_target,
)
from summit_pipeline.ingest.robots import MAX_BYTES, Robots, read_robots

Get = Callable[[str, Mapping[str, str], FetchLimits], Fetched]

PACE_SECONDS = 5.0
"""Between the starts of two GETs from one host."""

_LONGEST_PACE = 30.0
"""What a robots.txt may ask for as its Crawl-delay; more would keep a run from ending."""

_REFUSED = ("fetch.private_address", "fetch.scheme", "fetch.port")


@dataclass(slots=True)
class _Host:
    """One host in one run."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    started: float | None = None  # by the clock, when the last GET began
    pace: float = PACE_SECONDS


@dataclass(slots=True)
class Hosts:
    """All hosts of one run."""

    fetch: Get = field(default=lambda url, headers, limits: get(url, headers, limits))
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _robots: dict[str, Robots] = field(default_factory=dict)

    def get(self, url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        """GET an address when its host's turn has come, if its robots.txt lets us.

        A redirect to another host is followed when that host's turn has come, if its robots.txt
        lets us. The bounds hold for all hops together; waiting and robots.txt don't count.

        Raises:
            FetchError: as `fetch.get` does; with fetch.robots where robots.txt asks us not to.
        """
        hops: tuple[str, ...] = ()
        seconds = limits.seconds
        while True:
            host = self._host(url)
            with host.lock:
                self._check(url, host, limits)
                answer, took = self._paced(
                    url,
                    headers,
                    replace(
                        limits,
                        one_host=True,
                        seconds=seconds,
                        redirects=limits.redirects - len(hops),
                    ),
                    host,
                )
            hops += answer.hops
            seconds -= took
            target = redirect_target(answer)
            if target is None:
                return replace(answer, hops=hops)
            url = target
            if len(hops) > limits.redirects:
                detail = f"{url[:2048]}: more than {limits.redirects} redirects"
                raise FetchError("fetch.too_many_redirects", detail, hops)
            if seconds <= 0:
                detail = f"{url[:2048]}: took more than {limits.seconds:g} s in all"
                raise FetchError("fetch.deadline", detail, hops)

    def _check(self, url: str, host: _Host, limits: FetchLimits) -> None:
        if not self._robots_of(url, host, limits).lets_us(url):
            raise FetchError("fetch.robots", f"{url}: its robots.txt asks us not to")

    def _host(self, url: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host_place(url), _Host())

    def _paced(
        self, url: str, headers: Mapping[str, str], limits: FetchLimits, host: _Host
    ) -> tuple[Fetched, float]:
        """The answer, and how many seconds it took from the start of its GET."""
        if host.started is not None and (wait := host.started + host.pace - self.clock()) > 0:
            self.sleep(wait)
        host.started = self.clock()
        answer = self.fetch(url, headers, limits)
        return answer, self.clock() - host.started

    def _robots_of(self, url: str, host: _Host, limits: FetchLimits) -> Robots:
        """The robots.txt for an address, fetched once a run; its host's lock is held."""
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}"
        if place not in self._robots:
            limits = replace(limits, decoded_bytes=MAX_BYTES, head_only=True)
            try:
                answer, _ = self._paced(f"{place}/robots.txt", {}, limits, host)
                robots = read_robots(answer.status, answer.body)
            except FetchError as error:
                # An address that is refused is told as such; RFC 9309 takes a chain of redirects
                # for no robots.txt, and one that cannot be reached for a ban.
                if error.reason in _REFUSED:
                    raise
                robots = read_robots(404 if error.reason == "fetch.too_many_redirects" else 503)
            self._robots[place] = robots
            if robots.delay is not None:
                host.pace = min(max(robots.delay, PACE_SECONDS), _LONGEST_PACE)
        return self._robots[place]
