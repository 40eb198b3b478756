"""Indirect statements: which words of a sentence are what somebody is reported to have said.

Belongs here: which cues make a statement, and the statements before a tag or beside a named source.
Does not belong here: who says it (`readings`), where content after a cue ends (`contents`), or
quotations (`speakers`).
"""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from summit_pipeline.extract.saying.clauses import MARK, QUOTE, WORD, Token
from summit_pipeline.extract.saying.contents import content_end, content_start
from summit_pipeline.extract.saying.noun_phrases import Phrase, phrase_after
from summit_pipeline.extract.saying.readings import Reading
from summit_pipeline.extract.saying.word_classes import (
    PREPOSITIONS,
    ROLE_NOUNS,
    SUBORDINATORS,
    TEMPORAL,
    is_adverb,
)
from summit_pipeline.vocabulary import Span

# Words of content below this are no statement ("he said so").
_FEWEST_WORDS = 3


class Statement(NamedTuple):
    """A reported statement: its content, its speaker's tokens, its cue's tokens and the rule."""

    content: tuple[Span, ...]
    subject: Phrase | None
    cue: Phrase
    rule: str


def statements_of(tokens: Sequence[Token], readings: Sequence[Reading]) -> list[Statement]:
    """The statements of a unit, in order; none lies within the content of another."""
    found: list[Statement] = []
    covered = -1
    for number, reading in enumerate(readings):
        if reading.subject is None or reading.cue <= covered or _is_figurative(tokens, reading):
            continue
        statement = _after_cue(tokens, readings, number) or _before_cue(tokens, readings, number)
        if statement is not None:
            found.append(statement)
            covered = _last_token(tokens, statement)
    if not found:
        found.extend(_with_source_phrase(tokens))
    return found


def _is_figurative(tokens: Sequence[Token], reading: Reading) -> bool:
    """Whether a thing threatens, promises or defends: "a move that threatened to cause a rift"."""
    if reading.subject is None or reading.verb.frame not in {"infinitive", "judgement"}:
        return False
    return tokens[reading.subject[0]].lower in {"that", "it", "this"}


def _last_token(tokens: Sequence[Token], statement: Statement) -> int:
    end = statement.content[-1].end
    return bisect_right(tokens, end, key=attrgetter("end")) - 1


def _after_cue(
    tokens: Sequence[Token], readings: Sequence[Reading], number: int
) -> Statement | None:
    reading = readings[number]
    after = reading.subject[1] + 1 if reading.inverted and reading.subject else reading.cue + 1
    limit = readings[number + 1].cue if number + 1 < len(readings) else len(tokens)
    first, certain = content_start(tokens, after, min(limit, len(tokens)), reading)
    if not certain and not reading.verb.participle and _is_tag_of_quotation(tokens, reading):
        return None
    if first < 0:
        return None
    last = content_end(tokens, readings, number, first)
    if _count_words(tokens, first, last) < _FEWEST_WORDS:
        return None
    if tokens[first].kind == QUOTE and first == last:
        return None
    if not certain and last + 1 < len(tokens) and tokens[last + 1].lower == ":":
        return None
    rule = f"{reading.verb.frame}_that" if certain else f"{reading.verb.frame}_bare"
    return Statement(
        (Span(tokens[first].start, tokens[last].end),),
        reading.subject,
        (reading.cue, reading.cue),
        rule,
    )


def _is_tag_of_quotation(tokens: Sequence[Token], reading: Reading) -> bool:
    """Whether the cue and its subject stand right after a quotation: what follows is no content."""
    subject = reading.subject
    start = min(reading.cue, subject[0]) if subject else reading.cue
    before = [t for t in tokens[max(0, start - 2) : start] if t.lower != ","]
    return bool(before) and before[-1].kind == QUOTE


