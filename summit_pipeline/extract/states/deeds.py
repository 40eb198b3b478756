"""Deeds: what somebody does, plans, threatens, refuses or is asked to do, and what things are.

Belongs here: acts that put no undertaking into a state of the lattice ("met the queen", "refused to
testify", "claims have risen", "the law remains in force"). Does not belong here: states of
undertakings and people (`status_readings`); what governs an act (`governors`).

Rules: deed (a verb of the lexicon that somebody does), prospect (any verb under a governor), and
copula ("were uncontested").
"""

from collections.abc import Collection

from summit_pipeline.extract.framing.lemmas import noun_lemma
from summit_pipeline.extract.framing.parties import parties_in, party_of, pronoun_in
from summit_pipeline.extract.framing.phrases import (
    Phrase,
    is_time,
    phrase_from,
    phrase_to,
    subject_before,
    with_complements,
)
from summit_pipeline.extract.framing.tagging import (
    ADV,
    AUX,
    DET,
    NAME,
    NOUN,
    NUM,
    POSS,
    PREP,
    PRON,
    TO,
    VERB,
    View,
)
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.extract.states.deed_words import DeedWords
from summit_pipeline.extract.states.governors import Governor, governor_of_act
from summit_pipeline.extract.states.status_readings import StatusReading
from summit_pipeline.extract.states.status_words import StatusWords
from summit_pipeline.extract.states.undertakings import Undertaking

_PAST_AS_BASE = frozenset(("cut", "hit", "let", "put", "set", "shut", "quit", "split", "spread"))
_PARTICLES = frozenset(("up", "out", "off", "down", "over", "back", "away", "on"))
_OBJECT_PREPOSITIONS = frozenset(("to", "with", "for", "on", "from", "against"))


def deed_readings(
    text: str,
    names: NameBook,
    view: View,
    words: DeedWords,
    states: StatusWords,
    taken: Collection[int],
) -> list[StatusReading]:
    """The deeds of a sentence, in order of their verbs.

    Args:
        text: the clean text.
        names: its names.
        view: the tagged sentence.
        words: the lexicon of deeds.
        states: the lexicon of states, for the classes of undertakings and of verbs.
        taken: tokens of verbs that were read as states already.
    """
    found = []
    for at, token in enumerate(view.tokens):
        if at in taken:
            continue
        if token.lower in words.adjectives:
            reading = _copula(text, names, view, at, words, states)
        elif token.tag == VERB and token.lemma is not None:
            reading = _deed(text, names, view, at, words, states)
        else:
            reading = None
        if reading is not None:
            found.append(reading)
    return found


def _deed(
    text: str, names: NameBook, view: View, at: int, words: DeedWords, states: StatusWords
) -> StatusReading | None:
    tokens = view.tokens
    lemma = tokens[at].lemma or ""
    particle = at + 1 < len(tokens) and tokens[at + 1].lower in _PARTICLES
    last = at + 1 if particle else at
    if tokens[at].lower in words.governors and _leads_to_act(view, at):
        return None
    if lemma == "find" and _found_to_be(view, at, words):
        return None
    governor = governor_of_act(view, at, words)
    known = _known_class(view, at, lemma, words, states)
    if known is None and not _worth_telling(governor, lemma in words.no_deed and not particle):
        return None
    if governor is None and at > 0 and tokens[at - 1].tag in (TO, POSS, DET, PREP):
        return None  # a purpose, or a noun
    passive = _is_passive(view, at)
    subject = governor.actor if governor is not None else subject_before(view, at)
    if governor is None and _disagrees(view, at, subject):
        return None
    who, who_words = _who(text, names, view, subject, states)
    thing = _object(text, names, view, last)
    if passive:
        thing, who, who_words = _undergoer(text, names, view, subject, who), None, None
    elif who_words is None and (known in words.of_subject or governor is not None):
        # "Claims have risen", "the bill will become law": it is told of the thing.
        thing = _undertaken(text, names, view, subject, states) or (thing if governor else None)
        if thing is None and known in words.of_subject:
            thing = _undergoer(text, names, view, subject, None)
    declined = governor is not None and governor.denies and (who or who_words) is not None
    if not declined and not _tells_enough(thing, who, who_words, known, words, states):
        return None
    status = _class_of(lemma, particle, tokens[last].lower, known, states, words)
    return StatusReading(
        governor.at if governor is not None else at, last, status,
        "prospect" if governor is not None else "deed",
        thing, who if thing is None else None, who_words if thing is None else None,
        None if passive else subject,
        modality=governor.modality if governor is not None else None,
        denied=governor.denies if governor is not None else False,
    )  # fmt: skip


def _known_class(
    view: View, at: int, lemma: str, words: DeedWords, states: StatusWords
) -> str | None:
    """The class of the verb at token `at`, the preposition after it considered; None if none."""
    after = view.tokens[at + 1].lower if at + 1 < len(view.tokens) else ""
    if after in words.not_with.get(lemma, ()) or after not in words.only_with.get(lemma, (after,)):
        return None
    known = words.classes.get(lemma)
    return states.of_object.get(lemma) if known is None and lemma in states.any_object else known


def _disagrees(view: View, at: int, subject: Phrase | None) -> bool:
    """Whether a base form has a singular name as subject: it is a noun ("White House press")."""
    token = view.tokens[at]
    if token.lower != token.lemma or token.lower in _PAST_AS_BASE:
        return False
    return subject is None or (
        view.tokens[subject.head].tag == NAME
        and not view.tokens[subject.head].lower.endswith("s")
        and not _auxiliary_before(view, at)
    )


