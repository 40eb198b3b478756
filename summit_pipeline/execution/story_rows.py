"""What is stored of stories, reached by story: documents, what they were made from, what came out.

A story is worked off again when its members or any code before it have changed; `ops.reconciled`
holds the signature of what each story was made from. Which those are is told from ids, in SQL: a
run that changes one story reads the texts and claims of that one, whatever the history holds.

Belongs here: signatures, reading the rows of some stories, clearing and storing them. Does not
belong here: working stories off (`reconciling`), or which document belongs to which story
(`reconcile.grouping`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import polars as pl

from summit_pipeline.execution.code_version import code_version
from summit_pipeline.warehouse import store

Connection = duckdb.DuckDBPyConnection

_WITHDRAWN = "SELECT document_id FROM ingest.tombstones WHERE returned_at IS NULL"

# Which version is current is told in one place, the model that `marts` reads too.
_DOCUMENTS = f"""
SELECT v.document_id, v.version_id, v.source, v.outlet, v.url,
    t.title, t.raw_text, t.clean_text, t.language, t.published_at, t.published_basis,
    t.dateline_place, t.agencies, t.text_grade, t.text_grade_score, t.text_grade_reason,
    v.document_id IN ({_WITHDRAWN}) AS is_withdrawn
FROM intermediate.versions n
JOIN ingest.document_versions v USING (version_id)
JOIN normalise.texts t USING (version_id)
WHERE n.is_current
"""

# What each story is made from: its current versions, which of them are withdrawn, and the code of
# this stage and those before.
_SIGNATURES = f"""
SELECT m.story_id, md5($code || ' ' || string_agg(
    m.version_id || CASE WHEN m.document_id IN ({_WITHDRAWN}) THEN ' withdrawn' ELSE '' END,
    ' ' ORDER BY m.version_id
)) AS signature
FROM reconcile.story_members m
JOIN intermediate.versions n USING (version_id)
WHERE n.is_current
GROUP BY m.story_id
ORDER BY m.story_id
"""

# How the rows of outdated stories are found in each table. A version may have gone to another
# story, or out of all, so what belongs to versions and documents is told by those that stayed.
_STAYED = "reconcile.story_members ANTI JOIN _summit_pending USING (story_id)"
_OUTDATED = {
    "slotted_claims": "story_id IN (SELECT story_id FROM _summit_outdated)",
    "relations": "story_id IN (SELECT story_id FROM _summit_outdated)",
    "facts": "story_id IN (SELECT story_id FROM _summit_outdated)",
    "fact_values": "fact_id IN (SELECT fact_id FROM _summit_facts)",
    "quotation_wordings": "remark_id IN (SELECT fact_id FROM _summit_facts)",
    "judgements": f"version_id NOT IN (SELECT version_id FROM {_STAYED})",
    "sibling_issues": f"version_id NOT IN (SELECT version_id FROM {_STAYED})",
    "origin_evidence": f"document_id NOT IN (SELECT document_id FROM {_STAYED})",
}


@dataclass(frozen=True, slots=True)
class Stories:
    """The stories that there are now, against those that were worked off.

    Attributes:
        pending: `story_id` and `signature` of those that are new or changed.
        outdated: `story_id` of those worked off that have changed or are no more.
    """

    pending: pl.DataFrame
    outdated: pl.DataFrame


@dataclass(frozen=True, slots=True)
class StoryRows:
    """What stories are worked out from.

    Attributes:
        documents: rows of `StoryDocument` with their `story_id`, ordered by story and document.
        claims: rows of `Claim` of these documents.
        names: rows of `NameMention` of these documents.
    """

    documents: pl.DataFrame
    claims: pl.DataFrame
    names: pl.DataFrame


def compare_stories(con: Connection) -> Stories:
    """Which stories of the grouping are not as they were when they were last worked off."""
    code = [code_version(stage) for stage in ("normalise", "extract", "reconcile")]
    now: pl.DataFrame = con.sql(_SIGNATURES, params={"code": " ".join(code)}).pl()
    known = store.read(con, "ops.reconciled")
    same = ["story_id", "signature"]
    return Stories(
        pending=now.join(known, on=same, how="anti"),
        outdated=known.join(now, on=same, how="anti").select("story_id"),
    )


def story_documents(con: Connection, versions: Sequence[str] | pl.Series) -> pl.DataFrame:
    """These versions as the reconcile stage reads them, if they are current."""
    con.register("_summit_members", pl.DataFrame({"version_id": versions}))
    documents: pl.DataFrame = con.sql(
        f"SELECT d.* FROM ({_DOCUMENTS}) d SEMI JOIN _summit_members USING (version_id) "
        "ORDER BY d.document_id"
    ).pl()
    con.unregister("_summit_members")
    return documents


def read_stories(con: Connection, stories: pl.DataFrame) -> StoryRows:
    """The rows of the stories whose `story_id` the frame holds."""
    story_ids = stories.get_column("story_id")
    members = store.read_where(con, "reconcile.story_members", "story_id", story_ids)
    con.register("_summit_members", members.select("version_id", "story_id"))
    documents: pl.DataFrame = con.sql(
        f"SELECT d.*, m.story_id FROM ({_DOCUMENTS}) d JOIN _summit_members m USING (version_id) "
        "ORDER BY m.story_id, d.document_id"
    ).pl()
    con.unregister("_summit_members")
    versions = documents.get_column("version_id")
    return StoryRows(
        documents,
        store.read_where(con, "extract.claims", "version_id", versions),
        store.read_where(con, "extract.names", "version_id", versions),
    )


def remove_outdated(con: Connection, stories: Stories) -> None:
    """Remove the rows of stories that have changed or are no more."""
    outdated = stories.outdated.get_column("story_id")
    facts = store.read_where(con, "reconcile.facts", "story_id", outdated)
    named = {
        "_summit_outdated": stories.outdated,
        "_summit_pending": stories.pending.select("story_id"),
        "_summit_facts": facts.select("fact_id"),
    }
    for name, frame in named.items():
        con.register(name, frame)
    for table, condition in _OUTDATED.items():
        con.execute(f"DELETE FROM reconcile.{table} WHERE {condition}").fetchall()
    for name in named:
        con.unregister(name)


def mark_worked_off(con: Connection, stories: Stories) -> None:
    """Note what the pending stories were made from, and forget those that are no more."""
    gone = pl.concat([stories.outdated, stories.pending.select("story_id")])
    store.replace_where(
        con, "ops.reconciled", stories.pending, "story_id", gone.get_column("story_id")
    )
