"""Evidence that two quotations are words of one remark: who may have said both, what they share.

Belongs here: how two named speakers stand to each other, and how telling shared words are, inside
the quotations and around them. Does not belong here: which words two quotations share (`wordings`),
or what is concluded from it (`quotations`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.terms import rarity, word_classes
from summit_pipeline.text.tokens import fold

Who = Literal["same", "unknown", "may_be", "doubtful", "unlike"]
"""How the speakers of two quotations stand: one person under one name or a part of it; not told on
one side; one may stand for the other (a body or an office and a person); two persons, one of them
named by a rule of attribution that errs; two persons."""

# A rule of attribution that is right less often names a speaker whom another text may correct: the
# rules for words before or after a verb of saying reach .95 and more (the committed table), those
# that search further away don't.
_SURE_OF_SPEAKER = 0.95
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii"})


def who_said(a: Reading, b: Reading) -> Who:
    """How the speakers of two quotations stand to each other."""
    if a.speaker is None or b.speaker is None:
        return "unknown"
    if a.speaker == b.speaker or _is_part_of_name(a, b):
        return "same"
    if not (a.speaker_is_person and b.speaker_is_person):
        return "may_be"
    sure = min(a.claim.confidence, b.claim.confidence) >= _SURE_OF_SPEAKER
    return "unlike" if sure else "doubtful"


def _is_part_of_name(a: Reading, b: Reading) -> bool:
    """Whether one person's name holds all words of the other's ("Trump", "Donald Trump")."""
    if not (a.speaker_is_person and b.speaker_is_person):
        return False
    one, two = ({word.strip(".,") for word in fold(r.speaker or "").split()} for r in (a, b))
    if (one & _GENERATIONS) != (two & _GENERATIONS):
        return False
    return one <= two or two <= one


@dataclass(frozen=True, slots=True)
class Telling:
    """How much words tell in one story: each by how few of the story's sentences hold it.

    The unit is a word that stands in one sentence only, so that figures mean the same in a story
    of any size: the more sentences, the more pairs share a word by chance, and the more one rare
    word says against that.
    """

    weights: Mapping[str, float]
    unit: float

    def of(self, words: frozenset[str]) -> float:
        """What the words tell together."""
        return sum(self.weights.get(w, self.unit) for w in words) / self.unit

    def around(self, a: Reading, b: Reading, inside: frozenset[str]) -> float:
        """What the words tell that both sentences share besides `inside`."""
        common = word_classes(a.claim.sentence) & word_classes(b.claim.sentence)
        return self.of(common - inside)


def telling_words(readings: Sequence[Reading]) -> Telling:
    """What the words of a story tell, by the sentences of its claims."""
    sentences = {(r.claim.version_id, r.claim.sentence_start): r.claim.sentence for r in readings}
    unit = math.log((len(sentences) + 1) / 1.5) if len(sentences) > 1 else 1.0
    return Telling(rarity(sentences[key] for key in sorted(sentences)), unit)
