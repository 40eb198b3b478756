"""Who does what a verb says: the subject of a verb in a tokenised unit.

Belongs here: finding the noun phrase before a verb (across relative clauses, appositions, asides and
coordinated verbs), after an inverted verb, and at the head of a sentence. Does not belong here:
whose name it is (`pronouns`), or which verbs report speech (`cues`).

A noun phrase is given as a pair of token indices, both included.
"""

from collections.abc import Sequence

from summit_pipeline.extract.clauses import DASH, MARK, QUOTE, WORD, Token
from summit_pipeline.extract.cues import cue_verbs
from summit_pipeline.lexicons import load_toml

Phrase = tuple[int, int]

_WORDS = {name: frozenset(words.split()) for name, words in load_toml("clause_words.toml").items()}
AUXILIARIES = _WORDS["auxiliaries"]
ADVERBS = _WORDS["adverbs"]
DETERMINERS = _WORDS["determiners"]
PRONOUNS = _WORDS["subject_pronouns"]
RELATIVES = _WORDS["relatives"]
SUBORDINATORS = _WORDS["subordinators"]
PREPOSITIONS = _WORDS["prepositions"]
TEMPORAL = _WORDS["temporal"]
_FINITE = _WORDS["finite_verbs"]
_GOVERNORS = _WORDS["infinitive_governors"]
_STARTERS = _WORDS["capitalised_starters"]

ROLE_NOUNS = frozenset(load_toml("titles.toml")["roles"]["nouns"]) | frozenset(
    load_toml("role_nouns.toml")["groups"]["nouns"]
)
_PERSONAL = frozenset(["he", "she", "they", "i", "we", "you", "it"])
# A subject further from its verb than this many tokens is not looked for.
_REACH = 60
_LONGEST_PHRASE = 18


def is_adverb(token: Token) -> bool:
    """Whether the token is an adverb that may stand between subject and verb."""
    lower = token.lower
    if lower in ADVERBS:
        return True
    return (
        lower.endswith("ly") and len(lower) > 4 and token.text == lower and lower not in _LY_NOUNS
    )


_LY_NOUNS = frozenset(
    [
        "family",
        "italy",
        "ally",
        "reply",
        "supply",
        "assembly",
        "rally",
        "july",
        "weekly",
        "daily",
        "kelly",
    ]
)


def skip_to_subject(tokens: Sequence[Token], verb: int) -> int:
    """The index of the last token before the verb's auxiliaries and adverbs; -1 if none."""
    at = verb - 1
    while at >= 0 and tokens[at].kind == WORD:
        token = tokens[at]
        if token.lower in AUXILIARIES or (is_adverb(token) and not token.is_capitalised):
            at -= 1
        elif token.lower == "to" and at > 0:
            governor = _governor_before(tokens, at)
            if governor < 0:
                return -2
            at = governor - 1
        else:
            break
    return at


def _governor_before(tokens: Sequence[Token], to: int) -> int:
    """The verb that governs "to ..." ("went on to say"); -1 if it is none that keeps the subject."""
    for at in range(to - 1, max(-1, to - 4), -1):
        if tokens[at].kind == WORD and tokens[at].lower in _GOVERNORS:
            return at
        if tokens[at].lower not in {"on", "also"} and not is_adverb(tokens[at]):
            return -1
    return -1


