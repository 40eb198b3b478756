"""Rows 1 to 9 of the list, with servers on the loopback and fake resolvers only."""

import gzip
import socket
import struct
import time
import tracemalloc
import zlib

import brotli
import pytest
from loopback_server import Answer, fixed, reply, server

from summit_pipeline.ingest.fetch import (
    Fetched,
    FetchError,
    FetchLimits,
    get,
    redirect_target,
)
from summit_pipeline.ingest.public_addresses import is_public


def limits(port: int, **options: object) -> FetchLimits:
    return FetchLimits(
        ports=frozenset({80, 443, port}),
        allowed_addresses=frozenset({"127.0.0.1"}),
        **options,  # type: ignore[arg-type]
    )


def fetch(port: int, path: str = "/", **options: object) -> Fetched:
    url = f"http://feed.example:{port}{path}"
    return get(url, None, limits(port, **options), loopback)


def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


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
def test_rows_01_and_04_private_addresses_of_every_form_are_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(FetchError) as error:
        get("http://feed.example/", resolver=lambda host, port: [address])
    assert error.value.reason == "fetch.private_address"


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001::1", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254", "127.1", "2130706433", "0", "[::1]", "[::ffff:127.0.0.1]", "localhost",
        "0x7f000001", "0177.0.0.1", "[::ffff:a9fe:a9fe]", "①②⑦.⓪.⓪.①",
    ],
)  # fmt: skip
def test_row_01_numbers_of_every_form_are_resolved_and_refused(host: str) -> None:
    with pytest.raises(FetchError) as error:
        get(f"http://{host}/")
    assert error.value.reason == "fetch.private_address"


def test_row_02_a_redirect_to_a_private_address_is_refused_with_its_hops() -> None:
    redirect = reply(status="302 Found", Location="http://169.254.169.254/latest")
    with server(fixed(redirect)) as port, pytest.raises(FetchError) as error:
        get(
            f"http://feed.example:{port}/", None, limits(port),
            lambda host, port: ["127.0.0.1" if host == "feed.example" else host],
        )  # fmt: skip
    assert error.value.reason == "fetch.private_address"
    assert error.value.hops[-1] == "http://169.254.169.254/latest"


def test_row_03_the_address_checked_is_the_one_connected_to() -> None:
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with server(fixed(reply(b"x"))) as port:
        answer = get(f"http://feed.example:{port}/", None, limits(port), rebinding)
    assert (answer.peer, asked) == ("127.0.0.1", ["feed.example"])


def test_row_03_a_name_that_turns_private_between_two_hops_is_refused() -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    redirect = fixed(reply(status="302 Found", Location="/next"))
    with server(redirect) as port, pytest.raises(FetchError) as error:
        get(f"http://feed.example:{port}/", None, limits(port), lambda h, p: next(answers))
    assert error.value.reason == "fetch.private_address"


def test_row_03_one_private_address_among_public_ones_is_refused() -> None:
    with pytest.raises(FetchError) as error:
        get("http://feed.example/", resolver=lambda host, port: ["8.8.8.8", "127.0.0.1"])
    assert error.value.reason == "fetch.private_address"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("file:///etc/passwd", "fetch.scheme"), ("ftp://a.example/", "fetch.scheme"),
        ("gopher://a.example/", "fetch.scheme"), ("data:text/plain,x", "fetch.scheme"),
        ("http://user:pw@a.example/", "fetch.scheme"), ("http://a.example:22/", "fetch.port"),
        ("http://a.example:25/", "fetch.port"), ("http://a.example:6379/", "fetch.port"),
        ("http://a.example:0/", "fetch.port"), ("http://a.example:99999/", "fetch.scheme"),
        ("javascript:alert(1)", "fetch.scheme"),
    ],
)  # fmt: skip
def test_row_05_other_schemes_and_ports_are_refused(target: str, reason: str) -> None:
    with server(fixed(reply(status="302 Found", Location=target))) as port:
        assert reason_of(port) == reason
    with pytest.raises(FetchError) as error:
        get(target, resolver=lambda host, port: pytest.fail("was resolved"))
    assert error.value.reason == reason


def test_row_06_redirects_are_counted() -> None:
    asked: list[str] = []

    def redirect(peer: socket.socket, head: str) -> None:
        asked.append(head.split()[1])
        peer.sendall(reply(status="302 Found", Location=f"/{len(asked)}"))

    with server(redirect) as port, pytest.raises(FetchError) as error:
        fetch(port)
    assert error.value.reason == "fetch.too_many_redirects"
    assert (len(asked), len(error.value.hops)) == (6, 7)


def test_a_redirect_to_another_host_can_be_left_to_the_caller() -> None:
    def answers(peer: socket.socket, head: str) -> None:
        place = "/next" if head.split()[1] == "/" else "http://other.example/"
        peer.sendall(reply(status="302 Found", Location=place))

    with server(answers) as port:
        answer = get(
            f"http://feed.example:{port}/", None, limits(port, one_host=True),
            lambda host, port: ["127.0.0.1"] if host == "feed.example" else pytest.fail(host),
        )  # fmt: skip
    assert (answer.status, len(answer.hops)) == (302, 2)
    assert redirect_target(answer) == "http://other.example/"


BOMB = 60_000_000
"""Bytes unpacked: beyond what may be held, and soon packed."""


