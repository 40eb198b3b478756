"""The pair lexicon of synonym spinners: what the tool writes for what.

Belongs here: reading `spun_pairs.tsv`, selecting by origin, looking up by words. Does not belong
here: what a pair says about a text (`normalise.spin_choices`, `reconcile.name_damage`).
"""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summit_pipeline.lexicons import load_table
from summit_pipeline.lexicons.learned import SPUN_PAIRS, learned_rows


@dataclass(frozen=True, slots=True, order=True)
class SpunPair:
    """A replacement: folded words as spun, folded words as probably written, and who says so.

    `spelling` is the original with the capitals of names.
    """

    spun: tuple[str, ...]
    original: tuple[str, ...]
    spelling: str
    origins: frozenset[str]


@dataclass(frozen=True, slots=True)
class SpunPairs:
    """Pairs, looked up by either side."""

    pairs: tuple[SpunPair, ...]
    originals: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]
    spun_forms: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]
    spellings: Mapping[tuple[str, ...], str]

    def is_pair(self, spun: str, original: str) -> bool:
        """Whether the one-word pair is listed."""
        return (original,) in self.originals.get((spun,), ())


def select(pairs: Iterable[SpunPair], without: frozenset[str]) -> SpunPairs:
    """The pairs that stand on at least one origin outside `without`."""
    kept = tuple(p for p in pairs if p.origins - without)
    originals: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    spun_forms: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for pair in kept:
        originals.setdefault(pair.spun, []).append(pair.original)
        spun_forms.setdefault(pair.original, []).append(pair.spun)
    return SpunPairs(
        kept,
        {k: tuple(v) for k, v in originals.items()},
        {k: tuple(v) for k, v in spun_forms.items()},
        {p.original: p.spelling for p in kept},
    )


@functools.cache
def load_spun_pairs(without: frozenset[str] = frozenset()) -> SpunPairs:
    """The shipped and pinned learned pairs, less those known only from `without`; shared."""
    rows = (
        SpunPair(
            tuple(row["spun"].split(" ")),
            tuple(row["original"].lower().split(" ")),
            row["original"],
            frozenset(row["origins"].split(" ")),
        )
        for row in [*load_table(SPUN_PAIRS), *learned_rows(SPUN_PAIRS)]
    )
    return select(rows, without)
