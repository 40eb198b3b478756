"""All checks, in one step: contracts of the tables, SQL checks, and findings.

Belongs here: how a rule's outcome becomes a Dagster check result and a row of `ops.check_results`.
Does not belong here: rules (`expectations`, `dbt_like_sql/checks/`).

Findings (sources disagree, a text is damaged) are warnings and never block. What blocks is a public
table that cannot be used. Tables check each other crosswise, so a rule that blocked its own table
would have to wait for itself; therefore every result stands on its own table, and one check on the
candidate, `can_be_published`, sums up those that block.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import dagster as dg
import duckdb
import polars as pl

from summit_pipeline.defs.marts.assets import MODELS
from summit_pipeline.defs.marts.published import CANDIDATE
from summit_pipeline.defs.resources import Checks, Warehouse
from summit_pipeline.defs.table_assets import asset_key
from summit_pipeline.expectations.checker import Validation
from summit_pipeline.expectations.findings import IN_WORDS, finding_suites
from summit_pipeline.expectations.rules import Suite
from summit_pipeline.expectations.suites import contract_suites
from summit_pipeline.sql_runner.checks import SqlCheck, load_checks, run_check
from summit_pipeline.vocabulary import Severity
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.ops_tables import CheckResult
from summit_pipeline.warehouse.tables import OPS_TABLES

_SEVERITIES = {
    "error": dg.AssetCheckSeverity.ERROR,
    "warn": dg.AssetCheckSeverity.WARN,
    "info": dg.AssetCheckSeverity.WARN,
}

# Text that a source wrote goes into table metadata only, cut: a cell is no place for an article.
_CELL_CHARACTERS = 200

KEEPS_ITS_CONTRACT = "keeps_its_contract"

_CONTRACTS = contract_suites()
_FINDINGS = finding_suites()
_MODEL_NAMES = [model.full_name for model in MODELS]
_SQL_CHECKS = load_checks([*_MODEL_NAMES, *(table.full_name for table in OPS_TABLES)])


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one check, whichever kind it is."""

    name: str
    passed: bool
    severity: Severity
    blocking: bool
    description: str
    offending_count: int
    first_rows: pl.DataFrame


def _suite_verdicts(suite: Suite, validation: Validation) -> Iterator[Verdict]:
    """The outcome of each rule of a suite."""
    for outcome in validation.outcomes():
        yield Verdict(
            outcome.name,
            outcome.passed,
            outcome.severity,
            suite.blocking and outcome.severity == "error",
            _told(outcome.description, outcome.unexpected_count, outcome.first_rows)
            if outcome.problem is None
            else f"{outcome.description} Not so: {outcome.problem}",
            outcome.unexpected_count,
            outcome.first_rows,
        )


def _contract_verdict(suite: Suite, verdicts: Sequence[Verdict], *, repeated: bool) -> Verdict:
    """A table's contract as one check: what is broken of it, or that all rules hold."""
    told = f"{_contract(suite)} (The rows are those that passed in the last run.)"
    broken = [verdict for verdict in verdicts if not verdict.passed]
    return Verdict(
        KEEPS_ITS_CONTRACT,
        not broken,
        "error",
        True,
        " ".join(verdict.description for verdict in broken)
        or (told if repeated else _contract(suite)),
        sum(verdict.offending_count for verdict in broken),
        broken[0].first_rows if broken else pl.DataFrame(),
    )


def _contract(suite: Suite) -> str:
    """The sentences of a contract."""
    return " ".join(rule.description for rule in suite.expectations)


def _sql_verdict(con: duckdb.DuckDBPyConnection, check: SqlCheck) -> Verdict:
    result = run_check(con, check)
    return Verdict(
        check.name,
        result.passed,
        check.severity,
        check.blocking,
        _told(check.description, result.offending_count, result.first_rows),
        result.offending_count,
        result.first_rows,
    )


def _told(rule: str, count: int, rows: pl.DataFrame) -> str:
    """The rule, and where it is broken: how often and, where a row tells itself, by what."""
    if count == 0:
        return rule
    found = f"{rule} Found {count:,}"
    if IN_WORDS not in rows.columns:
        return f"{found}; the table shows the first."
    sentences = [str(text)[:_CELL_CHARACTERS] for text in rows[IN_WORDS].head(3)]
    return f"{found}: {'; '.join(sentences)}{' ...' if count > len(sentences) else '.'}"


