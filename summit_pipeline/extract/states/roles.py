"""Names and places in a stated role: the suspect, the winner, the judge, the place of an event.

Belongs here: names in roles told by few, sure patterns, and the claims of all kinds of roles. Does
not belong here: names without a role (`names`), or how places (`venues`), posts (`posts`) and
charges (`causes`) are read.

Rules: title ("Judge Jane Doe", "moderator Jane Doe", "Jane Doe, the champion,"), identified
("identified as John Doe"), copula ("the suspect is John Doe"), winner ("Jane Doe won the race"),
apposed ("the firm it hired, Acme Corp.,"), known ("known as the Lee Act"), and those of the modules
above.
"""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.framing.lemmas import noun_lemma
from summit_pipeline.extract.framing.modality import is_question, modality_of, polarity_of
from summit_pipeline.extract.framing.parties import parties_in, pronoun_in
from summit_pipeline.extract.framing.phrases import clause_opening, clause_start, subject_before
from summit_pipeline.extract.framing.tagging import MARK, NOUN, POSS, PRON, VERB, View
from summit_pipeline.extract.naming.names import Mention, NameBook
from summit_pipeline.extract.states.causes import Cause, causes_in
from summit_pipeline.extract.states.people import person_at, pronoun_person
from summit_pipeline.extract.states.posts import Post, posts_in
from summit_pipeline.extract.states.role_lexicon import role_words
from summit_pipeline.extract.states.venues import venue_at
from summit_pipeline.lexicons import confidence_table, load_toml
from summit_pipeline.text.tokens import folded_words
from summit_pipeline.vocabulary import Modality

_UNMEASURED = 0.7
_ARTICLES = frozenset(("a", "an", "the", "his", "her", "its", "their", "s"))
_NAMING = ("known as", "called", "nicknamed", "titled", "entitled", " the")
# How far before its comma the noun may stand that a name in apposition names, in tokens.
_APPOSED_REACH = 10
_LISTED = re.compile(r",? (?:and|or) |, [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}(?:,| and| or)")
_BENCH = re.compile(r"\b(?:Chief )?(?:Judge|Justice) $")
# What stands between the noun and its name in apposition: "his memoir, “The Lee Years”".
_BEFORE_APPOSED = re.compile(r", [“\"‘']?(?:(?:A|An|The) )?$")
_AFTER_APPOSED = frozenset(',.;:”"’')
_COPULAS = (", ", " is ", " was ", ": ", " — ")


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """A name in a role; offsets of the name in the clean text. `kind` is name or place.

    `holder` is whose post or charge it is, where the name itself is no person.
    """

    start: int
    end: int
    kind: str
    canonical: str
    role: str
    words: str
    parties: tuple[str, ...]
    rule: str
    confidence: float
    holder: str | None = None
    modality: Modality = "asserted"
    polarity: int = 1


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns around a name: `before` ones end at its start, `winner` begins at its end."""

    identified: re.Pattern[str]
    copula: re.Pattern[str]
    known: re.Pattern[str]
    winner: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    words = load_toml("role_words.toml")
    roles, prizes = _any_of(words["told_roles"].split()), _any_of(words["won"].split())
    return _Patterns(
        identified=re.compile(
            r"\b(?:identified|named)(?: (?:him|her|by police|the (?:[a-z]+ )??(?P<role>[a-z]+)"
            r"(?: (?:who|killed|involved|arrested|shot|in|at|by)\b[^.;,]{0,40})?))? "
            r"as (?:[a-z0-9-]+ ){0,3}$"
        ),
        copula=re.compile(rf"\b(?P<role>{roles})(?:,| is| was|:| —) $", re.IGNORECASE),
        known=re.compile(
            r"\b(?:known as|so-called|(?:is|was|were|be|been) called|nicknamed|titled|entitled) "
            r"[“\"‘']?(?:the )?[“\"‘']?$"
        ),
        winner=re.compile(
            rf"(?:,[^,.;]{{1,60}},)? (?:won|wins|has won|captured|clinched) "
            rf"(?:the |a |his |her |its )?"
            rf"(?P<what>(?:(?!percent|votes|of )[\w-]+ ){{0,4}}?(?:{prizes}))\b"
        ),
    )


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(words, key=lambda w: (-len(w), w)))


def find_roles(
    doc: CleanDocument, names: NameBook, view_of_index: Callable[[int], View]
) -> tuple[RoleClaim, ...]:
    """Names in stated roles, in the order of the text; each name and role once.

    Args:
        doc: the document.
        names: its names.
        view_of_index: gives the tagged sentence of a number.
    """
    words, places = role_words(), doc.word_places
    found: list[RoleClaim] = []
    seen: set[tuple[str, str]] = set()
    for index, sentence in enumerate(doc.sentences):
        mentions = names.mentions_in(sentence.clean_start, sentence.clean_end)
        here = places.between(sentence.clean_start, sentence.clean_end)
        told = not words.screen_forms.isdisjoint(places.words[here])
        if not mentions and not told:
            continue
        view = view_of_index(index)
        of_post = bool(mentions) and not words.post_ends.isdisjoint(places.lower[here])
        for claim in _claims_of(doc.text, names, view, mentions, of_post=of_post, told=told):
            if (claim.canonical, claim.role) not in seen:
                seen.add((claim.canonical, claim.role))
                found.append(claim)
    return tuple(found)


def _claims_of(
    text: str,
    names: NameBook,
    view: View,
    mentions: Sequence[Mention],
    *,
    of_post: bool,
    told: bool,
) -> Iterator[RoleClaim]:
    words = role_words()
    for mention in mentions:
        claim = _of_mention(text, names, view, mention)
        if claim is not None:
            yield claim
    for post in posts_in(view, words) if of_post else ():
        yield from _of_post(text, names, view, post)
    for cause in causes_in(view, words) if told else ():
        yield _of_cause(text, names, view, cause)


def _of_mention(text: str, names: NameBook, view: View, mention: Mention) -> RoleClaim | None:
    patterns = _patterns()
    claim = None
    if mention.name_type in ("person", "other", "organisation"):
        claim = _told(text, mention, patterns) or _winner(text, mention, patterns)
    if claim is None and mention.is_person and mention.role:
        claim = _titled(text, names, mention)
    if claim is None:
        claim = _apposed(text, view, mention)
    if claim is None:
        venue = venue_at(text, names, view, mention, role_words())
        if venue is not None:
            claim = _claim(mention, "place", venue.head, venue.words, f"role_{venue.rule}",
                           venue.parties)  # fmt: skip
            claim = replace(claim, end=venue.end)
    return claim


def _of_post(text: str, names: NameBook, view: View, post: Post) -> Iterator[RoleClaim]:
    holder = view.tokens[post.holder]
    mention = names.mention_at(holder.start)
    person = mention.canonical if mention is not None and _may_hold(mention) else None
    if holder.tag == PRON:
        person = pronoun_in(text, names, view.sentence.clean_start, holder.start, holder.end)
    if person is None:
        return
    if post.rule == "post_defining" and mention is not None:
        yield _claim(mention, "name", post.head, post.head, "role_post_defining")
    start, end = view.tokens[post.first].start, view.tokens[post.last].end
    parties = tuple(p for p in parties_in(text, names, start, end) if p != person)
    yield RoleClaim(
        start, end, "name", _content(text[start:end]), post.head, "post",
        (person, *parties), f"role_{post.rule}", _confidence(f"role_{post.rule}"), person,
        *_reality(text, view, post.verb),
    )  # fmt: skip


def _may_hold(mention: Mention) -> bool:
    """Whether a name is a person's; beside a post two words that nothing else is told of are."""
    return mention.is_person or (mention.name_type == "other" and " " in mention.canonical)


