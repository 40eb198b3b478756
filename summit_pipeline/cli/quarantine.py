"""`summit quarantine list | show | retry | waive`: what could not be used, and what to do about it.

Text of sources is printed without control characters, never as markup.
"""

import argparse
from datetime import UTC, datetime
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from summit_pipeline.cli.printing import safe
from summit_pipeline.warehouse.connection import NotPublishedError, open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.ops_tables import QuarantineItem
from summit_pipeline.warehouse.quarantine import (
    NoSuchItemError,
    find_items,
    quarantined,
    set_state,
    waive,
)
from summit_pipeline.warehouse.store import transaction

_HEAD_SHOWN = 500


def add_parser(commands: Any) -> argparse.ArgumentParser:
    """Describe the subcommand's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "quarantine", help="what could not be used: list, show, retry, waive", description=__doc__
    )
    parser.add_argument("action", choices=("list", "show", "retry", "waive"))
    parser.add_argument("ids", nargs="*", metavar="ID", help="ids, or how they begin")
    parser.add_argument("--all", action="store_true", help="list items of every state")
    parser.add_argument("--reason", default="", help="why items are waived; kept in ops.reviews")
    return parser


def execute(options: argparse.Namespace) -> int:
    """Do it on the working file; a run that is under way holds that file, and is named."""
    file = options.data / "working.duckdb"
    if not file.exists():
        raise NotPublishedError(f"{file} does not exist yet: `summit run` makes it.")
    console = Console()
    with open_working(file) as con:
        migrate(con)
        if options.action == "list":
            _list(console, quarantined(con, None if options.all else "open"))
            return 0
        if not options.ids:
            console.print(f"Which? summit quarantine {options.action} ID ...", markup=False)
            return 2
        try:
            items = find_items(con, options.ids)
        except NoSuchItemError as error:
            console.print(str(error), markup=False)
            return 2
        if options.action == "show":
            for item in items:
                _show(console, item)
        elif options.action == "retry":
            with transaction(con):
                set_state(con, items, "retried")
            console.print(f"{len(items)} to be tried again by the next run of their sources")
        else:
            if not options.reason.strip():
                console.print('Say why: summit quarantine waive ID --reason "..."', markup=False)
                return 2
            now = datetime.now(UTC).replace(tzinfo=None)
            with transaction(con):
                waive(con, items, options.reason.strip(), now)
            console.print(f"{len(items)} waived")
    return 0


def _list(console: Console, items: list[QuarantineItem]) -> None:
    if not items:
        console.print("Nothing.")
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in ("id", "state", "reason", "source", "attempts", "what and remedy"):
        table.add_column(name, overflow="fold", justify="right" if name == "attempts" else "left")
    for item in items:
        cells = (
            item.quarantine_id[:8], item.state, item.reason, item.source, str(item.attempts),
            item.detail[:200],
        )  # fmt: skip
        table.add_row(*(Text(safe(cell)) for cell in cells))
    console.print(table)


def _show(console: Console, item: QuarantineItem) -> None:
    head = item.head or b""
    lines = {
        "id": item.quarantine_id,
        "state": item.state,
        "reason": f"{item.reason} (stage {item.stage})",
        "source": f"{item.source}: {item.locator}",
        "detail": item.detail,
        "seen": f"{item.first_seen_at} to {item.last_seen_at} UTC, {item.attempts} attempts",
        "bytes": f"{item.size:,}, SHA-256 {item.body_hash}",
        "begins": head[:_HEAD_SHOWN].decode("utf-8", "backslashreplace"),
    }
    for name, value in lines.items():
        console.print(Text(f"{name:<8}", style="dim") + Text(safe(value)))
    console.print()