def subject_before(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """The subject of a finite verb that follows it, or None."""
    at = skip_to_subject(tokens, verb)
    if at < 0:
        return None
    token = tokens[at]
    if token.kind == WORD and token.lower in {"and", "or"}:
        return head_subject(tokens, at)
    if token.kind == WORD:
        return phrase_before(tokens, at) or _across_coordination(tokens, at)
    if token.kind == DASH or token.lower == ")":
        opening = _opening_of(tokens, at)
        return phrase_before(tokens, opening - 1) if opening > 0 else None
    if token.lower == ",":
        return _across_insertions(tokens, at)
    return None


def _across_coordination(tokens: Sequence[Token], at: int) -> Phrase | None:
    return head_subject(tokens, at) if tokens[at].lower in {"but", "then"} else None


def _opening_of(tokens: Sequence[Token], closing: int) -> int:
    """The index of the dash or bracket that opens the aside closed at `closing`; -1 if none."""
    wanted = "(" if tokens[closing].lower == ")" else "-"
    for at in range(closing - 1, max(-1, closing - _REACH), -1):
        if tokens[at].lower == wanted and tokens[at].kind != WORD:
            return at
    return -1


def phrase_before(tokens: Sequence[Token], last: int) -> Phrase | None:
    """The noun phrase that ends with token `last`, as a subject: None if that is none."""
    if last < 0 or tokens[last].kind != WORD:
        if last > 0 and tokens[last].lower == ")":
            opening = _opening_of(tokens, last)
            return phrase_before(tokens, opening - 1) if opening > 0 else None
        return None
    lower = tokens[last].lower
    if lower in PRONOUNS:
        return _with_partitive(tokens, last)
    if lower in SUBORDINATORS or lower in PREPOSITIONS or lower in _FINITE:
        return None
    first = _segment_start(tokens, last)
    who = _relative_before(tokens, first)
    if who > 0:
        return phrase_before(tokens, who - 1)
    return _trim(tokens, first, last)


def _relative_before(tokens: Sequence[Token], first: int) -> int:
    """The "who" of a relative clause whose object starts at `first` ("officials who met X said").

    0 where there is none: the phrase is then a subject itself.
    """
    at = first - 1
    while at > 0 and tokens[at].kind == WORD and first - at <= 5:
        if tokens[at].lower == "who":
            return at
        at -= 1
    return 0


def _with_partitive(tokens: Sequence[Token], last: int) -> Phrase:
    if last >= 2 and tokens[last - 1].lower == "of" and tokens[last - 2].kind == WORD:
        return last - 2, last
    return last, last


def _segment_start(tokens: Sequence[Token], last: int) -> int:
    """Walk back to the first word after a clause boundary."""
    first = last
    at = last - 1
    while at >= 0 and last - at < _LONGEST_PHRASE:
        token = tokens[at]
        if token.kind != WORD:
            if token.lower == ")" and (opening := _opening_of(tokens, at)) > 0:
                at = opening - 1
                continue
            break
        if _breaks_phrase(tokens, at):
            break
        first = at
        at -= 1
    return first


def _breaks_phrase(tokens: Sequence[Token], at: int) -> bool:
    lower = tokens[at].lower
    if lower == "and":
        return not _joins_names(tokens, at)
    if lower in SUBORDINATORS or lower in _FINITE or lower in AUXILIARIES:
        return True
    if lower in PRONOUNS or lower in RELATIVES:
        return True
    verb = cue_verbs().get(lower)
    return verb is not None and not verb.base and not tokens[at].is_capitalised


def _joins_names(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" stands between two nouns of one kind: two names, or two bare nouns."""
    if not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if before.kind != WORD or after.kind != WORD:
        return False
    return before.is_capitalised and after.is_capitalised


def _trim(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """Cut what comes before the subject in its segment ("In Iowa the senator" -> "the senator")."""
    while first < last and (
        tokens[first].lower in {"and", "so", "yet", "still"}
        or (tokens[first].lower in ADVERBS and tokens[first].lower not in DETERMINERS)
        or is_adverb(tokens[first])
    ):
        first += 1
    leading = tokens[first].lower
    if leading in PREPOSITIONS or (leading in TEMPORAL and first < last):
        return _last_phrase(tokens, first, last)
    if leading.endswith("ing") and not tokens[first].is_capitalised:
        return _last_phrase(tokens, first, last)
    if tokens[last].lower in TEMPORAL:
        last = _without_time(tokens, first, last)
    last = _without_adjunct(tokens, first, last)
    return (first, last) if first <= last else None


def _without_adjunct(tokens: Sequence[Token], first: int, last: int) -> int:
    """Cut "on Friday during the meeting" off a name that it follows."""
    for at in range(first + 1, last + 1):
        if tokens[at].lower in {"on", "during", "after", "before"}:
            return at - 1 if tokens[at - 1].is_capitalised else last
    return last


def _without_time(tokens: Sequence[Token], first: int, last: int) -> int:
    while last >= first and (
        tokens[last].lower in TEMPORAL or tokens[last].lower in {"on", "in", "the", "of", "late"}
    ):
        last -= 1
    return last


def _last_phrase(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """The last noun phrase of a segment that begins with a preposition or a time."""
    last = _without_time(tokens, first, last)
    if last <= first:
        return None
    if tokens[last].is_capitalised:
        at = last
        while at > first and _goes_on(tokens[at - 1]):
            at -= 1
        if at - 1 > first and tokens[at - 1].lower in DETERMINERS:
            at -= 1
        return at, last
    for at in range(last, first, -1):
        if tokens[at].lower in DETERMINERS:
            return at, last
    return last, last


def _goes_on(token: Token) -> bool:
    return token.is_capitalised and token.lower not in TEMPORAL and token.lower not in DETERMINERS


def _across_insertions(tokens: Sequence[Token], comma: int) -> Phrase | None:
    """The subject before one or more insertions between commas; `comma` closes the last of them."""
    found: Phrase | None = None
    at = comma
    for _ in range(6):
        previous = _comma_before(tokens, at)
        if previous < -1:
            return found
        segment = (previous + 1, at - 1)
        kind = _segment_kind(tokens, *segment)
        if kind == "phrase":
            found = _trim(tokens, *segment) or found
        elif kind == "clause":
            return found or head_subject(tokens, comma)
        elif kind == "tail":  # a clause and, after it, the phrase that the insertion describes
            return phrase_before(tokens, segment[1]) or found
        if previous < 0:
            return found
        at = previous
    return found


def _comma_before(tokens: Sequence[Token], at: int) -> int:
    """The previous comma of the clause; -1 at its start, -2 where a quotation or dash cuts it."""
    for index in range(at - 1, max(-1, at - _REACH), -1):
        token = tokens[index]
        if token.lower == ",":
            return index
        if token.kind in (QUOTE, DASH) or token.lower in {";", ":"}:
            return index if index == at - 1 and token.kind == QUOTE else _cut(tokens, index)
    return -1


def _cut(tokens: Sequence[Token], index: int) -> int:
    return index if tokens[index].kind in (QUOTE, DASH, MARK) else -2


def _segment_kind(tokens: Sequence[Token], first: int, last: int) -> str:
    """What a stretch between commas is: "phrase", "clause", "insertion" or a clause's "tail"."""
    if first > last or tokens[first].kind != WORD:
        return "insertion"
    leading = tokens[first].lower
    if leading in RELATIVES or leading in PREPOSITIONS or leading in TEMPORAL:
        return "insertion"
    if leading in ADVERBS or leading.endswith("ing") or leading in {"as", "too", "now"}:
        return "insertion" if last - first < 3 or leading.endswith("ing") else "clause"
    for at in range(last, first, -1):
        lower = tokens[at].lower
        if lower in SUBORDINATORS and lower not in {"so", "as"}:
            return "tail" if at < last else "clause"
        if lower in AUXILIARIES or lower in _FINITE or lower in _PERSONAL:
            return "clause"
        verb = cue_verbs().get(lower)
        if verb is not None and not verb.base and not tokens[at].is_capitalised:
            return "clause"
    if last - first > 14:
        return "clause"
    return "phrase"


def head_subject(tokens: Sequence[Token], before: int) -> Phrase | None:
    """The subject of the main clause that begins the unit, looked for before token `before`."""
    at = 0
    while at < before:
        while at < before and (
            tokens[at].kind != WORD
            or tokens[at].lower in _OPENINGS
            or is_adverb(tokens[at])
            or _is_opening_adverb(tokens, at)
        ):
            if tokens[at].kind == QUOTE:
                return None
            at += 1
        if at >= before:
            return None
        leading = tokens[at].lower
        if leading in PRONOUNS and leading not in RELATIVES:
            return at, at
        if _opens_insertion(leading):
            at = _after_comma(tokens, at, before)
            if at < 0:
                return None
            continue
        return phrase_after(tokens, at, before)
    return None


_OPENINGS = frozenset(["but", "and", "so", "yet", "still", "or", "nor", "then", "that"])


def _is_opening_adverb(tokens: Sequence[Token], at: int) -> bool:
    """Whether the unit opens with an adverb set off by a comma: "Privately, aides say"."""
    return at + 1 < len(tokens) and tokens[at].lower.endswith("ly") and tokens[at + 1].lower == ","


def _opens_insertion(leading: str) -> bool:
    return (
        leading in PREPOSITIONS
        or leading in TEMPORAL
        or leading in RELATIVES
        or (leading in SUBORDINATORS and leading not in _OPENINGS)
        or leading in {"to", "not", "as"}
        or (leading.endswith(("ing", "ed")) and leading not in {"king", "red"})
    )


def _after_comma(tokens: Sequence[Token], at: int, before: int) -> int:
    for index in range(at, before):
        if tokens[index].lower == ",":
            return index + 1
    return -1


def phrase_after(tokens: Sequence[Token], first: int, before: int) -> Phrase | None:
    """The noun phrase that starts with token `first`, or None: a pronoun, a name, or a noun."""
    if first >= before or tokens[first].kind != WORD:
        return None
    lower = tokens[first].lower
    if lower in PRONOUNS:
        return first, first
    if lower in TEMPORAL or lower in PREPOSITIONS or lower in SUBORDINATORS or lower in AUXILIARIES:
        return None
    last = first
    for at in range(first + 1, min(before, first + 12)):
        token = tokens[at]
        if token.kind != WORD or _ends_phrase(tokens, at, has_name=_is_name(tokens[last])):
            break
        last = at
    return first, last


def _ends_phrase(tokens: Sequence[Token], at: int, *, has_name: bool) -> bool:
    token = tokens[at]
    lower = token.lower
    if lower in {"of", "for", "the"} and not has_name:
        return False
    if lower == "and":
        return not _joins_names(tokens, at)
    if lower in PREPOSITIONS or lower in SUBORDINATORS or lower in AUXILIARIES:
        return lower != "of"
    if lower in _FINITE or lower in RELATIVES or lower in TEMPORAL or lower in PRONOUNS:
        return True
    if is_adverb(token):
        return True
    verb = cue_verbs().get(lower)
    if verb is not None and not token.is_capitalised:
        return True
    return has_name and not token.is_capitalised and not _describes(tokens, at)


def _describes(tokens: Sequence[Token], at: int) -> bool:
    """Whether a lower-case word goes on after a name: "Clinton’s aide", "US president Ann Lee"."""
    if _follows_possessive(tokens, at):
        return True
    word = tokens[at].lower
    if word.removesuffix("s") in ROLE_NOUNS and word.endswith("s"):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return word in ROLE_NOUNS and following is not None and following.kind == WORD


def _is_name(token: Token) -> bool:
    return token.is_capitalised and token.lower not in DETERMINERS


def _follows_possessive(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at - 1].text.endswith(("’s", "'s", "s’", "s'"))
