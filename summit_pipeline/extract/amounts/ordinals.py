"""Ordinals with their noun: "the pair's first meeting", "the 40th anniversary".

Belongs here: ordinals that count occasions. Does not belong here: ordinals in dates (`dates`),
fractions, or turns of phrase ("the first lady", "in the first place").
"""

import math
import re

from summit_pipeline.extract.amounts.counted_nouns import lemma, singular_after
from summit_pipeline.extract.amounts.quantity import Quantity, rule_confidence
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import Number

_LEXICON = load_toml("count_words.toml")
_TRIVIAL = frozenset(_LEXICON["trivial_ordinals"])
_TRIVIAL_BELOW: dict[str, int] = _LEXICON["ordinals_from"]
WORDS = {
    w: i
    for i, w in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
}
_ORDINAL = re.compile(
    rf"(?:(?P<word>{'|'.join(WORDS)})|(?P<digits>\d{{1,3}}(?:,\d{{3}})?)(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)
_SUBJECT_REACH = 60
_NEXT_WORD = re.compile(r"[\s-]([A-Za-z]+)")
_OPENER = re.compile(
    r"(?:\b(?:the|a|an|his|her|its|their|our|my|your|this|that|only|very|is|was|be|become|became|another)|[’']s?)\s$",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"[\s-](?:(?:larg|bigg|high|low|long|old|young|fast|rich|poor|small|deadli|busi|strong|tall|deep|hott|cold|wealthi|great|short|heavi|clos|lat|earli|near|slow|weak|dri|wett|hard)est|most|least|worst|best)\b"
)


# "The meeting marked the pair's first and ...": the noun is the sentence's own subject.
_POSSESSED = re.compile(
    r"\b(?:mark(?:s|ed)|is|was|were|be|been|bec[ao]mes?)\s[^,.;:]{3,40}[’']s?\s$"
)
# Ordinals this high are written in digits and count something wherever they stand.
_NEVER_WORDS = 1000
_JOINED = re.compile(r"-(?P<noun>[a-z]{3,})\b")  # "a 32nd-floor room"
# "He was first elected in 2008": no noun follows, and nothing is counted.
_PARTICIPLE = re.compile(r"[^e]ed$")
_NOUN_UNSAID = re.compile(r"[,.;](?:\s|$)|\s(?:and|but|since)\s|$")


# "The No. 2 job", "ranked No. 1": a rank, where "Flight No. 93" is a name.
_RANK = re.compile(r"(?P<value>\d{1,3})(?![\d.,/-]*\d)")
_RANK_MARK = re.compile(
    r"(?:^|\b(?:the|a|as|at|ranked|is|was|its|their|his|her|[’']s|world|country|nation)\s)No\.\s?$",
    re.IGNORECASE,
)
_RANKED = re.compile(r"-(?:ranked|seeded|placed|rated)\b", re.IGNORECASE)


def read_rank(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The rank that begins at `start`: "No. 2", "third-ranked"; exact, unit "rank"."""
    match = _ORDINAL.match(text, start, end)
    if match is not None:
        ranked = _RANKED.match(text, match.end(), end)
        if ranked is None:
            return []
        return _rank(start, ranked.end(), _value(match))
    match = _RANK.match(text, start, end)
    if match is None or not _RANK_MARK.search(text, max(0, start - 20), start):
        return []
    return _rank(start, match.end(), float(match["value"]))


def _rank(start: int, end: int, value: float) -> list[Quantity]:
    sure = rule_confidence("ordinal_ranked")
    return [
        Quantity(start, end, "ordinal", value, "rank", value, value, None, "ordinal_ranked", sure)
    ]


def _is_trivial(noun: str, value: float) -> bool:
    return noun in _TRIVIAL and not value >= _TRIVIAL_BELOW.get(noun, math.inf)


def _value(match: re.Match[str]) -> float:
    if match["word"]:
        return float(WORDS[match["word"].lower()])
    return float(match["digits"].replace(",", ""))


def read_ordinal(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The ordinal that begins at `start`, if it counts a noun that follows; exact."""
    match = _ORDINAL.match(text, start, end)
    if match is None:
        return []
    value = _value(match)
    if value < _NEVER_WORDS and not _OPENER.search(text, max(0, start - 12), start):
        return []
    if _NOUN_UNSAID.match(text, match.end(), end) and _POSSESSED.search(
        text, max(0, start - _SUBJECT_REACH), start
    ):
        rule = "ordinal_elliptic"
        sure = rule_confidence(rule)
        return [
            Quantity(start, match.end(), "ordinal", value, None, value, value, None, rule, sure)
        ]
    joined = _JOINED.match(text, match.end(), end) if match["digits"] else None
    if joined is not None and joined["noun"] not in _TRIVIAL:
        sure = rule_confidence("ordinal")
        unit = joined["noun"]
        return [
            Quantity(
                start, joined.end(), "ordinal", value, unit, value, value, None, "ordinal", sure
            )
        ]
    noun = singular_after(text, match.end(), end)
    following = _NEXT_WORD.match(text, match.end(), end)
    if following and _is_trivial(lemma(following[1].lower()), value):
        return []
    if noun is None or not noun.lemma.replace("-", "").isalpha():
        return []
    if _is_trivial(noun.lemma, value) or _PARTICIPLE.search(noun.lemma):
        return []
    rank = "rank of " if _SUPERLATIVE.match(text, match.end(), end) else ""
    rule = "ordinal_rank" if rank else "ordinal"
    unit = f"{rank}{noun.lemma}"
    return [
        Quantity(
            start, noun.end, "ordinal", value, unit, value, value, None, rule, rule_confidence(rule)
        )
    ]
