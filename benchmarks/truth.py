"""Truth discovery on public claim sets: the value chosen against the true one.

Any subfolder of truth/ with claims.parquet and gold.parquet is a set; a hierarchy.csv (id, name,
parent id) beside them makes it a set with a tree. The method sees nothing else: no name of a set, a
source or an attribute. Scoring does: times of `flight...` count within ten minutes, `population...`
within one per cent, values of a tree as in Jung, Kim and Shim (EDBT 2019): gold is the most
specific value on the true path that anybody claims. All else is equality.

`right` is the share of items with gold and a claim; `right_of_gold` counts items that nobody
claims as wrong. Yardsticks: the value of most sources; the value of most families; the same votes
without families. Flight is also given without the airlines, which are nearly the gold itself.
Predictions: a folder of <set>.parquet (object, attribute, value, value_num).
"""

from pathlib import Path

import polars as pl

from summit_pipeline.reconcile.truth_discovery.discovery import discover
from summit_pipeline.reconcile.truth_discovery.value_trees import Hierarchy, build_hierarchy

_KEY = ["object", "attribute"]
_AIRLINES = ("CO", "aa", "ua")
_MINUTES = 10.0
_PER_CENT = 0.01


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    folder = data / "truth" if (data / "truth").is_dir() else data
    sets = sorted(path.parent for path in folder.glob("*/claims.parquet"))
    sets = [path for path in sets if (path / "gold.parquet").exists()]
    if not sets:
        raise FileNotFoundError(2, "no set with claims.parquet and gold.parquet", str(folder))
    figures: dict[str, float] = {}
    for place in sets:
        claims, gold = pl.read_parquet(place / "claims.parquet"), _gold(place)
        hierarchy = _hierarchy(place)
        found = discover(claims, hierarchy).values.select(*_KEY, "value", "value_num")
        if predictions is not None:
            predictions.mkdir(parents=True, exist_ok=True)
            found.write_parquet(predictions / f"{place.name}.parquet")
        figures |= _scored(place.name, place.name, found, gold, claims, hierarchy)
        figures |= _yardsticks(place.name, place.name, gold, claims, hierarchy)
        if place.name.startswith("flight"):
            label = f"{place.name}.without_airlines"
            rest = claims.filter(~pl.col("source").is_in(_AIRLINES))
            figures |= _scored(label, place.name, discover(rest).values, gold, rest, None)
            figures |= _yardsticks(label, place.name, gold, rest, None)
    return figures


def _gold(place: Path) -> pl.DataFrame:
    return pl.read_parquet(place / "gold.parquet").select(*_KEY, "value", "value_num")


def _hierarchy(place: Path) -> Hierarchy | None:
    """The hierarchy beside a set, if any; the sets spell its columns in several ways."""
    file = place / "hierarchy.csv"
    if not file.exists():
        return None
    nodes = pl.read_csv(file, infer_schema_length=None)
    spelt = {name: name.lower().removesuffix("id").rstrip("_") or "id" for name in nodes.columns}
    return build_hierarchy(nodes.rename(spelt))


def _yardsticks(
    label: str, name: str, gold: pl.DataFrame, claims: pl.DataFrame, hierarchy: Hierarchy | None
) -> dict[str, float]:
    families = discover(claims, hierarchy).sources.select("source", "family")
    others = {
        "majority": _majority(claims, "source"),
        "family_majority": _majority(claims.join(families, on="source"), "family"),
        "without_families": discover(claims, hierarchy, collapse_families=False).values,
    }
    figures: dict[str, float] = {}
    for yardstick, found in others.items():
        figures |= _scored(f"{label}.{yardstick}", name, found, gold, claims, hierarchy)
    return figures


def _majority(claims: pl.DataFrame, voter: str) -> pl.DataFrame:
    """The value that most voters state; of equally many the first in order."""
    return (
        claims.unique([voter, *_KEY, "value"])
        .group_by(*_KEY, "value")
        .agg(pl.len(), pl.col("value_num").first())
        .sort(*_KEY, "len", "value", descending=[False, False, True, False])
        .unique(_KEY, keep="first")
    )


def _scored(
    label: str,
    name: str,
    found: pl.DataFrame,
    gold: pl.DataFrame,
    claims: pl.DataFrame,
    hierarchy: Hierarchy | None,
) -> dict[str, float]:
    asked = gold if hierarchy is None else _most_specific_claimed(gold, claims)
    answers = asked.join(found, on=_KEY, how="left", suffix="_found")
    distance = (pl.col("value_num") - pl.col("value_num_found")).abs()
    right = pl.col("value") == pl.col("value_found")
    if name.startswith("flight"):
        is_time = pl.col("value_num").is_not_null()
        right = pl.when(is_time).then(distance <= _MINUTES).otherwise(right)
    elif name.startswith("population"):
        right = distance <= _PER_CENT * pl.col("value_num").abs()
    answers = answers.with_columns(right=right.fill_null(False))
    right_count = int(answers.get_column("right").sum())
    answered = answers.get_column("value_found").count()
    return {
        f"{label}.right": right_count / max(answered, 1),
        f"{label}.right_of_gold": right_count / max(gold.height, 1),
    }


def _most_specific_claimed(gold: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Gold paths ("Brooklyn,New York City,New York,USA") as their most specific claimed name."""
    return (
        gold.with_columns(path=pl.col("value").str.split(","))
        .explode("path")
        .with_columns(step=pl.int_range(pl.len()).over(_KEY))
        .drop("value")
        .rename({"path": "value"})
        .join(claims.select(*_KEY, "value").unique(), on=[*_KEY, "value"], how="semi")
        .sort(*_KEY, "step")
        .unique(_KEY, keep="first", maintain_order=True)
        .drop("step")
    )
