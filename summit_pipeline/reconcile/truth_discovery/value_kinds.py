"""What kind of values an attribute has, told from its claims alone, never from a name.

- tree: a hierarchy is given and knows nearly all values; a claim supports what lies below it.
- number: nearly all claims have a number; numbers within a tolerance are one value.
- set: values are lists between `|` or `;`, and lists of one item share parts; parts are weighed.
- category: all else; two values differ or they don't.

Belongs here: telling. Does not belong here: what is done with each kind.
"""

from typing import Literal

import polars as pl

from summit_pipeline.reconcile.truth_discovery.coded_claims import CodedClaims

ValueKind = Literal["tree", "set", "number", "category"]

SEPARATORS = ("|", ";")
# Lists of parts: this share of an attribute's values holds a separator, and parts of the lists of
# an item are found in another value of it. Codes with a stray separator stay below both.
_LISTS = 0.05
_SHARED_LISTS = 0.5
# The rest are typing errors and "n/a".
_NEARLY_ALL = 0.9


def value_kinds(claims: CodedClaims, hierarchy_names: frozenset[str]) -> list[ValueKind]:
    """The kind of each attribute, in the order of `claims.attributes`."""
    found: list[ValueKind] = []
    counted = claims.values.with_columns(claims=pl.Series(claims.counts()))
    for attribute in range(claims.attributes.len()):
        own = counted.filter(pl.col("attribute") == attribute)
        found.append(_kind(own, hierarchy_names))
    return found


def separator_of(values: pl.Series) -> str | None:
    """The separator that most of the lists among the values use; None where they are no lists."""
    shares = {mark: values.str.contains(mark, literal=True).mean() or 0.0 for mark in SEPARATORS}
    mark = max(SEPARATORS, key=lambda m: float(shares[m]))  # type: ignore[arg-type]
    return mark if float(shares[mark]) >= _LISTS else None  # type: ignore[arg-type]


def _kind(values: pl.DataFrame, hierarchy_names: frozenset[str]) -> ValueKind:
    texts = values.get_column("value")
    weights = values.get_column("claims")
    if hierarchy_names:
        known = texts.is_in(pl.Series(sorted(hierarchy_names)).implode())
        if _share(known, weights) >= _NEARLY_ALL:
            return "tree"
    if _share(values.get_column("value_num").is_not_null(), weights) >= _NEARLY_ALL:
        return "number"
    mark = separator_of(texts)
    if mark is not None and _lists_share_parts(values, mark):
        return "set"
    return "category"


def _share(which: pl.Series, weights: pl.Series) -> float:
    total = float(weights.sum())
    return float((which.cast(pl.Float64) * weights).sum()) / total if total else 0.0


def _lists_share_parts(values: pl.DataFrame, mark: str) -> bool:
    """Whether lists of contested items mostly share a part with another value of the item."""
    parts = (
        values.with_row_index("place")
        .filter(pl.len().over("item") > 1)
        .with_columns(part=pl.col("value").str.split(mark).list.unique())
        .with_columns(is_list=pl.col("part").list.len() > 1)
        .explode("part")
        .with_columns(shared=pl.len().over("item", "part") > 1)
    )
    lists = parts.filter("is_list").group_by("place").agg(pl.col("shared").any())
    return bool(lists.height) and float(lists.get_column("shared").mean()) >= _SHARED_LISTS  # type: ignore[arg-type]
