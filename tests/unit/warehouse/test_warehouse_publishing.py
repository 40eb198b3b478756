import stat
from pathlib import Path

import duckdb
import pytest

from summit_pipeline.warehouse import publishing
from summit_pipeline.warehouse.connection import open_published
from summit_pipeline.warehouse.publishing import PublishingError, publish


@pytest.fixture
def working(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    con.execute("create table marts.facts as select 1 as fact_id, ['AP'] as origins")
    con.execute("comment on table marts.facts is 'Facts, it''s said.'")
    con.execute("comment on column marts.facts.fact_id is 'the fact'")
    con.execute("insert into ops.runs values ('r1', '2024-01-01', null, 1,1,0,0,0,0,'1',null,0,0)")
    return con


def values(link: Path) -> list[tuple[int]]:
    with open_published(link) as reader:
        return [(int(v),) for (v,) in reader.sql("select fact_id from marts.facts").fetchall()]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_readers_get_marts_ops_macro_and_comments_only(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    done = publish(working, tmp_path)

    with open_published(done.link) as reader:
        schemas = reader.sql("select distinct schema_name from duckdb_tables() order by 1")
        assert schemas.fetchall() == [("marts",), ("ops",)]
        assert reader.sql("from duckdb_tables() where table_name = 'processed'").fetchall() == []
        assert reader.sql("from marts.facts").fetchall() == [(1, ["AP"])]
        assert reader.sql("select marts.excerpt('ab😀cd', 2, 4)").fetchall() == [("😀c",)]
        comments = reader.sql(
            "select t.comment, c.comment from duckdb_tables() t join duckdb_columns() c "
            "using (schema_name, table_name) where table_name = 'facts' and column_name = 'fact_id'"
        )
        assert comments.fetchall() == [("Facts, it's said.", "the fact")]
        assert reader.sql("select run_id from ops.runs").fetchall() == [("r1",)]


def test_the_link_is_relative_and_its_target_read_only(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    done = publish(working, tmp_path)

    assert done.link.is_symlink()
    assert done.link.readlink() == Path("snapshots/summit-000001.duckdb")
    assert stat.S_IMODE(done.snapshot.stat().st_mode) == 0o444


def test_storage_version_is_one_that_older_shells_open(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    done = publish(working, tmp_path)

    with open_published(done.link) as reader:
        tags = reader.sql("select tags from duckdb_databases() where not internal").fetchall()
    assert "v1.5.0" in str(tags)


def test_a_reader_keeps_its_snapshot_and_the_next_one_gets_the_new(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    link = publish(working, tmp_path).link
    reader = duckdb.connect(str(link), read_only=True)
    for number in range(2, 5):
        working.execute("update marts.facts set fact_id = ?", [number]).fetchall()
        publish(working, tmp_path)

        assert values(link) == [(number,)]
        assert reader.sql("select fact_id from marts.facts").fetchall() == [(1,)]
    reader.close()


def test_the_last_three_snapshots_are_kept(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for _ in range(5):
        publish(working, tmp_path)

    assert names(tmp_path / "snapshots") == [f"summit-00000{n}.duckdb" for n in (3, 4, 5)]
    assert names(tmp_path) == ["snapshots", "summit.duckdb", "work.duckdb", "work.duckdb.wal"]


def test_unchanged_marts_still_get_the_new_ops(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    first = publish(working, tmp_path)
    working.execute("insert into ops.runs values ('r2','2024-01-02',null,0,0,0,0,0,0,'1',null,0,0)")

    second = publish(working, tmp_path)

    assert (first.marts_changed, second.marts_changed) == (True, False)
    assert values(second.link) == [(1,)]
    with open_published(second.link) as reader:
        assert reader.sql("select count(*) from ops.runs").fetchall() == [(2,)]
        assert reader.sql("select marts.excerpt('abc', 0, 1)").fetchall() == [("a",)]


@pytest.mark.parametrize(
    "change",
    [
        "update marts.facts set fact_id = 2",
        "update marts.facts set origins = ['AP', 'Post']",
        "insert into marts.facts from marts.facts",
        "delete from marts.facts",
        "create table marts.more as select 1 as a",
        "drop table marts.facts",
    ],
)
def test_any_change_of_marts_is_published(
    working: duckdb.DuckDBPyConnection, tmp_path: Path, change: str
) -> None:
    publish(working, tmp_path)
    working.execute(change).fetchall()

    assert publish(working, tmp_path).marts_changed


def test_another_order_of_rows_is_no_change(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    working.execute("insert into marts.facts values (2, ['Post'])")
    publish(working, tmp_path)
    working.execute("create or replace table marts.facts as from marts.facts order by fact_id desc")

    assert not publish(working, tmp_path).marts_changed


STEPS = ("_write", "_sync", "_point", "_remove_old")


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_leaves_readers_a_whole_file(
    working: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    step: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link = publish(working, tmp_path).link
    working.execute("update marts.facts set fact_id = 2").fetchall()

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publishing, step, killed)
        with pytest.raises(KeyboardInterrupt):
            publish(working, tmp_path)
    assert values(link) == ([(2,)] if step == "_remove_old" else [(1,)])

    publish(working, tmp_path)
    assert values(link) == [(2,)]
    assert not [n for n in names(tmp_path / "snapshots") if n.startswith(".")]


def test_a_kill_while_writing_leaves_a_file_that_the_next_run_removes(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    publish(working, tmp_path)
    left_over = tmp_path / "snapshots" / ".being-written-summit-000002.duckdb"
    left_over.write_bytes(b"half a file")
    left_over.with_name(left_over.name + ".wal").write_bytes(b"half a log")
    (tmp_path / ".being-written-summit.duckdb").symlink_to("nowhere")

    publish(working, tmp_path)

    assert names(tmp_path / "snapshots") == ["summit-000001.duckdb", "summit-000002.duckdb"]
    assert not (tmp_path / ".being-written-summit.duckdb").is_symlink()


def test_the_file_is_on_the_disk_before_it_has_its_name(
    working: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    sync, point = publishing._sync, publishing._point
    monkeypatch.setattr(publishing, "_sync", lambda p: (order.append(f"sync {p.name}"), sync(p)))
    monkeypatch.setattr(publishing, "_point", lambda *a: (order.append("link"), point(*a)))

    publish(working, tmp_path)

    assert order == [
        "sync .being-written-summit-000001.duckdb",
        "sync snapshots",
        "link",
        f"sync {tmp_path.name}",
    ]


def test_a_plain_file_under_the_links_name_is_left_alone(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (tmp_path / "summit.duckdb").write_bytes(b"somebody's own")

    with pytest.raises(PublishingError, match="move it away"):
        publish(working, tmp_path)

    assert (tmp_path / "summit.duckdb").read_bytes() == b"somebody's own"


def test_a_link_to_a_lost_snapshot_is_repaired(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    done = publish(working, tmp_path)
    done.snapshot.unlink()

    assert publish(working, tmp_path).marts_changed
    assert values(done.link) == [(1,)]
