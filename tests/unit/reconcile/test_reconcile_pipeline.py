import pickle

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from made_claims import claim, document

from summit_pipeline import rows
from summit_pipeline.reconcile.pipeline import (
    Reconciled,
    reconcile_batch,
    reconcile_story,
)
from summit_pipeline.reconcile.tables import StoryDocument
from summit_pipeline.vocabulary import Claim, NameMention

TEXTS = {
    "a": "Harbour Steel offered $14.1 billion for Lake Iron, the firms said on Friday.",
    "b": "The $14.9 billion offer of Harbour Steel for Lake Iron was blocked.",
    "c": "Harbour Steel offered $14.1 billion for Lake Iron, officials said.",
}
VALUES = {
    "a": ("$14.1 billion", 14.1e9),
    "b": ("$14.9 billion", 14.9e9),
    "c": ("$14.1 billion", 14.1e9),
}
DOCUMENTS = [document(v, t, published="2025-02-08T10:00:00") for v, t in TEXTS.items()]
CLAIMS = [
    claim(
        v, VALUES[v][0], TEXTS[v], value=VALUES[v][1], interval_low=VALUES[v][1] - 5e7,
        interval_high=VALUES[v][1] + 5e7, measure="offer", measure_head="offer",
        parties=["Harbour Steel", "Lake Iron"],
    )
    for v in TEXTS
] + [claim("a", "Friday", TEXTS["a"], kind="date", date_expression="weekday:fri@past")]  # fmt: skip


def test_a_story_gives_rows_of_every_table() -> None:
    story = reconcile_story(DOCUMENTS, CLAIMS, [])
    assert len(story.judgements) == 3
    assert len(story.slotted_claims) == len(CLAIMS)
    assert {r.relation for r in story.relations} == {"agree", "contradiction"}
    friday = next(s for s in story.slotted_claims if s.date_start)
    assert str(friday.date_start) == "2025-02-07"


@settings(max_examples=10, deadline=None)
@given(st.permutations(DOCUMENTS), st.permutations(CLAIMS))
def test_rows_do_not_depend_on_the_order_of_the_input(
    documents: list[StoryDocument], claims: list[Claim]
) -> None:
    assert reconcile_story(documents, claims, []) == reconcile_story(DOCUMENTS, CLAIMS, [])


def frames(story_of: dict[str, str]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    documents = rows.frame(StoryDocument, DOCUMENTS).with_columns(
        story_id=pl.col("version_id").replace_strict(story_of)
    )
    return documents, rows.frame(Claim, CLAIMS), rows.frame(NameMention, [])


def test_batches_give_what_their_stories_give_alone() -> None:
    documents, claims, names = frames({"a": "s1", "b": "s1", "c": "s2"})
    both = reconcile_batch(documents, claims, names)
    for story_id in ("s1", "s2"):
        alone = reconcile_batch(documents.filter(pl.col("story_id") == story_id), claims, names)
        for name in Reconciled.__dataclass_fields__:
            table = getattr(both, name)
            if "story_id" in table.columns:
                assert table.filter(pl.col("story_id") == story_id).equals(getattr(alone, name))
    assert both.relations.height == 1


def test_an_empty_batch_gives_empty_frames_with_their_columns() -> None:
    documents, claims, names = frames({"a": "s", "b": "s", "c": "s"})
    empty = reconcile_batch(documents.clear(), claims, names)
    assert all(getattr(empty, n).height == 0 for n in Reconciled.__dataclass_fields__)
    assert "disagreement_id" in empty.relations.columns


def test_a_batch_can_be_sent_to_a_worker() -> None:
    assert pickle.loads(pickle.dumps(reconcile_batch)) is reconcile_batch
