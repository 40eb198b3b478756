"""Grades the wording of a text: written by people, or put through a synonym spinner.

The grade rests on three things that cannot be argued from one phrase: which words of a pair the
narration chooses, in context and against the background of clean news (`spin_choices`); how well
its neighbouring words fit each other there (`spin_features`); and whether the address still has
words that the title has lost (`spin_slug`). Quotations are scored apart and never make a grade: a
speaker may talk oddly, and several spinners leave quotations alone.

Belongs here: thresholds, grades, reasons, and the phrases to show. Does not belong here: evidence
from other documents (`reconcile.siblings`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from summit_pipeline.lexicons.background import load_background
from summit_pipeline.lexicons.spin_channel import load_channel
from summit_pipeline.lexicons.spun_pairs import load_spun_pairs
from summit_pipeline.normalise.spinning.spin_features import (
    Wording,
    narration,
    quotations_score,
    read_text,
)
from summit_pipeline.normalise.spinning.spin_phrases import SpunPhrase, spun_phrases
from summit_pipeline.normalise.spinning.spin_slug import slug_conflicts
from summit_pipeline.text.layers import Layer
from summit_pipeline.vocabulary import Sentence, Span, TextGrade

# Below these a text is not judged: of shorter ones the score says too little.
MIN_WORDS = 60
MIN_CHOICES = 6
# The grade is taken from the opening, about 500 words; 4,000 characters gave the same grades on the
# seeds, the evaluation pages and 1,133 BBC articles.
JUDGED_CHARACTERS = 3000
# A grade needs this many different pairs: one pair, however often, is a habit.
MIN_SPUN_TYPES = 3

# Thresholds, measured with benchmarks/corruption.py (12 spun pages of the evaluation set, pairs
# that a page's own event taught left out; 2,132 clean articles that the background was not learned
# from: 1,133 BBC, 525 PolNeAR, 327 ECB+, 147 BASIL). The lowest spun page has 14.8. No clean
# article reaches SPUN, 5 reach SUSPICIOUS: 2 BBC, 3 ECB+.
SPUN = 10.0
SUSPICIOUS = 2.5
_FALSE_ALARMS = {SPUN: "none of 2,132", SUSPICIOUS: "5 of 2,132"}

# Weight of the pair fit against the choice score, and its mean over BBC articles (0.97, standard
# deviation 0.19), rounded down. At 0, 5, 10 and 20 the lowest spun page lies 4.3, 7.7, 8.9 and 2.3
# above the highest BBC article.
_PAIR_FIT_WEIGHT = 10.0
_USUAL_PAIR_FIT = 0.9
# What one pair told by the address adds to the score. No evaluation page has its address, so this
# is an assumption: two such pairs make an otherwise undecided text suspicious.
_SLUG_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade with its score (None when not judged), its reason, and the phrases behind it."""

    grade: TextGrade
    score: float | None
    reason: str
    choices: tuple[SpunPhrase, ...]


def grade_text(
    layer: Layer,
    sentences: Sequence[Sentence],
    title: str | None,
    url: str | None,
    without: frozenset[str] = frozenset(),
) -> Grade:
    """Grade the body sentences of a clean text (the whole text where there are no sentences).

    `without` leaves out the pairs known only from these origins, for evaluation. Phrases are given
    only where the grade is "spun", and for all sentences, titles and captions too.
    """
    channel, background = load_channel(without), load_background()
    stretches = _stretches(layer.text, sentences)
    read = read_text(layer.text, _opening(stretches), channel)
    told = narration(read, background)
    if told.words < MIN_WORDS or told.choices < MIN_CHOICES:
        reason = (
            f"not judged: {told.words} words and {told.choices} word choices outside "
            f"quotations; {MIN_WORDS} and {MIN_CHOICES} are needed"
        )
        return Grade("not_judged", None, reason, ())
    conflicts = slug_conflicts(url, title, load_spun_pairs(without))
    score = text_score(told) + _SLUG_WEIGHT * len(conflicts)
    grade = _grade(score, told.spun_types)
    reason = _reason(grade, score, told, quotations_score(read), conflicts)
    phrases: tuple[SpunPhrase, ...] = ()
    if grade == "spun":
        everywhere = [Span(s.clean_start, s.clean_end) for s in sentences]
        whole = read_text(layer.text, everywhere or stretches, channel)
        phrases = spun_phrases(layer.text, whole, channel)
    return Grade(grade, round(score, 2), reason, phrases)


def text_score(told: Wording) -> float:
    """The score of a text's wording: higher is more like a spinner's."""
    return told.choice_score + _PAIR_FIT_WEIGHT * (_USUAL_PAIR_FIT - told.pair_fit)


def _stretches(text: str, sentences: Sequence[Sentence]) -> list[Span]:
    body = [Span(s.clean_start, s.clean_end) for s in sentences if s.part == "body"]
    return body if body else [Span(0, len(text))]


def _opening(stretches: Sequence[Span]) -> list[Span]:
    """The stretches up to the length that a grade needs."""
    opening: list[Span] = []
    left = JUDGED_CHARACTERS
    for stretch in stretches:
        if left <= 0:
            break
        opening.append(Span(stretch.start, min(stretch.end, stretch.start + left)))
        left -= stretch.end - stretch.start
    return opening


def _grade(score: float, spun_types: int) -> TextGrade:
    if spun_types < MIN_SPUN_TYPES:
        return "clean"
    if score >= SPUN:
        return "spun"
    return "suspicious" if score >= SUSPICIOUS else "clean"


def _reason(
    grade: TextGrade,
    score: float,
    told: Wording,
    quotations: tuple[int, float],
    conflicts: Sequence[str],
) -> str:
    threshold = SPUN if grade == "spun" else SUSPICIOUS
    parts = [
        f"score {score:.1f} on {told.choices} word choices in {told.words} words outside "
        f"quotations, threshold {threshold:.1f} (reached by "
        f"{_FALSE_ALARMS[threshold]} clean articles)",
        f"{told.spun_types} different choices typical of a synonym spinner "
        f"(at least {MIN_SPUN_TYPES} are needed)",
        f"{told.unseen_pairs:.0%} of word pairs not seen in clean news",
    ]
    quoted_words, quoted_score = quotations
    if quoted_words >= MIN_WORDS:
        parts.append(f"quotations alone {quoted_score:+.1f} on word choice")
    if conflicts:
        parts.append("the address keeps words that the title has lost: " + ", ".join(conflicts))
    return f"{grade}: " + "; ".join(parts)
