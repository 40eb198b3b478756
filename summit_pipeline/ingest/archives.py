"""Zip and tar archives: members are read as streams and never written to disk.

Belongs here: opening archives, and the bounds that keep a small one from becoming a huge one. Does
not belong here: what a member holds (`forms`).
"""

import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from summit_pipeline.ingest.items import Rejection
from summit_pipeline.ingest.records import reject_record
from summit_pipeline.ingest.sources import Source

MAX_RATIO = 100
"""Text of news packs to a quarter or a tenth; what packs a hundredfold is made to be unpacked."""

MAX_MEMBERS = 100_000
MAX_MEMBER_BYTES = 50_000_000
MAX_TOTAL_BYTES = 2_000_000_000
_SMALL = 1_000_000  # below this a high ratio does no harm

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")

_ERRORS = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, RuntimeError,
    NotImplementedError, struct.error, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, under the name that it has there."""

    name: str
    body: bytes


def is_archive(name: str) -> bool:
    """Whether a file is an archive by its name."""
    return name.lower().endswith(ARCHIVES)


def read_archive(path: Path, source: Source, locator: str) -> Iterator[Member | Rejection]:
    """The members of an archive in its order; what is unsafe is refused with the reason."""
    bounds = _Bounds(path.stat().st_size)
    try:
        if path.name.lower().endswith(".zip"):
            yield from _zip(path, source, locator, bounds)
        else:
            yield from _tar(path, source, locator, bounds)
    except _TooMuchError as error:
        yield _reject(source, locator, error.reason, str(error))
    except _ERRORS as error:
        yield _reject(
            source, locator, "archive.broken",
            f"cannot be read to its end ({type(error).__name__}: {str(error)[:120]}); what came "
            "before was kept",
        )  # fmt: skip


def _reject(source: Source, locator: str, reason: str, detail: str) -> Rejection:
    return reject_record(locator.encode("utf-8", "replace"), source, locator, reason, detail)


class _TooMuchError(Exception):
    """The archive passes a bound of the whole; `reason` is its code."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class _Bounds:
    """What has been read of an archive so far."""

    def __init__(self, packed: int) -> None:
        self.packed = max(packed, 1)
        self.total = 0
        self.members = 0

    def count_member(self) -> None:
        self.members += 1
        if self.members > MAX_MEMBERS:
            raise _TooMuchError(
                "archive.too_many", f"holds more than {MAX_MEMBERS:,} members; part it"
            )

    def read(self, stream: IO[bytes], packed: int) -> bytes | None:
        """A member's bytes; None if it is too large or packed too tightly."""
        parts = []
        size = 0
        while part := stream.read(1_000_000):
            size += len(part)
            self.total += len(part)
            if self.total > MAX_TOTAL_BYTES:
                raise _TooMuchError(
                    "archive.ratio", f"holds more than {MAX_TOTAL_BYTES:,} bytes; part it"
                )
            if size > MAX_MEMBER_BYTES or (size > _SMALL and size > MAX_RATIO * packed):
                return None
            parts.append(part)
        return b"".join(parts)


def _unsafe(name: str) -> bool:
    """Whether a member's name leads out of the archive, or hides its end."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or "\x00" in name or ":" in parts[0]


def _path_rejection(source: Source, locator: str, name: str) -> Rejection:
    place = f"{locator}!{name[:200]}"
    return _reject(
        source, place, "archive.path",
        "its name leads out of the archive, or it is a link or a device; it was not read",
    )  # fmt: skip


def _ratio_rejection(source: Source, locator: str, name: str) -> Rejection:
    place = f"{locator}!{name[:200]}"
    return _reject(
        source, place, "archive.ratio",
        f"is larger than {MAX_MEMBER_BYTES:,} bytes or more than {MAX_RATIO} times its packed "
        "size; it was not read further",
    )  # fmt: skip


def _zip(path: Path, source: Source, locator: str, bounds: _Bounds) -> Iterator[Member | Rejection]:
    _check_directory(path)
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            bounds.count_member()
            kind = info.external_attr >> 28
            if info.is_dir():
                continue
            if _unsafe(info.orig_filename) or kind not in (0, 8):
                yield _path_rejection(source, locator, info.orig_filename)
                continue
            try:
                with archive.open(info) as stream:
                    body = bounds.read(stream, max(info.compress_size, 1))
            except _ERRORS as error:
                yield _reject(
                    source, f"{locator}!{info.filename[:200]}", "archive.broken",
                    f"cannot be unpacked ({type(error).__name__}: {str(error)[:120]})",
                )  # fmt: skip
                continue
            if body is None:
                yield _ratio_rejection(source, locator, info.filename)
            else:
                yield Member(info.filename, body)


def _check_directory(path: Path) -> None:
    """Refuse a zip whose directory alone is huge: Python reads all of it before anything else."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 66_000))
        tail = stream.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 16:
        return
    members, size = struct.unpack("<HL", tail[place + 10 : place + 16])
    if size > 400 * MAX_MEMBERS or (members == 0xFFFF and size > 100 * MAX_MEMBERS):
        raise _TooMuchError("archive.too_many", f"holds more than {MAX_MEMBERS:,} members; part it")


class _Counted:
    """A file that counts what has been read of it: in a packed tar no member has a packed size."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.passed = 0

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(size)
        self.passed += len(part)
        return part


def _tar(path: Path, source: Source, locator: str, bounds: _Bounds) -> Iterator[Member | Rejection]:
    with path.open("rb") as raw:
        counted = _Counted(raw)
        with tarfile.open(fileobj=counted, mode="r|*") as archive:  # type: ignore[call-overload]
            for info in archive:
                bounds.count_member()
                archive.members = []  # it would keep every header
                if info.isdir():
                    continue
                if _unsafe(info.name) or not info.isfile():
                    yield _path_rejection(source, locator, info.name)
                    continue
                if info.size > MAX_MEMBER_BYTES:
                    # To pass over it means to unpack it, which is bounded by nothing.
                    raise _TooMuchError(
                        "archive.ratio",
                        f"'{info.name[:200]}' has {info.size:,} bytes, the limit is "
                        f"{MAX_MEMBER_BYTES:,}; what comes after it was not read",
                    )
                stream = archive.extractfile(info)
                body = bounds.read(stream, MAX_MEMBER_BYTES) if stream else None
                if bounds.total > _SMALL and bounds.total > MAX_RATIO * counted.passed:
                    raise _TooMuchError(
                        "archive.ratio",
                        f"unpacks to more than {MAX_RATIO} times its size; it was not read further",
                    )
                if body is not None:
                    yield Member(info.name, body)
