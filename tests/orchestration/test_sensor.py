"""The sensor asks for one run of all that is due, none while one is at work; nothing is lost."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from dagster import DagsterInstance, DagsterRunStatus

from summit_pipeline import project
from summit_pipeline.defs.ingest import due_sources as module
from summit_pipeline.defs.ingest.due_sources import due_sources
from summit_pipeline.ingest.tables import FetchState
from summit_pipeline.rows import frame
from summit_pipeline.warehouse.run_lock import FILE_NAME

NOW = datetime.now(UTC).replace(tzinfo=None)
SOURCES = """
[[source]]
name = "inbox"
path = "inbox"
enabled = false
watch = true

[[source]]
name = "news"
url = "https://example.org/feed"

[[source]]
name = "off"
url = "https://example.org/off"
enabled = false
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder that is also the data folder; the feed was fetched and is not due."""
    monkeypatch.setattr(project, "FOLDER", tmp_path)
    monkeypatch.delenv(project.SOURCES_VARIABLE, raising=False)
    monkeypatch.setenv("SUMMIT_DATA_DIR", str(tmp_path))
    (tmp_path / "sources.toml").write_text(SOURCES)
    remember(tmp_path, NOW + timedelta(hours=1))
    return tmp_path


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


def remember(folder: Path, next_due_at: datetime) -> None:
    """Publish a fetch state of the feed."""
    state = FetchState(
        source="news", url="https://example.org/feed", status="ok", next_due_at=next_due_at
    )
    states = frame(FetchState, [state])
    (folder / "summit.duckdb").unlink(missing_ok=True)
    with duckdb.connect(str(folder / "summit.duckdb")) as con:
        con.register("states", states)
        con.execute("CREATE SCHEMA ops; CREATE TABLE ops.fetch_states AS FROM states")


def tick(instance: DagsterInstance, cursor: str | None = None) -> dg.SensorResult:
    result = due_sources(dg.build_sensor_context(instance=instance, cursor=cursor))
    if isinstance(result, dg.SkipReason):
        return dg.SensorResult(skip_reason=result, cursor=cursor)
    assert isinstance(result, dg.SensorResult)
    return result


def names(result: dg.SensorResult) -> list[str]:
    """The sources that the tick asks for."""
    requests = result.run_requests or []
    assert len(requests) <= 1
    for request in requests:
        only: list[str] = request.run_config["ops"]["ingest"]["config"]["only"]
        return only
    return []


def skipped(result: dg.SensorResult) -> str:
    assert result.skip_reason is not None
    return result.skip_reason.skip_message or ""


def made_of(
    instance: DagsterInstance, result: dg.SensorResult, status: DagsterRunStatus | None = None
) -> dg.DagsterRun:
    """The run that Dagster makes of the request."""
    (request,) = result.run_requests or []
    return instance.create_run_for_job(
        dg.GraphDefinition("summit").to_job(),
        tags={"dagster/run_key": request.run_key or ""},
        status=status,
    )


def test_nothing_is_due(folder: Path, instance: DagsterInstance) -> None:
    assert skipped(tick(instance)) == "no source is due"
    (folder / "inbox").mkdir()
    assert skipped(tick(instance)) == "no source is due"


def test_one_run_for_all_that_is_due(folder: Path, instance: DagsterInstance) -> None:
    (folder / "inbox").mkdir()
    (folder / "inbox" / "a.txt").write_text("text")
    remember(folder, NOW - timedelta(minutes=1))
    first = tick(instance)
    assert names(first) == ["inbox", "news"]
    made_of(instance, first, DagsterRunStatus.SUCCESS)
    remember(folder, NOW + timedelta(hours=1))
    second = tick(instance, first.cursor)
    assert names(second) == []
    (folder / "inbox" / "b.txt").write_text("more")
    assert names(tick(instance, second.cursor)) == ["inbox"]


def test_the_same_due_things_have_the_same_run_key(folder: Path, instance: DagsterInstance) -> None:
    remember(folder, NOW - timedelta(minutes=1))
    keys = {(tick(instance).run_requests or [])[0].run_key for _ in range(2)}
    assert len(keys) == 1
    remember(folder, NOW - timedelta(minutes=2))
    assert (tick(instance).run_requests or [])[0].run_key not in keys


def test_what_was_never_fetched_is_due(folder: Path, instance: DagsterInstance) -> None:
    (folder / "summit.duckdb").unlink()
    assert names(tick(instance)) == ["news"]
    (folder / "sources.toml").write_text(SOURCES.replace("org/feed", "org/moved"))
    remember(folder, NOW + timedelta(hours=1))
    assert names(tick(instance)) == ["news"]


def test_no_run_is_asked_for_while_one_is_at_work(folder: Path, instance: DagsterInstance) -> None:
    remember(folder, NOW - timedelta(minutes=1))
    first = tick(instance)
    made_of(instance, first)
    assert "at work" in skipped(tick(instance, first.cursor))


def test_files_of_a_failed_run_are_asked_for_again_but_not_at_once(
    folder: Path, instance: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "inbox").mkdir()
    (folder / "inbox" / "a.txt").write_text("text")
    first = tick(instance)
    (request,) = first.run_requests or []
    instance.report_run_failed(made_of(instance, first))
    waiting = tick(instance, first.cursor)
    assert "the last run failed" in skipped(waiting)
    monkeypatch.setattr(module, "RETRY_AFTER", timedelta(0))
    again = tick(instance, waiting.cursor)
    assert names(again) == ["inbox"]
    assert (again.run_requests or [])[0].run_key != request.run_key


def test_a_killed_run_blocks_the_queue_no_longer(folder: Path, instance: DagsterInstance) -> None:
    killed = instance.create_run_for_job(
        dg.GraphDefinition("summit").to_job(), status=DagsterRunStatus.STARTED
    )
    remember(folder, NOW - timedelta(minutes=1))
    assert "at work" in skipped(tick(instance))
    (folder / FILE_NAME).write_text(f"1 {killed.run_id}")
    assert names(tick(instance)) == ["news"]
    ended = instance.get_run_by_id(killed.run_id)
    assert ended is not None
    assert ended.status is DagsterRunStatus.FAILURE


def test_a_source_that_cannot_be_looked_at_costs_the_others_nothing(
    folder: Path, instance: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "inbox").mkdir()
    (folder / "inbox" / "a.txt").write_text("text")

    def refuse(*_: object) -> None:
        raise PermissionError("no right to read it")

    monkeypatch.setattr(Path, "rglob", refuse)
    assert "'inbox' cannot be looked at: no right" in skipped(tick(instance))
    remember(folder, NOW - timedelta(minutes=1))
    assert names(tick(instance)) == ["news"]


def test_a_broken_sources_file_or_cursor_is_no_end(folder: Path, instance: DagsterInstance) -> None:
    remember(folder, NOW - timedelta(minutes=1))
    for cursor in ("no JSON", "[]", json.dumps({"other": 1})):
        assert names(tick(instance, cursor)) == ["news"]
    (folder / "sources.toml").write_text("[[source]\n")
    assert "not valid TOML" in skipped(tick(instance))
