"""`summit quarantine` and `summit sources check`: people read, retry and waive."""

from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from summit_pipeline.cli.main import main
from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.ingest.sources import Source
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.store import transaction


def ingest(data: Path, folder: Path, run_id: str, day: int) -> None:
    at = datetime(2025, 2, day)
    with open_working(data / "working.duckdb") as con:
        migrate(con)
        ledger.start_run(con, run_id, at, "code")
        source = Source(name="in", kind="folder", path=folder)
        run_ingest(partial(transaction, con), [source], run_id, at)


def states(data: Path) -> dict[str, str]:
    with open_working(data / "working.duckdb") as con:
        return dict(con.sql("select locator, state from ops.quarantine").fetchall())


def quarantine(data: Path, *words: str) -> int:
    return main(["quarantine", *words, "--data", str(data)])


def test_items_are_listed_shown_retried_and_waived(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, folder = tmp_path / "data", tmp_path / "in"
    folder.mkdir()
    (folder / "bad.txt").write_bytes(b"%PDF-1.7 \x1b[31m[bold]")
    (folder / "empty.txt").write_bytes(b"")
    ingest(data, folder, "r1", 7)

    assert quarantine(data, "list") == 0
    listed = capsys.readouterr().out
    assert "extract.not_text" in listed
    assert "file.empty" in listed
    with open_working(data / "working.duckdb") as con:
        ids = dict(con.sql("select locator, quarantine_id from ops.quarantine").fetchall())
    assert quarantine(data, "show", ids["bad.txt"][:8]) == 0
    shown = capsys.readouterr().out
    assert "[bold]" in shown
    assert "\x1b" not in shown

    assert quarantine(data, "waive", ids["empty.txt"]) == 2
    assert quarantine(data, "waive", ids["empty.txt"], "--reason", "a placeholder") == 0
    assert quarantine(data, "retry", ids["bad.txt"]) == 0
    assert states(data) == {"bad.txt": "retried", "empty.txt": "waived"}
    ingest(data, folder, "r2", 8)
    assert states(data) == {"bad.txt": "open", "empty.txt": "waived"}

    (folder / "bad.txt").write_text("mended")
    quarantine(data, "retry", ids["bad.txt"])
    ingest(data, folder, "r3", 9)
    assert states(data) == {"bad.txt": "resolved", "empty.txt": "waived"}


def test_one_matter_is_one_line_and_can_be_named_by_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, folder = tmp_path / "data", tmp_path / "in"
    folder.mkdir()
    for day in (7, 8, 9):
        (folder / "bad.txt").write_bytes(b"%PDF-1.7 " + bytes([day]))
        (folder / f"empty{day}.txt").touch()
        ingest(data, folder, f"r{day}", day)
    capsys.readouterr()
    assert quarantine(data, "list") == 0
    listed = capsys.readouterr().out
    assert "extract.not_text (3 times)" in listed
    assert listed.count("file.empty") == 3
    assert quarantine(data, "waive", "file.empty", "--reason", "placeholders") == 0
    assert "3 items waived" in capsys.readouterr().out
    assert set(states(data).values()) == {"open", "waived"}
    assert quarantine(data, "waive", "file.empty", "--reason", "again") == 2
    assert "no open item has the reason 'file.empty'" in capsys.readouterr().out
    assert quarantine(data, "list", "--all") == 0
    assert "waived" in capsys.readouterr().out
    with open_working(data / "working.duckdb") as con:
        ((waived,),) = con.sql(
            "select min(quarantine_id) from ops.quarantine where state = 'waived'"
        ).fetchall()
    assert quarantine(data, "show", waived) == 0
    assert "waived: placeholders" in capsys.readouterr().out


def test_an_unknown_id_and_a_missing_file_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quarantine(tmp_path, "list") == 2
    (tmp_path / "in").mkdir()
    ingest(tmp_path, tmp_path / "in", "r", 7)
    assert quarantine(tmp_path, "show", "abc") == 2
    assert "no quarantined item" in capsys.readouterr().out


def test_sources_are_checked_without_reading_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sources.toml"
    (tmp_path / "x").mkdir()
    good = '[[source]]\nname = "a"\npath = "x"\n'
    file.write_text(good)
    assert main(["sources", "check", "--sources", str(file)]) == 0
    file.write_text(good + '[[source]]\nname = "b"\nkind = "feed"\npath = "none.xml"\n')
    assert main(["sources", "check", "--sources", str(file)]) == 2
    assert "nothing at" in capsys.readouterr().out
    file.write_text(good + "colour = 1\n")
    assert main(["sources", "check", "--sources", str(file)]) == 2
    assert "sources.toml:4: unknown key 'colour'" in capsys.readouterr().err
