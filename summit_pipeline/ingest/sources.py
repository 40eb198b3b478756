"""The sources that a user configures in sources.toml, or names on the command line.

Belongs here: what a source is, and how its configuration is read and judged. Does not belong here:
reading the source itself (`folder`, `fetched_feed`).
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from summit_pipeline.ingest.addresses import canonical_address, web_address
from summit_pipeline.ingest.input_names import input_names, path_text
from summit_pipeline.vocabulary import DateOrder

SourceKind = Literal["folder", "file", "feed", "dump", "page", "sitemap", "address"]
"""`address`: fetched, and what is there is told from what it serves: feed, sitemap or page."""

_FETCHED: tuple[SourceKind, ...] = ("address", "feed", "sitemap", "page")
_ON_DISK: tuple[SourceKind, ...] = ("folder", "file", "dump", "feed", "sitemap")
_LINKING: tuple[SourceKind, ...] = ("address", "feed", "sitemap")  # and only where fetched
_ORDERS = get_args(DateOrder)
_ALLOWED_KEYS = {
    "name", "kind", "path", "url", "outlet", "language", "date_order", "interval_minutes",
    "enabled", "watch", "columns", "fetch_pages", "licence", "ports",
}  # fmt: skip
_LONGEST_NAME = 200
ITEM_FIELDS = ("guid", "source", "url", "title", "text", "published_at")
"""Fields of a record (JSON Lines, CSV, Parquet); a source's `columns` maps others onto them."""


class SourceError(Exception):
    """A source's configuration cannot be used; the message names file, place and remedy."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place that documents come from: a `path` on this machine, or a `url` that is fetched."""

    name: str
    kind: SourceKind
    path: Path
    outlet: str | None = None
    enabled: bool = True
    watch: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    licence: str | None = None
    date_order: DateOrder | None = None
    url: str | None = None  # of a source that is fetched; `path` means nothing then
    interval_minutes: int = 60
    language: str | None = None  # ISO 639-1, where all documents of the source are in one
    fetch_pages: bool = False  # fetch the pages that its entries link to
    ports: tuple[int, ...] = ()  # that may be connected to beside 80 and 443
    asked: bool = False  # a person named it for this run, instead of configuring it

    @property
    def place(self) -> str:
        """Where it is: its address, or its path."""
        return self.url or path_text(self.path.resolve())


def read_sources(file: Path) -> tuple[Source, ...]:
    """Read a sources file; relative paths are meant from the file's own folder.

    Raises:
        SourceError: naming the file, and for each mistake the line and what to write instead.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SourceError(
            f"{file}: there is no such file. Create it (docs/sources.md shows one), or name "
            "folders or files: summit run INPUT ..."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: cannot be read as UTF-8 text: {error}") from None
    try:
        tables = tomllib.loads(text).get("source", [])
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{file}: not valid TOML: {error}") from None
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise SourceError(f"{file}: write each source as a table of its own: [[source]]")
    places = _places(file, text.splitlines(), len(tables))
    mistakes = [m for t, place in zip(tables, places, strict=True) for m in _mistakes(t, place)]
    seen: set[str] = set()
    for table, place in zip(tables, places, strict=True):
        name = str(table.get("name", ""))
        if name in seen:
            mistakes.append(place.told("name", f"a second source is named '{name}'; rename it"))
        seen |= {name} - {""}
    if mistakes:
        raise SourceError("\n".join(mistakes))
    return tuple(_source(table, file) for table in tables)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a table stands in its file; line 0 where that cannot be told."""

    file: Path
    line: int
    lines: Sequence[str]  # of the table, its header first

    def told(self, key: str, detail: str) -> str:
        """A mistake about a key, with its line; about a key that is not there, with the table's."""
        found = (n for n, text in enumerate(self.lines) if re.match(rf"\s*{key}\s*=", text))
        return f"{self.file}:{self.line + next(found, 0)}: {detail}"


def _places(file: Path, lines: list[str], tables: int) -> list[_Place]:
    starts = [n for n, line in enumerate(lines) if re.match(r"\s*\[\[\s*source\s*\]\]", line)]
    if len(starts) != tables:  # written as an inline array, or within a long string
        return [_Place(file, 0, ())] * tables
    ends = [*starts[1:], len(lines)]
    return [_Place(file, s + 1, lines[s:e]) for s, e in zip(starts, ends, strict=True)]


