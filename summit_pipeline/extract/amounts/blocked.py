"""Stretches whose digits say nothing: addresses, handles, phone numbers, clock times, file names.

Belongs here: what no amount and no date is read from. Does not belong here: page furniture, which
`normalise` has cut before.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable

from summit_pipeline.vocabulary import Span

_HINT = re.compile(
    r"://|www\.|@|\.(?:com|org|net|gov|jpe?g|png|webp|gif|html?|co)\b|#|\d:\d"
    r"|\d[-. )]\d{3}[-. ]\d|min(?:ute)?s?\sread|ISBN"
)
_BLOCKED = re.compile(
    r"(?:https?://|www\.)\S{1,2000}"
    r"|(?<!\S)\S{0,200}(?:\.(?:com|org|net|gov|io|co\.uk|jpe?g|png|webp|gif|html?)\b)\S{0,400}"
    r"|(?<![\w.])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}|(?<!\w)[@#]\w{1,100}"
    r"|(?<![\d.,])\d{1,2}:\d{2}(?!\s(?:left|remaining|to\s(?:go|play))\b)(?::\d{2})?(?:\.\d+)?(?:\s?[ap]\.?m\b\.?)?"
    r"|(?<![\w$£€.,])(?:\+\d{1,3}[-. ]?)?(?:\(\d{2,4}\)\s?|\d{2,4}[-. ])\d{3,4}[-. ]\d{3,4}"
    r"(?![\d,])"
    r"|(?<!\w)\d{1,3}\s?-?\s?min(?:ute)?s?\sread\b"
    r"|(?<!\w)ISBN[\s\d-]{1,20}"
)


class Stretches:
    """Stretches of one text, asked for by place in logarithmic time."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[Span] = []
        for span in sorted(spans):
            if merged and span.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        self._spans = merged
        self._starts = [span.start for span in merged]

    def touching(self, start: int, end: int) -> Span | None:
        """The last stretch that shares a character with `[start, end)`, or None."""
        index = bisect_left(self._starts, end) - 1
        if index >= 0 and self._spans[index].end > start:
            return self._spans[index]
        return None


def blocked_stretches(text: str, start: int, end: int) -> list[Span]:
    """The stretches of a sentence that no rule reads, in order."""
    if not _HINT.search(text, start, end):
        return []
    return [Span(m.start(), m.end()) for m in _BLOCKED.finditer(text, start, end)]
