"""Statuses: what state an undertaking or a person is put into, by whom, and how real that is.

Belongs here: the readings of status verbs, participles and nouns. Does not belong here: the words
(`status_words`), undertakings (`undertakings`), or which states exclude each other (`reconcile`).

Rules: active ("Biden blocked the deal"), passive ("was blocked by"), infinitive ("vowed to block"),
gerund ("dropping its bid"), attributive ("the blocked bid"), subject ("talks collapsed"), nominal
("opposition to the deal"), person ("was arrested", "resigned").
"""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.modality import is_negative, is_question, modality_of, polarity_of
from summit_pipeline.extract.names import NameBook
from summit_pipeline.extract.parties import party_of, pronoun_in
from summit_pipeline.extract.periods import DateLike, moment_of
from summit_pipeline.extract.phrases import (
    Phrase,
    clause_end,
    clause_opening,
    clause_start,
    is_time,
    phrase_from,
    subject_before,
)
from summit_pipeline.extract.status_words import StatusWords, status_words
from summit_pipeline.extract.tagging import (
    ADV,
    AUX,
    DET,
    MARK,
    NAME,
    NOUN,
    PREP,
    PRON,
    TO,
    VERB,
    Tok,
    View,
    view_of,
)
from summit_pipeline.extract.undertakings import (
    Undertaking,
    after_verb,
    anything_after,
    before_verb,
    last_meant,
    undertakings_in,
)
from summit_pipeline.lexicons import confidence_table
from summit_pipeline.vocabulary import Modality

# A rule whose share of right readings was not measured yet.
_UNMEASURED = 0.7
# How far back, in characters, the one person that a pronoun means may stand: about two sentences.
_PRONOUN_REACH = 350
# How many tokens "which" may stand before its verb: subject, auxiliaries and adverbs between.
_RELATIVE_REACH = 7
_WORD = re.compile(r"[a-z]+")
_BE = frozenset(("be", "get"))


@dataclass(frozen=True, slots=True)
class Status:
    """A state as written; offsets of the status words in the clean text, end exclusive.

    `status` is the state's class. `undertaking` holds the words of what is in that state,
    `undertaking_head` the lemma of its noun ("person" for people), `parties` the names it involves.
    """

    start: int
    end: int
    status: str
    undertaking: str | None
    undertaking_head: str | None
    undertaking_kind: str
    parties: tuple[str, ...]
    actor: str | None
    aspect: str
    polarity: int
    modality: Modality
    as_of: date | None
    as_of_text: str | None
    as_of_expression: str | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """A status verb or noun with what it is said of, before its clause is weighed."""

    first: int
    last: int
    status: str
    rule: str
    undertaking: Undertaking | None = None
    person: str | None = None
    person_words: str | None = None
    actor: Phrase | None = None


def find_statuses(
    doc: CleanDocument,
    names: NameBook,
    dates: Sequence[DateLike],
    view_at: Callable[[int], View] | None = None,
) -> tuple[Status, ...]:
    """The statuses of a document, in the order of the text.

    Args:
        doc: the document.
        names: its names.
        dates: its dates, for the moment of a status.
        view_at: gives the tagged sentence of an index, where these are kept.
    """
    words = status_words()
    found: list[Status] = []
    earlier: list[Undertaking] = []
    for index, sentence in enumerate(doc.sentences):
        low, high = sentence.clean_start, sentence.clean_end
        here = set(_WORD.findall(doc.text[low:high].lower()))
        names_one = not words.naming.isdisjoint(here)
        has_status = not words.screen.isdisjoint(here)
        if not names_one and not has_status:
            continue
        view = view_at(index) if view_at else view_of(doc, names, sentence)
        if names_one:
            earlier.extend(undertakings_in(doc.text, names, view, words))
            earlier.sort(key=lambda u: u.start)
        if not has_status:
            continue
        days = [d for d in dates if sentence.clean_start <= d.start and d.end <= sentence.clean_end]
        for reading in _readings(doc.text, names, view, words):
            status = _status(doc, names, view, reading, days, earlier, words)
            if status is not None:
                found.append(status)
    return tuple(found)


def _readings(text: str, names: NameBook, view: View, words: StatusWords) -> list[_Reading]:
    found = []
    for at, token in enumerate(view.tokens):
        if token.tag in (NAME, MARK):
            continue
        reading = None
        if token.tag == VERB and token.lemma is not None:
            reading = _verb(text, names, view, at, words)
        elif token.tag == NOUN:
            reading = _attributive(text, names, view, at, words) or _nominal(
                text, names, view, at, words
            )
        if reading is not None:
            found.append(reading)
    return found


