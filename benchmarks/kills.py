"""Kills: a run is killed (SIGKILL) at points spread over all that it does, then run again.

`recovered` counts the points after which the next run leaves the tables as an undisturbed run does;
times and ids of runs aside, which tell that there was one run more. Needs no data; a minute or two.
"""

import json
import multiprocessing
import shutil
import signal
import tempfile
from pathlib import Path
from random import Random

import duckdb

from benchmarks.killed_run import counted_run
from benchmarks.made_edits import EDITS, deliver, made_article, made_visit

POINTS = 20
SEEN = ("first_seen_at", "first_run_id", "run_id", "seen_at", "withdrawn_at", "returned_at")
# Which run saw what.
PER_RUN = ("ingest.observations",)

Tables = dict[str, list[tuple[object, ...]]]


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        kept = [trial.recovers(point) for point in trial.points(POINTS)]
    return {"points": float(len(kept)), "recovered": float(sum(kept))}


class Trial:
    """One small collection of sources: a first run, an edited second state, and its second run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before, self._after = folder / "before", folder / "after"
        made_sources(self._before, edited=False)
        made_sources(self._after, edited=True)
        self._first = folder / "first"
        self._run(self._first, self._before, 0)
        whole = shutil.copytree(self._first, folder / "whole", symlinks=True)
        self._run(whole, self._after, 1)
        self.number_of_points = int((whole / "points").read_text())
        self._expected = tables(whole)

    def points(self, number: int) -> list[int]:
        """That many points, spread over the second run; the last is its very last."""
        return [round((n + 1) * self.number_of_points / number) for n in range(number)]

    def recovers(self, point: int) -> bool:
        """Whether a run killed there and the next one leave what an undisturbed run leaves."""
        data = shutil.copytree(self._first, self._folder / f"killed{point}", symlinks=True)
        self._run(data, self._after, 1, point)
        # Readers find a whole published file at any time.
        duckdb.connect(str(data / "summit.duckdb"), read_only=True).close()
        self._run(data, self._after, 2)
        found = tables(data)
        shutil.rmtree(data)
        return found == self._expected

    def _run(self, data: Path, inputs: Path, number: int, point: int | None = None) -> None:
        # Each process is forked from one that has imported everything and run nothing.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["benchmarks.killed_run"])
        process = context.Process(target=counted_run, args=(data, inputs, number, point))
        process.start()
        process.join()
        if process.exitcode != (-signal.SIGKILL if point else 0):
            raise RuntimeError(f"run {number}, point {point}: exit code {process.exitcode}")


def tables(data: Path) -> Tables:
    """All rows of the working file (but book-keeping) and of the published one, without times."""
    found = {}
    for name in ("working.duckdb", "summit.duckdb"):
        with duckdb.connect(str(data / name), read_only=True) as con:
            rows = con.sql(
                "SELECT table_schema || '.' || table_name FROM information_schema.tables "
                "WHERE table_schema NOT IN ('ops', 'staging') ORDER BY 1"
            ).fetchall()
            for (table,) in rows:
                if table not in PER_RUN:
                    found[f"{name}: {table}"] = _rows(con, table)
    return found


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> list[tuple[object, ...]]:
    left_out = [c for c in con.sql(f"SELECT * FROM {table} LIMIT 0").columns if c in SEEN]
    chosen = f"* EXCLUDE ({', '.join(left_out)})" if left_out else "*"
    return con.sql(f"SELECT {chosen} FROM {table} ORDER BY ALL").fetchall()


def made_sources(folder: Path, *, edited: bool) -> None:
    """A folder of articles, a feed and a dump; edited: some changed, new, gone or broken."""
    chooser = Random(5)
    articles = [made_article(chooser) for _ in range(8)]
    visit = made_visit(chooser)
    if edited:
        articles[1] = EDITS["number"](articles[1], chooser)
        articles[4] = EDITS["title"](articles[4], chooser)
    shown = articles[:7] if not edited else articles[1:]
    (folder / "texts").mkdir(parents=True)
    for article in shown[:3]:
        path = folder / "texts" / f"{articles.index(article)}.txt"
        path.write_bytes(deliver(article, visit, "text").body)
    entries = []
    for article in shown[3:6]:
        number = articles.index(article)
        body = deliver(article, visit, "feed").body.decode()
        entries.append(
            f"<item><guid isPermaLink='false'>g{number}</guid><title>{article.title}</title>"
            f"<link>https://news.example.com/{number}</link>"
            f"<description><![CDATA[{body}]]></description></item>"
        )
    feed = f"<rss version='2.0'><channel><title>f</title>{''.join(entries)}</channel></rss>"
    (folder / "feed.xml").write_text(feed, encoding="utf-8")
    lines = [json.dumps({"guid": a.title, "text": " ".join(a.paragraphs)}) for a in shown[6:]]
    (folder / "dump.jsonl").write_text("\n".join([*lines, *(["{broken"] if edited else [])]))
