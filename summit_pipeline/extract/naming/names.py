"""Names in one document: found, typed, and brought to the fullest form that the document gives.

Belongs here: the mentions, and what can be asked about them (`NameBook`). Does not belong here: the
form of a name (`name_scan`), its type (`name_types`), which mentions are one (`name_resolution`),
who "he" or "the company" is, or names across documents (`reconcile`).
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.naming.entries import Entry
from summit_pipeline.extract.naming.name_resolution import resolve_entries
from summit_pipeline.extract.naming.name_scan import (
    Candidate,
    Piece,
    candidates_of,
    capitalised_words,
    scan_sentence,
)
from summit_pipeline.extract.naming.name_types import classify, gender_of
from summit_pipeline.extract.naming.name_words import Gender, NameWords, name_words
from summit_pipeline.vocabulary import NameType, Sentence

MentionKind = Literal["name", "demonym", "capital", "metonym"]

# Headings in title case write only these words small: articles, conjunctions, short prepositions.
_SMALL_IN_TITLES = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "by",
        "with",
        "from",
        "and",
        "or",
        "but",
        "as",
        "is",
        "vs",
        "over",
        "after",
        "into",
        "than",
        "that",
        "about",
        "up",
        "its",
        "s",
        "t",
    )
)
_SMALL_WORD = re.compile(r"(?<![\w’'])[a-z]+")
_ROLE_BEFORE = re.compile(r"([a-z][a-z-]+) ([a-z][a-z-]+)$|([a-z][a-z-]+)$")
_ROLE_AFTER = re.compile(
    r", (?:(?:the|a|an|who is|[A-Z][\w.]*[’']s?) )?"
    r"((?:(?!and |who|his |her |while |as )[A-Za-z][\w.-]*(?:[’']s)? ){0,5}?)"
    r"([a-z][a-z-]+)(?= (?:of|at|for|to|in|with|and|on)\b|[,.;])"
)


class Mention(NamedTuple):
    """A name where it stands in the clean text; `end` leaves a possessive ending outside.

    `kind` tells words that only point to a place: demonyms ("Japanese", canonical Japan), capitals
    and other words that can stand for a government, which `stands_for` then names.
    """

    start: int
    end: int
    text: str
    canonical: str
    name_type: NameType
    role: str | None
    gender: Gender | None
    kind: MentionKind = "name"
    stands_for: str | None = None

    @property
    def is_country(self) -> bool:
        """Whether it names a country."""
        place = name_words().places.get(self.text)
        return self.name_type == "place" and place is not None and place.kind == "country"

    @property
    def is_person(self) -> bool:
        """Whether it names a person."""
        return self.name_type == "person"


@dataclass(frozen=True)
class NameBook:
    """The names of one document, in order of their start; no two overlap."""

    mentions: tuple[Mention, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(m.start for m in self.mentions))

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that lie wholly in the clean stretch."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        if last > first and self.mentions[last - 1].end > end:
            last -= 1  # only the last can run over the edge: no two overlap
        return self.mentions[first:last]

    def mention_at(self, offset: int) -> Mention | None:
        """The mention that covers the clean offset."""
        index = bisect_left(self._starts, offset + 1) - 1
        if index >= 0 and self.mentions[index].end > offset:
            return self.mentions[index]
        return None

    def canonical_in(self, start: int, end: int) -> tuple[str, ...]:
        """Canonical names in the stretch, in order, each once."""
        return tuple(dict.fromkeys(m.canonical for m in self.mentions_in(start, end)))

    def resolve(self, text: str) -> str | None:
        """The canonical form of a name as written somewhere in this document; None if unknown."""
        return self._by_form.get(_bare(text))

    def type_of(self, canonical: str) -> NameType | None:
        """The type of a canonical name."""
        mention = self._first.get(canonical)
        return mention.name_type if mention else None

    def gender_of(self, canonical: str) -> Gender | None:
        """The gender of a canonical name, where anything told it."""
        mention = self._first.get(canonical)
        return mention.gender if mention else None

    def roles_of(self, canonical: str) -> frozenset[str]:
        """All titles and roles written with the name, in lower case."""
        return self._roles.get(canonical, frozenset())

    def holders(self, role: str) -> tuple[str, ...]:
        """People whose written role ends with the given one ("president"), by first mention."""
        role = role.casefold()
        return tuple(
            name
            for name, roles in self._roles.items()
            if any(r == role or r.endswith(" " + role) for r in roles)
        )

    @cached_property
    def _by_form(self) -> dict[str, str]:
        forms: dict[str, str] = {}
        for mention in self.mentions:
            forms.setdefault(_bare(mention.text), mention.canonical)
            forms.setdefault(_bare(mention.canonical), mention.canonical)
        return forms

    @cached_property
    def _first(self) -> dict[str, Mention]:
        first: dict[str, Mention] = {}
        for mention in self.mentions:
            first.setdefault(mention.canonical, mention)
        return first

    @cached_property
    def _roles(self) -> dict[str, frozenset[str]]:
        roles: dict[str, frozenset[str]] = {}
        for mention in self.mentions:
            if mention.role and mention.is_person:
                roles[mention.canonical] = roles.get(mention.canonical, frozenset()) | {
                    mention.role
                }
        return roles


def _bare(text: str) -> str:
    """A form for look-up: no article, no possessive ending, no case."""
    text = text.strip().casefold().replace("’", "'")
    text = text.removeprefix("the ")
    return text.removesuffix("'s").removesuffix("'")


def find_names(doc: CleanDocument) -> NameBook:
    """All names of the document. Offsets point into the clean text."""
    if doc.language not in ("en", "und"):
        return NameBook(())
    text, words = doc.text, name_words()
    places = doc.word_places
    begins = capitalised_words(text, places)
    entries: list[Entry] = []
    headings: list[list[Piece]] = []
    for sentence in doc.sentences:
        start, end = sentence.clean_start, sentence.clean_end
        here = begins[bisect_left(begins, start) : bisect_left(begins, end)]
        stretches, capitals = scan_sentence(text, start, end, here, words)
        if not stretches:
            continue
        if _is_title_case(text, sentence, capitals) or _is_label(text, sentence, stretches, words):
            headings.extend(stretches)
            continue
        for pieces in stretches:
            for name in candidates_of(text, pieces, start, words, places.distinct):
                entries.append(_entry(text, name, words))
    return NameBook(
        tuple(
            Mention(
                e.start,
                e.end,
                text[e.start : e.end],
                e.canonical,
                e.name_type,
                e.role,
                e.gender,
                *_place_kind(text[e.start : e.end], e, words),
            )
            for e in resolve_entries(text, entries, headings, words)
        )
    )


def _is_title_case(text: str, sentence: Sentence, capitals: int) -> bool:
    """Whether capitals tell nothing: four words or more, all but the small ones capitalised."""
    if capitals < 3 or text[sentence.clean_end - 1 : sentence.clean_end] in (".", "”", '"'):
        return False
    low, high = sentence.clean_start, sentence.clean_end
    total = text.count(" ", low, high) + 1
    if total < 4 or 2 * capitals < total:
        return False
    return all(w in _SMALL_IN_TITLES for w in _SMALL_WORD.findall(text, low, high))


def _is_label(
    text: str, sentence: Sentence, stretches: list[list[Piece]], words: NameWords
) -> bool:
    """Whether a sentence is a label of two or three capitalised words ("Read More").

    Such a line may also be a name; it is taken for one that begins with a first name or title, or
    that the body or the lexicon knows.
    """
    written = text[sentence.clean_start : sentence.clean_end]
    parts = written.split()
    if not 2 <= len(parts) <= 3 or not written[-1].isalnum():
        return False
    if not all(part[0].isupper() for part in parts):
        return False
    first = stretches[0][0].text
    opens = (words.first_names, words.courtesy, words.title_words)
    return not any(first in known for known in opens)


def _entry(text: str, name: Candidate, words: NameWords) -> Entry:
    tokens = tuple([p.text for p in name.pieces if not p.joins])
    name_type, evidence = classify(text, name, tokens, words)
    role = name.role
    if role is not None:
        before = text[max(0, name.pieces[0].start - len(role) - 8) : name.start]
        role = f"former {role}" if before.casefold().startswith("former ") else role
    if name_type == "person" and role is None:
        role = _role_beside(text, name, words)
    elif name_type == "other" and not name.after_the:
        role = _role_beside(text, name, words)
        if role is not None:
            name_type, evidence = "person", "role"
    gender = gender_of(name, words) if name_type == "person" else None
    if name_type == "person" and gender is None and role is not None:
        gender = words.role_gender.get(role.split(" ")[-1])
    return Entry(
        name.start, name.end, tokens, name_type, evidence, role, gender,
        initial=name.initial, after_the=name.after_the,
    )  # fmt: skip


def _role_beside(text: str, name: Candidate, words: NameWords) -> str | None:
    """A role in lower case right before the name ("billionaire"), or in apposition after it."""
    before = _role_words_before(text, name.start, words)
    if before:
        one = before.group(2) or before.group(3)
        two = f"{before.group(1)} {one}" if before.group(1) else ""
        if two in words.roles:
            return two
        if one in words.roles:
            return f"former {one}" if before.group(1) == "former" else one
    if text[name.end : name.end + 2] != ", ":
        return None
    after = _ROLE_AFTER.match(text, name.end, min(len(text), name.end + 120))
    if after and after.group(2) in words.roles:
        return f"former {after.group(2)}" if "former " in after.group(1) else after.group(2)
    return None


def _role_words_before(text: str, start: int, words: NameWords) -> re.Match[str] | None:
    """The one or two small words before a name, where the last of them may end a role."""
    if text[start - 1 : start] not in (" ", "\u00a0"):
        return None
    before = text[max(0, start - 40) : start].rstrip(" \u00a0")
    last = before.rpartition(" ")[2]
    if last.isalpha() and last not in words.role_ends:
        return None
    return _ROLE_BEFORE.search(before)


def _place_kind(written: str, entry: Entry, words: NameWords) -> tuple[MentionKind, str | None]:
    place = words.places.get(written) if entry.name_type == "place" else None
    if place is None:
        return "name", None
    if place.kind == "demonym":
        return "demonym", None
    if place.kind == "capital":
        return "capital", place.stands_for
    return ("metonym", place.stands_for) if place.kind == "metonym" else ("name", None)
