import subprocess
import sys

import polars as pl
import pytest

from summit_pipeline.expectations.adapter import Outcome, validate
from summit_pipeline.expectations.findings import finding_suites
from summit_pipeline.expectations.rules import Expectation, Suite
from summit_pipeline.expectations.suites import contract_suites
from summit_pipeline.warehouse.public_tables import PUBLIC_TABLES

SOUND = pl.DataFrame(
    {
        "document_id": ["a", "a", "b"],
        "other_document_id": ["b", "", ""],
        "origin": ["AP", "AP", "B"],
        "kind": ["near_copy", "agency_credit", "own"],
        "start_char": [0, 0, 7],
        "end_char": [5, 2, 7],
        "weight": [0.0, 0.5, 1.0],
        "missing_values": ["", "", ""],
    }
)

SUITES = {suite.table: suite for suite in contract_suites()}


def failed(frame: pl.DataFrame) -> dict[str, Outcome]:
    outcomes = validate(frame, SUITES["marts.origin_evidence"])
    return {outcome.name: outcome for outcome in outcomes if not outcome.passed}


def test_every_public_table_has_a_contract_with_distinct_names() -> None:
    assert list(SUITES) == [table.full_name for table in PUBLIC_TABLES]
    for suite in (*SUITES.values(), *finding_suites()):
        names = [rule.name for rule in suite.expectations]
        assert len(set(names)) == len(names)
        assert all(rule.description.endswith(".") for rule in suite.expectations)


def test_findings_warn_and_never_block() -> None:
    assert not any(suite.blocking for suite in finding_suites())
    assert {r.severity for suite in finding_suites() for r in suite.expectations} == {"warn"}


def test_a_sound_frame_passes_with_outcomes_in_the_order_of_the_rules() -> None:
    suite = SUITES["marts.origin_evidence"]

    outcomes = validate(SOUND, suite)

    assert [outcome.name for outcome in outcomes] == [rule.name for rule in suite.expectations]
    assert all(outcome.passed and outcome.first_rows.is_empty() for outcome in outcomes)


def test_an_empty_frame_passes() -> None:
    assert failed(SOUND.clear()) == {}


@pytest.mark.parametrize(
    ("change", "name", "count"),
    [
        (pl.col("weight") + 0.5, "weight_is_in_range", 1),
        (pl.col("start_char") - 1, "start_char_is_in_range", 2),
        (pl.lit(1).alias("end_char"), "end_char_fits_start_char", 1),
        (pl.lit("origin").alias("missing_values"), "required_values_are_there", 3),
    ],
)
def test_a_broken_rule_counts_and_shows_its_rows(change: pl.Expr, name: str, count: int) -> None:
    found = failed(SOUND.with_columns(change))

    assert list(found) == [name]
    assert found[name].unexpected_count == found[name].first_rows.height == count
    assert found[name].unexpected_share == pytest.approx(count / 3)
    assert found[name].severity == "error"


def test_twins_are_found() -> None:
    found = failed(pl.concat([SOUND, SOUND.head(1)]))

    assert found["key_is_unique"].first_rows["kind"].to_list() == ["near_copy", "near_copy"]


def test_a_surplus_column_is_named() -> None:
    found = failed(SOUND.with_columns(more=1))

    assert found["columns_are_complete"].problem == "columns unexpected: more"


def test_a_rule_that_cannot_be_applied_has_not_passed_and_says_why() -> None:
    rule = Expectation("r", "ExpectColumnValuesToBeUnique", "Unique.", "error", {"column": "gone"})

    (outcome,) = validate(SOUND, Suite("s", "marts.t", "", True, (rule,)))

    assert not outcome.passed
    assert outcome.problem is not None
    assert '"gone"' in outcome.problem


def test_missing_values_are_left_to_the_rule_on_missing_values() -> None:
    rules = (
        Expectation(
            "in", "ExpectColumnValuesToBeInSet", "In.", "error", {"column": "k", "value_set": ["a"]}
        ),
        Expectation(
            "between",
            "ExpectColumnValuesToBeBetween",
            "Between.",
            "warn",
            {"column": "n", "min_value": 0, "max_value": 1},
        ),
    )
    frame = pl.DataFrame({"k": ["a", None], "n": [None, 0.5]})

    assert all(outcome.passed for outcome in validate(frame, Suite("s", "t", "", True, rules)))


def test_great_expectations_is_imported_only_when_a_suite_runs() -> None:
    code = (
        "import sys; import summit_pipeline.expectations.adapter, "
        "summit_pipeline.expectations.suites, summit_pipeline.expectations.findings; "
        "print('great_expectations' in sys.modules, 'pandas' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]
