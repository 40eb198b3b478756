"""Ordinals with their noun: "the pair's first meeting", "the 40th anniversary".

Belongs here: ordinals that count occasions. Does not belong here: ordinals in dates (`dates`),
fractions, or turns of phrase ("the first lady", "in the first place").
"""

import re

from summit_pipeline.extract.amounts.counted_nouns import lemma, singular_after
from summit_pipeline.extract.amounts.quantity import Quantity, rule_confidence
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import Number

_TRIVIAL = frozenset(load_toml("count_words.toml")["trivial_ordinals"])
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
    rf"(?:(?P<word>{'|'.join(WORDS)})|(?P<digits>\d{{1,3}})(?:st|nd|rd|th))\b", re.IGNORECASE
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
_NOUN_UNSAID = re.compile(r"[,.;](?:\s|$)|\s(?:and|but|since)\s|$")


def read_ordinal(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The ordinal that begins at `start`, if it counts a noun that follows; exact."""
    match = _ORDINAL.match(text, start, end)
    if match is None or not _OPENER.search(text, max(0, start - 12), start):
        return []
    value = float(WORDS[match["word"].lower()] if match["word"] else int(match["digits"]))
    if _NOUN_UNSAID.match(text, match.end(), end) and _POSSESSED.search(
        text, max(0, start - _SUBJECT_REACH), start
    ):
        rule = "ordinal_elliptic"
        sure = rule_confidence(rule)
        return [
            Quantity(start, match.end(), "ordinal", value, None, value, value, None, rule, sure)
        ]
    noun = singular_after(text, match.end(), end)
    following = _NEXT_WORD.match(text, match.end(), end)
    if following and lemma(following[1].lower()) in _TRIVIAL:
        return []
    if noun is None or noun.lemma in _TRIVIAL or not noun.lemma.replace("-", "").isalpha():
        return []
    rank = "rank of " if _SUPERLATIVE.match(text, match.end(), end) else ""
    rule = "ordinal_rank" if rank else "ordinal"
    unit = f"{rank}{noun.lemma}"
    return [
        Quantity(
            start, noun.end, "ordinal", value, unit, value, value, None, rule, rule_confidence(rule)
        )
    ]
