"""Whether a verb stands in the passive, by itself or after "and": "was arrested and charged".

Belongs here: voice. Does not belong here: who does it or undergoes it (`participants`).
"""

from summit_pipeline.extract.framing.tagging import (
    ADV,
    AUX,
    DET,
    MARK,
    NAME,
    NOUN,
    NUM,
    PRON,
    VERB,
    View,
)

_BE = frozenset(("be", "get"))
# Verbs whose participle is their base form.
_PARTICIPLE_AS_BASE = frozenset(("cut", "put", "hit", "set"))
# How far before the second of two joined participles the first may stand, in tokens.
_JOINED_REACH = 8
# What an object begins with: who has one is no participle of a passive.
_OBJECT = frozenset((DET, NAME, NOUN, NUM, PRON))


def is_passive(view: View, at: int) -> bool:
    """Whether the verb at token `at` is a participle after a form of "be" or "get"."""
    if not _is_participle(view, at):
        return False
    tokens, back = view.tokens, at - 1
    while back >= 0 and tokens[back].tag == ADV:
        back -= 1
    if back < 0:
        return False
    if tokens[back].tag in (AUX, VERB) and tokens[back].lemma in _BE:
        return True
    return tokens[back].lower in ("and", "or", "but") and _joins(view, back, at)


def _is_participle(view: View, at: int) -> bool:
    token = view.tokens[at]
    if token.lower == token.lemma:
        return token.lemma in _PARTICIPLE_AS_BASE
    return not token.lower.endswith(("ing", "s"))


def _joins(view: View, conjunction: int, second: int) -> bool:
    """Whether a passive stands before the conjunction, and no object after the second verb."""
    tokens = view.tokens
    if second + 1 < len(tokens) and tokens[second + 1].tag in _OBJECT:
        return False
    for back in range(conjunction - 1, max(0, conjunction - _JOINED_REACH), -1):
        if tokens[back].tag == MARK:
            return False
        if tokens[back].tag == VERB:
            return _is_participle(view, back) and tokens[back - 1].lemma in _BE
    return False
