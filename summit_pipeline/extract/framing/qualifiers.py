"""Stated scope of an amount as key=value: what a percentage is of, per what, which part, what sort.

Belongs here: qualifiers from the words around an amount. Does not belong here: the period
(`periods`). Keys: base, per, part, reading, stat.
"""

import functools
import re

from summit_pipeline.extract.framing.lemmas import noun_lemma
from summit_pipeline.extract.framing.measured_nouns import Measure
from summit_pipeline.extract.framing.phrases import phrase_from
from summit_pipeline.extract.framing.tagging import DET, NAME, NOUN, NUM, View
from summit_pipeline.lexicons import load_toml

_PER = re.compile(
    r"\s?(?:/|per |an? |each |every )(share|person|household|capita|barrel|ton|tonne|gallon|litre|"
    r"liter|ounce|head|hour|day|week|month|year|night|game|seat|ticket|vehicle|car|pound|acre|head)\b|"
    r"\s(apiece|annually|monthly|weekly|daily|yearly)\b",
    re.IGNORECASE,
)
_PER_ADVERBS = {"annually": "year", "yearly": "year", "monthly": "month", "weekly": "week",
                "daily": "day", "apiece": "piece"}  # fmt: skip
# Words this near before the amount mark it (estimate, average), in tokens.
_NEAR = 5


@functools.cache
def _lexicon(key: str) -> dict[str, str]:
    return dict(load_toml("measure_nouns.toml")[key])


def qualifiers_of(
    view: View,
    text: str,
    first: int,
    last: int,
    kind: str,
    measure: Measure | None,
    bounds: tuple[int, int],
) -> tuple[str, ...]:
    """The qualifiers of the amount at tokens `first`..`last`, sorted."""
    found: dict[str, str] = {}
    end = view.tokens[last].end
    if kind == "percent":
        base = _base(view, last)
        if base is not None:
            found["base"] = base
    per = _PER.match(text, end, bounds[1]) if kind in ("money", "count") else None
    if per is not None:
        word = (per.group(1) or per.group(2)).lower()
        found["per"] = _PER_ADVERBS.get(word, word)
    if measure is not None:
        found.update(_part(view, measure))
        if measure.reading is not None:
            found["reading"] = measure.reading
    found.update(_marks(view, first, last, measure))
    return tuple(sorted(f"{key}={value}" for key, value in found.items()))


def _base(view: View, last: int) -> str | None:
    """The noun after "percent of": what the whole is."""
    tokens = view.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].lower != "of":
        return None
    at = last + 2
    while at < len(tokens) and tokens[at].tag == DET:
        at += 1
    if at < len(tokens) and tokens[at].lower in ("gdp", "gross"):
        return "gdp"
    phrase = phrase_from(view, at) if at < len(tokens) else None
    if phrase is None:
        return None
    head = view.tokens[phrase.head]
    return noun_lemma(head.lower) if head.tag == NOUN else None


def _part(view: View, measure: Measure) -> dict[str, str]:
    if measure.phrase is None:
        return {}
    for token in view.tokens[measure.phrase.first : measure.phrase.last]:
        part = _lexicon("parts").get(token.lower)
        if part is not None:
            return {"part": part}
    return {}


def _marks(view: View, first: int, last: int, measure: Measure | None) -> dict[str, str]:
    """Estimates, averages and sums marked right before the amount or inside its measure phrase."""
    left = max(0, first - _NEAR)
    near = list(view.tokens[left:first])
    for index in range(len(near) - 1, -1, -1):
        if near[index].tag == NUM:
            near = near[index + 1 :]
            break
    if measure is not None and measure.phrase is not None and measure.rule != "object":
        near.extend(view.tokens[measure.phrase.first : measure.phrase.last + 1])
    found: dict[str, str] = {}
    for token in near:
        mark = _lexicon("marks").get(token.lower)
        if mark is not None and token.tag != NAME:
            key, _, value = mark.partition("=")
            found.setdefault(key, value)
    return found
