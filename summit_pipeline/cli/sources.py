"""`summit sources`: how each source fares; `summit sources check`: whether the file is right."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from summit_pipeline import project
from summit_pipeline.cli.printing import safe
from summit_pipeline.ingest.source_health import is_not_silent, span, yields_as_usual
from summit_pipeline.ingest.sources import Source, read_sources
from summit_pipeline.ingest.tables import SourceRead
from summit_pipeline.warehouse.connection import NotPublishedError, open_published
from summit_pipeline.warehouse.publishing import LINK_NAME
from summit_pipeline.warehouse.source_book import SourceBook, read_book

_PLAIN_WIDTH = 110
"""Columns of the list where the output is no terminal."""

_STYLES = {"ok": "green", "failing": "yellow", "dead": "bold red", "missing": "bold red"}


def add_parser(commands: Any) -> argparse.ArgumentParser:
    """Describe the subcommand's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "sources", help="list the sources, or check the sources file", description=__doc__
    )
    parser.add_argument("action", nargs="?", choices=("list", "check"), default="list")
    parser.add_argument("--sources", type=Path, metavar="FILE", help="another sources.toml")
    return parser


def execute(options: argparse.Namespace) -> int:
    """List the sources, or check the file: 2 if an enabled one cannot be read. Fetches nothing."""
    sources = read_sources((options.sources or project.sources_file()).resolve())
    console = Console() if sys.stdout.isatty() else Console(width=_PLAIN_WIDTH)
    if not sources:
        console.print("The file names no source; docs/sources.md shows how one is written.")
        return 0
    if options.action == "check":
        return _check(console, sources)
    _list(console, sources, _book(options.data), datetime.now(UTC).replace(tzinfo=None))
    return 0


def _book(data: Path) -> SourceBook:
    """What the published file tells of the sources; nothing before the first run."""
    try:
        with open_published(data / LINK_NAME) as con:
            return read_book(con)
    except NotPublishedError:
        return SourceBook({}, {})


def _list(console: Console, sources: tuple[Source, ...], book: SourceBook, now: datetime) -> None:
    """One line a source; below it, what is unusual about it."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("source", "kind", "state", "last read", "next turn", "items", "last new"):
        table.add_column(heading, justify="right" if heading == "items" else "left")
    remarks = []
    for source in sources:
        reads = book.reads.get(source.name, ())
        state = _state(source, reads, book)
        good = next((read for read in reversed(reads) if read.outcome != "failed"), None)
        held = next((read for read in reversed(reads) if read.outcome == "read"), None)
        new = next((read for read in reversed(reads) if read.new), None)
        table.add_row(
            safe(source.name),
            source.kind,
            Text(state, style=_STYLES.get(state, "dim")),
            _ago(good, now),
            _turn(source, book, now),
            f"{held.items:,}" if held else "",
            _ago(new, now),
        )
        remarks += [(source.name, remark) for remark in _remarks(reads, now)]
    console.print(table)
    for name, remark in remarks:
        console.print(Text.assemble((safe(name), "bold"), "  ", (safe(remark), "yellow")))


def _state(source: Source, reads: tuple[SourceRead, ...], book: SourceBook) -> str:
    """One word on a source."""
    if not reads:
        return "not read yet" if source.enabled else "not enabled"
    if reads[-1].outcome != "failed":
        return "ok"
    return book.states[source.name].status if source.name in book.states else "missing"


def _ago(read: SourceRead | None, now: datetime) -> str:
    return f"{span(now - read.read_at)} ago" if read else ""


def _turn(source: Source, book: SourceBook, now: datetime) -> str:
    """When a fetched source is due; others are read in every run."""
    if source.url is None:
        return "each run" if source.enabled else "new files" if source.watch else ""
    state = book.states.get(source.name)
    if not source.enabled:
        return ""
    if state is None or state.next_due_at is None or state.next_due_at <= now:
        return "now"
    return f"in {span(state.next_due_at - now)}"


def _remarks(reads: tuple[SourceRead, ...], now: datetime) -> list[str]:
    """What is unusual: the sentences of the checks that have not passed."""
    if not reads:
        return []
    if reads[-1].outcome == "failed":
        return [f"could not be read {span(now - reads[-1].read_at)} ago: {reads[-1].reason}"]
    verdicts = (is_not_silent(reads, now), yields_as_usual(reads))
    return [verdict.reason for verdict in verdicts if verdict.level != "fine"]


def _check(console: Console, sources: tuple[Source, ...]) -> int:
    problems = 0
    for source in sources:
        problem = _problem(source)
        problems += bool(problem and source.enabled)
        state = "" if source.enabled else " (not enabled)"
        line = Text(f"{safe(source.name)}{state}  ", style="bold")
        line.append(f"{source.kind}  ", style="dim")
        line.append(problem or _readable(source), style="red" if problem else "green")
        console.print(line)
    return 2 if problems else 0


def _readable(source: Source) -> str:
    return "is well described; it is not tried" if source.url else "can be read"


def _problem(source: Source) -> str | None:
    """What keeps a source from being read, with the remedy; addresses are not tried."""
    if source.url:
        return None
    if not source.path.exists():
        return f"there is nothing at {source.path}; correct its path, or set enabled = false"
    if source.kind == "folder" and not source.path.is_dir():
        return f'{source.path} is no folder; write kind = "file", "dump" or "feed"'
    if source.kind != "folder" and source.path.is_dir():
        return f'{source.path} is a folder; write kind = "folder"'
    return None
