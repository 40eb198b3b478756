"""Names that a rewriter altered: "Oval Workplace" where the other reports write "Oval Office".

A name is damaged where the document keeps one word of it and writes another beside it than its
siblings do, and where the altered form stands in no sibling and (next to) nowhere in clean news.
Real look-alikes pass because somebody writes them: the Home Office, a Commerce Department, a navy.

Belongs here: the search in one document against its siblings and the background. Does not belong
here: which documents are searched, rows, or grades (`siblings`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from summit_pipeline.lexicons.background import Background
from summit_pipeline.lexicons.spun_pairs import SpunPairs
from summit_pipeline.reconcile.damage.neighbour_words import Neighbours, Pair, Place
from summit_pipeline.reconcile.damage.witnesses import Witnesses

# The name as probably written must be this many times as usual in clean news as the altered form.
_USUAL = 50
# Without any sibling: articles of clean news that must have the name as probably written.
_WELL_KNOWN = 100
# Words in more articles than this share tie nothing together ("the", "of").
_FUNCTION_WORD = 0.5


@dataclass(frozen=True, slots=True)
class DamagedName:
    """An altered name: its folded pair, the altered word's index in it, and the word instead.

    `siblings` are the witnesses that write the name so, `is_known` tells whether the
    pair lexicon has the replacement.
    """

    pair: Pair
    altered: int
    instead: str
    siblings: tuple[int, ...]
    is_known: bool

    @property
    def repaired(self) -> Pair:
        """The pair as probably written, folded."""
        first, second = self.pair
        word = self.instead.lower()
        return (word, second) if self.altered == 0 else (first, word)


def find_damaged_names(
    document: Neighbours,
    siblings: Witnesses,
    pairs: SpunPairs,
    background: Background,
    lower_words: frozenset[str],
) -> tuple[DamagedName, ...]:
    """The altered names of a document, most widely attested first for each name.

    `lower_words` are folded words that some text of the story writes without a capital: only such
    can be a name's altered word when the lexicon does not know the replacement.
    """
    found: list[DamagedName] = []
    for pair in sorted(document.names):
        if siblings.count(pair):
            continue
        candidates = [
            name
            for name in _candidates(document, pair, siblings, pairs, background, lower_words)
            if _is_unusual(pair, name.repaired, background)
            and len(document.places.get(name.repaired, ())) < len(document.places[pair])
        ]
        if candidates:
            found.append(max(candidates, key=lambda n: (n.is_known, len(n.siblings), n.instead)))
    return tuple(found)


def _candidates(
    document: Neighbours,
    pair: Pair,
    siblings: Witnesses,
    pairs: SpunPairs,
    background: Background,
    lower_words: frozenset[str],
) -> Iterator[DamagedName]:
    for altered in (0, 1):
        places = [p for p in document.names[pair] if _is_name_at(p, altered)]
        if not places:
            continue
        kept = pair[1 - altered]
        if not any(_is_name_at(p, 1 - altered) for p in places) and not _ties(kept, background):
            continue
        is_whole_name = any(_both_capital(p) for p in places)
        for original, *more in pairs.originals.get((pair[altered],), ()):
            texts = siblings.texts(original, kept, altered)
            if texts and not more:
                spelling = siblings.spelling(original, kept, altered)
                yield DamagedName(pair, altered, spelling, texts, True)
        if is_whole_name and pair[altered] in lower_words and background.pair(*pair) == 0:
            for word in siblings.attested(kept, altered):
                if word in lower_words and word != pair[altered]:
                    spelling = siblings.spelling(word, kept, altered)
                    texts = siblings.texts(word, kept, altered)
                    yield DamagedName(pair, altered, spelling, texts, False)
        if is_whole_name:
            yield from _well_known(pair, altered, pairs, background)


def _well_known(
    pair: Pair, altered: int, pairs: SpunPairs, background: Background
) -> Iterator[DamagedName]:
    """Names that clean news has often: these need no sibling."""
    for original in pairs.originals.get((pair[altered],), ()):
        if len(original) == 1:
            name = DamagedName(pair, altered, original[0].capitalize(), (), True)
            if background.pair(*pair) == 0 and background.pair(*name.repaired) >= _WELL_KNOWN:
                yield name


def _is_unusual(pair: Pair, repaired: Pair, background: Background) -> bool:
    altered_form = background.pair(*pair)
    return altered_form == 0 or altered_form * _USUAL <= background.pair(*repaired)


def _is_name_at(place: Place, index: int) -> bool:
    return place.first_is_name if index == 0 else place.second_is_name


def _both_capital(place: Place) -> bool:
    return place.first.capital and place.second.capital


def _ties(word: str, background: Background) -> bool:
    """Whether the word beside the altered one says something about it."""
    share = background.documents_with(word) / background.documents
    return word[:1].isalpha() and share <= _FUNCTION_WORD
