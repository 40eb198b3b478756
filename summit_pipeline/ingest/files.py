"""Reading one file safely: bounded, inside its root, unchanged while it is read.

Belongs here: bytes and what is wrong with them as a file. Does not belong here: what the bytes mean
(`folder`, `jsonl`), or their characters (`text.decoding`).
"""

import hashlib
from pathlib import Path

from summit_pipeline.ingest.items import Rejection

MAX_FILE_BYTES = 50_000_000
"""Files above this are quarantined unread: the longest of 35,959 real articles has 0.3 MB."""

HEAD_BYTES = 4_096

_NOT_TEXT = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF")
# Bytes that no text in an 8-bit encoding holds; line ends, tabs and the escapes of ISO-2022 it may.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_MOST_CONTROLS = 0.05  # of random bytes a tenth are such
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def reject_file(
    source: str, locator: str, reason: str, detail: str, body: bytes = b"", size: int | None = None
) -> Rejection:
    """The rejection of a file as a whole."""
    return Rejection(
        source,
        locator,
        reason,
        f"{locator}: {detail}",
        body[:HEAD_BYTES],
        len(body) if size is None else size,
        hashlib.sha256(body).hexdigest(),
    )


def read_bounded(
    path: Path, source: str, locator: str, *, is_text: bool = True
) -> bytes | Rejection:
    """The bytes of a file, or why they cannot be had; `is_text` refuses what is no text."""
    try:
        before = path.stat()
        if before.st_size > MAX_FILE_BYTES:
            return oversize_rejection(path, source, locator, MAX_FILE_BYTES)
        body = path.read_bytes()
        after = path.stat()
    except OSError as error:
        detail = f"{error.strerror or error}; check its rights"
        return reject_file(source, locator, "file.unreadable", detail)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return changed_rejection(source, locator, body)
    if not body.strip():
        return reject_file(source, locator, "file.empty", "holds no text", body)
    return (check_text(body, source, locator) if is_text else None) or body


def oversize_rejection(path: Path, source: str, locator: str, limit: int) -> Rejection:
    """The rejection of a file that is too large to be read."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    detail = f"{size:,} bytes, the limit is {limit:,}; split it"
    return reject_file(source, locator, "file.too_large", detail, head, size)


def changed_rejection(source: str, locator: str, body: bytes) -> Rejection:
    """The rejection of a file that somebody was writing."""
    detail = "was being written while it was read; the next run tries again"
    return reject_file(source, locator, "file.changed_during_read", detail, body)


def check_text(body: bytes, source: str, locator: str) -> Rejection | None:
    """What is wrong with bytes that should be text, by their beginning; None if nothing is."""
    if not body.strip():
        return reject_file(source, locator, "file.empty", "holds no text", body)
    if _is_binary(body):
        detail = "is not text; save it as UTF-8 text"
        return reject_file(source, locator, "extract.not_text", detail, body)
    return None


def _is_binary(body: bytes) -> bool:
    """Whether the bytes are a picture, an archive or another thing that is no text.

    Text in UTF-16 or UTF-32 holds zero bytes too: every second or three of four, in step.
    """
    head = body[:HEAD_BYTES]
    if head.startswith(_NOT_TEXT):
        return True
    if head.startswith(_WIDE_BOMS):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    in_step = max(head[offset::2].count(0) for offset in (0, 1))
    return controls > len(head) * _MOST_CONTROLS and in_step < len(head) * 0.4


def is_regular(path: Path) -> bool:
    """Whether a path is an ordinary file: to open a pipe would wait for ever."""
    try:
        return path.is_file()
    except OSError:
        return False


def inside(path: Path, root: Path) -> bool:
    """Whether a path, its links followed, stays inside the root folder."""
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve(strict=True))
    except (OSError, RuntimeError):
        return False
