"""Hedges beside an amount: about, more than, nearly, up to, at least, a record.

Belongs here: finding the hedge of an amount whose place is known. Does not belong here: what the
hedge does to the amount's interval (`quantity.hedged_interval`).
"""

import re

from summit_pipeline.lexicons import load_toml

_LEXICON = load_toml("approximators.toml")
_BEFORE: dict[str, str] = _LEXICON["before"]
_AFTER: dict[str, str] = _LEXICON["after"]
_NOT_BEFORE_DURATIONS = frozenset(_LEXICON["durations"]["not_before"])
_DURATION_ANYWAY = frozenset(_LEXICON["durations"]["unless_after"])

# The longest hedge with two fillers is 34 characters; one blank each and a sign come on top.
_REACH = 44


def _alternation(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_CUE = re.compile(
    rf"(?:^|(?<=[\s(\"“‘'—–,]))(?P<cue>{_alternation(list(_BEFORE))})"
    rf"(?P<filler>(?:\s(?:{_alternation(_LEXICON['fillers']['words'])}))*)\s?$",
    re.IGNORECASE,
)
_TRAIL = re.compile(rf"\s?(?P<cue>{_alternation(list(_AFTER))})(?![\w])", re.IGNORECASE)
_LAST_WORD = re.compile(r"([A-Za-z]+)\s*$")


def hedge_of(text: str, start: int, end: int, kind: str = "") -> str | None:
    """The hedge of the amount at `[start, end)`, or None.

    Args:
        text: the clean text.
        start: where the amount begins.
        end: where it ends.
        kind: its kind; before durations "over" is no hedge ("over four years").
    """
    before = text[max(0, start - _REACH) : start]
    match = _CUE.search(before)
    if match:
        cue = match["cue"].lower()
        if kind == "duration" and cue in _NOT_BEFORE_DURATIONS:
            word = _LAST_WORD.search(before[: match.start()])
            if word is None or word[1].lower() not in _DURATION_ANYWAY:
                return None
        return _BEFORE[cue]
    after = _TRAIL.match(text, end, min(len(text), end + 16))
    return _AFTER[after["cue"].lower()] if after else None
