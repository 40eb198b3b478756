"""Whether words outside a clause say that what it tells is not so: "denied that", "is not true".

Belongs here: denials that govern or follow a whole clause. Does not belong here: denials within it
(`modality`).
"""

from summit_pipeline.extract.framing.modality import is_negative
from summit_pipeline.extract.framing.tagging import ADV, View

_DENYING = frozenset(("deny", "dispute", "refute", "rebut", "disprove"))
_TRUE = frozenset(("true", "accurate", "correct"))
_UNTRUE = frozenset(("untrue", "false", "wrong", "inaccurate", "incorrect", "nonsense"))
# What can be called untrue as a whole: "the idea there will be a delay is not true".
_THOUGHTS = frozenset(
    ("idea", "claim", "claims", "notion", "suggestion", "allegation", "allegations", "report",
     "reports", "rumor", "rumors", "rumour", "rumours", "story", "theory")
)  # fmt: skip
# Tokens after the told state within which "is not true" must begin.
_REACH = 6


def is_denied_from_outside(view: View, left: int, last: int) -> bool:
    """Whether the clause that starts at token `left` is denied by what stands around it.

    Args:
        view: the sentence.
        left: first token of the clause.
        last: last token of what the clause tells.
    """
    tokens = view.tokens
    that = left - 1 if left and tokens[left - 1].lower == "that" else left
    before = that - 1
    if that < left and before >= 0:
        if tokens[before].lemma in _DENYING:
            return not any(is_negative(t.lower) for t in tokens[max(0, before - 2) : before])
        if _says_untrue(view, before):
            return True
    return _thought_before(view, before) and _untrue_after(view, last)


def _says_untrue(view: View, at: int) -> bool:
    """Whether "is not true" or "is untrue" ends at token `at`."""
    tokens = view.tokens
    denied = any(is_negative(t.lower) for t in tokens[max(0, at - 2) : at])
    told = any(t.lemma == "be" for t in tokens[max(0, at - 3) : at])
    return told and (denied if tokens[at].lower in _TRUE else tokens[at].lower in _UNTRUE)


def _thought_before(view: View, at: int) -> bool:
    """Whether the clause hangs on a thought: with "that" before it, or right behind the noun."""
    tokens = view.tokens
    return any(t.lower in _THOUGHTS for t in tokens[max(0, at - 1) : at + 3])


def _untrue_after(view: View, last: int) -> bool:
    """Whether "is not true" or "is false" follows."""
    tokens = view.tokens
    for at in range(last + 1, min(len(tokens), last + 1 + _REACH)):
        if tokens[at].lower in _TRUE | _UNTRUE and _says_untrue(view, at):
            return all(t.tag != ADV or is_negative(t.lower) for t in tokens[last + 1 : at])
    return False