def _mistakes(table: Mapping[str, Any], place: _Place) -> Iterator[str]:
    """What is wrong with one [[source]] table; how keys go together only if each is right."""
    for key in sorted(set(table) - _ALLOWED_KEYS):
        known = ", ".join(sorted(_ALLOWED_KEYS))
        yield place.told(re.escape(key), f"unknown key '{key}'; known are {known}")
    needed = ("name", "url" if "url" in table else "path")
    missing = [key for key in needed if not _is_text(table.get(key))]
    for key in missing:
        yield place.told(key, f'a source needs {key} = "..."')
    wrong = [key for key in _CHECKS if key in table and not _CHECKS[key][0](table[key])]
    for key in wrong:
        if key not in missing:
            yield place.told(key, f"{key} = {table[key]!r}: {_CHECKS[key][1]}")
    if not missing and not wrong:
        yield from _mistakes_together(table, _kind(table), place)


def _mistakes_together(table: Mapping[str, Any], kind: SourceKind, place: _Place) -> Iterator[str]:
    """What does not go together: an address is fetched, a path lies here."""
    if "url" in table:
        if "path" in table:
            yield place.told("path", "a source has a path or a url, not both; cut one")
        if kind not in _FETCHED:
            yield place.told("kind", f'kind = "{kind}" with a url: {_one_of(_FETCHED)}')
        if table.get("watch"):
            yield place.told("watch", "an address is not watched; it has interval_minutes")
    elif kind not in _ON_DISK:
        yield place.told("kind", f'kind = "{kind}" needs url = "https://..." instead of path')
    else:
        for key in ("interval_minutes", "fetch_pages", "ports"):
            if table.get(key):
                yield place.told(key, f"{key}: only a source with a url is fetched; cut it")
    port = _other_port(table.get("url", ""))
    if port is not None and port not in table.get("ports", ()):
        yield place.told("url", f"only ports 80 and 443 are connected to; add ports = [{port}]")
    if "url" in table and table.get("fetch_pages") and kind not in _LINKING:
        yield place.told(
            "fetch_pages",
            f"fetch_pages: only feeds and sitemaps link to pages; {_one_of(_LINKING)}",
        )


def _kind(table: Mapping[str, Any]) -> SourceKind:
    kind: SourceKind = table.get("kind", "address" if "url" in table else "folder")
    return kind


def _source(table: Mapping[str, Any], file: Path) -> Source:
    """The source that a table without mistakes describes."""
    path = Path(table.get("path", "."))
    return Source(
        name=table["name"],
        kind=_kind(table),
        path=path if path.is_absolute() else file.parent / path,
        outlet=table.get("outlet"),
        enabled=table.get("enabled", True),
        watch=table.get("watch", False),
        columns=table.get("columns", {}),
        licence=table.get("licence"),
        date_order=table.get("date_order"),
        url=table.get("url"),
        interval_minutes=table.get("interval_minutes", 60),
        language=table.get("language"),
        fetch_pages=table.get("fetch_pages", False),
        ports=tuple(table.get("ports", ())),
    )


def _one_of(kinds: Sequence[str]) -> str:
    return "write one of " + ", ".join(f'kind = "{kind}"' for kind in kinds)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


def _is_interval(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 10 <= value <= 10_080


def _are_ports(value: object) -> bool:
    return isinstance(value, list) and all(type(p) is int and 0 < p < 65_536 for p in value)


def _other_port(url: str) -> int | None:
    """The port that an address names, if it is none of HTTP's own."""
    parts = web_address(url)
    port = parts.port if parts else None
    return None if port in (80, 443) else port


def _is_column_map(value: object) -> bool:
    return isinstance(value, dict) and all(
        name in ITEM_FIELDS and _is_text(column) for name, column in value.items()
    )


def _is_language(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z]{2}", value) is not None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[\w][\w .-]{0,79}", value) is not None


def _is_address(value: object) -> bool:
    parts = web_address(value) if isinstance(value, str) else None
    return parts is not None and parts.username is None and parts.password is None


