"""The word lists that name finding rests on, in the shape that its rules look words up in.

Belongs here: reading the lexicons `places.tsv`, `titles.toml`, `first_names.toml`,
`organisation_words.toml` and `sentence_openers.toml`. Does not belong here: any rule.
"""

import functools
from dataclasses import dataclass
from typing import Literal

from summit_pipeline.lexicons import load_table, load_toml

Gender = Literal["m", "f"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place word: what it names, how, and whose government it can stand for."""

    canonical: str
    kind: str  # country | demonym | capital | state | city | region | metonym
    stands_for: str | None


@dataclass(frozen=True, slots=True)
class NameWords:
    """All word lists, as sets and dictionaries. Keys are as written unless a name says folded."""

    places: dict[str, Place]
    known_bodies: dict[str, str]
    suffixes: frozenset[str]
    body_heads: frozenset[str]
    take_of: frozenset[str]
    place_heads: frozenset[str]
    other_heads: frozenset[str]
    courtesy: dict[str, Gender | None]
    title_heads: frozenset[str]
    title_words: frozenset[str]
    titles_with_of: frozenset[str]
    titles_with_of_open: frozenset[str]  # first words of those
    roles: frozenset[str]
    role_ends: frozenset[str]  # last words of those
    role_gender: dict[str, Gender]
    first_names: dict[str, Gender | None]
    openers_folded: frozenset[str]
    function_words: frozenset[str]
    never: frozenset[str]
    person_evidence: frozenset[str]
    person_suffixes: frozenset[str]
    particles: frozenset[str]


def _places() -> dict[str, Place]:
    rows = load_table("places.tsv")
    return {r["form"]: Place(r["canonical"], r["kind"], r["stands_for"] or None) for r in rows}


def _first_names() -> dict[str, Gender | None]:
    lists = load_toml("first_names.toml")
    names: dict[str, Gender | None] = {}
    for name in lists["m"].split():
        names[name] = "m"
    for name in lists["f"].split():
        names[name] = None if name in names else "f"
    for name in lists["either"].split():
        names[name] = None
    return names


def _function_words() -> frozenset[str]:
    lists = load_toml("clause_words.toml")
    kinds = ("subordinators", "prepositions", "relatives", "subject_pronouns")
    return frozenset(["and", "but", "or", "so"]).union(*(lists[kind].split() for kind in kinds))


@functools.cache
def name_words() -> NameWords:
    """The word lists; read once."""
    titles, bodies = load_toml("titles.toml"), load_toml("organisation_words.toml")
    openers, roles = load_toml("sentence_openers.toml"), titles["roles"]
    courtesy: dict[str, Gender | None] = {}
    for word in titles["courtesy"]["either"]:
        courtesy[word] = None
    for word in titles["courtesy"]["m"]:
        courtesy[word] = "m"
    for word in titles["courtesy"]["f"]:
        courtesy[word] = "f"
    heads = frozenset(titles["titles"]["heads"])
    role_gender: dict[str, Gender] = {word: "f" for word in roles["female"]}
    for word in roles["male"]:
        role_gender[word] = "m"
    return NameWords(
        places=_places(),
        known_bodies=dict(bodies["known"]),
        suffixes=frozenset(bodies["suffixes"]),
        body_heads=frozenset(bodies["heads"]),
        take_of=frozenset(bodies["take_of"]),
        place_heads=frozenset(bodies["place_heads"]),
        other_heads=frozenset(bodies["other_heads"]),
        courtesy=courtesy,
        title_heads=heads,
        title_words=heads | frozenset(titles["titles"]["modifiers"]),
        titles_with_of=frozenset(titles["titles"]["with_of"]),
        titles_with_of_open=frozenset(t.split(" ")[0] for t in titles["titles"]["with_of"]),
        roles=frozenset(roles["nouns"]),
        role_ends=frozenset(role.split(" ")[-1] for role in roles["nouns"]),
        role_gender=role_gender,
        first_names=_first_names(),
        openers_folded=frozenset(openers["words"].split()),
        function_words=_function_words(),
        never=frozenset(openers["never"].split()),
        person_evidence=frozenset(titles["evidence"]["after"]),
        person_suffixes=frozenset(titles["evidence"]["suffixes"]),
        particles=frozenset(titles["evidence"]["particles"]),
    )
