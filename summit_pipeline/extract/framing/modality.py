"""Whether a clause asserts, plans, supposes, demands, asks or denies what it says.

Belongs here: modality and polarity of a stretch of tokens. Does not belong here: which stretch
governs a claim (`frames`, `statuses`).
"""

import functools
from collections.abc import Sequence

from summit_pipeline.extract.framing.tagging import Tok
from summit_pipeline.lexicons import load_toml
from summit_pipeline.vocabulary import Modality, Sentence


@functools.cache
def _words(key: str) -> frozenset[str]:
    return frozenset(load_toml("modality.toml")[key].split())


@functools.cache
def is_negative(word: str) -> bool:
    """Whether a word in lower case denies."""
    return word in _words("negation") or word.endswith(("n't", "n’t"))


@functools.cache
def is_prospect(noun: str) -> bool:
    """Whether a noun in lower case makes what it governs a prospect: hopes, fears, chances."""
    return noun in _words("prospect_nouns")


def polarity_of(governing: Sequence[Tok]) -> int:
    """-1 if the tokens hold an odd number of denials, else 1."""
    denials = sum(is_negative(t.lower) for t in governing)
    return -1 if denials % 2 else 1


def modality_of(governing: Sequence[Tok], opening: str, is_question: bool) -> Modality:
    """The modality that governing words (subject to verb) and the clause's first word give."""
    if is_question:
        return "question"
    if opening in _words("conditional"):
        return "conditional"
    words = {t.lower for t in governing}
    if words & _words("possible"):
        return "possible"
    if words & _words("demanded"):
        return "demanded"
    if words & _words("planned"):
        return "planned"
    return "asserted"


def is_question(text: str, sentence: Sentence) -> bool:
    """Whether a sentence ends in a question mark, closing marks aside."""
    low = max(sentence.clean_start, sentence.clean_end - 5)
    return text[low : sentence.clean_end].rstrip("”\"’' )").endswith("?")
