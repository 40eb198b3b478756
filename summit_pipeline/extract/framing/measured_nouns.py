"""What an amount is an amount of: its measure noun, by the grammar around it.

Belongs here: the rules that lead from an amount to its noun, in the order in which they are tried.
Does not belong here: who takes part, the period, the reality (`frames`).

Rules, first that applies wins:
    attributive   "the $68 billion trade deficit", "5 percent tariff"
    of_after      "$60 billion worth of goods"
    noun_before   "a deficit of $68 billion", "bid worth $14 billion"
    subject       "the deficit stood at $68 billion", "profit rose 5 percent"
    changed       "increase spending on defense to 2%", "cut the deficit by $5 billion"
    in_after      "$600 a week in benefits", "$200 billion in imports"
    object        "pledged $1 million to charity" (the verb's noun, from the lexicon)
    near          a noun of the lexicon in the same clause
"""

import functools
from typing import NamedTuple

from summit_pipeline.extract.framing.lemmas import grammar_words, noun_lemma
from summit_pipeline.extract.framing.phrases import (
    Phrase,
    clause_end,
    clause_start,
    is_time,
    phrase_from,
    phrase_to,
    subject_before,
    with_complements,
)
from summit_pipeline.extract.framing.tagging import (
    ADV,
    AUX,
    MARK,
    NAME,
    NOUN,
    NUM,
    PREP,
    TO,
    VERB,
    View,
)
from summit_pipeline.lexicons import load_toml

_BEFORE_AMOUNT = grammar_words("before_amount")
# Words that stand between a noun or verb and its amount without changing their tie.
_HEDGES = grammar_words("hedges")
# "in contrast", "in cash": no noun that an amount is of.
_NOT_IN = grammar_words("not_after_in")
# Heads that only introduce what is done: "attempt to buy" is of the buying.
_LIGHT = grammar_words("light_nouns")
_TAKEOVER_VERBS = grammar_words("takeover_verbs")
_CHANGE_PREPOSITIONS = {"by": "change", "to": "level", "at": "level", "from": "level"}


class Measure(NamedTuple):
    """A measure noun: its phrase and head as token indices, lemma, and how it was found.

    `verb` is the verb that ties it to the amount, `subject` that verb's subject. `reading` tells a
    level ("rose to 5") from a change ("rose 5"), None where the verb says neither.
    """

    phrase: Phrase | None
    lemma: str | None
    rule: str
    verb: int | None = None
    subject: Phrase | None = None
    reading: str | None = None


@functools.cache
def _nouns() -> frozenset[str]:
    return frozenset(load_toml("measure_nouns.toml")["nouns"].split())


@functools.cache
def _verbs(key: str) -> frozenset[str]:
    return frozenset(load_toml("measure_nouns.toml")[key].split())


@functools.cache
def object_verbs() -> dict[str, str]:
    """Base form of a verb -> the noun that its amount is."""
    return dict(load_toml("measure_nouns.toml")["object_verbs"])


def find_measure(view: View, first: int, last: int, kind: str) -> Measure | None:
    """The measure of the amount at tokens `first`..`last`; None where the text doesn't tell."""
    start = _over_hedges(view, first)
    verb = _governing_verb(view, start)
    found = (
        _attributive(view, last, kind)
        or _of_after(view, last, kind, ("of",))
        or _noun_before(view, start)
        or _by_verb(view, start, verb)
        or _of_after(view, last, kind, ("in",))
        or _object(view, start, verb)
        or _near(view, first, last)
    )
    if found is not None and found.verb is None and verb is not None:
        found = found._replace(verb=verb, subject=subject_before(view, verb))
    return found


def _over_hedges(view: View, first: int) -> int:
    """The first token of the amount with its hedges: "by", "at" and the like stay outside."""
    while first > 0 and view.tokens[first - 1].lower in _HEDGES:
        before, word = view.tokens[first - 1].lower, view.tokens[first].lower
        is_up_to = before == "to" and first > 1 and view.tokens[first - 2].lower == "up"
        if before in ("to", "at") and word not in ("least", "most") and not is_up_to:
            break
        first -= 1
    return first


def _attributive(view: View, last: int, kind: str) -> Measure | None:
    """The noun right of the amount."""
    at = last + 1
    if at >= len(view.tokens) or view.tokens[at].tag not in (NOUN, NAME, VERB):
        return None
    if view.tokens[at].tag == VERB and not view.tokens[at].lower.endswith("ing"):
        return None
    phrase = phrase_from(view, at)
    if phrase is None or view.tokens[phrase.head].tag == NAME or phrase.first != at:
        return None
    lemma = noun_lemma(view.tokens[phrase.head].lower)
    if lemma in (
        "worth",
        "more",
        "less",
        "each",
        "apiece",
        "ago",
        "old",
        "higher",
        "lower",
        "later",
    ):
        return None
    at = phrase.last + 1
    following = view.tokens[at : at + 2]
    if lemma in _LIGHT and len(following) == 2 and following[0].lower in ("to", "and"):
        lemma = "takeover" if following[1].lemma in _TAKEOVER_VERBS else lemma
    return Measure(phrase, lemma, "attributive")


def _of_after(view: View, last: int, kind: str, words: tuple[str, ...]) -> Measure | None:
    """The noun after "of", "worth of" or "in"; a percentage's "of" names its base instead."""
    tokens = view.tokens
    at = last + 1
    # "$600 a week in benefits": a rate's unit stands between.
    if (
        at + 1 < len(tokens)
        and tokens[at].lower in ("a", "per", "each")
        and is_time(tokens[at + 1].lower)
    ):
        at += 2
    if at < len(tokens) and tokens[at].lower == "worth":
        at += 1
    if at + 1 >= len(tokens) or tokens[at].lower not in words:
        return None
    if kind == "percent":
        return None
    phrase = phrase_from(view, at + 1)
    if phrase is None or tokens[phrase.head].tag == NAME:
        return None
    lemma = noun_lemma(tokens[phrase.head].lower)
    if tokens[at].lower == "in" and lemma in _NOT_IN:
        return None
    return Measure(phrase, lemma, f"{tokens[at].lower}_after")


