"""A plain claim table as numbers: items, the values claimed for each, and who claims what.

An item is an object's attribute. Codes follow the order of the texts they stand for, never the
order of the rows, so that nothing later depends on how a table was sorted.

Belongs here: checking a table's columns, numbering. Does not belong here: what values mean
(`value_kinds`), who is right (`accuracy_voting`).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

COLUMNS = ("source", "object", "attribute", "value")


class ClaimTableError(ValueError):
    """A table that is no claim table; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class CodedClaims:
    """Claims as parallel arrays, and what their codes stand for.

    Attributes:
        source: who claims it, as a place in `sources`.
        value: what is claimed, as a place in `values`: a value of one item, so that equal texts of
            two items are two values.
        sources: the names of the sources, sorted.
        values: one row a value: `item`, `attribute` (a code), `value`, `value_num`, in the order of
            item and text.
        items: one row an item: `object`, `attribute` (the name).
        attributes: the names of the attributes, sorted.
    """

    source: Ints
    value: Ints
    sources: pl.Series
    values: pl.DataFrame
    items: pl.DataFrame
    attributes: pl.Series

    @property
    def item_of_value(self) -> Ints:
        """The item of each value; not falling, since values are in the order of items."""
        return self.values.get_column("item").to_numpy()

    @property
    def numbers(self) -> Floats:
        """The number of each value, NaN where it has none."""
        return self.values.get_column("value_num").fill_null(np.nan).to_numpy()

    def counts(self) -> Floats:
        """How many claims state each value."""
        return np.bincount(self.value, minlength=self.values.height).astype(np.float64)

    def values_of(self, attributes: NDArray[np.bool_]) -> pl.DataFrame:
        """`place`, `item` and `value` of the values of the attributes that are marked."""
        marked = pl.Series(np.flatnonzero(attributes)).implode()
        return (
            self.values.with_row_index("place")
            .filter(pl.col("attribute").is_in(marked))
            .select(pl.col("place").cast(pl.Int64), "item", "value")
        )

    def contested(self, value: Ints) -> NDArray[np.bool_]:
        """For each item whether the claims of these values differ on it."""
        heard = np.bincount(value, minlength=self.values.height) > 0
        return np.bincount(self.item_of_value[heard], minlength=self.items.height) > 1


def code_claims(claims: pl.DataFrame) -> CodedClaims:
    """Number the claims of a table with the columns source, object, attribute, value (+ value_num).

    A source that states a value of an item twice is heard once; rows without one of the four are
    left out. Other columns are not read.

    Raises:
        ClaimTableError: if a column is missing.
    """
    missing = [name for name in COLUMNS if name not in claims.columns]
    if missing:
        raise ClaimTableError(f"a claim table has {', '.join(COLUMNS)}; missing: {missing}")
    numbers = (
        pl.col("value_num").cast(pl.Float64, strict=False)
        if "value_num" in claims.columns
        else pl.lit(None, pl.Float64).alias("value_num")
    )
    table = claims.lazy().select(*COLUMNS, numbers).drop_nulls(list(COLUMNS)).collect()
    columns = {name: _coded(table.get_column(name)) for name in COLUMNS}
    attributes = columns["attribute"][1]
    item_key = columns["object"][0] * max(len(attributes), 1) + columns["attribute"][0]
    item_keys, item = np.unique(item_key, return_inverse=True)
    del item_key
    texts = columns["value"][1]
    value_key = item * max(len(texts), 1) + columns["value"][0]
    value_keys, first, value = np.unique(value_key, return_index=True, return_inverse=True)
    del value_key, item
    owner = value_keys // max(len(texts), 1)
    items = pl.DataFrame(
        {
            "object": columns["object"][1].gather(item_keys // max(len(attributes), 1)),
            "attribute": attributes.gather(item_keys % max(len(attributes), 1)),
        }
    )
    values = pl.DataFrame(
        {
            "item": owner,
            "attribute": (item_keys % max(len(attributes), 1))[owner],
            "value": texts.gather(value_keys % max(len(texts), 1)),
            "value_num": _smallest(table.get_column("value_num"), value, first),
        }
    )
    sources = columns["source"][1]
    source, value = _heard_once(columns["source"][0], value)
    return CodedClaims(source, value, sources, values, items, attributes)


def tally(places: Ints, weights: Floats, size: int) -> Floats:
    """The sum of the weights at each place from 0 to `size`."""
    return np.bincount(places, weights, size).astype(np.float64, copy=False)


def _coded(texts: pl.Series) -> tuple[Ints, pl.Series]:
    """Each text's place among the sorted different texts, and those texts."""
    different = texts.cast(pl.String).unique().sort()
    if different.is_empty():
        return np.zeros(0, np.int64), different
    codes = texts.cast(pl.String).cast(pl.Enum(different)).to_physical().cast(pl.Int64).to_numpy()
    return codes, different


def _smallest(numbers: pl.Series, value: Ints, first: Ints) -> pl.Series:
    """The number of each value. Equal texts have equal numbers; if not, the smallest counts."""
    if numbers.null_count() == numbers.len():
        return pl.Series("value_num", [None] * len(first), dtype=pl.Float64)
    filled = numbers.fill_null(np.inf).fill_nan(np.inf).to_numpy()
    least = filled[first].copy()
    np.minimum.at(least, value, filled)
    return pl.Series("value_num", least).replace(np.inf, None)


def _heard_once(source: Ints, value: Ints) -> tuple[Ints, Ints]:
    """The different pairs of source and value, in the order of values."""
    if not len(source):
        return source, value
    sources = int(source.max()) + 1
    # Sorted in place: numpy's own `unique` goes by hash and is five times slower on 10 million.
    pairs = value * sources + source
    pairs.sort()
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])]
    return pairs % sources, pairs // sources
