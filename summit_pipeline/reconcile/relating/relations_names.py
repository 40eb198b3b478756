"""How two names in one role, or two places of one event, stand to each other.

The identity in the role is compared: a fuller form is less specific or equal, an incompatible one a
contradiction. Belongs here: judging two names. Does not belong here: how two names compare
(`name_forms`).
"""

from summit_pipeline.reconcile.relating.name_forms import compare_names, is_post
from summit_pipeline.reconcile.relating.relations_amounts import differing
from summit_pipeline.reconcile.relating.verdicts import Setting, Verdict
from summit_pipeline.reconcile.slotting.evidence import nouns
from summit_pipeline.reconcile.slotting.readings import Reading


def relate_names(a: Reading, b: Reading, setting: Setting) -> Verdict | None:
    """The relation of two names; None where one of them is empty."""
    found = compare_names(a, b)
    if found is None:
        return None
    if found == "same":
        return Verdict("agree", "same_name", f"{a.quoted} and {b.quoted} are one name")
    if found == "spelling":
        reason = f"{a.quoted} and {b.quoted} are one name, spelt otherwise"
        return Verdict("agree", "spelt_otherwise", reason)
    if found == "part":
        return Verdict(
            "less_specific", "fuller_name", f"one of {a.quoted} and {b.quoted} is the fuller form"
        )
    if {a.head, b.head} & nouns("several_at_once") and not is_post(a):
        return None
    if a.claim.kind == "place":
        reason = f"nothing tells whether one of {a.quoted} and {b.quoted} lies in the other"
        return Verdict("undecided", "place_in_place", reason)
    return differing(a, b, setting)
