"""Whether two names or places that differ are said of one person, thing or happening.

Belongs here: names in roles. Does not belong here: how two names compare (`name_forms`).
"""

from summit_pipeline.reconcile.relating.common_words import same_sentence
from summit_pipeline.reconcile.relating.name_forms import is_post
from summit_pipeline.reconcile.slotting.parties import name_key
from summit_pipeline.reconcile.slotting.readings import Reading


def one_bearer(a: Reading, b: Reading) -> bool:
    """Whether two names that differ are said of one person, thing or place.

    Offices and charges have many holders, and things happen at many places: only almost the same
    sentence tells that one is meant, or a part of the name that is the same (another spelling).
    """
    if a.head is None or a.head != b.head:
        return False
    if same_sentence(a, b) or (is_post(a) and a.actor is not None and a.actor == b.actor):
        return True
    first, second = (name_key(r.claim.canonical or r.claim.value_text) for r in (a, b))
    alike = len(first) == len(second) > 1 and bool(set(first) & set(second))
    return a.claim.kind == "name" and alike and bool(a.parties & b.parties)
