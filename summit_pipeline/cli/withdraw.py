"""`summit withdraw ID --reason WHY`: mark a document as withdrawn, or take that back with --undo.

Its text and claims stay; `marts.documents.withdrawn_at` says so from the next run on.
"""

import argparse
from datetime import UTC, datetime
from typing import Any

from summit_pipeline.cli.printing import safe
from summit_pipeline.warehouse import documents
from summit_pipeline.warehouse.connection import NotPublishedError, open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.store import transaction


def add_parser(commands: Any) -> argparse.ArgumentParser:
    """Describe the subcommand's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "withdraw", help="mark a document as withdrawn, or no longer so", description=__doc__
    )
    parser.add_argument("document", metavar="ID", help="document_id, or how it begins")
    parser.add_argument("--reason", default="", help="why; kept in ingest.tombstones")
    parser.add_argument("--undo", action="store_true", help="it is no longer withdrawn")
    return parser


def execute(options: argparse.Namespace) -> int:
    """Do it on the working file; a run that is under way holds that file, and is named."""
    file = options.data / "working.duckdb"
    if not file.exists():
        raise NotPublishedError(f"{file} does not exist yet: `summit run` makes it.")
    if not options.undo and not options.reason.strip():
        print('Say why: summit withdraw ID --reason "..."')
        return 2
    now = datetime.now(UTC).replace(tzinfo=None)
    with open_working(file) as con:
        migrate(con)
        try:
            with transaction(con):
                if options.undo:
                    locator = documents.take_back(con, options.document, now)
                else:
                    reason = options.reason.strip()
                    locator = documents.withdraw(con, options.document, reason, now)
        except documents.NoSuchDocumentError as error:
            print(safe(str(error)))
            return 2
    done = "no longer withdrawn" if options.undo else "withdrawn"
    print(safe(f"{locator}: {done}; marts.documents shows it after the next run"))
    return 0
