"""How a text names the agencies behind it: dateline, byline, credit line, or in passing.

Belongs here: finding the words of a credit and how much they say. Does not belong here: which names
are agencies (lexicon `agencies.toml`), or what origin follows (`origins`). Offsets are code points
of the raw text.
"""

import functools
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from summit_pipeline.lexicons import load_toml
from summit_pipeline.vocabulary import Span

CreditKind = Literal["dateline", "credit_line", "copyright", "contribution", "told"]

# How much of the report each kind of credit accounts for: a judgement, not a measurement. An
# agency's dateline, byline or copyright stands over its own text; one that "contributed" gave a
# part of it, and one that somebody "told" was at least read.
WEIGHTS: dict[CreditKind, float] = {
    "dateline": 0.95,
    "credit_line": 0.9,
    "copyright": 0.9,
    "contribution": 0.5,
    "told": 0.4,
}
WHOLE_TEXT: frozenset[CreditKind] = frozenset({"dateline", "credit_line", "copyright"})
"""Kinds of credits that say the text as a whole is the agency's."""

_HEAD = 2_500  # datelines stand within this many characters (titles and captions precede them)
_NEAR = 400  # characters of the same line that are looked at on either side
_SHORT_LINE = 120  # bylines and credit lines are no longer than this
_LONGEST_PLACE = 60
_PICTURE = re.compile(
    r"\s(?:[Pp]hotos?|[Pp]hotograph\w*|Images?|[Ff]ile|[Vv]ideo|Pool|[Gg]raphics?)\b"
)
_CONTRIBUTED = re.compile(
    r"\bcontribut(?:ed|ing) (?:to th(?:is|e) (?:report|story|article|post|piece)|reporting|from)\b"
    r"|(?:^|[.;])\W*contributing:|\bused in th(?:is|e) (?:report|story|article)\b"
    r"|\b(?:contains|includes|uses|draws on) (?:material|information|reporting|reports?) from\b"
    r"|\bbased (?:in part |partly |partially )?on (?:reporting|reports|material) (?:by|from)\b",
    re.I,
)
_WRITERS_CONTRIBUTED = re.compile(
    r"\s(?:[A-Za-z]\w+ )?(?:writers?|reporters?|correspondents?|journalists?|staff)\b"
    r".*\bcontributed\b"
)
# What stands right before the agency or before another name that it shares the credit with; a line,
# bracket or sentence begins with it, for in running text "reporting by Reuters" only cites.
_CUE = re.compile(
    r"(?:^|[(\[;.•*—–-]\s*)(?P<part>additional |with |supplementary )?"
    r"(?:(?P<given>(?:files?|inputs?|information|material|reports?|agency inputs?) from)"
    r"|(?:reporting|writing|editing|report)(?: and (?:writing|editing))? (?:by|from))"
    r"\s(?P<names>[^.;()]{0,120})$",
    re.I,
)
_COPYRIGHT = re.compile(
    r"(?:^|[.!?|•*–—-]\s*)[(\[\s]*(?:(?:copyright|©|\(c\))[\s:,]*){1,2}(?:\d{4}(?:-\d{4})?)?"
    r"[\s:,]*(?:by\s)?(?:the\s)?$",
    re.I,
)
_RIGHTS = re.compile(r"[\s.,]*(?:Inc|LLC|Ltd|L\.P)?[\s.,]*all rights reserved", re.I)
_OPENINGS = ("by", "via", "from", "by the", "via the", "from the")
_AFTER_DATELINE = re.compile(r"\s{0,2}\)?\s{0,2}(?:[—–―]|--?\s)")
_SENTENCE = re.compile(r"\w[.!?]['\"”’]?\s")
# A full stop in a place: "ST. LOUIS", "ALEXANDRIA, Va.", "Tulsa, Okla.", "CAYCE, S.C."
_ABBREVIATION = re.compile(r"\b(?:(?:[A-Z]\.)+|[A-ZÀ-Þ]{2,}\.|[A-Z][a-z]{1,4}\.)\s")


@dataclass(frozen=True, slots=True, order=True)
class Credit:
    """An agency that a text credits, with the words (raw offsets) and what kind of credit it is."""

    span: Span
    agency: str
    kind: CreditKind


@functools.cache
def _agency_of() -> dict[str, str]:
    agencies: dict[str, list[str]] = load_toml("agencies.toml")["agencies"]
    return {form: agency for agency, forms in agencies.items() for form in (*forms, agency)}


