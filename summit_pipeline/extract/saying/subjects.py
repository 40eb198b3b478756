"""Who does what a verb says: the subject of a verb in a tokenised unit.

Belongs here: finding the subject before a verb, across relative clauses, appositions, asides and
coordinated verbs, and the subject of the clause that opens a sentence. Does not belong here: how
far a noun phrase reaches (`noun_phrases`), whose name it is (`pronouns`), or which verbs report
speech (`cues`).
"""

from collections.abc import Sequence

from summit_pipeline.extract.saying.clauses import (
    DASH,
    QUOTE,
    WORD,
    Token,
)
from summit_pipeline.extract.saying.cues import (
    cue_verbs,
)
from summit_pipeline.extract.saying.noun_phrases import (
    REACH,
    Phrase,
    opening_of,
    phrase_after,
    phrase_before,
    trim_phrase,
)
from summit_pipeline.extract.saying.word_classes import (
    ADVERBS,
    AUXILIARIES,
    FINITE_VERBS,
    INFINITIVE_GOVERNORS,
    PERSONAL_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    TEMPORAL,
    is_adverb,
)


def skip_to_subject(tokens: Sequence[Token], verb: int) -> int:
    """The index of the last token before the verb's auxiliaries and adverbs; -1 if none."""
    at = verb - 1
    while at >= 0 and tokens[at].kind == WORD:
        token = tokens[at]
        if _is_auxiliary(tokens, at) or (is_adverb(token) and not token.is_capitalised):
            at -= 1
        elif token.lower == "to" and at > 0:
            governor = _governor_before(tokens, at)
            if governor < 0:
                return -2
            at = governor - 1
        else:
            break
    return at


