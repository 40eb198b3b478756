"""Counts with their noun: "31 people", "a dozen hostages", "hundreds of protesters", "12 injured".

Belongs here: what is a count worth claiming, and its unit, the lemma of the counted noun. Does not
belong here: rates and scores (`ratios`), ordinals, ages, measures.
"""

import re

from summit_pipeline.extract.amounts.amounts import (
    JOIN,
    Amount,
    joins_range,
    quantities_of,
    range_start,
    share_scale,
)
from summit_pipeline.extract.amounts.casualties import casualties_end, happens_to
from summit_pipeline.extract.amounts.counted_nouns import (
    COUNTED_BY_LETTER,
    Noun,
    lemma,
    plural_after,
)
from summit_pipeline.extract.amounts.quantity import Quantity, rule_confidence
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import Number, number_at

_LEXICON = load_toml("count_words.toml")
_TRIVIAL_HEADS = frozenset(_LEXICON["trivial_heads"])
_PERSON_NOUNS = frozenset(_LEXICON["person_nouns"])
# "Several senators", "a handful of Republicans": only people are worth a claim when so few.
_PERSONS = frozenset(
    (
        *map(lemma, _PERSON_NOUNS),
        *_LEXICON["one_person"],
        *load_toml("titles.toml")["roles"]["nouns"],
    )
)
_JOINED_TO_NO_COUNT = frozenset(_LEXICON["joined_to_no_count"])
_DETERMINER_BEFORE = re.compile(
    r"(?:^|\s|(?<![Tt]here)(?<![Ii]t)(?<![Tt]hat)(?<![Hh]ere)(?<![Ww]hat)(?=[’']))(?:"
    + "|".join(re.escape(d) for d in _LEXICON["determiners"])
    + r")\s(?:\w+est\s|other\s|last\s|first\s|main\s)?$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?:^|\s)(?P<word>[A-Z][A-Za-z&’'.-]*)\s$")
# A model is a name whatever noun follows: "AK-47 rifles", "AK - 47 rifles", "F-16 jets".
_MODEL_BEFORE = re.compile(r"(?:^|[\s(])(?:[A-Z]{1,4}\s?[-–]\s?|[A-Z]{2,4}\s)$")
_NAMES_A_DAY = re.compile(
    r"(?:day|January|February|March|April|June|July|August|September|October|November|December)$"
)
_SENTENCE_OPENERS = frozenset(
    [
        "The",
        "At",
        "About",
        "Around",
        "Some",
        "Nearly",
        "Almost",
        "Over",
        "Up",
        "More",
        "Another",
        "In",
        "On",
        "And",
        "But",
        "With",
        "Of",
        "For",
        "From",
        "By",
        "After",
        "Only",
        "Just",
        "All",
        "Least",
        "Roughly",
        "Approximately",
        "An",
        "A",
        "Between",
        "Than",
        "Under",
        "Police",
    ]
)
_OF = re.compile(r"\sof\s(?:the\s|its\s|their\s|his\s|her\s|our\s|these\s|those\s)?")
_OR_SO = re.compile(r"\s(?:or\sso|or\smore|odd)(?=\s)")
# "That two men": "that" and "this" point to one thing, so before a number they only join clauses.
_JOINS_CLAUSES = re.compile(r"\b(?:that|this|other|all)\s$", re.IGNORECASE)
_RECORD = re.compile(r"record\s(?P<noun>numbers?|levels?|amounts?|highs?|lows?)\b", re.IGNORECASE)


