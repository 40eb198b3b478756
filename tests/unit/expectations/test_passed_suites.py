"""Rows that have passed are not validated again; any other row, rule or finding is."""

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from summit_pipeline.execution.batches import InlineExecutor
from summit_pipeline.expectations import checker as module
from summit_pipeline.expectations.checker import Checker
from summit_pipeline.expectations.rules import Expectation, Suite

SUITE = Suite(
    name="numbers",
    table="t",
    query="SELECT n FROM t ORDER BY n",
    blocking=True,
    expectations=(
        Expectation(
            "n_is_in_range", "ExpectColumnValuesToBeBetween", "n is between 0 and 9.", "error",
            {"column": "n", "min_value": 0, "max_value": 9},
        ),
    ),
)  # fmt: skip


class Counted(InlineExecutor):
    """Runs calls in line and counts them by name."""

    calls: list[str]

    def __init__(self, **_: Any) -> None:
        self.calls = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.calls.append(fn.__name__)
        return super().submit(fn, *args, **kwargs)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE TABLE t AS SELECT 1 AS n")
        yield connection


@pytest.fixture(autouse=True)
def in_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ProcessPoolExecutor", Counted)


def run(
    con: duckdb.DuckDBPyConnection, memory: Path, suite: Suite = SUITE
) -> tuple[bool, list[str]]:
    """Whether all rules passed, and what the process was asked to do."""
    with Checker(memory) as checker:
        outcomes = checker.start(con, suite).outcomes()
        checker.passed.save()
        pool: Executor = checker._pool
        assert isinstance(pool, Counted)
        assert [o.name for o in outcomes] == [rule.name for rule in suite.expectations]
        return all(o.passed for o in outcomes), pool.calls


def test_the_same_rows_are_not_validated_twice(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    memory = tmp_path / "cache" / "passed.json"
    assert run(con, memory) == (True, ["prepare", "validate"])
    assert run(con, memory) == (True, [])
    con.execute("INSERT INTO t VALUES (2)")
    assert run(con, memory) == (True, ["validate"])


def test_what_was_found_is_found_again(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    memory = tmp_path / "passed.json"
    con.execute("INSERT INTO t VALUES (12)")
    for _ in range(2):
        assert run(con, memory) == (False, ["prepare", "validate"])
    con.execute("DELETE FROM t WHERE n = 12")
    assert run(con, memory)[0]


def test_another_rule_is_applied_to_rows_that_passed(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    memory = tmp_path / "passed.json"
    assert run(con, memory)[0]
    (rule,) = SUITE.expectations
    stricter = replace(rule, arguments={**rule.arguments, "max_value": 0})
    assert not run(con, memory, replace(SUITE, expectations=(stricter,)))[0]
    memory.write_text("[broken")
    assert run(con, memory) == (True, ["prepare", "validate"])
