"""Status verbs and participles of a sentence, with what they are said of.

Belongs here: the grammar of a state: active, passive, infinitive, gerund, attributive, and states
of people. Does not belong here: nouns (`nominals`), the words (`status_words`), undertakings
(`undertakings`), which person a phrase means (`people`), or how real a state is (`statuses`).
"""

from dataclasses import dataclass

from summit_pipeline.extract.framing.lemmas import noun_lemma
from summit_pipeline.extract.framing.phrases import (
    Phrase,
    clause_start,
    is_time,
    phrase_from,
    subject_before,
)
from summit_pipeline.extract.framing.tagging import (
    ADV,
    AUX,
    DET,
    MARK,
    NAME,
    NOUN,
    PREP,
    TO,
    VERB,
    View,
)
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.extract.states.people import person_at, person_words, pronoun_person
from summit_pipeline.extract.states.status_words import StatusWords
from summit_pipeline.extract.states.undertakings import (
    Undertaking,
    after_verb,
    anything_after,
    before_verb,
)
from summit_pipeline.extract.states.voice import is_passive
from summit_pipeline.vocabulary import Modality

# How many tokens "which" may stand before its verb: subject, auxiliaries and adverbs between.
_RELATIVE_REACH = 7
# Verbs whose object may be what an undertaking gets through ("the bill cleared the House").
_THROUGH = frozenset(("pass", "clear"))


@dataclass(frozen=True, slots=True)
class StatusReading:
    """A status verb or noun with what it is said of, before its clause is weighed.

    `first` and `last` are tokens; `person` is canonical, `person_words` what the text calls them.
    `modality` and `denied` are what a governor gives ("refused to"); None leaves it to the clause.
    """

    first: int
    last: int
    status: str
    rule: str
    undertaking: Undertaking | None = None
    person: str | None = None
    person_words: str | None = None
    actor: Phrase | None = None
    modality: Modality | None = None
    denied: bool = False


def status_readings(
    text: str, names: NameBook, view: View, words: StatusWords
) -> list[StatusReading]:
    """The readings of a sentence, in order of their verbs and participles."""
    found = []
    for at, token in enumerate(view.tokens):
        if token.tag in (NAME, MARK):
            continue
        reading = None
        if token.tag == VERB and token.lemma is not None:
            reading = _verb(text, names, view, at, words)
        elif token.tag == NOUN:
            reading = _attributive(text, names, view, at, words)
        if reading is not None:
            found.append(reading)
    return found


def _verb(
    text: str, names: NameBook, view: View, at: int, words: StatusWords
) -> StatusReading | None:
    lemma = view.tokens[at].lemma or ""
    if _is_compound(view, at):
        return None
    particle, last = _particle(view, at, words)
    passive = is_passive(view, at)
    person = _of_person(text, names, view, at, passive, words) if particle is None else None
    status = particle or words.of_object.get(lemma)
    if lemma == "kill" and passive:
        return person
    if status is not None:
        opposed_to = lemma == "oppose" and _next_is(view, at, TO)
        if (passive or _is_reduced(view, at)) and not opposed_to:
            undertaking = before_verb(text, names, view, at, words)
            if undertaking is not None:
                actor = _agent(view, last)
                return StatusReading(at, last, status, "passive", undertaking, actor=actor)
        else:
            found = _active(text, names, view, (at, last), status, words)
            if found is not None:
                return found
    if person is not None:
        return person
    status = particle or words.of_subject.get(lemma)
    governor = governor_of(view, at)
    free = governor is None or view.tokens[governor].tag not in (NOUN, NAME)
    if status is not None and not passive and free and _object(view, last) is None:
        undertaking = before_verb(text, names, view, at, words)
        if undertaking is not None and not undertaking.is_pronoun:
            return StatusReading(at, last, status, "subject", undertaking)
    return None


