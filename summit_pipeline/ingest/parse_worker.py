"""The child process in which foreign bytes are parsed: one job after another until its input ends.

Run as `python -P -m summit_pipeline.ingest.parse_worker KIND MEMORY_BYTES` by `parsing_child`. A
job is a line of JSON, then as many bytes as its `size` says; an answer is its length as eight
bytes, then JSON. Imports nothing large beside the parsers: the address space is limited from there.
"""

import json
import resource
import struct
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

Job = Callable[[dict[str, Any], bytes], Any]


def _feed_job() -> Job:
    from summit_pipeline.ingest.feeds import read_feed

    def job(order: dict[str, Any], body: bytes) -> Any:
        feed = read_feed(body, order.get("declared"))
        return {
            "form": feed.form,
            "unread": feed.unread,
            "entries": [
                [
                    e.position,
                    e.guid,
                    e.url,
                    e.title,
                    e.text,
                    e.media_type,
                    e.published,
                    e.notes,
                    e.updated,
                ]
                for e in feed.entries
            ],
            "deletions": [[d.guid, d.when] for d in feed.deletions],
            "faults": [
                [f.reason, f.detail, f.position, f.head.decode("latin-1"), f.size, f.body_hash]
                for f in feed.faults
            ],
        }

    return job


def _table_job() -> Job:
    from summit_pipeline.ingest.parquet_rows import parquet_rows

    def job(order: dict[str, Any], body: bytes) -> Any:
        return parquet_rows(order["path"], order["columns"], order["start"], order["count"])

    return job


def _warc_job() -> Job:
    from summit_pipeline.ingest.warc_records import WarcPart

    part = WarcPart()

    def job(order: dict[str, Any], body: bytes) -> Any:
        return part.next(order["path"], first=order["first"])

    return job


def _page_job() -> Job:
    from summit_pipeline.ingest.page_text import page_text

    def job(order: dict[str, Any], body: bytes) -> Any:
        return page_text(body.decode("utf-8", "replace"))

    return job


def _sitemap_job() -> Job:
    from summit_pipeline.ingest.sitemaps import read_sitemap

    def job(order: dict[str, Any], body: bytes) -> Any:
        return asdict(read_sitemap(body, order.get("declared")))

    return job


_KINDS: dict[str, Callable[[], Job]] = {
    "feed": _feed_job,
    "table": _table_job,
    "warc": _warc_job,
    "page": _page_job,
    "sitemap": _sitemap_job,
}


def _limit_memory(more: int) -> None:
    """Limit the address space to what is in use now and so many bytes more."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _answer(out: BinaryIO, value: Any) -> None:
    # A lone surrogate has no UTF-8 form, and must not cost the answer; json.loads takes it back.
    written = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    out.write(struct.pack(">Q", len(written)))
    out.write(written)
    out.flush()


def main() -> int:
    """Serve jobs until the input ends."""
    kind, memory = sys.argv[1], int(sys.argv[2])
    given, out = sys.stdin.buffer, sys.stdout.buffer
    # Whatever a parser prints must not end up among the answers.
    sys.stdout = sys.stderr
    job = _KINDS[kind]()
    if Path("/proc/self/statm").exists():
        _limit_memory(memory)
    _answer(out, {"ready": True})
    while line := given.readline():
        order = json.loads(line)
        try:
            body = given.read(order["size"])
            _answer(out, {"value": job(order, body)})
        except MemoryError:
            _answer(out, {"failed": "memory"})
        except Exception as error:
            _answer(out, {"failed": f"{type(error).__name__}: {error}"[:300]})
    return 0


if __name__ == "__main__":
    sys.exit(main())
