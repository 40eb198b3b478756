"""The lexicon of deeds, governors and state adjectives, in the shape that rules look words up in.

Belongs here: reading `deeds.toml`. Does not belong here: any rule.
"""

import functools
from dataclasses import dataclass

from summit_pipeline.extract.framing.lemmas import verb_forms
from summit_pipeline.lexicons import load_toml
from summit_pipeline.vocabulary import Modality

_REALITY: tuple[Modality, ...] = ("planned", "possible", "demanded", "asserted")


@dataclass(frozen=True, slots=True)
class DeedWords:
    """Classes of deeds by base form of verb; governors and adjectives by the word as written.

    `adjectives` gives the class and the polarity of each; `denying` are governors that say that
    something isn't done. `only_with` and `not_with` are prepositions that a verb's class needs or
    excludes.
    """

    classes: dict[str, str]
    only_with: dict[str, frozenset[str]]
    not_with: dict[str, frozenset[str]]
    of_subject: frozenset[str]
    governors: dict[str, Modality]
    denying: frozenset[str]
    no_deed: frozenset[str]
    adjectives: dict[str, tuple[str, int]]
    copulas: frozenset[str]
    screen: frozenset[str]


@functools.cache
def deed_words() -> DeedWords:
    """The lexicon; read once."""
    lexicon = load_toml("deeds.toml")
    classes: dict[str, str] = {}
    for name, verbs in lexicon["verbs"].items():
        for verb in verbs.split():
            classes.setdefault(verb, name)
    governors: dict[str, Modality] = {}
    for modality in _REALITY:
        for word in lexicon["governors"][modality].split():
            governors.setdefault(word, modality)
    denying = frozenset(lexicon["governors"]["denied"].split())
    for word in denying:
        governors.setdefault(word, "asserted")
    adjectives: dict[str, tuple[str, int]] = {}
    for name, words in lexicon["adjectives"].items():
        if name != "copulas":
            plain, _, opposite = words.partition("|")
            adjectives.update(dict.fromkeys(plain.split(), (name, 1)))
            adjectives.update(dict.fromkeys(opposite.split(), (name, -1)))
    deeds = {form for form, base in verb_forms().items() if base in classes}
    return DeedWords(
        classes=classes,
        only_with={verb: frozenset(p.split()) for verb, p in lexicon["only_with"].items()},
        not_with={verb: frozenset(p.split()) for verb, p in lexicon["not_with"].items()},
        of_subject=frozenset(lexicon["of_subject"]["classes"].split()),
        governors=governors,
        denying=denying,
        no_deed=frozenset(lexicon["no_deed"]["verbs"].split()),
        adjectives=adjectives,
        copulas=frozenset(lexicon["adjectives"]["copulas"].split()),
        screen=frozenset((*deeds, *governors, *adjectives, *_MODALS)),
    )


_MODALS = ("will", "won", "would", "not", "cannot", "can", "never", "yet", "may", "might", "could")
