"""The event log keeps its connections, and is otherwise Dagster's own."""

from pathlib import Path

import dagster as dg
import pytest
from dagster import DagsterInstance
from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage

from summit_pipeline.cli.home import prepare_home
from summit_pipeline.defs.event_log import PooledSqliteEventLogStorage


def test_events_of_all_runs_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = prepare_home(tmp_path)
    monkeypatch.setenv("DAGSTER_HOME", str(home))

    @dg.op
    def tell(context: dg.OpExecutionContext) -> None:
        for number in range(3):
            context.log_event(dg.AssetMaterialization("a", metadata={"number": number}))

    @dg.job
    def telling() -> None:
        tell()

    with DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, PooledSqliteEventLogStorage)
        for _ in range(3):
            assert telling.execute_in_process(instance=instance).success
    with DagsterInstance.get() as again:
        assert len(again.fetch_materializations(dg.AssetKey("a"), limit=20).records) == 9


def test_dagster_still_asks_for_connections_where_we_keep_them() -> None:
    assert "_connect" in vars(ConsolidatedSqliteEventLogStorage)
