"""Who said the quoted words: an ordered sieve of rules, the surest first.

Belongs here: which phrase of the text names the speaker of a quotation, and by which rule. Does not
belong here: whose name that is (`pronouns`), or how sure a rule is (measured; see
`lexicons/data/rule_confidence_attributions.toml`). The method follows the sieves of Muzny et al.
(2017): mention first, entity second, high precision before recall.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from summit_pipeline.extract.saying.clauses import QUOTE, WORD, Token
from summit_pipeline.extract.saying.noun_phrases import (
    phrase_after,
)
from summit_pipeline.extract.saying.readings import Reading
from summit_pipeline.extract.saying.subjects import (
    head_subject,
)
from summit_pipeline.extract.saying.word_classes import (
    PREPOSITIONS,
    SUBORDINATORS,
    TEMPORAL,
    is_adverb,
)
from summit_pipeline.text.quote_marks import QuotedStretch
from summit_pipeline.vocabulary import Span

# A tag stands within so many tokens after its quotation.
_TAG_REACH = 45
_CONNECTORS = frozenset(
    ["that", "of", "as", "a", "an", "the", "to", ":", ",", "his", "her", "their", "its", "this"]
)


class Source(NamedTuple):
    """Who a quotation or statement is ascribed to, in the text's own words."""

    speaker: Span
    cue: Span | None
    rule: str


def source_in_unit(
    text: str,
    tokens: Sequence[Token],
    at: int,
    readings: Sequence[Reading],
    quotation: QuotedStretch,
    earlier: Source | None,
) -> Source | None:
    """The source that the quotation's own unit names; `at` is the quotation's token.

    `earlier` is the source of the unit's previous quotation, None at the first.
    """
    ending = text[quotation.end - 1]
    tagged = ending in ",?!—–-…;" or _is_lone_tag(tokens, at)
    if tagged:
        source = _tag_after(tokens, at, readings)
        if source is not None:
            return source
    source = signature_after(text, quotation)
    if source is None:
        source = _cue_before(tokens, at, readings, earlier)
    if source is None and not tagged:
        source = _tag_after(tokens, at, readings, weak=True)
    return source or _closing_tag(tokens, at, readings) or _label_before(tokens, at)


def _is_lone_tag(tokens: Sequence[Token], at: int) -> bool:
    """Whether next to nothing follows: "..." Trump said."""
    return 2 <= len(tokens) - at - 1 <= 6


def _span(tokens: Sequence[Token], phrase: tuple[int, int]) -> Span:
    return Span(tokens[phrase[0]].start, tokens[phrase[1]].end)


def _tag_after(
    tokens: Sequence[Token], at: int, readings: Sequence[Reading], *, weak: bool = False
) -> Source | None:
    limit = _next_quote(tokens, at)
    for reading in readings:
        if not at < reading.cue < limit or reading.cue - at > _TAG_REACH:
            continue
        if reading.subject is None or reading.subject[0] <= at or reading.subject[1] >= limit:
            if reading.verb.participle:
                continue
            return None
        if tokens[reading.subject[0]].lower in {"who", "which", "that"}:
            continue
        near = _is_tag(tokens, at, reading)
        if reading.inverted and near:
            rule = "said_x"
        elif near:
            rule = "x_said"
        elif reading.verb.participle:
            continue
        else:
            rule = "cue_later"
        rule = f"{rule}_weak" if weak else rule
        cue = Span(tokens[reading.cue].start, tokens[reading.cue].end)
        return Source(_span(tokens, reading.subject), cue, rule)
    return _according_after(tokens, at, limit)


def _closing_tag(tokens: Sequence[Token], at: int, readings: Sequence[Reading]) -> Source | None:
    """A tag that closes the sentence, behind other quotations: "a" and "b", X said."""
    if not readings or readings[-1].subject is None or readings[-1].verb.participle:
        return None
    last = readings[-1]
    phrase = readings[-1].subject
    first, end = min(last.cue, phrase[0]), max(last.cue, phrase[1])
    if first <= at or tokens[first - 1].lower != "," or len(tokens) - end > 4:
        return None
    cue = Span(tokens[last.cue].start, tokens[last.cue].end)
    return Source(_span(tokens, phrase), cue, "closing_tag")


