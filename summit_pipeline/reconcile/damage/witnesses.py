"""What the sound texts of a story write side by side, counted once for all of its documents.

Each document is compared with the others, so one of the witnesses may be the document itself: its
own words are taken out again at each question. Counting anew for each document would make the work
grow with the square of the story.

Belongs here: that count and questions to it. Does not belong here: what an answer means for a word
(`name_damage`, `swapped_words`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summit_pipeline.lexicons.counted_words import Word
from summit_pipeline.reconcile.damage.neighbour_words import Neighbours, Pair

# Texts that must write a word beside another one for the word to be attested there.
_ATTESTED = 2
# Rivals looked at for one name: a bound on work, not reached by any story seen.
_MOST_RIVALS = 50

_Kept = tuple[int, str]
"""Which word of a pair is asked for (0 or 1), and the other one, folded."""


class PairCounts:
    """Pairs of all sound texts of a story; names by either of their words, and who spells them."""

    def __init__(self, texts: Sequence[Neighbours]) -> None:
        self.texts = texts
        self.pairs: Counter[Pair] = Counter()
        self.beside: dict[_Kept, dict[str, list[tuple[int, str]]]] = {}
        self._attested: dict[_Kept, tuple[tuple[str, frozenset[int]], ...]] = {}
        for number, text in enumerate(texts):
            self.pairs.update(text.pairs)
            for pair, places in text.names.items():
                for place in places:
                    if place.first_is_name:
                        self._add(number, text.text, place.first, 0, pair)
                    if place.second_is_name:
                        self._add(number, text.text, place.second, 1, pair)

    def _add(self, number: int, text: str, word: Word, altered: int, pair: Pair) -> None:
        entry = self.beside.setdefault((altered, pair[1 - altered]), {})
        entry.setdefault(pair[altered], []).append((number, text[word.start : word.end]))

    def attested(self, key: _Kept) -> tuple[tuple[str, frozenset[int]], ...]:
        """The words that enough texts write beside the kept one, and which texts."""
        if key not in self._attested:
            entry = self.beside.get(key, {})
            texts = ((word, frozenset(n for n, _ in found)) for word, found in entry.items())
            self._attested[key] = tuple(pair for pair in texts if len(pair[1]) >= _ATTESTED)
        return self._attested[key]


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The sound texts of a story, without the document itself where it is one of them.

    They are named by their place among all sound texts; `own` is the document's place.
    """

    counts: PairCounts
    own: int | None

    def __len__(self) -> int:
        return len(self.counts.texts) - (self.own is not None)

    def count(self, pair: Pair) -> int:
        """How many write the two words side by side, in any case."""
        own = self.own is not None and pair in self.counts.texts[self.own].pairs
        return self.counts.pairs[pair] - own

    def texts(self, word: str, kept: str, altered: int) -> tuple[int, ...]:
        """Those that write the word as a name's part beside the kept one."""
        found = self.counts.beside.get((altered, kept), {}).get(word, ())
        return tuple(sorted({number for number, _ in found if number != self.own}))

    def spelling(self, word: str, kept: str, altered: int) -> str:
        """The word as they mostly write it there."""
        found = self.counts.beside[altered, kept][word]
        spellings = Counter(spelling for number, spelling in found if number != self.own)
        return _without_possessive(max(spellings, key=lambda s: (spellings[s], s)))

    def attested(self, kept: str, altered: int) -> tuple[str, ...]:
        """The words that two or more write beside the kept one, most attested first."""
        counted = (
            (word, len(texts) - (self.own in texts))
            for word, texts in self.counts.attested((altered, kept))
        )
        words = sorted((-count, word) for word, count in counted if count >= _ATTESTED)
        return tuple(word for _, word in words[:_MOST_RIVALS])


def _without_possessive(word: str) -> str:
    return word[:-2] if word.lower().endswith(("'s", "’s")) else word
