"""What governs an act: "vowed to", "refused to", "expected to", "urged him not to", "has yet to".

Belongs here: finding the word on which an infinitive or gerund depends, and how real it makes the
act. Does not belong here: the act itself (`deeds`), or the words (`deed_words`).
"""

from typing import NamedTuple

from summit_pipeline.extract.framing.phrases import Phrase, is_time, phrase_to, subject_before
from summit_pipeline.extract.framing.tagging import ADV, AUX, CONJ, NOUN, PREP, TO, VERB, View
from summit_pipeline.extract.states.deed_words import DeedWords
from summit_pipeline.vocabulary import Modality

# Words between two acts that one word governs: "expected to meet X on Friday and to visit Y".
_JOINED_REACH = 14
_PREPOSITIONS = frozenset(("of", "on", "about", "against", "from"))
_FUTURE = frozenset(("will", "won't", "won’t", "shall"))
_ASKED = frozenset(("should", "must", "shouldn't", "shouldn’t"))
_SUPPOSED = frozenset(("would", "may", "might", "could"))


class Governor(NamedTuple):
    """What governs an act: its token, the modality that it gives, whether it denies, who acts."""

    at: int
    modality: Modality
    denies: bool
    actor: Phrase | None


def governor_of_act(view: View, verb: int, words: DeedWords) -> Governor | None:
    """The governor of the verb at token `verb`; None where the verb stands by itself."""
    tokens = view.tokens
    at = verb - 1
    while at >= 0 and (tokens[at].tag == ADV or tokens[at].lower in ("be", "have", "been")):
        at -= 1
    if at < 0:
        return None
    if tokens[at].tag == TO:
        return _of_infinitive(view, at, words)
    if tokens[verb].lower.endswith("ing"):
        return _of_gerund(view, verb, at, words)
    return _of_modal(view, verb, at)


def _of_infinitive(view: View, to: int, words: DeedWords) -> Governor | None:
    tokens = view.tokens
    at, denies = to - 1, False
    if at >= 0 and tokens[at].lower in ("not", "never"):
        at, denies = at - 1, True
    if at >= 1 and tokens[at].lower == "yet" and tokens[at - 1].lower in ("has", "have", "had"):
        return Governor(at - 1, "asserted", not denies, subject_before(view, at - 1))
    at = _over_time(view, at)
    if at < 0:
        return None
    if tokens[at].tag == CONJ and tokens[at].lower in ("and", "or"):
        return _shared(view, at, words, denies)
    found = _governing(view, at, words, denies)
    if found is not None:
        return found
    told = phrase_to(view, at)
    before = _over_time(view, told.first - 1) if told is not None else -1
    if told is None or before < 0:
        return None
    found = _governing(view, before, words, denies)
    if found is None or tokens[before].tag != VERB:
        return None
    # "Urged Doe not to sign": the one who is urged acts; but "proposed the bill to end it".
    controls = found.modality == "demanded" or tokens[before].lemma == "expect"
    return found._replace(actor=told) if controls else None


def _over_time(view: View, at: int) -> int:
    """The token before adverbs and words of time ("on Tuesday") that end at token `at`."""
    tokens = view.tokens
    while at >= 0 and (tokens[at].tag == ADV or is_time(tokens[at].lower)):
        at -= 1
        if at >= 0 and tokens[at].tag == PREP and is_time(tokens[at + 1].lower):
            at -= 1
    return at


def _shared(view: View, conjunction: int, words: DeedWords, denies: bool) -> Governor | None:
    for back in range(conjunction - 1, max(0, conjunction - _JOINED_REACH), -1):
        if view.tokens[back].tag == TO:
            found = _of_infinitive(view, back, words)
            return found._replace(denies=found.denies != denies) if found else None
    return None


def _governing(view: View, at: int, words: DeedWords, denies: bool) -> Governor | None:
    token = view.tokens[at]
    modality = words.governors.get(token.lower)
    if modality is None:
        return None
    if token.tag == AUX:
        modality = "demanded"  # "has to", "is to"
    if token.tag == NOUN and token.lower not in words.governors:
        return None
    denied = denies != (token.lower in words.denying)
    return Governor(at, modality, denied, subject_before(view, at))


def _of_gerund(view: View, verb: int, at: int, words: DeedWords) -> Governor | None:
    """The governor of "considering killing", "plans on killing", "no intention of putting"."""
    tokens = view.tokens
    governor = at - 1 if tokens[at].lower in _PREPOSITIONS else at
    if governor < 0 or governor == verb or tokens[governor].lower not in words.governors:
        return None
    if tokens[governor].tag not in (VERB, NOUN):
        return None
    modality = words.governors[tokens[governor].lower]
    denies = tokens[governor].lower in words.denying
    if governor > 0 and tokens[governor - 1].lower == "no":
        denies = not denies
    return Governor(governor, modality, denies, subject_before(view, governor))


def _of_modal(view: View, verb: int, at: int) -> Governor | None:
    """The modal verb or denial before a finite verb: "will sign", "did not sign"."""
    tokens = view.tokens
    first, denies = verb, False
    modality: Modality | None = None
    for back in range(verb - 1, max(-1, verb - 6), -1):
        word = tokens[back].lower
        if tokens[back].tag not in (AUX, ADV) and word not in ("not", "never"):
            break
        first = back
        if word in _FUTURE:
            modality = "planned"
        elif word in _SUPPOSED:
            modality = "possible"
        elif word in _ASKED:
            modality = "demanded"
        if word in ("not", "never", "cannot") or word.endswith(("n't", "n’t")):
            denies = not denies
    if modality is None and not denies:
        return None
    found: Modality = (
        "possible" if modality == "possible" else "planned" if modality else "asserted"
    )
    return Governor(first, found, denies, subject_before(view, verb))
