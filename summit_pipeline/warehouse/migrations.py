"""Brings a working file to the tables that this version of the code knows.

Belongs here: creating all tables in a new file, and the ordered steps for older files. Does not
belong here: the tables (`tables`).

Two kinds of tables, two ways. What sources held and what people decided (`ingest`, `ops`) cannot be
made again: their columns change only through a migration below. All else is derived: when a derived
table's definition has changed, it is dropped and made anew, with those of later stages, and the
stages work the versions off again.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from summit_pipeline.ingest.addresses import spellings
from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.macros import excerpt_macro
from summit_pipeline.warehouse.table import (
    Table,
    comment_statements,
    create_statement,
    identifier,
    qualified,
)
from summit_pipeline.warehouse.tables import ALL_TABLES, DERIVED_STAGES

Connection = duckdb.DuckDBPyConnection

MODEL_SCHEMAS = ("staging", "intermediate", "marts")

_VERSIONS = "ops.schema_version"


class NewerFileError(RuntimeError):
    """The file was written by a later version of the code."""


class SchemaDriftError(RuntimeError):
    """A table that cannot be made again differs from its definition and no migration says how."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from the version before to `version`, run in a transaction of its own."""

    version: int
    description: str
    apply: Callable[[Connection], None]


def create_all(con: Connection) -> None:
    """Create every schema and every registered table that is not there yet, with comments."""
    schemas = dict.fromkeys([*(table.schema for table in ALL_TABLES), *MODEL_SCHEMAS])
    for schema in schemas:
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {identifier(schema)}")
    existing = _definitions(con)
    for table in ALL_TABLES:
        if table.full_name not in existing:
            create(con, table)


def create(con: Connection, table: Table) -> None:
    """Create one table with its comments."""
    con.execute(create_statement(table))
    described = {column.name: column.description for column in table.columns}
    con.execute(comment_statements(table.full_name, table.description, described))


def _add_notes_to_versions(con: Connection) -> None:
    """Versions get the date order of their source and what reading them needed.

    DuckDB cannot add a NOT NULL column, nor change a table that its key's index depends on.
    """
    con.execute(
        """
        CREATE TEMP TABLE _versions AS SELECT * FROM ingest.document_versions;
        DROP TABLE ingest.document_versions;
        CREATE TABLE ingest.document_versions (
            "version_id" VARCHAR NOT NULL,
            "document_id" VARCHAR NOT NULL,
            "source" VARCHAR NOT NULL,
            "locator" VARCHAR NOT NULL,
            "outlet" VARCHAR NOT NULL,
            "url" VARCHAR,
            "media_type" VARCHAR NOT NULL
                CHECK ("media_type" IN ('text/plain', 'text/markdown', 'text/html')),
            "declared_encoding" VARCHAR,
            "title_field" VARCHAR,
            "published_field" VARCHAR,
            "body" BLOB NOT NULL,
            "body_hash" VARCHAR NOT NULL,
            "first_seen_at" TIMESTAMP NOT NULL,
            "first_run_id" VARCHAR NOT NULL,
            "date_order" VARCHAR CHECK ("date_order" IN ('dmy', 'mdy')),
            "notes" VARCHAR[] NOT NULL,
            PRIMARY KEY ("version_id")
        );
        INSERT INTO ingest.document_versions SELECT *, NULL, [] FROM _versions;
        DROP TABLE _versions;
        """
    )


