"""Edits: of articles that change between two fetches, and of noise that changes nothing.

`versions_right` is the share of all generated cases in which there is a new version if and only if
something else is said, `false_new` the share of noise that makes one, `missed` the share of edits
that make none.
"""

from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.made_edits import Case, Delivery, made_cases
from summit_pipeline.ingest.harvest import Harvester, Known, Text
from summit_pipeline.ingest.items import Item
from summit_pipeline.normalise.visible_text import visible_text

CASES = 300
AT = datetime(2025, 2, 7)


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    cases = made_cases(CASES)
    wrong = [case for case in cases if makes_version(case) != case.is_new_version]
    if predictions is not None:
        predictions.write_text("".join(f"{case.name}\n" for case in wrong), encoding="utf-8")
    edits = sum(case.is_new_version for case in cases)
    missed = sum(case.is_new_version for case in wrong)
    return {
        "cases": float(len(cases)),
        "versions_right": 1 - len(wrong) / len(cases),
        "false_new": (len(wrong) - missed) / (len(cases) - edits),
        "missed": missed / edits,
    }


def makes_version(case: Case) -> bool:
    """Whether the second delivery of a document is taken for a new version."""
    texts: list[tuple[str, Text]] = []
    known = Known()
    changed = 0
    for number, delivery in enumerate((case.before, case.after)):
        at = AT + timedelta(hours=number)
        harvester = Harvester(known, _visible, lambda _: texts, f"r{number}", at)
        brought = harvester.take([_item(delivery)])
        for v in brought.versions:
            text = Text(v.title_field, v.body, v.media_type, v.declared_encoding)
            texts.append((v.version_id, text))
        changed = harvester.counts.changed
    return bool(changed)


def _visible(text: Text) -> str:
    return visible_text(text.body, text.media_type, text.declared_encoding, text.title)


def _item(delivery: Delivery) -> Item:
    return Item(
        source="made",
        locator="a",
        identity="a",
        identity_basis="guid",
        outlet="made",
        media_type=delivery.media_type,
        body=delivery.body,
        title=delivery.title,
        published=delivery.published,
    )
