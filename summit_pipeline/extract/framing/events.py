"""What happened to counted people and things, what happened on a date, and whose age is told.

Belongs here: the event next to a count or a date. Does not belong here: amounts with a measure noun
(`measured_nouns`).
"""

import functools
import re
from typing import NamedTuple

from summit_pipeline.extract.framing.lemmas import noun_lemma, verb_lemma
from summit_pipeline.extract.framing.phrases import (
    Phrase,
    clause_end,
    clause_start,
    is_time,
    phrase_from,
    phrase_to,
    subject_before,
)
from summit_pipeline.extract.framing.tagging import AUX, MARK, NAME, NOUN, NUM, TO, VERB, View
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.lexicons import load_toml

_SAYING = frozenset(
    ["say", "tell", "add", "report", "announce", "state", "note", "write", "tweet", "confirm"]
)
# A date among the first tokens of a sentence leads it.
_LEADING = 3
# Rules by which a count is of what befell people or things, not of a noun.
FATE_RULES = frozenset(("event_inside", "event_after", "event_before", "toll_before"))
_TOLL = frozenset(["toll", "death", "fatality", "casualty"])


class Event(NamedTuple):
    """An event: its head (class or lemma), the phrase it is told of, who does it, and the rule.

    `verb` is the token of its verb, where it is told by one.
    """

    head: str | None
    phrase: Phrase | None
    agent: Phrase | None
    rule: str
    verb: int | None = None


@functools.cache
def _events() -> dict[str, str]:
    return dict(load_toml("measure_nouns.toml")["events"])


def event_of_count(view: View, first: int, last: int) -> Event:
    """The event that counted people or things took part in; else the counted noun itself."""
    tokens = view.tokens
    phrase = _counted_phrase(view, first, last)
    stop = max(last, phrase.last if phrase else last)
    for at in range(first, stop + 1):
        found = _event_at(view, at)
        if found is not None:
            return Event(found, phrase, None, "event_inside")
    after = _event_after(view, stop)
    if after is not None:
        return Event(after, phrase, None, "event_after")
    for at in range(first - 1, max(clause_start(view, first) - 1, first - 6), -1):
        if tokens[at].tag == NUM:
            break
        found = _event_at(view, at)
        if found is not None:
            return Event(found, phrase, subject_before(view, at), "event_before")
        if tokens[at].tag == NOUN and noun_lemma(tokens[at].lower) in _TOLL:
            return Event("killed", phrase, None, "toll_before")
    if phrase is None:
        return Event(None, None, None, "none")
    return Event(noun_lemma(tokens[phrase.head].lower), phrase, None, "counted_noun")


def _counted_phrase(view: View, first: int, last: int) -> Phrase | None:
    """The counted noun phrase: inside the amount's own words, else right after them."""
    tokens = view.tokens
    for at in range(last, first - 1, -1):
        if tokens[at].tag in (NOUN, VERB, NAME) and not tokens[at].lower[0].isdigit():
            longer = phrase_from(view, at)
            start = first
            while start < at and tokens[start].tag == NUM:
                start += 1
            end = longer.last if longer is not None and tokens[at].tag != VERB else at
            return Phrase(start, max(at, end) if tokens[max(at, end)].tag == NOUN else at, at)
    return phrase_from(view, last + 1) if last + 1 < len(tokens) else None


def _event_at(view: View, at: int) -> str | None:
    token = view.tokens[at]
    lemma = token.lemma or verb_lemma(token.lower)
    if token.lower in ("dead", "missing"):
        return _events()[token.lower]
    if lemma is None or (lemma == token.lower and token.tag != VERB):
        return None
    if lemma == "miss":
        return None
    return _events().get(lemma)


def _event_after(view: View, last: int) -> str | None:
    """The event told right after the count: "were killed", "have died", "people injured"."""
    tokens = view.tokens
    at = last + 1
    while at < min(len(tokens), last + 7):
        found = _event_at(view, at)
        if found is not None:
            return found
        if tokens[at].tag in (MARK, VERB, NUM) and tokens[at].lower not in ("including",):
            return None
        at += 1
    return None


def event_of_date(view: View, first: int, last: int) -> Event:
    """What happened on the date: "Friday's meeting", "the May 7 summit", else the clause's verb."""
    tokens = view.tokens
    if last + 1 < len(tokens) and tokens[last + 1].tag not in (MARK, VERB, AUX):
        after = last + 2 if tokens[last + 1].lower in ("’s", "'s", "’", "'") else last + 1
        before_ok = first == 0 or tokens[first - 1].lower not in (
            "on",
            "in",
            "by",
            "since",
            "until",
        )
        if after < len(tokens) and tokens[after].tag == NOUN and (after > last + 1 or before_ok):
            phrase = phrase_from(view, after)
            if phrase is not None and phrase.first == after:
                head = noun_lemma(tokens[phrase.head].lower)
                return Event(head, phrase, None, "date_of_noun")
    verb = _verb_near(view, first, last)
    if verb is not None:
        phrase = Phrase(verb, verb, verb)
        return Event(tokens[verb].lemma, phrase, subject_before(view, verb), "date_of_verb", verb)
    if first >= 2:
        at = first - 1
        while at > 0 and tokens[at].tag not in (NOUN, NAME):
            at -= 1
        noun = phrase_to(view, at)
        if (
            noun is not None
            and tokens[noun.head].tag == NOUN
            and not is_time(tokens[noun.head].lower)
        ):
            return Event(noun_lemma(tokens[noun.head].lower), noun, None, "date_after_noun")
    return Event(None, None, None, "none")


def _verb_near(view: View, first: int, last: int) -> int | None:
    """The verb that the date goes with: the nearest before it in the clause, else after it."""
    tokens = view.tokens
    for at in range(first - 1, clause_start(view, first) - 1, -1):
        if tokens[at].tag == VERB:
            return at
    for at in range(last + 1, clause_end(view, last)):
        if tokens[at].tag == VERB:
            return at
    if first <= _LEADING:
        # "In December, Acme pledged ...": the main verb follows the comma.
        for at in range(last + 1, len(tokens)):
            if tokens[at].tag == VERB and not _in_relative(view, at):
                return at
    for at in range(first - 1, -1, -1):
        if tokens[at].tag == VERB and tokens[at].lemma not in _SAYING:
            return at
    return None


def _in_relative(view: View, at: int) -> bool:
    start = clause_start(view, at)
    return start > 0 and view.tokens[start - 1].lower in ("who", "which", "that", "whose")


_AGE_NEXT = re.compile(r"[,\s(]{1,3}$")


def person_of_age(text: str, names: NameBook, view: View, span: tuple[int, int]) -> str | None:
    """The person whose age stands at `span`: the name right before ("Doe, 54,") or right after."""
    best: str | None = None
    for mention in view.mentions:
        if mention.name_type not in ("person", "other"):
            continue
        if mention.end <= span[0] and _AGE_NEXT.fullmatch(text[mention.end : span[0]] or " "):
            return mention.canonical
        if mention.start >= span[1] and mention.start - span[1] <= 40 and best is None:
            between = text[span[1] : mention.start]
            if not re.search(r"[,;.:]|\band\b|\bwith\b|\bof\b|\bby\b", between):
                best = mention.canonical
    return best


__all__ = ["TO", "Event", "event_of_count", "event_of_date", "person_of_age"]
