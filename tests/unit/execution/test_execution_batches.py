"""Batches: every row once, groups whole, the same result in line and over workers."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_pipeline.execution.batches import InlineExecutor, batches, run_batches
from summit_pipeline.execution.code_version import code_version


@given(st.lists(st.sampled_from("abc"), max_size=30), st.integers(1, 10))
def test_batches_hold_every_row_once_and_keep_groups_whole(keys: list[str], size: int) -> None:
    table = pl.DataFrame({"key": sorted(keys)}, schema={"key": pl.String}).with_row_index()
    for by in (None, "key"):
        parts = list(batches(table, size, by=by))
        indices = [i for part in parts for i in part["index"].to_list()]
        assert indices == list(range(len(keys)))
        if by:
            held = [set(part["key"].to_list()) for part in parts]
            assert all(not (a & b) for i, a in enumerate(held) for b in held[i + 1 :])


def total(part: pl.DataFrame, factor: int) -> int:
    return int(part["n"].sum()) * factor


def test_workers_and_in_line_give_the_same_in_the_same_order() -> None:
    calls = [(part, 2) for part in batches(pl.DataFrame({"n": range(10)}), 3)]
    assert run_batches(total, calls, 1) == run_batches(total, calls, 2) == [6, 24, 42, 18]


def test_an_error_in_a_batch_reaches_the_caller() -> None:
    def fail() -> None:
        raise ValueError("bad batch")

    with InlineExecutor() as executor, pytest.raises(ValueError, match="bad batch"):
        executor.submit(fail).result()
    with pytest.raises(ValueError, match="bad batch"):
        run_batches(fail, [()], 1)


def test_code_version_differs_between_stages() -> None:
    assert code_version("normalise") != code_version("extract")
    assert code_version("extract") == code_version("extract")