def _noun_before(view: View, start: int) -> Measure | None:
    """The noun before "of", "at", "worth" and the amount."""
    tokens = view.tokens
    if start < 2 or tokens[start - 1].lower not in _BEFORE_AMOUNT:
        return None
    phrase = phrase_to(view, start - 2)
    if phrase is None or tokens[phrase.head].tag == NAME or is_time(tokens[phrase.head].lower):
        return None
    lemma = noun_lemma(tokens[phrase.head].lower)
    if tokens[start - 1].lower == "at" and lemma not in _nouns():
        return None
    return Measure(phrase, lemma, "noun_before")


def _governing_verb(view: View, start: int) -> int | None:
    """The verb before the amount in its clause, at most eight tokens away."""
    for at in range(start - 1, max(-1, start - 9), -1):
        token = view.tokens[at]
        if token.tag == VERB or (token.tag == AUX and token.lemma == "be"):
            return at
        if token.tag == MARK and token.lower in (";", ":", "."):
            return None
    return None


def _by_verb(view: View, start: int, verb: int | None) -> Measure | None:
    """The subject of a verb of level or change, or the object that the verb changes."""
    if verb is None:
        return None
    tokens = view.tokens
    lemma = tokens[verb].lemma or ""
    moves = lemma in _verbs("change_up") or lemma in _verbs("change_down")
    subject = subject_before(view, verb)
    if moves or lemma in _verbs("change_object"):
        changed = _changed(view, start, verb)
        if changed is not None:
            return changed._replace(subject=subject)
    if not moves and lemma not in _verbs("level"):
        return None
    between = [t for t in tokens[verb + 1 : start] if t.tag != ADV]
    if len(between) > 3 or subject is None:
        return None
    return _subject_measure(view, start, verb, lemma, subject)


def _changed(view: View, start: int, verb: int) -> Measure | None:
    """The object between a verb of change and "to" or "by" before the amount."""
    before = view.tokens[start - 1].lower
    if before not in _CHANGE_PREPOSITIONS or start - 1 <= verb + 1:
        return None
    phrase = phrase_from(view, verb + 1)
    if phrase is None or view.tokens[phrase.head].tag != NOUN or phrase.last >= start - 1:
        return None
    lemma = noun_lemma(view.tokens[phrase.head].lower)
    return Measure(phrase, lemma, "changed", verb, None, _CHANGE_PREPOSITIONS[before])


def _object(view: View, start: int, verb: int | None) -> Measure | None:
    """The noun that the lexicon gives for a verb whose object the amount is."""
    if verb is None:
        return None
    noun = object_verbs().get(view.tokens[verb].lemma or "")
    between = [t for t in view.tokens[verb + 1 : start] if t.tag != ADV]
    if noun is None or len(between) > 4:
        return None
    return Measure(Phrase(verb, verb, verb), noun, "object", verb, subject_before(view, verb))


def _subject_measure(
    view: View, start: int, verb: int, lemma: str, subject: Phrase
) -> Measure | None:
    tokens = view.tokens
    reading = None
    if lemma not in _verbs("level"):
        before = tokens[start - 1].lower
        reading = _CHANGE_PREPOSITIONS.get(before, "change" if start - 1 <= verb + 1 else None)
    head = tokens[subject.head]
    if head.tag == NAME or head.tag not in (NOUN,):
        return None
    # "The focus centered on the deficit with Japan, which stood at": the lexicon's noun wins.
    for at in range(subject.head, verb):
        if tokens[at].tag == NOUN and noun_lemma(tokens[at].lower) in _nouns():
            if tokens[at + 1].tag == NOUN:
                continue  # "trade deficit": the head comes last
            phrase = phrase_to(view, at)
            if phrase is not None:
                return Measure(
                    phrase, noun_lemma(tokens[at].lower), "subject", verb, subject, reading
                )
            break
    return Measure(subject, noun_lemma(head.lower), "subject", verb, subject, reading)


def _near(view: View, first: int, last: int) -> Measure | None:
    """The nearest noun of the lexicon in the clause: right side first, then left."""
    tokens = view.tokens
    for at in range(last + 1, min(clause_end(view, last), last + 8)):
        if tokens[at].tag == NUM:
            break
        if tokens[at].tag == NOUN and noun_lemma(tokens[at].lower) in _nouns():
            phrase = phrase_to(view, at)
            if phrase is not None and phrase.first > last:
                return Measure(phrase, noun_lemma(tokens[at].lower), "near")
    for at in range(first - 1, max(clause_start(view, first) - 1, first - 9), -1):
        if tokens[at].tag == NUM:
            break
        if tokens[at].tag == NOUN and noun_lemma(tokens[at].lower) in _nouns():
            phrase = phrase_to(view, at)
            if phrase is not None:
                return Measure(phrase, noun_lemma(tokens[at].lower), "near")
    return None


def measure_span(view: View, measure: Measure) -> tuple[int, int] | None:
    """First and last token of the measure with its complements ("deficit with Japan")."""
    if measure.phrase is None:
        return None
    return measure.phrase.first, with_complements(view, measure.phrase)


__all__ = ["PREP", "TO", "Measure", "find_measure", "measure_span", "object_verbs"]
