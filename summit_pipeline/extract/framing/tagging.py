"""Words of a sentence with a rough word class, enough to cut noun phrases and find verbs.

Belongs here: tokens and their classes. Does not belong here: what a sentence states (`frames`,
`statuses`). The classes are decided by closed word lists, the verb lexicon and the word before;
measured only through the modules that use them.
"""

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.framing.lemmas import grammar_words, noun_too, verb_lemma
from summit_pipeline.extract.naming.names import Mention, NameBook
from summit_pipeline.lexicons import load_toml
from summit_pipeline.vocabulary import Sentence

# Word classes.
NOUN, VERB, PREP, DET, CONJ, AUX, ADV, NUM, MARK, PRON, NAME, POSS, TO = range(13)

_TOKEN = re.compile(
    # First the most of all tokens, a word before a blank or comma: twice as fast as without.
    r"[a-zA-Z]++(?=[ ,])|(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_][^\W_]*+(?:-[^\W_]++)*+(?:[’'](?!s\b)[^\W_]++)?"
    r"|[$€£¥]?\d[\d,.]*\d(?:%|(?:st|nd|rd|th)\b)?|[$€£¥]?\d(?:%|(?:st|nd|rd|th)\b)?"
    r"|[’']s\b|[’'](?=\s)|[“”\"]|[,;:?!()—–…]|--|\.(?=\s|$)|[•*]"
)

_WORDS = {name: frozenset(words.split()) for name, words in load_toml("clause_words.toml").items()}
_PREPOSITIONS = _WORDS["prepositions"] - {"because", "asked"} | frozenset(
    [
        "ahead",
        "worth",
        "versus",
        "than",
        "off",
        "out",
        "up",
        "down",
        "as",
        "below",
        "above",
        "behind",
    ]
)
_DETERMINERS = grammar_words("determiners")
_CONJUNCTIONS = _WORDS["subordinators"] | _WORDS["relatives"] | {"and", "or", "but", "nor", "yet"}
_AUXILIARIES = _WORDS["auxiliaries"]
_PRONOUNS = grammar_words("pronouns")
_ADVERBS = _WORDS["adverbs"] - {"long", "back", "first"}
_NUMBERS = grammar_words("numbers")
_CONTRACTED = re.compile(r"(?:i|you|he|she|it|we|they|who|that|there)[’'](?:ll|d|ve|re|m|s)")
# Words in -ing that are nouns unless an auxiliary stands before them.
_ING_NOUNS = grammar_words("ing_nouns")
_IS_FOLLOWED = frozenset(("he", "she", "it", "there"))
_AFTER_NOUN_CLASS = frozenset((DET, POSS, PREP, NUM))


# So many words' classes are kept: all frequent ones, and no more memory than some megabytes.
_WORDS_KEPT = 1 << 16
# Forms of address before a name; their points end no sentence.
_COURTESY = grammar_words("courtesy")


class Tok(NamedTuple):
    """A token: lower-case form, place in the clean text, word class, and base form of verbs."""

    lower: str
    start: int
    end: int
    tag: int
    lemma: str | None


class View(NamedTuple):
    """A sentence as tokens with the starts of these for look-up, and the names in it."""

    sentence: Sentence
    tokens: tuple[Tok, ...]
    starts: tuple[int, ...]
    mentions: tuple[Mention, ...]

    def first_at(self, offset: int) -> int:
        """The index of the first token that starts at or after the clean offset."""
        return bisect_left(self.starts, offset)

    def last_before(self, offset: int) -> int:
        """The index of the last token that ends at or before the clean offset; -1 if none."""
        index = bisect_left(self.starts, offset) - 1
        if index >= 0 and self.tokens[index].end > offset:
            index -= 1
        return index


def view_of(doc: CleanDocument, names: NameBook, sentence: Sentence) -> View:
    """The tokens of a sentence with their classes."""
    mentions = names.mentions_in(sentence.clean_start, sentence.clean_end)
    past = len(doc.text) + 1  # where no token starts
    ahead = iter([*((m.start, m.end) for m in mentions), (past, past)])
    name_start, name_end = next(ahead)
    found: list[Tok] = []
    verbal: list[int] = []  # tokens that are verbs, or nouns with the form of one
    before = MARK
    new = tuple.__new__  # what `Tok(...)` calls, without a Python frame for each of the tokens
    for match in _TOKEN.finditer(doc.text, sentence.clean_start, sentence.clean_end):
        word = match.group()
        start, end = match.span()
        lower = word.lower()
        if lower == "." and found and found[-1].end == start and found[-1].lower in _COURTESY:
            continue
        while name_end <= start:
            name_start, name_end = next(ahead)
        if name_start <= start or (lower in _COURTESY and word[0].isupper()):
            before, lemma = NAME, None
        else:
            closed, lemma = _word(lower)
            if closed is None:
                before, lemma = _open_class(lower, lemma, before, found)
                if lemma is not None:
                    verbal.append(len(found))
            elif closed == POSS and before == PRON and found[-1].lower in _IS_FOLLOWED:
                before, lemma = AUX, "be"  # "he's considering", where nothing is anybody's
            elif lower == "yet" and before in (AUX, ADV):
                before = ADV  # "has not yet signed": no clause begins there
            else:
                before = closed
        found.append(new(Tok, (lower, start, end, before, lemma)))
    _retag_participles(found, verbal)
    return View(sentence, tuple(found), tuple([token.start for token in found]), mentions)


