"""Whose name a speaker's phrase stands for: he and she, role nouns, surnames, descriptions.

Belongs here: from a mention ("he", "the president", "the official") to a canonical name or to a
stable description. Does not belong here: which names there are (`names`), or which phrase is a
speaker (`speakers`, `readings`).

The candidate for he or she is the most recent subject of the fitting gender, not the nearest name:
subjects are 82 % right on 40 hand-resolved speakers of PolNeAR, nearest names 57 %.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from summit_pipeline.extract.naming.name_words import name_words
from summit_pipeline.extract.naming.names import Mention, NameBook
from summit_pipeline.extract.saying.clauses import QUOTE, Token
from summit_pipeline.extract.saying.noun_phrases import (
    Phrase,
    phrase_before,
)
from summit_pipeline.extract.saying.readings import Reading
from summit_pipeline.extract.saying.subjects import (
    head_subject,
)
from summit_pipeline.extract.saying.word_classes import (
    AUXILIARIES,
    CONTRACTED,
    DETERMINERS,
    FINITE_VERBS,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_NOUNS,
)
from summit_pipeline.lexicons import load_toml
from summit_pipeline.vocabulary import Span

_GENDER = {"he": "m", "she": "f"}
_ARTICLE = re.compile(r"^(?:the|a|an|one|his|her|their|its|another)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w’'.&-]*")
_DESCRIPTION_END = re.compile(r"(?<=\w)\s(?:who|which|that|in|on|at|\w+ing)(?:\s|$)")
# How far before "who" the name may end that it refers to.
_REACH_OF_WHO = 90
# So many subjects and descriptions back a later phrase may refer (bounds the work on long texts).
_MEMORY = 60

_ROLES = load_toml("role_nouns.toml")
_HEADS_OF_GOVERNMENT = frozenset(_ROLES["heads_of_government"]["titles"])
_LEADER_NOUNS = frozenset(_ROLES["heads_of_government"]["nouns"])
_SAME_ROLE = {word: frozenset(group) for group in _ROLES["same_role"]["groups"] for word in group}
_PLURAL_NOUNS = frozenset(_ROLES["plurals"]["irregular"])


class _Subject(NamedTuple):
    """A subject of the narration: where it stands and whom it was resolved to."""

    start: int
    name: str
    gender: str | None
    kind: str  # person, other, group


class Resolver:
    """Resolves the mentions of one document; subjects must be told to it in the text's order."""

    def __init__(self, text: str, names: NameBook) -> None:
        self._text = text
        self._names = names
        self._subjects: list[_Subject] = []
        self._unit_start = 0
        self._by_role: dict[str, tuple[str, ...]] = {}
        self._quoted: list[tuple[int, int]] = []
        self._descriptions: list[tuple[str, str]] = []  # head noun, label
        self._leaders: dict[str, str | None] | None = None
        self._done: dict[tuple[int, int], tuple[str | None, str | None]] = {}
        self._untold: list[tuple[Sequence[Token], Sequence[Reading]]] = []

    def tell(self, tokens: Sequence[Token], readings: Sequence[Reading]) -> None:
        """Take note of a unit, whose subjects are read when a phrase asks for what was before."""
        self._untold.append((tokens, readings))

    def _listen(self) -> None:
        """Read the subjects of the units told since the last time, in order."""
        while self._untold:
            untold, self._untold = self._untold, []
            for tokens, readings in untold:
                self._take_subjects(tokens, readings)

    def _take_subjects(self, tokens: Sequence[Token], readings: Sequence[Reading]) -> None:
        if tokens:
            self._unit_start = tokens[0].start
            self._quoted = [(t.start, t.end) for t in tokens if t.kind == QUOTE]
        phrases = {r.subject for r in readings if r.subject is not None}
        head = head_subject(tokens, len(tokens))
        if head is not None:
            phrases.add(head)
        for first, last in sorted(phrases):
            span = Span(tokens[first].start, tokens[last].end)
            if tokens[first].lower == "who":
                self._take_antecedent(tokens, first, span)
            name, basis = self.resolve(span)
            if name is None or basis is None:
                continue
            self._subjects.append(
                _Subject(span.start, name, self._gender(name), self._kind(name, span))
            )

    def _take_antecedent(self, tokens: Sequence[Token], who: int, span: Span) -> None:
        """Let "who" stand for the phrase right before it."""
        at = who - 1
        if at >= 0 and tokens[at].lower == ",":
            at -= 1
        phrase = phrase_before(tokens, at)
        person = self._described_person(tokens, phrase)
        if person is not None:
            self._done[span.start, span.end] = person, "name"
        elif phrase is not None:
            self._done[span.start, span.end] = self.resolve(
                Span(tokens[phrase[0]].start, tokens[phrase[1]].end)
            )

    def _described_person(self, tokens: Sequence[Token], phrase: Phrase | None) -> str | None:
        """The person that a phrase in apposition describes: "Ann Lee, a student who"."""
        if phrase is None or phrase[0] == 0 or tokens[phrase[0] - 1].lower != ",":
            return None
        if tokens[phrase[0]].lower not in {"a", "an", "the"}:
            return None
        mention = self._names.mention_at(tokens[phrase[0] - 1].start - 1)
        return mention.canonical if mention is not None and mention.is_person else None

    def resolve(self, span: Span) -> tuple[str | None, str | None]:
        """The canonical name or description that the phrase stands for, and how it was found.

        The basis is "name", "pronoun", "role" or "description"; (None, None) where undecided.
        """
        known = self._done.get((span.start, span.end))
        if known is None:
            known = self._done[span.start, span.end] = self._resolve(span)
        return known

    def _resolve(self, span: Span) -> tuple[str | None, str | None]:
        words = self._text[span.start : span.end]
        lower = words.lower()
        lower = CONTRACTED.get(lower, lower)
        if lower not in PRONOUNS and (name := self._named(span)) is not None:
            return name, "name"
        self._listen()
        if (span.start, span.end) in self._done:
            return self._done[span.start, span.end]
        if lower in PRONOUNS:
            name = self._pronoun(lower, span.start)
            return (name, "pronoun") if name else (None, None)
        name = self._apposed(span)
        if name is not None:
            return name, "name"
        name = self._role(lower, span)
        if name is not None:
            return name, "role"
        if _is_clause(lower):
            return None, None
        return self._described(words, self._names.mention_at(span.start) is not None), "description"

    # --- pronouns ---

    def _pronoun(self, pronoun: str, at: int) -> str | None:
        if pronoun in _GENDER:
            return self._by_gender(_GENDER[pronoun], at)
        if pronoun == "who":
            return self._antecedent(at)
        if pronoun == "they":
            return self._latest({"group", "other"}, at)
        if pronoun == "it":
            return self._latest({"other"}, at)
        return None

    def _latest(self, kinds: set[str], at: int) -> str | None:
        for subject in reversed(self._subjects[-12:]):
            if subject.start < at and subject.kind in kinds:
                return subject.name
        return None

    def _by_gender(self, gender: str, at: int) -> str | None:
        """The most recent person of the gender in subject place; else the nearest name before."""
        here = self._person_here(gender, at)
        if here is not None:
            return here
        for subject in reversed(self._subjects[-_MEMORY:]):
            told = subject.kind == "description" and subject.gender is not None
            if subject.start >= at or not (told or subject.kind in {"person", "name"}):
                continue
            if subject.gender in {gender, None}:
                return subject.name
        for mention in reversed(self._names.mentions_in(max(0, at - 2500), at)):
            if mention.name_type == "person" and mention.gender == gender:
                return mention.canonical
        return None

    def _person_here(self, gender: str, at: int) -> str | None:
        """The last person of the gender in the pronoun's own unit, if no subject there is one."""
        start = self._unit_start
        if any(start <= s.start < at and s.kind == "person" for s in self._subjects[-8:]):
            return None
        for mention in reversed(self._names.mentions_in(start, at)):
            held = any(a <= mention.start < b for a, b in self._quoted)
            if mention.is_person and mention.gender == gender and not held:
                return mention.canonical
        return None

    def _antecedent(self, at: int) -> str | None:
        nearby = self._names.mentions_in(max(0, at - _REACH_OF_WHO), at)
        people = [m for m in nearby if m.name_type == "person"]
        return people[-1].canonical if people else None

    # --- names ---

    def _named(self, span: Span) -> str | None:
        """The name at the head of the phrase: "campaign manager Ann Lee of Ohio" -> Ann Lee."""
        end = self._head_end(span)
        mentions = [m for m in self._names.mentions_in(span.start, end) if m.kind != "demonym"]
        cut = self._names.mention_at(span.start)
        if cut is not None and cut.start < span.start:
            mentions = [cut, *mentions]
        if not mentions:
            return None
        last = mentions[-1]
        rest = self._text[last.end : end].strip(" .,\u00a0")
        if rest and rest.lower() not in {"later", "then", "also"} and not _is_suffix(rest):
            first = mentions[0]
            return first.canonical if _is_list(self._text[first.end : end]) else None
        if len(mentions) > 1 and _joined(self._text, mentions):
            return " and ".join(dict.fromkeys(m.canonical for m in mentions))
        first = mentions[0]
        if first.is_person and first.start == span.start and first != last:
            between = self._text[first.end : last.start].split()
            if between and between[0].endswith(("s", "ed")) and between[0].isalpha():
                return first.canonical  # a headline: "Lee meets Spanish premier Ann Roe, vows to"
        return last.canonical

    def _apposed(self, span: Span) -> str | None:
        """The person named in apposition: "the head of the bank, Ann Lee, said"."""
        if self._text[span.end : span.end + 2] != ", ":
            return None
        mention = self._names.mention_at(span.end + 2)
        if mention is None or not mention.is_person or mention.start != span.end + 2:
            return None
        closed = self._text[mention.end : mention.end + 1] == ","
        return mention.canonical if closed else None

    def _head_end(self, span: Span) -> int:
        """The end of the phrase before its first preposition."""
        if self._text[span.start : span.end].isalpha():
            return span.end  # one word, as most subjects are
        for match in _WORD.finditer(self._text, span.start, span.end):
            if match.group().lower() in PREPOSITIONS and match.start() > span.start:
                mention = self._names.mention_at(match.start())
                if mention is None:
                    return match.start()
        return span.end

    # --- role nouns and descriptions ---

    def _role(self, lower: str, span: Span) -> str | None:
        """Who bears the role: "the president", "the Florida senator", "the U.S. leader"."""
        if not lower.startswith("the "):
            return None
        head_words = self._text[span.start : self._head_end(span)].lower().split()[1:]
        if not head_words:
            return None
        noun = head_words[-1]
        if noun in _LEADER_NOUNS and (len(head_words) > 1 or noun not in _SAME_ROLE):
            return self._leader(span)
        roles = {" ".join(head_words), noun} if len(head_words) < 3 else {noun}
        if "former" not in head_words:
            holders = self._holders(roles | _SAME_ROLE.get(noun, frozenset()))
        else:
            holders = self._holders({f"former {noun}"}, former=True)
        if len(holders) == 1:
            return holders[0]
        for subject in reversed(self._subjects[-_MEMORY:]):
            if subject.start < span.start and subject.name in holders:
                return subject.name
        return None

    def _holders(self, roles: set[str] | frozenset[str], *, former: bool = False) -> list[str]:
        found: dict[str, None] = {}
        for role in sorted(roles):
            for name in self._holders_of(role):
                borne = self._names.roles_of(name)
                past = any(r.startswith(("former ", "ex-", "late ")) for r in borne)
                if past == former:
                    found[name] = None
        return list(found)

    def _holders_of(self, role: str) -> tuple[str, ...]:
        if role not in self._by_role:
            self._by_role[role] = self._names.holders(role)
        return self._by_role[role]

    def _leader(self, span: Span) -> str | None:
        """The head of government of the country named in the phrase; by elimination if need be."""
        places = [m.canonical for m in self._names.mentions_in(span.start, span.end)]
        leaders = self._leaders_of()
        if not places:
            return next(iter(leaders)) if len(leaders) == 1 else None
        fitting = [n for n, country in leaders.items() if country == places[0]]
        if not fitting:
            fitting = [n for n, country in leaders.items() if country is None]
        return fitting[0] if len(fitting) == 1 else None

    def _leaders_of(self) -> dict[str, str | None]:
        """Heads of government in the document, with the country written before their title."""
        if self._leaders is None:
            self._leaders = {}
            for mention in self._names.mentions:
                role = (mention.role or "").lower()
                if not mention.is_person or role not in _HEADS_OF_GOVERNMENT:
                    continue
                start = mention.start - len(role) - 3
                country = self._names.mention_at(start) if start >= 0 else None
                known = self._leaders.get(mention.canonical)
                place = country.canonical if country and country.name_type == "place" else None
                self._leaders[mention.canonical] = known or place
        return self._leaders

    def _described(self, words: str, starts_with_name: bool) -> str:
        """A stable label of somebody unnamed; "the official" takes up the last one introduced."""
        bare = _ARTICLE.sub("", " ".join(words.split()))
        cut = _DESCRIPTION_END.split(bare, maxsplit=1)[0]
        head = _head_noun(cut)
        definite = words.lower().startswith(("the ", "that ", "this "))
        if definite and len(cut.split()) <= 3:
            for noun, label in reversed(self._descriptions[-_MEMORY:]):
                if noun == head and _fits(cut, label):
                    return label
        opens = words[:1].isupper() and bare == " ".join(words.split())
        if opens and not starts_with_name and self._is_common(cut):
            cut = cut[0].lower() + cut[1:]
        label = cut
        self._descriptions.append((head, label))
        return label

    def _is_common(self, phrase: str) -> bool:
        """Whether a phrase that opens a sentence begins with a common noun or an adjective."""
        words = phrase.split()
        if len(words) > 1:
            return words[1].islower()
        lower = phrase.lower()
        return lower.removesuffix("s") in ROLE_NOUNS or f" {lower} " in self._text

    # --- what is known of a name ---

    def _gender(self, name: str) -> str | None:
        """Of a name, or of a description by its noun ("husband")."""
        if self._names.type_of(name) is not None:
            return self._names.gender_of(name)
        return name_words().role_gender.get(_head_noun(name))

    def _kind(self, name: str, span: Span) -> str:
        name_type = self._names.type_of(name)
        if name_type == "person":
            return "person"
        if name_type == "other" and " " in name and not name.lower().startswith("the "):
            return "name"
        head = _head_noun(name)
        if name_type is None and (
            " and " in name
            or (head.endswith("s") and not head.endswith("ss"))
            or head in _PLURAL_NOUNS
        ):
            return "group"
        return "other" if name_type else "description"


