"""What an amount, a date or a span of time is about: the record that frame readers fill.

Belongs here: the record and changes of single fields. Does not belong here: any reading of words.
"""

from dataclasses import dataclass, replace
from datetime import date

from summit_pipeline.extract.framing.periods import Period
from summit_pipeline.vocabulary import Modality


@dataclass(frozen=True, slots=True)
class Frame:
    """What a value is about. Names are canonical within the document; days are half-open."""

    subject_text: str | None = None
    measure: str | None = None
    measure_head: str | None = None
    parties: tuple[str, ...] = ()
    actor: str | None = None
    qualifiers: tuple[str, ...] = ()
    period_text: str | None = None
    period_expression: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    polarity: int = 1
    modality: Modality = "asserted"
    as_of: date | None = None
    as_of_text: str | None = None
    as_of_expression: str | None = None
    rule: str = "none"


def with_period(frame: Frame, period: Period | None) -> Frame:
    """The frame under a period; unchanged without one."""
    if period is None:
        return frame
    return replace(
        frame, period_text=period.text, period_expression=period.expression,
        period_start=period.start, period_end=period.end,
    )  # fmt: skip


def with_over(frame: Frame, words: str | None) -> Frame:
    """The frame spread over a duration ("over four years"); unchanged without one."""
    if words is None:
        return frame
    return replace(frame, qualifiers=(*frame.qualifiers, f"over={words.lower()}"))
