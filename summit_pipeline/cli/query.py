"""`summit query "SELECT ..."`: run SQL on the published file and print the result as a table."""

import argparse
import csv
import json
import sys
from typing import Any

import duckdb
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from summit_pipeline.cli.printing import safe
from summit_pipeline.warehouse.connection import open_published

_UNFOLDED = 100_000
"""Columns of output that is no terminal."""


def add_parser(commands: Any) -> argparse.ArgumentParser:
    """Describe the subcommand's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "query", help="run SQL on the published file", description=__doc__
    )
    parser.add_argument("sql", metavar="SQL", help='such as "SELECT * FROM marts.disagreements"')
    parser.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="default: table"
    )
    return parser


def execute(options: argparse.Namespace) -> int:
    """Run the query; a mistake in the SQL is told in DuckDB's words, without a stack trace."""
    with open_published(options.data / "summit.duckdb") as connection:
        try:
            relation = connection.sql(options.sql)
            # The stub does not say so, but a statement that selects nothing gives None.
            if relation is None:
                print("done; the statement gives no rows")  # type: ignore[unreachable]
                return 0
            names, rows = relation.columns, relation.fetchall()
        except duckdb.Error as error:
            print(f"summit query: {error}", file=sys.stderr)
            return 2
    if options.format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    elif options.format == "json":
        for row in rows:
            print(json.dumps(dict(zip(names, row, strict=True)), default=str, ensure_ascii=False))
    else:
        # Into a file or a pipe, a row is a line; only a terminal has an edge to fold at.
        console = Console(width=None if sys.stdout.isatty() else _UNFOLDED)
        print_table(console, names, rows)
    return 0


def print_table(console: Console, names: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Print rows as a table, numbers to the right."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for position, name in enumerate(names):
        numeric = any(isinstance(row[position], int | float) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        # Text, not markup: what a source writes in brackets is shown, never obeyed.
        table.add_row(*(Text(_cell(value)) for value in row))
    console.print(table)
    console.print(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}", style="dim")


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    if isinstance(value, list):
        return ", ".join(str(v) for v in value)
    return safe(str(value))