def _is_auxiliary(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token before a verb is an auxiliary; "need" and "dare" are before "not" only."""
    lower = tokens[at].lower
    return lower in AUXILIARIES or (lower in {"need", "dare"} and tokens[at + 1].lower == "not")


def _governor_before(tokens: Sequence[Token], to: int) -> int:
    """The verb that governs "to ..." and shares its subject ("went on to say"); -1 if none."""
    for at in range(to - 1, max(-1, to - 4), -1):
        if tokens[at].kind == WORD and tokens[at].lower in INFINITIVE_GOVERNORS:
            return at
        if tokens[at].lower not in {"on", "also"} and not is_adverb(tokens[at]):
            return -1
    return -1


def subject_before(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """The subject of a finite verb that follows it, or None."""
    at = skip_to_subject(tokens, verb)
    if at < 0:
        return None
    token = tokens[at]
    if token.kind == WORD and token.lower in {"and", "or"}:
        return head_subject(tokens, at)
    if token.kind == WORD:
        return phrase_before(tokens, at) or _across_coordination(tokens, at)
    if token.kind == DASH or token.lower == ")":
        opening = opening_of(tokens, at)
        return phrase_before(tokens, opening - 1) if opening > 0 else None
    if token.lower == ",":
        return _across_insertions(tokens, at)
    return None


def _across_coordination(tokens: Sequence[Token], at: int) -> Phrase | None:
    return head_subject(tokens, at) if tokens[at].lower in {"but", "then"} else None


def _across_insertions(tokens: Sequence[Token], comma: int) -> Phrase | None:
    """The subject before one or more insertions between commas; `comma` closes the last of them."""
    found: Phrase | None = None
    at = comma
    for _ in range(6):
        previous = _comma_before(tokens, at)
        segment = (previous + 1, at - 1)
        kind = _segment_kind(tokens, *segment)
        if kind == "phrase":
            found = trim_phrase(tokens, *segment) or found
        elif kind == "described":  # an apposition with its own relative clause
            found = _before_relative(tokens, *segment) or found
        elif kind == "clause":
            return found or head_subject(tokens, comma)
        elif kind == "tail":  # a clause and, after it, the phrase that the insertion describes
            return phrase_before(tokens, segment[1]) or found
        if previous < 0:
            return found
        at = previous
    return found


def _before_relative(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """The phrase of a segment up to its "who" or "which"."""
    who = next(i for i in range(first + 1, last + 1) if tokens[i].lower in {"who", "which"})
    return trim_phrase(tokens, first, who - 1)


def _comma_before(tokens: Sequence[Token], at: int) -> int:
    """The previous comma of the clause, or the mark or quotation that cuts it; -1 at its start."""
    for index in range(at - 1, max(-1, at - REACH), -1):
        token = tokens[index]
        if token.kind in (QUOTE, DASH) or token.lower in {",", ";", ":"}:
            return index
    return -1


def _segment_kind(tokens: Sequence[Token], first: int, last: int) -> str:
    """What a stretch between commas is: "phrase", "clause", "insertion" or a clause's "tail"."""
    if first > last or tokens[first].kind != WORD:
        return "insertion"
    leading = tokens[first].lower
    if leading in RELATIVES or leading in PREPOSITIONS or leading in TEMPORAL:
        return "insertion"
    if leading in ADVERBS or leading.endswith("ing") or leading in {"as", "too", "now"}:
        return "insertion" if last - first < 3 or leading.endswith("ing") else "clause"
    if any(t.lower in {"who", "which"} for t in tokens[first + 1 : last]):
        return "described"
    for at in range(last, first, -1):
        lower = tokens[at].lower
        if lower in SUBORDINATORS and lower not in {"so", "as"}:
            return "tail" if at < last else "clause"
        if lower in AUXILIARIES or lower in FINITE_VERBS or lower in PERSONAL_PRONOUNS:
            return "clause"
        verb = cue_verbs().get(lower)
        if verb is not None and not verb.base and not tokens[at].is_capitalised:
            return "clause"
    if last - first > 14:
        return "clause"
    return "phrase"


_OPENINGS = frozenset(["but", "and", "so", "yet", "still", "or", "nor", "then", "that"])


def head_subject(tokens: Sequence[Token], before: int) -> Phrase | None:
    """The subject of the main clause that begins the unit, looked for before token `before`."""
    at = 0
    while at < before:
        while at < before and (
            tokens[at].kind != WORD
            or tokens[at].lower in _OPENINGS
            or is_adverb(tokens[at])
            or _is_opening_adverb(tokens, at)
        ):
            if tokens[at].kind == QUOTE:
                return None
            at += 1
        if at >= before:
            return None
        leading = tokens[at].lower
        if leading in PRONOUNS and leading not in RELATIVES:
            return at, at
        if _opens_insertion(leading):
            at = _after_comma(tokens, at, before)
            if at < 0:
                return None
            continue
        phrase = phrase_after(tokens, at, before)
        if phrase is None or not _tells_time(tokens, phrase):
            return phrase
        at = phrase[1] + 2
    return None


def _tells_time(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether the phrase is none of a subject but of a time: "A year ago he ..."."""
    after = phrase[1] + 1
    return (
        tokens[phrase[1]].lower.removesuffix("s") in _UNITS_OF_TIME
        and after < len(tokens)
        and tokens[after].lower in {"ago", "later", "earlier", "before"}
    )


_UNITS_OF_TIME = frozenset(["moment", "minute", "hour", "day", "week", "month", "year", "decade"])


def _is_opening_adverb(tokens: Sequence[Token], at: int) -> bool:
    """Whether the unit opens with an adverb set off by a comma: "Privately, aides say"."""
    return at + 1 < len(tokens) and tokens[at].lower.endswith("ly") and tokens[at + 1].lower == ","


def _opens_insertion(leading: str) -> bool:
    return (
        leading in PREPOSITIONS
        or leading in TEMPORAL
        or leading in RELATIVES
        or (leading in SUBORDINATORS and leading not in _OPENINGS)
        or leading in {"to", "not", "as"}
        or (leading.endswith(("ing", "ed")) and leading not in {"king", "red"})
    )


def _after_comma(tokens: Sequence[Token], at: int, before: int) -> int:
    for index in range(at, before):
        if tokens[index].lower == ",":
            return index + 1
    return -1
