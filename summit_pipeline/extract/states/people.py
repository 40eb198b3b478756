"""Which person a phrase means that a state is told of: by name, by a noun, by a pronoun.

Belongs here: from a phrase to a person or the words for one. Does not belong here: what state they
are in (`status_readings`).
"""

from summit_pipeline.extract.framing.parties import pronoun_in
from summit_pipeline.extract.framing.phrases import Phrase
from summit_pipeline.extract.framing.tagging import NAME, PRON, View
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.extract.states.status_words import StatusWords

# How far back, in characters, the one person that a pronoun means may stand: about two sentences.
_PRONOUN_REACH = 350


def person_at(names: NameBook, view: View, where: Phrase | None) -> str | None:
    """The canonical name at the head of a phrase, if it names a person."""
    if where is None or view.tokens[where.head].tag != NAME:
        return None
    mention = names.mention_at(view.tokens[where.head].start)
    return mention.canonical if mention is not None and mention.is_person else None


def person_words(text: str, view: View, where: Phrase | None, words: StatusWords) -> str | None:
    """The words for a person without a name: "his wife", "the suspect"."""
    if where is None or view.tokens[where.head].lower not in words.people:
        return None
    return " ".join(text[view.tokens[where.first].start : view.tokens[where.last].end].split())


def pronoun_person(text: str, names: NameBook, view: View, where: Phrase | None) -> str | None:
    """The person whom the pronoun at the head of a phrase means."""
    if where is None or view.tokens[where.head].tag != PRON:
        return None
    token = view.tokens[where.head]
    found = pronoun_in(text, names, view.sentence.clean_start, token.start, token.end)
    if found is None and token.lower in ("he", "she"):
        return _only_person_before(names, token.start, "m" if token.lower == "he" else "f")
    return found if found and names.type_of(found) == "person" else None


def _only_person_before(names: NameBook, offset: int, gender: str) -> str | None:
    """The person whom "he" or "she" means if only one fits in the last stretch of text."""
    people = {
        m.canonical
        for m in names.mentions_in(max(0, offset - _PRONOUN_REACH), offset)
        if m.is_person and m.gender in (None, gender)
    }
    return people.pop() if len(people) == 1 else None
