"""Names of slots: what a group of claims is about, in words and as an id.

Belongs here: describing a slot without its values. Does not belong here: which claims belong
together (`slots`).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.text.identity import stable_id


@dataclass(frozen=True, slots=True)
class Slot:
    """What a group of claims is about."""

    slot_id: str
    text: str
    subject: str
    members: tuple[int, ...]


def _most_common(values: Sequence[str]) -> str:
    return min(set(values), key=lambda v: (-values.count(v), v)) if values else ""


def describe(readings: Sequence[Reading], members: Sequence[int]) -> tuple[str, str]:
    """A slot in words, and its subject for a reader; no value takes part in either.

    Words are taken from undamaged texts where there are any.
    """
    group = [readings[i] for i in members]
    group = [r for r in group if not r.source.is_spun] or group
    kind = _most_common([r.claim.kind for r in group])
    if kind == "quotation":
        speaker = _most_common([r.speaker for r in group if r.speaker])
        return (
            f"quotation | {speaker}" if speaker else "quotation",
            f"remark by {speaker}" if speaker else "remark",
        )
    head = _most_common([r.head for r in group if r.head])
    unit = _most_common([r.claim.unit for r in group if r.claim.unit]) if kind != "money" else ""
    parties = sorted({p for r in group for p in r.parties})
    measure = _most_common(
        [" ".join(r.claim.measure.split()) for r in group if r.claim.measure]
    ) or _most_common([r.claim.subject_text for r in group if r.claim.subject_text])
    text = " | ".join(x for x in (kind, head or unit, ", ".join(parties)) if x)
    subject = measure or head or unit or kind
    if parties:
        subject = f"{subject}: {', '.join(parties[:4])}"
    return text, subject


def name_slots(
    readings: Sequence[Reading], groups: Sequence[tuple[int, ...]], story_id: str
) -> list[Slot]:
    """Give each group its id.

    It is a hash of the story, the description and, where several groups share one, the group's
    place in the order of their earliest claims.
    """
    described = [describe(readings, g) for g in groups]
    order = sorted(
        range(len(groups)),
        key=lambda g: (
            described[g][0],
            min(_earliness(readings[i]) for i in groups[g]),
        ),
    )
    seen: dict[str, int] = defaultdict(int)
    slots: list[Slot] = []
    for g in order:
        text, subject = described[g]
        slots.append(Slot(stable_id(story_id, text, str(seen[text])), text, subject, groups[g]))
        seen[text] += 1
    return slots


def _earliness(reading: Reading) -> tuple[str, str, int]:
    published = reading.source.published
    return (
        published.isoformat() if published else "9999",
        reading.source.document_id,
        reading.claim.start_char,
    )
