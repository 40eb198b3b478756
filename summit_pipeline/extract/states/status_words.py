"""The lexicon of states and undertakings, in the shape that the rules look words up in.

Belongs here: reading `status_verbs.toml` and `undertakings.toml`. Does not belong here: any rule.
"""

import functools
from dataclasses import dataclass

from summit_pipeline.extract.framing.lemmas import noun_lemma, verb_forms
from summit_pipeline.lexicons import load_toml

# Undertakings that "it" and "the deal" go back to, also where no state of them is told.
_SOUGHT = frozenset(("takeover", "tariff", "agreement", "law"))


@dataclass(frozen=True, slots=True)
class StatusWords:
    """State names by base form of verb or noun, and classes of undertakings by noun."""

    of_object: dict[str, str]
    of_subject: dict[str, str]
    of_person: dict[str, str]
    of_person_subject: dict[str, str]
    particles: dict[str, dict[str, str]]
    nouns: dict[str, str]
    person_nouns: dict[str, str]
    caused_nouns: dict[str, str]
    causing: frozenset[str]
    noun_prepositions: frozenset[str]
    stances: frozenset[str]
    decisions: frozenset[str]
    decided: frozenset[str]
    any_object: frozenset[str]
    any_object_forms: frozenset[str]
    people: frozenset[str]
    bodies: frozenset[str]
    undertakings: dict[str, str]
    generic: frozenset[str]
    screen: frozenset[str]
    particle_screen: dict[str, frozenset[str]]
    naming: frozenset[str]


@functools.cache
def status_words() -> StatusWords:
    """The lexicon; read once."""
    verbs, undertakings = load_toml("status_verbs.toml"), load_toml("undertakings.toml")
    classes: dict[str, str] = {}
    for name, members in undertakings.items():
        if name != "generic":
            for noun in members.split():
                classes.setdefault(noun, name)
                classes.setdefault(noun_lemma(noun), name)
    particles: dict[str, dict[str, str]] = {}
    for phrase, state in verbs["particle"].items():
        verb, _, rest = phrase.partition(" ")
        particles.setdefault(verb, {})[rest] = state
    bases = set().union(verbs["object"], verbs["subject"], verbs["person"], verbs["person_subject"])
    forms = {form for form, base in verb_forms().items() if base in bases}
    forms = forms.union(verbs["noun"], verbs["person_noun"], verbs["caused_noun"])
    # The tagger takes "-ed" off words that the lexicon of verbs hasn't got ("opened").
    forms |= {base + "ed" for base in bases}
    with_particle = {
        form: frozenset(word for rest in particles[base] for word in rest.split())
        for form, base in verb_forms().items()
        if base in particles and form not in forms
    }
    any_object = frozenset(verbs["classes"]["any_object"].split())
    return StatusWords(
        of_object=dict(verbs["object"]),
        of_subject=dict(verbs["subject"]),
        of_person=dict(verbs["person"]),
        of_person_subject=dict(verbs["person_subject"]),
        particles=particles,
        nouns=dict(verbs["noun"]),
        person_nouns=dict(verbs["person_noun"]),
        caused_nouns=dict(verbs["caused_noun"]),
        causing=frozenset(verbs["classes"]["causing"].split()),
        noun_prepositions=frozenset(verbs["classes"]["noun_prepositions"].split()),
        stances=frozenset(verbs["classes"]["stance"].split()),
        decisions=frozenset(verbs["classes"]["decisions"].split()),
        decided=frozenset(verbs["classes"]["decided"].split()),
        any_object=any_object,
        any_object_forms=frozenset(f for f, base in verb_forms().items() if base in any_object),
        people=frozenset(verbs["classes"]["people"].split()),
        bodies=frozenset(verbs["classes"]["bodies"].split()),
        undertakings=classes,
        generic=frozenset(undertakings["generic"]["words"].split()),
        naming=frozenset(n for n, kind in classes.items() if kind in _SOUGHT)
        | frozenset(f"{n}s" for n, kind in classes.items() if kind in _SOUGHT),
        screen=frozenset(forms),
        particle_screen=with_particle,
    )
