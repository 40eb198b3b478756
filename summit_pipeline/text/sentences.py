"""Where sentences end, within one paragraph.

Belongs here: the marks that end a sentence and the cases in which a point does not. Does not belong
here: paragraphs and the parts of an article (`normalise`), or what a sentence says. The words that
the rules know stand in `lexicons/data/abbreviations.toml`.

A sentence ends at a point, question or exclamation mark or ellipsis, with the quotation marks and
brackets that close after it, where white space or the end follows. A doubtful point does not end
one: two sentences read as one harm less than a name cut in two.
"""

import re

from summit_pipeline.lexicons import load_toml
from summit_pipeline.vocabulary import Span

_LEXICON = load_toml("abbreviations.toml")
_NEVER_FINAL = frozenset(_LEXICON["never_final"])
_BEFORE_NUMBER = frozenset(_LEXICON["before_number"])
_MAY_END = frozenset(_LEXICON["may_end"])
_STARTERS = frozenset(_LEXICON["starters"])
_PREDICATES = frozenset(_LEXICON["predicates"])

_CLOSERS = "\"”’')\\]»"
_OPENERS = "\"“‘'(\\[«"

# Every run of marks is tried once (look-behind) and never in parts (possessive): linear. A mark
# comes first in the pattern, so that the search goes from mark to mark.
_MARKS = re.compile(
    rf"(?P<marks>[.!?…](?<![.!?…]{{2}})[.!?…]*+)(?P<closers>[{_CLOSERS}]*+)(?=\s|$)"
)
# "trade.The meeting": a point that lost its space, between a word of the text and a new sentence.
_LOST_SPACE = re.compile(r"[.!?](?<=[a-z]{3}[.!?])[”\"]?(?=[A-Z][a-z]+\s)")
_NEXT = re.compile(rf"\s*(?P<open>[{_OPENERS}]*)(?P<word>[\w’'-]{{0,40}})(?P<rest>[^\w]?)")
_SECOND_WORD = re.compile(r"\s*[\w’'.-]{1,40}\s+(?P<word>[\w’']{1,40})")
_SPEAKER_FOLLOWS = re.compile(
    rf"\s+(?:[A-Z][\w.’'-]{{0,30}}\s+){{1,4}}(?:{'|'.join(_LEXICON['saying'])})\b"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]{0,3}\(?[\dIVX]{1,3}$")

# How far back a word is looked for that may have stood alone (see `_is_subject_elsewhere`).
_LOOK_BACK = 20_000


def split_sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of the paragraph `text[start:end]`, as offsets into `text`.

    They are in order, do not overlap, begin and end with a visible character, and together hold
    every visible character of the paragraph.
    """
    ends = [m.end() for m in _MARKS.finditer(text, start, end) if _ends_sentence(text, m, end)]
    ends += [m.end() for m in _LOST_SPACE.finditer(text, start, end)]
    sentences: list[Span] = []
    at = start
    for stop in sorted({*ends, end}):
        piece = text[at:stop]
        visible = piece.strip()
        if visible:
            first = at + len(piece) - len(piece.lstrip())
            sentences.append(Span(first, first + len(visible)))
        at = stop
    return sentences


def _ends_sentence(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the marks found in a paragraph that reaches to `end` end a sentence there."""
    following = _NEXT.match(text, match.end(), end)
    if following is None or following.end() == match.end() == end:
        return True
    word = following["word"] if following else ""
    if word[:1].islower():
        return False
    marks = match["marks"]
    if "?" in marks or "!" in marks:
        return not (match["closers"] and _SPEAKER_FOLLOWS.match(text, match.end()))
    if marks != ".":
        return word[:1].isupper() or bool(following and following["open"])
    return match["closers"] != "" or _point_ends(text, match.start(), match.end(), word)


def _point_ends(text: str, point: int, after: int, following: str) -> bool:
    """Whether a single point, with no closing mark after it, ends a sentence."""
    last = _word_before(text, point, 40).lstrip("'’-&.")
    folded = last.lower()
    tail = folded.rsplit("-", 1)[-1]
    if tail in _NEVER_FINAL or folded in _NEVER_FINAL:
        return False
    if _LIST_NUMBER.search(text, max(0, point - 8), point):
        return False
    if tail in _BEFORE_NUMBER and last[:1].isupper():
        return following[:1].isupper() and following.lower() in _STARTERS
    is_initials = bool(_INITIALS.match(last)) and last[:1].isupper() and last != "I"
    if is_initials and len(last) == 1 and _word_before(text, point - 2, 20)[:1].isupper():
        return following.lower() in _STARTERS  # "Charles E. Grassley" is one name
    if is_initials or (tail in _MAY_END and (last[:1].isupper() or "." in last)):
        return _starts_sentence(text, point, after, following)
    return True


def _word_before(text: str, end: int, longest: int) -> str:
    """The word that ends at an offset, inner points and hyphens included; empty if none does."""
    start, first = end, max(0, end - longest)
    while start > first and (text[start - 1].isalnum() or text[start - 1] in "_.&’'-"):
        start -= 1
    return text[start:end]


def _starts_sentence(text: str, point: int, after: int, word: str) -> bool:
    """Whether the word after an abbreviation that may end a sentence starts the next one."""
    if not word:
        return text[after : after + 3].strip()[:1] in ("“", '"', "‘")
    if word.lower().split("’")[0].split("'")[0] in _STARTERS:
        return True
    second = _SECOND_WORD.match(text, after)
    return (
        second is not None
        and second["word"].lower() in _PREDICATES
        and _is_subject_elsewhere(text, word, point)
    )


def _is_subject_elsewhere(text: str, word: str, point: int) -> bool:
    """Whether a capitalised word also stands in the text without an abbreviation before it.

    "jobs in the U.S. Ishiba also said" is two sentences, "U.S. Steel also said" is one: a
    paragraph that writes "Ishiba said" elsewhere shows that the name does not begin with "U.S.".
    """
    at = max(0, point - _LOOK_BACK)
    for _ in range(3):
        at = text.find(word, at, point)
        if at < 0:
            return False
        before = _word_before(text, max(0, at - 1), 11)
        if before.rstrip(".").lower() not in _MAY_END:
            return True
        at += len(word)
    return False
