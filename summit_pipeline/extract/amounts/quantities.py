"""Amounts that a document states: money, percent, counts, rates, measures, scores, ages, time ...

Belongs here: where an amount may begin, which kind is tried first, and what is left out. Does not
belong here: the rules of a kind (one module each beside this one), or what an amount is about
(`frames`).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from summit_pipeline.extract.amounts.ages import read_age
from summit_pipeline.extract.amounts.blocked import Stretches, blocked_stretches
from summit_pipeline.extract.amounts.counts import read_count, read_record
from summit_pipeline.extract.amounts.durations import read_duration
from summit_pipeline.extract.amounts.figures import read_figure
from summit_pipeline.extract.amounts.measures import read_measure
from summit_pipeline.extract.amounts.money import CODE_LETTERS, PURE_SIGNS, SIGN_LETTERS, read_money
from summit_pipeline.extract.amounts.occasions import read_occasions
from summit_pipeline.extract.amounts.ordinals import read_ordinal, read_rank
from summit_pipeline.extract.amounts.percents import read_percent
from summit_pipeline.extract.amounts.quantity import Quantity
from summit_pipeline.extract.amounts.ratios import read_pair, read_share
from summit_pipeline.extract.dating.date_spans import DateSpan, spans_by_sentence
from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import Number, number_at, vague_at
from summit_pipeline.text.patterns import by_first_letter, in_both_cases
from summit_pipeline.vocabulary import Span

__all__ = ["Quantity", "find_quantities"]

_BEGINNINGS = load_toml("number_words.toml")["beginnings"]
_AFTER_ARTICLE = "|".join(_BEGINNINGS["after_article"])
_WORD_BEGINNINGS = by_first_letter([w + r"(?![\w’'])" for w in in_both_cases(_BEGINNINGS["words"])])
# Tried at figures, signs and the words of `_FIRST_WORDS`; what must not stand to the left is tested
# afterwards.
_BEGIN = re.compile(
    rf"\d|[{''.join(re.escape(s) for s in sorted(PURE_SIGNS))}]|[Aa]n?\s(?=(?:{_AFTER_ARTICLE})\b)"
    rf"|[Mm]ulti(?=-?(?:m|b|tr)illion)|{_WORD_BEGINNINGS}|[½¼¾⅓⅔]"
)
_FIRST_WORDS = frozenset(
    word.partition("-")[0]
    for word in (
        *in_both_cases(_BEGINNINGS["words"]),
        *in_both_cases(["a", "an", "multi", "multimillion", "multibillion", "multitrillion"]),
    )
)
# One character class first, so that the search skips ahead by it.
_FIGURES = re.compile(r"\d\d*")
_SIGNS = re.compile(rf"[{''.join(re.escape(s) for s in sorted(PURE_SIGNS))}½¼¾⅓⅔]")
# Letters that belong to a currency sign or number to their right: US$, RM120, USD10m, e85 million.
_SIGN_LETTERS = re.compile(rf"(?:{SIGN_LETTERS})$")
_CODE_LETTERS = re.compile(rf"(?:{CODE_LETTERS})\s?$")
_LETTERS_REACH = 6
# Kinds in the order in which they are tried: the surer sign of a kind goes first. Each reader gets
# the text, where the amount begins, where reading stops, and the number that it begins with.
_READERS: tuple[Callable[[str, int, int, Number | None], list[Quantity]], ...] = (
    read_percent,
    read_money,
    read_age,
    read_measure,
    read_pair,
    read_share,
    read_duration,
    read_rank,
    read_ordinal,
    read_record,
    read_occasions,
    read_count,
    read_figure,
)
_TOKEN_END = re.compile(r"[\w.,%-]*")
# "Opposed,53%" and "'100 percent'" are amounts, "1,53" and "o'10" none.
_BEFORE_MARK = {",": tuple("abcdefghijklmnopqrstuvwxyz)"), "'": (" ", "(")}
_PLAIN_BEFORE = frozenset(' \t\n\u00a0("“‘[~+')


def find_quantities(
    doc: CleanDocument, spans: Sequence[Sequence[DateSpan]] | None = None
) -> tuple[Quantity, ...]:
    """All amounts of a document's sentences, in order, not overlapping.

    Args:
        doc: the document.
        spans: what `date_spans.spans_by_sentence` gives for it, where that was asked already.
    """
    if spans is None:
        spans = spans_by_sentence(doc.text, doc.sentences, doc.word_places)
    begins = _beginnings(doc)
    found: list[Quantity] = []
    for sentence, dates in zip(doc.sentences, spans, strict=True):
        start, end = sentence.clean_start, sentence.clean_end
        here = begins[bisect_left(begins, start) : bisect_left(begins, end)]
        if here:
            found.extend(_quantities_in(doc.text, start, end, here, dates))
    return tuple(found)


def _beginnings(doc: CleanDocument) -> list[int]:
    """Where amounts may begin in a document, in order."""
    places = doc.word_places
    found = {m.start() for m in _FIGURES.finditer(doc.text)}
    found.update(m.start() for m in _SIGNS.finditer(doc.text))
    found.update(places.places_of(_FIRST_WORDS))
    return sorted(found)


def _quantities_in(
    text: str, start: int, end: int, begins: Sequence[int], dates: Sequence[DateSpan]
) -> list[Quantity]:
    """The amounts of one sentence; digits of dates, addresses and clock times are none."""
    blocked: Stretches | None = None
    found: list[Quantity] = []
    at = start
    for first in begins:
        match = _BEGIN.match(text, first, end) if first >= at else None
        if match is None:
            continue
        if blocked is None:
            blocked = Stretches([*blocked_stretches(text, start, end), *_closed(dates)])
        block = blocked.touching(first, first + 1)
        begin = None if block else _beginning(text, at, first)
        read = [] if begin is None else _read_at(text, begin, end)
        if block is not None:
            at = max(block.end, first + 1)
        elif read and not any(blocked.touching(q.start, q.end) for q in read):
            found.extend(_with_unit_before(read, found))
            at = max(read[-1].end, first + 1)
        else:
            at = _behind(text, match)
    return found


def _with_unit_before(read: Sequence[Quantity], found: Sequence[Quantity]) -> list[Quantity]:
    """A player's figure counts what the count before it does: "20 points, and now has 2,302"."""
    last = next((q for q in reversed(found) if q.kind == "count" and q.unit is not None), None)
    return [
        replace(q, unit=last.unit)
        if last is not None and q.unit is None and q.rule == "count_scored"
        else q
        for q in read
    ]


