"""How a text names the agencies behind it: dateline, byline, credit line, or in passing.

Belongs here: finding the words of a credit and how much they say. Does not belong here: which names
are agencies (lexicon `agencies.toml`), or what origin follows (`origins`). Offsets are code points
of the raw text.
"""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from summit_pipeline.lexicons import load_toml
from summit_pipeline.vocabulary import Span

CreditKind = Literal["dateline", "credit_line", "contribution", "told"]

# How much of the report each kind of credit accounts for: a judgement, not a measurement. An
# agency's dateline or byline stands over its own text; one that "contributed" gave a part of it,
# and one that somebody "told" was at least read.
WEIGHTS: dict[CreditKind, float] = {
    "dateline": 0.95,
    "credit_line": 0.9,
    "contribution": 0.5,
    "told": 0.4,
}

_HEAD = 1_000  # datelines stand within this many characters (titles and pictures precede them)
_NEAR = 200  # characters of the same line that are looked at on either side
_SHORT_LINE = 120  # bylines and credit lines are no longer than this
_CONTRIBUTED = re.compile(r"\bcontribut(?:ed|ing)\b|\bmaterial from\b|\bwith files from\b", re.I)
_REPORTING = re.compile(r"\b(?:reporting|writing|editing|additional reporting) by\b", re.I)
_AFTER_DATELINE = re.compile(r"\s{0,2}\)?\s{0,2}(?:[—–―]|--?\s)")
_SENTENCE = re.compile(r"\w[.!?]['\"”’]?\s")


@dataclass(frozen=True, slots=True, order=True)
class Credit:
    """An agency that a text credits, with the words (raw offsets) and what kind of credit it is."""

    span: Span
    agency: str
    kind: CreditKind


@functools.cache
def _forms(agency: str) -> re.Pattern[str]:
    forms = load_toml("agencies.toml")["agencies"].get(agency, [agency])
    alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


@functools.cache
def _told() -> re.Pattern[str]:
    cues = "|".join(re.escape(cue) for cue in load_toml("agencies.toml")["cues"]["told"])
    return re.compile(rf"\b(?:{cues})\s(?:news agency\s|the\s)?$", re.I)


def all_agencies() -> tuple[str, ...]:
    """The agencies of the lexicon, by their full names."""
    return tuple(load_toml("agencies.toml")["agencies"])


def agency_named(outlet: str) -> str | None:
    """The agency that an outlet is, if it is one."""
    wanted = outlet.strip().casefold()
    for agency, forms in load_toml("agencies.toml")["agencies"].items():
        if wanted in {form.casefold() for form in (*forms, agency)}:
            return str(agency)
    return None


def find_credits(raw_text: str, agencies: Iterable[str]) -> list[Credit]:
    """The credits that a raw text gives to some agencies, in order; plain mentions are left out."""
    found = []
    for agency in agencies:
        for match in _forms(agency).finditer(raw_text):
            kind = _kind(raw_text, match.start(), match.end())
            if kind:
                found.append(Credit(Span(match.start(), match.end()), agency, kind))
    return sorted(found)


def _kind(text: str, start: int, end: int) -> CreditKind | None:
    """What the words around an agency's name make of it."""
    if _told().search(text[max(0, start - 40) : start]):
        return "told"
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    after = text[end : end + _NEAR].partition("\n")[0]
    if _CONTRIBUTED.search(before + after):
        return "contribution"
    if _REPORTING.search(before):
        return "credit_line"
    in_brackets = before.rstrip().endswith("(") and after.lstrip().startswith(")")
    if start < _HEAD and len(before) <= 60 and _is_dateline(before, after, in_brackets):
        return "dateline"
    if in_brackets and (not before.strip("( ") or not after.strip(") .")):
        return "credit_line"
    line = before + text[start:end] + after
    if len(line) <= _SHORT_LINE and not _SENTENCE.search(line) and _is_credit_line(before, after):
        return "credit_line"
    return None


def _is_dateline(before: str, after: str, in_brackets: bool) -> bool:
    """Whether it stands as in "TOKYO (Reuters) -" or "Reuters — "."""
    if _SENTENCE.search(before):
        return False
    return bool(_AFTER_DATELINE.match(after)) and (in_brackets or not before.strip(" ,/—–-|"))


def _is_credit_line(before: str, after: str) -> bool:
    """Whether a short line holds little beside the name: "By Ann Lee, Reuters", "Source: AFP"."""
    opening = before.strip().casefold()
    if opening.startswith(("by ", "source", "credit", "from ", "via ", "photo")):
        return not opening.startswith("photo")
    return not before.strip(" ()[]*_|/—–-©") and not after.strip(" ()[]*_|/—–-.,©")
