"""The undertaking that a status is a state of: found beside the verb, and named by its document.

Belongs here: from a noun phrase or a pronoun to an undertaking with class and parties. Does not
belong here: the states (`statuses`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from summit_pipeline.extract.framing.lemmas import noun_lemma
from summit_pipeline.extract.framing.parties import described_in, parties_in, pronoun_in
from summit_pipeline.extract.framing.phrases import (
    Phrase,
    is_time,
    over_aside,
    phrase_from,
    phrase_to,
    subject_before,
    with_complements,
)
from summit_pipeline.extract.framing.tagging import (
    ADV,
    AUX,
    CONJ,
    DET,
    MARK,
    NAME,
    NOUN,
    NUM,
    PREP,
    PRON,
    TO,
    VERB,
    Tok,
    View,
)
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.extract.states.status_words import StatusWords

_THING_PRONOUNS = frozenset(("it", "this", "them"))
# Undertakings whose names are told by their last word ("the Clean Air Act").
_NAMED_KINDS = frozenset(("law", "agreement"))
# How far an undertaking may stand from its verb, in tokens.
_REACH = 14


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What a state is a state of. Offsets are clean; `is_bare` says that it names no party."""

    start: int
    end: int
    text: str
    head: str
    kind: str
    parties: tuple[str, ...]
    is_pronoun: bool = False
    owner_by_pronoun: str | None = None

    @property
    def is_bare(self) -> bool:
        """Whether the words alone don't tell which undertaking is meant."""
        return self.is_pronoun or len(self.parties) == 0


def after_verb(
    text: str, names: NameBook, view: View, at: int, words: StatusWords
) -> Undertaking | None:
    """The undertaking that is the object of the verb at token `at`."""
    tokens = view.tokens
    start = at + 1
    while start < len(tokens) and (
        tokens[start].tag == ADV or tokens[start].lower in ("off", "down", "out", "up")
    ):
        start += 1
    if start < len(tokens) and tokens[start].lower in (
        "in",
        "on",
        "with",
        "from",
        "to",
        "for",
        "of",
        "against",
    ):
        start += 1
    if start >= len(tokens):
        return None
    if tokens[start].lower in _THING_PRONOUNS and _ends_phrase(view, start + 1):
        return _pronoun(text, tokens[start])
    phrase = phrase_from(view, start)
    if phrase is None:
        return None
    for index in _heads(view, phrase):
        found = _at_noun(text, names, view, index, words)
        if found is not None:
            return found
    return None


def _heads(view: View, phrase: Phrase) -> list[int]:
    """The head of a phrase and, through "of", of its complements ("completion of the deal")."""
    found = [phrase.head]
    while len(found) < 4:
        at = found[-1] + 1
        if at + 1 >= len(view.tokens) or view.tokens[at].lower != "of":
            break
        following = phrase_from(view, at + 1)
        if following is None:
            break
        found.append(following.head)
    return found


def anything_after(text: str, names: NameBook, view: View, at: int) -> Undertaking | None:
    """Whatever thing is the object of the verb at token `at`: its head must be a common noun."""
    phrase = phrase_from(view, at + 1) if at + 1 < len(view.tokens) else None
    if phrase is None or view.tokens[phrase.head].tag != NOUN:
        return None
    last = with_complements(view, phrase)
    start, end = view.tokens[phrase.first].start, view.tokens[last].end
    head = noun_lemma(view.tokens[phrase.head].lower)
    words_of_it = " ".join(text[start:end].split())
    return Undertaking(start, end, words_of_it, head, "thing", parties_in(text, names, start, end))


def _ends_phrase(view: View, at: int) -> bool:
    return at >= len(view.tokens) or view.tokens[at].tag not in (NOUN, NAME, NUM)


def before_verb(
    text: str, names: NameBook, view: View, at: int, words: StatusWords
) -> Undertaking | None:
    """The undertaking that is the subject of the verb at token `at`."""
    tokens = view.tokens
    subject = subject_before(view, at)
    if subject is not None and tokens[subject.head].tag == NOUN and not _is_purpose(view, subject):
        return _at_noun(text, names, view, subject.head, words)
    index = at - 1
    while index >= 0 and tokens[index].tag in (AUX, ADV):
        index -= 1
    if index >= 0 and tokens[index].lower == ",":
        index = over_aside(view, index)
    while index >= 0 and at - index <= _REACH:
        token = tokens[index]
        if token.tag == PRON:
            return _pronoun(text, token) if token.lower in _THING_PRONOUNS else None
        if _stops(view, index):
            return None
        found = _at_noun(text, names, view, index, words) if token.tag == NOUN else None
        if found is not None:
            return found
        index -= 1
    return None


def _is_purpose(view: View, subject: Phrase) -> bool:
    """Whether a phrase is only the object of "to buy ...", so that the subject stands before it."""
    first = subject.first
    return first > 0 and view.tokens[first - 1].tag in (VERB, PREP)


