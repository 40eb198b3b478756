"""Cues in a unit, each with its subject.

Belongs here: whether a word of the cue lexicon is used as a reporting verb here, and whose verb it
is. Does not belong here: which quotation or statement it introduces (`speakers`, `statements`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from summit_pipeline.extract.saying.clauses import DASH, MARK, QUOTE, WORD, Token
from summit_pipeline.extract.saying.cues import CueVerb, cue_verbs
from summit_pipeline.extract.saying.noun_phrases import (
    Phrase,
    phrase_after,
    phrase_before,
)
from summit_pipeline.extract.saying.subjects import (
    head_subject,
    skip_to_subject,
    subject_before,
)
from summit_pipeline.extract.saying.word_classes import (
    AUXILIARIES,
    DETERMINERS,
    FINITE_VERBS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    TEMPORAL,
    is_adverb,
)

_BE = frozenset(
    [
        "is",
        "was",
        "were",
        "are",
        "been",
        "be",
        "being",
        "am",
        "isn't",
        "isn’t",
        "wasn't",
        "wasn’t",
        "got",
        "gets",
    ]
)
_POSSESSIVE = ("’s", "'s", "s’", "s'")


class Reading(NamedTuple):
    """A reporting verb in use: its token, its entry and its subject (token indices, inclusive).

    `inverted` says that the subject follows the verb. The subject is None where it was not found.
    """

    cue: int
    verb: CueVerb
    subject: Phrase | None
    inverted: bool


def read_cues(tokens: Sequence[Token]) -> list[Reading]:
    """The reporting verbs of a unit, in order."""
    verbs = cue_verbs()
    found: list[Reading] = []
    for at, token in enumerate(tokens):
        verb = verbs.get(token.lower)
        if verb is None or token.kind != WORD:
            continue
        if _is_other_use(tokens, at, verb) or _lacks_preposition(tokens, at, verb):
            continue
        reading = _read(tokens, at, verb, found)
        if reading is not None:
            found.append(reading)
    return found


def _is_other_use(tokens: Sequence[Token], at: int, verb: CueVerb) -> bool:
    """Whether the form is a noun, an adjective or part of a name here."""
    token = tokens[at]
    if at > 0 and token.is_capitalised and tokens[at - 1].kind == WORD:
        return not _in_capitals(tokens, at)
    if at == 0 or tokens[at - 1].kind != WORD:
        return verb.base and (at == 0 or tokens[at - 1].kind == DASH)
    before = tokens[at - 1]
    lower = before.lower
    if lower in DETERMINERS and lower not in PRONOUNS and lower not in _PLURAL_SUBJECTS:
        return True
    if before.text.endswith(_POSSESSIVE) or (verb.may_be_noun and not _before_clause(tokens, at)):
        return True
    if verb.participle:
        return lower in {"of", "for", "from", "without", "about", "on", "in"}
    return lower in PREPOSITIONS


def _before_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether a form that may be a noun is a verb: after a name or pronoun, or before a clause."""
    before = tokens[at - 1]
    if before.is_capitalised or before.lower in PRONOUNS or before.lower in AUXILIARIES:
        return True
    if is_adverb(before) or before.lower == "to":
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.kind == QUOTE or following.lower in {",", ":"}:
        return before.lower.endswith("s") != tokens[at].lower.endswith("s")
    return following.lower in PRONOUNS or following.lower in _CLAUSE_OPENINGS


_CLAUSE_OPENINGS = frozenset({"that", "there", "the", "a", "his", "her", "their"})


def _lacks_preposition(tokens: Sequence[Token], at: int, verb: CueVerb) -> bool:
    """Whether a verb that reports only with a preposition ("spoke of") stands without it."""
    if at + 1 < len(tokens) and tokens[at + 1].lower == "up":
        return True  # "adds up", "called up"
    if not verb.needs:
        return False
    near = tokens[at + 1 : at + 7]
    return not any(t.lower in verb.needs for t in near)


_PLURAL_SUBJECTS = frozenset(
    ["some", "many", "several", "both", "few", "all", "most", "others", "another", "each"]
)


def _in_capitals(tokens: Sequence[Token], at: int) -> bool:
    """Whether the unit is a headline in capitals, where a capital letter says nothing."""
    words = [t for t in tokens if t.kind == WORD and len(t.text) > 3]
    return at < 12 and len(words) > 3 and sum(t.is_capitalised for t in words) > 0.8 * len(words)


def _read(
    tokens: Sequence[Token], at: int, verb: CueVerb, earlier: Sequence[Reading]
) -> Reading | None:
    if _is_inverted(tokens, at, verb):
        following = at + 1
        while following < len(tokens) and is_adverb(tokens[following]):
            following += 1
        subject = phrase_after(tokens, following, len(tokens))
        if subject is not None:
            return Reading(at, verb, subject, True)
    if verb.participle and not _has_be(tokens, at):
        return Reading(at, verb, _participle_subject(tokens, at, earlier), False)
    if not verb.participle and _has_be(tokens, at):
        return _passive(tokens, at, verb)
    subject = _finite_subject(tokens, at, verb, earlier)
    if subject is None and verb.base:
        return None
    if verb.base and subject is not None and tokens[subject[0]].lower in _TAKE_BARE_INFINITIVE:
        return None
    if verb.spun and (subject != (at - 1, at - 1) or tokens[at - 1].lower not in PRONOUNS):
        return None
    return Reading(at, verb, subject, False)


