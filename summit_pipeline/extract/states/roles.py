"""Names and places in a stated role: the suspect, the winner, the judge, the place of an event.

Belongs here: few, sure patterns. Does not belong here: names without a role (`names`).

Rules: title ("Judge Jane Doe", "moderator Jane Doe", "Jane Doe, the champion,"), identified
("identified as John Doe"), copula ("the suspect is John Doe"), winner ("Jane Doe won the race"),
venue ("held in Geneva", "took place at ...").
"""

import functools
import re
from dataclasses import dataclass

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.naming.names import Mention, NameBook
from summit_pipeline.lexicons import confidence_table, load_toml

_UNMEASURED = 0.7
_COPULAS = (", ", " is ", " was ", ": ", " — ")


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """A name in a role; offsets of the name in the clean text. `kind` is name or place."""

    start: int
    end: int
    kind: str
    canonical: str
    role: str
    words: str
    parties: tuple[str, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns around a name: `before` ones end at its start, `winner` begins at its end."""

    identified: re.Pattern[str]
    copula: re.Pattern[str]
    venue: re.Pattern[str]
    winner: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    words = load_toml("role_words.toml")
    roles, prizes = _any_of(words["told_roles"].split()), _any_of(words["won"].split())
    venues = _any_of([v.strip() for v in words["venue_verbs"].split(";")])
    return _Patterns(
        identified=re.compile(
            r"\b(?:identified|named) (?:him |her |the (?P<role>[a-z]+) )?(?:by police )?"
            r"as (?:[a-z0-9-]+ ){0,3}$"
        ),
        copula=re.compile(rf"\b(?P<role>{roles})(?:,| is| was|:| —) $", re.IGNORECASE),
        venue=re.compile(
            rf"\b(?:{venues}) (?:in|at|near|outside|from) (?:the )?(?:[a-z]+ of |city of )?$"
        ),
        winner=re.compile(
            rf"(?:,[^,.;]{{1,60}},)? (?:won|wins|has won|captured|clinched) "
            rf"(?:the |a |his |her |its )?(?P<what>(?:[\w-]+ ){{0,4}}?(?:{prizes}))\b"
        ),
    )


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(words, key=lambda w: (-len(w), w)))


def find_roles(doc: CleanDocument, names: NameBook) -> tuple[RoleClaim, ...]:
    """Names in stated roles, in the order of the text; each person and role once."""
    patterns = _patterns()
    text = doc.text
    found: list[RoleClaim] = []
    seen: set[tuple[str, str]] = set()
    for mention in names.mentions:
        claim = None
        if mention.name_type in ("person", "other", "organisation"):
            claim = _told(text, mention, patterns) or _winner(text, mention, patterns)
        if claim is None and mention.is_person and mention.role:
            claim = _titled(text, names, mention)
        if claim is None and mention.name_type in ("place", "other") and mention.kind != "demonym":
            claim = _venue(text, mention, patterns)
        if claim is not None and (claim.canonical, claim.role) not in seen:
            seen.add((claim.canonical, claim.role))
            found.append(claim)
    return tuple(found)


def _told(text: str, mention: Mention, patterns: _Patterns) -> RoleClaim | None:
    before = text[max(0, mention.start - 60) : mention.start]
    named = "identified " in before or "named " in before
    match = patterns.identified.search(before) if named else None
    if match is not None:
        return _claim(
            mention, "name", match["role"] or "person", match.group().strip(), "role_identified"
        )
    match = patterns.copula.search(before) if before.lower().endswith(_COPULAS) else None
    if match is not None:
        return _claim(mention, "name", match["role"].lower(), match["role"], "role_copula")
    return None


def _winner(text: str, mention: Mention, patterns: _Patterns) -> RoleClaim | None:
    match = patterns.winner.match(text, mention.end, min(len(text), mention.end + 140))
    if match is None:
        return None
    return _claim(mention, "name", "winner", match["what"], "role_winner")


def _titled(text: str, names: NameBook, mention: Mention) -> RoleClaim | None:
    """A title or role written with the name; places and bodies beside it are its parties."""
    role = mention.role or ""
    after = names.mentions_in(mention.end, min(len(text), mention.end + 90))
    phrase = re.match(r", [^,.;]{1,90}", text[mention.end : mention.end + 92])
    inside = [m.canonical for m in after if phrase and m.end <= mention.end + phrase.end()]
    before = [m.canonical for m in names.mentions_in(max(0, mention.start - 60), mention.start)
              if not text[m.end : mention.start].strip(" ’'s").startswith((",", ".", ";"))
              and role in text[m.end : mention.start].lower()]  # fmt: skip
    head = role.split(" ")[-1]
    return _claim(
        mention, "name", head, role, "role_title", tuple(dict.fromkeys((*before, *inside)))
    )


def _venue(text: str, mention: Mention, patterns: _Patterns) -> RoleClaim | None:
    match = patterns.venue.search(text[max(0, mention.start - 50) : mention.start])
    if match is None:
        return None
    return _claim(mention, "place", "venue", match.group().strip(), "role_venue")


def _claim(
    mention: Mention, kind: str, role: str, words: str, rule: str, parties: tuple[str, ...] = ()
) -> RoleClaim:
    table = confidence_table("rule_confidence_claims.toml", "claims")
    return RoleClaim(
        mention.start, mention.end, kind, mention.canonical, role, words, parties, rule,
        table.get(rule, _UNMEASURED),
    )  # fmt: skip