def _pronoun(text: str, token: Tok) -> Undertaking:
    written = text[token.start : token.end]
    return Undertaking(token.start, token.end, written, "it", "pronoun", (), True)


def _stops(view: View, index: int) -> bool:
    """Whether the token ends the stretch in which a verb's subject can stand."""
    token = view.tokens[index]
    if token.tag == MARK:
        following = view.tokens[index + 1].lower if index + 1 < len(view.tokens) else ""
        return following not in ("which", "that")
    if token.tag == VERB:
        return index > 0 and not _inside_phrase(view, index)
    return token.tag == CONJ and token.lower not in ("which", "that", "and", "or")


def _inside_phrase(view: View, index: int) -> bool:
    """Whether a verb belongs to a noun before it: "bid to buy X", "attempt and take over X"."""
    before = view.tokens[index - 1]
    return before.tag in (TO, NOUN) or (
        before.lower == "and" and view.tokens[index].lemma == "take"
    )


def _at_noun(
    text: str, names: NameBook, view: View, index: int, words: StatusWords
) -> Undertaking | None:
    """The undertaking whose head noun is token `index`."""
    token = view.tokens[index]
    lemma = noun_lemma(token.lower)
    kind = words.undertakings.get(token.lower) or words.undertakings.get(lemma)
    if kind is None or _modifies(view, index) or _is_in_order_to(view, index):
        return None
    if token.tag != NOUN and not (token.tag == NAME and kind in _NAMED_KINDS):
        return None
    if kind == "plan" and _is_takeover(view, index):
        kind = "takeover"
    phrase = phrase_to(view, index)
    if phrase is None:
        return None
    last = _with_purpose(view, with_complements(view, phrase))
    start, end = view.tokens[phrase.first].start, view.tokens[last].end
    parties = parties_in(text, names, start, end)
    described = described_in(text, names, start, end)
    owner = pronoun_in(text, names, view.sentence.clean_start, start, end)
    first = described or owner
    if first is not None and first not in parties:
        parties = (first, *parties)
    words_of_it = " ".join(text[start:end].split())
    return Undertaking(start, end, words_of_it, lemma, kind, parties, False, owner)


def _is_in_order_to(view: View, index: int) -> bool:
    tokens = view.tokens
    return (
        tokens[index].lower == "order"
        and 0 < index < len(tokens) - 1
        and tokens[index - 1].lower == "in"
        and tokens[index + 1].tag == TO
    )


def _is_takeover(view: View, index: int) -> bool:
    """Whether "to buy" or "and take over" after a noun like "attempt" tells what is attempted."""
    following = view.tokens[index + 1 : index + 3]
    return (
        len(following) == 2
        and following[0].lower in ("to", "and")
        and following[1].lemma in ("buy", "acquire", "purchase", "take", "merge")
    )


def _modifies(view: View, index: int) -> bool:
    """Whether the noun only modifies the next one ("bid price")."""
    if index + 1 >= len(view.tokens):
        return False
    following = view.tokens[index + 1]
    return following.tag == NOUN and not is_time(following.lower)


def _with_purpose(view: View, last: int) -> int:
    """The last token with "to buy X" after it."""
    tokens = view.tokens
    if last + 2 < len(tokens) and _leads_on(view, last):
        at = last + 3
        while at < len(tokens) and tokens[at].lower in ("over", "out", "up", "off", "down"):
            at += 1
        following = (
            phrase_from(view, at)
            if at < len(tokens) and tokens[at].tag in (DET, NOUN, NAME)
            else None
        )
        return with_complements(view, following) if following else last + 2
    return last


def _leads_on(view: View, last: int) -> bool:
    tokens = view.tokens
    if tokens[last + 1].tag == TO and tokens[last + 2].tag == VERB:
        return True
    return tokens[last + 1].lower == "and" and _is_takeover(view, last)


def undertakings_in(
    text: str, names: NameBook, view: View, words: StatusWords
) -> list[Undertaking]:
    """All undertakings that the sentence names with a party, in order."""
    found = []
    for index, token in enumerate(view.tokens):
        if token.tag == NOUN:
            undertaking = _at_noun(text, names, view, index, words)
            if undertaking is not None and undertaking.parties:
                found.append(undertaking)
    return found


def last_meant(
    earlier: Sequence[Undertaking], bare: Undertaking, words: StatusWords
) -> Undertaking | None:
    """The undertaking that "the deal" or "it" means: the last one before with parties.

    A noun means the last one of its own class or head, a pronoun the last of any.
    """
    for found in reversed(earlier):
        fits = bare.is_pronoun or found.kind == bare.kind or found.head == bare.head
        if fits and found.start < bare.start and found.parties and not found.is_pronoun:
            return found
    return None
