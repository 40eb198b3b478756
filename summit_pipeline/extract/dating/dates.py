"""Dates that a document states: where, in which normal form, and which days they are if known.

Belongs here: direction in time (past in reported past, future after "will") and resolution against
the document's own reference date. Does not belong here: the words of dates (`date_spans`), the
arithmetic (`text.calendar`), or another document's reference date (`reconcile`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from summit_pipeline.extract.amounts.blocked import Stretches, blocked_stretches
from summit_pipeline.extract.dating.date_spans import DateSpan, spans_by_sentence
from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.lexicons import confidence_table, load_toml
from summit_pipeline.text.calendar import resolve

_WORDS = load_toml("calendar.toml")["words"]
_UNMEASURED_CONFIDENCE = 0.8
# How far before a date its verb is looked for: a clause of news seldom is longer.
_SAME_DAY = "same:day"
_SINGLE_DAYS = ("day:", "weekday:", "month-day:", "offset:day:")
_CLAUSE = 90
_AFTER = 40


@dataclass(frozen=True, slots=True, order=True)
class DateMention:
    """Words of a date; offsets point into the clean text, end exclusive.

    `expression` is a normal form of `text.calendar`, with the direction that the sentence gives it.
    `date_start` and `date_end` (half-open) are None where the form needs a reference date that the
    document hasn't got.
    """

    start: int
    end: int
    expression: str
    date_start: date | None
    date_end: date | None
    rule: str
    confidence: float


def _cue_pattern(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_FUTURE = _cue_pattern([w for w in _WORDS["future_cues"] if w[0].isalpha()])
_PAST = _cue_pattern(_WORDS["past_cues"])
# A participle tells the past ("was killed"), but not after "be" ("to be completed").
_CUE = re.compile(
    rf"(?:\b(?P<future>{_FUTURE})|['’]ll|\b(?P<past>{_PAST}|(?<!\bbe )[a-z]{{2,}}(?:ed|pt|ught)))\b"
)
# "By Friday" lies ahead; "contracted by 2% in April" doesn't, so the word must touch the date.
_UNTIL = re.compile(r"\b(?:by|until|till)\s(?:the\s)?$", re.IGNORECASE)
_FUTURE_AFTER = re.compile(r"\s(?:will|is\sset\sto|is\sexpected|are\sexpected|would)\b")


def find_dates(
    doc: CleanDocument, spans: Sequence[Sequence[DateSpan]] | None = None
) -> tuple[DateMention, ...]:
    """All dates of a document, in order; of sentences only, not of what stands between them.

    Args:
        doc: the document.
        spans: what `date_spans.spans_by_sentence` gives for it, where that was asked already.
    """
    found: list[DateMention] = []
    last_day: DateMention | None = None
    if spans is None:
        spans = spans_by_sentence(doc.text, doc.sentences, doc.word_places)
    for sentence, here in zip(doc.sentences, spans, strict=True):
        if not here:
            continue
        start, end = sentence.clean_start, sentence.clean_end
        in_post = sentence.part == "embed"
        blocked = Stretches(blocked_stretches(doc.text, start, end))
        for span in here:
            if blocked.touching(span.start, span.end):
                continue
            mention: DateMention | None = _mention(doc, span, start, end, in_post=in_post)
            if mention and span.expression == _SAME_DAY:
                mention = _same_day(mention, last_day)
            if mention is not None:
                found.append(mention)
                last_day = mention if mention.expression.startswith(_SINGLE_DAYS) else last_day
    return tuple(found)


def _same_day(mention: DateMention, day: DateMention | None) -> DateMention | None:
    """“The day” as the last single day that the document stated; None if it has stated none."""
    if day is None:
        return None
    return replace(
        mention, expression=day.expression, date_start=day.date_start, date_end=day.date_end
    )


def _mention(
    doc: CleanDocument, span: DateSpan, start: int, end: int, *, in_post: bool
) -> DateMention:
    """A date with its days, where these are known.

    "Today" in a post that the article shows counts from the day of the post, which nobody states:
    the day in its signature is the reader's or Greenwich's, often the next one. So it stays open.
    """
    expression = span.expression
    if span.needs_direction:
        expression += f"@{direction(doc.text, span.start, span.end, start, end)}"
    days = resolve(expression, None if in_post else doc.reference_date)
    table = confidence_table("rule_confidence_quantities.toml", "dates")
    return DateMention(
        span.start,
        span.end,
        expression,
        days[0] if days else None,
        days[1] if days else None,
        span.rule,
        table.get(span.rule, _UNMEASURED_CONFIDENCE),
    )


def direction(text: str, start: int, end: int, sentence_start: int, sentence_end: int) -> str:
    """Whether the date at `[start, end)` is past or future: the nearest cue before it decides."""
    if _UNTIL.search(text, max(sentence_start, start - 8), start):
        return "future"
    cues = list(_CUE.finditer(text, max(sentence_start, start - _CLAUSE), start))
    if not cues:
        return (
            "future" if _FUTURE_AFTER.match(text, end, min(sentence_end, end + _AFTER)) else "past"
        )
    return "past" if cues[-1]["past"] else "future"
