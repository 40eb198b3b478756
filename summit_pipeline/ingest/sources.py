"""The sources that a user configures in sources.toml, or names on the command line.

Belongs here: what a source is, and how its configuration is read and judged. Does not belong here:
reading the source itself (`folder`, `jsonl`).
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from summit_pipeline.ingest.addresses import web_address
from summit_pipeline.vocabulary import DateOrder

SourceKind = Literal["folder", "file", "feed", "dump"]

_KINDS = get_args(SourceKind)
_ORDERS = get_args(DateOrder)
_ALLOWED_KEYS = {
    "name", "kind", "path", "outlet", "enabled", "watch", "columns", "licence", "date_order",
    "url", "interval_minutes",
}  # fmt: skip
ITEM_FIELDS = ("guid", "source", "url", "title", "text", "published_at")
"""Fields of a record (JSON Lines, CSV, Parquet); a source's `columns` maps others onto them."""


class SourceError(Exception):
    """A source's configuration cannot be used; the message names file, place and remedy."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place that documents come from."""

    name: str
    kind: SourceKind
    path: Path
    outlet: str | None = None
    enabled: bool = True
    watch: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    licence: str | None = None
    date_order: DateOrder | None = None
    url: str | None = None  # of a feed that is fetched; `path` means nothing then
    interval_minutes: int = 60


def read_sources(file: Path) -> tuple[Source, ...]:
    """Read a sources file; relative paths are meant from the file's own folder.

    Raises:
        SourceError: naming the file, the line and what to write instead.
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
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == "[[source]]"]
    # A header written in another way ([[ source ]]) only costs the line number, not the check.
    lines += [0] * (len(tables) - len(lines))
    sources = tuple(_source(table, file, line) for table, line in zip(tables, lines, strict=False))
    seen: set[str] = set()
    for source, line in zip(sources, lines, strict=False):
        if source.name in seen:
            raise SourceError(f"{file}:{line}: a second source is named '{source.name}'; rename it")
        seen.add(source.name)
    return sources


def _source(table: Mapping[str, Any], file: Path, line: int) -> Source:
    """Check one [[source]] table."""
    where = f"{file}:{line}"
    unknown = sorted(set(table) - _ALLOWED_KEYS)
    if unknown:
        raise SourceError(
            f"{where}: unknown key '{unknown[0]}'; known are {', '.join(sorted(_ALLOWED_KEYS))}"
        )
    for key in ("name", "path") if "url" not in table else ("name", "url"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise SourceError(f'{where}: a source needs {key} = "..."')
    if not re.fullmatch(r"[\w][\w .-]{0,79}", table["name"]):
        raise SourceError(
            f"{where}: name = {table['name']!r}: use letters, digits, blanks, dots and dashes (80)"
        )
    _check_fetching(table, where)
    path = Path(table.get("path", "."))
    path = path if path.is_absolute() else file.parent / path
    kind = table.get("kind", "folder")
    if kind not in _KINDS:
        raise SourceError(f"{where}: kind = {kind!r}: write one of {', '.join(_KINDS)}")
    order = table.get("date_order")
    if order is not None and order not in _ORDERS:
        raise SourceError(
            f'{where}: date_order = {order!r}: write "dmy" where 07/02 is the 7th of February, '
            '"mdy" where it is the 2nd of July'
        )
    columns = table.get("columns", {})
    wrong = sorted(set(columns) - set(ITEM_FIELDS)) if isinstance(columns, dict) else ["columns"]
    if wrong:
        raise SourceError(
            f'{where}: columns maps our names to yours, such as columns = {{ text = "body" }}; '
            f"'{wrong[0]}' is none of {', '.join(ITEM_FIELDS)}"
        )
    for key in ("enabled", "watch"):
        if not isinstance(table.get(key, True), bool):
            raise SourceError(f"{where}: {key} = true or false, without quotation marks")
    return Source(
        name=table["name"],
        kind=kind,
        path=path,
        outlet=table.get("outlet"),
        enabled=table.get("enabled", True),
        watch=table.get("watch", False),
        columns={str(k): str(v) for k, v in columns.items()},
        licence=table.get("licence"),
        date_order=order,
        url=table.get("url"),
        interval_minutes=table.get("interval_minutes", 60),
    )


def _check_fetching(table: Mapping[str, Any], where: str) -> None:
    """Check what says that, and how often, a source is fetched."""
    minutes = table.get("interval_minutes", 60)
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 10 <= minutes <= 10_080:
        raise SourceError(f"{where}: interval_minutes: write a number from 10 to 10080 (a week)")
    if "url" not in table:
        return
    parts = web_address(table["url"])
    if parts is None or parts.username is not None or parts.password is not None:
        raise SourceError(
            f'{where}: url = {table["url"]!r}: write "https://..." without a password'
        )
    if table.get("kind") != "feed" or "path" in table or table.get("watch"):
        raise SourceError(f'{where}: a source with a url has kind = "feed", no path and no watch')


def sources_from_inputs(inputs: Sequence[str], base: Path) -> tuple[Source, ...]:
    """Make sources of the folders and files that somebody named on the command line.

    Raises:
        SourceError: if one does not exist.
    """
    sources = []
    for text in inputs:
        path = Path(text) if Path(text).is_absolute() else base / text
        if not path.exists():
            raise SourceError(f"{text}: there is no such file or folder")
        kind: SourceKind = "folder" if path.is_dir() else "file"
        # The resolved path names the source, so that `a/` and `./a` are one source and its
        # documents keep their ids.
        sources.append(Source(name=path.resolve().name, kind=kind, path=path.resolve()))
    return tuple(sources)


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
