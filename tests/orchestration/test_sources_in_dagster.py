"""What a run of the real job tells Dagster of its sources; a bad one costs the others nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster import DagsterInstance

from summit_pipeline.defs.ingest.source_assets import source_key

ROOT = Path(__file__).parents[2]

ARTICLE = (
    "Council approves $12 million bridge\n\nSPRINGFIELD - The city council approved a $12 million "
    "bridge over the Elm river on Tuesday, officials said. “We have waited nine years for this "
    "bridge,” Mayor Anna Holt said after the vote. About 300 residents attended the meeting.\n"
)
SOURCES = """
[[source]]
name = "good"
path = "good"

[[source]]
name = "Saved Feed"
kind = "feed"
path = "saved.xml"

[[source]]
name = "gone"
path = "nowhere"

[[source]]
name = "inside"
kind = "feed"
url = "http://127.0.0.1/feed"
"""
"""A folder, a feed that is none, a folder that is not there, an address that is not fetched."""


def summit(folder: Path) -> None:
    words = ["run", "--sources", str(folder / "sources.toml"), "--data", str(folder / "data")]
    done = subprocess.run(
        [sys.executable, "-m", "summit_pipeline.cli.main", *words],
        capture_output=True, text=True, cwd=ROOT, env=os.environ, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DagsterInstance]:
    """Dagster's records after a run on these sources."""
    folder = tmp_path_factory.mktemp("sources")
    (folder / "good").mkdir()
    (folder / "good" / "a.txt").write_text(ARTICLE)
    (folder / "saved.xml").write_text("<html>moved</html>")
    (folder / "sources.toml").write_text(SOURCES)
    summit(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(folder / "data" / "dagster"))
        with DagsterInstance.get() as found:
            yield found


def verdicts(instance: DagsterInstance) -> dict[tuple[str, str], tuple[bool, str, str]]:
    """What the run's checks on sources gave, by source and check."""
    (run,) = instance.get_runs()
    events = instance.get_records_for_run(
        run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION, limit=1_000
    ).records
    found = {}
    for record in events:
        event = record.event_log_entry.dagster_event
        assert event is not None
        result = event.asset_check_evaluation_data
        if result.asset_key.path[0] == "source":
            severity = result.severity.value
            found[(result.asset_key.path[1], result.check_name)] = (
                result.passed, severity, result.description or "",
            )  # fmt: skip
    return found


def test_each_source_is_judged(instance: DagsterInstance) -> None:
    found = verdicts(instance)
    saved = source_key("Saved Feed").path[1]
    failed = {key: severity for key, (passed, severity, _) in found.items() if not passed}
    assert len(found) == 12
    assert failed == {
        ("gone", "is_alive"): "ERROR",
        ("inside", "is_alive"): "WARN",
        (saved, "yields_as_usual"): "ERROR",
    }
    assert "fetch.private_address" in found[("inside", "is_alive")][2]
    assert "`summit quarantine list`" in found[(saved, "yields_as_usual")][2]


def test_what_was_read_is_told_as_materialised_what_failed_as_observed(
    instance: DagsterInstance,
) -> None:
    def latest(name: str) -> dg.AssetMaterialization | None:
        event = instance.get_latest_materialization_event(source_key(name))
        return event.asset_materialization if event else None

    good = latest("good")
    assert good is not None
    assert good.metadata["new"].value == 1
    assert latest("Saved Feed") is not None
    assert latest("gone") is None
    observed = instance.fetch_observations(source_key("gone"), limit=1).records
    assert observed[0].asset_observation is not None
    assert "source.missing" in (observed[0].asset_observation.description or "")


def test_names_become_keys_that_dagster_takes_and_two_never_share_one() -> None:
    names = ["bbc", "a.b", "a b", "a_b", "Süddeutsche Zeitung", "news 24"]
    keys = [source_key(name) for name in names]
    assert len(set(keys)) == len(names)
    assert keys[0].path == ["source", "bbc"]
    assert all(key.path[1].isascii() and key.path[1].isidentifier() for key in keys)
