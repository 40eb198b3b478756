"""Values that contain each other: places, taxa, anything with a hierarchy.

A name may stand for several nodes (there are Alexandrias in Virginia and in Egypt). A claim is
taken for all nodes of its name; the other claims of the item tell which is meant, since only that
one gathers their votes. The choice walks down from the root, at each step into the child below
which most weight was claimed, and stops at the last claimed node: the most specific value of the
best branch. The plain majority stops at the general value, which is true but says less; the most
likely leaf alone ignores that two different suburbs are two votes for their city.

Belongs here: the hierarchy, which values contain which, the walk. Does not belong here: weights
(`accuracy_voting`).
"""

from dataclasses import dataclass

import polars as pl

from summit_pipeline.reconcile.truth_discovery.coded_claims import Floats, Ints

_ROOT = -1
_MOST_LEVELS = 64


class HierarchyError(ValueError):
    """A hierarchy that has a loop, an unknown parent or lacks a column."""


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Nodes with their ancestors.

    Attributes:
        paths: one row for each node and each of its ancestors, itself included: `name` and `node`
            of the node; `ancestor`, its `parent` (-1 below the root) and its `depth` from 0.
        containing: different pairs `general`, `specific` of names, of which the first contains the
            second.
    """

    paths: pl.DataFrame
    containing: pl.DataFrame

    @property
    def names(self) -> frozenset[str]:
        """All names in it."""
        return frozenset(self.paths.get_column("name"))


def build_hierarchy(nodes: pl.DataFrame) -> Hierarchy:
    """A hierarchy from rows of `id`, `name`, `parent`; a negative or missing parent is the root's.

    The root itself is no value.

    Raises:
        HierarchyError: if a column is missing, a parent is unknown, or nodes form a loop.
    """
    if not {"id", "name", "parent"} <= set(nodes.columns):
        raise HierarchyError(f"a hierarchy has id, name, parent; found {nodes.columns}")
    table = nodes.select(
        pl.col("id").cast(pl.Int64),
        pl.col("name").cast(pl.String),
        pl.col("parent").cast(pl.Int64).fill_null(_ROOT),
    ).unique("id", keep="any")
    roots = table.filter(pl.col("parent") < 0).get_column("id").implode()
    unknown = table.filter(pl.col("parent") >= 0).join(
        table, left_on="parent", right_on="id", how="anti"
    )
    if unknown.height:
        raise HierarchyError(f"unknown parent of {unknown.get_column('name')[0]!r}")
    inner = table.filter(~pl.col("id").is_in(roots)).select(
        "id", "name", parent=pl.when(pl.col("parent").is_in(roots)).then(_ROOT).otherwise("parent")
    )
    paths = _paths(inner)
    containing = (
        paths.join(inner.select(ancestor="id", general="name"), on="ancestor")
        .filter(pl.col("general") != pl.col("name"))
        .select("general", specific="name")
        .unique()
        .sort("general", "specific")
    )
    return Hierarchy(paths, containing)


def _paths(inner: pl.DataFrame) -> pl.DataFrame:
    """Every node with its ancestors, upwards level by level, then numbered from the root down."""
    parents = inner.select(ancestor="id", parent="parent")
    step = inner.select("name", node="id", ancestor="id", parent="parent")
    levels = []
    for up in range(_MOST_LEVELS):
        if step.is_empty():
            break
        levels.append(step.with_columns(up=pl.lit(up)))
        step = (
            step.filter(pl.col("parent") != _ROOT)
            .select("name", "node", ancestor="parent")
            .join(parents, on="ancestor")
        )
    else:
        raise HierarchyError(f"nodes form a loop, or lie more than {_MOST_LEVELS} levels deep")
    if not levels:
        return inner.select("name", node="id", ancestor="id", parent="parent", depth="id")
    return (
        pl.concat(levels)
        .with_columns(depth=pl.col("up").max().over("node") - pl.col("up"))
        .select("name", "node", "ancestor", "parent", "depth")
        .sort("node", "depth")
    )


def contained_values(values: pl.DataFrame, hierarchy: Hierarchy) -> tuple[Ints, Ints]:
    """Pairs of values of one item of which the first contains the second.

    Args:
        values: `place`, `item` and `value` of values.
        hierarchy: what contains what.
    """
    pairs = (
        values.select("item", general="value", general_place="place")
        .join(hierarchy.containing, on="general")
        .join(values.select("item", specific="value", place="place"), on=["item", "specific"])
        .sort("general_place", "place")
    )
    return (
        pairs.get_column("general_place").cast(pl.Int64).to_numpy(),
        pairs.get_column("place").cast(pl.Int64).to_numpy(),
    )


def most_specific(values: pl.DataFrame, weight: Floats, hierarchy: Hierarchy) -> pl.DataFrame:
    """The last claimed node of the best branch: `item` and `place` of the value, a row an item.

    Ties go to the branch that more different values lie in, then to the heavier node itself, then
    to the smaller node id.

    Args:
        values: `place`, `item` and `value` of the values of tree attributes.
        weight: of the votes for each value, by its place.
        hierarchy: where the values stand.
    """
    claimed = values.with_columns(weight=pl.Series(weight[values.get_column("place").to_numpy()]))
    branches = (
        claimed.join(hierarchy.paths, left_on="value", right_on="name")
        .with_columns(here=pl.col("node") == pl.col("ancestor"))
        .group_by("item", "ancestor", "parent", "place")
        .agg(pl.col("weight").first(), pl.col("here").any())
        .group_by("item", "ancestor", "parent")
        .agg(
            below=pl.col("weight").sort().sum().round(9),
            different=pl.len(),
            own=(pl.col("weight") * pl.col("here")).max().round(9),
            place=pl.col("place").filter("here").min(),
        )
        .sort(
            "item", "parent", "below", "different", "own", "ancestor",
            descending=[False, False, True, True, True, False],
        )
        .unique(["item", "parent"], keep="first", maintain_order=True)
    )  # fmt: skip
    at = values.select("item").unique().with_columns(parent=pl.lit(_ROOT, pl.Int64))
    found = []
    while at.height:
        step = branches.join(at, on=["item", "parent"])
        found.append(step.select("item", "place"))
        at = step.select("item", parent="ancestor")
    return (
        pl.concat(found)
        .with_columns(step=pl.int_range(pl.len()))
        .drop_nulls("place")
        .sort("item", "step")
        .unique("item", keep="last", maintain_order=True)
        .select("item", "place")
    )
