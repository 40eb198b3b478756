"""How much a claim's word counts when values are chosen.

One origin has one voice for each value, however many documents repeat it, and origins that history
shows to be one family have one voice together. Belongs here: which claims vote, and the weight of
a value. Does not belong here: what an origin's vote weighs by its history (`outlet_accuracies`),
or which values there are (`facts`).
"""

from collections.abc import Iterable, Sequence

from summit_pipeline.reconcile.damage.hearing import is_unheard
from summit_pipeline.reconcile.outlet_accuracies import voter_of
from summit_pipeline.reconcile.slotting.readings import Reading

# A machine rewriter exchanges words, hardly ever figures, so a rewritten text keeps a voice on
# figures in digits, but never outvotes a clean one. One half is a choice, not a measurement.
_SPUN_FIGURE = 0.5


def voice(reading: Reading) -> float:
    """Weight of one claim: 0 for what is said twice, or what nobody answers for (`hearing`)."""
    claim = reading.claim
    if claim.is_repeat or claim.modality in ("conditional", "question") or is_unheard(reading):
        return 0.0
    return _SPUN_FIGURE if reading.source.is_spun else 1.0


def weight(readings: Iterable[Reading]) -> float:
    """Weight of a value: the loudest voice of each voter that states it, summed.

    As long as no accuracies are learned this is the number of origins with a voice.
    """
    loudest: dict[str, float] = {}
    for reading in readings:
        voter = voter_of(reading.source.origin)
        loudest[voter.name] = max(voice(reading) * voter.weight, loudest.get(voter.name, 0.0))
    # Sums of the same weights in another order differ in the last digits; they are ties.
    return round(sum(loudest.values()), 9)


def heard(readings: Sequence[Reading]) -> Sequence[Reading]:
    """The claims that count as witnesses.

    Where nobody answers for any, all of them but those of withdrawn documents: what only a
    rewriter's words state still is a value that documents state.
    """
    found = [r for r in readings if not is_unheard(r)]
    return found or [r for r in readings if not r.source.is_withdrawn]


def is_shared(readings: Iterable[Reading]) -> bool:
    """Whether at least two voters state it: two origins that are not known to be one family."""
    return len({voter_of(r.source.origin).name for r in readings}) > 1
