"""Where the content of an indirect statement starts and ends, beside the cue that introduces it.

Belongs here: the content's first and last token. Does not belong here: which cues make a statement
(`statements`). Content ends where it ends: at the next cue of the same speaker, with the aside that
holds the cue, with a quotation that is rounded off by a comma, else with the sentence.
"""

from collections.abc import Sequence

from summit_pipeline.extract.saying.clauses import DASH, QUOTE, WORD, Token
from summit_pipeline.extract.saying.noun_phrases import Phrase, phrase_after
from summit_pipeline.extract.saying.readings import Reading
from summit_pipeline.extract.saying.subjects import skip_to_subject
from summit_pipeline.extract.saying.word_classes import (
    AUXILIARIES,
    NOMINATIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TEMPORAL,
)

# "said in a statement on Friday that ...": so many tokens may stand between the cue and "that".
_REACH_OF_THAT = 14


def content_start(
    tokens: Sequence[Token], after: int, limit: int, reading: Reading
) -> tuple[int, bool]:
    """The first token of the content after a cue, and whether "that" marks it; -1 if none."""
    crosses = reading.verb.frame not in {"judgement", "infinitive"}
    in_insertion = False
    for at in range(after, min(limit, after + _REACH_OF_THAT)):
        token = tokens[at]
        in_insertion = in_insertion or token.lower == ","
        closed = not in_insertion or tokens[at - 1].lower == ","
        if token.lower == "that" and closed and _opens_clause(tokens, at):
            return at + 1 + (tokens[at + 1].lower == ","), True
        if crosses and (token.lower in NOMINATIVES or token.lower in AUXILIARIES):
            break  # a clause without "that" has begun
        if token.kind != WORD and not (crosses and token.lower in {",", "(", ")"}):
            break
    frame = reading.verb.frame
    if reading.inverted or after >= len(tokens) or frame == "quotation_only":
        return -1, False
    if frame in {"judgement", "infinitive"}:
        return _object_start(tokens, after), False
    if frame == "addressee":
        return _after_addressee(tokens, after), False
    return _bare_clause_start(tokens, after), False


def _opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether "that" opens a clause, unlike in "that evening" or "of that"."""
    if tokens[at - 1].lower in PREPOSITIONS or at + 2 >= len(tokens):
        return False
    following = tokens[at + 1]
    if following.kind not in (WORD, QUOTE) and following.lower != ",":
        return False
    return following.lower not in TEMPORAL or following.is_capitalised


def _object_start(tokens: Sequence[Token], after: int) -> int:
    if tokens[after].kind == WORD and tokens[after].lower not in {"and", "but", "in", "at", "on"}:
        return after
    return -1


def _after_addressee(tokens: Sequence[Token], after: int) -> int:
    if tokens[after].kind != WORD:
        return -1
    lower = tokens[after].lower
    if lower in PREPOSITIONS:
        return after if lower in {"about", "for"} else -1
    addressee = phrase_after(tokens, after, len(tokens))
    if addressee is None:
        return after
    start = addressee[1] + 1
    if lower in {"me", "us", "him", "her", "them", "it", "reporters", "you"}:
        start = after + 1
    while start < len(tokens) and tokens[start].lower in TEMPORAL | {"on", "in"}:
        start += 1
    if start >= len(tokens):
        return -1
    return start if tokens[start].kind == WORD else -1


def _bare_clause_start(tokens: Sequence[Token], after: int) -> int:
    """The start of a clause without "that"; times between cue and clause are passed over."""
    at = after
    while at < len(tokens) and tokens[at].lower in TEMPORAL:
        at += 1
    if at >= len(tokens) or tokens[at].kind == DASH:
        return -1
    token = tokens[at]
    if token.kind == QUOTE:
        return at
    if token.kind != WORD:
        return -1
    if token.lower in PREPOSITIONS or token.lower in {"and", "but", "as", "so", "while"}:
        return _clause_after_adjunct(tokens, at)
    return at


def _clause_after_adjunct(tokens: Sequence[Token], at: int) -> int:
    """The clause after "said on Friday": it starts at its subject pronoun, or with a comma pair."""
    if tokens[at].lower in {"and", "but", "as", "so", "while"}:
        return -1
    for index in range(at + 1, min(len(tokens) - 1, at + 10)):
        token = tokens[index]
        if token.kind != WORD:
            return -1
        if token.lower in PRONOUNS and token.lower not in {"who", "which", "that", "it"}:
            return index
        if token.lower in TEMPORAL and tokens[index + 1].kind == WORD:
            following = tokens[index + 1].lower
            if following not in PREPOSITIONS and following not in TEMPORAL:
                return index + 1 if following not in {"and", "but", "as", "when"} else -1
    return at if tokens[at].lower in {"about", "of", "for", "against", "if"} else -1


def content_end(
    tokens: Sequence[Token], readings: Sequence[Reading], number: int, first: int
) -> int:
    """The last token of the content that starts at `first`."""
    last = len(tokens) - 1
    for later in readings[number + 1 :]:
        if later.cue <= first:
            continue
        cut = _cut_before(tokens, later, first)
        if cut >= first:
            last = cut
            break
    aside = _aside_around(tokens, readings[number].cue)
    for at in range(first + 1, last + 1):
        if tokens[at].lower == ";" or tokens[at].lower == aside:
            last = at - 1
            break
        if tokens[at].kind == QUOTE and _is_rounded_off(tokens, at):
            last = at
            break
    while last > first and tokens[last].kind not in (WORD, QUOTE) and tokens[last].lower != ")":
        last -= 1
    return last


def _is_rounded_off(tokens: Sequence[Token], at: int) -> bool:
    """Whether the reporter goes on after a quotation's comma: "“in record numbers,” a win"."""
    if at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    if tokens[at].text != "," and following.lower == ",":
        following = tokens[min(at + 2, len(tokens) - 1)]
    elif tokens[at].text != ",":
        return False
    return following.kind == WORD and following.lower not in {"and", "but", "or", "that", "to"}


def _aside_around(tokens: Sequence[Token], cue: int) -> str:
    """The mark that closes the aside in which a cue stands: a dash, a bracket, or nothing."""
    marks = [t.lower for t in tokens[:cue] if t.kind != WORD]
    if marks.count("(") > marks.count(")"):
        return ")"
    return "-" if marks.count("-") % 2 and "-" in (t.lower for t in tokens[cue:]) else ""


def _is_before(subject: Phrase | None, first: int) -> bool:
    return subject is not None and subject[0] < first


def _cut_before(tokens: Sequence[Token], later: Reading, first: int) -> int:
    """The token at which a later cue ends the content: ", adding", ", but said", " and said"."""
    at = skip_to_subject(tokens, later.cue)
    if at < first:
        return -1
    lower = tokens[at].lower
    if lower == "," and (later.verb.participle or _is_before(later.subject, first)):
        return at - 1
    if lower in {"and", "but", "then"} and later.subject is not None and later.subject[0] < first:
        return at - 1
    if later.subject is None or later.subject[0] <= first:
        return -1
    before = later.subject[0] - 1
    if tokens[before].lower == "," and tokens[0].lower in SUBORDINATORS and before > first:
        return before - 1
    if tokens[before].lower in {"but", "and", "while", "though", "although"} and before > first:
        return before - 1
    return -1
