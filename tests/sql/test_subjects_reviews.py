"""Ids that people type, and reviews, on the small story."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from summit_pipeline.execution.learning_accuracy import VOTES
from summit_pipeline.report.subjects import (
    Subject,
    SubjectKind,
    UnknownSubjectError,
    find_subject,
)
from summit_pipeline.rows import frame
from summit_pipeline.sql_runner.models import Model
from summit_pipeline.sql_runner.runner import run_models
from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.ops_tables import IdChange
from summit_pipeline.warehouse.publishing import publish
from summit_pipeline.warehouse.reviews import LATEST_REVIEWS, record_review, show_reviews

NOW = datetime(2024, 5, 5, 12, 0)


@pytest.fixture
def own(tmp_path: Path, models: tuple[Model, ...]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A working file of its own, with the small story."""
    from small_story import fill

    with duckdb.connect(str(tmp_path / "working.duckdb")) as con:
        con.execute("SET TimeZone = 'UTC'")
        fill(con)
        run_models(con, models)
        yield con


def a_disagreement(con: duckdb.DuckDBPyConnection) -> str:
    return str(con.sql("SELECT min(disagreement_id) FROM marts.disagreements").fetchall()[0][0])


def latest(con: duckdb.DuckDBPyConnection, models: tuple[Model, ...]) -> Callable[[], object]:
    """What makes the models anew that tell the latest reviews."""
    return lambda: run_models(con, tuple(m for m in models if m.full_name in LATEST_REVIEWS))


def changed(*pairs: tuple[str, str]) -> pl.DataFrame:
    return frame(
        IdChange,
        [
            IdChange(
                kind="disagreement",
                old_id=a,
                new_id=b,
                change="renamed",
                run_id="run-3",
                changed_at=NOW,
            )
            for a, b in pairs
        ],
    )


def test_the_beginning_of_an_id_is_enough(story: duckdb.DuckDBPyConnection) -> None:
    wanted = a_disagreement(story)
    others = {str(i) for (i,) in story.sql("SELECT fact_id FROM marts.facts").fetchall()}
    length = next(n for n in range(4, 99) if not any(o.startswith(wanted[:n]) for o in others))
    found = find_subject(story, wanted[:length], ("disagreement", "fact"))
    assert found == Subject("disagreement", wanted)


def test_changed_ids_are_followed(story: duckdb.DuckDBPyConnection) -> None:
    wanted = a_disagreement(story)
    store.insert_new(story, "ops.id_changes", changed(("first-id", "next-id"), ("next-id", wanted)))
    found = find_subject(story, "first-id", ("disagreement",))
    assert found == Subject("disagreement", wanted, former_id="first-id")


def test_a_ring_of_changes_ends(story: duckdb.DuckDBPyConnection) -> None:
    store.insert_new(story, "ops.id_changes", changed(("ring-a", "ring-b"), ("ring-b", "ring-a")))
    with pytest.raises(UnknownSubjectError, match="summit query"):
        find_subject(story, "ring-a", ("disagreement",))


def test_several_things_whose_ids_begin_so_are_named(story: duckdb.DuckDBPyConnection) -> None:
    story.execute(
        "UPDATE marts.documents SET document_id = 'f-cost-too' WHERE document_id = 'post'"
    )
    with pytest.raises(UnknownSubjectError, match=r"document f-cost-too.*give more of it"):
        find_subject(story, "f-co", ("fact", "document"))
    assert find_subject(story, "f-cost", ("fact", "document")) == Subject("fact", "f-cost")


@pytest.mark.parametrize(
    ("kind", "wanted"), [("claim", "post-2:money:$120 mil"), ("document", "daily")]
)
def test_claims_and_documents_are_found(
    story: duckdb.DuckDBPyConnection, kind: SubjectKind, wanted: str
) -> None:
    found = find_subject(story, wanted, ("disagreement", "fact", "claim", "document"))
    assert found.kind == kind
    assert found.subject_id.startswith(wanted)


@pytest.mark.parametrize("wanted", ["' OR 1=1 --", "no-such-id", "%%%%"])
def test_what_is_no_id_is_refused(story: duckdb.DuckDBPyConnection, wanted: str) -> None:
    with pytest.raises(UnknownSubjectError, match="no disagreement or fact has the id"):
        find_subject(story, wanted, ("disagreement", "fact"))


@pytest.mark.parametrize("wanted", ["", "x", "f-c"])
def test_too_little_of_an_id_is_told(story: duckdb.DuckDBPyConnection, wanted: str) -> None:
    with pytest.raises(UnknownSubjectError, match="too short: give 4 characters"):
        find_subject(story, wanted, ("disagreement", "fact"))


