"""The suites of the rule book on the small story: contracts hold, findings are found."""

import duckdb
import pytest

from summit_pipeline.expectations.adapter import Outcome, validate
from summit_pipeline.expectations.findings import finding_suites
from summit_pipeline.expectations.rules import Suite
from summit_pipeline.expectations.suites import contract_suites


def _validate(con: duckdb.DuckDBPyConnection, suite: Suite) -> tuple[Outcome, ...]:
    return validate(con.sql(suite.query).pl(), suite)


def _failed(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    return {
        outcome.name: outcome.first_rows[outcome.first_rows.columns[0]].to_list()
        for suite in finding_suites()
        for outcome in _validate(con, suite)
        if not outcome.passed
    }


def test_a_sound_story_keeps_every_contract(story: duckdb.DuckDBPyConnection) -> None:
    broken = [
        (suite.name, outcome)
        for suite in contract_suites()
        for outcome in _validate(story, suite)
        if not outcome.passed
    ]

    assert broken == []


def test_new_and_unreviewed_findings_are_listed_with_their_sources(
    story: duckdb.DuckDBPyConnection,
) -> None:
    assert _failed(story) == {
        "no_new_contradiction": ["d-money"],
        "no_new_corrupted_quotation": ["d-quotation"],
        "no_new_damaged_text": ["wire"],
        "no_new_damaged_name": ["wire-1:name_damage:0"],
    }
    disagreements = finding_suites()[0]
    contradiction = _validate(story, disagreements)[0].first_rows.row(0, named=True)
    assert contradiction["outlets_a"] == "Coast Daily, Harbour Post"
    assert contradiction["outlets_b"] == "Valley Wire"


@pytest.mark.parametrize(
    "change",
    [
        "insert into ops.runs select * replace ('run-3' as run_id, started_at + interval 1 day "
        "as started_at) from ops.runs where run_id = 'run-2'",
        "update marts.disagreements set review = 'dismissed'; insert into ops.reviews values "
        "('wire', 'confirmed', 'seen', null, '2024-05-05'), "
        "('wire-1:name_damage:0', 'confirmed', 'seen', null, '2024-05-05')",
    ],
    ids=["a later run", "reviewed"],
)
def test_old_and_reviewed_findings_are_quiet(story: duckdb.DuckDBPyConnection, change: str) -> None:
    story.execute(change)

    assert _failed(story) == {}


def test_missing_values_are_named_by_their_column(story: duckdb.DuckDBPyConnection) -> None:
    story.execute("update marts.facts set subject = null, first_run_id = null")
    facts = next(suite for suite in contract_suites() if suite.table == "marts.facts")

    broken = [outcome for outcome in _validate(story, facts) if not outcome.passed]

    assert [outcome.name for outcome in broken] == ["required_values_are_there"]
    assert set(broken[0].first_rows["missing_values"]) == {"subject, first_run_id"}
