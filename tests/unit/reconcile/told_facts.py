"""What the claims of a made story come to in the public tables, through the SQL models.

The stage's rows are laid into an empty warehouse, and the models between them and the tables asked
for are made anew; the two models on versions hold what is made up of the documents.
"""

import atexit
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import duckdb
import polars as pl

from summit_pipeline.ingest.tables import Tombstone
from summit_pipeline.reconcile.outlet_accuracies import outlet_accuracies
from summit_pipeline.reconcile.slotting.parties import StoryNames
from summit_pipeline.reconcile.slotting.readings import Source
from summit_pipeline.reconcile.story_pass import relate_story
from summit_pipeline.reconcile.tables import (
    ClaimRelation,
    Fact,
    FactValue,
    OutletAccuracy,
    QuotationWording,
    SlottedClaim,
)
from summit_pipeline.rows import Row, frame, read
from summit_pipeline.sql_runner.models import Model, load_models
from summit_pipeline.sql_runner.runner import VIEW_LAYER
from summit_pipeline.vocabulary import Claim
from summit_pipeline.warehouse import migrations, store
from summit_pipeline.warehouse.public_facts import (
    PublicDisagreement,
    PublicFact,
    PublicFactValue,
    PublicRelation,
)
from summit_pipeline.warehouse.tables import ALL_TABLES

_STORY = "story"
_SEEN = datetime(2025, 2, 10)
_MADE_UP = ("intermediate.versions", "intermediate.judged_versions")
_MADE = (
    "intermediate.value_claims", "intermediate.value_support", "intermediate.compared_claims",
    "intermediate.compared_values", "intermediate.differing_values", "intermediate.fact_support",
    "intermediate.first_runs", "marts.facts", "marts.fact_values", "marts.relations",
    "marts.disagreements",
)  # fmt: skip

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Told:
    """Public rows, and those of the stage that hold votes and wordings."""

    facts: list[PublicFact]
    values: list[PublicFactValue]
    relations: list[PublicRelation]
    disagreements: list[PublicDisagreement]
    slotted: list[SlottedClaim]
    wordings: list[QuotationWording]


def told(claims: Sequence[Claim], sources: Mapping[str, Source]) -> Told:
    """Bring the claims of one story together and read what the public tables say of them."""
    found = relate_story(_STORY, claims, sources, StoryNames([]))
    con = _warehouse()
    stored = {
        "extract.claims": frame(Claim, claims),
        "ingest.tombstones": frame(Tombstone, _tombstones(sources)),
        "reconcile.slotted_claims": frame(SlottedClaim, found.slotted),
        "reconcile.relations": frame(ClaimRelation, found.relations),
        "reconcile.facts": frame(Fact, found.facts),
        "reconcile.fact_values": frame(FactValue, found.values),
        "reconcile.outlet_accuracies": frame(OutletAccuracy, outlet_accuracies()),
    }
    with store.transaction(con):
        for name, rows in stored.items():
            store.replace_all(con, name, rows)
        con.register("_versions", _versions(sources))
        for name in _MADE_UP:
            con.execute(f"DELETE FROM {name}")
            columns = ", ".join(set(con.sql(f"FROM {name}").columns) & set(_VERSION_COLUMNS))
            con.execute(f"INSERT INTO {name} BY NAME SELECT {columns} FROM _versions")
        con.unregister("_versions")
        for model in _models():
            if model.full_name in _MADE:
                con.execute(f"CREATE OR REPLACE TABLE {model.full_name} AS {model.sql}")
    return Told(
        _rows(con, PublicFact, "marts.facts ORDER BY fact_id"),
        _rows(con, PublicFactValue, "marts.fact_values ORDER BY fact_id, rank"),
        _rows(con, PublicRelation, "marts.relations ORDER BY claim_a, claim_b"),
        _rows(con, PublicDisagreement, "marts.disagreements ORDER BY disagreement_id"),
        found.slotted,
        found.wordings,
    )


@functools.cache
def _warehouse() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(":memory:")
    migrations.migrate(con)
    for model in _models():
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {model.schema}")
        kind = "VIEW" if model.schema == VIEW_LAYER else "TABLE"
        con.execute(f"CREATE {kind} {model.full_name} AS {model.sql}")
    return con


# DuckDB's binding complains of what is alive when the interpreter ends.
atexit.register(_warehouse.cache_clear)


@functools.cache
def _models() -> tuple[Model, ...]:
    return load_models(table.full_name for table in ALL_TABLES)


_VERSION_COLUMNS = (
    "version_id", "document_id", "is_current", "story_id", "outlet", "origin", "is_origin_known",
    "text_grade", "is_damaged", "first_seen_at", "first_run_id",
)  # fmt: skip


def _versions(sources: Mapping[str, Source]) -> pl.DataFrame:
    rows = [
        (
            version, s.document_id, True, _STORY, s.outlet, s.origin, s.origin_known, s.grade,
            s.is_spun, _SEEN, "run",
        )
        for version, s in sources.items()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=list(_VERSION_COLUMNS), orient="row")


def _tombstones(sources: Mapping[str, Source]) -> list[Tombstone]:
    return [
        Tombstone(
            document_id=s.document_id, withdrawn_at=_SEEN, reason="request", detail="", run_id=None
        )
        for s in sources.values()
        if s.is_withdrawn
    ]


def _rows(con: duckdb.DuckDBPyConnection, row: type[R], table: str) -> list[R]:
    return read(row, con.sql(f"FROM {table}").pl())
