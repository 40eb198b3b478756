"""What a person is: "Jane Doe, president of the union,", "he served as national president".

Belongs here: posts and professions told beside a name or after "be", "become" and "serve as". Does
not belong here: titles before a name and names in roles (`roles`).
"""

from typing import NamedTuple

from summit_pipeline.extract.framing.lemmas import noun_lemma
from summit_pipeline.extract.framing.phrases import phrase_from, subject_before, with_complements
from summit_pipeline.extract.framing.tagging import AUX, DET, NAME, NOUN, VERB, View
from summit_pipeline.extract.states.role_lexicon import RoleWords

_AS = frozenset(
    ("serve", "work", "act", "elect", "appoint", "name", "remain", "reelect", "hire", "introduce")
)
_GIVEN = frozenset(("elect", "appoint", "name", "reelect", "hire", "introduce"))
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
    found = []
    for at, token in enumerate(view.tokens):
        post = None
        if token.lower == "," and at > 0 and view.tokens[at - 1].tag == NAME:
            post = _post(view, at + 1, at - 1, "post_apposed", words)
            closed = post is not None and _closes(view, post.last + 1)
            post = post if closed else None
        elif token.tag in (VERB, AUX) and token.lemma is not None:
            post = _after_verb(view, at, token.lemma, words)
        if post is not None:
            found.append(post)
    return found


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
    defining = lemma == "be" and view.tokens[start].lower == "the"
    rule = "post_defining" if defining else "post_told"
    post = _post(view, start, subject.head, rule, words)
    return post._replace(verb=at) if post is not None else None


def _post(view: View, start: int, holder: int, rule: str, words: RoleWords) -> Post | None:
    """The post whose words begin at token `start`."""
    if start >= len(view.tokens) or view.tokens[start].tag not in (DET, NOUN, NAME):
        return None
    phrase = phrase_from(view, start)
    if phrase is None or view.tokens[phrase.head].tag != NOUN:
        return None
    head = noun_lemma(view.tokens[phrase.head].lower)
    if head not in words.posts or head != view.tokens[phrase.head].lower:
        return None  # no post, or several people
    return Post(start, with_complements(view, phrase), head, holder, rule)
