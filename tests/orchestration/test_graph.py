"""The asset graph, reviewed as a snapshot: keys, groups, dependencies and checks only.

After a wanted change: UPDATE_SNAPSHOT=1 pytest tests/orchestration/test_graph.py; review the diff.
"""

import os
from pathlib import Path

import dagster as dg
import pytest

from summit_pipeline.definitions import defs

SNAPSHOT = Path(__file__).with_name("graph.txt")


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    return defs()


def name(key: dg.AssetKey) -> str:
    """A key as drawn; the sources are whatever sources.toml has."""
    return "source/*" if key.path[0] == "source" else key.to_user_string()


def drawn(definitions: dg.Definitions) -> str:
    """The graph as lines that read well in a review."""
    graph = definitions.resolve_asset_graph()
    lines = []
    for key in sorted({name(k): k for k in graph.get_all_asset_keys()}.values(), key=name):
        node = graph.get(key)
        deps = sorted({name(parent) for parent in node.parent_keys})
        lines.append(f"{name(key)}  [{node.group_name}]")
        lines += [f"    <- {dep}" for dep in deps]
        lines += [f"    ? {check.name}" for check in sorted(node.check_keys)]
    for job in definitions.jobs or []:
        lines.append(f"job {job.name}")
    schedules = [s for s in definitions.schedules or [] if isinstance(s, dg.ScheduleDefinition)]
    lines += [f"schedule {s.name} {s.cron_schedule}" for s in schedules]
    lines += [f"sensor {s.name}" for s in definitions.sensors or []]
    return "\n".join(lines) + "\n"


def test_the_graph_is_the_reviewed_one(definitions: dg.Definitions) -> None:
    graph = drawn(definitions)
    if os.environ.get("UPDATE_SNAPSHOT"):
        SNAPSHOT.write_text(graph)
    assert graph == SNAPSHOT.read_text()


def test_every_table_asset_is_described_with_columns_and_kinds(
    definitions: dg.Definitions,
) -> None:
    graph = definitions.resolve_asset_graph()
    public = [k for k in graph.get_all_asset_keys() if k.path[0] == "marts"]
    assert len(public) == 16
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.description, key
        assert node.kinds, key
        if key.path[0] in ("ingest", "normalise", "extract", "reconcile", "marts"):
            schema = node.metadata["dagster/column_schema"]
            assert all(column.description for column in schema.columns), key


def test_every_source_is_late_at_some_time(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    sources = [k for k in graph.get_all_asset_keys() if k.path[0] == "source"]
    assert sources
    assert all(graph.get(key).freshness_policy for key in sources)


def test_runs_are_in_process_and_only_unusable_tables_block(definitions: dg.Definitions) -> None:
    job = definitions.resolve_job_def("summit")
    assert job.executor_def.name == "in_process"
    graph = definitions.resolve_asset_graph()
    assert [k.name for k in graph.asset_check_keys if graph.get(k).blocking] == ["can_be_published"]
