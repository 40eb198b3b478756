"""What is grouped in many runs is what is grouped in one, and what is as it was is left alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.grouped_articles import put_articles, take_articles, warehouse
from summit_pipeline.execution import grouping, story_articles
from summit_pipeline.execution.grouping import regroup
from summit_pipeline.reconcile.grouping.stories import group_stories
from summit_pipeline.reconcile.tables import StoryDocument, StoryMember
from summit_pipeline.rows import read
from summit_pipeline.warehouse import store

PLACES = ("Ternate", "Halmahera", "Morotai", "Bacan")
WORDS = ("earthquake", "rescue", "hospital", "ferry", "harbour", "volcano", "school", "budget")
Made = tuple[list[int], int | None, str]

DERIVED = ("story_members", "story_articles", "likenesses", "story_joins")


def article(number: int, picks: Sequence[int], day: int | None, language: str) -> StoryDocument:
    """A short article; which words are picked tells how like others it is."""
    words = " ".join(WORDS[pick % len(WORDS)] for pick in picks)
    places = " and ".join(PLACES[pick % len(PLACES)] for pick in picks[:2])
    text = f"Crews at {places} spoke of the {words} while {places} waited for the {words}."
    return StoryDocument(
        document_id=f"d{number:02}",
        version_id=f"v{number:02}",
        source="test",
        outlet="Post",
        url=None,
        title=None,
        raw_text=text,
        clean_text=text,
        language=language,
        published_at=None if day is None else datetime(2024, 5, 1) + timedelta(days=day),
        published_basis="none" if day is None else "field",
        dateline_place=None,
        agencies=(),
        text_grade="not_judged",
        text_grade_score=None,
        text_grade_reason="",
    )


def quake(number: int, day: int | None) -> StoryDocument:
    return article(number, (0, 1, 2), day, "en")


@pytest.fixture(scope="module")
def shared() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


@pytest.fixture
def con(shared: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    empty(shared)
    return shared


def empty(con: duckdb.DuckDBPyConnection) -> None:
    for table in (*(f"reconcile.{name}" for name in DERIVED), "intermediate.versions"):
        con.execute(f"DELETE FROM {table}")
    con.execute("DELETE FROM ingest.document_versions; DELETE FROM normalise.texts")


def stored(con: duckdb.DuckDBPyConnection) -> dict[str, StoryMember]:
    members = read(StoryMember, store.read(con, "reconcile.story_members"))
    return {member.version_id: member for member in members}


def at_once(documents: Sequence[StoryDocument]) -> dict[str, StoryMember]:
    return {member.version_id: member for member in group_stories(documents)}


ARTICLES = st.lists(
    st.tuples(
        st.lists(st.integers(0, len(WORDS) - 1), min_size=2, max_size=4),
        st.one_of(st.none(), st.integers(0, 40), st.integers(0, 9), st.integers(0, 9)),
        st.sampled_from(["en", "en", "en", "de"]),
    ),
    min_size=1,
    max_size=24,
)


# The fixture is emptied by the test itself.
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ARTICLES, st.randoms(use_true_random=False))
def test_runs_give_what_one_would_whatever_comes_when_and_goes(
    con: duckdb.DuckDBPyConnection,
    monkeypatch: pytest.MonkeyPatch,
    made: list[Made],
    random: Random,
) -> None:
    monkeypatch.setattr(story_articles, "BATCH_ARTICLES", 3)
    monkeypatch.setattr(grouping, "DAYS_AT_ONCE", 5)
    empty(con)
    documents = [article(n, *one) for n, one in enumerate(made)]
    arriving = random.sample(documents, len(documents))
    half = len(arriving) // 2
    for part in (arriving[:half], arriving[half:-1], arriving[-1:]):
        put_articles(con, part)
        regroup(con)
    assert stored(con) == at_once(documents)
    gone = arriving[::4]
    take_articles(con, gone)
    regroup(con)
    assert stored(con) == at_once([d for d in documents if d not in gone])


def test_only_stories_that_change_are_written(con: duckdb.DuckDBPyConnection) -> None:
    words = "Lawmakers in Lisbon rejected the pension plan of Finance Minister Ana Costa."
    other = replace(quake(9, 0), clean_text=words)
    put_articles(con, [quake(1, 0), quake(2, 1), other])
    regroup(con)

    nothing = regroup(con)
    assert (nothing.before.height, nothing.after.height) == (0, 0)

    put_articles(con, [quake(3, 2)])
    changed = regroup(con)
    assert set(changed.before.get_column("version_id")) == {"v01", "v02"}
    assert set(changed.after.get_column("version_id")) == {"v01", "v02", "v03"}


def test_only_new_articles_are_compared(con: duckdb.DuckDBPyConnection) -> None:
    put_articles(con, [quake(1, 0), quake(2, 1)])
    regroup(con)
    con.execute("UPDATE reconcile.likenesses SET likeness = 0.001")
    put_articles(con, [quake(3, 300)])
    regroup(con)
    pairs = con.sql("SELECT version_a, version_b, likeness FROM reconcile.likenesses").fetchall()
    assert pairs == [("v01", "v02", 0.001)]


def test_a_late_article_renames_its_story_and_later_ones_are_left_alone(
    con: duckdb.DuckDBPyConnection,
) -> None:
    put_articles(con, [quake(1, 1), quake(2, 2), quake(3, 60), quake(4, 61)])
    regroup(con)
    put_articles(con, [quake(0, 0)])
    changed = regroup(con)
    assert set(changed.after.get_column("version_id")) == {"v00", "v01", "v02"}
    assert changed.after.get_column("story_id").n_unique() == 1
    assert set(changed.after["story_id"]).isdisjoint(changed.before["story_id"])


def test_other_code_compares_all_articles_anew(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_articles(con, [quake(1, 0), quake(2, 1)])
    regroup(con)
    before = stored(con)
    con.execute("UPDATE reconcile.likenesses SET likeness = 0.001")
    monkeypatch.setattr(story_articles, "code_version", lambda stage: f"other {stage}")
    regroup(con)
    assert stored(con) == before
    assert con.sql("SELECT min(likeness) > 0.1 FROM reconcile.likenesses").fetchall() == [(True,)]
