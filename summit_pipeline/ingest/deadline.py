"""One deadline for everything that belongs to a GET: resolving, connecting, redirects, the body.

Belongs here: ending what no timeout of a single read would end. Does not belong here: what is
connected to or read (`fetch`).
"""

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Callable
from typing import TypeVar

_Value = TypeVar("_Value")


class Deadline:
    """A moment, so many seconds from now, at which the socket at hand is shut."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.sock: socket.socket | None = None
        self._ends = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._timer.start()

    @property
    def has_passed(self) -> bool:
        """Whether it is over."""
        return time.monotonic() >= self._ends

    def left(self) -> float:
        """Seconds that are left; never zero, which sockets take for no timeout at all."""
        return max(self._ends - time.monotonic(), 0.001)

    def bounded(self, work: Callable[[], _Value]) -> _Value:
        """The result of work that has no timeout of its own, such as resolving a name.

        Raises:
            TimeoutError: if it takes longer than is left; its thread is left to end by itself.
        """
        done: queue.SimpleQueue[tuple[_Value | None, BaseException | None]] = queue.SimpleQueue()

        def run() -> None:
            try:
                done.put((work(), None))
            except BaseException as error:  # handed over to the thread that waits
                done.put((None, error))

        threading.Thread(target=run, daemon=True).start()
        try:
            value, error = done.get(timeout=self.left())
        except queue.Empty:
            raise TimeoutError(f"took more than {self.seconds:g} s") from None
        if error is not None:
            raise error
        return value  # type: ignore[return-value]

    def close(self) -> None:
        """Close the socket: one whose TLS did not come about belongs to no connection."""
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.close()
            self.sock = None

    def cancel(self) -> None:
        """End the watch: all is done."""
        self._timer.cancel()

    def _shut(self) -> None:
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
