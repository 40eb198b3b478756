"""A working file with a long history: real articles worked off once, then copied under other ids.

Copies of a document have ids, versions and claims of their own and lie years before it, so that
they form stories of their own; all else is real: how many claims a text has and of what kinds, how
large stories are, how long texts. Copying is done in SQL, table by table: reading a million claims
takes half an hour, and none of that is what `rerun_scale` measures.

Belongs here: filling the file. Does not belong here: what is measured on it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.killed_run import EARLY
from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.execution.reconciling import run_reconcile, run_stories
from summit_pipeline.execution.stages import run_extract, run_normalise
from summit_pipeline.execution.story_rows import compare_stories, mark_worked_off
from summit_pipeline.ingest.sources import Source
from summit_pipeline.sql_runner.models import load_models
from summit_pipeline.sql_runner.runner import run_models
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.store import transaction
from summit_pipeline.warehouse.table import Table
from summit_pipeline.warehouse.tables import ALL_TABLES

START = datetime(2025, 2, 10)
MODELS = load_models([table.full_name for table in ALL_TABLES])
WORKERS = 2
YEARS_APART = 5
"""Between a document and its next copy: more than the articles span, so no copy meets another."""

# Columns that hold ids; a copy's are hashes of these and its number. Runs, slots, outlets stay.
_IDS = frozenset(
    (
        *("document_id", "other_document_id", "version_id", "claim_id", "issue_id", "utterance_id"),
        *("fact_id", "fact_a", "fact_b", "value_id", "claim_a", "claim_b", "remark_id"),
        *("locator", "url", "delivery_hash", "item_hash", "body_hash"),
    )
)
_OF_DOCUMENTS = ("ingest", "normalise", "extract")
# What the grouping makes itself of the copies.
_OF_GROUPING = frozenset(("story_members", "story_articles", "likenesses", "story_joins"))


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The working file with its tables in their present form."""
    with open_working(path) as con:
        migrate(con)
        yield con


@contextmanager
def transact(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A transaction on the working file, as an asset has it."""
    with opened(path) as con, transaction(con):
        yield con


def ingest(path: Path, articles: Sequence[Mapping[str, Any]], number: int) -> None:
    """Have run `number` find these articles (title, text, date, source, url) in a dump."""
    dump = path.with_name(f"dump{number}.jsonl")
    with dump.open("w", encoding="utf-8") as stream:
        for article in articles:
            record = {
                "guid": article["doc_id"],
                "url": article["url"],
                "outlet": article["source"],
                "title": article["title"],
                "text": article["text"],
                "published_at": article["date"],
            }
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    at = START + timedelta(hours=number)
    with transact(path) as con:
        ledger.start_run(con, f"run{number}", at, "benchmark")
    run_ingest(lambda: transact(path), [Source("dump", "dump", dump)], f"run{number}", at)
    dump.unlink()


def run_early_models(path: Path) -> None:
    """The models that tell which version is current, which the reconcile stage reads."""
    with opened(path) as con:
        run_models(con, tuple(model for model in MODELS if model.full_name in EARLY))


def fill(path: Path, articles: Sequence[Mapping[str, Any]], copies: int) -> None:
    """Make a working file of these articles and so many copies of each, all worked off.

    Raises:
        AssertionError: if the grouping does not give the copies' stories the documents that the
            originals' have.
    """
    ingest(path, articles, 0)
    with transact(path) as con:
        run_normalise(con, WORKERS)
        run_extract(con, WORKERS)
    run_early_models(path)
    with transact(path) as con:
        run_stories(con)
        run_reconcile(con, WORKERS)
    with opened(path) as con:
        for table in ALL_TABLES:
            if table.schema in _OF_DOCUMENTS:
                _copy(con, table, copies)
        con.execute(
            "INSERT INTO ops.processed SELECT v.version_id, p.stage, p.code_version "
            "FROM (SELECT DISTINCT stage, code_version FROM ops.processed) AS p "
            "CROSS JOIN ingest.document_versions AS v ANTI JOIN ops.processed AS o "
            "ON o.version_id = v.version_id AND o.stage = p.stage"
        )
    run_early_models(path)
    _group_and_copy_results(path, copies)


def _group_and_copy_results(path: Path, copies: int) -> None:
    """Group all, then give the copies' stories what the originals' came to."""
    with opened(path) as con:
        con.execute("CREATE TEMP TABLE _before AS FROM reconcile.story_members")
        with transaction(con):
            run_stories(con)
        con.execute(
            "CREATE TEMP TABLE _story_of AS "
            "SELECT c.k, b.story_id AS old_id, min(m.story_id) AS story_id "
            f"FROM _before AS b CROSS JOIN range(1, {copies + 1}) AS c (k) "
            f"JOIN reconcile.story_members AS m ON m.document_id = {_copied('b.document_id')} "
            "GROUP BY ALL"
        )
        for table in ALL_TABLES:
            if table.schema == "reconcile" and table.name not in _OF_GROUPING:
                _copy(con, table, copies)
        split = con.sql(
            f"SELECT count(*) FROM _before AS b CROSS JOIN range(1, {copies + 1}) AS c (k) "
            f"JOIN reconcile.story_members AS m ON m.document_id = {_copied('b.document_id')} "
            "LEFT JOIN _story_of AS s ON s.k = c.k AND s.old_id = b.story_id "
            "AND s.story_id = m.story_id WHERE s.story_id IS NULL"
        ).fetchall()[0][0]
        if split:
            raise AssertionError(f"{split} copies are not in the story of their siblings")
        with transaction(con):
            con.execute("DELETE FROM ops.reconciled")
            mark_worked_off(con, compare_stories(con))


def _copied(column: str) -> str:
    """The id that copy `c.k` has for the one in a column."""
    return f"left(md5({column} || '/' || c.k), 16)"


def _copy(con: duckdb.DuckDBPyConnection, table: Table, copies: int) -> None:
    """Insert the copies of a table's rows; a table that tells of no document has none."""
    if not _IDS.intersection(table.key):
        return
    values = []
    for name in table.column_names:
        column = f"t.{name}"
        if name == "story_id":
            column = "s.story_id"
        elif name in _IDS:
            column = f"CASE WHEN {column} <> '' THEN {_copied(column)} ELSE {column} END"
        elif name == "published_at":
            column = f"{column} - to_years(({YEARS_APART} * c.k)::INTEGER)"
        elif table.full_name == "ingest.document_names" and name in ("name", "canonical"):
            column = f"{column} || '#' || c.k"
        values.append(column)
    join = "JOIN _story_of AS s ON s.old_id = t.story_id AND s.k = c.k"
    con.execute(
        f"INSERT INTO {table.full_name} SELECT {', '.join(values)} FROM {table.full_name} AS t "
        f"CROSS JOIN range(1, {copies + 1}) AS c (k) "
        f"{join if 'story_id' in table.column_names else ''}"
    )
