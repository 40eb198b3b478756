"""Where something is or happens: "held in Geneva", "a rally in Greenville", "a San Antonio jury".

Belongs here: places named with a preposition or before a noun, and what is told of them. Does not
belong here: where somebody comes from or goes to, and other names in roles (`roles`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from summit_pipeline.extract.framing.events import event_of_date
from summit_pipeline.extract.framing.lemmas import noun_lemma
from summit_pipeline.extract.framing.parties import parties_in
from summit_pipeline.extract.framing.phrases import clause_end, clause_start, is_time
from summit_pipeline.extract.framing.tagging import DET, NAME, NOUN, PREP, View
from summit_pipeline.extract.naming.names import Mention, NameBook
from summit_pipeline.extract.states.role_lexicon import RoleWords


class Venue(NamedTuple):
    """A place and what it is the place of; clean offsets, end exclusive."""

    start: int
    end: int
    canonical: str
    head: str
    words: str
    parties: tuple[str, ...]
    rule: str


def venue_at(
    text: str, names: NameBook, view: View, mention: Mention, words: RoleWords
) -> Venue | None:
    """What the mention is the place of; None where it is no place, or of nothing told."""
    first, last = view.first_at(mention.start), view.last_before(mention.end)
    if mention.kind == "demonym" or mention.name_type not in ("place", "other"):
        return None
    if first > last or first >= len(view.tokens):
        return None
    larger = _larger_place(text, names, mention)
    end = larger.end if larger is not None else mention.end
    if last + 1 < len(view.tokens) and view.tokens[last + 1].tag == NOUN:
        # A country before a noun tells whose it is ("U.S. policy").
        told = None if mention.is_country else _told_after(view, first, last, words)
    else:
        told = _told_before(names, view, mention, first, view.last_before(end), words)
    if told is None:
        return None
    head, phrase, rule = told
    if (
        mention.name_type != "place"
        and larger is None
        and not _surely_place(view, first, told, words)
    ):
        return None
    return Venue(
        mention.start, end, mention.canonical, head, phrase,
        _others(text, names, view, first, mention, larger), rule,
    )  # fmt: skip


def _surely_place(view: View, first: int, told: tuple[str, str, str], words: RoleWords) -> bool:
    """Whether a name of unknown type must be a place: "the court in San Angelo"."""
    before = view.tokens[first - 1].lower if first else ""
    return (
        before in ("in", "near", "outside")
        and told[2] == "venue_of_noun"
        and told[0] in words.placed
    )


def _larger_place(text: str, names: NameBook, mention: Mention) -> Mention | None:
    """The state or country right after a town: "Hope, Arkansas"."""
    if text[mention.end : mention.end + 2] != ", ":
        return None
    found = names.mention_at(mention.end + 2)
    is_place = found is not None and found.name_type == "place" and found.kind != "demonym"
    return found if is_place else None


def _preposition(view: View, first: int, words: RoleWords) -> int | None:
    """The token of the preposition that puts something at the place; None if there is none."""
    tokens = view.tokens
    at = first - 1
    while at >= 0 and (tokens[at].tag == DET or tokens[at].lower in words.place_modifiers):
        at -= 1
    if at >= 1 and tokens[at].lower == "of" and tokens[at - 1].lower in words.place_nouns:
        at -= 2  # "in his hometown of Hope"
        while at >= 0 and (tokens[at].tag in (DET, NOUN) or tokens[at].lower == "his"):
            at -= 1
    if at < 0 or tokens[at].tag != PREP or tokens[at].lower not in words.place_prepositions:
        return None
    return at


def _is_body(names: NameBook, offset: int) -> bool:
    """Whether a body or event is named at the clean offset: "the Lee Convention in Tampa"."""
    mention = names.mention_at(offset)
    return mention is not None and mention.name_type == "organisation"


def _told_before(
    names: NameBook, view: View, mention: Mention, first: int, last: int, words: RoleWords
) -> tuple[str, str, str] | None:
    """The noun before the preposition, else the verb of the clause, with its words and the rule."""
    at = _preposition(view, first, words)
    if at is None or (view.tokens[at].lower == "between" and mention.stands_for is not None):
        return None
    before = view.tokens[at - 1] if at else None
    if before is not None and before.tag == NAME and _is_body(names, before.start):
        return noun_lemma(before.lower), before.lower, "venue_of_noun"
    if before is not None and before.tag == NOUN and not is_time(before.lower):
        return noun_lemma(before.lower), before.lower, "venue_of_noun"
    event = event_of_date(view, first, last)
    if event.verb is None or event.head is None or event.head in words.saying:
        return None
    if is_time(view.tokens[event.verb].lower):
        return None  # "last" is no verb here
    if event.verb > last and at > 1:
        return None  # "the park in Maine closed": it is the park that is there
    return event.head, view.tokens[event.verb].lower, "venue_of_verb"


def _told_after(view: View, first: int, last: int, words: RoleWords) -> tuple[str, str, str] | None:
    """The noun that the place stands before: "a San Antonio jury"."""
    tokens = view.tokens
    if last + 1 >= len(tokens) or tokens[last + 1].tag != NOUN:
        return None
    if first > 0 and tokens[first - 1].tag == NAME:
        return None
    noun = noun_lemma(tokens[last + 1].lower)
    return (noun, tokens[last + 1].lower, "venue_before_noun") if noun in words.placed else None


def _others(
    text: str, names: NameBook, view: View, at: int, mention: Mention, larger: Mention | None
) -> tuple[str, ...]:
    """The other names of the clause, the larger place first."""
    left, right = clause_start(view, at), clause_end(view, at)
    stretch = view.tokens[left].start, view.tokens[max(left, right - 1)].end
    found: Sequence[str] = parties_in(text, names, *stretch)
    first = (larger.canonical,) if larger is not None else ()
    return tuple(dict.fromkeys(p for p in (*first, *found) if p != mention.canonical))
