"""Checks on each source: alive, not silent, yielding as usual.

Belongs here: from verdicts to check results and events. Does not belong here: the verdicts
(`ingest.source_health`).

None of them blocks: a source that died stops nobody else's articles. A source that was never read
is not judged.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import dagster as dg

from summit_pipeline.defs.ingest.source_assets import SOURCES, read_event, source_key
from summit_pipeline.defs.resources import Warehouse
from summit_pipeline.defs.table_assets import asset_key
from summit_pipeline.ingest.source_health import Verdict, is_alive, is_not_silent, yields_as_usual
from summit_pipeline.ingest.tables import FetchState, SourceRead
from summit_pipeline.vocabulary import Severity
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.ops_tables import CheckResult
from summit_pipeline.warehouse.source_book import read_book

_CHECKS = {
    "is_alive": "It could be read at its last turn.",
    "is_not_silent": "Something new comes within twice the time that it takes at its slowest.",
    "yields_as_usual": "A read gives about as many usable items as it used to.",
}


def _verdicts(
    reads: tuple[SourceRead, ...], state: FetchState | None, now: datetime
) -> Mapping[str, Verdict]:
    return {
        "is_alive": is_alive(reads[-1], state),
        "is_not_silent": is_not_silent(reads, now),
        "yields_as_usual": yields_as_usual(reads),
    }


def _result(key: dg.AssetCheckKey, verdict: Verdict) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=key.asset_key,
        check_name=key.name,
        passed=verdict.level == "fine",
        severity=dg.AssetCheckSeverity.ERROR
        if verdict.level == "error"
        else dg.AssetCheckSeverity.WARN,
        description=verdict.reason,
    )


def _record(
    run_id: str, source: str, name: str, verdict: Verdict, checked_at: datetime
) -> CheckResult:
    severity: Severity = "error" if verdict.level == "error" else "warn"
    return CheckResult(
        run_id=run_id,
        asset=f"source.{source}",
        check_name=name,
        passed=verdict.level == "fine",
        severity=severity,
        blocking=False,
        description=verdict.reason,
        offending_count=int(verdict.level != "fine"),
        first_rows="[]",
        checked_at=checked_at,
    )


def _specs() -> Iterator[dg.AssetCheckSpec]:
    for source in SOURCES:
        for name, description in _CHECKS.items():
            yield dg.AssetCheckSpec(
                name,
                asset=source_key(source.name),
                description=description,
                additional_deps=[asset_key("ops.quarantine")],
            )


def _check_sources(
    context: dg.AssetCheckExecutionContext, warehouse: Warehouse
) -> Iterator[dg.AssetCheckResult]:
    """Judge all sources, and tell Dagster what this run has read of them.

    All, not only those read: a silence grows between the turns, and Dagster shows a check that gave
    no result in the last run as not evaluated. The book keeps the verdicts of those read.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    run_id = context.run.run_id
    with warehouse.transaction() as con:
        book = read_book(con)
        read_now = {s: reads[-1] for s, reads in book.reads.items() if reads[-1].run_id == run_id}
        verdicts = {
            source: _verdicts(reads, book.states.get(source), now)
            for source, reads in book.reads.items()
        }
        records = [
            _record(run_id, source, name, verdict, now)
            for source in read_now
            for name, verdict in verdicts[source].items()
        ]
        ledger.record_checks(con, records)
    for source in (source.name for source in SOURCES if source.name in verdicts):
        if source in read_now:
            context.op_execution_context.log_event(read_event(read_now[source]))
        for name, verdict in verdicts[source].items():
            key = dg.AssetCheckKey(source_key(source), name)
            if key in context.selected_asset_check_keys:
                yield _result(key, verdict)


# A sources file without sources gives no checks, and Dagster takes no step without any.
source_checks = (
    [
        dg.multi_asset_check(specs=list(_specs()), name="source_checks", can_subset=True)(
            _check_sources
        )
    ]
    if SOURCES
    else []
)
