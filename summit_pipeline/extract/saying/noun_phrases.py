"""Noun phrases in a tokenised unit: the one that ends, or that starts, at a token.

Belongs here: how far a noun phrase reaches, without the adverbials around it. Does not belong here:
whose subject it is (`subjects`).

A noun phrase is given as a pair of token indices, both included.
"""

from collections.abc import Sequence

from summit_pipeline.extract.saying.clauses import (
    WORD,
    Token,
)
from summit_pipeline.extract.saying.cues import (
    cue_verbs,
)
from summit_pipeline.extract.saying.word_classes import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    FINITE_VERBS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    ROLE_NOUNS,
    SUBORDINATORS,
    TEMPORAL,
    is_adverb,
)

Phrase = tuple[int, int]

# Tokens; an aside or insertion longer than this is not looked across.
REACH = 60
_LONGEST_PHRASE = 18


def phrase_before(tokens: Sequence[Token], last: int) -> Phrase | None:
    """The noun phrase that ends with token `last`, as a subject: None if that is none."""
    if last < 0 or tokens[last].kind != WORD:
        if last > 0 and tokens[last].lower == ")":
            opening = opening_of(tokens, last)
            return phrase_before(tokens, opening - 1) if opening > 0 else None
        return None
    lower = tokens[last].lower
    if lower in PRONOUNS:
        return _with_partitive(tokens, last)
    if lower in SUBORDINATORS or lower in PREPOSITIONS or lower in FINITE_VERBS:
        return None
    first = _segment_start(tokens, last)
    who = _relative_before(tokens, first)
    if who > 0:
        return phrase_before(tokens, who - 1)
    return trim_phrase(tokens, first, last)


def phrase_after(tokens: Sequence[Token], first: int, before: int) -> Phrase | None:
    """The noun phrase that starts with token `first`, or None: a pronoun, a name, or a noun."""
    if first >= before or tokens[first].kind != WORD:
        return None
    lower = tokens[first].lower
    if lower in PRONOUNS:
        return first, first
    if lower in TEMPORAL or lower in PREPOSITIONS or lower in SUBORDINATORS or lower in AUXILIARIES:
        return None
    last = first
    for at in range(first + 1, min(before, first + 12)):
        token = tokens[at]
        if token.kind != WORD or _ends_phrase(tokens, at, has_name=_is_name(tokens[last])):
            break
        last = at
    return first, last


def opening_of(tokens: Sequence[Token], closing: int) -> int:
    """The index of the dash or bracket that opens the aside closed at `closing`; -1 if none."""
    wanted = "(" if tokens[closing].lower == ")" else "-"
    for at in range(closing - 1, max(-1, closing - REACH), -1):
        if tokens[at].lower == wanted and tokens[at].kind != WORD:
            return at
    return -1


def _relative_before(tokens: Sequence[Token], first: int) -> int:
    """The "who" of a relative clause whose object starts at `first` ("officials who met X said").

    0 where there is none: the phrase is then a subject itself.
    """
    at = first - 1
    while at > 0 and tokens[at].kind == WORD and first - at <= 5:
        if tokens[at].lower == "who":
            return at
        at -= 1
    return 0


def _with_partitive(tokens: Sequence[Token], last: int) -> Phrase:
    if last >= 2 and tokens[last - 1].lower == "of" and tokens[last - 2].kind == WORD:
        return last - 2, last
    return last, last


def _segment_start(tokens: Sequence[Token], last: int) -> int:
    """Walk back to the first word after a clause boundary."""
    first = last
    at = last - 1
    while at >= 0 and last - at < _LONGEST_PHRASE:
        token = tokens[at]
        if token.kind != WORD:
            if token.lower == ")" and (opening := opening_of(tokens, at)) > 0:
                at = opening - 1
                continue
            break
        if _breaks_phrase(tokens, at):
            break
        first = at
        at -= 1
    return first


def _breaks_phrase(tokens: Sequence[Token], at: int) -> bool:
    lower = tokens[at].lower
    if lower == "and":
        return not _joins_names(tokens, at)
    if lower in SUBORDINATORS or lower in FINITE_VERBS or lower in AUXILIARIES:
        return True
    if lower in PRONOUNS or lower in RELATIVES:
        return True
    verb = cue_verbs().get(lower)
    return verb is not None and not verb.base and not tokens[at].is_capitalised


