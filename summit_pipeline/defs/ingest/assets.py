"""Assets of stage 1: what the sources hold."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
from pydantic import Field

from summit_pipeline import project
from summit_pipeline.defs.ingest.source_assets import SOURCES, source_keys
from summit_pipeline.defs.resources import Warehouse
from summit_pipeline.defs.table_assets import materialised, table_specs
from summit_pipeline.execution.code_version import code_version
from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.ingest.sources import (
    Source,
    chosen_sources,
    read_sources,
    sources_from_inputs,
)
from summit_pipeline.warehouse import ledger

TABLES = (
    "ingest.documents",
    "ingest.document_names",
    "ingest.document_versions",
    "ingest.deliveries",
    "ingest.observations",
    "ingest.tombstones",
    "ops.quarantine",
)


class IngestConfig(dg.Config):
    """Where documents come from in this run."""

    inputs: list[str] = Field(default_factory=list)
    """Folders, files and addresses to read instead of the configured sources."""
    fetch_pages: bool = False
    """Whether to fetch the pages that such addresses of feeds and sitemaps link to."""
    only: list[str] = Field(default_factory=list)
    """Names of configured sources to read, enabled or not; empty: all that are enabled."""
    sources_file: str = ""
    """Another sources file; empty: the project's sources.toml."""

    def sources(self) -> tuple[Source, ...]:
        """The sources of the run: the inputs, else those of the sources file."""
        if self.inputs:
            return sources_from_inputs(self.inputs, Path.cwd(), fetch_pages=self.fetch_pages)
        file = Path(self.sources_file) if self.sources_file else project.sources_file()
        return chosen_sources(read_sources(file), self.only)


@dg.multi_asset(specs=table_specs("ingest", TABLES, source_keys(SOURCES)), name="ingest")
def ingest(
    context: dg.AssetExecutionContext, config: IngestConfig, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Read every source; keep the bytes of what is new, quarantine what cannot be used."""
    now = datetime.now(UTC).replace(tzinfo=None)
    with warehouse.transaction() as con:
        ledger.start_run(con, context.run_id, now, code_version("ingest"))
    counts = run_ingest(warehouse.transaction, config.sources(), context.run_id, now)
    came_in = {
        "seen": counts.seen,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "quarantined": counts.quarantined,
        "skipped": counts.skipped,
    }
    with warehouse.open() as con:
        yield from materialised(con, TABLES, came_in)
