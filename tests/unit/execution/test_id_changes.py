"""What becomes of ids, and that old ones lead on."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import duckdb
import polars as pl
import pytest

from summit_pipeline.execution.id_changes import (
    Findings,
    changed_disagreements,
    changed_ids,
    record_finding_changes,
    record_story_changes,
)
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.migrations import migrate

Changes = list[tuple[str, str, str]]
START = datetime(2024, 5, 4, 9, 0)


def members(stories: Mapping[str, str]) -> pl.DataFrame:
    """A story and its documents, one letter each."""
    rows = [(document, story) for story, documents in stories.items() for document in documents]
    return pl.DataFrame(
        rows, schema={"document_id": pl.String, "story_id": pl.String}, orient="row"
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"S": "ab"}, {"S": "abc"}, []),
        # A late article z, earlier than the others, gives the story its id.
        ({"S": "ab"}, {"Z": "abz"}, [("S", "Z", "renamed")]),
        ({"S": "ab", "T": "cd"}, {"S": "abcd"}, [("T", "S", "merged")]),
        (
            {"S": "ab", "T": "cd"},
            {"Z": "abcdz"},
            [("S", "Z", "merged"), ("T", "Z", "merged")],
        ),
        ({"S": "abcd"}, {"S": "ab", "C": "cd"}, [("S", "C", "split")]),
        ({"S": "abcde"}, {"B": "bcd", "E": "e"}, [("S", "B", "renamed"), ("S", "E", "split")]),
        # Equal parts: the smaller id.
        ({"S": "ab"}, {"B": "a", "A": "b"}, [("S", "A", "renamed"), ("S", "B", "split")]),
        # Withdrawn as a whole: there is nothing to lead to.
        ({"S": "ab"}, {"T": "cd"}, []),
        ({}, {"S": "ab"}, []),
    ],
)
def test_what_becomes_of_stories(
    before: Mapping[str, str], after: Mapping[str, str], expected: Changes
) -> None:
    assert changed_ids(members(before), members(after)).rows() == expected


def test_a_disagreement_is_found_by_its_two_values() -> None:
    columns = ("disagreement_id", "value_a", "value_b")
    before = pl.DataFrame([("d", "v", "w"), ("gone", "v", "x")], columns, orient="row")
    after = pl.DataFrame([("new", "W", "V")], columns, orient="row")
    values = pl.DataFrame(
        [("v", "V", "renamed"), ("w", "W", "renamed")], ("old_id", "new_id", "change"), orient="row"
    )
    assert changed_disagreements(before, after, values).rows() == [("d", "new", "renamed")]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection)
        yield connection


def recorded(con: duckdb.DuckDBPyConnection) -> list[tuple[str, ...]]:
    return con.sql(
        "SELECT kind, old_id, new_id, change FROM ops.id_changes ORDER BY ALL"
    ).fetchall()


def run(con: duckdb.DuckDBPyConnection, number: int) -> None:
    ledger.start_run(con, f"run{number}", START + timedelta(hours=number), "test")


def test_older_links_lead_to_the_latest_id(con: duckdb.DuckDBPyConnection) -> None:
    run(con, 1)
    record_story_changes(con, members({"S": "ab"}), members({"R": "abr"}))
    run(con, 2)
    record_story_changes(con, members({"R": "abr"}), members({"Q": "abrq"}))
    assert recorded(con) == [("story", "R", "Q", "renamed"), ("story", "S", "Q", "renamed")]


def test_an_id_that_comes_back_leads_nowhere(con: duckdb.DuckDBPyConnection) -> None:
    run(con, 1)
    record_story_changes(con, members({"S": "ab"}), members({"R": "abr"}))
    run(con, 2)
    record_story_changes(con, members({"R": "abr"}), members({"S": "ab"}))
    assert recorded(con) == [("story", "R", "S", "renamed")]


def test_recording_again_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    run(con, 1)
    for _ in range(2):
        record_story_changes(con, members({"S": "abc"}), members({"R": "abr", "C": "c"}))
    assert recorded(con) == [("story", "S", "C", "split"), ("story", "S", "R", "renamed")]


def test_facts_are_found_by_their_claims(con: duckdb.DuckDBPyConnection) -> None:
    run(con, 1)
    nothing = pl.DataFrame(
        schema={"disagreement_id": pl.String, "value_a": pl.String, "value_b": pl.String}
    )

    def claims(*rows: tuple[str, str, str]) -> Findings:
        return Findings(
            pl.DataFrame(rows, ("claim_id", "fact_id", "value_id"), orient="row"), nothing
        )

    record_finding_changes(
        con,
        claims(("c1", "f", "v"), ("c2", "f", "v"), ("c3", "g", "w")),
        claims(("c1", "F", "V"), ("c2", "F", "V"), ("c3", "F", "W"), ("c9", "N", "X")),
    )
    assert recorded(con) == [
        ("fact", "f", "F", "merged"),
        ("fact", "g", "F", "merged"),
        ("value", "v", "V", "renamed"),
        ("value", "w", "W", "renamed"),
    ]
