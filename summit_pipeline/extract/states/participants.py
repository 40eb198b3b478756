"""Who acts and what is acted on, as noun phrases beside a verb tell it.

Belongs here: from a phrase to a name, to words for a person or body, or to a thing with its names.
Does not belong here: which verb tells a deed (`deeds`), or undertakings by class (`undertakings`).
"""

from summit_pipeline.extract.framing.lemmas import noun_lemma
from summit_pipeline.extract.framing.parties import parties_in, party_of, pronoun_in
from summit_pipeline.extract.framing.phrases import Phrase, is_time, phrase_from, with_complements
from summit_pipeline.extract.framing.tagging import ADV, NAME, NOUN, PRON, View
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.extract.states.status_words import StatusWords
from summit_pipeline.extract.states.undertakings import Undertaking

_PARTITIVES = frozenset(("any", "all", "some", "most", "many", "none", "both", "each", "one"))
_OBJECT_PREPOSITIONS = frozenset(("to", "with", "for", "on", "from", "against"))


def who_of(
    text: str, names: NameBook, view: View, where: Phrase | None, states: StatusWords
) -> tuple[str | None, str | None]:
    """Who a subject is, as a canonical name, and in words; both None for things."""
    if where is None:
        return None, None
    head = view.tokens[where.head]
    if head.tag == PRON:
        found = pronoun_in(text, names, view.sentence.clean_start, head.start, head.end)
        human = head.lower in ("he", "she")
        return found, found or (head.lower if human else None)
    if head.tag == NAME:
        mention = names.mention_at(head.start)
        party = party_of(text, mention) if mention is not None else None
        return party, party
    if head.lower in states.people or head.lower in states.bodies:
        return None, words_of(text, view, where.first, where.last)
    return None, None


def words_of(text: str, view: View, first: int, last: int) -> str:
    """The words of tokens `first` to `last`, blanks evened out."""
    return " ".join(text[view.tokens[first].start : view.tokens[last].end].split())


def object_after(text: str, names: NameBook, view: View, last: int) -> Undertaking | None:
    """The thing or name that is the object of the words that end at token `last`."""
    tokens = view.tokens
    at = last + 1
    while at < len(tokens) and (tokens[at].tag == ADV or is_time(tokens[at].lower)):
        at += 1
    if at < len(tokens) and tokens[at].lower in _OBJECT_PREPOSITIONS:
        at += 1
    if at + 2 < len(tokens) and tokens[at].lower in _PARTITIVES and tokens[at + 1].lower == "of":
        at += 2  # "any of the subpoenas"
    phrase = phrase_from(view, at) if at < len(tokens) else None
    return thing_of(text, names, view, phrase)


def thing_of(text: str, names: NameBook, view: View, phrase: Phrase | None) -> Undertaking | None:
    """What a phrase names, with its complements' names; None for a name that is no party."""
    if phrase is None:
        return None
    head = view.tokens[phrase.head]
    if head.lemma is not None and head.lower.endswith("ed"):
        return None  # "the proposed": its noun stands behind an amount
    last = with_complements(view, phrase)
    start, end = view.tokens[phrase.first].start, view.tokens[last].end
    parties = parties_in(text, names, start, end)
    if head.tag == NAME and not parties:
        return None
    noun = noun_lemma(head.lower) if head.tag == NOUN else "name"
    return Undertaking(start, end, words_of(text, view, phrase.first, last), noun, "thing", parties)


def undergoer(
    text: str, names: NameBook, view: View, subject: Phrase | None, who: str | None
) -> Undertaking | None:
    """What a passive or a verb of change is said of: its subject."""
    if subject is None:
        return None
    found = thing_of(text, names, view, subject)
    if found is not None or who is None:
        return found
    token = view.tokens[subject.head]
    return Undertaking(token.start, token.end, who, "name", "thing", (who,))


def undertaken(
    text: str, names: NameBook, view: View, subject: Phrase | None, states: StatusWords
) -> Undertaking | None:
    """The subject, where it is an undertaking ("the bill", "the move")."""
    if subject is None or noun_lemma(view.tokens[subject.head].lower) not in states.undertakings:
        return None
    return thing_of(text, names, view, subject)
