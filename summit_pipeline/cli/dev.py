"""`summit dev`: start the Dagster UI with the project's settings, the data folder as its home."""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from summit_pipeline import project
from summit_pipeline.cli.home import prepare_home
from summit_pipeline.warehouse.run_lock import left_over_run


def add_parser(commands: Any) -> argparse.ArgumentParser:
    """Describe the subcommand's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "dev", help="start the Dagster UI", description=__doc__
    )
    parser.add_argument("--port", type=int, default=3000, help="default: 3000")
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
    return parser


def execute(options: argparse.Namespace) -> int:
    """Start `dagster dev` and wait for it to end."""
    home = prepare_home(options.data)
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(home),
        "SUMMIT_DATA_DIR": str(options.data.resolve()),
    }
    killed = left_over_run(options.data.resolve())
    if killed is not None:
        # Dagster takes a second to import, and is needed here only after such a run.
        from summit_pipeline.defs.left_over_runs import end_left_over_in

        end_left_over_in(home, killed)
    command = [
        str(Path(sys.executable).with_name("dagster")), "dev",
        "--workspace", str(project.FOLDER / "workspace.yaml"),
        "--host", options.host, "--port", str(options.port),
    ]  # fmt: skip
    print(f"Dagster UI: http://{options.host}:{options.port}  (stop with Ctrl-C)", flush=True)
    # Started in its home, Dagster finds one dagster.yaml and not a second in the checkout.
    return subprocess.call(command, env=environment, cwd=home)
