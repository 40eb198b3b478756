"""Speed and memory of truth discovery on 10 million generated claims, in a process of its own.

A million items with ten claims each by 1,000 sources of accuracies between 0.5 and 0.95; a tenth of
the sources copy another one. Nothing but the speed is meant to be read from it.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from summit_pipeline.reconcile.truth_discovery.discovery import discover

_CLAIMS_PER_ITEM = 10
_SOURCES = 1_000
_FALSE_VALUES = 8
_DIFFERENT_VALUES = 100_003


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, items in (("1m", 100_000), ("10m", 1_000_000)):
        code = f"from benchmarks.truth_speed import measured; measured({items})"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[1],
            check=True,
            capture_output=True,
            text=True,
        )
        for figure, value in json.loads(done.stdout).items():
            figures[f"{name}.{figure}"] = value
    return figures


def measured(items: int) -> None:
    """Print the figures of one run as JSON."""
    claims = generated(items)
    began, cpu = time.perf_counter(), time.process_time()
    found = discover(claims)
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    true = found.values.select(
        pl.format(
            "value {}",
            pl.col("object").str.strip_prefix("object ").cast(pl.Int64) * 7 % _DIFFERENT_VALUES,
        )
    ).to_series()
    right = found.values.get_column("value") == true
    print(
        json.dumps(
            {
                "claims": claims.height,
                "seconds": seconds,
                "cpu_seconds": cpu_seconds,
                "peak_mb": peak,
                "families": found.sources.get_column("family").n_unique(),
                "right": float(right.mean()),  # type: ignore[arg-type]
            }
        )
    )


def generated(items: int, seed: int = 7) -> pl.DataFrame:
    """Claims in no order; value 0 of an item is the true one."""
    chance = np.random.default_rng(seed)
    count = items * _CLAIMS_PER_ITEM
    source = chance.integers(0, _SOURCES, count)
    item = np.repeat(np.arange(items), _CLAIMS_PER_ITEM)
    copies = source % 10 == 9
    judge = np.where(copies, source - 1, source)
    accuracy = 0.5 + 0.45 * ((judge * 7_919) % 1_000) / 1_000
    # What a source says of an item depends on the two alone, so that copies say the same.
    dice = _mixed(judge * 10_000_019 + item)
    false = 1 + (dice >> np.uint64(40)) % np.uint64(_FALSE_VALUES)
    right = (dice & np.uint64(0xFFFFF)) / 2**20 < accuracy
    value = np.where(right, 0, false.astype(np.int64))
    order = chance.permutation(count)
    return (
        pl.DataFrame({"s": source[order], "i": item[order], "v": value[order]})
        .lazy()
        .select(
            source=pl.format("source {}", "s"),
            object=pl.format("object {}", "i"),
            attribute=pl.lit("attribute"),
            value=pl.format("value {}", (pl.col("i") * 7 + pl.col("v")) % _DIFFERENT_VALUES),
        )
        .collect()
    )


def _mixed(keys: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): even bits from counting keys."""
    mixed = keys.astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))
