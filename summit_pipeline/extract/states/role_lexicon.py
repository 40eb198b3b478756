"""The lexicon of roles, places and offences, in the shape that the rules look words up in.

Belongs here: reading `role_words.toml`. Does not belong here: any rule.
"""

import functools
from dataclasses import dataclass

from summit_pipeline.extract.framing.lemmas import verb_forms
from summit_pipeline.lexicons import load_toml

# Classes of undertakings that happen at a place; a law or plan beside a place name is that place's.
_PLACED_KINDS = ("talks", "protest", "vote", "event")


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Words of roles; `causes` gives role and prepositions by base form of verb or adjective."""

    posts: frozenset[str]
    post_ends: frozenset[str]  # what those end with behind a hyphen
    bodies: frozenset[str]
    place_prepositions: frozenset[str]
    place_modifiers: frozenset[str]
    place_nouns: frozenset[str]
    placed: frozenset[str]
    saying: frozenset[str]
    causes: dict[str, tuple[str, frozenset[str]]]
    light: frozenset[str]
    screen_forms: frozenset[str]


@functools.cache
def role_words() -> RoleWords:
    """The lexicon; read once."""
    lexicon = load_toml("role_words.toml")
    undertakings = load_toml("undertakings.toml")
    placed = {n for kind in _PLACED_KINDS for n in undertakings[kind].split()}
    causes: dict[str, tuple[str, frozenset[str]]] = {}
    for role, verbs in lexicon["causes"].items():
        for verb, prepositions in verbs.items():
            causes[verb] = (role, frozenset(prepositions.split()))
    posts = frozenset((*load_toml("titles.toml")["roles"]["nouns"], *lexicon["posts"].split()))
    return RoleWords(
        posts=posts,
        post_ends=frozenset(post.rpartition("-")[2] for post in posts),
        bodies=frozenset(lexicon["named_nouns"].split()),
        place_prepositions=frozenset(lexicon["places"]["prepositions"].split()),
        place_modifiers=frozenset(lexicon["places"]["modifiers"].split()),
        place_nouns=frozenset(lexicon["places"]["nouns"].split()),
        placed=frozenset((*placed, *lexicon["places"]["placed"].split())),
        saying=frozenset(lexicon["places"]["saying"].split()),
        causes=causes,
        light=frozenset(lexicon["light"].split()),
        screen_forms=frozenset(f for f, base in verb_forms().items() if base in causes)
        | frozenset(causes),
    )
