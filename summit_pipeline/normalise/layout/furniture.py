"""Furniture lines: bylines, dates, breadcrumbs, counters, often all run together in one line.

Belongs here: recognising a line that says who wrote the article, when, and where it is filed.
Does not belong here: what the date or the agency is (`publication`, `agencies`).

One mechanism serves them all: what is known is peeled off the line (dates, comment counts, reading
time, the title, author phrases); a line of which nothing that reads as a sentence remains is
furniture. "Asia-Pacific, News, US February 9, 2025 No Comments on <title>4 minute read" leaves
"Asia-Pacific, News, US".
"""

import re

from summit_pipeline.lexicons import load_toml
from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.layout.boilerplate import expand
from summit_pipeline.normalise.layout.lines import Line
from summit_pipeline.text.tokens import fold
from summit_pipeline.vocabulary import IssueKind

_LONGEST = 400
_LONGEST_WORDS = 45
# Without one of these there is nothing to peel off. Two patterns, the second of literals alone, as
# each can then be searched for by its first characters.
_HINTS = (
    re.compile(r"\d(?:\d{3}|\s?-?[mM]in|[:.]\d\d|/\d)"),
    re.compile(
        r"comment|Comment|COMMENT|views?\b|Views?\b|shares?\b|Shares?\b| ago\b|read\b|Read\b"
    ),
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s)?"
    rf"(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH},?\s\d{{4}}"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}(?:t[\d:.+-]+z?)?|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})"
)
_TIME = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?(?:\s?\(?(?:e[sd]?t|p[sd]?t|c[sd]t|m[sd]t|gmt|bst|utc|ist|cet|"
    r"aest|jst|sgt)\b\)?)?|\b\d{1,2}\s?[ap]\.?m\.?\b(?:\s(?:e[sd]?t|p[sd]?t|gmt|ist))?"
)
_PIECES = tuple(
    (name, re.compile(expand(pattern)))
    for name, pattern in load_toml("boilerplate.toml")["piece"].items()
)
_NAME_WORD = r"[A-ZÀ-Þ][\w.’'-]*"
_AUTHOR = re.compile(
    rf"(?:(?:By|BY|by|Author:?|Written by|Story by|Posted by|Reported by|Analysis by)\s)"
    rf"(?:(?:{_NAME_WORD}|and|AND|&|de|van|von|der|la|al|bin|of|the|in|for)[,\s|•·/–—-]{{0,3}}){{1,16}}"
    rf"(?:@\w+)?$"
)
_NAME_AND_OUTLET = re.compile(
    rf"(?:{_NAME_WORD} ){{1,3}}{_NAME_WORD}\s?(?:,|\||•|·|/|–|—)\s?(?:{_NAME_WORD}\s?){{1,5}}$"
)
_ARROWS = "»›>→"
_BREADCRUMB = re.compile(rf"\s?[{_ARROWS}]\s?")
_CONNECTIVES = frozenset(
    [
        "by",
        "in",
        "on",
        "at",
        "and",
        "or",
        "of",
        "the",
        "for",
        "to",
        "from",
        "with",
        "&",
        "with",
        "-",
        "–",
        "—",
        "|",
        "•",
        "·",
    ]
)
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
# Two of these in a line that holds no sentence end are enough, whatever else stands there: the
# title, often cut short or run together.
_COUNTERS = frozenset({"date", "comments", "reading", "counts"})
_INNER_END = re.compile(r"[a-z”\"][.!?][”\"]?\s+[A-Z“\"]")
# Words that may remain of a furniture line: names of sections, authors, places.
_RESIDUE = 8


def find_furniture(lines: list[Line], title: str | None) -> list[tuple[int, Finding]]:
    """Furniture among lines that no rule has settled: index of the line and the finding."""
    found = []
    folded_title = fold(title).strip() if title else ""
    for index, line in enumerate(lines):
        if line.is_cut or line.is_settled or len(line.text) > _LONGEST:
            continue
        rule = furniture_rule(line, folded_title)
        if rule is not None:
            kind: IssueKind = (
                "boilerplate" if rule in ("breadcrumbs", "furniture_line") else "byline"
            )
            evidence = "names, dates and counters, no sentence"
            found.append((index, Finding(line.start, line.end, kind, rule, evidence)))
    return found


def furniture_rule(line: Line, folded_title: str = "") -> str | None:
    """The rule that tells that a line is furniture, if any; the title is given folded."""
    text = line.text
    if _AUTHOR.match(text) and line.words <= 18:
        return "byline"
    if _is_breadcrumb(line):
        return "breadcrumbs"
    if line.words > _LONGEST_WORDS or not any(hint.search(text) for hint in _HINTS):
        return "author_line" if _is_author_line(line) else None
    rest, peeled = _peel(fold(text), folded_title)
    if not peeled:
        return "author_line" if _is_author_line(line) else None
    if len(peeled & _COUNTERS) >= 2 and not line.ends_sentence and not _INNER_END.search(text):
        return "furniture_line"
    words = [w for w in _WORD.findall(rest) if w not in _CONNECTIVES]
    if len(words) > _RESIDUE or not _all_capitalised(words, text):
        return None
    if peeled == {"date"} or peeled == {"date", "time"} or peeled == {"stamps"}:
        if not words:
            return "date_line" if "date" in peeled else None
        return "byline" if len(words) <= 5 and not line.ends_sentence and "date" in peeled else None
    if peeled <= {"stamps", "actions", "time"}:
        return None
    if "comments" in peeled or "reading" in peeled or "counts" in peeled:
        return "furniture_line"
    return "date_line" if "date" in peeled and not line.text.endswith(".") else None


def without_stamps(line: str) -> str:
    """The line, folded, without the dates, times, counters and share prompts in it."""
    return _peel(fold(line), "")[0]


def _peel(folded: str, folded_title: str) -> tuple[str, set[str]]:
    """The line without its known pieces, and the names of the pieces found."""
    peeled: set[str] = set()
    rest = folded
    if len(folded_title) > 12 and folded_title in rest:
        rest = rest.replace(folded_title, " ")
        peeled.add("title")
    for name, pattern in (("date", _DATE), ("time", _TIME), *_PIECES):
        rest, count = pattern.subn(" ", rest)
        if count:
            peeled.add(name)
    if peeled == {"title"}:
        return folded, set()
    return rest, peeled


def _all_capitalised(words: list[str], original: str) -> bool:
    """Whether the words, folded, are written large in the line, as names and sections are."""
    written = {fold(word): word for word in _WORD.findall(original)}
    return all(written.get(word, "?")[:1].isupper() for word in words)


def _is_breadcrumb(line: Line) -> bool:
    """Find "Home » News » Asia": short segments, at least two arrows or "Home" first."""
    if not any(arrow in line.text for arrow in _ARROWS) or line.text.startswith(">"):
        return False
    segments = _BREADCRUMB.split(line.text)
    is_short = all(len(s.split()) <= 4 for s in segments[:-1]) and len(segments[-1].split()) <= 25
    return is_short and (len(segments) >= 3 or segments[0].strip().lower() == "home")


def _is_author_line(line: Line) -> bool:
    """Find "Jane Doe, USA TODAY" or "John Smith | Example News"; only names, no mark at the end."""
    return (
        line.words <= 8
        and _NAME_AND_OUTLET.fullmatch(line.text) is not None
        and any(mark in line.text for mark in ("|", "•", "·"))
    )