def _reality(text: str, view: View, verb: int | None) -> tuple[Modality, int]:
    """Modality and polarity of the clause whose verb gives a role; asserted beside a name."""
    if verb is None:
        return "asserted", 1
    left = clause_start(view, verb)
    governing = view.tokens[left : verb + 2]
    opening = clause_opening(view, left)
    return modality_of(governing, opening, is_question(text, view.sentence)), polarity_of(governing)


def _of_cause(text: str, names: NameBook, view: View, cause: Cause) -> RoleClaim:
    start, end = view.tokens[cause.first].start, view.tokens[cause.last].end
    holder = _charged(text, names, view, cause)
    rule = f"role_{cause.role.replace(' ', '_')}"
    content = _content(text[start:end]).split(" ")
    while len(content) > 1 and content[-1] in role_words().light:
        content.pop()  # "a conspiracy charge" is conspiracy
    return RoleClaim(
        start, end, "name", " ".join(content), cause.role, view.tokens[cause.verb].lower,
        (holder,) if holder else (), rule, _confidence(rule), holder,
    )  # fmt: skip


def _charged(text: str, names: NameBook, view: View, cause: Cause) -> str | None:
    """Who is charged: the person between verb and offence, else the verb's subject.

    Else it is the last person before the verb.
    """
    tokens = view.tokens
    verb, first = tokens[cause.verb], tokens[cause.first]
    after = [m for m in names.mentions_in(verb.end, first.start) if m.is_person]
    if after:
        return after[0].canonical
    subject = subject_before(view, cause.verb)
    told = person_at(names, view, subject) or pronoun_person(text, names, view, subject)
    if told is not None:
        return told
    left = tokens[clause_start(view, cause.verb)].start
    before = [m for m in names.mentions_in(left, verb.start) if m.is_person]
    return before[-1].canonical if before else None