def _next_quote(tokens: Sequence[Token], at: int) -> int:
    for index in range(at + 1, len(tokens)):
        if tokens[index].kind == QUOTE:
            return index
    return len(tokens)


def _is_tag(tokens: Sequence[Token], at: int, reading: Reading) -> bool:
    """Whether the tag follows the quotation with nothing but commas and adverbs between."""
    if reading.subject is None:
        return False
    first = min(reading.cue, reading.subject[0])
    between = tokens[at + 1 : first]
    return len(between) <= 3 and all(
        t.kind != WORD or is_adverb(t) or t.lower in TEMPORAL or t.lower == "as" for t in between
    )


def _according_after(tokens: Sequence[Token], at: int, limit: int) -> Source | None:
    for index in range(at + 1, min(limit - 2, at + 12)):
        if tokens[index].lower == "according" and tokens[index + 1].lower == "to":
            phrase = phrase_after(tokens, index + 2, limit)
            if phrase:
                cue = Span(tokens[index].start, tokens[index + 1].end)
                return Source(_span(tokens, phrase), cue, "according_to")
    return None


def signature_after(text: str, quotation: QuotedStretch) -> Source | None:
    """A signature after the closing mark, on the same line or the next: "..." — Name."""
    match = _SIGNATURE.match(text, quotation.close_mark_end)
    if match is None:
        return None
    before = text[max(0, quotation.open_mark_start - 2) : quotation.open_mark_start].rstrip(" \t")
    if "\n" in match.group() and before[-1:] not in ("", "\n"):
        return None
    return Source(Span(match.start("name"), match.end("name")), None, "signature")


_NAME = r"[A-Z][\w.’'-]*(?: (?:(?:de|van|von|of|the|bin|al) )?[A-Z][\w.’'-]*){0,6}"
_SIGNATURE = re.compile(
    rf"[ \u00a0]{{0,2}}(?:\n[ \t]{{0,4}}){{0,2}}(?:[—–―]|--?)[ \u00a0]?(?P<name>{_NAME})"
    r"(?=[ \u00a0]*(?:[\n,(@#|.…]|$|[^\w\s]|https?:))"
)


def _cue_before(
    tokens: Sequence[Token], at: int, readings: Sequence[Reading], earlier: Source | None
) -> Source | None:
    found: Reading | None = None
    for reading in readings:
        if reading.cue < at:
            found = reading
    previous = max((i for i in range(at) if tokens[i].kind == QUOTE), default=-1)
    if found is None or (found.cue < previous and earlier is not None):
        if earlier is not None and previous >= 0:
            return Source(earlier.speaker, earlier.cue, "same_sentence")
        return _according_before(tokens, at)
    if found.subject is None or (found.subject[0] > at and not found.inverted):
        return _with_earlier(tokens, found, earlier)
    cue = Span(tokens[found.cue].start, tokens[found.cue].end)
    after = found.subject[1] if found.inverted else found.cue
    between = tokens[after + 1 : at]
    rule = _rule_before(between, found)
    if rule.endswith(("in_clause", "far")):
        outer = _outer_cue(tokens, found, readings)
        if outer is not None:
            return outer
    return Source(_span(tokens, found.subject), cue, rule)


def _outer_cue(
    tokens: Sequence[Token], inner: Reading, readings: Sequence[Reading]
) -> Source | None:
    """The cue in whose content the given one lies: "X said the pair agreed to fight “...”"."""
    for reading in readings:
        if reading.cue >= inner.cue:
            return None
        if reading.subject is None or reading.inverted or reading.verb.frame != "clause":
            continue
        held = inner.subject is not None and reading.cue < inner.subject[0]
        if held and not any(t.kind == QUOTE for t in tokens[reading.cue : inner.cue]):
            cue = Span(tokens[reading.cue].start, tokens[reading.cue].end)
            return Source(_span(tokens, reading.subject), cue, "outer_cue")
    return None


def _according_before(tokens: Sequence[Token], at: int) -> Source | None:
    for index in range(at - 2, -1, -1):
        if tokens[index].lower == "according" and tokens[index + 1].lower == "to":
            phrase = phrase_after(tokens, index + 2, at)
            if phrase is None:
                return None
            cue = Span(tokens[index].start, tokens[index + 1].end)
            return Source(_span(tokens, phrase), cue, "according_before")
    return None


