"""Runs do not meet in a data folder, a held file is told with its holder, a killed run is ended."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster import DagsterInstance, DagsterRunStatus

from summit_pipeline.cli.home import prepare_home
from summit_pipeline.cli.main import main
from summit_pipeline.defs.launch import reason_of
from summit_pipeline.defs.resources import WORKING_FILE, Warehouse
from summit_pipeline.warehouse import connection
from summit_pipeline.warehouse.run_lock import FILE_NAME, only_run


@dg.op
def look(warehouse: Warehouse) -> int:
    """Opens the working file, as every asset does."""
    with warehouse.open() as con:
        return int(con.sql("SELECT count(*) FROM ops.runs").fetchall()[0][0])


@dg.job
def looking() -> None:
    """A run in little."""
    look()


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


def run_in(folder: Path, instance: DagsterInstance) -> dg.ExecuteInProcessResult:
    job = looking.graph.to_job(
        resource_defs={"warehouse": Warehouse(data_dir=str(folder), wait_seconds=0.1)},
        executor_def=dg.in_process_executor,
    )
    return job.execute_in_process(instance=instance, raise_on_error=False)


def test_a_run_that_finds_another_at_work_fails_and_names_it(
    tmp_path: Path, instance: DagsterInstance
) -> None:
    with only_run(tmp_path, "the-first", 0):
        refused = run_in(tmp_path, instance)
    assert not refused.success
    (failure,) = [e for e in refused.all_events if e.is_job_failure]
    assert reason_of(failure).startswith("run the-first (process ")
    assert run_in(tmp_path, instance).success


def test_a_killed_run_is_ended_in_the_records_of_dagster(
    tmp_path: Path, instance: DagsterInstance
) -> None:
    killed = instance.create_run_for_job(looking, status=DagsterRunStatus.STARTED)
    (tmp_path / FILE_NAME).write_text(f"1 {killed.run_id}")
    assert run_in(tmp_path, instance).success
    ended = instance.get_run_by_id(killed.run_id)
    assert ended is not None
    assert ended.status is DagsterRunStatus.FAILURE


HOLD = """
import sys, duckdb
con = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
"""


def test_a_held_working_file_fails_the_run_with_its_holder(
    tmp_path: Path, instance: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection.open_working, "__defaults__", (0.2,))
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / WORKING_FILE)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdin is not None
        assert holder.stdout is not None
        holder.stdout.readline()
        refused = run_in(tmp_path, instance)
        holder.stdin.close()
    (failure,) = [e for e in refused.all_events if e.is_step_failure]
    assert reason_of(failure).startswith(f"look: {tmp_path / WORKING_FILE} is held by process ")
    assert f"process {holder.pid} " in reason_of(failure)
    assert "Wait until it has finished" in reason_of(failure)
    assert run_in(tmp_path, instance).success


def test_a_killed_run_is_ended_before_the_ui_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = prepare_home(tmp_path)
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 0)
    with DagsterInstance.get() as instance:
        killed = instance.create_run_for_job(looking, status=DagsterRunStatus.STARTED)
    (tmp_path / FILE_NAME).write_text(f"1 {killed.run_id}")
    assert main(["dev", "--data", str(tmp_path)]) == 0
    with DagsterInstance.get() as instance:
        ended = instance.get_run_by_id(killed.run_id)
    assert ended is not None
    assert ended.status is DagsterRunStatus.FAILURE
