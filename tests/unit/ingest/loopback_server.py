"""A server on the loopback that answers whatever a test likes, byte for byte."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answer = Callable[[socket.socket, str], None]


@contextmanager
def server(
    answer: Answer, tls: ssl.SSLContext | None = None, *, listens: bool = True
) -> Iterator[int]:
    """A server whose port is given: it reads a request's head if it listens, then answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                peer, _ = listener.accept()
            except TimeoutError:
                continue
            with suppress(OSError), _secured(peer, tls) as channel:
                answer(channel, _head(channel) if listens else "")

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        thread.join()
        listener.close()


@contextmanager
def _secured(peer: socket.socket, tls: ssl.SSLContext | None) -> Iterator[socket.socket]:
    with peer:
        peer.settimeout(5)
        if tls is None:
            yield peer
            return
        with tls.wrap_socket(peer, server_side=True) as channel:
            yield channel


def _head(channel: socket.socket) -> str:
    head = b""
    while b"\r\n\r\n" not in head and (part := channel.recv(4096)):
        head += part
    return head.decode("latin-1")


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def fixed(written: bytes) -> Answer:
    return lambda peer, head: peer.sendall(written)
