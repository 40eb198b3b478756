"""A clean text over a raw one, with an exact map between their offsets.

Belongs here: the map and how to build it. Does not belong here: what is cut or repaired
(`normalise`), or what is read from the clean text (`extract`).
"""

from bisect import bisect_right
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

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(run.clean_start for run in self.runs))

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
        touched = [r for r in self.runs if r.raw_start < end and start < r.raw_end]
        if not touched:
            return None
        first, last = touched[0], touched[-1]
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
