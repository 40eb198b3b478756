"""Runs a suite with Great Expectations; the only module that imports it, and only when called.

Importing it takes about 4 s of CPU, so loading the code location or a run without checks must not
pay for it. It works on pandas frames: it has no DuckDB or Polars backend that works (1.24).

Belongs here: translating rules and results. Does not belong here: any rule (`suites`, `findings`).
"""

import functools
import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from summit_pipeline.expectations.rules import Expectation, Suite
from summit_pipeline.vocabulary import Severity

# A page of a screen; the count tells the rest.
SHOWN_ROWS = 10

_SEVERITIES: dict[Severity, str] = {"error": "critical", "warn": "warning", "info": "info"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule found.

    `unexpected_share` is the share of the rows that were looked at, between 0 and 1. `problem`
    tells why a rule could not be applied at all (a missing column); such a rule has not passed.
    """

    name: str
    passed: bool
    severity: Severity
    description: str
    unexpected_count: int
    unexpected_share: float
    first_rows: pl.DataFrame
    problem: str | None = None


def prepare() -> None:
    """Import Great Expectations ahead of the first validation."""
    _great_expectations()


def validate(frame: pl.DataFrame, suite: Suite) -> tuple[Outcome, ...]:
    """Run every rule of a suite on a frame; outcomes stand in the order of the rules."""
    gx = _great_expectations()
    from great_expectations import expectations as kinds

    batch = _whole_frames().get_batch(batch_parameters={"dataframe": frame.to_pandas()})
    translated = gx.ExpectationSuite(
        name=suite.name,
        expectations=[
            getattr(kinds, rule.kind)(
                **rule.arguments,
                severity=_SEVERITIES[rule.severity],
                meta={"name": rule.name},
            )
            for rule in suite.expectations
        ],
    )
    results = batch.validate(translated, result_format={"result_format": "COMPLETE"}).results
    by_name = {result.expectation_config.meta["name"]: result for result in results}
    return tuple(_outcome(rule, by_name[rule.name], frame) for rule in suite.expectations)


def all_passed(suite: Suite) -> tuple[Outcome, ...]:
    """The outcomes of a suite that has passed as a whole."""
    return tuple(
        Outcome(rule.name, True, rule.severity, rule.description, 0, 0.0, pl.DataFrame())
        for rule in suite.expectations
    )


def _great_expectations() -> Any:
    """The package, imported without telemetry."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    with warnings.catch_warnings():
        # Its own imports of deprecated standard modules are nothing that users can change.
        warnings.filterwarnings("ignore", r"module 'sre_\w+' is deprecated")
        import great_expectations
    return great_expectations


@functools.cache
def _whole_frames() -> Any:
    """What makes a batch of a frame; made once, for it costs as much as three rules."""
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = _great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    frames = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    return frames.add_batch_definition_whole_dataframe("all")


def _outcome(rule: Expectation, result: Any, frame: pl.DataFrame) -> Outcome:
    found: Mapping[str, Any] = result.result or {}
    rows = [int(row) for row in found.get("unexpected_index_list") or ()]
    problem = _problem(result) or _mismatch(found)
    return Outcome(
        name=rule.name,
        passed=bool(result.success),
        severity=rule.severity,
        description=rule.description,
        unexpected_count=int(found.get("unexpected_count") or 0),
        unexpected_share=float(found.get("unexpected_percent") or 0) / 100,
        first_rows=_shown(frame[sorted(rows)[:SHOWN_ROWS]]),
        problem=None if result.success else problem,
    )


def _shown(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without the columns that tell nothing about them."""
    return rows.select(column for column in rows if column.null_count() < rows.height)


def _problem(result: Any) -> str | None:
    """The message of the error that kept a rule from being applied."""
    raised = result.exception_info or {}
    details = [raised, *(value for value in raised.values() if isinstance(value, Mapping))]
    return next((str(d["exception_message"]) for d in details if d.get("exception_message")), None)


def _mismatch(found: Mapping[str, Any]) -> str | None:
    """Which columns are missing or too many, for the rule on a table's columns."""
    mismatched = (found.get("details") or {}).get("mismatched")
    if not mismatched:
        return None
    return "; ".join(f"columns {how}: {', '.join(names)}" for how, names in mismatched.items())
