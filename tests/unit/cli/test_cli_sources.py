"""`summit sources`: one line a source, and below it what is unusual."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from summit_pipeline.cli.main import main
from summit_pipeline.ingest.tables import FetchState, ReadOutcome, SourceRead
from summit_pipeline.rows import frame
from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.publishing import publish

NOW = datetime.now(UTC).replace(tzinfo=None)
HOUR = timedelta(hours=1)
SOURCES = """
[[source]]
name = "folder"
path = "."

[[source]]
name = "wire"
url = "https://wire.example/feed"

[[source]]
name = "broken"
url = "https://broken.example/feed"

[[source]]
name = "fresh"
url = "https://fresh.example/feed"

[[source]]
name = "inbox"
path = "inbox"
enabled = false
watch = true
"""


def read(source: str, age: timedelta, outcome: ReadOutcome = "read", new: int = 0) -> SourceRead:
    return SourceRead(
        run_id=f"{age}", source=source, read_at=NOW - age, outcome=outcome,
        reason="fetch.gone" if outcome == "failed" else None,
        items=30 if outcome == "read" else 0, new=new, changed=0, quarantined=0,
    )  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose published file knows a silent wire and a dead feed."""
    reads = [read("wire", 10 * 24 * HOUR + n * HOUR, new=1) for n in range(20)]
    reads += [
        read("wire", 3 * HOUR),
        read("broken", 2 * HOUR, "failed"),
        read("folder", 3 * HOUR, new=5),
    ]
    states = [
        FetchState(
            source="wire",
            url="https://wire.example/feed",
            status="ok",
            next_due_at=NOW + 2.3 * HOUR,
        ),
        FetchState(source="broken", url="https://broken.example/feed", status="dead"),
    ]
    with open_working(tmp_path / "working.duckdb") as con:
        migrate(con)
        store.insert_new(con, "ops.source_reads", frame(SourceRead, reads))
        store.insert_new(con, "ops.fetch_states", frame(FetchState, states))
        publish(con, tmp_path)
    (tmp_path / "sources.toml").write_text(SOURCES)
    return tmp_path


def listed(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    file = str(data / "sources.toml")
    assert main(["sources", *words, "--sources", file, "--data", str(data)]) == 0
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_each_source_has_its_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed(data, capsys)
    assert "folder folder ok 3 hours ago each run 30 3 hours ago" in lines
    assert "wire address ok 3 hours ago in 2 hours 30 10 days ago" in lines
    assert "broken address dead now" in lines
    assert "fresh address not read yet now" in lines
    assert "inbox folder not enabled new files" in lines


def test_what_is_unusual_is_said_below(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = " ".join(listed(data, capsys))
    assert "broken could not be read 2 hours ago: fetch.gone" in text
    assert "wire The last new item came on" in text
    assert "usually one comes every 60 minutes" in text
    assert "folder The last" not in text


def test_before_the_first_run_all_is_still_to_come(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "summit.duckdb").unlink()
    lines = listed(data, capsys)
    assert "wire address not read yet now" in lines
    assert "folder folder not read yet each run" in lines
