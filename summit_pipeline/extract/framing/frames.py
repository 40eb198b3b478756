"""Frames: what an amount, a date or a span of time is about, as its own sentence tells it.

Belongs here: putting together measure noun, parties, owner, period, qualifiers, reality and moment.
Does not belong here: the single readers (`measured_nouns`, `parties`, `periods`, `modality`), or
comparing frames (`reconcile`). Every field is None or empty where the sentence doesn't tell.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.framing.events import (
    FATE_RULES,
    event_of_count,
    event_of_date,
    person_of_age,
)
from summit_pipeline.extract.framing.measured_nouns import Measure, find_measure, measure_span
from summit_pipeline.extract.framing.modality import is_question, modality_of, polarity_of
from summit_pipeline.extract.framing.parties import described_in, parties_in, party_of, pronoun_in
from summit_pipeline.extract.framing.periods import (
    DateLike,
    Period,
    moment_of,
    over_words,
    period_of,
    year_in,
)
from summit_pipeline.extract.framing.phrases import (
    Phrase,
    clause_end,
    clause_opening,
    clause_start,
    phrase_from,
    with_complements,
)
from summit_pipeline.extract.framing.qualifiers import qualifiers_of
from summit_pipeline.extract.framing.tagging import NAME, NOUN, NUM, POSS, PRON, View, view_of
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.vocabulary import Modality, Sentence

# "was A compared with B in 2023": B is of the same thing as A. The words end right before B.
_COMPARED = re.compile(
    r"(?:compared (?:with|to)|in (?:contrast|comparison) (?:with|to)|versus|against|"
    r"(?:up|down) from|(?:more|less|higher|lower) than|than|from|and|or|to)\s"
    r"(?:(?:about|around|some|nearly|roughly|just|over|more than|a record|the)\s){0,2}$",
    re.IGNORECASE,
)
# How far before an amount, in characters, the one it is compared with may end.
_COMPARED_REACH = 60
# A chain of comparisons is only followed afresh among the first tokens of a sentence; callers that
# read amounts in their order have the earlier frame at hand anyway.
_DEEPEST = 200
# Ages that are no person's: of a population or group.
_MEAN_AGES = frozenset(("expectancy", "age", "lifespan", "span"))
_AMOUNTS = frozenset(("money", "percent", "rate", "measure"))


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


def frame_of(
    doc: CleanDocument,
    names: NameBook,
    start: int,
    end: int,
    kind: str,
    dates: Sequence[DateLike],
    amounts: Sequence[tuple[int, int, str]] = (),
) -> Frame:
    """The frame of the value at clean offsets `[start, end)`.

    Args:
        doc: the document.
        names: its names.
        start: start of the value's words.
        end: their end, exclusive.
        kind: kind of the value, a ClaimKind.
        dates: the document's dates.
        amounts: all amounts of the document as (start, end, kind): they bound each other's periods
            and let "compared with B" take A's frame.
    """
    return FrameReader(doc, names, dates, amounts).frame(start, end, kind)


class FrameReader:
    """Reads the frames of one document; keeps the tagged sentences between calls."""

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
        if kind == "date":
            return self._date_frame(view, first, last, (start, end))
        if kind == "age":
            return self._age_frame(view, first, last, (start, end))
        if kind == "count" and all(t.tag == NUM for t in view.tokens[first : last + 1]):
            return self._figure_frame(view, first, last, (start, end))
        if kind in ("count", "ordinal", "score"):
            return self._count_frame(view, first, last, (start, end), kind)
        return self._amount_frame(view, first, last, (start, end), kind)

    def _amount_frame(
        self, view: View, first: int, last: int, span: tuple[int, int], kind: str
    ) -> Frame:
        measure = find_measure(view, first, last, kind)
        earlier = self._compared_with(view, span, kind)
        weak = measure is None or measure.rule in ("near", "subject", "object")
        if earlier is not None and weak and (earlier in self._frames or first < _DEEPEST):
            return self._inherited(view, first, last, span, earlier)
        if measure is None and kind == "duration":
            frame = self._event_frame(view, first, last)
            return self._with_reality(frame, view, first, last, span, None)
        return self._framed(view, first, last, span, kind, measure)

    def _framed(
        self,
        view: View,
        first: int,
        last: int,
        span: tuple[int, int],
        kind: str,
        measure: Measure | None,
    ) -> Frame:
        stretch = self._measure_stretch(view, measure, first)
        text = self.doc.text
        bounds = self._bounds(view, span)
        dates = self.dates_in(view.sentence)
        period = (year_in(self.doc, dates, stretch) if stretch else None) or period_of(
            self.doc, dates, span, stretch, bounds
        )
        parties = parties_in(text, self.names, *stretch) if stretch else ()
        actor = self._owner(view, stretch) or self._referent(view, stretch)
        if actor is None and not (
            measure and measure.rule == "attributive" and self._the(view, first)
        ):
            actor = self._subject_name(measure, view)
        if actor is not None and actor not in parties:
            parties = (actor, *parties)
        if measure is None:
            actor = self._holder(view, first)
            parties = (
                (actor,)
                if actor
                else parties_in(text, self.names, *self._clause(view, first, last))
            )
        frame = Frame(
            subject_text=self._subject_text(view, measure, stretch),
            measure=self._measure_text(view, measure, stretch),
            measure_head=measure.lemma if measure else None,
            parties=parties,
            actor=actor,
            qualifiers=qualifiers_of(view, text, first, last, kind, measure, bounds),
            rule=measure.rule if measure else "none",
        )
        frame = _with_over(frame, over_words(text, span[1], bounds[1]))
        return self._with_reality(_with_period(frame, period), view, first, last, span, measure)

    def _measure_stretch(
        self, view: View, measure: Measure | None, first: int
    ) -> tuple[int, int] | None:
        """Clean offsets of the measure phrase, its complements, and its part before the amount."""
        found = measure_span(view, measure) if measure else None
        if found is None or measure is None:
            return None
        left, right = found
        if measure.rule in ("attributive", "of_after", "in_after"):
            left = self._phrase_left(view, first)
            right = self._undertaken_end(view, right)
        elif measure.rule == "noun_before":
            right = self._object_end(view, right + 2) if right + 2 < len(view.tokens) else right
        elif measure.rule == "object":
            right = max(right, self._object_end(view, first))
        return view.tokens[left].start, view.tokens[right].end

    def _undertaken_end(self, view: View, right: int) -> int:
        """The last token of "to buy X" or "and take over X" after a light noun ("attempt")."""
        at = right + 1
        if at + 2 >= len(view.tokens) or view.tokens[at].lower not in ("to", "and"):
            return right
        at += 2
        while at < len(view.tokens) and view.tokens[at].lower in ("over", "out", "up"):
            at += 1
        following = phrase_from(view, at) if at < len(view.tokens) else None
        return following.last if following else right

    def _phrase_left(self, view: View, first: int) -> int:
        """The start of the noun phrase that an attributive amount stands in: its possessor."""
        at = first
        while at > 0 and view.tokens[at - 1].tag in (NAME, POSS, NOUN) and first - at < 7:
            at -= 1
        if at > 0 and view.tokens[at - 1].lower in ("the", "its", "their", "his", "her", "a", "an"):
            at -= 1
        return at

    def _object_end(self, view: View, first: int) -> int:
        """The last token of the complements after an amount that a verb governs."""
        return with_complements(view, Phrase(first, first, first))

    def _measure_text(
        self, view: View, measure: Measure | None, stretch: tuple[int, int] | None
    ) -> str | None:
        if measure is None or measure.phrase is None:
            return None
        first = view.tokens[measure.phrase.first].start
        last = with_complements(view, measure.phrase)
        if measure.rule == "object":
            last = measure.phrase.last
        words = self.doc.text[first : view.tokens[last].end]
        return " ".join(words.split()) or None

    def _subject_text(
        self, view: View, measure: Measure | None, stretch: tuple[int, int] | None
    ) -> str | None:
        if stretch is not None and measure is not None and measure.rule != "object":
            return " ".join(self.doc.text[stretch[0] : stretch[1]].split())
        if measure is not None and measure.subject is not None:
            return self._words(view, measure.subject)
        return None

    def _words(self, view: View, phrase: Phrase) -> str:
        first, last = view.tokens[phrase.first].start, view.tokens[phrase.last].end
        return " ".join(self.doc.text[first:last].split())

    def _owner(self, view: View, stretch: tuple[int, int] | None) -> str | None:
        """The possessor in a stretch: "Japan's surplus", else a name right before its noun."""
        if stretch is None:
            return None
        for mention in view.mentions:
            if stretch[0] <= mention.start and mention.end <= stretch[1]:
                after = self.doc.text[mention.end : mention.end + 2]
                if after in ("’s", "'s") or after[:1] in ("’", "'"):
                    return mention.stands_for or mention.canonical
                if after[:1] == " " and self._before_noun(view, mention.end):
                    return mention.stands_for or mention.canonical
        return None

    def _referent(self, view: View, stretch: tuple[int, int] | None) -> str | None:
        """Who "the company's" or "its" in the measure phrase means."""
        if stretch is None:
            return None
        text, names = self.doc.text, self.names
        return described_in(text, names, *stretch) or pronoun_in(
            text, names, view.sentence.clean_start, *stretch
        )

    def _the(self, view: View, first: int) -> bool:
        return view.tokens[self._phrase_left(view, first)].lower == "the"

    def _before_noun(self, view: View, offset: int) -> bool:
        at = view.first_at(offset)
        return at < len(view.tokens) and view.tokens[at].tag == NOUN

    def _holder(self, view: View, first: int) -> str | None:
        """The name that an amount is tied to by "with" or "at": "Doe with 18 percent"."""
        if first < 2 or view.tokens[first - 1].lower not in ("with", "at", "gets", "got", "has"):
            return None
        return self._name_of(view, Phrase(first - 2, first - 2, first - 2))

    def _subject_name(self, measure: Measure | None, view: View) -> str | None:
        """The name at the head of the governing verb's subject."""
        if measure is None or measure.subject is None:
            return None
        head = view.tokens[measure.subject.head]
        if head.tag == PRON:
            start = view.sentence.clean_start
            return pronoun_in(self.doc.text, self.names, start, head.start, head.end)
        mention = self.names.mention_at(head.start) if head.tag == NAME else None
        return party_of(self.doc.text, mention) if mention else None

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
        if not _COMPARED.search(before):
            return None
        at = bisect_left(self._amounts, (span[0], span[0], "")) - 1
        while at >= 0 and span[0] - self._amounts[at][1] <= _COMPARED_REACH:
            found = self._amounts[at]
            if found[0] < view.sentence.clean_start:
                return None
            if found[2] == kind and found[1] <= span[0]:
                return found
            at -= 1
        return None

    def _inherited(
        self,
        view: View,
        first: int,
        last: int,
        span: tuple[int, int],
        earlier: tuple[int, int, str],
    ) -> Frame:
        """The frame of the amount compared with, under this amount's own period."""
        frame = self.frame(*earlier)
        after = (span[0], self._bounds(view, span)[1])
        own = period_of(self.doc, self.dates_in(view.sentence), span, None, after)
        bare = replace(
            frame, period_text=None, period_expression=None, period_start=None, period_end=None,
            as_of=None, as_of_text=None, as_of_expression=None, rule=f"compared:{frame.rule}",
        )  # fmt: skip
        between = self.doc.text[earlier[1] : span[0]].strip()
        if own is None and between in ("and", "or", "to", ","):
            return frame
        return _with_period(bare, own)

    def _figure_frame(self, view: View, first: int, last: int, span: tuple[int, int]) -> Frame:
        """A number without a noun: what befell people, else what an amount would be of."""
        counted = self._count_frame(view, first, last, span, "count")
        if counted.rule in FATE_RULES:
            return counted
        measured = self._amount_frame(view, first, last, span, "count")
        return measured if measured.measure_head is not None else counted

    def _count_frame(
        self, view: View, first: int, last: int, span: tuple[int, int], kind: str
    ) -> Frame:
        event = event_of_count(view, first, last)
        phrase = event.phrase
        text = self.doc.text
        clause = self._clause(view, first, last)
        dates = self.dates_in(view.sentence)
        stretch = clause
        parties = parties_in(text, self.names, *stretch)
        frame = Frame(
            subject_text=self._words(view, phrase) if phrase else None,
            measure=self._words(view, phrase) if phrase else None,
            measure_head=event.head,
            parties=parties,
            actor=self._name_of(view, event.agent),
            qualifiers=qualifiers_of(view, text, first, last, kind, None, self._bounds(view, span)),
            rule=event.rule,
        )
        period = period_of(self.doc, dates, span, None, self._bounds(view, span))
        return self._with_reality(_with_period(frame, period), view, first, last, span, None)

    def _name_of(self, view: View, phrase: Phrase | None) -> str | None:
        if phrase is None:
            return None
        head = view.tokens[phrase.head]
        if head.tag == PRON:
            start = view.sentence.clean_start
            return pronoun_in(self.doc.text, self.names, start, head.start, head.end)
        mention = self.names.mention_at(head.start) if head.tag == NAME else None
        return party_of(self.doc.text, mention) if mention else None

    def _date_frame(self, view: View, first: int, last: int, span: tuple[int, int]) -> Frame:
        frame = self._event_frame(view, first, last)
        framed = self._with_reality(frame, view, first, last, span, None)
        return replace(framed, as_of=None, as_of_text=None, as_of_expression=None)

    def _event_frame(self, view: View, first: int, last: int) -> Frame:
        """What the clause of a date or duration tells: its verb or noun, the subject, the names."""
        event = event_of_date(view, first, last)
        at = (first, last) if event.verb is None else (event.verb, event.verb)
        parties = parties_in(self.doc.text, self.names, *self._clause(view, *at))
        actor = self._name_of(view, event.agent)
        if actor is not None and actor not in parties:
            parties = (actor, *parties)
        return Frame(
            subject_text=self._words(view, event.agent) if event.agent else None,
            measure=self._words(view, event.phrase) if event.phrase else None,
            measure_head=event.head,
            parties=parties,
            actor=actor,
            rule=event.rule,
        )

    def _age_frame(self, view: View, first: int, last: int, span: tuple[int, int]) -> Frame:
        person = person_of_age(self.doc.text, self.names, view, span)
        mean = find_measure(view, first, last, "age") if person is None else None
        if mean is not None and mean.lemma in _MEAN_AGES:
            return self._framed(view, first, last, span, "age", mean)
        clause = self._clause(view, first, last)
        frame = Frame(
            subject_text=person, measure="age", measure_head="age", actor=person,
            parties=(person,) if person else parties_in(self.doc.text, self.names, *clause),
            rule="age_of_name" if person else "age_unknown",
        )  # fmt: skip
        return self._with_reality(frame, view, first, last, span, None)

    def _clause(self, view: View, first: int, last: int) -> tuple[int, int]:
        left, right = clause_start(view, first), clause_end(view, last)
        return view.tokens[left].start, view.tokens[max(left, right - 1)].end

    def _with_reality(
        self,
        frame: Frame,
        view: View,
        first: int,
        last: int,
        span: tuple[int, int],
        measure: Measure | None,
    ) -> Frame:
        """Add polarity, modality and moment of the clause that governs the value."""
        left, right = clause_start(view, first), clause_end(view, last)
        clause = view.tokens[left:right]
        governing = view.tokens[left:first]
        sentence = view.sentence
        question = is_question(self.doc.text, sentence)
        definite = (
            measure is not None and measure.rule == "attributive" and self._definite(view, first)
        )
        moment = moment_of(
            self.doc,
            self.dates_in(sentence),
            span,
            (clause[0].start, clause[-1].end) if clause else span,
        )
        frame = replace(
            frame,
            polarity=1 if definite else polarity_of(governing),
            modality="asserted"
            if definite
            else modality_of(governing, clause_opening(view, left), question),
        )
        if moment is None:
            return frame
        return replace(
            frame, as_of=moment.day, as_of_text=moment.text, as_of_expression=moment.expression
        )

    def _definite(self, view: View, first: int) -> bool:
        """Whether the amount stands inside "the ..." or "X's ..."."""
        left = self._phrase_left(view, first)
        return any(
            t.tag == POSS or t.lower in ("the", "its", "their", "his", "her", "this")
            for t in view.tokens[left:first]
        )


def _with_period(frame: Frame, period: Period | None) -> Frame:
    if period is None:
        return frame
    return replace(
        frame, period_text=period.text, period_expression=period.expression,
        period_start=period.start, period_end=period.end,
    )  # fmt: skip


def _with_over(frame: Frame, words: str | None) -> Frame:
    if words is None:
        return frame
    return replace(frame, qualifiers=(*frame.qualifiers, f"over={words.lower()}"))
