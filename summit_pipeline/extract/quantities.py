"""Amounts that a document states: money, percent, counts, rates, measures, scores, ordinals, ages, time.

Belongs here: where an amount may begin, which kind is tried first, and what is left out. Does not
belong here: the rules of a kind (one module each beside this one), or what an amount is about
(`frames`).
"""

import re
from collections.abc import Callable, Sequence

from summit_pipeline.extract.ages import read_age
from summit_pipeline.extract.blocked import blocked_stretches
from summit_pipeline.extract.counts import read_count, read_record
from summit_pipeline.extract.date_spans import date_spans, has_date
from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.durations import read_duration
from summit_pipeline.extract.measures import read_measure
from summit_pipeline.extract.money import SIGN, read_money
from summit_pipeline.extract.ordinals import read_ordinal
from summit_pipeline.extract.percents import read_percent
from summit_pipeline.extract.quantity import Quantity
from summit_pipeline.extract.ratios import read_pair, read_share
from summit_pipeline.vocabulary import Span

__all__ = ["Quantity", "find_quantities", "quantities_in"]

_NUMBER_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|hundred"
    r"|thousand|million|billion|trillion|dozens?|tens|scores|hundreds|thousands|millions|billions|trillions"
    r"|several|few|many|lots\sof|untold|zero|quarter|third|three-quarters|record"
    r"|first|second|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|twentieth"
)
_ARTICLE_NEXT = (
    r"hundred|thousand|million|billion|trillion|dozen|half|quarter|third|few|whole\slot|lot\sof|year|month"
    r"|week|day|decade|century|hour|night|fortnight|full|whole"
)
_START = re.compile(
    rf"{SIGN}|(?<!\w)e(?=\d+(?:\.\d+)?\s?(?:million|billion|bn|m)\b)"
    r"|(?<![\w.,/:#&=@])(?<![\w)][-–—‑])(?:\d|\.\d)|[½¼¾⅓⅔]"
    rf"|(?<![\w’'-])(?:[Aa]n?\s(?=(?:{_ARTICLE_NEXT})\b)|(?=[a-zA-Z])(?i:multi(?=-?(?:million|billion|trillion))|(?:{_NUMBER_WORDS})\b(?![’'])))"
)
# Kinds in the order in which they are tried: the surer sign of a kind goes first.
_READERS: tuple[Callable[[str, int, int], list[Quantity]], ...] = (
    read_percent,
    read_money,
    read_age,
    read_measure,
    read_pair,
    read_share,
    read_duration,
    read_ordinal,
    read_record,
    read_count,
)
_TOKEN_END = re.compile(r"[\w.,%-]*")


def find_quantities(doc: CleanDocument) -> tuple[Quantity, ...]:
    """All amounts of a document's sentences, in order, not overlapping."""
    found: list[Quantity] = []
    for sentence in doc.sentences:
        found.extend(quantities_in(doc.text, sentence.clean_start, sentence.clean_end))
    return tuple(found)


def quantities_in(text: str, start: int, end: int) -> list[Quantity]:
    """The amounts of one sentence; digits of dates, addresses and clock times are none."""
    match = _START.search(text, start, end)
    if match is None:
        return []
    blocked = [*blocked_stretches(text, start, end), *_dates(text, start, end)]
    found: list[Quantity] = []
    while match:
        block = _block_at(
            match.end() - 1 if text[match.start()] in "aA" else match.start(), blocked
        )
        if block is not None:
            match = _START.search(text, max(block.end, match.start() + 1), end)
            continue
        read = _read_at(text, match.start(), end)
        if read and not any(_overlaps(q, blocked) for q in read):
            found.extend(read)
            at = max(read[-1].end, match.end())
        else:
            at = _behind(text, match)
        match = _START.search(text, at, end)
    return found


def _read_at(text: str, start: int, end: int) -> list[Quantity]:
    for reader in _READERS:
        read = reader(text, start, end)
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


def _dates(text: str, start: int, end: int) -> list[Span]:
    """Stretches of dates; those that hold an amount themselves ("the last five years") stay open."""
    if not has_date(text, start, end):
        return []
    return [
        Span(d.start, d.end)
        for d in date_spans(text, start, end)
        if not d.rule.startswith("date_last_n") and d.rule != "date_month_day_vague"
    ]


def _block_at(at: int, blocked: Sequence[Span]) -> Span | None:
    return next((b for b in blocked if b.start <= at < b.end), None)


def _overlaps(quantity: Quantity, blocked: Sequence[Span]) -> bool:
    return any(b.start < quantity.end and quantity.start < b.end for b in blocked)
