"""Datelines: the place, and often the agency and date, before the first sentence.

Belongs here: finding the dateline of a text's first body line. Does not belong here: the
publication date (`publication`).
"""

import re
from dataclasses import dataclass

from summit_pipeline.lexicons import load_table, load_toml
from summit_pipeline.normalise.about.agencies import agencies_in
from summit_pipeline.vocabulary import Span

_UPPER_WORD = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+"
_NAME_WORD = r"[A-ZÀ-Þ][\wÀ-ÿ'’.-]*"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,7}\.?"
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?)"
_PLACE = (
    rf"(?:(?:{_UPPER_WORD})(?:[ /]{_UPPER_WORD}){{0,4}}(?:,\s(?:{_NAME_WORD}\s?){{1,3}})?"
    rf"|{_NAME_WORD}(?: {_NAME_WORD}){{0,2}}(?:,\s(?:{_NAME_WORD}\s?){{1,3}})?)"
)
_BRACKET = r"\((?:[A-Z][\w./ &’'-]{0,40})\)"
_DASH = r"\s?(?:--|[—–-])\s?"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})(?:\s?[,/]\s?(?P<day>{_DAY}))?,?\s?(?P<bracket>{_BRACKET})?\s?(?:{_DASH})(?P<rest>(?=[A-ZÀ-Þ\"“‘'0-9$]))"
)
# "(AP) — ", "(Reuters) - " without a place
_AGENCY_ONLY = re.compile(rf"(?P<bracket>{_BRACKET})\s?(?:--|[—–-])\s?(?=[A-Z\"“‘'0-9$])")
_NOT_A_PLACE = re.compile(
    r"^(?:BREAKING|UPDATED?|EXCLUSIVE|OPINION|ANALYSIS|WATCH|VIDEO|LIVE|CORRECTION|FACT CHECK"
    r"|EDITOR|NOTE|REVIEW"
    r"|COMMENT\w*|PHOTOS?|FILE|JUST IN|ALERT|SPECIAL REPORT|FEATURE|INTERVIEW|PODCAST|READ MORE"
    r"|STORY|NEWS|TOPLINE)\b"
)
_FUNCTION_WORD = re.compile(r"\b(?:ON|THE|OF|FOR|AND|IN|TO|A|BY|WITH|IS|AT|HOW|WHY|WHAT)\b")
_LONGEST = 90
_CITIES = frozenset(
    row["form"] for row in load_table("places.tsv") if row["kind"] in ("capital", "city")
)
_STATES = frozenset(load_toml("datelines.toml")["states"])


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline; `span` covers it with its dash and the space after it."""

    span: Span
    place: str | None
    text: str


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline at the head of the line `text[start:end]`, if there is one.

    A place in capital letters before a dash is one ("WASHINGTON – "); a place in small letters
    needs an agency in brackets or a day ("Paris (AFP) – "), or is a city that the gazetteer has, or
    stands with its state ("Dekalb, Ill. — ").
    """
    head = text[start : min(end, start + _LONGEST)]
    match = _DATELINE.match(head)
    if match and _is_dateline(match):
        place = re.sub(r"\s+", " ", match["place"]).strip(" ,")
        return Dateline(Span(start, start + match.end()), place, match.group().strip())
    alone = _AGENCY_ONLY.match(head)
    if alone and agencies_in(alone["bracket"]):
        return Dateline(Span(start, start + alone.end()), None, alone.group().strip())
    return None


def _is_known_place(place: str) -> bool:
    """Whether a place in small letters is a city or ends with a state as agencies write it."""
    name, _, state = place.partition(",")
    return name.strip() in _CITIES or state.strip() in _STATES


def _is_dateline(match: re.Match[str]) -> bool:
    place = match["place"]
    if _NOT_A_PLACE.match(place) or _FUNCTION_WORD.search(place):
        return False
    if match["bracket"] is not None and (agencies_in(match["bracket"]) or match["day"]):
        return True
    dash = match.group().rstrip()[-2:]
    if _is_known_place(place) and match.group()[-1].isspace():
        return True
    if dash[-1] == "-" and not match.group().endswith(" ") and dash != "--":
        return False  # "CO-OPERATION"
    is_upper = re.match(rf"{_UPPER_WORD}", place) is not None and len(place) > 2
    return (
        (is_upper and match["bracket"] is None)
        or (match["day"] is not None)
        or (is_upper and match["bracket"] is not None)
    )