def _content(words: str) -> str:
    """The words folded, without articles and possessives."""
    return " ".join(w for w in folded_words(words) if w not in _ARTICLES)


def _told(text: str, mention: Mention, patterns: _Patterns) -> RoleClaim | None:
    before = text[max(0, mention.start - 110) : mention.start]
    named = "identified " in before or "named " in before
    match = patterns.identified.search(before) if named else None
    if match is not None:
        return _claim(
            mention, "name", match["role"] or "person", match.group().strip(), "role_identified"
        )
    match = patterns.known.search(before) if before.rstrip("“\"‘' ").endswith(_NAMING) else None
    if match is not None:
        return _claim(mention, "name", "name", match.group().strip(), "role_known")
    match = patterns.copula.search(before) if before.lower().endswith(_COPULAS) else None
    if match is not None:
        return _claim(mention, "name", match["role"].lower(), match["role"], "role_copula")
    return None


def _winner(text: str, mention: Mention, patterns: _Patterns) -> RoleClaim | None:
    match = patterns.winner.match(text, mention.end, min(len(text), mention.end + 140))
    if match is None:
        return None
    return _claim(mention, "name", "winner", match["what"], "role_winner")


def _titled(text: str, names: NameBook, mention: Mention) -> RoleClaim | None:
    """A title or role written with the name; places and bodies beside it are its parties."""
    role = mention.role or ""
    after = names.mentions_in(mention.end, min(len(text), mention.end + 90))
    phrase = re.match(r", [^,.;]{1,90}", text[mention.end : mention.end + 92])
    inside = [m.canonical for m in after if phrase and m.end <= mention.end + phrase.end()]
    before = [m.canonical for m in names.mentions_in(max(0, mention.start - 60), mention.start)
              if not text[m.end : mention.start].strip(" ’'s").startswith((",", ".", ";"))
              and role in text[m.end : mention.start].lower()]  # fmt: skip
    bench = _BENCH.search(text, max(0, mention.start - 15), mention.start)
    if bench is not None:
        told = text[max(0, bench.start() - len(role) - 1) : bench.start()].strip().lower()
        if told == role:  # "District" before "Judge Jane Doe"
            role = f"{role} {bench.group().strip().lower()}"
    head = role.split(" ")[-1]
    return _claim(
        mention, "name", head, role, "role_title", tuple(dict.fromkeys((*before, *inside)))
    )


def _apposed(text: str, view: View, mention: Mention) -> RoleClaim | None:
    """A name in commas after the noun that it names: "the firm it hired, Acme Corp., said"."""
    opened = _BEFORE_APPOSED.search(text, max(0, mention.start - 8), mention.start)
    if opened is None or text[mention.end : mention.end + 1] not in _AFTER_APPOSED:
        return None
    comma = view.first_at(opened.start())
    if comma < 1 or _is_listed(text, mention):
        return None
    beside = noun_lemma(view.tokens[comma - 1].lower)
    if view.tokens[comma - 1].tag == NOUN and beside not in role_words().bodies:
        if beside in role_words().posts and _is_definite(view, comma - 1):
            return _claim(mention, "name", beside, beside, "role_apposed")
        if not _in_relative_clause(view, comma - 1):
            return None
    for at in range(comma - 1, max(-1, comma - _APPOSED_REACH), -1):
        token = view.tokens[at]
        if token.tag == MARK or token.lower in ("and", "or"):
            return None
        noun = noun_lemma(token.lower)
        if token.tag == NOUN and noun in role_words().bodies and _is_definite(view, at):
            return _claim(mention, "name", noun, token.lower, "role_apposed")
    return None


def _in_relative_clause(view: View, at: int) -> bool:
    """Whether a clause without a mark may lead back to a noun: "the firm it hired for the show"."""
    for back in range(at, max(0, at - _APPOSED_REACH), -1):
        token = view.tokens[back]
        if token.tag == MARK:
            return False
        if token.tag in (VERB, PRON):
            return True
    return False


def _is_listed(text: str, mention: Mention) -> bool:
    """Whether the name is one of several: "Doe, Roe, Lee and Kim"."""
    return _LISTED.match(text, mention.end) is not None


def _is_definite(view: View, at: int) -> bool:
    before = view.tokens[max(0, at - 3) : at]
    return any(t.lower in ("the", "its", "their", "his", "her") or t.tag == POSS for t in before)


def _claim(
    mention: Mention, kind: str, role: str, words: str, rule: str, parties: tuple[str, ...] = ()
) -> RoleClaim:
    return RoleClaim(
        mention.start, mention.end, kind, mention.canonical, role, words, parties, rule,
        _confidence(rule),
    )  # fmt: skip


def _confidence(rule: str) -> float:
    return confidence_table("rule_confidence_claims.toml", "claims").get(rule, _UNMEASURED)
