"""What each source gave in a run, as one row a source: the record that its habits are learned from.

Belongs here: the counts of one run by source. Does not belong here: what they tell about a source
(`source_health`), or the sums of the run (`harvest`).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from summit_pipeline.ingest.harvest import Counts
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.tables import FetchState, ReadOutcome, SourceRead

NO_SOURCE = "source.missing"
"""Code of the rejection that stands for a folder or file which is not there."""


def source_reads(
    sources: Iterable[Source],
    states: Mapping[str, FetchState],
    counts: Mapping[str, Counts],
    missing: Collection[str],
    run_id: str,
    at: datetime,
) -> list[SourceRead]:
    """One row for each source that was read or tried in the run.

    Args:
        sources: the sources of the run.
        states: the states of the fetched ones after the run, by name.
        counts: what the run brought, by source.
        missing: sources that are not there.
        run_id: the run.
        at: the time of the run (UTC); a state that was tried at that time had its turn.
    """
    rows = []
    for source in {source.name: source for source in sources}.values():
        state = states.get(source.name)
        if source.url is not None and (state is None or state.last_attempt_at != at):
            continue
        count = counts.get(source.name, Counts())
        outcome, reason = _outcome(state, at) if state else _on_disk(source.name in missing)
        rows.append(
            SourceRead(
                run_id=run_id,
                source=source.name,
                read_at=at,
                outcome=outcome,
                reason=reason,
                items=count.documents,
                new=count.new,
                changed=count.changed,
                quarantined=count.quarantined,
            )
        )
    return rows


def _outcome(state: FetchState, at: datetime) -> tuple[ReadOutcome, str | None]:
    if state.status != "ok":
        return "failed", state.reason
    return ("read" if state.last_full_at == at else "not_modified"), None


def _on_disk(is_missing: bool) -> tuple[ReadOutcome, str | None]:
    return ("failed", NO_SOURCE) if is_missing else ("read", None)