def _joins_names(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" stands between two nouns of one kind: two names, or two bare nouns."""
    if not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if before.kind != WORD or after.kind != WORD:
        return False
    return before.is_capitalised and after.is_capitalised


def trim_phrase(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """Cut what comes before the subject in its segment ("In Iowa the senator" -> "the senator")."""
    while first < last and (
        tokens[first].lower in {"and", "but", "or", "so", "yet", "still"}
        or (tokens[first].lower in ADVERBS and tokens[first].lower not in DETERMINERS)
        or is_adverb(tokens[first])
    ):
        first += 1
    leading = tokens[first].lower
    if leading in PREPOSITIONS or (leading in TEMPORAL and first < last):
        return _last_phrase(tokens, first, last)
    if leading.endswith("ing") and not tokens[first].is_capitalised:
        return _last_phrase(tokens, first, last)
    if tokens[last].lower in TEMPORAL:
        last = _without_time(tokens, first, last)
    last = _without_adjunct(tokens, first, last)
    return (first, last) if first <= last else None


def _without_adjunct(tokens: Sequence[Token], first: int, last: int) -> int:
    """Cut "on Friday during the meeting" off a name that it follows."""
    for at in range(first + 1, last + 1):
        if tokens[at].lower in {"on", "during", "after", "before"}:
            return at - 1 if tokens[at - 1].is_capitalised else last
    return last


def _without_time(tokens: Sequence[Token], first: int, last: int) -> int:
    while last >= first and (
        tokens[last].lower in TEMPORAL or tokens[last].lower in {"on", "in", "the", "of", "late"}
    ):
        last -= 1
    return last


def _last_phrase(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """The last noun phrase of a segment that begins with a preposition or a time."""
    last = _without_time(tokens, first, last)
    if last <= first:
        return None
    if tokens[last].is_capitalised:
        at = last
        while at > first and _goes_on(tokens[at - 1]):
            at -= 1
        if at - 1 > first and tokens[at - 1].lower in DETERMINERS:
            at -= 1
        return at, last
    for at in range(last, first, -1):
        if tokens[at].lower in DETERMINERS:
            return at, last
    return last, last


def _goes_on(token: Token) -> bool:
    return token.is_capitalised and token.lower not in TEMPORAL and token.lower not in DETERMINERS


def _ends_phrase(tokens: Sequence[Token], at: int, *, has_name: bool) -> bool:
    token = tokens[at]
    lower = token.lower
    if lower in {"of", "for", "the"} and not has_name:
        return False
    if tokens[at - 1].lower in _NEEDS_NOUN:
        return False
    if lower == "and":
        return not _joins_names(tokens, at)
    if lower in PREPOSITIONS or lower in SUBORDINATORS or lower in AUXILIARIES:
        return lower != "of"
    if lower in FINITE_VERBS or lower in RELATIVES or lower in TEMPORAL or lower in PRONOUNS:
        return True
    if is_adverb(token):
        return True
    verb = cue_verbs().get(lower)
    if verb is not None and not token.is_capitalised:
        return True
    return has_name and not token.is_capitalised and not _describes(tokens, at)


# After one of these a noun follows, also one that may be a verb ("the report").
_NEEDS_NOUN = frozenset(
    ["the", "a", "an", "his", "her", "their", "its", "my", "our", "your", "every"]
)


def _describes(tokens: Sequence[Token], at: int) -> bool:
    """Whether a lower-case word goes on after a name: "Clinton’s aide", "US president Ann Lee"."""
    if _follows_possessive(tokens, at):
        return True
    word = tokens[at].lower
    if word.removesuffix("s") in ROLE_NOUNS and word.endswith("s"):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return word in ROLE_NOUNS and following is not None and following.kind == WORD


def _is_name(token: Token) -> bool:
    return token.is_capitalised and token.lower not in DETERMINERS


def _follows_possessive(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at - 1].text.endswith(("’s", "'s", "s’", "s'"))
