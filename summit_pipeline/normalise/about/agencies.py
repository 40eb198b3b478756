"""News agencies that a text credits, and where.

Belongs here: credits in datelines, bylines, credit lines and running text ("told Reuters"). Does
not belong here: origins of stories (`reconcile.origins`), picture credits. An article about an
agency, or one that cites it as a source among others ("Reuters reported"), does not credit it.
"""

import re
from collections.abc import Iterable

from summit_pipeline.lexicons import load_toml

_LEXICON = load_toml("agencies.toml")
_CANONICAL: dict[str, str] = {
    alias: name for name, aliases in _LEXICON["agencies"].items() for alias in aliases
}
_AMBIGUOUS = frozenset(_LEXICON["ambiguous"]["names"]) - frozenset(_LEXICON["ambiguous"]["told"])


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))


_NAME = re.compile(rf"(?<![\w./-])(?:{_any_of(_CANONICAL)})(?![\w/-])(?!\.\w)")
_CLEAR = _any_of(name for name in _CANONICAL if name not in _AMBIGUOUS)
_CUE = _any_of(_LEXICON["cues"]["told"])
_TOLD = re.compile(rf"\b(?:{_CUE}) (?:the |The )?(?P<name>{_CLEAR})(?![\w/-])(?! (?:Photo|Images))")
_BRACKETED = re.compile(rf"[(\[](?P<name>{_any_of(_CANONICAL)})[)\]]")
_CONTRIBUTED = re.compile(
    r"\b(?:contributed to th(?:is|e)|contains (?:material|information) from|includes (?:material"
    r"|information)"
    r" from|[Ww]ith (?:inputs?|files|reporting|information|agency inputs) from|[Cc]ontributing:"
    r"|[Ss]ource:"
    r"|(?<!Image )\(?[Cc]opyright|©|[Rr]eporting (?:by|from)|[Ff]rom wire)"
)
_SIGNED = re.compile(rf"(?:^|\s)[—–-]{{1,2}}\s?(?P<name>{_any_of(_CANONICAL)})\.?\s*$")
_LEAD = 400  # characters: a bracketed agency further on is an explanation of initials


def agencies_in(words: str) -> list[str]:
    """The agencies named in words that are known to be a credit: a byline, a dateline's bracket."""
    return _unique(_CANONICAL[match.group()] for match in _NAME.finditer(words))


def find_agencies(body: str, credit_lines: Iterable[str], dateline: str | None) -> tuple[str, ...]:
    """The agencies that a text credits, in order of first credit.

    Args:
        body: the running text, captions left out.
        credit_lines: lines known as bylines and notes ("By Jane Doe, Associated Press").
        dateline: the words of the dateline with its bracket, if there is one.
    """
    found = agencies_in(dateline) if dateline else []
    for line in credit_lines:
        found += agencies_in(line)
    found += [
        _CANONICAL[m["name"]] for m in _BRACKETED.finditer(body, 0, _LEAD) if _is_lead(body, m)
    ]
    found += [_CANONICAL[m["name"]] for m in _TOLD.finditer(body)]
    for line in body[-1_200:].splitlines():
        signed = _SIGNED.search(line[-80:])
        if signed:
            found.append(_CANONICAL[signed["name"]])
        elif len(line) < 400 and _CONTRIBUTED.search(line):
            found += agencies_in(line)
    return tuple(_unique(found))


def _is_lead(body: str, match: re.Match[str]) -> bool:
    """Whether a bracketed agency is a dateline's: a dash follows within a few characters."""
    return re.match(r"\s*[-–—]{1,2}\s", body[match.end() : match.end() + 6]) is not None


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
