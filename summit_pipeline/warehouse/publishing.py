"""Hands results to readers: immutable snapshot files behind one symbolic link.

Belongs here: writing a snapshot, swapping the link, clearing away old ones. Does not belong here:
when to publish (after the blocking checks; `defs`), or what is in the tables.

Why a link: readers open `DIR/summit.duckdb`, which points to a file that never changes again, so a
reader blocks no run and no run blocks a reader. (Renaming over the name itself breaks every later
open when somebody's `.wal` lies beside it.) The order is what makes a kill at any moment harmless:
the link moves only when the new file is complete and on the disk; until then readers have the old
one, and what a killed run leaves behind is removed by the next.

    DIR/summit.duckdb -> snapshots/summit-000012.duckdb
"""

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from summit_pipeline.warehouse.macros import excerpt_macro
from summit_pipeline.warehouse.store import transaction
from summit_pipeline.warehouse.table import comment_statements, identifier, literal, qualified
from summit_pipeline.warehouse.tables import UNPUBLISHED

LINK_NAME = "summit.duckdb"
FOLDER_NAME = "snapshots"
KEPT_SNAPSHOTS = 3

# Files of DuckDB 2.0's own format are refused by the 1.5 shells that most people have.
STORAGE_VERSION = "v1.5.0"

PUBLISHED_SCHEMAS = ("marts", "ops")

_SNAPSHOT = re.compile(r"summit-(\d{6,})\.duckdb")
_TEMPORARY_PREFIX = ".being-written-"
_ALIAS = "summit_snapshot"


class PublishingError(RuntimeError):
    """The folder's state forbids publishing; the message tells the remedy."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published."""

    link: Path
    snapshot: Path
    marts_changed: bool


def publish(con: duckdb.DuckDBPyConnection, folder: Path) -> Publication:
    """Write a snapshot of `marts` and `ops` and point the folder's link to it.

    When no row of `marts` differs from the last snapshot, its file is copied and only `ops` is
    written anew.

    Args:
        con: the open working file, with no transaction under way.
        folder: where the link lies and the folder of snapshots.

    Raises:
        PublishingError: if the link's name is taken by something that is no link.
    """
    link, snapshots = folder / LINK_NAME, folder / FOLDER_NAME
    if link.exists() and not link.is_symlink():
        raise PublishingError(
            f"{link} is a file, not the link that snapshots stand behind: move it away"
        )
    snapshots.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(folder, snapshots)
    target = snapshots / f"summit-{_next_number(snapshots):06d}.duckdb"
    temporary = snapshots / f"{_TEMPORARY_PREFIX}{target.name}"

    last = link.resolve() if link.exists() else None
    tables = _tables(con, "marts")
    prints = {name: fingerprint(con, name) for name in tables}
    changed = last is None or _published_prints(last) != prints
    if last is not None and not changed:
        shutil.copyfile(last, temporary)
        schemas: tuple[str, ...] = ("ops",)
    else:
        schemas = PUBLISHED_SCHEMAS
    _write(con, temporary, schemas, prints)
    _sync(temporary)
    temporary.chmod(0o444)
    temporary.rename(target)
    _sync(snapshots)
    _point(link, target)
    _remove_old(snapshots, keep=target)
    return Publication(link, target, changed)


def is_published(con: duckdb.DuckDBPyConnection, folder: Path) -> bool:
    """Whether readers already see every row of `marts` as the working file holds it."""
    link = folder / LINK_NAME
    prints = {name: fingerprint(con, name) for name in _tables(con, "marts")}
    return link.exists() and _published_prints(link.resolve()) == prints


def fingerprint(con: duckdb.DuckDBPyConnection, full_name: str) -> str:
    """A short text that differs when any row of a table does; the rows' order does not matter."""
    rows = con.sql(
        f"SELECT count(*), bit_xor(hash(t)), sum(hash(t)::HUGEINT) FROM {qualified(full_name)} AS t"
    ).fetchall()
    return " ".join(str(part) for part in rows[0])


def _tables(con: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    rows = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE database_name = current_database() AND schema_name = ? ORDER BY ALL",
        [schema],
    ).fetchall()
    return [str(name) for (name,) in rows if name not in UNPUBLISHED]


