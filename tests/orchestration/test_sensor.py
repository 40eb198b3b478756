"""The sensor starts one run for new files in watched sources, and none for old ones."""

from pathlib import Path

import dagster as dg
import pytest

from summit_pipeline import project
from summit_pipeline.defs.jobs import new_files


def tick(cursor: str | None) -> dg.SensorResult | dg.SkipReason:
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, cursor=cursor)
        result = new_files(context)
    assert isinstance(result, dg.SensorResult | dg.SkipReason)
    return result


def test_a_new_file_starts_one_run_of_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "FOLDER", tmp_path)
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nname = "inbox"\npath = "inbox"\nenabled = false\nwatch = true\n'
    )
    assert isinstance(tick(None), dg.SkipReason)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text("text")
    first = tick(None)
    assert isinstance(first, dg.SensorResult)
    (request,) = first.run_requests or []
    assert request.run_config == {"ops": {"ingest": {"config": {"only": ["inbox"]}}}}
    assert isinstance(tick(first.cursor), dg.SkipReason)
    (tmp_path / "inbox" / "b.txt").write_text("more")
    second = tick(first.cursor)
    assert isinstance(second, dg.SensorResult)
    assert second.cursor != first.cursor


def test_a_broken_sources_file_is_told_in_the_tick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "FOLDER", tmp_path)
    (tmp_path / "sources.toml").write_text("[[source]\n")
    skipped = tick(None)
    assert isinstance(skipped, dg.SkipReason)
    assert "not valid TOML" in str(skipped.skip_message)
