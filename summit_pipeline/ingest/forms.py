"""What a file is by its name, and the items it holds: articles, feeds, tables, archives.

Belongs here: the choice of the reader. Does not belong here: the readers, or walking folders
(`folder`).
"""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from summit_pipeline.ingest.answers import sitemap_answered
from summit_pipeline.ingest.archives import Member, is_archive, read_archive
from summit_pipeline.ingest.csv_table import read_csv
from summit_pipeline.ingest.feed_items import items_of_feed
from summit_pipeline.ingest.files import (
    HEAD_BYTES,
    changed_rejection,
    check_text,
    is_regular,
    oversize_rejection,
    read_bounded,
    reject_file,
)
from summit_pipeline.ingest.items import Item, Rejection, Seen, Skipped
from summit_pipeline.ingest.jsonl import read_jsonl
from summit_pipeline.ingest.parquet_table import read_parquet
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sitemaps import is_sitemap
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.told import Told, front_matter
from summit_pipeline.ingest.warc import is_warc, read_warc
from summit_pipeline.vocabulary import MediaType

MEDIA_TYPES: dict[str, MediaType] = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
}
_JSONL = {".jsonl", ".ndjson"}
_CSV = {".csv", ".tsv"}
_PARQUET = {".parquet"}
_FEEDS = {".xml", ".rss", ".atom", ".rdf"}
MAX_DUMP_BYTES = 2_000_000_000
"""Dumps above this are quarantined unread; they are streamed, but their texts are kept in memory
until they are stored."""


def read_file(
    path: Path, source: Source, locator: str, child: ParsingChild, told: Told
) -> Iterator[Seen]:
    """The items of one file on disk."""
    suffix = path.suffix.lower()
    if not is_regular(path):
        yield reject_file(
            source.name, locator, "file.unreadable", "is a pipe or a device; copy its content"
        )
    elif is_archive(path.name):
        yield from _archive(path, source, locator, child)
    elif suffix in _PARQUET or suffix in _JSONL or suffix in _CSV or is_warc(path.name):
        yield from _dump(path, suffix, source, locator, child)
    elif suffix not in MEDIA_TYPES and not _is_feed(suffix, source):
        yield Skipped(source.name, locator, f"not an article by its ending '{suffix}'")
    else:
        is_text = not _is_feed(suffix, source)
        body = read_bounded(path, source.name, locator, is_text=is_text)
        if isinstance(body, Rejection):
            yield body
        else:
            yield from _document(body, suffix, source, locator, child, told)


def _is_feed(suffix: str, source: Source) -> bool:
    return suffix in _FEEDS or suffix == ".json" or source.kind in ("feed", "sitemap")


def _document(
    body: bytes, suffix: str, source: Source, locator: str, child: ParsingChild, told: Told
) -> Iterator[Seen]:
    """The items of a file that is read as a whole: one article, or a feed."""
    if not _is_feed(suffix, source):
        yield article(body, MEDIA_TYPES[suffix], source, locator, told)
        return
    if source.kind == "sitemap" or is_sitemap(body):
        yield from sitemap_answered(source, locator, child.sitemap(body), body).seen
        return
    feed = child.feed(body)
    is_other_json = suffix == ".json" and not feed.form and source.kind != "feed"
    if is_other_json and [f.reason for f in feed.faults] == ["parse.not_a_feed"]:
        yield Skipped(source.name, locator, "JSON that is no JSON Feed")
        return
    yield from items_of_feed(feed, source, locator, body)


def article(body: bytes, media_type: MediaType, source: Source, locator: str, told: Told) -> Item:
    """One article that is a file of its own; `told` counts before what it says at its head."""
    if media_type != "text/html":
        told = told.over(front_matter(body))
    return Item(
        source=source.name,
        locator=locator,
        identity=locator,
        identity_basis="path",
        outlet=told.get("outlet") or source.outlet or locator,
        media_type=media_type,
        body=body,
        title=told.get("title"),
        url=told.get("url"),
        published=told.get("published_at"),
        date_order=source.date_order,
        language=source.language,
    )


def _dump(
    path: Path, suffix: str, source: Source, locator: str, child: ParsingChild
) -> Iterator[Seen]:
    """The records of a table that is streamed."""
    try:
        before = path.stat()
        if before.st_size > MAX_DUMP_BYTES:
            yield oversize_rejection(path, source.name, locator, MAX_DUMP_BYTES)
            return
        if before.st_size == 0:
            yield reject_file(source.name, locator, "file.empty", "holds no text")
            return
        path.open("rb").close()  # what may not be read is told as such, not by a child process
        if is_warc(path.name):
            yield from read_warc(path, source, locator, child)
        elif suffix in _PARQUET:
            yield from read_parquet(path, source, locator, child)
        else:
            with path.open("rb") as stream:
                problem = check_text(stream.peek(HEAD_BYTES)[:HEAD_BYTES], source.name, locator)
                if problem:
                    yield problem
                    return
                yield from _records(stream, suffix, source, locator)
        after = path.stat()
    except OSError as error:
        yield reject_file(
            source.name, locator, "file.unreadable", f"{error.strerror or error}; check its rights"
        )
        return
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        yield changed_rejection(source.name, locator, b"")


def _records(stream: BinaryIO, suffix: str, source: Source, locator: str) -> Iterator[Seen]:
    if suffix in _JSONL:
        yield from read_jsonl(stream, source, locator)
    else:
        yield from read_csv(stream, source, locator)


def _archive(path: Path, source: Source, locator: str, child: ParsingChild) -> Iterator[Seen]:
    try:
        for member in read_archive(path, source, locator):
            if isinstance(member, Rejection):
                yield member
            else:
                yield from _member(member, source, locator, child)
    except OSError as error:
        yield reject_file(
            source.name, locator, "file.unreadable", f"{error.strerror or error}; check its rights"
        )


def _member(
    member: Member, source: Source, archive_locator: str, child: ParsingChild
) -> Iterator[Seen]:
    """The items of a file in an archive; archives within archives are not opened."""
    locator = f"{archive_locator}!{member.name}"
    name = member.name.rsplit("/", 1)[-1]
    suffix = Path(name).suffix.lower()
    if suffix in _PARQUET or is_warc(name):
        # Their readers want a file to jump about in: ours, under a name of ours.
        read = read_parquet if suffix in _PARQUET else read_warc
        with tempfile.NamedTemporaryFile() as copy:
            copy.write(member.body)
            copy.flush()
            yield from read(Path(copy.name), source, locator, child)
        return
    known = suffix in _JSONL or suffix in _CSV or suffix in MEDIA_TYPES or _is_feed(suffix, source)
    if is_archive(name) or not known or name.startswith("."):
        yield Skipped(source.name, locator, f"not an article by its ending '{suffix}'")
        return
    is_text = not _is_feed(suffix, source)
    problem = check_text(member.body, source.name, locator) if is_text else None
    if problem or not member.body.strip():
        yield problem or reject_file(
            source.name, locator, "file.empty", "holds no text", member.body
        )
    elif suffix in _JSONL or suffix in _CSV:
        yield from _records(io.BytesIO(member.body), suffix, source, locator)
    else:
        yield from _document(member.body, suffix, source, locator, child, Told())
