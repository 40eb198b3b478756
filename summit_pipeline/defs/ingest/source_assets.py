"""Each configured source as an asset outside the pipeline: what the tables of ingest come from.

Belongs here: their specs and freshness, and the events that tell what a run read. Does not belong
here: reading (the asset `ingest`), checks on them (`source_checks`).

The sources file is read when the code location is loaded: after a change of it, reload the location
in the UI. A file that cannot be read gives no source assets; the next run tells why.
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

import dagster as dg

from summit_pipeline import project
from summit_pipeline.ingest.sources import Source, SourceError, read_sources
from summit_pipeline.ingest.tables import SourceRead

# A source on disk is read at each run; the schedule `nightly` makes that one a day.
_DAY = timedelta(days=1)


def source_key(name: str) -> dg.AssetKey:
    """The asset of a source: its name, in letters that Dagster takes; two never share one."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in name)
    if safe != name:
        safe = f"{safe}_{hashlib.sha256(name.encode()).hexdigest()[:6]}"
    return dg.AssetKey(["source", safe])


def configured_sources() -> tuple[Source, ...]:
    """The sources that runs read of themselves: enabled ones, and watched ones."""
    try:
        sources = read_sources(project.sources_file())
    except SourceError:
        return ()
    return tuple(source for source in sources if source.enabled or source.watch)


def source_spec(source: Source) -> dg.AssetSpec:
    """A source as an external asset; late is what is older than two intervals and an hour."""
    interval = timedelta(minutes=source.interval_minutes) if source.url else _DAY
    place = source.url or str(source.path)
    return dg.AssetSpec(
        key=source_key(source.name),
        description=f"Source '{source.name}', a {source.kind}: {place}",
        group_name="sources",
        kinds={source.kind},
        freshness_policy=dg.FreshnessPolicy.time_window(
            warn_window=2 * interval + timedelta(hours=1), fail_window=4 * interval + _DAY
        ),
        metadata={"place": place, "licence": source.licence or "not noted"},
    )


def read_event(read: SourceRead) -> dg.AssetMaterialization | dg.AssetObservation:
    """What a run read of a source: a materialisation, or an observation where it failed."""
    counts = {
        "items": read.items,
        "new": read.new,
        "changed": read.changed,
        "quarantined": read.quarantined,
    }
    key = source_key(read.source)
    if read.outcome == "failed":
        return dg.AssetObservation(
            key, description=f"Could not be read ({read.reason}).", metadata=counts
        )
    told = "Read." if read.outcome == "read" else "The server says that nothing has changed."
    return dg.AssetMaterialization(key, description=told, metadata=counts)


def source_keys(sources: Iterable[Source]) -> list[dg.AssetKey]:
    """The assets of sources."""
    return [source_key(source.name) for source in sources]


SOURCES = configured_sources()

source_assets = [source_spec(source) for source in SOURCES]
