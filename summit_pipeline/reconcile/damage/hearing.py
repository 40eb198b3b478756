"""Who is not heard: the words of a machine-rewritten text, figures in disguise, withdrawn texts.

A synonym spinner exchanges words and leaves digits alone. So such a text is heard on figures and
days written in digits, and on nothing else: not on names, wording, negation, or magnitudes in words
("tens of millions of women" became "tens of hundreds of thousands of girls"). Nobody stands behind
a document that was withdrawn any more; its claims stay visible, but are not heard on anything.

Belongs here: which claims are unheard, and what becomes of verdicts that rest on one. Does not
belong here: how much a heard claim counts (`deciding.votes`), or which texts are damaged
(`normalise.grading`, `siblings`).
"""

from collections.abc import Mapping
from dataclasses import replace

from summit_pipeline.reconcile.relating.judging import JudgedSlot, Pair
from summit_pipeline.reconcile.relating.verdicts import ACCUSING, Verdict
from summit_pipeline.reconcile.slotting.evidence import AMOUNTS
from summit_pipeline.reconcile.slotting.readings import Reading

DISGUISED = "/disguised"
"""How the rule of a claim ends that control characters show otherwise than it is written."""

_WRITTEN_IN_DIGITS = AMOUNTS | {"date"}


def is_unheard(reading: Reading) -> bool:
    """Whether nobody answers for the claim as it reads.

    Its document was withdrawn, or it rests on words that a machine chose, or it shows other figures
    than it holds (an override of the writing direction shows "$14.4" where the text has "$4.41").
    """
    claim = reading.claim
    if reading.source.is_withdrawn or claim.rule.endswith(DISGUISED):
        return True
    if not reading.source.is_spun:
        return False
    in_digits = any(c.isdigit() for c in claim.value_text)
    return claim.kind not in _WRITTEN_IN_DIGITS or not in_digits


def without_unheard(judged: JudgedSlot) -> JudgedSlot:
    """The slot with every accusing verdict that rests on an unheard claim made undecided.

    An update accuses nobody; that a rewriter's words can't be the last state is seen to where
    values are ranked.
    """
    return replace(judged, verdicts=as_heard(judged.readings, judged.verdicts))


def as_heard(
    readings: Mapping[int, Reading], verdicts: Mapping[Pair, Verdict]
) -> dict[Pair, Verdict]:
    """Verdicts, with those that accuse and rest on an unheard claim made undecided."""
    return {(a, b): _weakened(readings, a, b, verdict) for (a, b), verdict in verdicts.items()}


def _weakened(readings: Mapping[int, Reading], a: int, b: int, verdict: Verdict) -> Verdict:
    unheard = [readings[i] for i in (a, b) if is_unheard(readings[i])]
    if not unheard or verdict.relation not in ACCUSING:
        return verdict
    rule, why = _why_unheard(unheard[0])
    reason = f"{unheard[0].quoted} {why}; else: {verdict.relation}, {verdict.reason}"
    return Verdict("undecided", rule, reason)


def _why_unheard(reading: Reading) -> tuple[str, str]:
    """The rule's name, and what a reader is told of the claim."""
    if reading.source.is_withdrawn:
        return "withdrawn", "stands in a document that was withdrawn"
    if reading.claim.rule.endswith(DISGUISED):
        return "disguised_figure", "is shown otherwise than it is written, by control characters"
    told = f"is the wording of a text graded {reading.source.grade}, which is not heard on words"
    return "spun_wording", told