def _name_documents(con: Connection) -> None:
    """Documents get the names by which they are found again, and the bytes they were delivered in.

    A file from before knows of each document only what its locator and its address say.
    """
    con.execute(
        """
        CREATE TABLE IF NOT EXISTS ingest.document_names (
            "document_id" VARCHAR NOT NULL,
            "source" VARCHAR NOT NULL,
            "kind" VARCHAR NOT NULL CHECK ("kind" IN ('path', 'guid', 'address', 'content')),
            "name" VARCHAR NOT NULL,
            "canonical" VARCHAR,
            "first_run_id" VARCHAR NOT NULL,
            PRIMARY KEY ("document_id", "kind", "name")
        );
        CREATE TABLE IF NOT EXISTS ingest.deliveries (
            "document_id" VARCHAR NOT NULL,
            "delivery_hash" VARCHAR NOT NULL,
            "version_id" VARCHAR NOT NULL,
            "size" BIGINT NOT NULL,
            "first_seen_at" TIMESTAMP NOT NULL,
            "first_run_id" VARCHAR NOT NULL,
            PRIMARY KEY ("document_id", "delivery_hash")
        );
        INSERT OR IGNORE INTO ingest.deliveries (
            document_id, delivery_hash, version_id, size, first_seen_at, first_run_id
        )
        SELECT document_id, sha256(encode(coalesce(title_field, '')) || '\x1f'::BLOB || body),
            any_value(version_id), any_value(octet_length(body)), min(first_seen_at),
            arg_min(first_run_id, first_seen_at)
        FROM ingest.document_versions GROUP BY ALL;
        INSERT OR IGNORE INTO ingest.document_names
        SELECT document_id, source, identity_basis, locator, NULL, first_run_id
        FROM ingest.documents WHERE identity_basis IN ('path', 'guid');
        ALTER TABLE ops.runs ADD COLUMN IF NOT EXISTS "twins" BIGINT;
        ALTER TABLE ops.runs ADD COLUMN IF NOT EXISTS "withdrawn" BIGINT;
        """
    )
    addresses = con.sql(
        "SELECT DISTINCT ON (document_id) d.document_id, d.source, v.url, d.first_run_id "
        "FROM ingest.documents d JOIN ingest.document_versions v USING (document_id) "
        "WHERE v.url IS NOT NULL AND d.identity_basis <> 'path' "
        "ORDER BY v.first_seen_at, v.version_id"
    ).fetchall()
    for document_id, source, url, run_id in addresses:
        both = spellings(url)
        if both is not None:
            con.execute(
                "INSERT OR IGNORE INTO ingest.document_names VALUES (?, ?, 'address', ?, ?, ?)",
                [document_id, source, both.exact, both.canonical, run_id],
            )


def _remember_tries(con: Connection) -> None:
    """What was quarantined tells which state of the code refused it, and is not tried in vain."""
    con.execute('ALTER TABLE ops.quarantine ADD COLUMN IF NOT EXISTS "tried_with" VARCHAR')


def _tell_how_ids_changed(con: Connection) -> None:
    """Changes of ids get their kind; one id may have several followers. No row was ever written."""
    con.execute(
        """
        DROP TABLE ops.id_changes;
        CREATE TABLE ops.id_changes (
            "kind" VARCHAR NOT NULL
                CHECK ("kind" IN ('story', 'fact', 'value', 'claim', 'disagreement')),
            "old_id" VARCHAR NOT NULL,
            "new_id" VARCHAR NOT NULL,
            "change" VARCHAR NOT NULL CHECK ("change" IN ('renamed', 'merged', 'split')),
            "run_id" VARCHAR NOT NULL,
            "changed_at" TIMESTAMP NOT NULL,
            PRIMARY KEY ("kind", "old_id", "new_id")
        );
        """
    )


def _recognise_items(con: Connection) -> None:
    """Deliveries get the hash by which an item with all its names is known at once."""
    con.execute('ALTER TABLE ingest.deliveries ADD COLUMN IF NOT EXISTS "item_hash" VARCHAR')


def _declare_languages(con: Connection) -> None:
    """Versions get the language that their source is configured with."""
    con.execute(
        'ALTER TABLE ingest.document_versions ADD COLUMN IF NOT EXISTS "declared_language" VARCHAR'
    )


def _remember_entries(con: Connection) -> None:
    """Pages behind links get what their entries say, so that they can be looked at without them."""
    for column in ("guid", "published"):
        con.execute(
            f'ALTER TABLE IF EXISTS ops.page_states ADD COLUMN IF NOT EXISTS "{column}" VARCHAR'
        )


def _tell_how_events_changed(con: Connection) -> None:
    """Changes of ids may be those of events."""
    con.execute(
        """
        CREATE TEMP TABLE kept_id_changes AS SELECT * FROM ops.id_changes;
        DROP TABLE ops.id_changes;
        CREATE TABLE ops.id_changes (
            "kind" VARCHAR NOT NULL
                CHECK ("kind" IN ('story', 'event', 'fact', 'value', 'claim', 'disagreement')),
            "old_id" VARCHAR NOT NULL,
            "new_id" VARCHAR NOT NULL,
            "change" VARCHAR NOT NULL CHECK ("change" IN ('renamed', 'merged', 'split')),
            "run_id" VARCHAR NOT NULL,
            "changed_at" TIMESTAMP NOT NULL,
            PRIMARY KEY ("kind", "old_id", "new_id")
        );
        INSERT INTO ops.id_changes SELECT * FROM kept_id_changes;
        DROP TABLE kept_id_changes;
        """
    )


