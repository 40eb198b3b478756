"""Copies: near-copies against brute force, made copies of real articles, and false alarms.

`load` takes the articles of two years out of the load test, which hold real copies between outlets,
three days at a time; `sets` the stories of the grouping sets. In both, pairs with half of
their five-word runs in common (Jaccard), or with four fifths of the shorter one's in the longer,
are counted by comparing each two texts; quotations are masked. `made` are edits of real articles
(`made_copies`): cut, put in another order, framed by foreign words, lightly reworded, and spun with
half of all plain words exchanged. A missed one is one that is not found to be a copy in any way.

False alarms: `false_near` are near-copies that brute force does not know, `load.rewritten` and
`sets.rewritten` pairs of different texts that are called rewritten copies though they share hardly
any prose.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from benchmarks.made_copies import abridged, framed, paragraphs, reordered, reworded
from summit_pipeline.lexicons.spun_pairs import load_spun_pairs
from summit_pipeline.reconcile.provenance.copies import Copy, find_copies
from summit_pipeline.reconcile.provenance.shingles import Shingled, shingle

_JACCARD = 0.5
_CONTAINED = 0.8
_FEWEST_RUNS = 20
_YEARS = ("2013", "2019")
_DAYS = 3
_LONGEST = 12_000  # characters; longer texts are transcripts and lists
_SETS = ("allsides_full", "ecbplus", "basil", "newswcl50")
_MADE = 150
_MADE_LENGTHS = (1_500, 6_000)
_HARDLY_ANY = 0.15  # share of runs in the other text
_LIGHT, _HEAVY = 0.06, 0.5  # shares of plain words that are exchanged

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with its runs."""

    name: str
    text: str
    shingled: Shingled


@dataclass(slots=True)
class _Tally:
    """Pairs of brute force and of the product."""

    near: set[Pair]
    contained: set[Pair]
    found: set[Pair]
    rewritten: set[Pair]

    def figures(self, label: str) -> dict[str, float]:
        both = self.near | self.contained
        return {
            f"{label}.near_copies": len(self.near),
            f"{label}.near_copies_found": _share(self.near, self.found),
            f"{label}.contained": len(self.contained),
            f"{label}.contained_found": _share(self.contained, self.found),
            f"{label}.false_near": len(self.found - both),
            f"{label}.rewritten": len(self.rewritten),
        }


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    """Figures of all parts; predictions are one JSON line a pair that is called a copy."""
    load = data / "load" / "articles.parquet"
    if not load.exists():
        raise FileNotFoundError(2, "no articles to compare", str(load))
    articles = pl.read_parquet(load).filter(pl.col("text").str.len_chars() < _LONGEST)
    of_load = _Tally(set(), set(), set(), set())
    for texts in _days(articles):
        _compare(texts, of_load)
    figures = of_load.figures("load")
    of_sets = _Tally(set(), set(), set(), set())
    for texts in _stories(data / "stories"):
        _compare(texts, of_sets)
    figures |= of_sets.figures("sets")
    figures |= _made(articles)
    if predictions is not None:
        lines = [
            json.dumps({"part": part, "docs": pair})
            for part, tally in (("load", of_load), ("sets", of_sets))
            for pair in sorted(tally.found | tally.rewritten)
        ]
        predictions.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return figures


def _share(wanted: set[Pair], found: set[Pair]) -> float:
    return len(wanted & found) / len(wanted) if wanted else 1.0


def _read(name: str, text: str) -> _Text:
    return _Text(name, text, shingle(text))


def _days(articles: pl.DataFrame) -> Iterator[list[_Text]]:
    """The articles of each three days in a row."""
    stretches: dict[int, list[_Text]] = {}
    chosen = articles.filter(pl.col("date").str.slice(0, 4).is_in(_YEARS)).sort("date", "doc_id")
    for doc_id, day, text in chosen.select("doc_id", "date", "text").iter_rows():
        stretch = date.fromisoformat(day[:10]).toordinal() // _DAYS
        stretches.setdefault(stretch, []).append(_read(doc_id, text))
    yield from stretches.values()


def _compare(texts: Sequence[_Text], tally: _Tally) -> None:
    """Add the pairs of these texts to the tally."""
    runs = [text.shingled.places.keys() for text in texts]
    for one, other in combinations(range(len(texts)), 2):
        fewer = min(len(runs[one]), len(runs[other]))
        if fewer < _FEWEST_RUNS:
            continue
        shared = len(runs[one] & runs[other])
        pair = (texts[one].name, texts[other].name)
        if shared >= _JACCARD * (len(runs[one]) + len(runs[other]) - shared):
            tally.near.add(pair)
        if shared >= _CONTAINED * fewer:
            tally.contained.add(pair)
    for copy in find_copies([t.text for t in texts], [t.shingled for t in texts]):
        pair = (texts[copy.first].name, texts[copy.second].name)
        if copy.kind == "near_copy":
            tally.found.add(pair)
        elif _shares_hardly_any(texts, copy):
            tally.rewritten.add(pair)


def _shares_hardly_any(texts: Sequence[_Text], copy: Copy) -> bool:
    first, second = (texts[place].shingled.places.keys() for place in (copy.first, copy.second))
    return len(first & second) < _HARDLY_ANY * min(len(first), len(second))


def _stories(folder: Path) -> Iterator[list[_Text]]:
    """The stories of all sets."""
    for name in _SETS:
        by_story: dict[str, list[_Text]] = {}
        for row in _rows(folder / f"{name}.jsonl"):
            by_story.setdefault(row["story_id"], []).append(_read(row["doc_id"], row["text"]))
        yield from by_story.values()


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _made(articles: pl.DataFrame) -> dict[str, float]:
    """Of each kind of made copy, the share that is found to be one."""
    shortest, longest = _MADE_LENGTHS
    pool = articles.filter(pl.col("text").str.len_chars().is_between(shortest, longest))
    originals = [text for text in _sample(pool) if len(paragraphs(text)) > 5]
    forms = single_word_forms(load_spun_pairs().spun_forms)
    missed: dict[str, int] = {}
    for number, (text, other) in enumerate(pairwise(originals)):
        dice = Random(number)
        made = {
            "abridged": abridged(text, dice),
            "reordered": reordered(text, dice),
            "framed": framed(text, other, dice),
            "reworded": reworded(text, forms, _LIGHT, dice),
            "spun": reworded(text, forms, _HEAVY, dice),
            "spun_abridged": reworded(abridged(text, dice), forms, _HEAVY, dice),
        }
        for kind, copied in made.items():
            texts = [text, copied]
            is_missed = not find_copies(texts, [shingle(t) for t in texts])
            missed[kind] = missed.get(kind, 0) + is_missed
    count = max(len(originals) - 1, 1)
    return {
        "made.articles": count,
        **{f"made.{kind}_found": 1 - lost / count for kind, lost in missed.items()},
    }


def _sample(articles: pl.DataFrame) -> list[str]:
    """Texts of many outlets: one of each, then the next of each."""
    turns = articles.sort("doc_id").with_columns(turn=pl.int_range(pl.len()).over("source"))
    return turns.sort("turn", "doc_id").get_column("text").to_list()[:_MADE]


def single_word_forms(
    spun: Mapping[tuple[str, ...], Iterable[tuple[str, ...]]],
) -> dict[str, list[str]]:
    """What a spinner writes for single words."""
    return {
        original[0]: [" ".join(words) for words in options]
        for original, options in spun.items()
        if len(original) == 1
    }
