"""A clean text over a raw one, with an exact map between their offsets.

Belongs here: the map and how to build it. Does not belong here: what is cut or repaired
(`normalise`), or what is read from the clean text (`extract`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from summit_pipeline.vocabulary import Run, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of `raw[start:end]` by `after`; an empty `after` cuts the stretch."""

    start: int
    end: int
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A text and the runs that map it to the text below it."""

    text: str
    runs: tuple[Run, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _raw_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _raw_ends: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(run.clean_start for run in self.runs))
        object.__setattr__(self, "_raw_starts", tuple(run.raw_start for run in self.runs))
        object.__setattr__(self, "_raw_ends", tuple(run.raw_end for run in self.runs))

    def to_raw(self, start: int, end: int) -> Span:
        """The smallest raw stretch that holds the clean stretch `[start, end)`.

        Raises:
            ValueError: if the stretch is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such stretch in a text of {len(self.text)}: {start}..{end}")
        first = self.runs[bisect_right(self._starts, start) - 1]
        last = self.runs[bisect_right(self._starts, end - 1) - 1]
        raw_start = first.raw_start + (start - first.clean_start if _is_copy(first) else 0)
        raw_end = last.raw_start + (end - last.clean_start) if _is_copy(last) else last.raw_end
        return Span(raw_start, raw_end)

    def to_clean(self, start: int, end: int) -> Span | None:
        """The clean stretch that the raw stretch `[start, end)` became; None if all was cut."""
        low = bisect_right(self._raw_ends, start)
        high = bisect_left(self._raw_starts, end)
        while low < high and self.runs[low].raw_start == self.runs[low].raw_end:
            low += 1
        if low >= high:
            return None
        first, last = self.runs[low], self.runs[high - 1]
        clean_start = first.clean_start
        if _is_copy(first):
            clean_start += max(0, start - first.raw_start)
        clean_end = last.clean_end
        if _is_copy(last):
            clean_end -= max(0, last.raw_end - end)
        return Span(clean_start, clean_end) if clean_start < clean_end else None


def _is_copy(run: Run) -> bool:
    return run.clean_end - run.clean_start == run.raw_end - run.raw_start


def identity(text: str) -> Layer:
    """The layer that changes nothing."""
    return Layer(text, (Run(0, len(text), 0, len(text)),) if text else ())


def apply_edits(raw: str, edits: Iterable[Edit]) -> Layer:
    """Apply edits to a raw text; where two overlap, the earlier and longer one wins.

    Offsets of the edits point into `raw`.
    """
    pieces: list[str] = []
    runs: list[Run] = []
    raw_at = clean_at = 0

    def append(piece: str, raw_start: int, raw_end: int) -> None:
        nonlocal clean_at
        if piece:
            pieces.append(piece)
            runs.append(Run(clean_at, clean_at + len(piece), raw_start, raw_end))
            clean_at += len(piece)

    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if edit.start < raw_at:
            continue
        append(raw[raw_at : edit.start], raw_at, edit.start)
        append(edit.after, edit.start, edit.end)
        raw_at = edit.end
    append(raw[raw_at:], raw_at, len(raw))
    return Layer("".join(pieces), tuple(runs))


def from_runs(text: str, runs: Sequence[Run]) -> Layer:
    """Rebuild a layer from its stored text and runs."""
    return Layer(text, tuple(runs))


def compose(upper: Layer, lower: Layer) -> Layer:
    """The layer from `upper`'s text down to the raw text of `lower`, whose text `upper` stands on.

    A replacement of the lower layer that the upper one cuts in two is shared out between the
    pieces, so that runs stay in order on the raw side.
    """
    if len(lower.runs) == 1 and lower.runs[0] == Run(0, len(lower.text), 0, len(lower.text)):
        return upper
    runs: list[Run] = []
    at = 0
    for run in upper.runs:
        while at < len(lower.runs) and lower.runs[at].clean_end <= run.raw_start:
            at += 1
        if _is_copy(run):
            runs += _through_copy(run, lower.runs, at)
        elif run.raw_start < run.raw_end:
            last = bisect_left(lower._starts, run.raw_end) - 1
            raw_start, _ = _below(lower.runs[at], run.raw_start, run.raw_end)
            _, raw_end = _below(lower.runs[last], run.raw_start, run.raw_end)
            runs.append(Run(run.clean_start, run.clean_end, raw_start, raw_end))
        else:
            edge = runs[-1].raw_end if runs else 0
            runs.append(Run(run.clean_start, run.clean_end, edge, edge))
    return Layer(upper.text, tuple(runs))


def _through_copy(run: Run, lower: Sequence[Run], at: int) -> list[Run]:
    """What a copied run of the upper layer stands for, piece by piece of the lower one."""
    pieces: list[Run] = []
    shift = run.clean_start - run.raw_start
    while at < len(lower) and lower[at].clean_start < run.raw_end:
        below = lower[at]
        start, end = max(run.raw_start, below.clean_start), min(run.raw_end, below.clean_end)
        raw_start, raw_end = _below(below, start, end)
        pieces.append(Run(start + shift, end + shift, raw_start, raw_end))
        at += 1
    return pieces


def _below(run: Run, start: int, end: int) -> tuple[int, int]:
    """The raw stretch of the run's characters within `[start, end)`.

    A replacement's raw stretch is shared out evenly among its characters.
    """
    first, last = max(start, run.clean_start), min(end, run.clean_end)
    length, raw_length = run.clean_end - run.clean_start, run.raw_end - run.raw_start
    return (
        run.raw_start + (first - run.clean_start) * raw_length // length,
        run.raw_start + (last - run.clean_start) * raw_length // length,
    )
