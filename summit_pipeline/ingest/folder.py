"""A source on disk: a folder of files, or one file.

A `sources.csv` in the folder, or `article.json` beside `article.txt`, may tell what the files
themselves do not: `outlet`, `url`, `title`, `published_at` (and `file` in sources.csv). Whatever
else lies in the folder is skipped by name.
"""

import csv
import hashlib
import io
from collections.abc import Iterator

from summit_pipeline.ingest.files import inside
from summit_pipeline.ingest.forms import MEDIA_TYPES, Told, read_file, sidecar
from summit_pipeline.ingest.items import Rejection, Seen
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sources import Source

MANIFEST = "sources.csv"


def read_source(source: Source, child: ParsingChild | None = None) -> Iterator[Seen]:
    """Everything that a source holds, in the order of its names.

    A source that is not there gives one rejection: one bad source never stops a run.

    Args:
        source: the source.
        child: the process that parses foreign bytes; None starts one if it is needed.
    """
    if child is not None:
        yield from _read(source, child)
        return
    with ParsingChild() as own:
        yield from _read(source, own)


def _read(source: Source, child: ParsingChild) -> Iterator[Seen]:
    if source.kind != "folder" and not source.path.is_dir():
        if source.path.exists():
            yield from read_file(source.path, source, source.path.name, child, Told())
        else:
            yield _no_source(source)
        return
    if not source.path.is_dir():
        yield _no_source(source)
        return
    manifest, problem = _manifest(source)
    if problem:
        yield problem
    paths = sorted(p for p in source.path.rglob("*") if not p.is_dir())
    names = set(paths)
    for path in paths:
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
        if path.suffix == ".json" and any(path.with_suffix(s) in names for s in MEDIA_TYPES):
            continue
        told = Told({**sidecar(path).fields, **manifest.get(locator, {})})
        yield from read_file(path, source, locator, child, told)


def _no_source(source: Source) -> Rejection:
    return Rejection(
        source.name, ".", "source.missing",
        f"source '{source.name}': there is nothing at {source.path}; correct its path, or set "
        "enabled = false",
        b"", 0, hashlib.sha256(b"").hexdigest(),
    )  # fmt: skip


def _printable(name: str) -> str:
    """A file name as valid text: bytes that are no UTF-8 are shown as hexadecimal escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


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
