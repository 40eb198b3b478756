"""A source on disk: a folder of files, or one file.

A `sources.csv` in the folder, `article.json` beside `article.txt`, or front matter at its head may
tell what its text does not: `outlet`, `url`, `title`, `published_at` (and `file` in sources.csv).
Whatever else lies in the folder is skipped by name. Links are followed to files in the folder only.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from summit_pipeline.ingest.files import inside, reject_file
from summit_pipeline.ingest.forms import MEDIA_TYPES, read_file
from summit_pipeline.ingest.input_names import path_text
from summit_pipeline.ingest.items import Rejection, Seen, Skipped
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.told import MANIFEST, Told, manifest, sidecar


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
            yield from _file(source.path, source, source.path.name, child, Told())
        else:
            yield _no_source(source)
        return
    if not source.path.is_dir():
        yield _no_source(source)
        return
    told, problem = manifest(source.path, source.name)
    if problem:
        yield problem
    unreadable: list[OSError] = []
    paths = sorted(_paths(source.path, unreadable))
    for error in unreadable:
        place = _locator(Path(error.filename), source)
        yield reject_file(
            source.name, place, "file.unreadable", f"{error.strerror}; check its rights"
        )
    names = set(paths)
    for path in paths:
        locator = _locator(path, source)
        if path.name == MANIFEST or path.name.startswith("."):
            continue
        if not inside(path, source.path):
            detail = "is a link that leads out of the folder, or nowhere; copy the file in"
            yield reject_file(source.name, locator, "file.link_outside", detail)
        elif path.is_dir():
            yield Skipped(source.name, locator, "a link to a folder that is read in its place")
        elif path.suffix != ".json" or not any(path.with_suffix(s) in names for s in MEDIA_TYPES):
            yield from _file(path, source, locator, child, told.get(locator, Told()))


def _paths(folder: Path, unreadable: list[OSError]) -> Iterator[Path]:
    """All files below a folder, and links to folders, which are not followed."""
    for place, folders, files in os.walk(folder, onerror=unreadable.append):
        yield from (Path(place, name) for name in files)
        yield from (path for name in folders if (path := Path(place, name)).is_symlink())


def _file(
    path: Path, source: Source, locator: str, child: ParsingChild, told: Told
) -> Iterator[Seen]:
    """One file with what is told of it; a broken sidecar costs nothing else."""
    beside = Told()
    if path.suffix.lower() in MEDIA_TYPES:
        beside, problem = sidecar(path, source.name, locator)
        if problem:
            yield problem
    yield from read_file(path, source, locator, child, told.over(beside))


def _no_source(source: Source) -> Rejection:
    return Rejection(
        source.name, ".", "source.missing",
        f"source '{source.name}': there is nothing at {source.path}; correct its path, or set "
        "enabled = false",
        b"", 0, hashlib.sha256(b"").hexdigest(),
    )  # fmt: skip


def _locator(path: Path, source: Source) -> str:
    """A file's path below its folder."""
    return path_text(path.relative_to(source.path))
