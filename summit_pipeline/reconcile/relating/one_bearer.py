"""Whether two names or places that differ are said of one person, thing or happening.

Belongs here: names in roles. Does not belong here: how two names compare (`name_forms`).
"""

from summit_pipeline.reconcile.relating.common_words import same_sentence
from summit_pipeline.reconcile.relating.name_forms import is_post, spelt_alike
from summit_pipeline.reconcile.slotting.parties import name_key
from summit_pipeline.reconcile.slotting.readings import Reading


def one_bearer(a: Reading, b: Reading) -> bool:
    """Whether two names that differ are said of one person, thing or place.

    Offices and charges have many holders, and things happen at many places: only almost the same
    sentence tells that one is meant, or a part of the name that is the same (another spelling).
    """
    if a.head is None or a.head != b.head:
        return False
    common = bool(a.parties & b.parties)
    if is_post(a) and a.actor is not None and a.actor == b.actor:
        return True
    if common and same_sentence(a, b):
        return True
    first, second = (name_key(r.claim.canonical or r.claim.value_text) for r in (a, b))
    if a.claim.kind != "name" or len(first) != len(second) or len(first) < 2:
        return False
    # "Ehud Barak" and "Ehud Olmert" share a first name; "Stevens" and "Stephens" is a spelling.
    one_surname = first[-1] == second[-1]
    alike = one_surname or (first[0] == second[0] and spelt_alike(first[-1], second[-1]))
    return alike and common