_CONTRACTION = re.compile(r"(?:it|that|there|here|what|where|how|let|he|she)[’'](?:s|d|ll)\b")


def _is_clause(lower: str) -> bool:
    """Whether words taken for somebody begin with a verb: "it's worth", "filed a brief"."""
    first, _, rest = lower.partition(" ")
    second = rest.partition(" ")[0]
    if _CONTRACTION.match(first) or first in AUXILIARIES:
        return True
    is_past = first in FINITE_VERBS or (first.endswith("ed") and len(first) > 4)
    return is_past and (second in PREPOSITIONS or second in DETERMINERS)


def _is_suffix(rest: str) -> bool:
    return rest.strip(" .,()").lower() in {"jr", "sr", "ii", "iii"} or rest.startswith("(")


def _is_list(rest: str) -> bool:
    return rest.lstrip().startswith((",", "("))


def _joined(text: str, mentions: Sequence[Mention]) -> bool:
    return text[mentions[-2].end : mentions[-1].start].strip() in {"and", "&"}


def _head_noun(phrase: str) -> str:
    """The last word before the first preposition, in lower case."""
    head = ""
    for word in phrase.lower().split():
        if word in PREPOSITIONS and head:
            break
        head = word.strip(".,’'")
    return head


def _fits(short: str, label: str) -> bool:
    """Whether all words of the later phrase occur in the label ("the senior official")."""
    have = set(label.lower().split())
    return all(word in have or word in {"u.s.", "us"} for word in short.lower().split())