@functools.cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(_agency_of(), key=lambda form: (-len(form), form))
    alternatives = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<![\w@#])(?:{alternatives})(?!\w)")


@functools.cache
def _told() -> re.Pattern[str]:
    cues = "|".join(re.escape(cue) for cue in load_toml("agencies.toml")["cues"]["told"])
    return re.compile(rf"\b(?:{cues})\s(?:news agency\s|the\s)?$", re.I)


@functools.cache
def _too_short_to_be_told() -> frozenset[str]:
    """Names that mean other things too often to count in running text."""
    ambiguous = load_toml("agencies.toml")["ambiguous"]
    return frozenset(ambiguous["names"]) - frozenset(ambiguous["told"])


def agency_named(outlet: str) -> str | None:
    """The agency that an outlet is, if it is one."""
    wanted = outlet.strip().casefold()
    for form, agency in _agency_of().items():
        if form.casefold() == wanted:
            return agency
    return None


def find_credits(raw_text: str, bylined: Collection[str] = ()) -> list[Credit]:
    """The credits that a raw text gives to agencies, in order; plain mentions are left out.

    Args:
        raw_text: the text with its furniture, of which credits often are a part.
        bylined: agencies that are known to stand in a byline or credit, as far as the layout tells:
            a line that holds nothing but an agency's name may as well credit a picture.
    """
    found = []
    for match in _names().finditer(raw_text):
        agency = _agency_of()[match.group()]
        kind = _kind(raw_text, match, agency in bylined)
        if kind:
            found.append(Credit(Span(*match.span()), agency, kind))
    return found


def _kind(text: str, name: re.Match[str], is_bylined: bool) -> CreditKind | None:
    """What the words around an agency's name make of it."""
    start, end = name.span()
    if _told().search(text[max(0, start - 40) : start]):
        return None if name.group() in _too_short_to_be_told() else "told"
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    after = text[end : end + _NEAR].partition("\n")[0]
    if _PICTURE.match(after):
        return None
    in_brackets = before.rstrip().endswith("(") and after.lstrip().startswith(")")
    if start < _HEAD and _is_dateline(before, after, in_brackets):
        return "dateline"
    if _is_copyright(before, after):
        return "copyright"
    cue = _CUE.search(before)
    if cue:
        return "contribution" if cue["part"] or cue["given"] else "credit_line"
    if _CONTRIBUTED.search(before + name.group() + after) or _WRITERS_CONTRIBUTED.match(after):
        return "contribution"
    if in_brackets:
        return "credit_line" if _signs(before, after) and 2 * start > len(text) else None
    line = before + name.group() + after
    if len(line) <= _SHORT_LINE and not _SENTENCE.search(line):
        return _line_credit(before.strip(), after, is_bylined)
    return None


def _is_dateline(before: str, after: str, in_brackets: bool) -> bool:
    """Whether it stands as in "TOKYO (Reuters) -" or "Reuters — "."""
    if not _AFTER_DATELINE.match(after) or len(before) > _LONGEST_PLACE:
        return False
    if not in_brackets:
        return not before.strip(" ,/—–-|")
    return not _SENTENCE.search(_ABBREVIATION.sub("", before))


def _is_copyright(before: str, after: str) -> bool:
    """Whether it stands as in "© 2019 The Associated Press", "Copyright AFP. All rights reserved".

    Without a year or the words after it, it may be a picture's ("© AFP").
    """
    owner = _COPYRIGHT.search(before)
    if owner is None:
        return False
    return any(c.isdigit() for c in owner.group()) or _RIGHTS.match(after) is not None


def _signs(before: str, after: str) -> bool:
    """Whether a name in brackets stands alone or behind the last sentence of its line.

    "... Press Association (SPA)" explains initials.
    """
    words = before.rstrip("( ")
    return not after.strip(") .") and (not words or words[-1] in '.!?"”’')


def _line_credit(before: str, after: str, is_bylined: bool) -> CreditKind | None:
    """A short line that holds little beside the name: "By Ann Lee, Reuters", "Source: AFP"."""
    opening = before.casefold()
    if opening.startswith(("by ", "source:")) or opening in _OPENINGS:
        return "credit_line"
    if not before.strip("*_|/—–- "):
        is_signed = before.endswith(("—", "–", "-")) and not after.strip(" .")
        is_alone = not after.strip(" ()[]*_|/—–-.,")
        return "credit_line" if is_signed or (is_alone and is_bylined) else None
    return None
