"""Identity and versions: every item seen is counted once, edits become versions."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from summit_pipeline.ingest.harvest import Harvest, harvest
from summit_pipeline.ingest.items import Item, Rejection, Seen, Skipped

AT = datetime(2025, 2, 7, 12)


def item(identity: str, text: str) -> Item:
    return Item("s", identity, identity, "path", "o", "text/plain", text.encode())


def known_after(*harvests: Harvest) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for one in harvests:
        for version in one.versions:
            known.setdefault(version.document_id, set()).add(version.version_id)
    return known


def test_new_changed_unchanged() -> None:
    first = harvest([item("a", "1"), item("b", "1")], {}, "r1", AT)
    second = harvest([item("a", "1"), item("b", "2")], known_after(first), "r2", AT)
    assert (first.counts.new, first.counts.seen) == (2, 2)
    assert (second.counts.unchanged, second.counts.changed, second.counts.new) == (1, 1, 0)
    assert [v.body for v in second.versions] == [b"2"]
    assert second.documents == ()


def test_going_back_to_an_old_text_is_an_observation_not_a_version() -> None:
    runs = [harvest([item("a", "A")], {}, "r1", AT)]
    for text in ("B", "A"):
        runs.append(harvest([item("a", text)], known_after(*runs), "r", AT))
    assert [len(run.versions) for run in runs] == [1, 1, 0]
    assert runs[2].observations[0].version_id == runs[0].versions[0].version_id


things = st.lists(
    st.one_of(
        st.builds(item, st.sampled_from("abc"), st.sampled_from("123")),
        st.just(Rejection("s", "x", "r", "d", b"", 0, "h")),
        st.just(Skipped("s", "y", "r")),
    )
)


@given(things, things)
def test_sums_add_up_and_versions_do_not_depend_on_runs(a: list[Seen], b: list[Seen]) -> None:
    first = harvest(a, {}, "r1", AT)
    second = harvest(b, known_after(first), "r2", AT)
    together = harvest([*a, *b], {}, "r", AT)
    assert first.counts.seen == len(a)
    assert second.counts.seen == len(b)
    ids = {v.version_id for v in (*first.versions, *second.versions)}
    assert ids == {v.version_id for v in together.versions}
    assert len(ids) == len(first.versions) + len(second.versions)