def _beginning(text: str, floor: int, at: int) -> int | None:
    """Where the amount begins whose first sign, digit or word stands at `at`; None if none may.

    Letters of currencies before it belong to it; digits and words inside other words don't count:
    F-35, GPT-4, A320, COVID-19, 10:30.
    """
    before = text[max(floor, at - _LETTERS_REACH) : at]
    if text[at] in PURE_SIGNS:
        letters = _SIGN_LETTERS.search(before) if text[at] == "$" else None
        return at - len(letters[0]) if letters else at
    if not before or before[-1] in _PLAIN_BEFORE:
        if text[at].isdigit() and before:
            letters = _CODE_LETTERS.search(before)
            return at - len(letters[0]) if letters else at
        return at
    if not text[at].isdigit():
        return None if before[-1].isalnum() or before[-1] in "-’'_" else at
    letters = _CODE_LETTERS.search(before)
    if letters:
        return at - len(letters[0])
    if before[-1] == ".":
        return at - 1 if len(before) == 1 or before[-2] in _PLAIN_BEFORE else None
    if before[-1] == "—" or (before[-1] in ",'" and before[-2:-1] in _BEFORE_MARK[before[-1]]):
        return at
    if before[-1] in "-–‑−":
        return at if len(before) == 1 or not (before[-2].isalnum() or before[-2] == ")") else None
    return None if before[-1].isalnum() or before[-1] in ",/:#&=@_’'" else at


def _read_at(text: str, start: int, end: int) -> list[Quantity]:
    first = vague_at(text, start, end) or number_at(text, start, end)
    for reader in _READERS:
        read = reader(text, start, end, first)
        if read:
            return read
    return []


def _behind(text: str, match: re.Match[str]) -> int:
    """Where to search on after a number that is no amount: behind its digits, or its first word."""
    if text[match.start()].isdigit():
        token = _TOKEN_END.match(text, match.start())
        assert token is not None  # matches the empty string
        return max(token.end(), match.end())
    return match.end()


def _closed(dates: Sequence[DateSpan]) -> list[Span]:
    """Stretches of dates; those that hold an amount ("the last five years") stay open."""
    return [
        Span(d.start, d.end)
        for d in dates
        if not d.rule.startswith("date_last_n")
        and not d.expression.endswith((":decade", ":century"))
    ]