def _write(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    schemas: tuple[str, ...],
    prints: dict[str, str],
) -> None:
    """Write the schemas into the snapshot file in one transaction, then close it."""
    con.execute(f"ATTACH {literal(str(path))} AS {_ALIAS} (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        with transaction(con):
            for schema in schemas:
                place = f"{_ALIAS}.{identifier(schema)}"
                con.execute(f"DROP SCHEMA IF EXISTS {place} CASCADE")
                con.execute(f"CREATE SCHEMA {place}")
                for name in _tables(con, schema):
                    _copy(con, name)
            if "marts" in schemas:
                con.execute(excerpt_macro(f"{_ALIAS}.marts"))
            _write_prints(con, prints)
        con.execute(f"CHECKPOINT {_ALIAS}")
    finally:
        con.execute(f"DETACH {_ALIAS}")


def _copy(con: duckdb.DuckDBPyConnection, full_name: str) -> None:
    """Copy a table with its comments."""
    con.execute(
        f"CREATE TABLE {qualified(full_name, _ALIAS)} AS SELECT * FROM {qualified(full_name)}"
    )
    schema, name = full_name.split(".")
    description = con.execute(
        "SELECT comment FROM duckdb_tables() WHERE database_name = current_database() "
        "AND schema_name = ? AND table_name = ?",
        [schema, name],
    ).fetchall()
    described = con.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE database_name = "
        "current_database() AND schema_name = ? AND table_name = ? AND comment IS NOT NULL",
        [schema, name],
    ).fetchall()
    con.execute(
        comment_statements(
            full_name,
            str(description[0][0] or ""),
            {str(column): str(comment) for column, comment in described},
            database=_ALIAS,
        )
    )


def _write_prints(con: duckdb.DuckDBPyConnection, prints: dict[str, str]) -> None:
    """Note the fingerprints in the snapshot, for the next publication to compare with."""
    place = f"{_ALIAS}.ops.published_tables"
    con.execute(f"CREATE TABLE {place} (table_name VARCHAR, fingerprint VARCHAR)")
    con.execute(f"COMMENT ON TABLE {place} IS 'Fingerprints of the tables in this file.'")
    for name, value in prints.items():
        con.execute(f"INSERT INTO {place} VALUES (?, ?)", [name, value])


def _published_prints(snapshot: Path) -> dict[str, str]:
    """The fingerprints that a snapshot carries; none if it can't be read."""
    try:
        with duckdb.connect(str(snapshot), read_only=True) as reader:
            rows = reader.sql("SELECT table_name, fingerprint FROM ops.published_tables").fetchall()
    except duckdb.Error:
        return {}
    return {str(name): str(value) for name, value in rows}


def _next_number(snapshots: Path) -> int:
    return max(_numbered(snapshots), default=0) + 1


def _numbered(snapshots: Path) -> dict[int, Path]:
    """The finished snapshots by number."""
    found = ((_SNAPSHOT.fullmatch(path.name), path) for path in snapshots.iterdir())
    return {int(match[1]): path for match, path in found if match}


def _sync(path: Path) -> None:
    """Have the system write a file or a folder's entries to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _point(link: Path, target: Path) -> None:
    """Swap the link in one step: there is no moment without one."""
    fresh = link.with_name(f"{_TEMPORARY_PREFIX}{link.name}")
    fresh.symlink_to(Path(FOLDER_NAME) / target.name)
    fresh.replace(link)
    _sync(link.parent)


def _remove_leftovers(*folders: Path) -> None:
    """Remove what a killed run left; the working file's lock keeps other publishers out."""
    for folder in folders:
        _remove(folder.glob(f"{_TEMPORARY_PREFIX}*"))


def _remove_old(snapshots: Path, keep: Path) -> None:
    """Keep the last snapshots; a reader that has an older one open keeps reading its file."""
    numbered = _numbered(snapshots)
    outdated = sorted(numbered)[:-KEPT_SNAPSHOTS]
    for number in outdated:
        if numbered[number] != keep:
            _remove([numbered[number], numbered[number].with_suffix(".duckdb.wal")])


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
