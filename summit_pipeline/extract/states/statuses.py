"""Statuses: what state an undertaking or a person is put into, by whom, and how real that is.

Belongs here: who, what, when and how real. Does not belong here: the grammar of a state
(`status_readings`), undertakings (`undertakings`), or which states exclude each other
(`reconcile`).

Rules: active ("Biden blocked the deal"), passive ("was blocked by"), infinitive ("vowed to block"),
gerund ("dropping its bid"), attributive ("the blocked bid"), subject ("talks collapsed"), nominal
("opposition to the deal", "her arrest"), caused ("led to a delay"), person ("was arrested",
"resigned").
"""

import functools
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.framing.denials import is_denied_from_outside
from summit_pipeline.extract.framing.modality import (
    is_negative,
    is_prospect,
    is_question,
    modality_of,
    polarity_of,
)
from summit_pipeline.extract.framing.parties import party_of, pronoun_in
from summit_pipeline.extract.framing.periods import DateLike, moment_of
from summit_pipeline.extract.framing.phrases import (
    Phrase,
    clause_end,
    clause_opening,
    clause_start,
    is_time,
    phrase_to,
)
from summit_pipeline.extract.framing.tagging import (
    ADV,
    AUX,
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
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.extract.states.deed_words import DeedWords, deed_words
from summit_pipeline.extract.states.deeds import deed_readings
from summit_pipeline.extract.states.governors import governor_of_act
from summit_pipeline.extract.states.nominals import nominal_reading
from summit_pipeline.extract.states.status_readings import (
    StatusReading,
    governor_of,
    status_readings,
)
from summit_pipeline.extract.states.status_words import StatusWords, status_words
from summit_pipeline.extract.states.undertakings import (
    Undertaking,
    last_meant,
    undertakings_in,
)
from summit_pipeline.lexicons import confidence_table
from summit_pipeline.vocabulary import Modality

# A rule whose share of right readings was not measured yet.
_UNMEASURED = 0.7


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
    words, deeds, places = status_words(), deed_words(), doc.word_places
    found: list[Status] = []
    earlier: list[Undertaking] = []
    for index, sentence in enumerate(doc.sentences):
        low, high = sentence.clean_start, sentence.clean_end
        here = places.lower[places.between(low, high)]
        names_one = not words.naming.isdisjoint(here)
        has_status = _may_tell(here, words)
        has_deed = not deeds.screen.isdisjoint(here) or not words.any_object_forms.isdisjoint(here)
        if not names_one and not has_status and not has_deed:
            continue
        view = view_at(index) if view_at else view_of(doc, names, sentence)
        if names_one:
            earlier.extend(undertakings_in(doc.text, names, view, words))
            earlier.sort(key=lambda u: u.start)
        readings = _state_readings(doc.text, names, view, words) if has_status else []
        if has_deed:
            taken = {at for r in readings for at in range(r.first, r.last + 1)}
            readings += deed_readings(doc.text, names, view, deeds, words, taken)
        if not readings:
            continue
        days = [d for d in dates if sentence.clean_start <= d.start and d.end <= sentence.clean_end]
        for found_reading in readings:
            reading = _governed(view, found_reading, deeds)
            status = _status(doc, names, view, reading, days, earlier, words)
            if status is not None:
                found.append(status)
    return tuple(found)


def _state_readings(
    text: str, names: NameBook, view: View, words: StatusWords
) -> list[StatusReading]:
    """States that verbs and nouns of the sentence tell, in the order of these."""
    found = status_readings(text, names, view, words)
    verbs = {at for r in found for at in range(r.first, r.last + 1)}
    for at, token in enumerate(view.tokens):
        if token.tag == NOUN and at not in verbs:
            reading = nominal_reading(text, names, view, at, words)
            if reading is not None:
                found.append(reading)
    return sorted(found, key=lambda r: r.first)


def _governed(view: View, reading: StatusReading, deeds: DeedWords) -> StatusReading:
    """The reading with what denies or demands it: who refused to sign has signed nothing."""
    if reading.rule == "nominal":
        return _governed_noun(view, reading, deeds)
    if reading.rule != "infinitive":
        return reading
    governor = governor_of_act(view, reading.first, deeds)
    if governor is None or view.tokens[governor.at].lower not in deeds.denying:
        return reading
    return replace(
        reading, first=governor.at, rule="prospect", modality=governor.modality,
        denied=governor.denies, actor=governor.actor,
    )  # fmt: skip


def _governed_noun(view: View, reading: StatusReading, deeds: DeedWords) -> StatusReading:
    """A noun's state under a word that demands or supposes it: "called for the firing of"."""
    tokens = view.tokens
    phrase = phrase_to(view, reading.first)
    at = (phrase.first if phrase is not None else reading.first) - 1
    while at > 0 and (tokens[at].tag in (PREP, TO) or is_time(tokens[at].lower)):
        at -= 1
    modality = deeds.governors.get(tokens[at].lower) if at >= 0 else None
    if modality in (None, "asserted") or tokens[at].tag not in (VERB, NOUN):
        return reading
    return replace(reading, modality=modality)


def _may_tell(here: Sequence[str], words: StatusWords) -> bool:
    """Whether a sentence of these words may tell a state.

    It needs a verb or noun of one, or a verb and one of its particles ("get" alone tells none).
    """
    if not words.screen.isdisjoint(here):
        return True
    verbs = words.particle_screen.keys() & here
    return any(not words.particle_screen[verb].isdisjoint(here) for verb in verbs)


def _status(
    doc: CleanDocument,
    names: NameBook,
    view: View,
    reading: StatusReading,
    dates: Sequence[DateLike],
    earlier: Sequence[Undertaking],
    words: StatusWords,
) -> Status | None:
    undertaking = reading.undertaking
    if undertaking is not None and undertaking.is_bare and undertaking.head:
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
        undertaking_head=(undertaking.head or None) if undertaking else "person",
        undertaking_kind=undertaking.kind if undertaking else "person",
        parties=undertaking.parties if undertaking else (reading.person,) if reading.person else (),
        actor=actor,
        aspect="stance" if reading.status in words.stances else "state",
        polarity=_polarity(view, left, reading, stated, governing),
        modality=stated
        or _modality(view, reading, governing, clause_opening(view, left), question),
        as_of=moment.day if moment else None,
        as_of_text=moment.text if moment else None,
        as_of_expression=moment.expression if moment else None,
        rule=f"status_{reading.rule}",
        confidence=_confidence(f"status_{reading.rule}"),
    )


