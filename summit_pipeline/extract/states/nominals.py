"""States told by a noun: "opposition to the deal", "Jane Doe's arrest", "led to a delay".

Belongs here: nouns of a state, with what they are said of. Does not belong here: verbs and
participles (`status_readings`), or the words (`status_words`).
"""

from summit_pipeline.extract.framing.phrases import Phrase, phrase_from, phrase_to, subject_before
from summit_pipeline.extract.framing.tagging import DET, NAME, NOUN, POSS, PREP, VERB, View
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.extract.states.participants import thing_of
from summit_pipeline.extract.states.people import person_at, person_words, pronoun_person
from summit_pipeline.extract.states.status_readings import StatusReading
from summit_pipeline.extract.states.status_words import StatusWords
from summit_pipeline.extract.states.undertakings import Undertaking, after_verb

_HIS = frozenset(("his", "her", "its", "their"))
_INTO = frozenset(("of", "in", "to", "for"))


def nominal_reading(
    text: str, names: NameBook, view: View, at: int, words: StatusWords
) -> StatusReading | None:
    """The state that the noun at token `at` tells, with its undertaking or person."""
    lower = view.tokens[at].lower
    found = None
    if lower in words.nouns:
        found = _of_undertaking(text, names, view, at, words)
    if found is None and lower in words.person_nouns:
        found = _of_person(text, names, view, at, words)
    if found is None and lower in words.caused_nouns:
        found = _caused(text, names, view, at, words)
    return found


def _of_undertaking(
    text: str, names: NameBook, view: View, at: int, words: StatusWords
) -> StatusReading | None:
    """A noun of a state and its undertaking: "opposition to the deal"."""
    if at + 2 >= len(view.tokens) or view.tokens[at + 1].lower not in words.noun_prepositions:
        return None
    undertaking = after_verb(text, names, view, at, words)
    if undertaking is None:
        return None
    owner = _owner(view, at)
    return StatusReading(
        at, at, words.nouns[view.tokens[at].lower], "nominal", undertaking, actor=owner
    )


def _owner(view: View, at: int) -> Phrase | None:
    """Whose the noun at token `at` is: the name before "'s", or the pronoun."""
    tokens = view.tokens
    if at >= 2 and tokens[at - 1].tag == POSS:
        return Phrase(at - 2, at - 2, at - 2)
    if at >= 1 and tokens[at - 1].lower in _HIS:
        return Phrase(at - 1, at - 1, at - 1)
    return None


def _of_person(
    text: str, names: NameBook, view: View, at: int, words: StatusWords
) -> StatusReading | None:
    """A noun of a person's state: "the firing of Jane Doe", "her resignation"."""
    tokens = view.tokens
    where = _owner(view, at)
    if where is None and at + 2 < len(tokens) and tokens[at + 1].lower == "of":
        where = phrase_from(view, at + 2)
    if where is None:
        return None
    name = person_at(names, view, where)
    if name is None and tokens[where.head].lower in _HIS:
        name = pronoun_person(text, names, view, where)
    who = name or person_words(text, view, where, words)
    if who is None:
        return None
    status = words.person_nouns[tokens[at].lower]
    return StatusReading(at, at, status, "nominal", None, name, who)


def _caused(
    text: str, names: NameBook, view: View, at: int, words: StatusWords
) -> StatusReading | None:
    """A noun that a verb of causing or befalling brings about: "will lead to a delay"."""
    verb = _bringing(view, at, words)
    if verb is None:
        return None
    tokens = view.tokens
    status = words.caused_nouns[tokens[at].lower]
    thing = None
    if at + 2 < len(tokens) and tokens[at + 1].tag == PREP and tokens[at + 1].lower in _INTO:
        start = at + 2 + (tokens[at + 2].tag == VERB)  # "a delay in issuing the cheques"
        phrase = phrase_from(view, start) if start < len(tokens) else None
        thing = thing_of(text, names, view, phrase)
    if thing is None:
        noun = " ".join(text[tokens[at].start : tokens[at].end].split())
        thing = Undertaking(tokens[at].start, tokens[at].end, noun, "", "thing", ())
    return StatusReading(verb, at, status, "caused", thing, actor=subject_before(view, verb))


def _bringing(view: View, at: int, words: StatusWords) -> int | None:
    """The verb before a noun that brings about what the noun tells; None if there is none."""
    tokens = view.tokens
    phrase = phrase_to(view, at)
    if phrase is None:
        return None
    verb = phrase.first - 1
    if verb >= 2 and tokens[verb].lower == "of" and tokens[verb - 1].lower in ("kind", "sort"):
        verb -= 2
        while verb >= 0 and tokens[verb].tag in (DET, NOUN, NAME):
            verb -= 1
    if verb >= 1 and tokens[verb].lower in ("to", "in", "about"):
        verb -= 1
    if verb < 0 or tokens[verb].lemma is None:
        return None
    lemma = tokens[verb].lemma
    if lemma in words.causing and tokens[verb].tag == VERB:
        return verb
    there = any(t.lower == "there" for t in tokens[max(0, verb - 4) : verb])
    return verb if lemma == "be" and there else None