def _auxiliary_before(view: View, at: int) -> bool:
    return any(t.tag == AUX for t in view.tokens[max(0, at - 3) : at])


def _worth_telling(governor: Governor | None, is_light: bool) -> bool:
    """Whether a verb without a class tells enough: not light verbs, but for what isn't done."""
    return governor is not None and (governor.denies or not is_light)


def _class_of(
    lemma: str, particle: bool, after: str, known: str | None, states: StatusWords, words: DeedWords
) -> str:
    """The name of the status: the verb's class, else the verb itself with its particle."""
    if known is not None:
        return known
    if particle:
        return states.particles.get(lemma, {}).get(after, f"{lemma} {after}")
    return states.of_object.get(lemma) or states.of_person.get(lemma) or lemma


def _leads_to_act(view: View, at: int) -> bool:
    """Whether "to do" or "doing" follows: then that is the act, and this verb its governor."""
    tokens = view.tokens
    start = at + 1
    whom = phrase_from(view, start) if start < len(tokens) else None
    for first in (start, whom.last + 1 if whom is not None else start):
        for token in tokens[first : first + 3]:
            if token.tag == TO:
                return True
            if token.tag != ADV and token.lower != "not" and not is_time(token.lower):
                if first == start and token.tag == VERB and token.lower.endswith("ing"):
                    return True
                break
    return False


def _found_to_be(view: View, at: int, words: DeedWords) -> bool:
    """Whether "found" says what somebody is found to be: guilty, dead, safe."""
    return any(t.lower in words.adjectives for t in view.tokens[at + 1 : at + 5])


def _is_passive(view: View, at: int) -> bool:
    token = view.tokens[at]
    if token.lower == token.lemma or token.lower.endswith("ing"):
        return False
    back = at - 1
    while back >= 0 and view.tokens[back].tag == ADV:
        back -= 1
    return back >= 0 and view.tokens[back].tag == AUX and view.tokens[back].lemma in ("be", "get")


def _who(
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
        return None, _words(text, view, where.first, where.last)
    return None, None


def _words(text: str, view: View, first: int, last: int) -> str:
    return " ".join(text[view.tokens[first].start : view.tokens[last].end].split())


def _object(text: str, names: NameBook, view: View, last: int) -> Undertaking | None:
    """The thing or name that is the object of the words that end at token `last`."""
    tokens = view.tokens
    at = last + 1
    while at < len(tokens) and (tokens[at].tag == ADV or is_time(tokens[at].lower)):
        at += 1
    if at < len(tokens) and tokens[at].lower in _OBJECT_PREPOSITIONS:
        at += 1
    phrase = phrase_from(view, at) if at < len(tokens) else None
    return _thing(text, names, view, phrase)


def _thing(text: str, names: NameBook, view: View, phrase: Phrase | None) -> Undertaking | None:
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
    return Undertaking(start, end, _words(text, view, phrase.first, last), noun, "thing", parties)


def _undergoer(
    text: str, names: NameBook, view: View, subject: Phrase | None, who: str | None
) -> Undertaking | None:
    """What a passive or a verb of change is said of: its subject."""
    if subject is None:
        return None
    found = _thing(text, names, view, subject)
    if found is not None or who is None:
        return found
    token = view.tokens[subject.head]
    return Undertaking(token.start, token.end, who, "name", "thing", (who,))


def _undertaken(
    text: str, names: NameBook, view: View, subject: Phrase | None, states: StatusWords
) -> Undertaking | None:
    """The subject, where it is an undertaking ("the bill", "the move")."""
    if subject is None or noun_lemma(view.tokens[subject.head].lower) not in states.undertakings:
        return None
    return _thing(text, names, view, subject)


def _tells_enough(
    thing: Undertaking | None,
    who: str | None,
    who_words: str | None,
    known: str | None,
    words: DeedWords,
    states: StatusWords,
) -> bool:
    """Whether the words tell who does it, or to which name it is done."""
    if who is not None or who_words is not None:
        return thing is not None or (known is not None and known in words.of_subject)
    if thing is None:
        return False
    if thing.parties or thing.head in states.undertakings:
        return True
    return known is not None and (known in words.of_subject or known in states.of_object.values())


def _found_so(view: View, at: int) -> Phrase | None:
    """Whom "found him" speaks of, where it ends at token `at`."""
    token = view.tokens[at]
    whom = Phrase(at, at, at) if token.tag == PRON else phrase_to(view, at)
    if whom is None or whom.first < 1 or view.tokens[whom.first - 1].lemma != "find":
        return None
    return whom


def _copula(
    text: str, names: NameBook, view: View, at: int, words: DeedWords, states: StatusWords
) -> StatusReading | None:
    """A state told by an adjective: "the posts were uncontested"."""
    tokens = view.tokens
    if at + 1 < len(tokens) and tokens[at + 1].tag in (NOUN, NAME, NUM, TO):
        return None
    back = at - 1
    while back >= 0 and (tokens[back].tag == ADV or tokens[back].lower in ("still", "both")):
        back -= 1
    if back < 1:
        return None
    status, polarity = words.adjectives[tokens[at].lower]
    if tokens[back].lemma in words.copulas:
        thing = _thing(text, names, view, subject_before(view, back))
    elif status == "guilty" and (whom := _found_so(view, back)) is not None:
        thing = _undergoer(text, names, view, whom, _who(text, names, view, whom, states)[1])
        status, polarity = ("convicted", 1) if polarity > 0 else ("acquitted", 1)
    else:
        return None
    if thing is None:
        return None
    return StatusReading(back, at, status, "copula", thing, modality=None, denied=polarity < 0)


__all__ = ["Governor", "deed_readings"]
