"""The verdicts on all pairs of claims in one slot.

Belongs here: which pairs are judged, and what the slot as a whole tells the rules (whether its
value changes, by which scope it varies). Does not belong here: the rules (`relations*`).
"""

import functools
import itertools
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from summit_pipeline.lexicons import load_toml
from summit_pipeline.reconcile.relating.identity import perhaps_one_thing, surely_one_thing
from summit_pipeline.reconcile.relating.one_amount import perhaps_one_measure
from summit_pipeline.reconcile.relating.relations import relate
from summit_pipeline.reconcile.relating.relations_statuses import state_name
from summit_pipeline.reconcile.relating.verdicts import ACCUSING, JOINING, Setting, Verdict
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.scopes import agrees_or_rounds, fill_scopes, varied_keys
from summit_pipeline.reconcile.slotting.slot_names import Slot
from summit_pipeline.reconcile.slotting.slots import may_differ
from summit_pipeline.reconcile.slotting.terms import word_classes

# Pairs judged in one slot; a slot of more claims than this allows is judged through its clearest
# ones (not repeats) only. Bounds the work on stories of hundreds of articles.
_MOST_PAIRS = 20_000

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class JudgedSlot:
    """A slot with its claims, scopes filled, and verdicts (indices into the story's claims)."""

    slot: Slot
    readings: Mapping[int, Reading]
    scope_basis: Mapping[str, str]
    changing: bool
    verdicts: Mapping[Pair, Verdict]


@functools.cache
def _changing_nouns(group: str) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    return found.union(*(word_classes(n) for n in load_toml("changing_slots.toml")[group]["nouns"]))


def change_of(members: Sequence[Reading]) -> tuple[bool, int]:
    """Whether the slot's value can change, and its direction (1 grows only, 0 either way)."""
    lexicon = load_toml("changing_slots.toml")
    kinds = {r.claim.kind for r in members}
    units = {r.claim.unit for r in members}
    nouns: set[str] = set()
    for reading in members:
        nouns |= reading.measure
        if reading.claim.unit and reading.claim.kind == "count":
            nouns |= word_classes(reading.claim.unit)
        if reading.head:
            nouns.add(reading.head)
    if kinds & set(lexicon["grows"]["kinds"]) or nouns & _changing_nouns("grows"):
        return True, 1
    moves = lexicon["moves"]
    if kinds & set(moves["kinds"]) or units & set(moves["units"]):
        return True, 0
    return bool(nouns & _changing_nouns("moves")), 0


def _same_value(a: Reading, b: Reading) -> bool:
    if a.claim.kind == "status":
        return state_name(a.claim.canonical or "") == state_name(b.claim.canonical or "")
    if a.claim.kind == "date":
        return a.days is not None and a.days == b.days
    return agrees_or_rounds(a, b)


def setting_of(members: Sequence[Reading]) -> Setting:
    """What the slot tells the rules."""
    changing, direction = change_of(members)

    def repeated_later(reading: Reading, day: date) -> bool:
        return any(
            m.as_of is not None and m.as_of > day and _same_value(m, reading) for m in members
        )

    return Setting(changing, direction, varied_keys(members), repeated_later)


def judge_slot(
    readings: Sequence[Reading], slot: Slot, linked: Container[Pair] = frozenset()
) -> JudgedSlot:
    """Fill the scopes of a slot's claims and judge its pairs.

    These are all pairs of two documents, and the pairs of one document that differ. `linked` are
    the pairs that were linked directly.
    """
    members = [readings[i] for i in slot.members]
    filled, basis = fill_scopes(members)
    setting = setting_of(filled)
    by_index = dict(zip(slot.members, filled, strict=True))
    chosen = list(slot.members)
    if len(chosen) * (len(chosen) - 1) // 2 > _MOST_PAIRS:
        chosen = [i for i in chosen if not by_index[i].claim.is_repeat]
        chosen = chosen[: int((2 * _MOST_PAIRS) ** 0.5)]
    verdicts = {
        (a, b): verdict
        for a, b in itertools.combinations(chosen, 2)
        if (verdict := relate(by_index[a], by_index[b], setting)) is not None
    }
    kept = _well_founded(by_index, verdicts, linked, _twins(by_index, verdicts))
    return JudgedSlot(slot, by_index, basis, setting.changing, kept)