def packed(encoding: str) -> bytes:
    if encoding == "br":
        press = brotli.Compressor(quality=1)
        parts = [press.process(bytes(1_000_000)) for _ in range(BOMB // 1_000_000)]
        return b"".join(parts) + press.finish()
    if encoding == "deflate":
        return zlib.compress(bytes(BOMB), 1)
    bomb = bytes(BOMB)
    for level, _ in enumerate(encoding.split(", ")):
        bomb = gzip.compress(bomb, 9 if level else 1)
    return bomb


@pytest.mark.parametrize(
    "encoding",
    ["gzip", "x-gzip", "deflate", "br", "gzip, gzip", ", ".join(["gzip"] * 5), "br, gzip",
     ", ".join(["gzip"] * 6)],
)  # fmt: skip
def test_row_07_a_bomb_is_stopped_at_the_decoded_size(encoding: str) -> None:
    bomb = gzip.compress(packed("br")) if encoding == "br, gzip" else packed(encoding)
    assert len(bomb) < 1_000_000
    with server(fixed(reply(bomb, Content_Encoding=encoding))) as port:
        tracemalloc.start()
        try:
            assert reason_of(port) == "fetch.too_large"
            assert tracemalloc.get_traced_memory()[1] < 64_000_000
        finally:
            tracemalloc.stop()


def test_row_07_what_is_packed_and_small_is_read() -> None:
    for encoding, pack in (("gzip", gzip.compress), ("br", brotli.compress)):
        with server(fixed(reply(pack(b"<rss/>"), Content_Encoding=encoding))) as port:
            assert fetch(port).body == b"<rss/>"
    with server(fixed(reply(b"<rss/>", Content_Encoding="gzip"))) as port:
        assert reason_of(port) == "fetch.protocol"
    with server(fixed(reply(b"<rss/>", Content_Encoding="rot13"))) as port:
        assert reason_of(port) == "fetch.protocol"


def test_row_07_a_plain_body_is_stopped_too() -> None:
    with server(fixed(reply(bytes(2_000)))) as port:
        assert reason_of(port, decoded_bytes=1_999) == "fetch.too_large"
        assert len(fetch(port, decoded_bytes=2_000).body) == 2_000
        assert len(fetch(port, decoded_bytes=1_999, head_only=True).body) == 1_999


def drip(start: bytes, part: bytes = b"drip....") -> Answer:
    def answer(peer: socket.socket, head: str) -> None:
        peer.sendall(start)
        for _ in range(100):
            peer.sendall(part)
            time.sleep(0.1)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        drip(b"HTTP/1.1 200 OK\r\n\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"x")[:10],
             gzip.compress(bytes(100))[10:12]),
        drip(b"HTTP/1.1 200 OK\r\nX: "),
        drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        drip(b"HT", b"T"),
        lambda peer, head: time.sleep(1.2),
    ],
    ids=["body", "length", "chunks", "packed", "header", "headers", "status", "silence"],
)  # fmt: skip
def test_row_08_a_drip_ends_at_the_deadline(answer: Answer) -> None:
    with server(answer) as port:
        began = time.monotonic()
        assert reason_of(port, seconds=0.5) == "fetch.deadline"
        assert time.monotonic() - began < 2


def test_row_08_redirects_share_the_deadline() -> None:
    def slow(peer: socket.socket, head: str) -> None:
        time.sleep(0.25)
        peer.sendall(reply(status="302 Found", Location="/next"))

    with server(slow) as port:
        assert reason_of(port, seconds=0.6) == "fetch.deadline"


def test_row_08_a_name_that_is_never_resolved_ends_at_the_deadline() -> None:
    def resolver(host: str, port: int) -> list[str]:
        time.sleep(2)
        return ["127.0.0.1"]

    began = time.monotonic()
    with pytest.raises(FetchError) as error:
        get("http://feed.example/", None, FetchLimits(seconds=0.3), resolver)
    assert error.value.reason == "fetch.deadline"
    assert time.monotonic() - began < 1.5


def test_row_08_a_drip_instead_of_a_handshake_ends_at_the_deadline() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    with listener, pytest.raises(FetchError) as error:
        # Nobody accepts: the kernel does, and no byte ever comes.
        get(f"https://feed.example:{port}/", None, limits(port, seconds=0.4), loopback)
    assert error.value.reason == "fetch.deadline"


def reset(peer: socket.socket, head: str) -> None:
    peer.sendall(reply(b"x" * 100)[:-50])
    # Closed with data on the way, a socket that does not linger sends a reset.
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@pytest.mark.parametrize(
    "answer",
    [
        fixed(reply(b"x" * 100)[:-50]),
        reset,
        fixed(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        fixed(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhello"),
        fixed(b""),
    ],
    ids=["length", "reset", "chunks", "chunk", "nothing"],
)
def test_row_09_a_cut_answer_is_never_taken_as_whole(answer: Answer) -> None:
    with server(answer) as port:
        assert reason_of(port) == "fetch.truncated"


@pytest.mark.parametrize(
    "written", [b"\x00\xff" * 50, b"HTTP/9.9\r\n\r\n", b"SSH-2.0-x\r\n", b"\r\n" * 3]
)
def test_what_is_no_http_has_a_code(written: bytes) -> None:
    with server(fixed(written)) as port:
        assert reason_of(port) in ("fetch.protocol", "fetch.truncated")
