"""SQL checks: a file returns the rows that must not exist.

Belongs here: reading `dbt_like_sql/checks/` and running one check. Does not belong here: what the
outcome means for a run (`defs`), expectations on columns (`expectations`).

The file's name is `<model>__<what_must_not_happen>.sql`. Its first comment line gives the severity
(`-- error, blocking`, `-- error` or `-- warn`), the next ones say what must hold and why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb
import polars as pl

from summit_pipeline.sql_runner.models import (
    MODELS_FOLDER,
    ModelError,
    head_comment,
    parse_select,
    read_sql,
    tables_read,
)

# A page of a screen; the count tells the rest.
SHOWN_ROWS = 10

_SEVERITIES: dict[str, tuple[Literal["error", "warn"], bool]] = {
    "error, blocking": ("error", True),
    "error": ("error", False),
    "warn": ("warn", False),
}


@dataclass(frozen=True, slots=True)
class SqlCheck:
    """One check; `model` is the full name of the table that it guards."""

    name: str
    model: str
    severity: Literal["error", "warn"]
    blocking: bool
    description: str
    sql: str
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SqlCheckResult:
    """What a check found."""

    check: SqlCheck
    offending_count: int
    first_rows: pl.DataFrame

    @property
    def passed(self) -> bool:
        """Whether no row was found."""
        return self.offending_count == 0


def load_checks(
    models: Iterable[str], folder: Path = MODELS_FOLDER / "checks"
) -> tuple[SqlCheck, ...]:
    """All checks of a folder, by name.

    Args:
        models: full names of the tables that checks may guard and read.
        folder: the folder.

    Raises:
        ModelError: if a file's name, head or SQL breaks the rules above.
    """
    known = set(models)
    return tuple(_read_check(path, known) for path in sorted(folder.glob("*.sql")))


def run_check(con: duckdb.DuckDBPyConnection, check: SqlCheck) -> SqlCheckResult:
    """Count the offending rows and fetch the first ones."""
    count = con.sql(f"SELECT count(*) FROM (\n{check.sql}\n)").fetchall()[0][0]
    first_rows = con.sql(f"SELECT * FROM (\n{check.sql}\n) ORDER BY ALL LIMIT {SHOWN_ROWS}").pl()
    return SqlCheckResult(check, int(count), first_rows)


def _read_check(path: Path, known: set[str]) -> SqlCheck:
    sql = read_sql(path)
    short, separator, _ = path.stem.partition("__")
    candidates = [name for name in known if name.split(".")[1] == short]
    guarded = [name for name in candidates if name.startswith("marts.")] or candidates
    if not separator or len(guarded) != 1:
        raise ModelError(f"{path}: the name must be <model>__<what_must_not_happen>.sql")
    first, _, rest = sql.partition("\n")
    severity = first.removeprefix("--").strip()
    description = head_comment(rest)
    if severity not in _SEVERITIES or not description:
        raise ModelError(
            f"{path}: the first line must be one of {sorted(_SEVERITIES)} as a comment, "
            "the next a sentence on what must hold"
        )
    reads = tables_read(parse_select(sql, path))
    unknown = sorted(set(reads) - known)
    if unknown:
        raise ModelError(f"{path}: reads {', '.join(unknown)}, which nothing makes")
    return SqlCheck(path.stem, guarded[0], *_SEVERITIES[severity], description, sql, reads)