def _closed_class(lower: str) -> int | None:
    """The class of a function word, a number or a mark; None for content words."""
    first = lower[0]
    found: int | None = None
    if lower in ("’s", "'s", "’", "'"):
        found = POSS
    elif not first.isalnum() and first not in "$€£¥":
        found = MARK
    elif first.isdigit() or first in "$€£¥" or lower in _NUMBERS:
        found = NUM
    elif lower == "to":
        found = TO
    elif lower in _AUXILIARIES:
        found = AUX
    elif lower in _DETERMINERS and lower != "that":
        found = DET
    elif lower in _PRONOUNS or _CONTRACTED.fullmatch(lower):
        found = PRON
    elif lower in _CONJUNCTIONS:
        found = CONJ
    elif lower in _PREPOSITIONS:
        found = PREP
    elif lower in _ADVERBS or (lower.endswith("ly") and _is_ly_adverb(lower)):
        found = ADV
    return found


@functools.lru_cache(maxsize=_WORDS_KEPT)
def _word(lower: str) -> tuple[int | None, str | None]:
    """The closed class of a word and its base form as a verb, of auxiliaries and open words."""
    closed = _closed_class(lower)
    return closed, verb_lemma(lower) if closed in (None, AUX) else None


def _is_ly_adverb(lower: str) -> bool:
    return len(lower) > 4 and lower not in grammar_words("ly_nouns") and not verb_lemma(lower)


def _open_class(
    lower: str, lemma: str | None, before: int, found: list[Tok]
) -> tuple[int, str | None]:
    """Whether an open word is a noun or a verb here, and its base form if it may be a verb.

    `lemma` is what the lexicon gives, `before` the class of the token before it.
    """
    if lemma is None:
        if lower.endswith("ed") and len(lower) > 5 and before in (NOUN, NAME, PRON, AUX):
            return VERB, lower[:-2]
        return NOUN, None
    if lower in _ING_NOUNS and before != AUX:
        return NOUN, None
    if before in (TO, AUX, PRON) or (before == ADV and _verb_before(found)):
        return VERB, lemma
    inflected = lower != lemma and not lower.endswith("s")
    if lemma not in noun_too() or inflected:
        return (VERB if before not in (DET, POSS) or lower.endswith("ed") else NOUN), lemma
    if before in _AFTER_NOUN_CLASS or before in (MARK, CONJ):
        return NOUN, lemma
    if before == NAME:
        return VERB, lemma
    plural_before = before == NOUN and found[-1].lower.endswith("s")
    if plural_before and lower == lemma:
        return VERB, lemma
    return NOUN, lemma


def _verb_before(found: list[Tok]) -> bool:
    """Whether a verb may follow the adverb that ends the tokens."""
    for token in reversed(found):
        if token.tag != ADV:
            return token.tag in (TO, AUX, PRON, NAME)
    return False


def _retag_participles(found: list[Tok], verbal: Sequence[int]) -> None:
    """Participles before a noun ("the proposed deal", "blocked $5 billion bid") count as nouns."""
    for index in verbal:
        token = found[index]
        before = found[index - 1] if index else None
        after_tag = found[index + 1].tag if index + 1 < len(found) else MARK
        if before is not None and before.tag == NOUN and not before.lower.endswith("s"):
            if token.tag == NOUN and token.lemma and after_tag == DET and token.lower.endswith("s"):
                found[index] = token._replace(tag=VERB)  # "the plan calls the ..."
            elif token.tag == VERB and token.lower == token.lemma and after_tag == NOUN:
                found[index] = token._replace(tag=NOUN)  # "foreign direct investment"
        if token.tag != VERB or not token.lower.endswith(("ed", "ing", "en")) or index == 0:
            continue
        if found[index - 1].tag in (DET, POSS) and after_tag in (NOUN, NUM, NAME):
            found[index] = token._replace(tag=NOUN)