def _result(table: str, verdict: Verdict) -> dg.AssetCheckResult:
    metadata: dict[str, dg.TableMetadataValue | int] = {"offending": verdict.offending_count}
    if not verdict.passed and verdict.first_rows.height:
        shown = verdict.first_rows.select(
            pl.all().exclude(IN_WORDS, "^is_new_.*$").cast(pl.String, strict=False)
        )
        metadata["first_rows"] = dg.MetadataValue.table(
            [
                dg.TableRecord({k: (v or "")[:_CELL_CHARACTERS] for k, v in row.items()})
                for row in shown.iter_rows(named=True)
            ]
        )
    return dg.AssetCheckResult(
        asset_key=asset_key(table),
        check_name=verdict.name,
        passed=verdict.passed,
        severity=_SEVERITIES[verdict.severity],
        description=verdict.description,
        metadata=metadata,
    )


def _record(table: str, run_id: str, verdict: Verdict) -> CheckResult:
    rows = verdict.first_rows.with_columns(pl.all().cast(pl.String, strict=False)).to_dicts()
    return CheckResult(
        run_id=run_id,
        asset=table,
        check_name=verdict.name,
        passed=verdict.passed,
        severity=verdict.severity,
        blocking=verdict.blocking,
        description=verdict.description,
        offending_count=verdict.offending_count,
        first_rows=json.dumps(rows if not verdict.passed else [], ensure_ascii=False),
        checked_at=datetime.now(UTC).replace(tzinfo=None),
    )


def _specs() -> Iterator[dg.AssetCheckSpec]:
    for suite in _CONTRACTS:
        yield dg.AssetCheckSpec(
            KEEPS_ITS_CONTRACT, asset=asset_key(suite.table), description=_contract(suite)
        )
    for suite in _FINDINGS:
        for rule in suite.expectations:
            yield dg.AssetCheckSpec(
                rule.name, asset=asset_key(suite.table), description=rule.description
            )
    for check in _SQL_CHECKS:
        yield dg.AssetCheckSpec(
            check.name, asset=asset_key(check.model), description=check.description
        )
    yield dg.AssetCheckSpec(
        "can_be_published",
        asset=CANDIDATE,
        description="No rule is broken without which a public table cannot be used.",
        blocking=True,
        additional_deps=[asset_key(name) for name in (*_MODEL_NAMES, "ops.quarantine")],
    )


@dg.multi_asset_check(specs=list(_specs()))
def checks(
    context: dg.AssetCheckExecutionContext, warehouse: Warehouse, suites: Checks
) -> Iterator[dg.AssetCheckResult]:
    """All checks, each on its own table; the last result tells whether to publish."""
    run_id = context.run.run_id
    checker = suites.checker
    with warehouse.transaction() as con:
        # All suites are handed over first: they are validated while the SQL checks run here.
        begun = [(suite, checker.start(con, suite)) for suite in (*_CONTRACTS, *_FINDINGS)]
        by_sql = [(check.model, _sql_verdict(con, check)) for check in _SQL_CHECKS]
        by_suite = [(suite, v, list(_suite_verdicts(suite, v))) for suite, v in begun]
        rules = [(suite.table, verdict) for suite, _, found in by_suite for verdict in found]
        ledger.record_checks(con, [_record(t, run_id, v) for t, v in (*rules, *by_sql)])
    checker.passed.save()
    verdicts = [
        (suite.table, verdict)
        for suite, validation, found in by_suite
        for verdict in (
            [_contract_verdict(suite, found, repeated=validation.is_repeated)]
            if suite in _CONTRACTS
            else found
        )
    ]
    verdicts += by_sql
    yield from (_result(table, verdict) for table, verdict in verdicts)
    broken = [f"{table}: {v.description}" for table, v in verdicts if v.blocking and not v.passed]
    yield dg.AssetCheckResult(
        asset_key=CANDIDATE,
        check_name="can_be_published",
        passed=not broken,
        severity=dg.AssetCheckSeverity.ERROR,
        description=" ".join(broken) or "Every public table keeps what its definition promises.",
    )