def test_a_review_is_published_when_nothing_else_waits(
    own: duckdb.DuckDBPyConnection, models: tuple[Model, ...], tmp_path: Path
) -> None:
    publish(own, tmp_path)
    wanted = a_disagreement(own)
    record_review(own, wanted, "confirmed", "seen the bill", "me", NOW)
    assert show_reviews(own, tmp_path, latest(own, models))
    with duckdb.connect(str(tmp_path / "summit.duckdb"), read_only=True) as reader:
        found = reader.execute(
            "SELECT review FROM marts.disagreements WHERE disagreement_id = ?", [wanted]
        ).fetchall()
    assert found == [("confirmed",)]


def test_a_review_carries_nothing_unchecked_along(
    own: duckdb.DuckDBPyConnection, models: tuple[Model, ...], tmp_path: Path
) -> None:
    publish(own, tmp_path)
    before = (tmp_path / "summit.duckdb").resolve()
    own.execute("UPDATE marts.facts SET document_count = 999")
    record_review(own, a_disagreement(own), "dismissed", "a test", None, NOW)
    assert not show_reviews(own, tmp_path, latest(own, models))
    assert (tmp_path / "summit.duckdb").resolve() == before


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("marts.disagreements", "disagreement_id"),
        ("marts.facts", "fact_id"),
        ("marts.documents", "document_id"),
        ("marts.text_issues", "issue_id"),
    ],
)
def test_a_review_shows_in_the_table_of_its_thing_now_and_after_a_run(
    own: duckdb.DuckDBPyConnection,
    models: tuple[Model, ...],
    tmp_path: Path,
    table: str,
    key: str,
) -> None:
    publish(own, tmp_path)
    ((wanted,),) = own.sql(f"SELECT min({key}) FROM {table}").fetchall()
    record_review(own, wanted, "dismissed", "a test", None, NOW)
    shown = f"SELECT {key}, review FROM {table} WHERE review IS NOT NULL"
    assert show_reviews(own, tmp_path, latest(own, models))
    with duckdb.connect(str(tmp_path / "summit.duckdb"), read_only=True) as reader:
        assert reader.sql(shown).fetchall() == [(wanted, "dismissed")]
    run_models(own, models)
    assert own.sql(shown).fetchall() == [(wanted, "dismissed")]


def test_a_review_of_a_fact_follows_it_to_its_new_id(
    own: duckdb.DuckDBPyConnection, models: tuple[Model, ...]
) -> None:
    record_review(own, "its-first-id", "confirmed", "seen the bill", None, NOW)
    store.insert_new(own, "ops.id_changes", changed(("its-first-id", "f-cost")))
    run_models(own, models)
    reviewed = own.sql("SELECT fact_id, review FROM marts.facts WHERE review IS NOT NULL")
    assert reviewed.fetchall() == [("f-cost", "confirmed")]


def test_a_review_empties_no_table_after_a_change_of_the_code(
    own: duckdb.DuckDBPyConnection, models: tuple[Model, ...], tmp_path: Path
) -> None:
    publish(own, tmp_path)
    for table in ("relations", "slotted_claims", "facts", "fact_values", "judgements"):
        own.execute(f"DELETE FROM reconcile.{table}")
    before = own.sql("SELECT count(*) FROM marts.disagreements").fetchall()
    record_review(own, a_disagreement(own), "dismissed", "a test", None, NOW)
    show_reviews(own, tmp_path, latest(own, models))
    with duckdb.connect(str(tmp_path / "summit.duckdb"), read_only=True) as reader:
        assert reader.sql("SELECT count(*) FROM marts.disagreements").fetchall() == before


def test_the_latest_review_counts(
    own: duckdb.DuckDBPyConnection, models: tuple[Model, ...]
) -> None:
    wanted = a_disagreement(own)
    record_review(own, wanted, "confirmed", "at first", None, NOW)
    record_review(own, wanted, "same_fact", "then", None, NOW.replace(hour=13))
    run_models(own, models)
    found = own.sql("SELECT review FROM marts.disagreements WHERE review IS NOT NULL").fetchall()
    assert found == [("same_fact",)]


def test_dismissed_facts_are_no_witnesses(
    own: duckdb.DuckDBPyConnection, models: tuple[Model, ...]
) -> None:
    def contested() -> set[str]:
        found = own.sql(
            f"SELECT object FROM ({VOTES}) GROUP BY 1 HAVING count(DISTINCT value) > 1"
        ).fetchall()
        return {fact for (fact,) in found}

    facts = own.sql(
        "SELECT disagreement_id, fact_a FROM marts.disagreements WHERE relation = 'contradiction'"
    ).fetchall()
    assert {fact for _, fact in facts} == contested()
    assert facts
    for disagreement, _ in facts:
        record_review(own, disagreement, "dismissed", "two sums", None, NOW)
    run_models(own, models)
    assert contested() == set()
