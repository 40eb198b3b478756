"""Rows 1 to 16 of the list, with servers on the loopback and fake resolvers only."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from summit_pipeline.ingest.fetch import Fetched, FetchError, FetchLimits, get
from summit_pipeline.ingest.public_addresses import is_public

Answer = Callable[[socket.socket, str], None]


@contextmanager
def server(answer: Answer) -> Iterator[int]:
    """A server that reads a request's head and lets `answer` write what it likes."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                peer, _ = listener.accept()
            except TimeoutError:
                continue
            with peer:
                peer.settimeout(5)
                head = b""
                try:
                    while b"\r\n\r\n" not in head and (part := peer.recv(4096)):
                        head += part
                    answer(peer, head.decode("latin-1"))
                except OSError:
                    continue

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        thread.join()
        listener.close()


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def fixed(written: bytes) -> Answer:
    return lambda peer, head: peer.sendall(written)


def limits(port: int, **options: object) -> FetchLimits:
    return FetchLimits(
        ports=frozenset({80, 443, port}),
        allowed_addresses=frozenset({"127.0.0.1"}),
        **options,  # type: ignore[arg-type]
    )


def fetch(port: int, path: str = "/", **options: object) -> Fetched:
    url = f"http://feed.example:{port}{path}"
    return get(url, None, limits(port, **options), lambda host, port: ["127.0.0.1"])


def reason_of(port: int, **options: object) -> str:
    with pytest.raises(FetchError) as error:
        fetch(port, **options)
    return error.value.reason


def test_a_plain_answer_is_read_whole() -> None:
    with server(fixed(reply(b"<rss/>", Content_Type="text/xml; charset=x-y", ETag="e"))) as port:
        answer = fetch(port)
    assert (answer.status, answer.body, answer.charset) == (200, b"<rss/>", "x-y")
    assert answer.headers["etag"] == "e"


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254", "127.0.0.1", "10.0.0.1", "0.0.0.0", "::1", "::ffff:127.0.0.1", "::",
        "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "fec0::1", "224.0.0.1", "ff02::1",
        "192.0.0.8", "fe80::1%eth0", "fd00::1", "100.64.0.1", "255.255.255.255", "nonsense",
        "64:ff9b:1::a00:1", "198.18.0.1", "240.0.0.1", "2001:db8::1",
    ],
)  # fmt: skip
def test_rows_1_and_4_private_addresses_of_every_form_are_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(FetchError) as error:
        get("http://feed.example/", resolver=lambda host, port: [address])
    assert error.value.reason == "fetch.private_address"


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001::1", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0", "[::1]", "[::ffff:127.0.0.1]", "localhost"]
)
def test_row_1_numbers_of_every_form_are_resolved_and_refused(host: str) -> None:
    with pytest.raises(FetchError) as error:
        get(f"http://{host}/")
    assert error.value.reason == "fetch.private_address"


def test_row_2_a_redirect_to_a_private_address_is_refused_with_its_hops() -> None:
    redirect = reply(status="302 Found", Location="http://169.254.169.254/latest")
    with server(fixed(redirect)) as port, pytest.raises(FetchError) as error:
        get(
            f"http://feed.example:{port}/", None, limits(port),
            lambda host, port: ["127.0.0.1" if host == "feed.example" else host],
        )  # fmt: skip
    assert error.value.reason == "fetch.private_address"
    assert error.value.hops[-1] == "http://169.254.169.254/latest"


def test_row_3_the_address_checked_is_the_one_connected_to() -> None:
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with server(fixed(reply(b"x"))) as port:
        answer = get(f"http://feed.example:{port}/", None, limits(port), rebinding)
    assert (answer.peer, asked) == ("127.0.0.1", ["feed.example"])


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("file:///etc/passwd", "fetch.scheme"), ("ftp://a.example/", "fetch.scheme"),
        ("gopher://a.example/", "fetch.scheme"), ("data:text/plain,x", "fetch.scheme"),
        ("http://user:pw@a.example/", "fetch.scheme"), ("http://a.example:22/", "fetch.port"),
        ("http://a.example:6379/", "fetch.port"),
    ],
)  # fmt: skip
def test_row_5_other_schemes_and_ports_are_refused(target: str, reason: str) -> None:
    with server(fixed(reply(status="302 Found", Location=target))) as port:
        assert reason_of(port) == reason


def test_row_6_redirects_are_counted() -> None:
    with server(fixed(reply(status="302 Found", Location="/again"))) as port:
        assert reason_of(port) == "fetch.too_many_redirects"


def test_row_7_a_bomb_is_stopped_at_the_decoded_size() -> None:
    bomb = gzip.compress(bytes(30_000_000))
    with server(fixed(reply(bomb, Content_Encoding="gzip"))) as port:
        assert reason_of(port) == "fetch.too_large"
    nested = b"x"
    for _ in range(6):
        nested = gzip.compress(nested)
    six = ", ".join(["gzip"] * 6)
    with server(fixed(reply(nested, Content_Encoding=six))) as port:
        assert reason_of(port) == "fetch.too_large"


@pytest.mark.parametrize("in_head", [False, True])
def test_row_8_a_drip_ends_at_the_deadline(in_head: bool) -> None:
    def drip(peer: socket.socket, head: str) -> None:
        if not in_head:
            peer.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            peer.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(100):
            peer.sendall(b"drip....")
            time.sleep(0.1)

    with server(drip) as port:
        began = time.monotonic()
        assert reason_of(port, seconds=0.6) == "fetch.deadline"
        assert time.monotonic() - began < 3


def test_row_9_a_cut_body_is_never_taken_as_whole() -> None:
    with server(fixed(reply(b"x" * 100)[:-50])) as port:
        assert reason_of(port) == "fetch.truncated"


def test_row_16_tls_is_verified() -> None:
    with server(fixed(b"this is no TLS")) as port, pytest.raises(FetchError) as error:
        get(f"https://feed.example:{port}/", None, limits(port), lambda h, p: ["127.0.0.1"])
    assert error.value.reason == "fetch.tls"
