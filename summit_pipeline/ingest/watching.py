"""What lies in the watched sources, told cheaply: names, sizes and times, no content."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from summit_pipeline.ingest.sources import Source


@dataclass(frozen=True, slots=True)
class WatchedFiles:
    """The state of the watched sources: the digest changes when any file does."""

    sources: tuple[str, ...]
    digest: str


def watched_files(sources: Iterable[Source]) -> WatchedFiles:
    """Look at the sources with `watch = true`; those without files are left out."""
    digest = hashlib.sha256()
    names = []
    for source in sorted((s for s in sources if s.watch), key=lambda s: s.name):
        paths = source.path.rglob("*") if source.path.is_dir() else [source.path]
        files = sorted(p for p in paths if p.is_file() and not p.name.startswith("."))
        if not files:
            continue
        names.append(source.name)
        for file in files:
            state = file.stat()
            name = file.as_posix().encode("utf-8", "surrogateescape")
            digest.update(name + f"\x1f{state.st_size}\x1f{state.st_mtime_ns}\x1e".encode())
    return WatchedFiles(tuple(names), digest.hexdigest())