def _verb(text: str, names: NameBook, view: View, at: int, words: StatusWords) -> _Reading | None:
    lemma = view.tokens[at].lemma or ""
    if _is_compound(view, at):
        return None
    particle, last = _particle(view, at, words)
    passive = _is_passive(view, at)
    person = _of_person(text, names, view, at, passive, words) if particle is None else None
    status = particle or words.of_object.get(lemma)
    if status is not None:
        opposed_to = lemma == "oppose" and _next_is(view, at, TO)
        if lemma == "kill" and passive:
            return person
        if (passive or _is_reduced(view, at)) and not opposed_to:
            undertaking = before_verb(text, names, view, at, words)
            if undertaking is not None:
                actor = _agent(view, last)
                return _Reading(at, last, status, "passive", undertaking, actor=actor)
        else:
            undertaking = after_verb(text, names, view, last, words)
            if undertaking is None and not _next_is(view, last, TO):
                undertaking = _relative(text, names, view, at, words)
            if undertaking is None and lemma in words.any_object and particle is None:
                undertaking = anything_after(text, names, view, last)
            if undertaking is not None:
                rule = _active_rule(view, at)
                return _Reading(at, last, status, rule, undertaking, actor=_actor(view, at, words))
    if person is not None:
        return person
    status = particle or words.of_subject.get(lemma)
    governor = _governor(view, at)
    free = governor is None or view.tokens[governor].tag not in (NOUN, NAME)
    if status is not None and not passive and free and _object(view, last) is None:
        undertaking = before_verb(text, names, view, at, words)
        if undertaking is not None and not undertaking.is_pronoun:
            return _Reading(at, last, status, "subject", undertaking)
    return None


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
        for length in (2, 1):
            following = view.tokens[at + 1 : at + 1 + length]
            rest = " ".join(t.lower for t in following)
            if rest in options:
                return options[rest], at + len(following)
    return None, at


def _is_passive(view: View, at: int) -> bool:
    token = view.tokens[at]
    if token.lower == token.lemma and token.lemma not in ("cut", "put", "hit", "set"):
        return False
    if token.lower.endswith("ing"):
        return False
    index = at - 1
    while index >= 0 and view.tokens[index].tag == ADV:
        index -= 1
    return (
        index >= 0 and view.tokens[index].tag in (AUX, VERB) and (view.tokens[index].lemma in _BE)
    )


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
    governor = _governor(view, at)
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
) -> _Reading | None:
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
        name = _person_at(names, view, where)
        if name is None and passive:
            name = _pronoun_person(text, names, view, where)
        who = name or _person_words(text, view, where, words)
        if who is not None:
            rule = "person_passive" if passive else "person_active"
            return _Reading(at, at, status, rule, None, name, who, actor)
    status = words.of_person_subject.get(lemma)
    if status is not None and not passive:
        where = subject_before(view, at)
        if _is_complement(view, where):
            return None
        name = _person_at(names, view, where) or _pronoun_person(text, names, view, where)
        who = name or _person_words(text, view, where, words)
        if who is not None:
            last = at
            if lemma == "plead":
                status, last = _plea(view, at)
                if status is None:
                    return None
            return _Reading(at, last, status, "person_subject", None, name, who)
    return None


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


def _person_at(names: NameBook, view: View, where: Phrase | None) -> str | None:
    if where is None or view.tokens[where.head].tag != NAME:
        return None
    mention = names.mention_at(view.tokens[where.head].start)
    return mention.canonical if mention is not None and mention.is_person else None


def _person_words(text: str, view: View, where: Phrase | None, words: StatusWords) -> str | None:
    """The words for a person without a name: "his wife", "the suspect"."""
    if where is None or view.tokens[where.head].lower not in words.people:
        return None
    return " ".join(text[view.tokens[where.first].start : view.tokens[where.last].end].split())


def _pronoun_person(text: str, names: NameBook, view: View, where: Phrase | None) -> str | None:
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


def _attributive(
    text: str, names: NameBook, view: View, at: int, words: StatusWords
) -> _Reading | None:
    """A participle inside a noun phrase: "the proposed $5 billion acquisition"."""
    token = view.tokens[at]
    if token.lemma in (None, token.lower) or not token.lower.endswith(("ed", "en", "wn")):
        return None
    status = words.of_object.get(token.lemma)
    if status is None:
        return None
    undertaking = after_verb(text, names, view, at, words)
    return _Reading(at, at, status, "attributive", undertaking) if undertaking else None


def _nominal(
    text: str, names: NameBook, view: View, at: int, words: StatusWords
) -> _Reading | None:
    """A noun of a state and its undertaking: "opposition to the deal"."""
    token = view.tokens[at]
    status = words.nouns.get(token.lower)
    if status is None or at + 2 >= len(view.tokens):
        return None
    if view.tokens[at + 1].lower not in words.noun_prepositions:
        return None
    undertaking = after_verb(text, names, view, at, words)
    if undertaking is None:
        return None
    actor = None
    if at >= 2 and view.tokens[at - 1].lower in ("’s", "'s", "’", "'"):
        actor = Phrase(at - 2, at - 2, at - 2)
    elif at >= 1 and view.tokens[at - 1].lower in ("his", "her", "its", "their"):
        actor = Phrase(at - 1, at - 1, at - 1)
    return _Reading(at, at, status, "nominal", undertaking, actor=actor)


