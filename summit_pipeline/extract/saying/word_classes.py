"""Closed word classes of English, and the few open ones, that reading clauses needs.

Belongs here: which words are auxiliaries, prepositions, adverbs and so on. Does not belong here:
what a sequence of them means (`noun_phrases`, `subjects`). The words stand in
`lexicons/data/clause_words.toml`.
"""

from summit_pipeline.extract.saying.clauses import Token
from summit_pipeline.lexicons import load_toml

_WORDS = {name: frozenset(words.split()) for name, words in load_toml("clause_words.toml").items()}
AUXILIARIES = _WORDS["auxiliaries"]
ADVERBS = _WORDS["adverbs"]
DETERMINERS = _WORDS["determiners"]
# "He’d", "they've": a subject with its auxiliary in one token. "It's" is left out: what it opens
# mostly says nothing of anybody ("it's worth noting").
CONTRACTED = {
    f"{pronoun}{mark}{ending}": pronoun
    for pronoun in ("he", "she", "they", "i", "we", "you", "who")
    for mark in "’'"
    for ending in ("s", "d", "ll", "ve", "re", "m")
}
PRONOUNS = _WORDS["subject_pronouns"] | CONTRACTED.keys()
RELATIVES = _WORDS["relatives"]
SUBORDINATORS = _WORDS["subordinators"]
PREPOSITIONS = _WORDS["prepositions"]
TEMPORAL = _WORDS["temporal"]
FINITE_VERBS = _WORDS["finite_verbs"]
INFINITIVE_GOVERNORS = _WORDS["infinitive_governors"]
NOMINATIVES = frozenset(["he", "she", "they", "i", "we", "there"])
PERSONAL_PRONOUNS = frozenset(["he", "she", "they", "i", "we", "you", "it"])
# Nouns that name somebody by a role, or a body that speaks through people.
ROLE_NOUNS = frozenset(load_toml("titles.toml")["roles"]["nouns"]) | frozenset(
    load_toml("role_nouns.toml")["groups"]["nouns"]
)
_LY_NOUNS = frozenset(
    [
        "family",
        "italy",
        "ally",
        "reply",
        "supply",
        "assembly",
        "rally",
        "july",
        "weekly",
        "daily",
        "kelly",
    ]
)


def is_adverb(token: Token) -> bool:
    """Whether the token is an adverb that may stand between subject and verb."""
    lower = token.lower
    if lower in ADVERBS:
        return True
    return (
        lower.endswith("ly") and len(lower) > 4 and token.text == lower and lower not in _LY_NOUNS
    )
