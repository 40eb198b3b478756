"""Versions: every thing seen is counted once; another text makes a version, noise makes none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs_in_memory import Runs, counted, item

from summit_pipeline.ingest.harvest import REQUEST, Counts
from summit_pipeline.ingest.items import Gone, Rejection, Seen, Skipped
from summit_pipeline.ingest.tables import Tombstone

PROSE = (
    "The council approved a bridge over the Elm on Tuesday. It will cost $12 million, officials "
    "said, and should open in four years. Residents had asked for one since the flood of 1998."
)


def gone(guid: str | None, url: str | None = None) -> Gone:
    return Gone("s", guid or url or "", guid, url, "page.gone", "answers 410")


def test_new_changed_unchanged() -> None:
    runs = Runs()
    assert counted(runs.run(item("1", "a"), item("1", "b"))) == (2, 0, 0)
    assert counted(runs.run(item("1", "a"), item("2", "b"))) == (0, 1, 1)
    assert [v.body for v in runs.last.versions] == [b"2"]
    assert runs.last.documents == []


def test_known_bytes_are_not_looked_into() -> None:
    runs = Runs()
    runs.run(item(PROSE, "a"), item("1", url="https://a.example/1"), item("no name"))
    looked_into = runs.compared
    assert counted(
        runs.run(item(PROSE, "a"), item("1", url="https://a.example/1"), item("no name"))
    ) == (0, 0, 3)
    assert runs.compared == looked_into


def test_going_back_to_an_old_text_is_an_observation_not_a_version() -> None:
    runs = Runs()
    for text in ("A", "B", "A", "<p>A</p>"):
        runs.run(item(text, "a"))
    assert [len(run.versions) for run in runs.brought] == [1, 1, 0, 0]
    first = runs.brought[0].versions[0].version_id
    assert [run.observations[0].version_id == first for run in runs.brought] == [
        True, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "same",
    [
        PROSE.replace(" ", "\n  "),
        PROSE.replace("The", "<b>The</b>"),
        PROSE.replace("$", "&#36;"),
        PROSE.replace("Elm", "E\u200blm"),
        "<p class='x'>" + PROSE.replace(". ", ".</p>\n<p>"),
    ],
)
def test_what_says_the_same_is_no_version(same: str) -> None:
    runs = Runs()
    runs.run(item(PROSE, "a"))
    assert counted(runs.run(item(same, "a"))) == (0, 0, 1)
    assert len(runs.last.deliveries) == 1
    compared = runs.compared
    assert counted(runs.run(item(same, "a"))) == (0, 0, 1)
    assert runs.compared == compared, "bytes met once are known"
    assert runs.last.deliveries == []


@pytest.mark.parametrize(
    "other",
    [
        PROSE.replace("12", "13"),
        PROSE.replace("Elm", "Oak"),
        PROSE.replace("approved", "rejected"),
        PROSE.replace("Tuesday.", "Tuesday!"),
        PROSE + " More followed.",
    ],
)
def test_a_changed_word_is_a_version(other: str) -> None:
    runs = Runs()
    runs.run(item(PROSE, "a"))
    assert counted(runs.run(item(other, "a"))) == (0, 1, 0)


def test_a_changed_title_is_a_version_and_a_changed_date_is_none() -> None:
    runs = Runs()
    runs.run(item(PROSE, "a", title="A bridge", published="2025-02-07"))
    assert counted(runs.run(item(PROSE, "a", title="A bridge", published="2025-02-08"))) == (
        0, 0, 1,
    )  # fmt: skip
    assert counted(runs.run(item(PROSE, "a", title="A tunnel", published="2025-02-08"))) == (
        0, 1, 0,
    )  # fmt: skip


def test_twins_are_counted_and_none_is_dropped() -> None:
    runs = Runs()
    counts = runs.run(item("1", "a"), item("1", "a"), item("2", "a"), item("2", "a"))
    assert counted(counts) == (1, 1, 2)
    assert (counts.twins, counts.documents) == (2, 1)
    assert [v.body for v in runs.last.versions] == [b"1", b"2"]
    assert len(runs.last.observations) == 2


def test_a_withdrawal_is_a_tombstone_until_the_document_is_back() -> None:
    runs = Runs()
    runs.run(item(PROSE, "a", "https://a.example/1"), item("other", "b"))
    assert counted(runs.run()) == (0, 0, 0)
    assert runs.tombstones == [], "leaving a feed is no withdrawal"

    counts = runs.run(gone(None, "http://www.a.example/1/?utm_source=rss"))
    assert (counts.changed, counts.withdrawn, counts.seen) == (1, 1, 1)
    (tombstone,) = runs.tombstones
    assert tombstone.document_id == runs.brought[0].documents[0].document_id

    assert counted(runs.run(gone("a"), gone("a"))) == (0, 0, 2)
    assert runs.run(gone("unknown")).skipped == 1
    assert len(runs.tombstones) == 1

    assert counted(runs.run(item(PROSE, "a", "https://a.example/1"))) == (0, 0, 1)
    assert runs.tombstones == []


def test_a_notice_beside_the_item_counts_and_stays() -> None:
    runs = Runs()
    runs.run(item(PROSE, "a"))
    for _ in range(2):
        runs.run(gone("a"), item(PROSE, "a"))
        assert len(runs.tombstones) == 1


def test_what_a_person_withdrew_only_a_person_takes_back() -> None:
    runs = Runs()
    runs.run(item(PROSE, "a"))
    document = runs.last.documents[0].document_id
    request = Tombstone(
        document_id=document,
        withdrawn_at=runs.last.documents[0].first_seen_at,
        reason=REQUEST,
        detail="asked",
        run_id=None,
    )
    runs.tombstones = [request]
    runs.run(item(PROSE, "a"), item(PROSE + " More.", "a"))
    assert runs.tombstones == [request]


things = st.lists(
    st.one_of(
        st.builds(item, st.sampled_from("123"), st.sampled_from("abc")),
        st.just(Rejection("s", "x", "r", "d", b"", 0, "h")),
        st.just(Skipped("s", "y", "r")),
        st.builds(gone, st.sampled_from("abz")),
    )
)


def adds_up(counts: Counts) -> bool:
    parts = counts.new + counts.changed + counts.unchanged + counts.quarantined + counts.skipped
    return counts.seen == parts


@given(things, things, st.integers(1, 5))
def test_sums_add_up_and_versions_do_not_depend_on_runs(
    a: list[Seen], b: list[Seen], part: int
) -> None:
    apart, together = Runs(), Runs()
    first, second = apart.run(*a), apart.run(*b)
    at_once = together.run(*a, *b, part=part)
    assert (first.seen, second.seen) == (len(a), len(b))
    assert adds_up(first)
    assert adds_up(second)
    assert adds_up(at_once)
    ids = [v.version_id for run in apart.brought for v in run.versions]
    assert sorted(ids) == sorted(v.version_id for v in together.last.versions)
    assert len(set(ids)) == len(ids)
