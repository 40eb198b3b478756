"""Deeds: what somebody does, plans, threatens, refuses or is asked to do, and what things are.

Belongs here: acts that put no undertaking into a state of the lattice ("met the queen", "refused to
testify", "claims have risen", "the law remains in force"). Does not belong here: states of
undertakings and people (`status_readings`); what governs an act (`governors`).

Rules: deed (a verb of the lexicon that somebody does), prospect (any verb under a governor), and
copula ("were uncontested").
"""

from collections.abc import Collection
from typing import NamedTuple

from summit_pipeline.extract.framing.phrases import (
    Phrase,
    is_time,
    phrase_from,
    subject_before,
)
from summit_pipeline.extract.framing.tagging import (
    ADV,
    AUX,
    DET,
    NAME,
    POSS,
    PREP,
    TO,
    VERB,
    View,
)
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.extract.states.deed_words import DeedWords
from summit_pipeline.extract.states.governors import Governor, governor_of_act
from summit_pipeline.extract.states.participants import (
    object_after,
    undergoer,
    undertaken,
    who_of,
)
from summit_pipeline.extract.states.state_adjectives import adjective_reading
from summit_pipeline.extract.states.status_readings import StatusReading
from summit_pipeline.extract.states.status_words import StatusWords
from summit_pipeline.extract.states.undertakings import Undertaking
from summit_pipeline.extract.states.voice import is_passive

_PAST_AS_BASE = frozenset(("cut", "hit", "let", "put", "set", "shut", "quit", "split", "spread"))
# How far "to" may stand before a second verb that it governs, in tokens.
_JOINED_REACH = 6
# Verbs beside those of demand whose object is who acts: "expects her to sign", "let him go".
_CONTROLS = frozenset(("expect", "want", "allow", "use", "help", "let", "mean", "set", "schedule"))
_TOLD_OF_THINGS = frozenset(("risen", "fallen"))
_PARTICLES = frozenset(("up", "out", "off", "down", "over", "back", "away", "on"))


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
            reading = adjective_reading(text, names, view, at, words, states)
        elif token.tag == VERB and token.lemma is not None:
            reading = _deed(text, names, view, at, words, states)
        else:
            reading = None
        if reading is not None:
            found.append(reading)
    return found


class _Act(NamedTuple):
    """A verb that tells a deed: its token and last token, lemma, class if known, and governor."""

    at: int
    last: int
    lemma: str
    known: str | None
    governor: Governor | None
    passive: bool


def _deed(
    text: str, names: NameBook, view: View, at: int, words: DeedWords, states: StatusWords
) -> StatusReading | None:
    act = _act(view, at, words, states)
    if act is None:
        return None
    governor = act.governor
    subject = governor.actor if governor is not None else subject_before(view, at)
    if governor is None and _is_no_finite_verb(view, at, subject):
        return None
    thing, who, who_words = _participants(text, names, view, act, subject, words, states)
    declined = governor is not None and governor.denies and (who or who_words) is not None
    if not declined and not _tells_enough(thing, who, who_words, act, words, states):
        return None
    return StatusReading(
        governor.at if governor is not None else at, act.last, _class_of(view, act, states),
        "prospect" if governor is not None else "deed",
        thing, who if thing is None else None, who_words if thing is None else None,
        None if act.passive else subject,
        modality=governor.modality if governor is not None else None,
        denied=governor.denies if governor is not None else False,
    )  # fmt: skip


def _act(view: View, at: int, words: DeedWords, states: StatusWords) -> _Act | None:
    """The verb at token `at`, if it tells a deed of its own."""
    tokens = view.tokens
    lemma = tokens[at].lemma or ""
    if tokens[at].lower in words.governors and _leads_to_act(view, at, words):
        return None
    if lemma == "find" and _found_to_be(view, at, words):
        return None
    particle = at + 1 < len(tokens) and tokens[at + 1].lower in _PARTICLES
    governor = governor_of_act(view, at, words)
    known = _known_class(view, at, lemma, words, states)
    light, passive = lemma in words.no_deed and not particle, is_passive(view, at)
    if known is None and (governor is None or (light and not governor.denies)):
        return None
    if passive and lemma in words.no_deed:
        return None  # "was not made aware"
    before = tokens[at - 1] if at else None
    if before is not None and before.tag in (TO, POSS, DET, PREP) and governor is None:
        return None  # a purpose, or a noun
    if before is not None and before.lemma == "be" and _is_base(view, at):
        return None  # "would be fine"
    return _Act(at, at + 1 if particle else at, lemma, known, governor, passive)


