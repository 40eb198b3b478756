"""Names of the files and folders that somebody reads without configuring them.

Belongs here: the choice of a name, which document ids are made of. Does not belong here: what a
source is (`sources`), where the names are kept (`warehouse`).

A name is the end of the path, as short as can be: ids are the same on every machine. Where another
place bears that name, in this run or since an earlier one, the name grows by one folder, so that
the articles of two folders are never versions of each other.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePath


def path_text(path: PurePath) -> str:
    """A path as text; bytes that are no UTF-8 are shown as hexadecimal escapes."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def input_names(
    paths: Collection[PurePath], places: Mapping[str, str], taken: Collection[str] = ()
) -> dict[PurePath, str]:
    """A name for each of these paths, whatever their order; no two share one.

    Args:
        paths: absolute and resolved.
        places: the place of each name that was given before, as text. A path keeps its name.
        taken: names that other sources of the same run bear.
    """
    tails = {path: list(_tails(path)) for path in paths}
    return {
        path: _kept(path, own, places)
        or _shortest(
            path, own, places, {*taken, *(t for p in tails if p != path for t in tails[p])}
        )
        for path, own in tails.items()
    }


def _tails(path: PurePath) -> Iterator[str]:
    """The ends of a path, shortest first; the last one is the whole path."""
    parts = path.parts
    for length in range(1, len(parts) + 1):
        yield path_text(PurePath(*parts[-length:]))


def _kept(path: PurePath, tails: list[str], places: Mapping[str, str]) -> str | None:
    place = path_text(path)
    return next((tail for tail in tails if places.get(tail) == place), None)


def _shortest(
    path: PurePath, tails: list[str], places: Mapping[str, str], others: Collection[str]
) -> str:
    free = (tail for tail in tails if tail not in places and tail not in others)
    return next(free, tails[-1])