def _modality(
    view: View, reading: StatusReading, governing: Sequence[Tok], opening: str, question: bool
) -> Modality:
    """The clause's modality; an infinitive that nothing governs as done is only possible."""
    found = modality_of(governing, opening, question)
    if reading.modality is not None:
        return found if found in ("question", "conditional") else reading.modality
    if found == "asserted" and view.tokens[reading.first - 1].tag == TO and reading.first > 0:
        return "possible"
    return found


def _polarity(
    view: View, left: int, reading: StatusReading, stated: Modality | None, governing: Sequence[Tok]
) -> int:
    """1 or -1, denials within the clause and of the whole clause counted."""
    told = -1 if is_denied_from_outside(view, left, reading.last) else 1
    if stated == "asserted":
        return told
    return told * (-polarity_of(governing) if reading.denied else polarity_of(governing))


def _first_word(view: View, at: int) -> int:
    """The first token of the verb group: auxiliaries and "not" belong to the status words."""
    while at > 0 and (
        view.tokens[at - 1].tag == AUX
        or (view.tokens[at - 1].tag == ADV and at > 1 and view.tokens[at - 2].tag == AUX)
        or is_negative(view.tokens[at - 1].lower)
    ):
        at -= 1
    return at


def _governing(view: View, left: int, reading: StatusReading) -> Sequence[Tok]:
    return view.tokens[max(left, reading.first - 10) : reading.first]


def _stated(view: View, reading: StatusReading, words: StatusWords) -> Modality | None:
    """The modality that the form of the verb gives; None leaves it to the clause."""
    if reading.rule == "nominal" and reading.modality is not None:
        return reading.modality
    if reading.rule in ("attributive", "nominal"):
        return "possible" if _is_prospect(view, reading.first) else "asserted"
    if reading.rule in ("prospect", "copula", "deed", "caused"):
        return None
    governor = governor_of(view, reading.first)
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


def _is_prospect(view: View, first: int) -> bool:
    """Whether a noun of state is only hoped for or feared: "hopes for the completion of"."""
    before = view.tokens[max(0, first - 4) : first]
    return any(
        is_prospect(noun.lower) and joint.lower in ("of", "for", "about")
        for noun, joint in itertools.pairwise(before)
    )


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
