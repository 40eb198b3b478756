"""Entry point of the `summit` command: reads the words typed, calls the subcommand.

Belongs here: the list of subcommands and what every one shares (the data folder, exit codes).
Does not belong here: what a subcommand does; each is a module beside this one.

Exit codes: 0 done; 1 the run failed; 2 the user has to change something, and is told what.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from summit_pipeline import __version__
from summit_pipeline.cli import (
    dev,
    explain,
    learn,
    quarantine,
    query,
    review,
    run,
    sources,
    withdraw,
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="summit",
        description="Reads many reports of one event and tells what they agree on, where they "
        "really differ, and which text is damaged.",
    )
    parser.add_argument("--version", action="version", version=f"summit {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (run, query, explain, review, quarantine, withdraw, sources, learn, dev):
        sub = module.add_parser(commands)
        sub.add_argument(
            "--data",
            type=Path,
            default=Path(os.environ.get("SUMMIT_DATA_DIR", "data")),
            metavar="DIR",
            help="folder of the working file, the published file and the run history "
            "(default: data, or $SUMMIT_DATA_DIR)",
        )
        sub.set_defaults(execute=module.execute)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with the given words (default: those of the command line)."""
    options = _parser().parse_args(arguments)
    try:
        result: int = options.execute(options)
    except run.USER_ERRORS as error:
        print(f"summit {options.command}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output (head, less) has had enough.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("stopped; the published file is as it was", file=sys.stderr)
        return 130
    return result


if __name__ == "__main__":
    sys.exit(main())