def _status(
    doc: CleanDocument,
    names: NameBook,
    view: View,
    reading: _Reading,
    dates: Sequence[DateLike],
    earlier: Sequence[Undertaking],
    words: StatusWords,
) -> Status | None:
    undertaking = reading.undertaking
    if undertaking is not None and undertaking.is_bare:
        meant = last_meant(earlier, undertaking, words)
        if meant is not None:
            undertaking = replace(
                undertaking, head=meant.head if undertaking.is_pronoun else undertaking.head,
                kind=meant.kind, parties=meant.parties,
            )  # fmt: skip
        elif undertaking.is_pronoun:
            return None
    actor = _actor_name(doc.text, names, view, reading.actor)
    if undertaking is not None and actor is not None and undertaking.owner_by_pronoun:
        # "Acme, once Apex, drops its bid": the subject's bid, not the nearest name's.
        rest = tuple(p for p in undertaking.parties if p != undertaking.owner_by_pronoun)
        undertaking = replace(undertaking, parties=tuple(dict.fromkeys((actor, *rest))))
    first = _first_word(view, reading.first)
    start, end = view.tokens[first].start, view.tokens[reading.last].end
    left, right = clause_start(view, reading.first), clause_end(view, reading.last)
    clause = view.tokens[left:right]
    governing = _governing(view, left, reading)
    moment = moment_of(
        doc, dates, (start, end), (clause[0].start, clause[-1].end) if clause else (start, end)
    )
    stated = _stated(view, reading, words)
    question = is_question(doc.text, view.sentence)
    return Status(
        start=start,
        end=end,
        status=reading.status,
        undertaking=undertaking.text if undertaking else reading.person_words,
        undertaking_head=undertaking.head if undertaking else "person",
        undertaking_kind=undertaking.kind if undertaking else "person",
        parties=undertaking.parties if undertaking else (reading.person,) if reading.person else (),
        actor=actor,
        aspect="stance" if reading.status in words.stances else "state",
        polarity=1 if stated == "asserted" else polarity_of(governing),
        modality=stated
        or _modality(view, reading, governing, clause_opening(view, left), question),
        as_of=moment.day if moment else None,
        as_of_text=moment.text if moment else None,
        as_of_expression=moment.expression if moment else None,
        rule=f"status_{reading.rule}",
        confidence=_confidence(f"status_{reading.rule}"),
    )


def _modality(
    view: View, reading: _Reading, governing: Sequence[Tok], opening: str, question: bool
) -> Modality:
    """The clause's modality; an infinitive that nothing governs as done is only possible."""
    found = modality_of(governing, opening, question)
    if found == "asserted" and view.tokens[reading.first - 1].tag == TO and reading.first > 0:
        return "possible"
    return found


def _first_word(view: View, at: int) -> int:
    """The first token of the verb group: auxiliaries and "not" belong to the status words."""
    while at > 0 and (
        view.tokens[at - 1].tag == AUX
        or (view.tokens[at - 1].tag == ADV and at > 1 and view.tokens[at - 2].tag == AUX)
        or is_negative(view.tokens[at - 1].lower)
    ):
        at -= 1
    return at


def _governing(view: View, left: int, reading: _Reading) -> Sequence[Tok]:
    return view.tokens[max(left, reading.first - 10) : reading.first]


def _governor(view: View, at: int) -> int | None:
    """The token that "to" before the verb at `at` depends on; words of time are skipped."""
    tokens = view.tokens
    if at < 2 or tokens[at - 1].tag != TO:
        return None
    index = at - 2
    while index > 0 and (is_time(tokens[index].lower) or tokens[index].tag == ADV):
        index -= 1
    return index


def _stated(view: View, reading: _Reading, words: StatusWords) -> Modality | None:
    """The modality that the form of the verb gives; None leaves it to the clause."""
    if reading.rule in ("attributive", "nominal"):
        return "asserted"
    governor = _governor(view, reading.first)
    if governor is not None:
        token = view.tokens[governor]
        if token.lower in words.decisions or token.lemma in words.decided:
            return "asserted"
        return None
    if reading.rule == "gerund" and reading.first > 0:
        before = view.tokens[reading.first - 1]
        follows = before.lower == "," or before.tag in (VERB, AUX)
        return None if follows or before.lower in ("by", "after", "since", "for") else "possible"
    return None


def _actor_name(text: str, names: NameBook, view: View, phrase: Phrase | None) -> str | None:
    if phrase is None:
        return None
    head = view.tokens[phrase.head]
    if head.tag == PRON or head.lower in ("his", "her", "its", "their"):
        return pronoun_in(text, names, view.sentence.clean_start, head.start, head.end)
    if head.tag != NAME:
        return None
    mention = names.mention_at(head.start)
    return party_of(text, mention) if mention is not None else None


@functools.cache
def _confidence(rule: str) -> float:
    return confidence_table("rule_confidence_claims.toml", "claims").get(rule, _UNMEASURED)