# "It helps Republicans argue that": the verb that follows these and a noun is no report.
_TAKE_BARE_INFINITIVE = frozenset(
    ["help", "helps", "helped", "let", "lets", "make", "makes", "made", "hear", "heard", "watch"]
)


def _finite_subject(
    tokens: Sequence[Token], at: int, verb: CueVerb, earlier: Sequence[Reading]
) -> Phrase | None:
    """The subject of a finite verb; a coordinated verb ("discussed ... and agreed") shares it."""
    before = skip_to_subject(tokens, at)
    if before >= 0 and tokens[before].lower in {"and", "or"} and tokens[before].kind == WORD:
        shared = [r.subject for r in earlier if r.subject is not None]
        if verb.base and not tokens[at].lower.endswith("s"):
            return None  # an infinitive: "eager to avoid it and reaffirm"
        if shared:
            return shared[-1]
    return subject_before(tokens, at)


def _has_be(tokens: Sequence[Token], at: int) -> bool:
    for index in range(at - 1, max(-1, at - 4), -1):
        if tokens[index].lower in _BE:
            return True
        if tokens[index].kind != WORD or not is_adverb(tokens[index]):
            return False
    return False


def _passive(tokens: Sequence[Token], at: int, verb: CueVerb) -> Reading | None:
    """A passive: its speaker follows "by", else nobody is named."""
    for index in range(at + 1, min(len(tokens) - 1, at + 5)):
        if tokens[index].lower == "by":
            subject = phrase_after(tokens, index + 1, len(tokens))
            return Reading(at, verb, subject, True) if subject else None
        if tokens[index].kind != WORD:
            break
    return None


def _is_inverted(tokens: Sequence[Token], at: int, verb: CueVerb) -> bool:
    """Whether the verb stands before its subject: "...", said X; a clause, said X."""
    if verb.participle or at + 1 >= len(tokens) or tokens[at + 1].kind != WORD:
        return False
    before = at - 1
    while before >= 0 and is_adverb(tokens[before]) and tokens[before].kind == WORD:
        before -= 1
    if before < 0:
        return not verb.base and tokens[at + 1].lower not in PREPOSITIONS
    token = tokens[before]
    if verb.frame == "addressee" and verb.lemma != "ask":
        return False
    if token.kind == QUOTE or (
        before > 0 and tokens[before - 1].kind == QUOTE and token.kind != WORD
    ):
        return tokens[at + 1].lower not in _NOT_NEXT
    if token.lower != ",":
        return False
    return _ends_clause(tokens, before, at)


def _ends_clause(tokens: Sequence[Token], comma: int, at: int) -> bool:
    """Whether ", said X" closes what was said: a quotation or clause before, the end after X."""
    phrase = phrase_after(tokens, at + 1, len(tokens))
    if phrase is None or tokens[phrase[0]].lower in PRONOUNS:
        return False
    after = phrase[1] + 1
    following = tokens[after] if after < len(tokens) else None
    ends = following is None or following.kind == MARK or following.lower in RELATIVES
    if any(t.kind == QUOTE for t in tokens[:comma]):
        return ends or (following is not None and following.lower in PREPOSITIONS)
    has_verb = any(t.lower in AUXILIARIES or t.lower in FINITE_VERBS for t in tokens[:comma])
    return ends and has_verb and tokens[at].lower in {"said", "says"}


_NOT_NEXT = frozenset(["that", "to", "him", "her", "them", "reporters", "it", "us", "me"])


def _participle_subject(
    tokens: Sequence[Token], at: int, earlier: Sequence[Reading]
) -> Phrase | None:
    """Whose participle it is: the noun right before it, else the clause's that it hangs on."""
    before = skip_to_subject(tokens, at)
    if before >= 0 and tokens[before].kind == WORD:
        lower = tokens[before].lower
        free = (
            lower not in PREPOSITIONS
            and lower not in SUBORDINATORS
            and lower not in AUXILIARIES
            and lower not in TEMPORAL
            and lower not in {"and", "or", "to"}
        )
        if free and (tokens[before].is_capitalised or lower in PRONOUNS):
            return _name_after_from(tokens, before) or phrase_before(tokens, before)
    for reading in reversed(earlier):
        if reading.subject is not None:
            return reading.subject
    subject = head_subject(tokens, at)
    if subject is not None:
        return subject
    return _subject_after_opening(tokens, at)


def _name_after_from(tokens: Sequence[Token], last: int) -> Phrase | None:
    """The name that ends with token `last` in "the call stems from Ann Lee saying"."""
    first = last
    while first > 0 and tokens[first - 1].is_capitalised:
        first -= 1
    return (first, last) if first > 0 and tokens[first - 1].lower in {"from", "by"} else None


def _subject_after_opening(tokens: Sequence[Token], at: int) -> Phrase | None:
    """The subject after an opening participle: "Saying that ..., Lee left"."""
    if at > 2:
        return None
    for index in range(at + 1, len(tokens) - 1):
        if tokens[index].lower == ",":
            return phrase_after(tokens, index + 1, len(tokens))
    return None