def _active(
    text: str, names: NameBook, view: View, verb: tuple[int, int], status: str, words: StatusWords
) -> StatusReading | None:
    """A state of the verb's object, or of what "which" stands for; `verb` with its particle."""
    at, last = verb
    lemma = view.tokens[at].lemma or ""
    undertaking = after_verb(text, names, view, last, words)
    if undertaking is None and not _next_is(view, last, TO):
        undertaking = _relative(text, names, view, at, words)
    if undertaking is None and lemma in words.any_object and at == last:
        undertaking = anything_after(text, names, view, last)
    if undertaking is not None:
        rule = _active_rule(view, at)
        return StatusReading(at, last, status, rule, undertaking, actor=_actor(view, at, words))
    where = _object(view, at) if lemma in _THROUGH else None
    return _through(text, names, view, at, where, words) if where is not None else None


def _through(
    text: str, names: NameBook, view: View, at: int, where: Phrase, words: StatusWords
) -> StatusReading | None:
    """A bill that passes or clears a chamber or committee: its subject is in that state."""
    token = view.tokens[where.head]
    mention = names.mention_at(token.start) if token.tag == NAME else None
    named = mention is not None and mention.name_type == "organisation"
    undertaking = before_verb(text, names, view, at, words)
    if undertaking is None or not (named or noun_lemma(token.lower) in words.bodies):
        return None
    return StatusReading(at, at, "passed", "subject", undertaking)


def _is_compound(view: View, at: int) -> bool:
    """Whether a word in -ing is part of a noun phrase: "record breaking events"."""
    if not view.tokens[at].lower.endswith("ing") or not _next_is(view, at, NOUN):
        return False
    return at > 0 and view.tokens[at - 1].tag in (NOUN, DET)


def _next_is(view: View, at: int, tag: int) -> bool:
    return at + 1 < len(view.tokens) and view.tokens[at + 1].tag == tag


def _particle(view: View, at: int, words: StatusWords) -> tuple[str | None, int]:
    """The state of a verb with particle ("called off"), and the last token of its words."""
    options = words.particles.get(view.tokens[at].lemma or "")
    if options:
        between = phrase_from(view, at + 1) if at + 1 < len(view.tokens) else None
        if between is not None:
            # "Put the visit on ice": the particle follows the object.
            rest = " ".join(t.lower for t in view.tokens[between.last + 1 : between.last + 3])
            if rest in options and " " in rest:
                return options[rest], at
        for length in (2, 1):
            following = view.tokens[at + 1 : at + 1 + length]
            rest = " ".join(t.lower for t in following)
            if rest in options:
                return options[rest], at + len(following)
    return None, at


def _is_reduced(view: View, at: int) -> bool:
    """Whether the participle follows its noun and names the doer: "a deal blocked by Biden"."""
    tokens = view.tokens
    return at + 1 < len(tokens) and tokens[at + 1].lower == "by" and tokens[at].lower.endswith("ed")


def _active_rule(view: View, at: int) -> str:
    if at > 0 and view.tokens[at - 1].tag == TO:
        return "infinitive"
    if view.tokens[at].lower.endswith("ing") and not (at and view.tokens[at - 1].lemma == "be"):
        return "gerund"
    return "active"


def _agent(view: View, last: int) -> Phrase | None:
    """The doer of a passive: the phrase after "by", a few words on."""
    for index in range(last + 1, min(len(view.tokens) - 1, last + 6)):
        if view.tokens[index].lower == "by":
            return phrase_from(view, index + 1)
        if view.tokens[index].tag in (MARK, VERB):
            return None
    return None


def _actor(view: View, at: int, words: StatusWords) -> Phrase | None:
    """The doer of an active verb; for "decision to block" the one whose decision it is."""
    tokens = view.tokens
    governor = governor_of(view, at)
    if governor is not None and tokens[governor].tag == NOUN:
        index = governor
        while index > 0 and tokens[index - 1].tag == NOUN:
            index -= 1
        if index >= 2 and tokens[index - 1].lower in ("’s", "'s", "’", "'"):
            return Phrase(index - 2, index - 2, index - 2)
        return (
            subject_before(view, index - 1) if index > 0 and tokens[index - 1].tag == VERB else None
        )
    return subject_before(view, at)


