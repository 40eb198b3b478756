"""One GET of a foreign address: bounded, and only ever to public addresses.

Belongs here: connecting, redirects, reading the body. Does not belong here: when to fetch and what
a failure means for a source (`fetching`), robots.txt (`robots`).

The address that was checked is the one connected to: each connection resolves once. Every redirect
is checked again. TLS is always verified. One deadline holds for everything together (`deadline`),
since timeouts of single reads never end a body that drips.
"""

import contextlib
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urljoin, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    DecodeError,
    HTTPError,
    IncompleteRead,
    ProtocolError,
    SSLError,
)
from urllib3.response import BaseHTTPResponse

from summit_pipeline.ingest.addresses import web_address
from summit_pipeline.ingest.deadline import Deadline
from summit_pipeline.ingest.public_addresses import is_public

Resolver = Callable[[str, int], list[str]]

AGENT = "summit_pipeline/0.1 (news comparison; reads feeds that its user has configured)"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_REDIRECTS = (301, 302, 303, 307, 308)
_PART = 65_536


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one GET with all its redirects."""

    decoded_bytes: int = 10_000_000
    seconds: float = 20.0
    connect_seconds: float = 10.0
    redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443})
    head_only: bool = False  # a longer body is cut at the size, instead of refused
    one_host: bool = False  # a redirect to another host is returned, instead of followed
    # Addresses that count as public all the same: for tests with servers on the loopback.
    allowed_addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer; header names are in lower case."""

    status: int
    url: str
    hops: tuple[str, ...]
    headers: Mapping[str, str]
    body: bytes
    peer: str

    @property
    def charset(self) -> str | None:
        """The encoding that the Content-Type states."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found.group(1) if found else None


class FetchError(Exception):
    """A GET that did not end well; `reason` is its code, `hops` the addresses up to there."""

    def __init__(self, reason: str, detail: str, hops: tuple[str, ...] = ()) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.hops = hops


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses of a host as the system resolves it.

    Raises:
        OSError: if there are none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


_BROKEN_OFF = ("fetch.truncated", "fetch.connection", "fetch.tls", "fetch.protocol")
"""What a connection looks like that was shut at the deadline."""


def get(
    url: str,
    headers: Mapping[str, str] | None = None,
    limits: FetchLimits | None = None,
    resolver: Resolver = system_resolver,
) -> Fetched:
    """GET an address; answers of any status are returned, redirects followed.

    Raises:
        FetchError: if nothing may be, or could be, fetched as a whole.
    """
    limits = limits or FetchLimits()
    deadline = Deadline(limits.seconds)
    hops: list[str] = []
    try:
        while True:
            hops.append(url[:2048])
            if len(hops) > limits.redirects + 1:
                raise FetchError("fetch.too_many_redirects", f"more than {limits.redirects}")
            answer = _one(url, headers or {}, limits, resolver, deadline, tuple(hops))
            target = redirect_target(answer)
            if target is None or (limits.one_host and host_place(target) != host_place(url)):
                return answer
            url = target
    except FetchError as error:
        if deadline.has_passed and error.reason in _BROKEN_OFF:
            error = _too_late(limits)
        raise FetchError(error.reason, f"{hops[-1]}: {error.detail}", tuple(hops)) from None
    finally:
        deadline.cancel()


def redirect_target(answer: Fetched) -> str | None:
    """The address that an answer redirects to; None where it is no redirect.

    Raises:
        FetchError: if it leads to what is no address.
    """
    written = answer.headers.get("location")
    if answer.status not in _REDIRECTS or not written:
        return None
    try:
        return urljoin(answer.url, written)
    except ValueError:
        detail = f"leads to what is no address ({written[:200]})"
        raise FetchError("fetch.scheme", detail, answer.hops) from None


def host_place(url: str) -> str:
    """Host and port of an address as it writes them: the place that robots.txt and pace are of."""
    return urlsplit(url).netloc.lower()


def _one(
    url: str,
    headers: Mapping[str, str],
    limits: FetchLimits,
    resolver: Resolver,
    deadline: Deadline,
    hops: tuple[str, ...],
) -> Fetched:
    parts = web_address(url)
    if parts is None or parts.username is not None or parts.password is not None:
        raise FetchError("fetch.scheme", "is no plain http(s) address without a password")
    host, secure = parts.hostname or "", parts.scheme.lower() == "https"
    port = parts.port if parts.port is not None else 443 if secure else 80
    if port not in limits.ports:
        raise FetchError("fetch.port", f"port {port} is not among {sorted(limits.ports)}")
    address = _checked_address(host, port, limits, resolver, deadline)
    connection = _connection(host, port, address, secure, limits, deadline)
    answer: BaseHTTPResponse | None = None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _errors_told():
            connection.connect()
            deadline.sock = connection.sock
            if deadline.has_passed:
                raise _too_late(limits)
            connection.request(
                "GET", path,
                headers={
                    "User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", **headers,
                    "Connection": "close",
                },
                preload_content=False, decode_content=True,
            )  # fmt: skip
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.headers.items()}
            skip = answer.status in _REDIRECTS
            body = b"" if skip else _body(answer, limits, deadline)
    finally:
        if answer is not None:
            answer.close()
        connection.close()
        deadline.close()
    return Fetched(answer.status, url, hops, found, body, address)


def _too_late(limits: FetchLimits) -> FetchError:
    return FetchError("fetch.deadline", f"took more than {limits.seconds:g} s in all")


def _checked_address(
    host: str, port: int, limits: FetchLimits, resolver: Resolver, deadline: Deadline
) -> str:
    try:
        addresses = deadline.bounded(lambda: resolver(host, port))
    except TimeoutError:
        raise _too_late(limits) from None
    except (OSError, UnicodeError) as error:
        raise FetchError("fetch.dns", f"the name {host} has no address ({error})") from None
    wrong = [a for a in addresses if a not in limits.allowed_addresses and not is_public(a)]
    if wrong or not addresses:
        raise FetchError(
            "fetch.private_address",
            f"{host} is at {wrong[0] if wrong else 'no address'}, which is not a public address of "
            "the web; only public ones are fetched",
        )
    return addresses[0]


def _connection(
    host: str, port: int, address: str, secure: bool, limits: FetchLimits, deadline: Deadline
) -> HTTPConnection:
    """A connection that goes to the checked address, whatever its host name would resolve to."""

    def connect() -> socket.socket:
        timeout = min(limits.connect_seconds, deadline.left())
        sock = socket.create_connection((address, port), timeout)
        sock.settimeout(deadline.left())
        deadline.sock = sock
        return sock

    kind: Any = HTTPSConnection if secure else HTTPConnection
    options: dict[str, Any] = {"timeout": limits.connect_seconds}
    if secure:
        options["ssl_context"] = ssl.create_default_context()
    connection: HTTPConnection = kind(host, port, **options)
    connection._new_conn = connect  # type: ignore[method-assign]
    return connection


@contextlib.contextmanager
def _errors_told() -> Iterator[None]:
    """Every error of the network as a FetchError with its code."""
    try:
        yield
    except (SSLError, ssl.SSLError) as error:
        raise FetchError("fetch.tls", f"its certificate does not hold ({error})"[:300]) from None
    except DecodeError as error:
        many = "Too many content encodings" in str(error)
        reason = "fetch.too_large" if many else "fetch.protocol"
        raise FetchError(reason, f"its compression cannot be read ({error})"[:300]) from None
    except (IncompleteRead, ProtocolError, ConnectionResetError) as error:
        raise FetchError("fetch.truncated", f"broke off ({error})"[:300]) from None
    except HTTPException as error:
        raise FetchError("fetch.protocol", f"is no HTTP ({error})"[:300]) from None
    except TimeoutError:
        raise FetchError("fetch.deadline", "took too long") from None
    except (HTTPError, OSError, ValueError) as error:
        raise FetchError("fetch.connection", f"cannot be reached ({error})"[:300]) from None


def _body(answer: BaseHTTPResponse, limits: FetchLimits, deadline: Deadline) -> bytes:
    """The body, unpacked part by part, so that no more than the limit is ever held."""
    packings = _packings(answer)
    parts = []
    left = limits.decoded_bytes
    while True:
        if deadline.has_passed:
            raise _too_late(limits)
        # `read1` gives what has come, but its unpacking has no bound; `read` has one.
        part = answer.read(_PART, decode_content=True) if packings else answer.read1(_PART)
        if not part:
            break
        if len(part) > left and not limits.head_only:
            raise FetchError(
                "fetch.too_large", f"has more than {limits.decoded_bytes:,} bytes unpacked"
            )
        parts.append(part[:left])
        left -= len(part)
        if left < 0:
            break
    if deadline.has_passed:
        raise _too_late(limits)
    return b"".join(parts)


def _packings(answer: BaseHTTPResponse) -> list[str]:
    """The encodings that the body is packed in, the last one outermost.

    Raises:
        FetchError: if one of them cannot be unpacked here.
    """
    written = answer.headers.get("content-encoding", "").lower().split(",")
    packings = [e.strip() for e in written if e.strip() not in ("", "identity")]
    unknown = set(packings) - set(answer.CONTENT_DECODERS)
    if unknown:
        raise FetchError("fetch.protocol", f"is packed as {min(unknown)[:20]}, unasked")
    return packings
