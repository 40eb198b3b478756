"""Rows of claims and names, made from what the readers found.

Belongs here: filling columns, raw offsets, who says it. Does not belong here: any reading of words.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

from summit_pipeline.extract.amounts.quantities import Quantity
from summit_pipeline.extract.dating.dates import DateMention
from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.framing.events import FATE_RULES
from summit_pipeline.extract.framing.frame import Frame
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.extract.saying.attributions import Attribution
from summit_pipeline.extract.states.roles import RoleClaim
from summit_pipeline.extract.states.statuses import Status
from summit_pipeline.text.identity import stable_id
from summit_pipeline.text.tokens import folded_words
from summit_pipeline.vocabulary import NameMention, Sentence, Span

# The columns of a claim but `is_repeat`, which is known once all claims of the document are.
ClaimColumns = dict[str, Any]

# Characters that show a figure in another order than it has; who sets them within one may mean to
# deceive. What it says is read in its own order, and not trusted. A choice, not a measurement.
_DISGUISING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONFIDENCE_DISGUISED = 0.1

# A quotation of so few words without a speaker is a scare quote or a title, not a remark.
_FEWEST_WORDS = 3


class QuotedSentence(NamedTuple):
    """One sentence of a quotation, with the attribution that it belongs to."""

    span: Span
    attribution: Attribution


class Said:
    """Who says a stretch of a document: its attributions, looked up by place."""

    def __init__(self, doc: CleanDocument, attributions: Sequence[Attribution]) -> None:
        self._doc = doc
        self._spans = sorted(
            (
                (span.start, -span.end, number)
                for number, a in enumerate(attributions)
                for span in a.content
            )
        )
        self._starts = [start for start, _, _ in self._spans]
        self._attributions = tuple(attributions)
        self._longest = max((-end - start for start, end, _ in self._spans), default=0)

    def around(self, start: int, end: int) -> list[Attribution]:
        """The attributions whose content holds the stretch, innermost first."""
        found = []
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and start - self._starts[at] <= self._longest:
            low, high, number = self._spans[at]
            if low <= start and end <= -high:
                found.append((-high - low, number))
            at -= 1
        return [self._attributions[number] for _, number in sorted(found)]

    def quoted_sentences(self) -> list[QuotedSentence]:
        """The quoted sentences worth a claim: no scare quotes, no titles in quotation marks."""
        found = []
        for attribution in self._attributions:
            if not attribution.quoted or attribution.fragment:
                continue
            for span in attribution.content:
                count = len(folded_words(self._doc.words(span)))
                if count >= _FEWEST_WORDS or (count and attribution.speaker is not None):
                    found.append(QuotedSentence(span, attribution))
        return found


class ClaimParts:
    """What all claims of one document share: its text, its raw text, its sentences, who speaks."""

    def __init__(self, doc: CleanDocument, raw: str, said: Said) -> None:
        self.doc = doc
        self.raw = raw
        self.said = said
        self._starts = [s.clean_start for s in doc.sentences]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the clean offset."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.doc.sentences[index].clean_end:
            return None
        return self.doc.sentences[index]

    def claim(self, kind: str, start: int, end: int, **columns: Any) -> ClaimColumns | None:
        """A claim at clean offsets; None where it stands outside all sentences or has no words."""
        sentence = self.sentence_at(start)
        if sentence is None or not 0 <= start < end <= len(self.doc.text):
            return None
        raw = self.doc.layer.to_raw(start, end)
        if raw.start >= raw.end:
            return None
        if kind != "quotation" and _DISGUISING.search(self.raw, raw.start, raw.end):
            columns["confidence"] = min(columns["confidence"], _CONFIDENCE_DISGUISED)
            columns["rule"] = f"{columns['rule']}/disguised"
        around = self.said.around(start, end)
        speaker = around[0] if around else None
        version = self.doc.version_id
        utterance = f"{version}:{speaker.utterance}" if speaker else None
        return {
            **_EMPTY,
            "claim_id": stable_id(version, str(raw.start), str(raw.end), kind),
            "version_id": version,
            "kind": kind,
            "value_text": self.raw[raw.start : raw.end],
            "start_char": raw.start,
            "end_char": raw.end,
            "clean_start": start,
            "clean_end": end,
            "speaker": speaker.speaker if speaker else None,
            "speaker_basis": speaker.speaker_basis if speaker and speaker.speaker else None,
            "cue": speaker.cue if speaker else None,
            "utterance_id": stable_id(utterance) if utterance else None,
            "in_quotation": any(a.quoted for a in around),
            "part": sentence.part,
            "sentence": self.doc.text[sentence.clean_start : sentence.clean_end],
            "sentence_start": sentence.clean_start,
            **columns,
        }


_EMPTY: ClaimColumns = {
    "canonical": None, "value": None, "unit": None, "interval_low": None, "interval_high": None,
    "date_start": None, "date_end": None, "date_expression": None, "approximator": None,
    "subject_text": None, "measure": None, "measure_head": None, "parties": (), "actor": None,
    "qualifiers": (), "period_text": None, "period_expression": None, "period_start": None,
    "period_end": None, "polarity": 1, "modality": "asserted", "as_of": None, "as_of_text": None,
    "as_of_expression": None,
}  # fmt: skip


def _frame_columns(frame: Frame) -> dict[str, Any]:
    return {
        "subject_text": frame.subject_text, "measure": frame.measure,
        "measure_head": frame.measure_head, "parties": frame.parties, "actor": frame.actor,
        "qualifiers": frame.qualifiers, "period_text": frame.period_text,
        "period_expression": frame.period_expression, "period_start": frame.period_start,
        "period_end": frame.period_end, "polarity": frame.polarity, "modality": frame.modality,
        "as_of": frame.as_of, "as_of_text": frame.as_of_text,
        "as_of_expression": frame.as_of_expression,
    }  # fmt: skip


def claim_of_quantity(parts: ClaimParts, quantity: Quantity, frame: Frame) -> ClaimColumns | None:
    """The claim of an amount."""
    return parts.claim(
        quantity.kind, quantity.start, quantity.end,
        value=quantity.value, unit=quantity.unit or _unit_told(frame), interval_low=quantity.low,
        interval_high=quantity.high, approximator=quantity.approximator,
        rule=f"{quantity.rule}/{frame.rule}", confidence=quantity.confidence,
        **_frame_columns(frame),
    )  # fmt: skip


def _unit_told(frame: Frame) -> str | None:
    """What a figure without a noun counts: people where it tells their fate, else its measure."""
    return "person" if frame.rule in FATE_RULES else frame.measure_head


def claim_of_date(parts: ClaimParts, found: DateMention, frame: Frame) -> ClaimColumns | None:
    """The claim of a date: what it says happened stands in the measure columns."""
    return parts.claim(
        "date", found.start, found.end,
        date_start=found.date_start, date_end=found.date_end, date_expression=found.expression,
        rule=f"{found.rule}/{frame.rule}", confidence=found.confidence, **_frame_columns(frame),
    )  # fmt: skip


def claim_of_quotation(
    parts: ClaimParts, names: NameBook, quoted: QuotedSentence
) -> ClaimColumns | None:
    """The claim of one quoted sentence; its own attribution says who speaks."""
    span, attribution = quoted
    words = parts.doc.words(span)
    utterance = f"{parts.doc.version_id}:{attribution.utterance}"
    return parts.claim(
        "quotation", span.start, span.end,
        canonical=" ".join(folded_words(words)), parties=names.canonical_in(span.start, span.end),
        speaker=attribution.speaker, cue=attribution.cue, in_quotation=True,
        speaker_basis=attribution.speaker_basis if attribution.speaker else None,
        utterance_id=stable_id(utterance), rule=attribution.rule, confidence=attribution.confidence,
    )  # fmt: skip


def claim_of_status(parts: ClaimParts, status: Status) -> ClaimColumns | None:
    """The claim of a state of an undertaking or person."""
    return parts.claim(
        "status", status.start, status.end,
        canonical=status.status, subject_text=status.undertaking, measure=status.undertaking,
        measure_head=status.undertaking_head, parties=status.parties, actor=status.actor,
        qualifiers=(f"aspect={status.aspect}",), polarity=status.polarity, modality=status.modality,
        as_of=status.as_of, as_of_text=status.as_of_text, as_of_expression=status.as_of_expression,
        rule=status.rule, confidence=status.confidence,
    )  # fmt: skip


def claim_of_role(parts: ClaimParts, role: RoleClaim) -> ClaimColumns | None:
    """The claim that a name stands in a role."""
    return parts.claim(
        role.kind, role.start, role.end,
        canonical=role.canonical, subject_text=role.words, measure=role.words,
        measure_head=role.role, parties=role.parties, actor=role.holder, polarity=role.polarity,
        modality=role.modality, rule=role.rule, confidence=role.confidence,
    )  # fmt: skip


def name_rows(doc: CleanDocument, raw: str, names: NameBook) -> list[NameMention]:
    """The document's names as rows, one for each raw stretch."""
    rows: dict[tuple[int, int], NameMention] = {}
    for mention in names.mentions:
        where = doc.layer.to_raw(mention.start, mention.end)
        rows.setdefault(
            (where.start, where.end),
            NameMention(
                version_id=doc.version_id,
                start_char=where.start,
                end_char=where.end,
                clean_start=mention.start,
                clean_end=mention.end,
                text=raw[where.start : where.end],
                canonical=mention.canonical,
                name_type=mention.name_type,
                role=mention.role,
                gender=mention.gender,
            ),
        )
    return list(rows.values())