def _rule_before(between: Sequence[Token], reading: Reading) -> str:
    if not between or between[-1].lower in {":", ","} or len(between) <= 1:
        place = "adjacent"
    elif between[-1].lower in _CONNECTORS or len(between) <= 4:
        place = "near"
    elif len(between) <= 14:
        place = "in_clause"
    else:
        place = "far"
    kind = "participle" if reading.verb.participle else "verb"
    return f"{kind}_before_{place}"


def _with_earlier(
    tokens: Sequence[Token], reading: Reading, earlier: Source | None
) -> Source | None:
    if earlier is None:
        return None
    cue = Span(tokens[reading.cue].start, tokens[reading.cue].end)
    return Source(earlier.speaker, cue, "same_sentence")


def _label_before(tokens: Sequence[Token], at: int) -> Source | None:
    """The label in "Name: ...", or the subject of a sentence that ends in a colon."""
    if at < 1 or tokens[at - 1].lower != ":":
        return None
    first = 0
    while first < at and tokens[first].kind != WORD:
        first += 1
    phrase = head_subject(tokens, at - 1)
    if phrase is None:
        return None
    is_label = phrase[1] == at - 2
    return Source(_span(tokens, phrase), None, "label" if is_label else "colon")


def subject_of_unit(tokens: Sequence[Token], readings: Sequence[Reading]) -> Source | None:
    """The source that a unit offers to the quotation after it: a cue's, or its subject."""
    for reading in reversed(readings):
        if reading.subject is not None:
            cue = Span(tokens[reading.cue].start, tokens[reading.cue].end)
            return Source(_span(tokens, reading.subject), cue, "cue_in_sentence_before")
    phrase = head_subject(tokens, len(tokens))
    if phrase is None:
        return None
    return Source(_span(tokens, phrase), None, "subject_of_sentence_before")


def own_subject(tokens: Sequence[Token], at: int) -> Source | None:
    """The subject of a quotation's own sentence without a cue: "X went after Y as a ..."."""
    phrase = head_subject(tokens, at)
    if phrase is None or not any(t.kind == WORD for t in tokens[phrase[1] + 1 : at]):
        return None
    return Source(_span(tokens, phrase), None, "own_subject")


def is_scare(text: str, quotation: QuotedStretch, source: Source | None) -> bool:
    """Whether the marks set off a name, title or doubtful word instead of what somebody said.

    At most two words without a cue in the sentence, or a title: all words of weight capitalised, no
    stop at the end, and no cue right before; or such words after "on", "NBC's", "the book".
    """
    words = text[quotation.start : quotation.end].split()
    if len(words) > 9:
        return False
    looks_titled = all(w[0].isupper() or w.lower() in _SMALL or not w[0].isalpha() for w in words)
    opening = quotation.open_mark_start
    if len(words) > 1 and looks_titled and _TITLED.search(text, max(0, opening - 16), opening):
        return True
    if len(words) <= 2:
        return source is None or source.rule not in _WITH_CUE
    if source is not None and source.rule in _STRONG:
        return False
    return looks_titled and text[quotation.end - 1] not in ".!?"


_TITLED = re.compile(
    r"(?:\b(?:on|in|titled|entitled|book|show|film|movie|series|song|novel|podcast|album|play)"
    r"|\w[’']s),?\s$"
)
_SMALL = (
    PREPOSITIONS
    | SUBORDINATORS
    | frozenset(["a", "an", "the", "and", "of", "to", "in", "on", "for", "or"])
)
_STRONG = frozenset({"x_said", "said_x", "verb_before_adjacent", "participle_before_adjacent"})
_WITH_CUE = _STRONG | frozenset(
    {
        "verb_before_near",
        "participle_before_near",
        "verb_before_in_clause",
        "participle_before_in_clause",
        "verb_before_far",
        "participle_before_far",
        "same_sentence",
        "according_to",
        "according_before",
        "outer_cue",
        "closing_tag",
        "label",
        "colon",
        "cue_later",
        "cue_later_weak",
        "x_said_weak",
        "said_x_weak",
        "signature",
    }
)
