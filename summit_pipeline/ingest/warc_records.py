"""Records of a web archive (WARC 1.x, plain or gzip), a part of the file at a time.

Belongs here: framing, digests and lengths of records, their HTTP envelope, and where to go on after
a broken one. Does not belong here: what a record is to us (`warc`). Runs in the child process.

After a record that cannot be trusted, reading goes on at the next place where a record begins, be
it within what the broken one claims for itself: a wrong length costs one record, not the rest.
"""

import base64
import re
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, conversion, resource, response, revisit

MAX_RECORD_BYTES = 10_000_000
"""As for a fetched page; larger records are films and data, and their length may be a lie."""

_PART_RECORDS = 500
_PART_BYTES = 16_000_000
_CHUNK = 1_000_000
_BEGIN = re.compile(rb"(?:\A|(?<=\n))WARC/[01]\.\d")
_GZIP = b"\x1f\x8b\x08"
# Digests that FastWARC can verify in the form that they are written in.
_KNOWN_DIGEST = re.compile(r"(?:md5|sha1|sha256|sha512):(?:[0-9a-f]+|[A-Z2-7]+=*)")
_CARRIERS = response | resource | conversion

Found = dict[str, Any]
"""A record as JSON can carry it: `offset` in the file and `kind`, then what the kind needs."""


class WarcPart:
    """Reads archives part by part; keeps its place between two calls for the same file."""

    def __init__(self) -> None:
        self._file = ""
        self._found: Iterator[Found] = iter(())

    def next(self, path: str, *, first: bool) -> dict[str, Any]:
        """The next records of a file, from its start if `first`; `more` tells whether to ask again.

        Raises:
            OSError: if the file cannot be read.
            ValueError: if another file was begun in between.
        """
        if first:
            self._file = path
            self._found = _records(Path(path))
        elif path != self._file:
            raise ValueError("another archive was begun in between")
        records: list[Found] = []
        size = 0
        for record in self._found:
            records.append(record)
            size += len(record.get("body", "")) + 1_000
            if len(records) >= _PART_RECORDS or size >= _PART_BYTES:
                return {"records": records, "more": True}
        return {"records": records, "more": False}


def _records(path: Path) -> Iterator[Found]:
    """All records of a file that stand for a document, and what is wrong with the others."""
    with path.open("rb") as stream:
        is_gzip = stream.read(3) == _GZIP
        begin: int | None = 0
        while begin is not None:
            try:
                after = yield from _run(stream, begin, is_gzip)
            except OSError as error:
                yield _fault(begin, "warc.bad_record", f"cannot be read ({error})")
                after = begin + 1
            begin = None if after is None else _next_begin(stream, after, is_gzip)


def _run(stream: BinaryIO, at: int, is_gzip: bool) -> Generator[Found, None, int | None]:
    """Records from `at` on until one is broken; returns where to look for more, None at the end.

    The last record is held back until the next one begins where it should.
    """
    stream.seek(at)
    held: Found | None = None
    proven = True
    records = iter(ArchiveIterator(stream, parse_http=False, quirks_mode=False))
    while True:
        try:
            record = next(records)
        except StopIteration:
            if held is not None:
                yield held
            return None
        except OSError as error:
            if held is None:
                raise
            if proven:
                yield held
                # How long a packed record is in the file is not known.
                end = int(held["offset"] + (1 if is_gzip else held["length"]))
                yield _fault(end, "warc.bad_record", f"no record follows here ({error})")
                return end
            yield _fault(held["offset"], "warc.wrong_length", "does not end where it says")
            return int(held["offset"]) + 1
        if held is not None:
            yield held
        held, proven = _read(record)
        if held["kind"] == "fault":
            yield held
            return int(held["offset"]) + 1


def _read(record: WarcRecord) -> tuple[Found, bool]:
    """One record, and whether its digest proves its length."""
    offset, length = record.stream_pos, record.content_length
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")[:2048]
    found: Found = {
        "kind": "other", "offset": offset, "length": length, "url": url,
        "date": record.headers.get("WARC-Date"),
    }  # fmt: skip
    if record.record_type == revisit:
        found["kind"] = "revisit"
    if not record.record_type & _CARRIERS:
        return found, False
    if length > MAX_RECORD_BYTES:
        # Its reader would set aside as much memory as the record claims.
        detail = f"claims {length:,} bytes, the limit is {MAX_RECORD_BYTES:,}"
        return _fault(offset, "warc.too_large", detail), False
    record.freeze()
    if record.content_length < length:
        detail = f"is cut off: {record.content_length:,} of {length:,} bytes"
        return _fault(offset, "warc.cut_record", detail), False
    digest = record.headers.get("WARC-Block-Digest") or ""
    proven = _KNOWN_DIGEST.fullmatch(digest) is not None
    if proven and not record.verify_block_digest():
        return _fault(offset, "warc.bad_digest", f"does not have the digest {digest[:90]}"), False
    try:
        return found | _payload(record), proven
    except OSError as error:
        return _fault(offset, "warc.bad_record", f"its answer cannot be read ({error})"), False


def _payload(record: WarcRecord) -> Found:
    """The body of a document, with its type and status; no body where it is none for us."""
    status: int | None = 200
    media_type = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    charset: str | None = None
    if record.is_http:
        record.parse_http(auto_decode="all")
        headers = record.http_headers
        status = headers.status_code if headers else None
        media_type = (record.http_content_type or "").lower()
        charset = record.http_charset
    if status != 200 or media_type not in ("text/html", "application/xhtml+xml", "text/plain"):
        return {"kind": "unused", "status": status, "media_type": media_type[:100]}
    body = record.reader.read(MAX_RECORD_BYTES + 1)
    if len(body) > MAX_RECORD_BYTES:
        raise OSError(f"more than {MAX_RECORD_BYTES:,} bytes unpacked")
    return {
        "kind": "document",
        "media_type": "text/plain" if media_type == "text/plain" else "text/html",
        "charset": charset,
        "truncated": record.headers.get("WARC-Truncated"),
        "body": base64.b64encode(body).decode("ascii"),
    }


def _fault(offset: int, reason: str, detail: str) -> Found:
    return {"kind": "fault", "offset": offset, "reason": reason, "detail": detail}


def _next_begin(stream: BinaryIO, at: int, is_gzip: bool) -> int | None:
    """The next offset from `at` on at which a record begins; None if there is none."""
    overlap = 1_000
    while True:
        stream.seek(max(at - 1, 0))
        before = min(at, 1)  # a record begins after a line end, which may be the byte before
        chunk = stream.read(_CHUNK + overlap)
        found = _gzip_begin(chunk, before) if is_gzip else _plain_begin(chunk, before)
        if found is not None:
            return max(at - 1, 0) + found
        if len(chunk) < _CHUNK + overlap:
            return None
        at += _CHUNK


def _plain_begin(chunk: bytes, start: int) -> int | None:
    match = _BEGIN.search(chunk, start)
    return match.start() if match else None


def _gzip_begin(chunk: bytes, start: int) -> int | None:
    """The first gzip member in a chunk that holds a record."""
    place = chunk.find(_GZIP, start)
    while place >= 0:
        try:
            head = zlib.decompressobj(31).decompress(chunk[place : place + 1_000], 8)
        except zlib.error:
            head = b""
        if head.startswith(b"WARC/"):
            return place
        place = chunk.find(_GZIP, place + 1)
    return None
