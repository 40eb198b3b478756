import duckdb
import pytest

from summit_pipeline.sql_runner.checks import SqlCheck, load_checks, run_check
from summit_pipeline.sql_runner.models import Model
from summit_pipeline.warehouse.tables import ALL_TABLES

# One statement a check that makes the check's sentence false.
BREAKING = {
    "claims__words_are_not_at_their_offsets": "update marts.claims set start_char = start_char + 1",
    "text_issues__words_are_not_at_their_offsets": "update marts.text_issues set end_char = 999",
    "claims__fact_or_value_is_missing": "delete from marts.fact_values where rank = 2",
    "claims__older_version_has_a_fact": "update marts.claims set is_current = false",
    "documents__story_is_missing": "delete from marts.stories",
    "documents__claim_to_be_published_after_they_were_seen": (
        "update marts.documents set published_at = '2034-01-01'"
    ),
    "documents__have_hardly_any_words": "update marts.documents set word_count = 3",
    "stories__counts_differ_from_their_documents": "update marts.stories set origin_count = 1",
    "events__do_not_make_up_their_story": "delete from marts.events",
    "facts__nobody_states_them": "delete from marts.claims where kind = 'money'",
    "facts__count_more_than_their_story_has": "update marts.facts set document_count = 4",
    "facts__settled_though_no_two_origins_agree": (
        "update marts.claims set origin = 'Agency' where kind = 'status'"
    ),
    "fact_values__ranks_are_not_in_a_row": "update marts.fact_values set rank = 1",
    "fact_values__first_is_not_the_chosen_one": (
        "update marts.fact_values set rank = 3 - rank where fact_id = 'f-cost'"
    ),
    "fact_values__counts_differ_from_their_claims": (
        "update marts.claims set is_witness = false where version_id = 'wire-1'"
    ),
    "relations__claim_is_missing": "delete from marts.claims where version_id = 'wire-1'",
    "relations__join_two_stories": (
        "update marts.claims set story_id = 'other' where version_id = 'wire-1'"
    ),
    "relations__document_agrees_with_itself": "update marts.claims set document_id = 'post'",
    "relations__disagreement_is_missing": "delete from marts.disagreements",
    "disagreements__do_not_show_two_claims": (
        "update marts.disagreements set shown_claim_b = shown_claim_a"
    ),
    "disagreements__values_agree": "update marts.disagreements set relation = 'agree'",
    "quotations__best_wording_is_damaged_though_a_sound_one_exists": (
        "update marts.quotations set best_claim_id = 'wire-1:quotation:We shall not linger'"
    ),
    "quarantine__holds_open_items": (
        "insert into ops.quarantine values ('q', 's', 'l', 'ingest', 'r', 'd', 'h', 1, "
        "'2024-05-04', '2024-05-04', 1, 'open', null, null)"
    ),
    "quarantine__takes_most_of_a_run": (
        "update ops.runs set seen = 3, quarantined = 2 where run_id = 'run-2'"
    ),
    "runs__do_not_add_up": "update ops.runs set seen = seen + 1 where run_id = 'run-2'",
    "timeline__days_lie_a_century_off": "update marts.timeline set as_of = '1724-05-03'",
}

TABLES = [table.full_name for table in ALL_TABLES]


@pytest.fixture(scope="session")
def checks(models: tuple[Model, ...]) -> dict[str, SqlCheck]:
    known = [*TABLES, *(model.full_name for model in models)]
    return {check.name: check for check in load_checks(known)}


def test_every_check_has_a_case_that_breaks_it(checks: dict[str, SqlCheck]) -> None:
    assert set(checks) == set(BREAKING)


def test_a_sound_story_passes_all_but_the_length_of_its_tiny_texts(
    story: duckdb.DuckDBPyConnection, checks: dict[str, SqlCheck]
) -> None:
    failed = [name for name, check in checks.items() if not run_check(story, check).passed]

    assert failed == ["documents__have_hardly_any_words"]


@pytest.mark.parametrize("name", BREAKING)
def test_a_broken_story_is_found(
    name: str, story: duckdb.DuckDBPyConnection, checks: dict[str, SqlCheck]
) -> None:
    story.execute(BREAKING[name])

    result = run_check(story, checks[name])

    assert result.offending_count > 0
    assert 0 < result.first_rows.height <= 10


def test_an_old_run_of_bad_items_is_forgotten(
    story: duckdb.DuckDBPyConnection, checks: dict[str, SqlCheck]
) -> None:
    story.execute("update ops.runs set seen = 3, quarantined = 3 where run_id = 'run-1'")

    assert run_check(story, checks["quarantine__takes_most_of_a_run"]).passed


def refuse(story: duckdb.DuckDBPyConnection, *rows: tuple[str, str, str]) -> None:
    """Quarantine items in the latest run: locator, reason and state of each."""
    for locator, reason, state in rows:
        story.execute(
            "insert into ops.quarantine (quarantine_id, source, locator, stage, reason, detail, "
            "body_hash, size, first_seen_at, last_seen_at, attempts, state) "
            "select ?, 'feed', ?, 'ingest', ?, 'd', 'h', 1, max(started_at), max(started_at), 1, ? "
            "from ops.runs",
            [locator, locator, reason, state],
        )


def test_the_most_frequent_reasons_are_told_first_with_an_item_each(
    story: duckdb.DuckDBPyConnection, checks: dict[str, SqlCheck]
) -> None:
    lines = [(f"line {n}", "parse.bad_line", "open") for n in (1, 2, 3)]
    refuse(story, ("a.txt", "file.empty", "open"), *lines, ("b", "fetch.dns", "waived"))

    result = run_check(story, checks["quarantine__holds_open_items"])

    assert result.offending_count == 4
    assert result.first_rows["in_words"].to_list()[:2] == [
        "parse.bad_line 3 times, first line 1 of feed",
        "file.empty, a.txt of feed",
    ]


def test_the_share_of_a_run_names_its_reasons_and_leaves_out_what_is_waived(
    story: duckdb.DuckDBPyConnection, checks: dict[str, SqlCheck]
) -> None:
    check = checks["quarantine__takes_most_of_a_run"]
    story.execute("update ops.runs set seen = 4, quarantined = 3")
    refuse(
        story, ("1", "parse.bad_line", "open"), ("2", "parse.bad_line", "open"),
        ("a", "file.empty", "open"),
    )  # fmt: skip

    assert run_check(story, check).first_rows["in_words"].to_list() == [
        "3 of 4 items: parse.bad_line 2 times, such as 1 of feed; "
        "file.empty 1 times, such as a of feed"
    ]
    story.execute("update ops.quarantine set state = 'waived' where reason = 'parse.bad_line'")
    assert run_check(story, check).passed


def test_an_empty_warehouse_passes_every_check(
    story: duckdb.DuckDBPyConnection, checks: dict[str, SqlCheck], models: tuple[Model, ...]
) -> None:
    for model in models:
        if model.schema != "staging":
            story.execute(f"delete from {model.full_name}")

    assert all(run_check(story, check).passed for check in checks.values())
