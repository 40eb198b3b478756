"""`summit learn`: learn word pairs and frequencies from graded texts, and outlets' accuracies.

Writes a version into DIR/learned. No run uses it unless told: `summit run --learned VERSION`.
"""

import argparse
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from summit_pipeline.cli.printing import safe
from summit_pipeline.execution.learning import MIN_DOCUMENTS, GradedText, learn, write_version
from summit_pipeline.execution.learning_accuracy import (
    MIN_CONTESTED,
    VOTES,
    LearnedAccuracies,
    accuracies_table,
    learn_accuracies,
)
from summit_pipeline.lexicons.learned import OUTLET_ACCURACIES
from summit_pipeline.warehouse.connection import open_published

_TEXTS = """
SELECT m.story_id, v.outlet, j.origin, j.text_grade, t.clean_text
FROM normalise.texts t
JOIN ingest.document_versions v USING (version_id)
JOIN reconcile.story_members m USING (version_id)
JOIN reconcile.judgements j USING (version_id)
WHERE t.language = 'en'
ORDER BY t.version_id
"""


def add_parser(commands: Any) -> argparse.ArgumentParser:
    """Describe the subcommand's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "learn", help="learn word pairs and frequencies from graded texts", description=__doc__
    )
    return parser


def execute(options: argparse.Namespace) -> int:
    """Learn from the working file, which holds clean texts, and print what was accepted."""
    learned = learn(read_texts(options.data / "working.duckdb"))
    accuracies = learn_accuracies(read_votes(options.data / "working.duckdb"))
    tables = {OUTLET_ACCURACIES: accuracies_table(accuracies)}
    place = write_version(learned, options.data / "learned", tables)
    console = Console()
    if learned.pairs:
        table = Table("spun", "probably written", "texts")
        for (spun, original), count in learned.pairs.items():
            table.add_row(safe(spun), safe(original), str(count))
        console.print(table)
    console.print(
        f"{learned.proposed} pairs proposed, {len(learned.pairs)} shown by {MIN_DOCUMENTS} or more "
        f"spun texts; frequencies from {learned.clean_documents} clean texts."
    )
    _print_accuracies(console, accuracies)
    console.print(f"Version {place.name}: summit run --learned {place.name}", highlight=False)
    return 0


def _print_accuracies(console: Console, learned: LearnedAccuracies) -> None:
    if not learned.rows.is_empty():
        table = Table("outlet", "right on contested facts", "contested", "family")
        for outlet, family, accuracy, contested in learned.rows.iter_rows():
            alone = "" if family == outlet else safe(family)
            table.add_row(safe(outlet), f"{accuracy:.2f}", str(contested), alone)
        console.print(table)
    console.print(
        f"{learned.contested_facts} facts contested; accuracies of {learned.rows.height} outlets "
        f"with {MIN_CONTESTED} or more (the most of one: {learned.most_contested})."
    )


def read_votes(working: Path) -> pl.DataFrame:
    """Who states which value of which fact, from a working file."""
    with open_published(working) as connection:
        votes: pl.DataFrame = connection.sql(VOTES).pl()
    return votes


def read_texts(working: Path) -> list[GradedText]:
    """The graded texts of a working file."""
    with open_published(working) as connection:
        rows = connection.sql(_TEXTS).fetchall()
    # One origin speaks with one voice, however many outlets carry its text.
    return [
        GradedText(story, outlet, f"{story} {origin}", grade, text)
        for story, outlet, origin, grade, text in rows
    ]
