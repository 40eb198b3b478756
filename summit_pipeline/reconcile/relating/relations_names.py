"""How two names in one role, or two places of one event, stand to each other.

The identity in the role is compared: a fuller form is less specific or equal, an incompatible one a
contradiction. Belongs here: judging two names. Does not belong here: joining forms of one bearer
(`parties`).
"""

from summit_pipeline.reconcile.relating.relations_amounts import differing
from summit_pipeline.reconcile.relating.verdicts import Setting, Verdict
from summit_pipeline.reconcile.slotting.parties import name_key
from summit_pipeline.reconcile.slotting.readings import Reading


def relate_names(a: Reading, b: Reading, setting: Setting) -> Verdict | None:
    """The relation of two names; None where one of them is empty."""
    first = name_key(a.claim.canonical or a.claim.value_text)
    second = name_key(b.claim.canonical or b.claim.value_text)
    if not first or not second:
        return None
    if first == second:
        return Verdict("agree", "same_name", f"{a.quoted} and {b.quoted} are one name")
    if set(first) <= set(second) or set(second) <= set(first):
        return Verdict(
            "less_specific", "fuller_name", f"one of {a.quoted} and {b.quoted} is the fuller form"
        )
    return differing(a, b, setting)
