"""The phrases of a spun text that a spinner probably wrote, with what was probably there.

The document's grade is the prior: in a clean text these phrases mean nothing and are not shown.
Belongs here: which choices are shown, with suggestion and evidence. Does not belong here: the
choices themselves (`spin_choices`) or the grade (`grading`).
"""

import math
from collections import Counter
from dataclasses import dataclass

from summit_pipeline.lexicons.spin_channel import Channel, Phrase
from summit_pipeline.normalise.spinning.spin_choices import Choice
from summit_pipeline.normalise.spinning.spin_features import ReadText

# A phrase is shown from this chance of being spun. Of the phrases so shown in seed 001, pairs known
# only from it left out, 162 of 169 are right (0.96), and hardly fewer at a chance of 0.5 than at
# 0.99: so the confidence starts from that share and the chance moves it little.
_SHOWN = 0.5
_RIGHT = 0.96
_SWAY = 0.1


@dataclass(frozen=True, slots=True)
class SpunPhrase:
    """Words that a spinner probably wrote: offsets into the clean text, end exclusive."""

    clean_start: int
    clean_end: int
    text: str
    suggestion: str
    evidence: str
    confidence: float
    in_quotation: bool


def spun_phrases(text: str, read: ReadText, channel: Channel) -> tuple[SpunPhrase, ...]:
    """The phrases of a text graded spun, in order."""
    habit = Counter((c.phrase, c.reading.original) for c in read.choices if _chance(c) >= _SHOWN)
    kept = Counter(w.form for w in read.words)
    return tuple(
        _show(text, read, channel, choice, habit, kept)
        for choice in read.choices
        if _chance(choice) >= _SHOWN and not _is_attested(read, channel, choice)
    )


def _is_attested(read: ReadText, channel: Channel, choice: Choice) -> bool:
    """Whether the words are a fixed expression of clean news with one of their neighbours."""
    if choice.reading.original is None:
        return False
    words, first, last = read.words, choice.first, choice.last
    left = words[first - 1].form if first and words[first].joined else None
    right = words[last].form if last < len(words) and words[last].joined else None
    return channel.is_attested(left, choice.phrase, right, choice.reading.original)


def _chance(choice: Choice) -> float:
    """Chance that the words are a replacement, given that a spinner was at work."""
    if choice.reading.original is None:
        return 0.0
    return 1.0 - 1.0 / (1.0 + choice.reading.odds)


def _confidence(choice: Choice) -> float:
    return round(_RIGHT - _SWAY * (1.0 - _chance(choice)), 2)


def _show(
    text: str,
    read: ReadText,
    channel: Channel,
    choice: Choice,
    habit: Counter[tuple[Phrase, Phrase | None]],
    kept: Counter[str],
) -> SpunPhrase:
    start, end = read.words[choice.first].start, read.words[choice.last - 1].end
    words = text[start:end]
    original = choice.reading.original or ()
    suggestion = channel.spellings.get(original, " ".join(original))
    if words[0].isupper():
        suggestion = suggestion[0].upper() + suggestion[1:]
    times = habit[choice.phrase, original]
    stays = f"{kept[original[0]]} times" if len(original) == 1 and kept[original[0]] else "not"
    evidence = (
        f"in 1,000 articles of clean news “{' '.join(choice.phrase)}” stands about "
        f"{_per_thousand(channel, choice.phrase)} times, “{' '.join(original)}” about "
        f"{_per_thousand(channel, original)} times; between the words beside it the second is "
        f"{_times(choice)} as usual; this document puts the first for the second "
        f"{times} time{'s' if times > 1 else ''} and has the second {stays}"
    )
    quoted = read.quoted[choice.first]
    return SpunPhrase(start, end, words, suggestion, evidence, _confidence(choice), quoted)


def _per_thousand(channel: Channel, phrase: Phrase) -> str:
    rate = channel.per_thousand(phrase)
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def _times(choice: Choice) -> str:
    times = math.exp(choice.reading.in_context)
    if times < 1.5:
        return "about as"
    return f"{times:,.0f} times" if times < 1000 else "over 1,000 times"
