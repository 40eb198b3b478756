"""The extract stage as a whole: exact raw offsets, batches, repeats, languages, who says it."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summit_pipeline.extract.pipeline import extract_batch
from summit_pipeline.rows import columns, frame, read
from summit_pipeline.text.layers import Edit, Layer, apply_edits, identity
from summit_pipeline.text.sentences import split_sentences
from summit_pipeline.vocabulary import Claim, NameMention, NormalisedText, Sentence

TEXT = """Orbit Corp. to drop its $3 billion bid for Acme Steel

• Orbit Corp. will drop its $3 billion bid for Acme Steel
President Anna Reed said on Friday that Orbit Corp. will drop its $3 billion bid for Acme Steel.
“The deal was bad for 500 workers. It is over,” Reed said.
The bid was blocked in January. At least 31 people were killed in a fire in Peru in 2019.
Profit was $5 million in 2023, compared with $4 million in 2022."""


def text_row(raw: str, layer: Layer, version: str = "v", language: str = "en") -> NormalisedText:
    clean, sentences, start = layer.text, [], 0
    for number, line in enumerate(clean.split("\n")):
        part = "title" if number == 0 else "bullet" if line.startswith("•") else "body"
        for span in split_sentences(clean, start, start + len(line)):
            sentences.append(Sentence(span.start, span.end, number, part))
        start += len(line) + 1
    return NormalisedText(
        version_id=version, raw_text=raw, title_end_char=None, encoding="utf-8",
        encoding_basis="utf-8", title=None, title_start=None, title_end=None, clean_text=clean,
        runs=layer.runs, sentences=tuple(sentences), language=language, language_basis="test",
        published_at=None, published_basis="none", dateline_place=None, agencies=(), word_count=9,
        text_grade="clean", text_grade_score=None, text_grade_reason="",
    )  # fmt: skip


def texts(rows: list[NormalisedText], reference: date | None = date(2024, 5, 8)) -> pl.DataFrame:
    return frame(NormalisedText, rows).with_columns(
        pl.Series("reference_date", [reference] * len(rows), dtype=pl.Date)
    )


def claims_of(raw: str, reference: date | None = date(2024, 5, 8)) -> list[Claim]:
    return read(Claim, extract_batch(texts([text_row(raw, identity(raw))], reference)).claims)


def test_frames_have_the_schemas_of_their_rows() -> None:
    found = extract_batch(texts([text_row(TEXT, identity(TEXT))]))
    assert found.claims.columns == [c.name for c in columns(Claim)]
    assert found.names.columns == [c.name for c in columns(NameMention)]
    empty = extract_batch(texts([]))
    assert (empty.claims.height, empty.names.height) == (0, 0)


def test_other_languages_give_no_claims() -> None:
    assert extract_batch(texts([text_row(TEXT, identity(TEXT), language="fr")])).claims.height == 0


def test_claims_of_each_kind() -> None:
    found = {(c.kind, c.value_text) for c in claims_of(TEXT)}
    assert {
        ("money", "$3 billion"),
        ("status", "will drop"),
        ("status", "was blocked"),
        ("quotation", "It is over,"),
        ("date", "Friday"),
        ("money", "$4 million"),
    } <= found


def test_summaries_repeat_the_body_and_not_the_other_way_round() -> None:
    bids = [c for c in claims_of(TEXT) if c.value_text == "$3 billion"]
    assert [(c.part, c.is_repeat) for c in bids] == [
        ("title", True),
        ("bullet", True),
        ("body", False),
    ]


def test_who_says_it() -> None:
    by_text = {(c.value_text, c.part): c for c in claims_of(TEXT)}
    said = by_text["$3 billion", "body"]
    assert (said.speaker, said.in_quotation) == ("Anna Reed", False)
    over = by_text["It is over,", "body"]
    assert (over.speaker, over.in_quotation, over.canonical) == ("Anna Reed", True, "it is over")
    bad = next(c for c in claims_of(TEXT) if c.value_text.startswith("The deal was bad"))
    assert over.utterance_id == bad.utterance_id
    blocked = by_text["was blocked", "body"]
    assert (blocked.speaker, blocked.cue, blocked.utterance_id) == (None, None, None)


def test_without_a_reference_date_relative_dates_stay_open() -> None:
    (friday,) = [c for c in claims_of(TEXT, None) if c.value_text == "Friday"]
    assert (friday.date_start, friday.date_end) == (None, None)
    assert friday.date_expression is not None


def test_ids_are_unique_and_stable() -> None:
    ids = [c.claim_id for c in claims_of(TEXT)]
    assert len(ids) == len(set(ids))
    assert ids == [c.claim_id for c in claims_of(TEXT)]


LINES = TEXT.split("\n")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(LINES), max_size=5), min_size=1, max_size=6),
    st.lists(st.integers(1, 3), min_size=6, max_size=6),
    st.randoms(use_true_random=False),
)
def test_rows_do_not_depend_on_the_batch(documents, sizes, random) -> None:
    """Any documents, cut into batches of any sizes, in any order, give the same rows."""
    raws = ["\n".join(lines) for lines in documents]
    rows = [text_row(raw, identity(raw), f"v{i}") for i, raw in enumerate(raws)]
    whole = extract_batch(texts(rows))
    random.shuffle(rows)
    batches = []
    for size in sizes:
        batches.append(extract_batch(texts(rows[:size])))
        rows = rows[size:]
    for frames, keys in (
        ((whole.claims, [b.claims for b in batches]), ["version_id", "claim_id"]),
        ((whole.names, [b.names for b in batches]), ["version_id", "start_char"]),
    ):
        at_once, in_parts = frames
        assert at_once.sort(keys).equals(pl.concat(in_parts).sort(keys))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(TEXT)), st.integers(0, 6), st.sampled_from(["", "x", "$", " £9m "])
        ),
        max_size=12,
    )
)
def test_value_text_is_the_raw_slice_under_any_layer(edits: list[tuple[int, int, str]]) -> None:
    layer = apply_edits(TEXT, [Edit(s, min(len(TEXT), s + n), after, "t") for s, n, after in edits])
    found = extract_batch(texts([text_row(TEXT, layer)]))
    for claim in read(Claim, found.claims):
        assert 0 <= claim.start_char < claim.end_char <= len(TEXT)
        assert claim.value_text == TEXT[claim.start_char : claim.end_char]
        assert layer.to_raw(claim.clean_start, claim.clean_end).start == claim.start_char
        assert claim.sentence in layer.text
    for name in read(NameMention, found.names):
        assert name.text == TEXT[name.start_char : name.end_char]


@pytest.mark.parametrize(
    "hostile",
    ["(" * 20_000, "“" * 9_000, "A" * 30_000, "$1 " * 1_500, "The of " * 8_000, "’s " * 9_000],
    ids=["brackets", "quotes", "capitals", "amounts", "joins", "possessives"],
)
def test_hostile_texts_are_read(hostile: str) -> None:
    claims_of(hostile)