# Version 1 is where every file starts: it holds whatever the registry holds. Add later steps below;
# a step must not call `create_all`, so that it does the same for ever.
MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "all tables of the registry", create_all),
    Migration(2, "date order and reading notes of versions", _add_notes_to_versions),
    Migration(3, "names of documents, bytes of deliveries, twins and withdrawals", _name_documents),
    Migration(4, "what quarantined items were tried with", _remember_tries),
    Migration(5, "how ids changed", _tell_how_ids_changed),
    Migration(6, "hashes of whole items", _recognise_items),
    Migration(7, "declared languages of versions", _declare_languages),
    Migration(8, "what entries say of the pages behind them", _remember_entries),
    Migration(9, "how ids of events changed", _tell_how_events_changed),
)


def migrate(con: Connection, migrations: tuple[Migration, ...] = MIGRATIONS) -> int:
    """Bring the file to the newest version and return that version; safe to call at every start.

    Raises:
        NewerFileError: if the file's version is higher than the newest known here.
        SchemaDriftError: if a table of ingest or ops still differs from its definition.
    """
    newest = migrations[-1].version
    current = file_version(con)
    if current > newest:
        raise NewerFileError(
            f"this file has schema version {current}, the code knows {newest}: "
            "update summit_pipeline, or use another data folder"
        )
    if current == newest and _is_current(con):
        return newest
    with store.transaction(con):
        con.execute("CREATE SCHEMA IF NOT EXISTS ops")
        con.execute(
            f"CREATE TABLE IF NOT EXISTS {_VERSIONS} "
            "(version BIGINT PRIMARY KEY, description VARCHAR NOT NULL)"
        )
        if current == 0:
            create_all(con)
            _record(con, migrations[-1])
    for step in migrations:
        if 0 < current < step.version:
            with store.transaction(con):
                step.apply(con)
                _record(con, step)
    with store.transaction(con):
        _remake_derived(con)
        create_all(con)
        con.execute(excerpt_macro("marts"))
    return newest


def file_version(con: Connection) -> int:
    """The schema version that the file carries; 0 for a new file."""
    if _VERSIONS not in _definitions(con):
        return 0
    return int(con.sql(f"SELECT coalesce(max(version), 0) FROM {_VERSIONS}").fetchall()[0][0])


def _record(con: Connection, step: Migration) -> None:
    con.execute(f"INSERT INTO {_VERSIONS} VALUES (?, ?)", [step.version, step.description])


def _definitions(con: Connection) -> dict[str, str]:
    """The CREATE TABLE statements of a database, as DuckDB tells them."""
    rows = con.sql(
        "SELECT schema_name || '.' || table_name, sql FROM duckdb_tables() "
        "WHERE database_name = current_database() AND NOT temporary"
    ).fetchall()
    return {str(name): str(sql) for name, sql in rows}


def _is_current(con: Connection) -> bool:
    """Whether nothing is left to do: so that every asset may call `migrate` at small cost."""
    found = _definitions(con)
    return all(found.get(name) == wanted for name, wanted in _wanted_definitions().items())


@functools.cache
def _wanted_definitions() -> dict[str, str]:
    """The same for the registry, as DuckDB would tell them of a new file."""
    schemas = {table.schema for table in ALL_TABLES}
    script = [f"CREATE SCHEMA {identifier(schema)}" for schema in sorted(schemas)]
    script += [create_statement(table) for table in ALL_TABLES]
    with duckdb.connect(":memory:") as blueprint:
        blueprint.execute(";\n".join(script))
        return _definitions(blueprint)


def _remake_derived(con: Connection) -> None:
    """Drop retired derived tables, and all from the first stage on that has a changed one."""
    wanted = _wanted_definitions()
    found = _definitions(con)
    for name in found.keys() - wanted.keys():
        if name.partition(".")[0] in DERIVED_STAGES:
            con.execute(f"DROP TABLE {qualified(name)}")
    changed = [
        table
        for table in ALL_TABLES
        if table.full_name in found and found[table.full_name] != wanted[table.full_name]
    ]
    lasting = [table.full_name for table in changed if table.schema not in DERIVED_STAGES]
    if lasting:
        raise SchemaDriftError(
            f"{', '.join(lasting)}: the file's columns differ from the code's and no migration "
            "tells how to change them; use another data folder, or add a migration"
        )
    if not changed:
        return
    first = min(DERIVED_STAGES.index(table.schema) for table in changed)
    stages = DERIVED_STAGES[first:]
    for table in ALL_TABLES:
        if table.schema in stages and table.full_name in found:
            con.execute(f"DROP TABLE {qualified(table.full_name)}")
    for stage in stages:
        con.execute("DELETE FROM ops.processed WHERE stage = ?", [stage])
    if "ops.reconciled" in found:
        con.execute("DELETE FROM ops.reconciled")