def judge_apart(
    slots: Sequence[JudgedSlot], linked: Iterable[Pair]
) -> tuple[dict[int, Reading], dict[Pair, Verdict]]:
    """The verdicts on claims that were linked directly, but whose slots stayed apart.

    A slot is joined only where its claims fit throughout; two of them may still be of one thing.
    Returns the claims of all slots, with their scopes filled, and the verdicts.
    """
    readings = {i: reading for slot in slots for i, reading in slot.readings.items()}
    slot_of = {i: number for number, slot in enumerate(slots) for i in slot.readings}
    twins: set[tuple[int, str]] = set()
    for slot in slots:
        twins |= _twins(slot.readings, slot.verdicts)
    pairs = sorted((a, b) for a, b in linked if slot_of[a] != slot_of[b])
    verdicts = {
        (a, b): verdict
        for a, b in pairs
        if (verdict := relate(readings[a], readings[b], setting_of((readings[a], readings[b]))))
        is not None
    }
    return readings, _well_founded(readings, verdicts, frozenset(pairs), twins)


def _twins(
    readings: Mapping[int, Reading], verdicts: Mapping[Pair, Verdict]
) -> set[tuple[int, str]]:
    """Claims with a document (version) in which they have a counterpart that agrees."""
    twins: set[tuple[int, str]] = set()
    for (a, b), verdict in verdicts.items():
        if verdict.relation == "agree":
            twins.add((a, readings[b].source.version_id))
            twins.add((b, readings[a].source.version_id))
    return twins


def _well_founded(
    readings: Mapping[int, Reading],
    verdicts: Mapping[Pair, Verdict],
    linked: Container[Pair],
    twins: Container[tuple[int, str]],
) -> dict[Pair, Verdict]:
    """Leave out what a slot's loose company would turn into differences.

    Two claims that differ must be linked directly; or they must fit each other well, and neither
    may have its own counterpart in the other's document. Of two claims of one document only a
    difference is told.
    """
    kept: dict[Pair, Verdict] = {}
    for (a, b), verdict in verdicts.items():
        one, two = readings[a], readings[b]
        if verdict.relation in JOINING:
            if one.source.version_id != two.source.version_id:
                kept[a, b] = verdict
            continue
        has_twin = (a, two.source.version_id) in twins or (b, one.source.version_id) in twins
        difference = _difference(one, two, verdict, has_twin, (a, b) in linked)
        if difference is not None:
            kept[a, b] = difference
    return kept


def _difference(
    a: Reading, b: Reading, verdict: Verdict, has_twin: bool, direct: bool
) -> Verdict | None:
    """What a reader is told of two claims that differ, None for nothing.

    Args:
        a: a claim.
        b: another one.
        verdict: what the rules say of the two.
        has_twin: whether one of them has its counterpart in the other's document.
        direct: whether the two were linked directly.
    """
    same_text = a.source.version_id == b.source.version_id
    same_sentence = same_text and a.claim.sentence_start == b.claim.sentence_start
    if verdict.relation == "scope_differs":
        # Shares of different things are mostly shares of no common whole: of 11 such pairs read in
        # unseen articles, none told a reader anything.
        of_wholes = verdict.rule == "base_differs" and not same_text
        alike = perhaps_one_thing(a, b) if of_wholes else perhaps_one_measure(a, b)
        return verdict if alike else None
    if same_sentence or not perhaps_one_thing(a, b):
        return None  # two figures of one sentence are two things ("from 2 to 4 gigabytes")
    if verdict.relation == "update" and a.claim.kind == "status":
        return None if same_text else verdict  # a text tells the states of a thing in turn
    if verdict.relation in ACCUSING:
        if has_twin:
            return None
        if not surely_one_thing(a, b):
            reason = f"nothing tells for sure that {a.quoted} and {b.quoted} are of one thing"
            verdict = Verdict("undecided", "identity_unsure", reason)
    founded = direct or (may_differ(a, b) and (same_text or not has_twin))
    return verdict if founded else None
