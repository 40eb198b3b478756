"""The noun that a number counts, found by word forms alone: "two Israeli soldiers" -> soldier.

Belongs here: plural forms and their lemmas, and where a noun phrase after a number ends. Does not
belong here: what a count means (`counts`, `ordinals`).
"""

import re
from dataclasses import dataclass

from summit_pipeline.lexicons import load_toml

_LEXICON = load_toml("count_words.toml")
_STOP = frozenset(_LEXICON["stop"])
_MODIFIERS = frozenset(_LEXICON["modifiers"])
_NOT_NOUNS = frozenset(_LEXICON["not_nouns"])
_IRREGULAR: dict[str, str] = _LEXICON["irregular"]

_BY_LETTER = "|".join((*_LEXICON["person_nouns"], *_LEXICON["counted_by_letter"]))
COUNTED_BY_LETTER = re.compile(rf"[mkb]n?\s(?:[a-z]+\s)?(?:{_BY_LETTER})\b", re.IGNORECASE)
"""A letter glued to a number that is its scale, by the plural noun that follows: "5m people"."""

_WORD = re.compile(
    r"[”\"’']?\s[“\"‘']?((?:[A-Z]\.){2,}|[A-Za-z][A-Za-z’'-]*|\d+(?:\.\d+)?(?=\s[a-z]))"
)
# "63,000 Model 3 sedans": four words between number and noun are the most that news writes.
_MAX_WORDS = 5
# "4,300 Wal-Mart and Sam's Club stores": two names before one noun.
_NAMES_JOINED = re.compile(r"\sand\s(?=[A-Z][a-z]+(?:['’]s)?\s[A-Za-z])(?<=[a-z]\sand\s)")
# Letters that stand for a name have no plural in a capital S: "five FLDS members".
_ACRONYM = re.compile(r"[A-Z]{2,}(?:[-&][A-Z]+)?")
_TIMES_OF = frozenset(("day", "week", "month", "year"))
_VERB_ENDINGS = ("ing", "ed", "ly")
_EVENTS = frozenset(
    (
        "meeting",
        "hearing",
        "killing",
        "shooting",
        "briefing",
        "bombing",
        "wedding",
        "spending",
        "funding",
        "ruling",
        "rating",
        "building",
        "opening",
        "finding",
        "ranking",
        "landing",
        "sitting",
    )
)
_NOT_PLURAL_ENDINGS = ("ss", "us", "is", "'s", "’s", "ous")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun and its lemma; offsets of the word."""

    start: int
    end: int
    lemma: str


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    if word in _IRREGULAR:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(_NOT_PLURAL_ENDINGS)
        and word not in _NOT_NOUNS
        and word not in _STOP
    )


def lemma(word: str) -> str:
    """Singular of a lower-case noun: people -> person, countries -> country, jobs -> job."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(_NOT_PLURAL_ENDINGS):
        return word[:-1]
    return word


def plural_after(text: str, start: int, end: int) -> Noun | None:
    """The plural noun that heads the noun phrase after a number which ends at `start`."""
    at, found = start, None
    for _ in range(_MAX_WORDS):
        match = _WORD.match(text, at, end)
        if match is None:
            break
        word = match[1].lower()
        joined = _NAMES_JOINED.match(text, at, end) if found is None else None
        if joined is not None:
            at = joined.end() - 1
            continue
        if word in _STOP or (word.endswith("ly") and found):
            break
        if _ACRONYM.fullmatch(match[1]):
            if found is not None:
                break
            at = match.end()
            continue
        if word.endswith(("'s", "’s")) and found is None:
            at = match.end()
            continue
        if word[0].isdigit() or word in _MODIFIERS or not is_plural(word):
            if found is not None:
                break
        else:
            # A plural subject takes no verb in -s, so a second plural heads a compound.
            found = Noun(match.start(1), match.end(1), lemma(word))
            if not match[1].islower():
                break
        at = match.end()
    return found


def singular_after(text: str, start: int, end: int) -> Noun | None:
    """The last word of the noun phrase after an ordinal: "first foreign leader to" -> leader."""
    at, found = start, None
    for _ in range(4):
        match = _WORD.match(text, at, end)
        if match is None:
            break
        word = match[1].lower()
        if word in _STOP or (found and word.endswith(_VERB_ENDINGS) and word not in _EVENTS):
            break
        bare = word.removesuffix("’s").removesuffix("'s")
        found = Noun(match.start(1), match.start(1) + len(bare), lemma(bare))
        at = match.end()
        if bare != word or found.lemma in _TIMES_OF:
            break  # "the fourth day Smith marched"
    return found
