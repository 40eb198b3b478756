"""Noun phrases and clauses in a tagged sentence.

Belongs here: where a phrase starts and ends, and its head. Does not belong here: word classes
(`tagging`) or what a phrase measures (`measures`).
"""

from typing import NamedTuple

from summit_pipeline.extract.framing.lemmas import grammar_words, noun_lemma
from summit_pipeline.extract.framing.tagging import (
    ADV,
    AUX,
    CONJ,
    DET,
    MARK,
    NAME,
    NOUN,
    NUM,
    POSS,
    PREP,
    PRON,
    TO,
    VERB,
    View,
)

_INSIDE = frozenset((NOUN, NAME, POSS, NUM))
_TIME_NOUNS = grammar_words("time_nouns")
_RELATIVES = frozenset(("which", "that", "who"))
_QUOTES = frozenset('“”"')
# Longer phrases are lists or mistakes; news noun phrases seldom have more words.
_LONGEST = 9
# Clauses are followed no further than this many tokens, so that texts without marks cost no more.
_LONGEST_CLAUSE = 60


class Phrase(NamedTuple):
    """A noun phrase as token indices, `last` included, and the index of its head noun."""

    first: int
    last: int
    head: int


def is_time(lower: str) -> bool:
    """Whether a word is a unit or name of time, which no amount is of."""
    return noun_lemma(lower) in _TIME_NOUNS


def phrase_from(view: View, at: int) -> Phrase | None:
    """The noun phrase that starts at token `at` (determiners allowed); None if there is none."""
    tokens = view.tokens
    first = at
    while at < len(tokens) and tokens[at].tag in (DET, ADV) and at - first < 3:
        at += 1
    head = -1
    limit = min(len(tokens), at + _LONGEST)
    while at < limit and (tokens[at].tag in _INSIDE or _quoted_noun(view, at)):
        if tokens[at].tag in (NOUN, NAME):
            if is_time(tokens[at].lower):
                break
            head = at
        elif tokens[at].tag == NUM and head >= 0:
            break
        at += 1
    return Phrase(first, head, head) if head >= 0 else None


def _quoted_noun(view: View, at: int) -> bool:
    """Whether the token is a noun that only looks like a verb ("training", "spending bill")."""
    token = view.tokens[at]
    return (
        token.tag == VERB
        and token.lower.endswith("ing")
        and at + 1 < len(view.tokens)
        and (view.tokens[at + 1].tag == NOUN)
    )


def phrase_to(view: View, at: int) -> Phrase | None:
    """The noun phrase that ends with token `at`, with possessors and determiner."""
    tokens = view.tokens
    while at >= 0 and tokens[at].tag == ADV:
        at -= 1
    if at < 0 or tokens[at].tag not in (NOUN, NAME):
        return None
    head = first = at
    while first > 0 and head - first < _LONGEST:
        tag = tokens[first - 1].tag
        if tag in _INSIDE or (tag == VERB and tokens[first - 1].lower.endswith("ing")):
            first -= 1
        elif tag == DET:
            first -= 1
            break
        else:
            break
    while first < head and tokens[first].tag in (POSS, VERB):
        first += 1
    return Phrase(first, head, head)


def with_complements(view: View, phrase: Phrase) -> int:
    """The index of the last token of the phrase with its prepositional complements.

    "the trade deficit" + "between the U.S. and Japan"; stops at verbs, marks and clauses.
    """
    tokens = view.tokens
    last = phrase.last
    while last + 1 < len(tokens) and last - phrase.last < _LONGEST_CLAUSE:
        nxt = tokens[last + 1]
        if nxt.tag not in (PREP,) and not _joins_names(view, last + 1):
            break
        if last + 2 < len(tokens) and tokens[last + 2].tag in (DET, NOUN, NAME, NUM):
            following = phrase_from(view, last + 2)
            if following is None:
                break
            last = following.last
        else:
            break
    return last


def _joins_names(view: View, at: int) -> bool:
    """Whether "and" joins two names or noun phrases inside a complement."""
    tokens = view.tokens
    return (
        tokens[at].lower == "and"
        and at + 1 < len(tokens)
        and tokens[at - 1].tag in (NAME, NOUN)
        and tokens[at + 1].tag in (NAME, DET)
    )


def clause_start(view: View, at: int) -> int:
    """The index of the first token of the clause that holds token `at`."""
    tokens, stop = view.tokens, max(0, at - _LONGEST_CLAUSE)
    while at > stop:
        before = tokens[at - 1]
        if before.tag == MARK and not _is_inner_mark(view, at - 1):
            return at
        if before.tag == CONJ and (before.lower != "and" or _starts_clause(view, at)):
            return at
        at -= 1
    return at


