"""What a person is: "Jane Doe, president of the union,", "he served as national president".

Belongs here: posts and professions told before or beside a name or after "be", "become" and "serve
as". Does not belong here: which name stands in a role (`roles`).
"""

from collections.abc import Iterator
from typing import NamedTuple

from summit_pipeline.extract.framing.lemmas import noun_lemma
from summit_pipeline.extract.framing.phrases import (
    Phrase,
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
    POSS,
    PREP,
    VERB,
    View,
)
from summit_pipeline.extract.naming.names import Mention
from summit_pipeline.extract.states.role_lexicon import RoleWords

_AS = frozenset(
    ("serve", "work", "act", "elect", "appoint", "name", "remain", "reelect", "hire", "introduce")
)
_GIVEN = frozenset(("elect", "appoint", "name", "reelect", "hire", "introduce"))
# What may follow a name in apposition to a post; anything else makes the comma another one.
_AFTER_NAME = frozenset((",", ".", ";", ")", "(", "of", "who"))
_OF_A_POST = frozenset(("of", "for", "at", "in", "on"))
# "Director of the office of trade": complements that a post before a name may have, and itself.
_CHAINED = 3
_FEWEST_WORDS = 2
_OF_THE_MOMENT = frozenset(("acting", "former", "then", "interim", "incoming", "outgoing", "ex"))
_BENCH = frozenset(("judge", "justice"))  # forms of address, which are tagged as parts of a name
_BECOME = frozenset(("become", "remain", "be", "elect", "appoint", "name"))


class Post(NamedTuple):
    """Tokens of a post's words, its head noun, the token of the holder, and of the verb if any.

    The rule `post_defining` tells that only one can hold it ("was the moderator").
    """

    first: int
    last: int
    head: str
    holder: int
    rule: str
    verb: int | None = None


def posts_in(view: View, words: RoleWords) -> list[Post]:
    """The posts that a sentence tells of names, in order."""
    found: list[Post] = []
    for at, token in enumerate(view.tokens):
        if token.lower == "," and at > 0 and view.tokens[at - 1].tag == NAME:
            found.extend(_apposed(view, at, words))
        elif token.tag in (VERB, AUX) and token.lemma is not None:
            post = _after_verb(view, at, token.lemma, words)
            if post is not None:
                found.append(post)
    for mention in view.mentions:
        post = _before_name(view, mention, words) if mention.is_person else None
        if post is not None:
            found.append(post)
    return found


def _apposed(view: View, comma: int, words: RoleWords) -> Iterator[Post]:
    """Posts after a name and its comma: "Jane Doe, then a lawyer and later the mayor,"."""
    tokens, start = view.tokens, comma + 1
    told: list[Post] = []
    while start < len(tokens):
        start += tokens[start].tag == ADV
        post = _post(view, start, comma - 1, "post_apposed", words)
        if post is None:
            break
        told.append(post)
        after = post.last + 1
        if after >= len(tokens) or tokens[after].lower != "and":
            break
        start = after + 1
    if told and _closes(view, told[-1].last + 1) and not _leads_to_name(view, told[-1]):
        yield from told


def _leads_to_name(view: View, post: Post) -> bool:
    """Whether a definite post is that of the name after it: "Doe, the union's leader, Ann Lee,"."""
    following = view.tokens[post.last + 1 : post.last + 3]
    named = len(following) == 2 and following[0].lower == "," and following[1].tag == NAME
    return named and _is_definite(view, post.first)


def _is_definite(view: View, first: int) -> bool:
    """Whether a phrase that starts at token `first` has "the", "its" or a possessor."""
    opening = view.tokens[first : first + 4]
    return opening[0].lower in ("the", "its", "his", "her", "their") or any(
        t.tag == POSS for t in opening
    )


def _before_name(view: View, mention: Mention, words: RoleWords) -> Post | None:
    """A post of several words before its holder's name: "senior director of sales Jane Doe".

    A single word ("President Jane Doe", "the judge, Jane Doe,") is a title, no more.
    """
    tokens = view.tokens
    first, last = view.first_at(mention.start), view.last_before(mention.end)
    at = first - 1
    if at >= 0 and tokens[at].lower == ",":
        if last + 1 >= len(tokens) or tokens[last + 1].lower not in _AFTER_NAME:
            return None
        at -= 1
    phrase = phrase_to(view, at) if at >= 0 else None
    for _ in range(_CHAINED):
        if phrase is None:
            return None
        head = tokens[phrase.head]
        if head.lower in words.posts and (head.tag == NOUN or head.lower in _BENCH):
            break
        before = tokens[phrase.first - 1] if phrase.first > 1 else None
        if before is None or before.tag != PREP or before.lower not in _OF_A_POST:
            return None
        phrase = phrase_to(view, phrase.first - 2)
    if phrase is None or tokens[phrase.head].lower not in words.posts:
        return None
    if at < first - 1 and not _is_definite(view, phrase.first):
        return None  # "Doe, mayor of Hope, Roe, mayor of": the post of the name before
    if sum(tokens[i].tag in (NOUN, NAME) for i in range(phrase.first, at + 1)) < _FEWEST_WORDS:
        return None
    start = phrase.first
    while start > 0 and tokens[start - 1].lower in _OF_THE_MOMENT:
        start -= 1
    return Post(start, at, _plain(tokens[phrase.head].lower), last, "post_before_name")


def _closes(view: View, at: int) -> bool:
    if at >= len(view.tokens):
        return True
    token = view.tokens[at]
    return token.lower in (",", ".", ";", "who", "—", "–", ")", "and")


def _after_verb(view: View, at: int, lemma: str, words: RoleWords) -> Post | None:
    start = at + 1
    if start >= len(view.tokens):
        return None
    passive = at > 0 and view.tokens[at - 1].lemma == "be"
    if lemma in _GIVEN and not passive:
        return None  # whoever appoints somebody is no holder
    if view.tokens[start].lower == "as" and lemma in _AS:
        start += 1
    elif lemma not in _BECOME:
        return None
    subject = subject_before(view, at)
    if subject is None:
        return None
    holder = _holder(view, subject)
    defining = lemma == "be" and view.tokens[start].lower == "the"
    rule = "post_defining" if defining else "post_told"
    post = _post(view, start, holder, rule, words)
    return post._replace(verb=at) if post is not None else None


def _holder(view: View, subject: Phrase) -> int:
    """The token of whom a subject names: of "Jane Doe, a lawyer who", it is Jane Doe.

    So it is of "Jane Doe is a lawyer who".
    """
    tokens, before = view.tokens, subject.first - 1
    if tokens[subject.head].tag != NOUN or before < 1:
        return subject.head
    if tokens[before].lower == "," and tokens[before - 1].tag == NAME:
        return before - 1
    named = subject_before(view, before) if tokens[before].lemma == "be" else None
    return named.head if named is not None else subject.head


def _post(view: View, start: int, holder: int, rule: str, words: RoleWords) -> Post | None:
    """The post whose words begin at token `start`."""
    if start >= len(view.tokens) or view.tokens[start].tag not in (DET, NOUN, NAME):
        return None
    phrase = phrase_from(view, start)
    if phrase is None or view.tokens[phrase.head].tag != NOUN:
        return None
    head = view.tokens[phrase.head].lower
    if head not in words.posts or noun_lemma(head) != head:
        return None  # no post, or several people
    return Post(start, with_complements(view, phrase), _plain(head), holder, rule)


def _plain(head: str) -> str:
    """The noun of a post: of "vice-president" as of "vice president" it is president."""
    return head.rpartition("-")[2]
