"""A folder of articles, or one file: .txt, .md, .html and .jsonl.

A `sources.csv` in the folder may tell what the files themselves do not: columns `file`, and any of
`outlet`, `url`, `title`, `published_at`. Whatever else lies in the folder is skipped by name.
"""

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from summit_pipeline.ingest.files import inside, read_bounded
from summit_pipeline.ingest.items import Item, Rejection, Seen, Skipped
from summit_pipeline.ingest.jsonl import read_jsonl
from summit_pipeline.ingest.sources import Source
from summit_pipeline.vocabulary import MediaType

MANIFEST = "sources.csv"

_MEDIA_TYPES: dict[str, MediaType] = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
}
_JSONL = {".jsonl", ".ndjson"}


def read_source(source: Source) -> Iterator[Seen]:
    """Everything that a source holds, in the order of its names.

    A source that is not there gives one rejection: one bad source never stops a run.
    """
    if source.kind == "file":
        yield from _read_file(source.path, source, source.path.name, {})
        return
    if not source.path.is_dir():
        yield _no_source(source)
        return
    manifest, problem = _manifest(source)
    if problem:
        yield problem
    for path in sorted(p for p in source.path.rglob("*") if not p.is_dir()):
        locator = _printable(path.relative_to(source.path).as_posix())
        if path.name == MANIFEST or path.name.startswith("."):
            continue
        if not inside(path, source.path):
            yield Rejection(
                source.name, locator, "file.link_outside",
                f"{locator}: is a link that leads out of the folder, or nowhere; copy the file in",
                b"", 0, hashlib.sha256(b"").hexdigest(),
            )  # fmt: skip
            continue
        yield from _read_file(path, source, locator, manifest.get(locator, {}))


def _no_source(source: Source) -> Rejection:
    return Rejection(
        source.name, ".", "source.missing",
        f"source '{source.name}': there is no folder {source.path}; correct its path, or set "
        "enabled = false",
        b"", 0, hashlib.sha256(b"").hexdigest(),
    )  # fmt: skip


def _printable(name: str) -> str:
    """A file name as valid text: bytes that are no UTF-8 are shown as hexadecimal escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read_file(path: Path, source: Source, locator: str, told: dict[str, str]) -> Iterator[Seen]:
    suffix = path.suffix.lower()
    if suffix not in _MEDIA_TYPES and suffix not in _JSONL:
        yield Skipped(source.name, locator, f"not an article by its ending '{suffix}'")
        return
    body = read_bounded(path, source.name, locator)
    if isinstance(body, Rejection):
        yield body
    elif suffix in _JSONL:
        yield from read_jsonl(body, source, locator)
    else:
        yield Item(
            source=source.name,
            locator=locator,
            identity=locator,
            identity_basis="path",
            outlet=told.get("outlet") or source.outlet or locator,
            media_type=_MEDIA_TYPES[suffix],
            body=body,
            title=told.get("title") or None,
            url=told.get("url") or None,
            published=told.get("published_at") or None,
        )


def _manifest(source: Source) -> tuple[dict[str, dict[str, str]], Rejection | None]:
    """Read the folder's sources.csv: rows by file name, and what is wrong with it."""
    path = source.path / MANIFEST
    if not path.exists():
        return {}, None
    body = path.read_bytes()
    try:
        rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), strict=True))
        return {row["file"]: {k: v for k, v in row.items() if k and v} for row in rows}, None
    except (UnicodeDecodeError, csv.Error, KeyError) as error:
        return {}, Rejection(
            source.name, MANIFEST, "parse.bad_manifest",
            f"{MANIFEST}: cannot be read ({error!r}); it needs a column 'file', in UTF-8. "
            "The articles are read without it",
            body[:4096], len(body), hashlib.sha256(body).hexdigest(),
        )  # fmt: skip
