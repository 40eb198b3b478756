"""What a reader of amounts gives, shared by the modules of all kinds.

Belongs here: the record, and the interval that a hedge makes of a written number. Does not belong
here: any word of a text.
"""

from dataclasses import dataclass

from summit_pipeline.lexicons import confidence_table

# How far "about 500" reaches to each side, and "nearly 500" below, as a share of the value: the
# research report on quantities, section 5, recommends 10 % for both (its own judgement, checked on
# the five seed articles' pairs only).
ABOUT_SHARE = 0.10
NEARLY_SHARE = 0.10

# A rule without enough readings on development data to measure its share of right ones.
UNMEASURED_CONFIDENCE = 0.8


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """An amount as written; offsets point into the clean text, end exclusive.

    `value` is None for ranges and vague plurals. `low` and `high` bound what the writing allows,
    both inclusive; None means open to that side (both None: no number at all, as in "record
    numbers"). `unit` is an ISO 4217 code, "percent" or "percentage_point", the lemma of the counted
    noun, a base unit (s, m, kg, degC ...), or "<unit>/<per>" for rates.
    """

    start: int
    end: int
    kind: str
    value: float | None
    unit: str | None
    low: float | None
    high: float | None
    approximator: str | None
    rule: str
    confidence: float


def hedged_interval(
    approximator: str | None, low: float | None, high: float | None, value: float | None
) -> tuple[float | None, float | None]:
    """The interval of a number under a hedge; `low` and `high` are what the bare number allows.

    A hedge on a range or a vague plural opens the side that it opens ("more than tens of
    thousands") and leaves the other bound.
    """
    if approximator in ("more_than", "at_least"):
        return (value if value is not None else low), None
    if approximator in ("less_than", "up_to"):
        return None, (value if value is not None else high)
    if value is None:
        return low, high
    if approximator == "about":
        margin = abs(value) * ABOUT_SHARE
        return min(low or 0.0, value - margin), max(high or 0.0, value + margin)
    if approximator == "nearly":
        return value - abs(value) * NEARLY_SHARE, value
    return low, high


def rule_confidence(rule: str) -> float:
    """Share of a rule's readings that were right on development data."""
    table = confidence_table("rule_confidence_quantities.toml", "quantities")
    return table.get(rule, UNMEASURED_CONFIDENCE)
