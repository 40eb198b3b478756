"""Pairing of double quotation marks, so that one lost mark costs one quotation and no more.

Marks are read by their surroundings first and by their shape second: news text mixes curly and
straight marks, writes doubled single quotes or backticks, closes with an opening mark and leaves
marks out. A quotation that runs over paragraphs re-opens at each of them and gives one stretch a
paragraph; one that is never closed ends with its paragraph and is flagged. A mark within an open
quotation that nests gives no stretch of its own.

Belongs here: where quoted words start and end. Does not belong here: who said them
(`extract.attributions`), or single quotes inside a quotation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile(r"\"{1,2}|[“”„‟]|''|``|’’|‘‘")
_LINE_END = re.compile(r"\n")
_INCHES = re.compile(r"\d['’′]\s?\d{1,2}$")
_OPENING_SHAPES = frozenset({"“", "„", "‟", "``", "‘‘"})
_CLOSING_SHAPES = frozenset({"”", "’’"})
_BEFORE_OPENING = frozenset("([{—–-/‘'*_>|")
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-/'’…*_<|")
# Characters between a paragraph's end and the closing mark. In 525 US news articles (PolNeAR dev)
# 7 of 5,963 quotations go on without a new opening mark; the longest has 271 characters in all.
_LONGEST_UNMARKED_RUN = 300


@dataclass(frozen=True, slots=True, order=True)
class QuotedStretch:
    """Quoted words: `[start, end)` without the marks and without blanks beside them.

    `open_mark_start` and `close_mark_end` are the outer edges of the marks; for a missing mark the
    inner edge stands in. `closed` is False where no closing mark was found.
    """

    start: int
    end: int
    open_mark_start: int
    close_mark_end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool  # its surroundings, or its shape where those say nothing, allow it to open
    closes: bool


def quoted_stretches(text: str) -> list[QuotedStretch]:
    """The quoted stretches of a text in order; they do not overlap. Linear in the text's length.

    Offsets are code points of `text`, end exclusive. A newline ends a paragraph.
    """
    marks = _marks(text)
    if not marks:
        return []
    found: list[QuotedStretch] = []
    opened: _Mark | None = None
    depth = 0
    line_ends = [m.start() for m in _LINE_END.finditer(text, marks[0].start)] + [len(text)]
    line = 0
    for number, mark in enumerate(marks):
        while line_ends[line] < mark.start:
            if opened is not None and not _runs_on(text, marks, number, line_ends[line]):
                _append(found, text, opened, line_ends[line], None)
                opened, depth = None, 0
            line += 1
        if opened is None:
            if mark.opens:
                opened, depth = mark, 1
        elif mark.closes:
            depth -= 1
            if depth == 0:
                _append(found, text, opened, mark.start, mark)
                opened = None
        elif _is_nested(marks, number, line_ends[line]):
            depth += 1
        else:
            _append(found, text, opened, mark.start, None)
            opened, depth = mark, 1
    if opened is not None:
        _append(found, text, opened, next(e for e in line_ends[line:] if e >= opened.end), None)
    return found


def _marks(text: str) -> list[_Mark]:
    return [_read(text, m.group(), m.start(), m.end()) for m in _MARK.finditer(text)
            if not _measures_inches(text, m.group(), m.start())]  # fmt: skip


def _measures_inches(text: str, shape: str, start: int) -> bool:
    """Whether the mark belongs to a height such as 6'2"."""
    return shape in {'"', "''", "”"} and bool(_INCHES.search(text, max(0, start - 6), start))


def _read(text: str, shape: str, start: int, end: int) -> _Mark:
    """Tell by its surroundings whether a mark opens or closes; by its shape where they are mute."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    must_open = before.isspace() and not (after.isspace() or after in _AFTER_CLOSING)
    must_close = not before.isspace() and (
        after.isspace() or (after in _AFTER_CLOSING and before not in _BEFORE_OPENING)
    )
    if shape in _OPENING_SHAPES:
        return _Mark(start, end, not must_close, must_close)
    if shape in _CLOSING_SHAPES:
        return _Mark(start, end, must_open, not must_open)
    starts_line = start == 0 or before == "\n"
    return _Mark(start, end, starts_line or not must_close, not starts_line and not must_open)


def _runs_on(text: str, marks: Sequence[_Mark], number: int, line_end: int) -> bool:
    """Whether an open quotation goes on after a paragraph's end without a new opening mark.

    `number` is the next mark's; it must be one that can only close, and stand near.
    """
    mark = marks[number]
    if mark.opens or mark.start - line_end > _LONGEST_UNMARKED_RUN:
        return False
    return bool(text[line_end : mark.start].strip())


def _is_nested(marks: Sequence[_Mark], number: int, line_end: int) -> bool:
    """Whether an opening mark inside an open quotation nests: two closing marks follow it first.

    Without a second closing mark the earlier quotation has lost its own.
    """
    closing = [m for m in marks[number + 1 : number + 3] if m.start < line_end and m.closes]
    return len(closing) == 2 and not any(m.opens for m in closing)


def _append(
    found: list[QuotedStretch], text: str, opened: _Mark, end: int, closing: _Mark | None
) -> None:
    start = opened.end
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    if start >= end:
        return
    edge = closing.end if closing else end
    found.append(QuotedStretch(start, end, opened.start, edge, closing is not None))