def _before_cue(
    tokens: Sequence[Token], readings: Sequence[Reading], number: int
) -> Statement | None:
    """The statement before a tag: "Clause, X said"."""
    reading = readings[number]
    if reading.verb.frame not in {"clause", "addressee"} or reading.verb.participle:
        return None
    if reading.subject is None:
        return None
    start = reading.cue if reading.inverted else reading.subject[0]
    if start < 3 or tokens[start - 1].lower not in {",", "-"}:
        return None
    tag_end = max(reading.cue, reading.subject[1])
    if reading.verb.frame == "addressee" and not reading.inverted:
        addressee = phrase_after(tokens, tag_end + 1, len(tokens))
        tag_end = addressee[1] if addressee else tag_end
    if not _closes_tag(tokens, tag_end):
        return None
    if any(earlier.subject is not None for earlier in readings[:number]):
        return None
    if tokens[start - 2].kind == QUOTE:
        return None
    first, last = _inner(tokens, 0, start - 2)
    is_adjunct = _is_adjunct(tokens, first, last)
    content = []
    if not reading.inverted:  # after ", said X," comes a description of X
        content = _rest_after_tag(tokens, tag_end, is_clause=is_adjunct)
    long_enough = content or _count_words(tokens, first, last) >= _FEWEST_WORDS
    if not is_adjunct and long_enough:
        content.insert(0, Span(tokens[first].start, tokens[last].end))
    if not content:
        return None
    return Statement(tuple(content), reading.subject, (reading.cue, reading.cue), "clause_before")


def _closes_tag(tokens: Sequence[Token], tag_end: int) -> bool:
    """Whether a tag ends with its verb or with when and where it was said; no quotation follows."""
    after = tag_end + 1
    if after >= len(tokens):
        return True
    token = tokens[after]
    if token.lower == ",":
        return after + 1 >= len(tokens) or tokens[after + 1].kind != QUOTE
    if token.kind == WORD:
        return token.lower in PREPOSITIONS or token.lower in TEMPORAL or is_adverb(token)
    return token.kind == MARK and token.lower not in {":", "("}


def _inner(tokens: Sequence[Token], first: int, last: int) -> Phrase:
    """A stretch of tokens without the marks and conjunctions at its edges."""
    while first < last and (
        tokens[first].kind not in (WORD, QUOTE) or tokens[first].lower in {"and", "but"}
    ):
        first += 1
    while last > first and tokens[last].kind not in (WORD, QUOTE):
        last -= 1
    return first, last


def _is_adjunct(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the stretch is one adverbial ("During his years in office"), not a clause."""
    if any(t.lower == "," for t in tokens[first:last]):
        return False
    leading = tokens[first].lower
    return (
        leading in PREPOSITIONS
        or leading in TEMPORAL
        or leading in SUBORDINATORS
        or leading.endswith(("ing", "ly"))
    )


def _rest_after_tag(tokens: Sequence[Token], tag_end: int, *, is_clause: bool) -> list[Span]:
    """What goes on after a tag set between commas: "The bill, he said, would pass".

    `is_clause` says that nothing but an adverbial stands before the tag, so that a clause follows.
    """
    at = tag_end + 1
    if at >= len(tokens) or tokens[at].lower != ",":
        return []
    first, last = at + 1, len(tokens) - 1
    while last > first and tokens[last].kind not in (WORD, QUOTE):
        last -= 1
    if last - first < 2 or tokens[first].kind != WORD:
        return []
    if is_clause:
        return [Span(tokens[first].start, tokens[last].end)]
    if tokens[first].lower.endswith("ing") or tokens[first].lower in ROLE_NOUNS:
        return []
    if tokens[first].lower in {"who", "which", "adding", "a", "the", "speaking", "according"}:
        return []
    return [Span(tokens[first].start, tokens[last].end)]


def _with_source_phrase(tokens: Sequence[Token]) -> list[Statement]:
    """The statement of a named source: "Clause, according to X", "According to X, clause"."""
    for at in range(len(tokens) - 2):
        if tokens[at].lower != "according" or tokens[at + 1].lower != "to":
            continue
        source = phrase_after(tokens, at + 2, len(tokens))
        if source is None:
            continue
        first, last = 0, at - 1
        if at <= 1:
            comma = next((i for i in range(source[1], len(tokens)) if tokens[i].lower == ","), -1)
            if comma < 0:
                continue
            first, last = comma + 1, len(tokens) - 1
        while last > first and tokens[last].kind not in (WORD, QUOTE):
            last -= 1
        while first < last and tokens[first].kind not in (WORD, QUOTE):
            first += 1
        if _count_words(tokens, first, last) >= _FEWEST_WORDS:
            content = (Span(tokens[first].start, tokens[last].end),)
            return [Statement(content, source, (at, at + 1), "according_to")]
    return []


def _count_words(tokens: Sequence[Token], first: int, last: int) -> int:
    return sum(
        1 if t.kind == WORD else 3 for t in tokens[first : last + 1] if t.kind in (WORD, QUOTE)
    )