def read_count(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The count that begins at `start`; trivial ones ("the two countries") are no claims."""
    number = _with_letter(text, first, end) if first else None
    if number is None or _is_named(text, start, number):
        return []
    join = JOIN.match(text, number.end, end)
    if join and number.value is not None and joins_range(text, start, join):
        second = number_at(text, join.end(), end)
        noun = _noun(text, second, end) if second and second.value is not None else None
        if second and noun and (second.value or 0) > (number.value or 0):
            begin = range_start(text, start, join)
            shared = share_scale(number, second)
            amount = Amount(begin, noun.end, shared, second, noun.lemma, 1.0)
            return quantities_of(text, amount, "count", "count", exact=True)
        if join["dash"] and second:
            return []
    befallen = casualties_end(text, start, end, number)
    if befallen is not None:
        return _counted(text, number, befallen, "person", "count_casualties")
    if number.value is not None and number.value > 1 and _OF_THOSE.match(text, number.end, end):
        return _counted(text, number, number.end, "person", "count_person")
    noun = (
        _noun(text, number, end)
        or _noun_of_part(text, number, end)
        or _noun_joined(text, number, end)
    )
    if noun is None and happens_to(text, start):
        return _counted(text, number, number.end, "person", "count_casualties")
    if noun is None or _is_trivial(text, start, number, noun):
        return []
    rule = "count_person" if text[noun.start : noun.end].lower() in _PERSON_NOUNS else "count"
    stop = number.end if _OR_SO.match(text, number.end, end) else noun.end
    return _counted(text, number, stop, noun.lemma, rule)


def _with_letter(text: str, number: Number, end: int) -> Number:
    """“5m people”, "300k users": the number under the scale of its letter."""
    if not COUNTED_BY_LETTER.match(text, number.end, end):
        return number
    return number_at(text, number.start, end, short_scales=True) or number


def read_record(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """“Record numbers”: a claim about an amount that the text leaves open."""
    match = _RECORD.match(text, start, end)
    if match is None:
        return []
    rule = "count_record"
    return [
        Quantity(
            start,
            match.end(),
            "count",
            None,
            None,
            None,
            None,
            "record",
            rule,
            rule_confidence(rule),
        )
    ]


def _counted(text: str, number: Number, stop: int, unit: str, rule: str) -> list[Quantity]:
    amount = Amount(number.start, stop, number, None, unit, 1.0)
    return quantities_of(text, amount, "count", rule, exact=True)


def _noun(text: str, number: Number, end: int) -> Noun | None:
    hedged = _OR_SO.match(text, number.end, end)
    if hedged:
        return plural_after(text, hedged.end(), end)
    of = _OF.match(text, number.end, end)
    if of and (number.value is None or (number.in_words and number.scaled)):
        return plural_after(text, of.end() - 1, end)
    return plural_after(text, number.end, end)


# "31 of those prior emergencies", "seven of the men": some of a number of things.
_PART_OF = re.compile(r"\sof\s(?:the|those|these|its|their|his|her|our)(?=\s)")


# "Seven of those who were charged": people.
_OF_THOSE = re.compile(r"\sof\s(?:those|them)\s(?:who|whom|whose)\b")


def _noun_of_part(text: str, number: Number, end: int) -> Noun | None:
    of = _PART_OF.match(text, number.end, end)
    return plural_after(text, of.end(), end) if of and number.value is not None else None


# "a 48-page indictment", "the 13-play drive"; two of something joined like that is mostly no count
# ("two-party system", "three-way" is in the list of words that count nothing).
_JOINED_NOUN = re.compile(r"-(?P<noun>[a-z]{4,})(?=\s[A-Za-z]|,\s\d)")


def _noun_joined(text: str, number: Number, end: int) -> Noun | None:
    joined = _JOINED_NOUN.match(text, number.end, end)
    if joined is None or number.value is None or number.value < 3:
        return None
    noun = joined["noun"]
    if noun in _JOINED_TO_NO_COUNT or noun.endswith(("ed", "s")):
        return None
    return Noun(joined.start("noun"), joined.end(), lemma(noun))


def _is_named(text: str, start: int, number: Number) -> bool:
    """Whether the number is part of a name: "Boeing 737", "Article 5", "Fortune 500"."""
    if number.in_words or number.value is None:
        return False
    if number.value < 1000 and _MODEL_BEFORE.search(text, max(0, start - 12), start):
        return True
    before = _NAME_BEFORE.search(text, max(0, start - 30), start)
    if before is not None and before["word"].endswith(("'s", "’s")):
        return False
    if before is None or _NAMES_A_DAY.search(before["word"]) or before["word"] in _SENTENCE_OPENERS:
        return False
    following = re.match(r"\s(\w+)", text[number.end : number.end + 24])
    return following is None or following[1] not in _PERSON_NOUNS


def _is_trivial(text: str, start: int, number: Number, noun: Noun) -> bool:
    if number.value is None:
        return number.is_few and noun.lemma not in _PERSONS and text[noun.start].islower()
    if number.value <= 1:
        return True
    before = text[max(0, start - 24) : start]
    definite = bool(_DETERMINER_BEFORE.search(before)) and not _JOINS_CLAUSES.search(before)
    if number.value == 2:
        return definite or noun.lemma in _TRIVIAL_HEADS
    return definite and number.value <= 10 and noun.lemma in _TRIVIAL_HEADS