def _relative(
    text: str, names: NameBook, view: View, at: int, words: StatusWords
) -> Undertaking | None:
    """The undertaking of "which he has opposed": what stands before the relative pronoun."""
    start = clause_start(view, at)
    tokens = view.tokens
    if tokens[start].lower not in ("which", "that"):
        start -= 1
    if start <= 0 or tokens[start].lower not in ("which", "that") or at - start > _RELATIVE_REACH:
        return None
    while start > 0 and tokens[start - 1].tag == MARK:
        start -= 1
    return before_verb(text, names, view, start, words)


def _of_person(
    text: str, names: NameBook, view: View, at: int, passive: bool, words: StatusWords
) -> StatusReading | None:
    """A person's state: object or passive subject of a verb of arrest, subject of "resign"."""
    lemma = view.tokens[at].lemma or ""
    status = words.of_person.get(lemma)
    if status is not None:
        where = subject_before(view, at) if passive else _object(view, at)
        actor = _agent(view, at) if passive else subject_before(view, at)
        if passive and _is_complement(view, where):
            return None
        if not passive and where is not None and _has_verb(view, where):
            return None
        name = person_at(names, view, where)
        if name is None and passive:
            name = pronoun_person(text, names, view, where)
        who = name or person_words(text, view, where, words) or _he_or_she(view, where)
        if who is not None:
            rule = "person_passive" if passive else "person_active"
            return StatusReading(at, at, status, rule, None, name, who, actor)
    status = words.of_person_subject.get(lemma)
    if status is not None and not passive:
        where = subject_before(view, at)
        if _is_complement(view, where):
            return None
        name = person_at(names, view, where) or pronoun_person(text, names, view, where)
        who = name or person_words(text, view, where, words) or _he_or_she(view, where)
        if who is not None:
            last = at
            if lemma == "plead":
                status, last = _plea(view, at)
                if status is None:
                    return None
            return StatusReading(at, last, status, "person_subject", None, name, who)
    return None


def _he_or_she(view: View, where: Phrase | None) -> str | None:
    """The pronoun itself, where nothing tells whom it means."""
    lower = view.tokens[where.head].lower if where is not None else ""
    return lower if lower in ("he", "she") else None


def _is_complement(view: View, where: Phrase | None) -> bool:
    """Whether a phrase hangs on a preposition, so that it can be no subject."""
    return where is not None and where.first > 0 and view.tokens[where.first - 1].tag == PREP


def _has_verb(view: View, where: Phrase) -> bool:
    """Whether a phrase is the subject of a clause: "confirmed Doe would come"."""
    return _next_is(view, where.last, AUX) or _next_is(view, where.last, VERB)


def _plea(view: View, at: int) -> tuple[str | None, int]:
    """The plea: guilty, not guilty, or no contest."""
    rest = [t.lower for t in view.tokens[at + 1 : at + 3]]
    if rest[:1] == ["guilty"]:
        return "pleaded_guilty", at + 1
    if rest[:2] == ["not", "guilty"]:
        return "pleaded_not_guilty", at + 2
    return None, at


def _object(view: View, at: int) -> Phrase | None:
    return phrase_from(view, at + 1) if at + 1 < len(view.tokens) else None


def _attributive(
    text: str, names: NameBook, view: View, at: int, words: StatusWords
) -> StatusReading | None:
    """A participle inside a noun phrase: "the proposed $5 billion acquisition"."""
    token = view.tokens[at]
    if token.lemma in (None, token.lower) or not token.lower.endswith(("ed", "en", "wn")):
        return None
    status = words.of_object.get(token.lemma)
    if status is None:
        return None
    undertaking = after_verb(text, names, view, at, words)
    return StatusReading(at, at, status, "attributive", undertaking) if undertaking else None


def governor_of(view: View, at: int) -> int | None:
    """The token that "to" before the verb at `at` depends on; words of time are skipped."""
    tokens = view.tokens
    if at < 2 or tokens[at - 1].tag != TO:
        return None
    index = at - 2
    while index > 0 and (is_time(tokens[index].lower) or tokens[index].tag == ADV):
        index -= 1
    return index
