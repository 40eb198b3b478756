"""`summit sources check`: read the sources file, and tell what each source would give or lacks."""

import argparse
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from summit_pipeline import project
from summit_pipeline.cli.printing import safe
from summit_pipeline.ingest.sources import Source, read_sources


def add_parser(commands: Any) -> argparse.ArgumentParser:
    """Describe the subcommand's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "sources", help="check the sources file", description=__doc__
    )
    parser.add_argument("action", choices=("check",))
    parser.add_argument("--sources", type=Path, metavar="FILE", help="another sources.toml")
    return parser


def execute(options: argparse.Namespace) -> int:
    """Check the file; 2 if an enabled source cannot be read. Nothing is fetched."""
    console = Console()
    sources = read_sources((options.sources or project.FOLDER / "sources.toml").resolve())
    problems = 0
    for source in sources:
        problem = _problem(source)
        problems += bool(problem and source.enabled)
        state = "" if source.enabled else " (not enabled)"
        line = Text(f"{safe(source.name)}{state}  ", style="bold")
        line.append(f"{source.kind}  ", style="dim")
        line.append(problem or "can be read", style="red" if problem else "green")
        console.print(line)
    if not sources:
        console.print("The file names no source; docs/sources.md shows how one is written.")
    return 2 if problems else 0


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
