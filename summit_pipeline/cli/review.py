"""`summit review ID --confirm | --dismiss | --same-fact "why"`: your verdict on a finding.

ID is a disagreement_id, fact_id, document_id or issue_id of the public tables, or how it begins.
The verdict is kept in ops.reviews, survives every run and follows its thing when a late article
changes the id. It shows in the column `review` of those tables and in what is printed, and the
checks for new findings count the unreviewed ones only. The latest verdict counts.
"""

import argparse
import getpass
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from summit_pipeline.cli.printing import safe
from summit_pipeline.report.subjects import find_subject
from summit_pipeline.sql_runner.models import load_models
from summit_pipeline.sql_runner.runner import run_models
from summit_pipeline.warehouse.connection import NotPublishedError, open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.ops_tables import Verdict
from summit_pipeline.warehouse.reviews import LATEST_REVIEWS, record_review, show_reviews
from summit_pipeline.warehouse.tables import ALL_TABLES

_SHOWING = """
SELECT subject, value_a || ' | ' || value_b FROM marts.disagreements WHERE disagreement_id = $id
UNION ALL
SELECT subject, value_text FROM marts.facts WHERE fact_id = $id
"""


def add_parser(commands: Any) -> argparse.ArgumentParser:
    """Describe the subcommand's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "review", help="confirm or dismiss a finding", description=__doc__
    )
    parser.add_argument("id", metavar="ID")
    verdict = parser.add_mutually_exclusive_group(required=True)
    for option, meaning in (
        ("confirm", "the finding is right"),
        ("dismiss", "the finding is wrong, or does not matter"),
        ("same_fact", "the two values say the same"),
    ):
        name = f"--{option.replace('_', '-')}"
        verdict.add_argument(name, nargs="?", const="", metavar="WHY", help=meaning)
    parser.add_argument("--reviewer", help="who judges (default: the user's name)")
    return parser


def execute(options: argparse.Namespace) -> int:
    """Store the verdict in the working file, and publish it if nothing else waits."""
    file = options.data / "working.duckdb"
    if not file.exists():
        raise NotPublishedError(f"{file} does not exist yet: `summit run` makes it.")
    verdict, reason = _verdict(options)
    console = Console()
    if not reason and verdict != "confirmed":
        console.print('Say why: summit review ID --dismiss "the second figure is in yen"')
        return 2
    with open_working(file) as con:
        migrate(con)
        subject = find_subject(
            con, options.id.strip(), ("disagreement", "fact", "document", "issue")
        )
        record_review(
            con,
            subject.subject_id,
            verdict,
            reason,
            options.reviewer or _user(),
            datetime.now(UTC).replace(tzinfo=None),
        )
        models = load_models(table.full_name for table in ALL_TABLES)
        latest = tuple(m for m in models if m.full_name in LATEST_REVIEWS)
        shown = show_reviews(con, options.data, lambda: run_models(con, latest))
        about = con.execute(_SHOWING, {"id": subject.subject_id}).fetchall()
    if subject.former_id:
        console.print(f"{subject.former_id} is now {subject.subject_id}", style="dim")
    line = Text(f"{verdict.replace('_', ' ')}: ", style="bold")
    line.append(f"{subject.kind} {subject.subject_id}", style="not bold")
    console.print(line)
    for words, values in about:
        console.print(Text(f"  {safe(words)}: {safe(values)}", style="dim"))
    console.print(
        "Published; every later run keeps it."
        if shown
        else "Kept; readers see it after the next run, since the working file holds more than is "
        "published."
    )
    return 0


def _verdict(options: argparse.Namespace) -> tuple[Verdict, str]:
    given: dict[Verdict, str | None] = {
        "confirmed": options.confirm,
        "dismissed": options.dismiss,
        "same_fact": options.same_fact,
    }
    verdict, reason = next((v, why) for v, why in given.items() if why is not None)
    return verdict, " ".join((reason or "").split())


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return None  # a container without a name for its user
