"""Files, folders and addresses named on the command line: what they are called, when they are read.

Ids of documents are made of these names, so two places must never share one.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path, PurePath, PurePosixPath

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.ingest.fetch import Fetched, FetchLimits
from summit_pipeline.ingest.fetching import Fetcher
from summit_pipeline.ingest.harvest import Counts
from summit_pipeline.ingest.hosts import Hosts
from summit_pipeline.ingest.input_names import input_names
from summit_pipeline.ingest.sources import Source, sources_from_inputs
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.store import transaction

NOW = datetime(2025, 2, 7, 12)
URL = "https://a.example/rss"

PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(
    lambda parts: PurePosixPath("/", *parts)
)


def named(paths: Sequence[str], **places: str) -> dict[str, str]:
    found = input_names([PurePosixPath(p) for p in paths], places)
    return {str(path): name for path, name in found.items()}


def test_the_shortest_end_that_means_no_other_place() -> None:
    assert named(["/a/news"]) == {"/a/news": "news"}
    assert named(["/a/x.txt", "/b/x.txt", "/b/y.txt"]) == {
        "/a/x.txt": "a/x.txt", "/b/x.txt": "b/x.txt", "/b/y.txt": "y.txt",
    }  # fmt: skip
    assert named(["/b/x", "/a/b/x"]) == {"/b/x": "/b/x", "/a/b/x": "a/b/x"}
    assert named(["/"]) == {"/": "/"}


def test_a_path_keeps_its_name_and_no_other_gets_it() -> None:
    assert named(["/a/news", "/b/news"], news="/a/news") == {
        "/a/news": "news", "/b/news": "b/news",
    }  # fmt: skip
    assert named(["/b/news"], news="https://a.example/") == {"/b/news": "b/news"}
    places = {"a/news": "/a/news"}
    assert named(["/a/news"], **places) == {"/a/news": "a/news"}


def test_bytes_that_are_no_text_make_a_name() -> None:
    (name,) = input_names([PurePosixPath("/a/\udcff")], {}).values()
    assert name == "\\xff"


@given(st.lists(st.sets(PATHS, min_size=1), min_size=1, max_size=6))
def test_in_any_calls_no_two_paths_share_a_name_and_none_changes_its_own(
    calls: list[set[PurePosixPath]],
) -> None:
    places: dict[str, str] = {}
    of_path: dict[PurePath, str] = {}
    for paths in calls:
        names = input_names(paths, places)
        assert names == input_names(sorted(paths), places)
        for path, name in names.items():
            assert places.setdefault(name, str(path)) == str(path)
            assert of_path.setdefault(path, name) == name


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_working(tmp_path / "working.duckdb") as con:
        migrate(con)
        yield con


def run(
    con: duckdb.DuckDBPyConnection,
    number: int,
    sources: Sequence[Source],
    fetcher: Fetcher | None = None,
) -> Counts:
    ledger.start_run(con, f"r{number}", NOW + timedelta(minutes=number), "code")
    at = NOW + timedelta(minutes=number)
    return run_ingest(partial(transaction, con), sources, f"r{number}", at, fetcher)


def test_two_folders_of_one_name_are_two_sources_in_two_runs(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Files known by their paths, and records whose guids are numbers."""
    for place, text in (("a", "Exports grew by four per cent."), ("b", "The bridge was closed.")):
        (tmp_path / place / "news").mkdir(parents=True)
        (tmp_path / place / "news" / "x.txt").write_text(text)
        record = json.dumps({"guid": "1", "text": f"{text} So it was told."})
        (tmp_path / place / "news" / "y.jsonl").write_text(record)
    one, other = (sources_from_inputs([f"{p}/news"], tmp_path) for p in "ab")
    assert [s.name for s in (*one, *other)] == ["news", "news"]
    counted = [run(con, n, s) for n, s in enumerate((one, other, one, other, (*other, *one)))]
    assert [(c.new, c.changed, c.unchanged) for c in counted] == [
        (2, 0, 0), (2, 0, 0), (0, 0, 2), (0, 0, 2), (0, 0, 4),
    ]  # fmt: skip
    found = con.sql("SELECT source, count(*) FROM ingest.documents GROUP BY 1 ORDER BY 1")
    assert found.fetchall() == [("b/news", 2), ("news", 2)]


def test_two_files_of_one_name_in_one_run(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for place in "ab":
        (tmp_path / place).mkdir()
        (tmp_path / place / "x.txt").write_text(f"The {place} train was late.")
    sources = sources_from_inputs(["a/x.txt", "b/x.txt"], tmp_path)
    assert [source.name for source in sources] == ["a/x.txt", "b/x.txt"]
    assert run(con, 0, sources).new == 2
    (alone,) = sources_from_inputs(["b/x.txt"], tmp_path)
    assert (alone.name, run(con, 1, [alone]).unchanged) == ("x.txt", 1)


def test_an_input_takes_no_name_of_a_configured_source(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for place in ("configured", "a/news"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "x.txt").write_text(f"The train to {place} was late.")
    configured = Source("news", "folder", tmp_path / "configured")
    assert run(con, 0, [configured]).new == 1
    assert run(con, 1, sources_from_inputs(["a/news"], tmp_path)).new == 1
    assert run(con, 2, [configured]).unchanged == 1


FEED = b"<rss version='2.0'><channel><item><guid>1</guid><title>one</title></item></channel></rss>"


def test_an_address_that_a_person_names_is_fetched_at_once(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    status, told = 200, {"etag": "a"}
    asked: list[str] = []

    def web(url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        asked.append(url)
        if url.endswith("robots.txt"):
            return Fetched(404, url, (url,), {}, b"", "")
        return Fetched(status, url, (url,), told, FEED if status == 200 else b"", "")

    def turn(number: int, source: Source) -> tuple[int, int, int]:
        asked.clear()
        hosts = Hosts(fetch=web, sleep=lambda seconds: None)
        counts = run(con, number, [source], Fetcher(hosts))
        return counts.new, counts.unchanged, counts.quarantined

    (source,) = sources_from_inputs([URL], tmp_path)
    assert turn(0, source) == (1, 0, 0)
    assert turn(1, source) == (0, 1, 0), "the next minute"
    assert asked[0] == "https://a.example/robots.txt"
    configured = Source(source.name, "feed", Path(), url=URL)
    assert turn(2, configured) == (0, 0, 0)
    assert asked == []
    # A server that wants to be left alone is, and the person is told.
    status, told = 429, {"retry-after": "3600"}
    assert turn(3, source) == (0, 0, 1)
    status, told = 200, {}
    assert turn(4, source) == (0, 0, 1)
    assert asked == []
    items = con.sql("SELECT reason, state, attempts, detail FROM ops.quarantine").fetchall()
    assert [item[:3] for item in items] == [("fetch.retry_later", "open", 2)]
    assert "ask again after 2025-02-07 13:03 UTC" in items[0][3]
    assert turn(70, source) == (0, 1, 0)
    assert con.sql("SELECT state FROM ops.quarantine").fetchall() == [("resolved",)]
