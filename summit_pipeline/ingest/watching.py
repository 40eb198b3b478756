"""Which sources have something to read, told cheaply: no content is read and nothing is fetched.

Belongs here: the turns of fetched sources, and names, sizes and times of files. Does not belong
here: starting a run (`defs`).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from summit_pipeline.ingest.fetching import is_due
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.tables import FetchState


@dataclass(frozen=True, slots=True)
class Due:
    """What there is to read.

    `files` holds the digests of watched sources with files that differ from those read last,
    `turns` the names of fetched sources with the time since when each is due, as text; "new" where
    it was never fetched. `problems` are sentences on sources that cannot be looked at.
    """

    files: Mapping[str, str]
    turns: Mapping[str, str]
    problems: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The sources to read, in alphabetical order."""
        return sorted({*self.files, *self.turns})

    @property
    def digest(self) -> str:
        """A text that is the same while the same is due."""
        parts = sorted((*self.files.items(), *self.turns.items()))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def due_sources(
    sources: Iterable[Source],
    states: Mapping[str, FetchState],
    read_digests: Mapping[str, str],
    now: datetime,
) -> Due:
    """Look at all sources: the watched ones on disk, and the enabled ones that are fetched.

    Args:
        sources: the configured sources.
        states: what is remembered of those that are fetched.
        read_digests: the digests of watched sources at their last read.
        now: the time (UTC).
    """
    files: dict[str, str] = {}
    turns: dict[str, str] = {}
    problems: list[str] = []
    for source in sources:
        if source.url is None:
            if source.watch:
                _look(source, read_digests.get(source.name), files, problems)
        elif source.enabled:
            state = states.get(source.name)
            if state is None or state.url != source.url:
                turns[source.name] = "new"
            elif is_due(state, now):
                turns[source.name] = str(state.next_due_at)
    return Due(files, turns, tuple(problems))


def _look(source: Source, before: str | None, files: dict[str, str], problems: list[str]) -> None:
    """Enter the source's digest if it differs, or what keeps it from being looked at."""
    try:
        digest = _digest(source)
    except OSError as error:
        problems.append(f"source '{source.name}' cannot be looked at: {error}")
        return
    if digest is not None and digest != before:
        files[source.name] = digest


def _digest(source: Source) -> str | None:
    """A hash of names, sizes and times of a source's files; None where there are none."""
    if source.path.is_dir():
        paths = [p for p in source.path.rglob("*") if not p.name.startswith(".")]
    else:
        paths = [source.path] if source.path.exists() else []
    digest, found = hashlib.sha256(), False
    for path in sorted(paths):
        if path.is_file():
            state = path.stat()
            name = path.as_posix().encode("utf-8", "surrogateescape")
            digest.update(name + f"\x1f{state.st_size}\x1f{state.st_mtime_ns}\x1e".encode())
            found = True
    return digest.hexdigest()[:16] if found else None
