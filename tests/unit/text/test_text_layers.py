"""Layers: any edits give runs that tile the clean text, and maps that agree with themselves."""

from hypothesis import given
from hypothesis import strategies as st

from summit_pipeline.text.layers import Edit, Layer, apply_edits, compose, identity


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, Layer]:
    raw = draw(st.text(alphabet="ab \n“é", max_size=40))
    spots = draw(
        st.lists(
            st.tuples(st.integers(0, 40), st.integers(0, 8), st.text("xy", max_size=3)), max_size=6
        )
    )
    edits = [
        Edit(min(a, len(raw)), min(a + n, len(raw)), after, "test")
        for a, n, after in spots
        if min(a, len(raw)) < min(a + n, len(raw))
    ]
    return raw, apply_edits(raw, edits)


def assert_tiles(layer: Layer, raw_length: int) -> None:
    at = raw_at = 0
    for run in layer.runs:
        assert run.clean_start == at < run.clean_end
        assert raw_at <= run.raw_start <= run.raw_end <= raw_length
        at, raw_at = run.clean_end, run.raw_end
    assert at == len(layer.text)


@given(edited())
def test_runs_tile_the_clean_text_in_order(case: tuple[str, Layer]) -> None:
    raw, layer = case
    assert_tiles(layer, len(raw))


@given(edited(), st.data())
def test_layers_laid_over_each_other_map_to_the_lowest(
    case: tuple[str, Layer], data: st.DataObject
) -> None:
    raw, lower = case
    spots = data.draw(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 5)), max_size=4))
    upper = apply_edits(
        lower.text,
        [Edit(a, min(a + n, len(lower.text)), "", "cut") for a, n in spots if a < len(lower.text)],
    )
    both = compose(upper, lower)
    assert both.text == upper.text
    assert_tiles(both, len(raw))


@given(edited())
def test_untouched_characters_map_to_themselves_and_back(case: tuple[str, Layer]) -> None:
    raw, layer = case
    for run in layer.runs:
        if layer.text[run.clean_start : run.clean_end] != raw[run.raw_start : run.raw_end]:
            continue
        for at in range(run.clean_start, run.clean_end):
            span = layer.to_raw(at, at + 1)
            assert raw[span.start : span.end] == layer.text[at]
            back = layer.to_clean(span.start, span.end)
            assert back is not None
            assert (back.start, back.end) == (at, at + 1)


def test_what_was_cut_has_no_clean_stretch() -> None:
    layer = apply_edits("one two three", [Edit(3, 7, "", "cut")])
    assert layer.text == "one three"
    assert layer.to_clean(3, 7) is None
    assert layer.to_raw(0, 9).end == 13


def test_composing_with_the_identity_changes_nothing() -> None:
    layer = apply_edits("a&amp;b", [Edit(1, 6, "&", "entity")])
    assert compose(identity(layer.text), layer) == layer
