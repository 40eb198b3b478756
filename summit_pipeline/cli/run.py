"""`summit run [FILE_OR_URL ...]`: the main job, from the sources to the published file."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from summit_pipeline import project
from summit_pipeline.cli.home import prepare_home
from summit_pipeline.cli.printing import print_summary
from summit_pipeline.cli.progress import RunProgress
from summit_pipeline.ingest.sources import SourceError, read_sources, sources_from_inputs
from summit_pipeline.lexicons.learned import VARIABLE
from summit_pipeline.report.subjects import UnknownSubjectError
from summit_pipeline.report.summary import read_summary
from summit_pipeline.warehouse.connection import NotPublishedError, WarehouseLockedError

_PLAIN_WIDTH = 110
"""Columns of the summary where the output is no terminal."""

USER_ERRORS = (SourceError, NotPublishedError, WarehouseLockedError, UnknownSubjectError)
"""Errors whose message tells the user what to change."""


def add_parser(commands: Any) -> argparse.ArgumentParser:
    """Describe the subcommand's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "run", help="run the main job and print what it found", description=__doc__
    )
    parser.add_argument(
        "inputs",
        nargs="*",
        metavar="FILE_OR_URL",
        help="folders, files (articles, feeds, tables, archives, WARC) or addresses (https://...) "
        "of feeds, sitemaps and pages; none: the enabled sources of sources.toml",
    )
    parser.add_argument(
        "--fetch-pages",
        action="store_true",
        help="with addresses: fetch the pages that their feeds and sitemaps link to",
    )
    parser.add_argument("--sources", type=Path, metavar="FILE", help="another sources.toml")
    parser.add_argument("--workers", type=int, default=0, help="worker processes (default: cores)")
    parser.add_argument(
        "--learned", metavar="VERSION", help="use what `summit learn` wrote as this version"
    )
    parser.add_argument("--all", action="store_true", help="print every finding")
    return parser


def execute(options: argparse.Namespace) -> int:
    """Run the job in this process; the Dagster UI shows the run like any other."""
    # Mistakes in the configuration are told before anything starts.
    named = sources_from_inputs(options.inputs, Path.cwd())
    inputs = [source.url or str(source.path) for source in named]
    sources_file = (options.sources or project.FOLDER / "sources.toml").resolve()
    if not inputs:
        read_sources(sources_file)
    if options.learned:
        folder = (options.data / "learned" / options.learned).resolve()
        if not folder.is_dir():
            raise SourceError(f"no learned version {options.learned} in {folder.parent}")
        os.environ[VARIABLE] = str(folder)
    os.environ["DAGSTER_HOME"] = str(prepare_home(options.data))
    os.environ["SUMMIT_DATA_DIR"] = str(options.data.resolve())
    console = Console() if sys.stdout.isatty() else Console(width=_PLAIN_WIDTH)
    with RunProgress() as progress:
        # Dagster takes a second to import; the progress display is there before it.
        from summit_pipeline.defs.launch import run_main_job

        outcome = run_main_job(
            inputs=inputs,
            sources_file=sources_file,
            workers=options.workers,
            on_step=progress.show,
            fetch_pages=options.fetch_pages,
        )
    if not outcome.succeeded:
        console.print("The run failed; the published file is as it was before.", style="bold red")
        for failure in outcome.failures:
            console.print(failure, markup=False, style="red")
        console.print(f"Look at run {outcome.run_id} in the Dagster UI: make dev", style="dim")
        return 1
    summary = read_summary(options.data / "summit.duckdb", outcome.run_id)
    print_summary(console, summary, options.data / "summit.duckdb", show_all=options.all)
    return 0
