import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from summit_pipeline.warehouse.connection import (
    NotPublishedError,
    WarehouseLockedError,
    open_published,
    open_working,
)

HOLD = """
import sys, duckdb
con = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
"""


def test_a_held_file_is_refused_with_holder_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "work.duckdb"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    with holder:
        holder.stdout.readline()

        with pytest.raises(WarehouseLockedError) as refused:
            open_working(path, wait_seconds=0.3)
        holder.stdin.close()

    assert f"process {holder.pid} " in str(refused.value)
    assert "Wait until it has finished" in str(refused.value)
    open_working(path).close()


def test_working_file_is_in_utc_and_looks_for_no_extension(tmp_path: Path) -> None:
    with open_working(tmp_path / "deep" / "work.duckdb") as con:
        settings = con.sql(
            "select current_setting('TimeZone'), current_setting('autoinstall_known_extensions'), "
            "current_setting('autoload_known_extensions')"
        ).fetchall()

    assert settings == [("UTC", False, False)]


def test_nothing_published_is_said_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="summit run"):
        open_published(tmp_path / "summit.duckdb")


def test_a_published_file_cannot_be_written(tmp_path: Path) -> None:
    open_working(tmp_path / "summit.duckdb").close()

    with (
        open_published(tmp_path / "summit.duckdb") as con,
        pytest.raises(duckdb.InvalidInputException, match="read-only"),
    ):
        con.execute("create table t (a int)")


def test_a_broken_file_is_not_mistaken_for_a_held_one(tmp_path: Path) -> None:
    path = tmp_path / "work.duckdb"
    path.write_bytes(b"this is no database, however long the text may be" * 500)

    with pytest.raises(duckdb.Error, match="not a valid DuckDB"):
        open_working(path)
