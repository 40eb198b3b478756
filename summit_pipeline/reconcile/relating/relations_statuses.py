"""How two statuses of one undertaking stand to each other.

States form a lattice (`status_lattice.toml`): steps on one road, pairs that exclude each other, and
everything else, which is compatible. Belongs here: judging two states. Does not belong here:
finding the undertaking that they are states of (`slots`).
"""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from summit_pipeline.lexicons import load_toml
from summit_pipeline.reconcile.relating.verdicts import Setting, Verdict, different_speakers, order
from summit_pipeline.reconcile.slotting.readings import Reading

_UNREAL = ("possible", "planned", "demanded")

STANCES = "stance"
"""The road of views: each is that of who takes it, its actor."""

PERSONAL_ROADS = frozenset(("person", "office", "life"))
"""Roads of states of people; the person is the claim's party, not its actor."""


@dataclass(frozen=True, slots=True)
class State:
    """A state's place: its road and how far along it stands."""

    road: str
    step: int


@functools.cache
def _lattice() -> tuple[Mapping[str, State], frozenset[frozenset[str]]]:
    states: dict[str, State] = {}
    excludes: set[frozenset[str]] = set()
    for road, entry in load_toml("status_lattice.toml")["road"].items():
        for step, names in enumerate(entry["steps"]):
            for name in names:
                states.setdefault(name, State(road, step))
        excludes.update(frozenset(pair) for pair in entry["excludes"])
    return states, frozenset(excludes)


def state_name(canonical: str) -> str:
    """The lattice's name of a status class."""
    same: Mapping[str, str] = load_toml("status_lattice.toml")["same_as"]
    plain = canonical.casefold().replace(" ", "_").replace("-", "_")
    return same.get(plain, plain)


def state_of(reading: Reading) -> State | None:
    """Where a claim's status stands in the lattice; None for a status that it doesn't know."""
    return _lattice()[0].get(state_name(reading.claim.canonical or ""))


def road_of(reading: Reading) -> str:
    """The road of a status; a status that the lattice doesn't know is a road of its own."""
    state = state_of(reading)
    return state.road if state else state_name(reading.claim.canonical or "")


def relate_statuses(a: Reading, b: Reading, setting: Setting) -> Verdict | None:
    """The relation of two statuses; None where they are compatible and say different things."""
    first, second = state_name(a.claim.canonical or ""), state_name(b.claim.canonical or "")
    if first == second:
        return _same_state(a, b)
    one, other = state_of(a), state_of(b)
    if one is None or other is None or one.road != other.road:
        return None
    if a.claim.polarity != b.claim.polarity:
        return None  # "did not sign" and "rejected" may both hold
    if _is_supposed(a) or _is_supposed(b):
        return None  # what may come, or is asked for, is no step taken
    excluding = frozenset((first, second)) in _lattice()[1]
    if one.step == other.step:
        return _side_by_side(a, b) if excluding else None
    return _steps(a, b, one, other, excluding, setting)


def _same_state(a: Reading, b: Reading) -> Verdict | None:
    if a.claim.polarity == b.claim.polarity:
        if _is_unreal(a) == _is_unreal(b) or _is_under_way(a) or _is_under_way(b):
            return Verdict("agree", "same_state", f"{a.quoted} and {b.quoted} are one state")
        if _is_supposed(a) or _is_supposed(b):
            return None
        return _planned_then_done(a, b)
    if _is_supposed(a) or _is_supposed(b):
        return None
    if _is_unreal(a) != _is_unreal(b):
        return Verdict(
            "undecided", "not_asserted", f"one of {a.quoted} and {b.quoted} is not yet fact"
        )
    found = order(a, b)
    if found is not None:
        earlier, later, basis = found
        reason = f"{earlier.quoted}, then {later.quoted}: {basis}"
        return Verdict("update", "state_turned", reason, later.claim_id)
    if different_speakers(a, b):
        return Verdict(
            "attributed_dispute",
            "speakers_differ",
            f"{a.speaker}: {a.quoted}; {b.speaker}: {b.quoted}",
        )
    return Verdict(
        "contradiction", "opposite_polarity", f"{a.quoted} is affirmed in one text only: {b.quoted}"
    )


def _is_supposed(reading: Reading) -> bool:
    """Whether a state is only thought possible or demanded (rule 0 of docs/relations.md)."""
    return reading.claim.modality in ("possible", "demanded")


def _is_unreal(reading: Reading) -> bool:
    return reading.claim.modality in _UNREAL


# "is dropping": decided and under way, neither only planned nor done.
_PROGRESSIVE = re.compile(r"\b(?:is|are|was|were|be|been)\s+\w+ing\b", re.IGNORECASE)


def _is_under_way(reading: Reading) -> bool:
    return _PROGRESSIVE.search(reading.claim.value_text) is not None


def _planned_then_done(a: Reading, b: Reading) -> Verdict:
    plan, done = (a, b) if a.claim.modality in _UNREAL else (b, a)
    if _published_backwards(plan, done):
        return Verdict(
            "undecided",
            "order_unknown",
            f"{plan.quoted} comes after {done.quoted}, though the plan should come first",
        )
    return Verdict(
        "update",
        "planned_then_done",
        f"{plan.quoted} as a plan, then {done.quoted}",
        done.claim_id,
    )


def _side_by_side(a: Reading, b: Reading) -> Verdict | None:
    if different_speakers(a, b):
        return Verdict(
            "attributed_dispute",
            "speakers_differ",
            f"{a.speaker}: {a.quoted}; {b.speaker}: {b.quoted}",
        )
    if a.actor and b.actor and a.actor != b.actor:
        return None  # one may approve what another rejects
    found = order(a, b)
    if found is not None:
        return Verdict(
            "update",
            "state_turned",
            f"{found[0].quoted}, then {found[1].quoted}: {found[2]}",
            found[1].claim_id,
        )
    return Verdict(
        "contradiction", "states_exclude", f"{a.quoted} and {b.quoted} exclude each other"
    )


def _steps(
    a: Reading, b: Reading, one: State, other: State, excluding: bool, setting: Setting
) -> Verdict | None:
    """Two steps of one road; None where the earlier one is told later, as what went before."""
    early, late = (a, b) if one.step < other.step else (b, a)
    day = late.as_of
    if _published_backwards(early, late) and day is not None and setting.repeated_later(early, day):
        if not excluding:
            return None  # an arrest is still told of somebody who was charged since
        reason = f"{early.quoted} is still said after {late.quoted}"
        return Verdict("contradiction", "states_exclude", reason)
    reason = f"{early.quoted} comes before {late.quoted} on one road"
    return Verdict("update", "later_step", reason, late.claim_id)


def _published_backwards(early: Reading, late: Reading) -> bool:
    """Whether the state that should come first is stated on a later day."""
    return early.as_of is not None and late.as_of is not None and early.as_of > late.as_of
