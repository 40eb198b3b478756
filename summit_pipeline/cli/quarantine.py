"""`summit quarantine list | show | retry | waive`: what could not be used, and what to do about it.

Text of sources is printed without control characters, never as markup.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from summit_pipeline.cli.printing import safe
from summit_pipeline.warehouse import raw_blobs
from summit_pipeline.warehouse.connection import NotPublishedError, open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.ops_tables import QuarantineItem
from summit_pipeline.warehouse.quarantine import (
    NoSuchItemError,
    find_items,
    quarantined,
    reviews_of,
    set_state,
    waive,
)
from summit_pipeline.warehouse.store import transaction

_HEAD_SHOWN = 500
_LISTED = 50
"""Lines that `list` prints without --all."""

_PLAIN_WIDTH = 110
"""Columns where the output is no terminal."""


def add_parser(commands: Any) -> argparse.ArgumentParser:
    """Describe the subcommand's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "quarantine", help="what could not be used: list, show, retry, waive", description=__doc__
    )
    parser.add_argument("action", choices=("list", "show", "retry", "waive"))
    parser.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help="ids or how they begin, or a reason such as parse.bad_line: all open items with it",
    )
    parser.add_argument("--all", action="store_true", help="list items of every state")
    parser.add_argument("--reason", default="", help="why items are waived; kept in ops.reviews")
    return parser


def execute(options: argparse.Namespace) -> int:
    """Do it on the working file; a run that is under way holds that file, and is named."""
    file = options.data / "working.duckdb"
    if not file.exists():
        raise NotPublishedError(f"{file} does not exist yet: `summit run` makes it.")
    console = Console() if sys.stdout.isatty() else Console(width=_PLAIN_WIDTH)
    with open_working(file) as con:
        migrate(con)
        if options.action == "list":
            _list(console, quarantined(con, None if options.all else "open"), options.all)
            return 0
        if not options.ids:
            _say(console, f"Which? summit quarantine {options.action} ID ...")
            return 2
        try:
            items = find_items(con, options.ids)
        except NoSuchItemError as error:
            _say(console, str(error))
            return 2
        if options.action == "show":
            for item in items:
                kept = raw_blobs.kept_bytes(con, item.source, item.body_hash)
                _show(console, item, kept, reviews_of(con, item.quarantine_id))
            return 0
        if options.action == "waive" and not options.reason.strip():
            _say(console, 'Say why: summit quarantine waive ID --reason "..."')
            return 2
        with transaction(con):
            if options.action == "retry":
                set_state(con, items, "retried")
            else:
                now = datetime.now(UTC).replace(tzinfo=None)
                waive(con, items, options.reason.strip(), now)
    _say_done(console, options.action, items)
    return 0


def _say(console: Console, text: str) -> None:
    console.print(Text(safe(text)))


def _say_done(console: Console, action: str, items: Sequence[QuarantineItem]) -> None:
    what = "1 item" if len(items) == 1 else f"{len(items):,} items"
    sources = ", ".join(sorted({item.source for item in items}))
    _say(
        console,
        f"{what} waived: no check counts them any more"
        if action == "waive"
        else f"{what} to be tried again by the next run that reads {sources}",
    )


def _list(console: Console, items: Sequence[QuarantineItem], with_state: bool) -> None:
    """One line for a place and a reason: a feed that breaks each hour is one matter."""
    if not items:
        _say(console, "Nothing is quarantined.")
        return

    def matter(item: QuarantineItem) -> tuple[str, str, str, str]:
        return item.source, item.locator, item.reason, item.state

    grouped = groupby(sorted(items, key=lambda i: (matter(i), i.last_seen_at)), matter)
    matters = [list(group) for _, group in grouped]
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    names = ["id", *(["state"] if with_state else []), "source", "reason", "what and remedy"]
    for name in names:
        table.add_column(name, overflow="fold")
    shown = matters if with_state else matters[:_LISTED]
    for group in shown:
        latest = group[-1]
        times = f" ({len(group):,} times)" if len(group) > 1 else ""
        cells = [
            latest.quarantine_id[:8], *([latest.state] if with_state else []),
            latest.source, latest.reason + times, latest.detail[:300],
        ]  # fmt: skip
        table.add_row(*(Text(safe(cell)) for cell in cells))
    console.print(table)
    if len(shown) < len(matters):
        _say(console, f"... and {len(matters) - len(shown):,} more; --all lists every one")
    console.print(
        Text('summit quarantine show ID | retry ID | waive ID --reason "..."', style="dim")
    )


def _show(
    console: Console, item: QuarantineItem, kept: int, reviews: Sequence[tuple[datetime, str]]
) -> None:
    head = item.head or b""
    tries = "1 try" if item.attempts == 1 else f"{item.attempts} tries"
    kept_as = f", {kept:,} of them kept" if kept else ""
    lines = {
        "id": item.quarantine_id,
        "state": item.state,
        "reason": f"{item.reason} (stage {item.stage})",
        "source": f"{item.source}: {item.locator}",
        "detail": item.detail,
        "seen": f"{item.first_seen_at:%Y-%m-%d %H:%M} to {item.last_seen_at:%Y-%m-%d %H:%M} UTC, "
        f"{tries}",
        "bytes": f"{item.size:,}{kept_as}; SHA-256 {item.body_hash}",
        "begins": head[:_HEAD_SHOWN].decode("utf-8", "backslashreplace"),
    }
    for at, reason in reviews:
        lines[f"{at:%m-%d}"] = f"waived: {reason}"
    for name, value in lines.items():
        console.print(Text(f"{name:<8}", style="dim") + Text(safe(value)))
    console.print()
