"""What a candidate name names: a person, an organisation, a place, or something else.

Belongs here: the evidence (titles, first names, last words, the words right after) in the order of
its weight. Does not belong here: how a candidate is found (`name_scan`) or resolved (`names`).
"""

import re
from collections.abc import Sequence

from summit_pipeline.extract.naming.name_scan import Candidate
from summit_pipeline.extract.naming.name_words import Gender, NameWords
from summit_pipeline.vocabulary import NameType

_AFTER = re.compile(r"(?:[”\"’'],?|,)?[ \u00a0]([a-z]+)\b|, (\d{2}),|,? \((\d{2})\)")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+")


def classify(
    text: str, name: Candidate, tokens: Sequence[str], words: NameWords
) -> tuple[NameType, str]:
    """The type of a candidate, and the evidence for it.

    `tokens` are its words without the joining ones.
    Evidence is one of: title, place, body, first_name, initials, acronym, context, form, none.
    """
    whole, last = text[name.start : name.end], tokens[-1]
    if name.courtesy and not (last in words.suffixes or whole in words.known_bodies):
        return "person", "title"
    if whole in words.known_bodies:
        return "organisation", "body"
    if last in words.suffixes and len(tokens) > 1:
        return "organisation", "body"
    if whole in words.places and not (name.role and len(tokens) == 1):
        return "place", "place"
    kind = _by_words(name, tokens, words)
    if kind is not None and not (name.role and kind != "organisation"):
        return kind, "body" if kind == "organisation" else "place"
    if name.role:
        return "person", "title"
    if len(tokens) > 1 and tokens[0] in words.first_names and not name.after_the:
        return "person", "first_name"
    if (
        len(tokens) > 1
        and _INITIAL.fullmatch(tokens[0])
        and tokens[0] not in words.places
        and not name.after_the
    ):
        return "person", "initials"
    if len(tokens) == 1 and last in words.first_names:
        return "person", "first_name"
    if _is_acronym(last) and len(tokens) == 1:
        return "organisation", "acronym"
    if not name.after_the and len(tokens) <= 4 and _speaks(text, name.end, words):
        return "person", "context"
    return "other", "none"


def _by_words(name: Candidate, tokens: Sequence[str], words: NameWords) -> NameType | None:
    """A type told by the words that the name is made of."""
    joined = any(p.joins for p in name.pieces)
    last = tokens[-1]
    if joined and tokens[0] in words.take_of:
        place_like = tokens[0] in words.place_heads or tokens[0] in ("Isle", "Kingdom", "Republic")
        return "place" if place_like and tokens[0] != "City" else "organisation"
    if len(tokens) > 1 and last in words.body_heads:
        return "organisation"
    if len(tokens) > 1 and last in words.place_heads:
        return "place"
    if len(tokens) > 1 and last in words.other_heads:
        return "other"
    if len(tokens) == 1 and last in words.body_heads and name.after_the:
        return "organisation"
    if joined and any(t in words.body_heads for t in tokens):
        return "organisation"
    return None


def _is_acronym(word: str) -> bool:
    bare = word.replace(".", "").replace("&", "")
    return 2 <= len(bare) <= 6 and bare.isupper()


def _speaks(text: str, end: int, words: NameWords) -> bool:
    """Whether the words after the name tell a person: a verb of saying, "who", an age."""
    match = _AFTER.match(text, end)
    if match is None:
        return False
    return match.group(1) is None or match.group(1) in words.person_evidence


def gender_of(name: Candidate, words: NameWords) -> Gender | None:
    """Gender told by a courtesy title, a role word or the first name."""
    if name.courtesy is not None and words.courtesy[name.courtesy] is not None:
        return words.courtesy[name.courtesy]
    if name.role is not None:
        for word in name.role.split(" "):
            if word in words.role_gender:
                return words.role_gender[word]
    first = name.pieces[0].text
    return words.first_names.get(first)
