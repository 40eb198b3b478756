from collections.abc import Iterator

import duckdb
import pytest

from summit_pipeline.ingest.addresses import spellings
from summit_pipeline.ingest.identity import Names, delivery_hash
from summit_pipeline.warehouse import migrations
from summit_pipeline.warehouse.documents import read_known
from summit_pipeline.warehouse.migrations import (
    MIGRATIONS,
    Migration,
    NewerFileError,
    SchemaDriftError,
    file_version,
    migrate,
)


@pytest.fixture
def memory() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as con:
        yield con


def test_a_new_file_gets_all_tables_and_the_newest_version(
    memory: duckdb.DuckDBPyConnection,
) -> None:
    assert file_version(memory) == 0
    assert migrate(memory) == MIGRATIONS[-1].version
    assert file_version(memory) == MIGRATIONS[-1].version


def test_versions_go_up_one_by_one() -> None:
    assert [step.version for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_an_older_file_takes_only_the_steps_it_lacks(memory: duckdb.DuckDBPyConnection) -> None:
    migrate(memory)
    taken: list[int] = []
    steps = (
        *MIGRATIONS,
        Migration(len(MIGRATIONS) + 1, "one more", lambda con: taken.append(1)),
        Migration(len(MIGRATIONS) + 2, "and one", lambda con: taken.append(2)),
    )

    migrate(memory, steps)
    migrate(memory, steps)

    assert taken == [1, 2]
    assert file_version(memory) == len(MIGRATIONS) + 2


def test_a_failing_step_leaves_the_version_before(memory: duckdb.DuckDBPyConnection) -> None:
    migrate(memory)

    def fail(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("create table ops.half (a int)")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        migrate(memory, (*MIGRATIONS, Migration(len(MIGRATIONS) + 1, "breaks", fail)))

    assert file_version(memory) == len(MIGRATIONS)
    assert memory.sql("from duckdb_tables() where table_name = 'half'").fetchall() == []


def test_a_newer_file_is_refused(memory: duckdb.DuckDBPyConnection) -> None:
    migrate(memory)
    memory.execute("insert into ops.schema_version values (99, 'from the future')")

    with pytest.raises(NewerFileError, match=r"schema version 99.*update summit_pipeline"):
        migrate(memory)


def test_a_changed_derived_table_is_made_anew_with_what_follows(
    memory: duckdb.DuckDBPyConnection,
) -> None:
    migrate(memory)
    memory.execute("alter table extract.claims add column left_over int")
    for stage in ("normalise", "extract", "reconcile"):
        memory.execute("insert into ops.processed values ('v', ?, '1')", [stage])
    memory.execute(
        "insert into normalise.text_issues values "
        "('i', 'v', 'bidi', 0, 1, 'x', null, 'e', 0.5, false, 'r')"
    )

    migrate(memory)

    columns = memory.sql("select column_name from (describe extract.claims)").fetchall()
    assert ("left_over",) not in columns
    assert memory.sql("select stage from ops.processed").fetchall() == [("normalise",)]
    assert memory.sql("select count(*) from normalise.text_issues").fetchall() == [(1,)]


def test_a_derived_table_that_no_stage_writes_any_more_is_dropped(
    memory: duckdb.DuckDBPyConnection,
) -> None:
    migrate(memory)
    memory.execute("create table reconcile.retired as select 1 as a")
    memory.execute("create table ops.kept as select 1 as a")
    memory.execute("drop table reconcile.facts")

    migrate(memory)

    left = memory.sql(
        "select table_name from duckdb_tables() where table_name in ('retired', 'kept')"
    )
    assert left.fetchall() == [("kept",)]


def test_a_changed_lasting_table_is_not_touched(memory: duckdb.DuckDBPyConnection) -> None:
    migrate(memory)
    memory.execute("alter table ingest.documents add column left_over int")

    with pytest.raises(SchemaDriftError, match=r"ingest\.documents.*add a migration"):
        migrate(memory)


def test_a_table_that_a_later_version_adds_appears(memory: duckdb.DuckDBPyConnection) -> None:
    migrate(memory)
    memory.execute("drop table reconcile.facts")

    migrate(memory)

    assert memory.sql("select count(*) from reconcile.facts").fetchall() == [(0,)]
    assert migrations.file_version(memory) == MIGRATIONS[-1].version


def test_versions_of_an_older_file_get_empty_notes(memory: duckdb.DuckDBPyConnection) -> None:
    migrate(memory)
    memory.execute(
        """
        insert into ingest.document_versions
        select 'v', 'd', 's', 'l', 'o', null, 'text/plain', null, null, null, 'x'::blob, 'h',
            timestamp '2025-02-07', 'r', 'dmy', ['a'], 'en';
        create temp table kept as
        select * exclude (date_order, notes, declared_language) from ingest.document_versions;
        drop table ingest.document_versions;
        create table ingest.document_versions as select * from kept;
        delete from ops.schema_version where version > 1;
        insert into ops.schema_version values (1, 'as it was') on conflict do nothing;
        """
    )

    assert migrate(memory) == MIGRATIONS[-1].version

    rows = memory.sql("select version_id, date_order, notes from ingest.document_versions")
    assert rows.fetchall() == [("v", None, [])]


def test_documents_of_an_older_file_get_their_names_and_their_bytes(
    memory: duckdb.DuckDBPyConnection,
) -> None:
    migrate(memory)
    memory.execute(
        """
        insert into ingest.documents values
            ('d', 's', 'g-1', 'guid', timestamp '2025-02-07', 'r'),
            ('e', 's', 'a.txt', 'path', timestamp '2025-02-07', 'r');
        insert into ingest.document_versions
        select 'v' || d, d, 's', 'l', 'o', u, 'text/plain', null, 'Tä', null, 'x'::blob, 'h',
            timestamp '2025-02-07', 'r', null, [], null
        from (values ('d', 'http://www.a.example/1/?utm_source=x'), ('e', null)) as t(d, u);
        drop table ingest.document_names;
        drop table ingest.deliveries;
        alter table ops.runs drop column twins;
        alter table ops.runs drop column withdrawn;
        delete from ops.schema_version;
        insert into ops.schema_version values (2, 'as it was');
        """
    )

    migrate(memory)

    known = read_known(memory, ["s"])
    body = delivery_hash("Tä", b"x")
    assert known.deliveries == {"d": {body: "vd"}, "e": {body: "ve"}}
    guid = Names(None, "g-1", (), "")
    address = spellings("https://a.example/1")
    assert address is not None
    moved = Names(None, None, (address,), "")
    path = Names("a.txt", None, (), "")
    found = [known.documents.candidates("s", names) for names in (guid, moved, path)]
    assert found == [["d"], ["d"], ["e"]]


def test_changes_of_ids_outlive_that_events_have_some_too(
    memory: duckdb.DuckDBPyConnection,
) -> None:
    migrate(memory)
    memory.execute(
        """
        insert into ops.id_changes values ('story', 'a', 'b', 'renamed', 'r', '2025-02-07');
        delete from ops.schema_version where version > 8;
        insert into ops.schema_version values (8, 'as it was') on conflict do nothing;
        """
    )

    assert migrate(memory) == MIGRATIONS[-1].version

    memory.execute(
        "insert into ops.id_changes select * replace ('event' as kind) from ops.id_changes"
    )
    kinds = memory.sql("select kind, old_id, new_id from ops.id_changes order by kind").fetchall()
    assert kinds == [("event", "a", "b"), ("story", "a", "b")]