def _participants(
    text: str,
    names: NameBook,
    view: View,
    act: _Act,
    subject: Phrase | None,
    words: DeedWords,
    states: StatusWords,
) -> tuple[Undertaking | None, str | None, str | None]:
    """What is acted on, who acts, and the words for who acts; a passive tells no one who acts."""
    who, who_words = who_of(text, names, view, subject, states)
    if act.passive:
        return undergoer(text, names, view, subject, who), None, None
    thing = object_after(text, names, view, act.last)
    of_subject = act.known in words.of_subject
    if who is not None or who_words is not None:
        return thing, who, who_words
    # "The bill will become law", "claims have risen": it is told of the thing.
    if of_subject or act.governor is not None:
        thing = undertaken(text, names, view, subject, states) or (
            thing if act.governor is not None else None
        )
    if thing is None and of_subject:
        thing = undergoer(text, names, view, subject, None)
    return thing, None, None


def _known_class(
    view: View, at: int, lemma: str, words: DeedWords, states: StatusWords
) -> str | None:
    """The class of the verb at token `at`, the preposition after it considered; None if none."""
    after = view.tokens[at + 1].lower if at + 1 < len(view.tokens) else ""
    if after in words.not_with.get(lemma, ()) or after not in words.only_with.get(lemma, (after,)):
        return None
    known = words.classes.get(lemma)
    return states.of_object.get(lemma) if known is None and lemma in states.any_object else known


def _is_no_finite_verb(view: View, at: int, subject: Phrase | None) -> bool:
    """Whether the word is a noun, part of an infinitive, or a participle that tells no deed.

    A base form with a singular name as its subject is a noun ("White House press"), one after "and"
    continues an infinitive ("to repeal and replace"), one after "be" is none ("would be fine").
    """
    tokens, token = view.tokens, view.tokens[at]
    if token.lower.endswith("ing"):
        adverbial = at > 0 and tokens[at - 1].tag == ADV
        return adverbial and not _auxiliary_before(view, at)
    if token.lower != token.lemma or token.lower in _PAST_AS_BASE:
        return False
    if subject is None or tokens[at - 1].lemma == "be":
        return True
    if tokens[at - 1].lower in ("and", "or"):
        return any(t.tag == TO for t in tokens[max(0, at - _JOINED_REACH) : at])
    head = tokens[subject.head]
    singular = head.tag == NAME and not head.lower.endswith("s")
    return singular and not _auxiliary_before(view, at)


def _is_base(view: View, at: int) -> bool:
    token = view.tokens[at]
    return token.lower == token.lemma and token.lower not in _PAST_AS_BASE


def _auxiliary_before(view: View, at: int) -> bool:
    return any(t.tag == AUX for t in view.tokens[max(0, at - 3) : at])


def _class_of(view: View, act: _Act, states: StatusWords) -> str:
    """The name of the status: the verb's class, else the verb itself with its particle."""
    if act.known is not None:
        return act.known
    if act.last > act.at:
        after = view.tokens[act.last].lower
        return states.particles.get(act.lemma, {}).get(after, f"{act.lemma} {after}")
    return states.of_object.get(act.lemma) or states.of_person.get(act.lemma) or act.lemma


def _leads_to_act(view: View, at: int, words: DeedWords) -> bool:
    """Whether "to do" or "doing" follows: then that is the act, and this verb its governor.

    Of verbs with an object only those that make somebody act lead on ("urged him to sign"); who
    considers a plan to act considers the plan.
    """
    tokens = view.tokens
    start = at + 1
    whom = phrase_from(view, start) if start < len(tokens) else None
    makes_act = words.governors[tokens[at].lower] == "demanded" or tokens[at].lemma in _CONTROLS
    firsts = (start, whom.last + 1) if whom is not None and makes_act else (start,)
    for first in firsts:
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


def _tells_enough(
    thing: Undertaking | None,
    who: str | None,
    who_words: str | None,
    act: _Act,
    words: DeedWords,
    states: StatusWords,
) -> bool:
    """Whether the words tell who does it, or to which name it is done."""
    known, of_subject = act.known, act.known in words.of_subject
    if who is not None or who_words is not None:
        if known in _TOLD_OF_THINGS and thing is not None:
            return False  # "they grow the company"
        return thing is not None or of_subject
    if thing is None:
        return False
    if thing.parties or thing.head in states.undertakings:
        return True
    return of_subject or known in states.of_object.values()