def clause_opening(view: View, start: int) -> str:
    """The word that opens the clause starting at token `start`: its conjunction, if it has one."""
    if start > 0 and view.tokens[start - 1].tag == CONJ:
        return view.tokens[start - 1].lower
    return view.tokens[start].lower if start < len(view.tokens) else ""


def clause_end(view: View, at: int) -> int:
    """The index after the last token of the clause that holds token `at`."""
    tokens = view.tokens
    stop = min(len(tokens), at + _LONGEST_CLAUSE)
    while at + 1 < stop:
        after = tokens[at + 1]
        if after.tag == MARK and after.lower not in _QUOTES and not _is_list_comma(view, at + 1):
            return at + 1
        if after.tag == CONJ and (after.lower != "and" or _starts_clause(view, at + 2)):
            return at + 1
        at += 1
    return stop


def _is_inner_mark(view: View, at: int) -> bool:
    """Whether a mark doesn't end a clause: quotation marks, brackets, commas between names."""
    return view.tokens[at].lower in ("“", "”", '"', "(", ")") or _is_list_comma(view, at)


def _is_list_comma(view: View, at: int) -> bool:
    """Whether a comma only separates names ("Wilmington, North Carolina")."""
    tokens = view.tokens
    return (
        tokens[at].lower == ","
        and 0 < at < len(tokens) - 1
        and tokens[at - 1].tag == NAME
        and tokens[at + 1].tag == NAME
    )


def _starts_clause(view: View, at: int) -> bool:
    """Whether a clause of its own starts at token `at`: a verb follows soon."""
    for token in view.tokens[at : at + 6]:
        if token.tag in (VERB, AUX):
            return True
        if token.tag in (MARK, CONJ, TO):
            return False
    return False


def subject_before(view: View, verb: int) -> Phrase | None:
    """The subject of the verb at token `verb`: the noun phrase before it, complements skipped.

    A relative pronoun gives the phrase that it stands for; a pronoun gives a phrase of itself.
    """
    tokens = view.tokens
    at = verb - 1
    while at >= 0 and (tokens[at].tag in (AUX, ADV, TO) or tokens[at].tag == VERB):
        at -= 1
    if at < 0:
        return None
    if tokens[at].tag == PRON:
        return Phrase(at, at, at)
    if tokens[at].tag == MARK and tokens[at].lower in (",", ")", "—", "–"):
        at = over_aside(view, at)
        if at < 0:
            return None
    if tokens[at].lower in _RELATIVES:
        return _antecedent(view, at)
    if tokens[at].tag == CONJ:
        return _shared_subject(view, at)
    found = _first_in_chain(view, at)
    if found is not None and found.first >= 2 and tokens[found.first - 1].tag == PREP:
        # "who during the campaign opposed": an adverbial stands between subject and verb.
        before = tokens[found.first - 2]
        if before.lower in _RELATIVES:
            return _antecedent(view, found.first - 2)
    return found


def _antecedent(view: View, relative: int) -> Phrase | None:
    """What the relative pronoun at token `relative` stands for; "who" takes the nearest phrase."""
    at = relative - 1
    while at >= 0 and view.tokens[at].tag == MARK:
        at -= 1
    if view.tokens[relative].lower == "who":
        return phrase_to(view, at)
    return _first_in_chain(view, at)


def over_aside(view: View, at: int) -> int:
    """The token before an aside in commas, dashes or brackets that ends at token `at`."""
    tokens = view.tokens
    opening = {")": "("}.get(tokens[at].lower, tokens[at].lower)
    for back in range(at - 1, max(-1, at - 25), -1):
        if tokens[back].lower == opening:
            return back - 1
    return -1


def _shared_subject(view: View, at: int) -> Phrase | None:
    """The subject that a second verb shares ("blocked the deal and delayed ...")."""
    if view.tokens[at].lower not in ("and", "but", "or"):
        return None
    for back in range(at - 1, max(-1, at - _LONGEST_CLAUSE), -1):
        token = view.tokens[back]
        if token.tag == VERB and back > 0 and view.tokens[back - 1].tag != TO:
            return subject_before(view, back)
        if token.tag == MARK and token.lower in (";", ":", "—"):
            return None
    return None


def _first_in_chain(view: View, at: int) -> Phrase | None:
    """Of "the deficit with Japan" its first phrase: complements lead back to the head."""
    phrase = phrase_to(view, at)
    steps = 0
    while phrase is not None and phrase.first > 1 and steps < 4:
        before = view.tokens[phrase.first - 1]
        joins = before.lower == "and" and view.tokens[phrase.head].tag == NAME
        if before.tag != PREP and not joins:
            break
        earlier = phrase_to(view, phrase.first - 2)
        if earlier is None or is_time(view.tokens[earlier.head].lower):
            break
        phrase = earlier
        steps += 1
    return phrase
