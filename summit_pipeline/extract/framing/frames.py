"""Frames: what an amount, a date or a span of time is about, as its own sentence tells it.

Belongs here: which reader makes the frame of a value, and amounts that are compared with others.
Does not belong here: amounts with a measure noun (`amount_frames`), the single readers
(`measured_nouns`, `parties`, `periods`, `modality`), or comparing frames (`reconcile`). Every field
is None or empty where the sentence doesn't tell.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.framing.amount_frames import amount_frame
from summit_pipeline.extract.framing.events import (
    FATE_RULES,
    event_of_count,
    event_of_date,
    person_of_age,
)
from summit_pipeline.extract.framing.frame import Frame, with_period
from summit_pipeline.extract.framing.measured_nouns import find_measure
from summit_pipeline.extract.framing.parties import parties_in
from summit_pipeline.extract.framing.periods import DateLike, period_of
from summit_pipeline.extract.framing.qualifiers import qualifiers_of
from summit_pipeline.extract.framing.reality import with_reality
from summit_pipeline.extract.framing.scene import Scene
from summit_pipeline.extract.framing.tagging import NUM, View, view_of
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.vocabulary import Sentence

# "was A compared with B in 2023": B is of the same thing as A. The words end right before B.
_COMPARED = re.compile(
    r"(?:compared (?:with|to)|in (?:contrast|comparison) (?:with|to)|versus|against|"
    r"(?:up|down) from|(?:more|less|higher|lower) than|than|from|and|or|to)\s"
    r"(?:(?:about|around|some|nearly|roughly|just|over|more than|a record|the)\s){0,2}$",
    re.IGNORECASE,
)
# How far before an amount, in characters, the one it is compared with may end; words that are said
# of nothing but a comparison reach further than "than" or "from".
_COMPARED_REACH = 60
_SURELY_COMPARED = re.compile(r"\b(?:compared|contrast|comparison|up|down)\s", re.IGNORECASE)
_SURELY_COMPARED_REACH = 160
# A chain of comparisons is only followed afresh among the first tokens of a sentence; callers that
# read amounts in their order have the earlier frame at hand anyway.
_DEEPEST = 200
# Ages that are no person's: of a population or group.
_MEAN_AGES = frozenset(("expectancy", "age", "lifespan", "span"))
_AMOUNTS = frozenset(("money", "percent", "rate", "measure"))


class FrameReader:
    """Reads the frames of one document; keeps the tagged sentences between calls.

    Args:
        doc: the document.
        names: its names.
        dates: its dates.
        amounts: all its amounts as (start, end, kind): they bound each other's periods and let
            "compared with B" take A's frame.
    """

    def __init__(
        self,
        doc: CleanDocument,
        names: NameBook,
        dates: Sequence[DateLike],
        amounts: Sequence[tuple[int, int, str]] = (),
    ) -> None:
        self.doc = doc
        self.names = names
        self._dates = sorted(dates, key=lambda d: d.start)
        self._amounts = sorted(amounts)
        bounding = (a for a in self._amounts if a[2] in _AMOUNTS or a[2] == "count")
        self._bounding = [(start, end) for start, end, _ in bounding]
        self._date_starts = [d.start for d in self._dates]
        self._frames: dict[tuple[int, int, str], Frame] = {}
        self._starts = [s.clean_start for s in doc.sentences]
        self._views: dict[int, View] = {}

    def view_at(self, offset: int) -> View | None:
        """The tagged sentence that holds the clean offset."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.doc.sentences[index].clean_end:
            return None
        return self.view_of_index(index)

    def view_of_index(self, index: int) -> View:
        """The tagged sentence of a number in the document's sentences."""
        view = self._views.get(index)
        if view is None:
            view = self._views[index] = view_of(self.doc, self.names, self.doc.sentences[index])
        return view

    def dates_in(self, sentence: Sentence) -> list[DateLike]:
        """The dates of a sentence."""
        first = bisect_left(self._date_starts, sentence.clean_start)
        last = bisect_left(self._date_starts, sentence.clean_end)
        return [d for d in self._dates[first:last] if d.end <= sentence.clean_end]

    def frame(self, start: int, end: int, kind: str) -> Frame:
        """The frame of a value; empty where it stands outside all sentences."""
        key = (start, end, kind)
        if key not in self._frames:
            self._frames[key] = self._read(start, end, kind)
        return self._frames[key]

    def _read(self, start: int, end: int, kind: str) -> Frame:
        view = self.view_at(start)
        if view is None or not view.tokens:
            return Frame()
        first, last = view.first_at(start), view.last_before(end)
        if first >= len(view.tokens) or last < first:
            last = first = max(0, min(first, len(view.tokens) - 1))
        at, span = (first, last), (start, end)
        scene = Scene(self.doc, self.names, view, self.dates_in(view.sentence))
        if kind == "date":
            return _date_frame(scene, at, span)
        if kind == "age":
            return self._age_frame(scene, at, span)
        if kind == "count" and all(t.tag == NUM for t in view.tokens[first : last + 1]):
            return self._figure_frame(scene, at, span)
        if kind in ("count", "ordinal", "score"):
            return self._count_frame(scene, at, span, kind)
        return self._amount_frame(scene, at, span, kind)

    def _amount_frame(
        self, scene: Scene, at: tuple[int, int], span: tuple[int, int], kind: str
    ) -> Frame:
        view, (first, last) = scene.view, at
        measure = find_measure(view, first, last, kind)
        earlier = self._compared_with(view, span, kind)
        weak = measure is None or measure.rule in ("near", "subject", "object")
        if earlier is not None and weak and (earlier in self._frames or first < _DEEPEST):
            return self._inherited(scene, span, earlier)
        if measure is None and kind == "duration":
            return with_reality(scene, _event_frame(scene, at), at, span)
        return amount_frame(scene, at, span, kind, measure, self._bounds(view, span))

    def _bounds(self, view: View, span: tuple[int, int]) -> tuple[int, int]:
        """The stretch of the sentence between the amounts before and after this one."""
        low, high = view.sentence.clean_start, view.sentence.clean_end
        at = bisect_left(self._bounding, span)
        if at > 0:
            low = max(low, min(self._bounding[at - 1][1], span[0]))
        while at < len(self._bounding) and self._bounding[at][0] < span[1]:
            at += 1
        if at < len(self._bounding):
            high = min(high, self._bounding[at][0])
        return low, high

    def _compared_with(
        self, view: View, span: tuple[int, int], kind: str
    ) -> tuple[int, int, str] | None:
        """The amount of the same kind that this one is compared with, before it in the sentence."""
        before = self.doc.text[max(view.sentence.clean_start, span[0] - 60) : span[0]]
        compared = _COMPARED.search(before)
        if compared is None:
            return None
        sure = _SURELY_COMPARED.search(compared[0]) is not None
        reach = _SURELY_COMPARED_REACH if sure else _COMPARED_REACH
        at = bisect_left(self._amounts, (span[0], span[0], "")) - 1
        while at >= 0 and span[0] - self._amounts[at][1] <= reach:
            found = self._amounts[at]
            if found[0] < view.sentence.clean_start:
                return None
            if found[2] == kind and found[1] <= span[0]:
                return found
            at -= 1
        return None

    def _inherited(
        self, scene: Scene, span: tuple[int, int], earlier: tuple[int, int, str]
    ) -> Frame:
        """The frame of the amount compared with, under this amount's own period."""
        frame = self.frame(*earlier)
        after = (span[0], self._bounds(scene.view, span)[1])
        own = period_of(self.doc, scene.dates, span, None, after)
        bare = replace(
            frame, period_text=None, period_expression=None, period_start=None, period_end=None,
            as_of=None, as_of_text=None, as_of_expression=None, rule=f"compared:{frame.rule}",
        )  # fmt: skip
        between = self.doc.text[earlier[1] : span[0]].strip()
        if own is None and between in ("and", "or", "to", ","):
            return frame
        return with_period(bare, own)

    def _figure_frame(self, scene: Scene, at: tuple[int, int], span: tuple[int, int]) -> Frame:
        """A number without a noun: what befell people, else what an amount would be of."""
        counted = self._count_frame(scene, at, span, "count")
        if counted.rule in FATE_RULES:
            return counted
        measured = self._amount_frame(scene, at, span, "count")
        return measured if measured.measure_head is not None else counted

    def _count_frame(
        self, scene: Scene, at: tuple[int, int], span: tuple[int, int], kind: str
    ) -> Frame:
        """What counted people or things took part in, and the names of the clause."""
        view, text = scene.view, self.doc.text
        event = event_of_count(view, *at)
        bounds = self._bounds(view, span)
        frame = Frame(
            subject_text=scene.words(event.phrase) if event.phrase else None,
            measure=scene.words(event.phrase) if event.phrase else None,
            measure_head=event.head,
            parties=parties_in(text, self.names, *scene.clause(*at)),
            actor=scene.name_of(event.agent),
            qualifiers=qualifiers_of(view, text, *at, kind, None, bounds),
            rule=event.rule,
        )
        period = period_of(self.doc, scene.dates, span, None, bounds)
        return with_reality(scene, with_period(frame, period), at, span)

    def _age_frame(self, scene: Scene, at: tuple[int, int], span: tuple[int, int]) -> Frame:
        """Whose age it is; of a mean age what it is the mean of."""
        text, view = self.doc.text, scene.view
        person = person_of_age(text, self.names, view, span)
        mean = find_measure(view, *at, "age") if person is None else None
        if mean is not None and mean.lemma in _MEAN_AGES:
            return amount_frame(scene, at, span, "age", mean, self._bounds(view, span))
        frame = Frame(
            subject_text=person, measure="age", measure_head="age", actor=person,
            parties=(person,) if person else parties_in(text, self.names, *scene.clause(*at)),
            rule="age_of_name" if person else "age_unknown",
        )  # fmt: skip
        return with_reality(scene, frame, at, span)


def _date_frame(scene: Scene, at: tuple[int, int], span: tuple[int, int]) -> Frame:
    framed = with_reality(scene, _event_frame(scene, at), at, span)
    return replace(framed, as_of=None, as_of_text=None, as_of_expression=None)


def _event_frame(scene: Scene, at: tuple[int, int]) -> Frame:
    """What the clause of a date or duration tells: its verb or noun, the subject, the names."""
    event = event_of_date(scene.view, *at)
    where = at if event.verb is None else (event.verb, event.verb)
    parties = parties_in(scene.doc.text, scene.names, *scene.clause(*where))
    actor = scene.name_of(event.agent)
    if actor is not None and actor not in parties:
        parties = (actor, *parties)
    return Frame(
        subject_text=scene.words(event.agent) if event.agent else None,
        measure=scene.words(event.phrase) if event.phrase else None,
        measure_head=event.head,
        parties=parties,
        actor=actor,
        rule=event.rule,
    )
