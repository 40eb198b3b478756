"""Base forms of verbs and nouns, and the readings that a word allows.

Belongs here: inflection. Does not belong here: deciding which reading a word has in its sentence
(`tagging`).
"""

import functools

from summit_pipeline.lexicons import load_toml

_VOWELS = frozenset("aeiou")
_IRREGULAR_NOUNS = {
    "men": "man", "women": "woman", "children": "child", "people": "people", "feet": "foot",
    "teeth": "tooth", "lives": "life", "wives": "wife", "knives": "knife", "policemen": "policeman",
    "countries": "country", "casualties": "casualty", "news": "news", "series": "series",
    "species": "species", "crises": "crisis", "data": "data", "media": "media", "goods": "goods",
    "sales": "sales", "earnings": "earnings", "talks": "talks", "damages": "damages",
    "means": "means", "troops": "troop", "savings": "saving", "headquarters": "headquarters",
    "proceeds": "proceeds", "gas": "gas", "congress": "congress", "business": "business",
    "loss": "loss", "virus": "virus", "surplus": "surplus", "bonus": "bonus",
    "stimulus": "stimulus",
    "census": "census", "crisis": "crisis", "basis": "basis", "analysis": "analysis",
}  # fmt: skip


@functools.cache
def verb_forms() -> dict[str, str]:
    """Inflected form -> base form, of all verbs in the lexicon."""
    lexicon = load_toml("verbs.toml")
    forms: dict[str, str] = {}
    for base in lexicon["regular"].split():
        for form in _regular_forms(base):
            forms.setdefault(form, base)
    for entry in lexicon["irregular"].split(";"):
        base, past, participle = entry.split()
        # Irregular verbs and those that double are stressed on the last syllable: "beginning".
        doubled = {base + base[-1] + "ing"} if _ends_short(base) else set()
        for form in (past, participle, base, *_regular_forms(base)[1:3], *doubled):
            forms[form] = base
    forms.update(dict.fromkeys(("is", "are", "am", "being", "be", "was", "were", "been"), "be"))
    forms.update({"has": "have", "having": "have", "does": "do", "goes": "go", "dying": "die"})
    forms.update({"lying": "lie", "tying": "tie"})
    return forms


def _regular_forms(base: str) -> tuple[str, str, str, str]:
    """Base, -s, -ing and -ed form."""
    if base.endswith("ee"):
        return base, base + "s", base + "ing", base + "d"
    if base.endswith("e"):
        return base, base + "s", base[:-1] + "ing", base + "d"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base, base[:-1] + "ies", base + "ing", base[:-1] + "ied"
    doubled = base + base[-1] if _doubles(base) else base
    third = base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    return base, third, doubled + "ing", doubled + "ed"


def _doubles(base: str) -> bool:
    """Whether the last consonant is doubled: in verbs of one syllable with one vowel letter.

    Of longer verbs those that are stressed on the last syllable double too ("admit"); the lexicon's
    `irregular` list gives these. The others don't ("open", "visit").
    """
    return _ends_short(base) and not _VOWELS & set(base[:-2].removesuffix("u"))


def _ends_short(base: str) -> bool:
    """Whether a verb ends in one vowel letter and one consonant that can be doubled."""
    if len(base) < 3 or base[-1] in "wxyaeiou" or base[-2] not in _VOWELS:
        return False
    return base[-3] not in _VOWELS or base.startswith("qu")


@functools.cache
def noun_too() -> frozenset[str]:
    """Base forms that are nouns as often as verbs."""
    return frozenset(load_toml("verbs.toml")["noun_too"].split())


def verb_lemma(word: str) -> str | None:
    """The base form of a verb of the lexicon; None for any other word. `word` in lower case."""
    return verb_forms().get(word)


def noun_lemma(word: str) -> str:
    """The singular of a noun in lower case, by rule; words it can't treat stay as they are."""
    found = _IRREGULAR_NOUNS.get(word)
    if found is not None:
        return found
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word[:-1]


@functools.cache
def grammar_words(name: str) -> frozenset[str]:
    """A closed word list of `grammar_words.toml`."""
    return frozenset(load_toml("grammar_words.toml")[name].split())
