"""Parsing of foreign bytes in a child process, with limits on time and memory.

Belongs here: starting the child, talking to it, killing it. Does not belong here: what it does
(`parse_worker`). A child is started when first needed and reused; after a kill the next job starts
another. Plain text needs none.
"""

import contextlib
import hashlib
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from summit_pipeline.ingest.feed_model import Feed, FeedDeletion, FeedEntry, FeedFault, refused
from summit_pipeline.ingest.sitemaps import Sitemap, SitemapEntry

Kind = Literal["feed", "table", "warc", "page", "sitemap"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one job: wall clock, memory above what the child has loaded, size of the answer.

    The slowest of 200 real feeds takes 0.6 s and 60 MB.
    """

    seconds: float = 10.0
    memory_bytes: int = 1_000_000_000
    answer_bytes: int = 100_000_000


class ParsingFailedError(Exception):
    """A job did not end well; `reason` is its code."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


_START_SECONDS = 60.0  # for imports on a busy machine; nothing foreign runs yet


class ParsingChild:
    """A child process for each kind of job that comes up; a context manager that ends them.

    Threads may share it: jobs are worked off one by one.

    Args:
        limits: bounds of one job.
        refusals: reason and detail of feeds, by the hash of their bytes, that were refused before
            within the same limits: they are refused again without a try.
    """

    def __init__(
        self, limits: Limits | None = None, refusals: Mapping[str, tuple[str, str]] | None = None
    ) -> None:
        self.limits = limits or Limits()
        self._refusals = refusals or {}
        self._processes: dict[Kind, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> "ParsingChild":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child processes."""
        for kind in tuple(self._processes):
            self._end(kind)

    def feed(self, body: bytes, declared: str | None = None) -> Feed:
        """Read a feed; one that takes too long or too much is refused as a whole."""
        refusal = self._refusals.get(hashlib.sha256(body).hexdigest()) if self._refusals else None
        if refusal is not None:
            return refused(*refusal, body)
        try:
            value = self._work("feed", {"declared": declared}, body)
        except ParsingFailedError as error:
            return refused(error.reason, error.detail, body)
        return Feed(
            value["form"],
            tuple(_entry(fields) for fields in value["entries"]),
            tuple(
                FeedFault(reason, detail, position, head.encode("latin-1"), size, digest)
                for reason, detail, position, head, size, digest in value["faults"]
            ),
            value["unread"],
            tuple(FeedDeletion(guid, when) for guid, when in value["deletions"]),
        )

    def rows(
        self, path: Path, columns: list[str], start: int, count: int
    ) -> tuple[list[str], list[dict[str, Any]]]:
        """Column names of a Parquet file, and some of its rows.

        Raises:
            ParsingFailedError: if the file cannot be read within the limits.
        """
        order = {"path": str(path), "columns": columns, "start": start, "count": count}
        value = self._work("table", order, b"")
        return value["names"], value["rows"]

    def warc_records(self, path: Path, *, first: bool) -> tuple[list[dict[str, Any]], bool]:
        """The next records of a web archive, from its start if `first`, and whether there are more.

        Raises:
            ParsingFailedError: if the file cannot be read within the limits.
        """
        value = self._work("warc", {"path": str(path), "first": first}, b"")
        return value["records"], value["more"]

    def page_text(self, source: str) -> str | None:
        """A page's article as a library reads it; None where it finds none, or takes too much."""
        try:
            text: str | None = self._work("page", {}, source.encode("utf-8", "replace"))
        except ParsingFailedError:
            return None
        return text

    def sitemap(self, body: bytes, declared: str | None = None) -> Sitemap:
        """Read a sitemap; one that takes too long or too much lists nothing."""
        try:
            value = self._work("sitemap", {"declared": declared}, body)
        except ParsingFailedError as error:
            return Sitemap(fault=error.reason)
        pages = tuple(SitemapEntry(**fields) for fields in value["pages"])
        return Sitemap(pages, tuple(value["sitemaps"]), value["unread"], value["fault"])

    def _work(self, kind: Kind, order: dict[str, Any], body: bytes) -> Any:
        with self._lock:
            return self._worked(kind, order, body)

    def _worked(self, kind: Kind, order: dict[str, Any], body: bytes) -> Any:
        process = self._started(kind)
        deadline = time.monotonic() + self.limits.seconds
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps({**order, "size": len(body)}).encode() + b"\n" + body)
            process.stdin.flush()
            answer = self._answer(process, deadline)
        except ParsingFailedError:
            self._end(kind)
            raise
        except (BrokenPipeError, EOFError):
            self._end(kind)
            raise ParsingFailedError(
                "parse.crashed", "brought its parser down; look at the file, it is no ordinary one"
            ) from None
        if "failed" in answer:
            if answer["failed"] != "memory":
                raise ParsingFailedError("parse.failed", f"cannot be parsed: {answer['failed']}")
            self._end(kind)  # what it could not give back would count against the next job
            raise ParsingFailedError(
                "parse.memory",
                f"takes more than {self.limits.memory_bytes:,} bytes of memory to parse",
            )
        return answer["value"]

    def _started(self, kind: Kind) -> subprocess.Popen[bytes]:
        process = self._processes.get(kind)
        if process is not None and process.poll() is None:
            return process
        # -P: a json.py in the folder where somebody works must not become ours.
        command = [
            sys.executable, "-P", "-m", "summit_pipeline.ingest.parse_worker",
            kind, str(self.limits.memory_bytes),
        ]  # fmt: skip
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._processes[kind] = process
        self._answer(process, time.monotonic() + _START_SECONDS)
        return process

    def _answer(self, process: subprocess.Popen[bytes], deadline: float) -> Any:
        assert process.stdout is not None
        size = struct.unpack(">Q", self._bytes(process.stdout.fileno(), 8, deadline))[0]
        if size > self.limits.answer_bytes:
            raise ParsingFailedError("parse.too_large", f"gives {size:,} bytes when parsed")
        return json.loads(self._bytes(process.stdout.fileno(), size, deadline))

    def _bytes(self, descriptor: int, size: int, deadline: float) -> bytes:
        parts = []
        while size:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise ParsingFailedError(
                    "parse.timeout",
                    f"takes more than {self.limits.seconds:g} s to parse; ask its publisher for a "
                    "plainer or shorter one",
                )
            part = os.read(descriptor, min(size, 1_000_000))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _end(self, kind: Kind) -> None:
        process = self._processes.pop(kind)
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def _entry(fields: list[Any]) -> FeedEntry:
    position, guid, url, title, text, media_type, published, notes, updated = fields
    return FeedEntry(position, guid, url, title, text, media_type, published, tuple(notes), updated)