_SWITCH = (_is_switch, "write true or false, without quotation marks")
_TEXT = (_is_text, "write a text in quotation marks, or cut the line")
_CHECKS: dict[str, tuple[Callable[[object], bool], str]] = {
    "name": (_is_name, "use letters, digits, blanks, dots and dashes (80)"),
    "kind": (get_args(SourceKind).__contains__, _one_of(get_args(SourceKind))),
    "url": (_is_address, 'write "https://..." without a password'),
    "outlet": _TEXT,
    "licence": _TEXT,
    "language": (_is_language, 'write its code of two letters, such as "en"'),
    "date_order": (
        _ORDERS.__contains__,
        'write "dmy" where 07/02 is the 7th of February, "mdy" where it is the 2nd of July',
    ),
    "interval_minutes": (_is_interval, "write a number from 10 to 10080 (a week)"),
    "enabled": _SWITCH,
    "watch": _SWITCH,
    "fetch_pages": _SWITCH,
    "ports": (_are_ports, "write numbers in brackets, such as [8080]"),
    "columns": (
        _is_column_map,
        f"it maps our names to yours, such as {{ text = 'body' }}; ours: {', '.join(ITEM_FIELDS)}",
    ),
}


def sources_from_inputs(
    inputs: Sequence[str], base: Path, *, fetch_pages: bool = False
) -> tuple[Source, ...]:
    """Make sources of the folders, files and addresses that somebody named on the command line.

    Raises:
        SourceError: if one does not exist, or is an address of another kind.
    """
    sources = tuple(
        _address_source(text, fetch_pages) if "://" in text else _path_source(text, base)
        for text in inputs
    )
    return told_apart(sources, {})


def told_apart(sources: Sequence[Source], places: Mapping[str, str]) -> tuple[Source, ...]:
    """The same sources, inputs on disk under names that mean no other place.

    Args:
        sources: of one run.
        places: the place of each source that was read before, by name.
    """
    paths = {source.path for source in sources if source.asked and source.url is None}
    taken = {source.name for source in sources if not (source.asked and source.url is None)}
    names = input_names(paths, places, taken)
    return tuple(
        replace(source, name=names[source.path]) if source.asked and source.url is None else source
        for source in sources
    )


def _path_source(text: str, base: Path) -> Source:
    path = Path(text) if Path(text).is_absolute() else base / text
    if not path.exists():
        raise SourceError(
            f"{text}: there is no such file or folder; correct it (an address begins with https://)"
        )
    kind: SourceKind = "folder" if path.is_dir() else "file"
    # The end of the resolved path will name the source (`told_apart`), so that `a/` and `./a` are
    # one source and its documents keep their ids.
    resolved = path.resolve()
    return Source(name=path_text(resolved), kind=kind, path=resolved, asked=True)


def _address_source(text: str, fetch_pages: bool) -> Source:
    if not _is_address(text) or len(text) > 2_048:
        raise SourceError(
            f"{text[:200]}: is no address that can be fetched; write https://... without a "
            "password, or save what is there and name the file"
        )
    # All spellings of an address are one source, so that its documents keep their ids.
    name = canonical_address(text) or text
    if len(name) > _LONGEST_NAME:
        name = f"{name[:_LONGEST_NAME]} {hashlib.sha256(name.encode()).hexdigest()[:12]}"
    return Source(
        name=name,
        kind="address",
        path=Path(),
        url=text,
        interval_minutes=10,
        fetch_pages=fetch_pages,
        ports=() if (port := _other_port(text)) is None else (port,),
        asked=True,
    )


def chosen_sources(sources: Sequence[Source], only: Sequence[str]) -> tuple[Source, ...]:
    """The sources of those names, enabled or not; without names, all that are enabled.

    Raises:
        SourceError: if there is no source of a name.
    """
    if not only:
        return tuple(source for source in sources if source.enabled)
    by_name = {source.name: source for source in sources}
    unknown = [name for name in only if name not in by_name]
    if unknown:
        raise SourceError(
            f"there is no source '{unknown[0]}'; sources.toml has {', '.join(by_name) or 'none'}"
        )
    return tuple(by_name[name] for name in only)
