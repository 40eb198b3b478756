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
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def read_bounded(path: Path, source: str, locator: str) -> bytes | Rejection:
    """The bytes of a file, or why they cannot be had."""

    def reject(reason: str, detail: str, head: bytes = b"", size: int = 0) -> Rejection:
        digest = hashlib.sha256(head).hexdigest()
        return Rejection(source, locator, reason, detail, head[:HEAD_BYTES], size, digest)

    try:
        before = path.stat()
        if before.st_size > MAX_FILE_BYTES:
            with path.open("rb") as stream:
                head = stream.read(HEAD_BYTES)
            return reject(
                "file.too_large",
                f"{locator}: {before.st_size:,} bytes, the limit is {MAX_FILE_BYTES:,}; split it",
                head,
                before.st_size,
            )
        body = path.read_bytes()
        after = path.stat()
    except OSError as error:
        return reject("file.unreadable", f"{locator}: {error.strerror or error}; check its rights")
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return reject(
            "file.changed_during_read",
            f"{locator}: was being written while it was read; the next run tries again",
            body,
            len(body),
        )
    if not body.strip():
        return reject("file.empty", f"{locator}: holds no text", body, len(body))
    if _is_binary(body):
        return reject(
            "extract.not_text", f"{locator}: is not text; save it as UTF-8 text", body, len(body)
        )
    return body


def _is_binary(body: bytes) -> bool:
    """Whether the bytes are a picture, an archive or another thing that is no text.

    Text in UTF-16 or UTF-32 holds zero bytes too: every second or three of four, in step.
    """
    head = body[:HEAD_BYTES]
    if head.startswith(_NOT_TEXT):
        return True
    if head.startswith(_WIDE_BOMS):
        return False
    zeros = head.count(0)
    in_step = max(head[offset::2].count(0) for offset in (0, 1))
    return zeros > len(head) * 0.05 and in_step < len(head) * 0.4


def inside(path: Path, root: Path) -> bool:
    """Whether a path, its links followed, stays inside the root folder."""
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve(strict=True))
    except (OSError, RuntimeError):
        return False
