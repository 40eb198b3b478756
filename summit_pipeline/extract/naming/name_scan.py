"""Capitalised stretches of a sentence, cut into candidate names.

Belongs here: what is one name by its form: capitals, particles, initials, "of" inside the names of
bodies, titles before a person, words that only open a sentence. Does not belong here: what a name
names (`name_types`), or which mentions name the same (`names`).

All patterns consume at least one character a step and alternate on the first character, so that
scanning stays linear on hostile text.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summit_pipeline.extract.naming.name_words import NameWords
from summit_pipeline.text.word_places import WordPlaces

_UPPER = "A-ZÀ-ÖØ-ÞŁŚŠŽČĆŞİ"
_ABBREVIATION = (
    "Mrs?|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Capt|Rev|Prof|St|Jr|Sr|Inc|Corp|Ltd|Co|Bros|Mt|Ft|"
    "Hon|Maj|Adm|Cmdr|Cpl|Pvt|Det|Dept|No|Calif|Fla|Mass|Pa|Ariz|Ala|Ark|Colo|Conn|Ga|Ill|Ind|Ky|La|"
    "Md|Mich|Minn|Mo|Nev|Okla|Ore|Tenn|Tex|Va|Wis|Wash|Jan|Feb|Aug|Sept|Oct|Nov|Dec"
)
_WORD = (
    rf"(?:(?:[{_UPPER}]\.){{1,4}}[{_UPPER}]?(?!\w)"
    rf"|(?:{_ABBREVIATION})\."
    rf"|(?:al|el|ad|as|ul|bin)-[{_UPPER}]\w+"
    rf"|(?:[DdLO]|Mc|Mac)[’'][{_UPPER}]\w+"
    rf"|[{_UPPER}][\w]*(?:&[{_UPPER}]\w*)?(?:-(?:[a-z]{{1,3}}-)?[{_UPPER}]\w*)*)"
)
_JOIN = r"(?:of the|of|for the|for|and the|and|on|&|de la|de|da|del|della|der|den|von der|von|van der|van den|van|bin|ibn|al|el|la|le|di|du|dos|das|y)"  # noqa: E501
_STRETCH = re.compile(
    rf"(?<![\w&@#/.])(?<!\w[’']){_WORD}(?:[ \u00a0](?:{_JOIN}[ \u00a0])?{_WORD})*"
)
_PARTICLES = frozenset({"al", "el", "ad", "as", "ul", "bin", "d"})
_TIES = frozenset("-’'")
_PIECE = re.compile(rf"{_WORD}|{_JOIN}(?=[ \u00a0])")
_OPENS = frozenset("“\"‘'•*:([—–-«„…")
# "Rep. Ann Lee, D-Minn.": where a member of Congress comes from is no name.
_PARTY_AND_STATE = re.compile(r"[DRI]-[A-Z][\w.]*")
_AND = frozenset({"and", "and the", "&"})
_OF = frozenset({"of", "of the", "for", "for the", "on"})


class Piece(NamedTuple):
    """A capitalised word or a joining word inside a capitalised stretch (a tuple, for speed)."""

    start: int
    end: int
    text: str
    joins: bool


class Candidate(NamedTuple):
    """A stretch that may be a name. Offsets point into the clean text; titles are outside."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    role: str | None
    courtesy: str | None
    initial: bool  # opens a sentence, a quotation or a list item
    after_the: bool


def capitalised_words(text: str, places: WordPlaces) -> list[int]:
    """Where a capitalised stretch may begin: at capitals, and at particles ("al-Assad")."""
    return [
        start
        for word, start in zip(places.words, places.starts, strict=True)
        if word[0].isupper()
        or (word in _PARTICLES and text[start + len(word) : start + len(word) + 1] in _TIES)
    ]


def scan_sentence(
    text: str, start: int, end: int, begins: Sequence[int], words: NameWords
) -> tuple[list[list[Piece]], int]:
    """The capitalised stretches of a sentence, in pieces; and the number of capitalised words.

    `begins` are the places within it that `capitalised_words` gives.
    """
    stretches: list[list[Piece]] = []
    capitals = 0
    at = start
    for begin in begins:
        match = _STRETCH.match(text, begin, end) if begin >= at else None
        if match is None:
            continue
        at = match.end()
        whole = match.group()
        if " " not in whole and "\u00a0" not in whole:
            capitals += 1
            if whole in words.never:
                continue
            pieces = [Piece(begin, at, whole, False)]
            stretches.extend(_country_compound(pieces[0], words) or [pieces])
            continue
        pieces = [
            Piece(*m.span(), (word := m.group()), word[0].islower() and "-" not in word)
            for m in _PIECE.finditer(text, begin, at)
        ]
        capitals += sum(not p.joins for p in pieces)
        stretches.extend(_cut(pieces, words))
    return stretches, capitals


def _cut(pieces: list[Piece], words: NameWords) -> Iterator[list[Piece]]:
    """Cut a stretch at days, months, country compounds, and at an "of" or "and" that separates."""
    current: list[Piece] = []
    joined_by_of = False
    for index, piece in enumerate(pieces):
        if piece.joins:
            last = current[-1].text if current else ""
            if piece.text in _OF:
                fits = last in words.take_of or _title_goes_on(pieces, index, words)
                joined_by_of = joined_by_of or fits
            elif piece.text in _AND:
                following = pieces[index + 1].text
                fits = joined_by_of or (piece.text == "&" and following not in words.places)
                fits = (
                    fits and following not in words.places and following not in words.known_bodies
                )
            else:
                fits = bool(current)
            if fits and current:
                current.append(piece)
                continue
            if current:
                yield current
            current, joined_by_of = [], False
            continue
        if piece.text in words.never and not _is_surname(piece, current, words):
            if current:
                yield _without_trailing_joins(current)
            current, joined_by_of = [], False
            continue
        compound = _country_compound(piece, words)
        if compound:
            if current:
                yield _without_trailing_joins(current)
            yield from compound[:-1]
            current, joined_by_of = compound[-1], False
            continue
        current.append(piece)
    if current:
        yield _without_trailing_joins(current)


def _title_goes_on(pieces: list[Piece], at: int, words: NameWords) -> bool:
    """Whether the joining word at `at` stands inside a title such as "Secretary of State"."""
    texts = [p.text for p in pieces[max(0, at - 1) : at + 4]]
    return any(" ".join(texts[:length]) in words.titles_with_of for length in (3, 4, 5))


def _is_surname(piece: Piece, before: list[Piece], words: NameWords) -> bool:
    """Whether a month's name is a person's: "Theresa May"."""
    if piece.text not in ("May", "August", "March") or not before:
        return False
    last = before[-1].text
    return last in words.first_names or last in words.courtesy or last in words.title_heads


def _without_trailing_joins(pieces: list[Piece]) -> list[Piece]:
    while pieces and pieces[-1].joins:
        pieces = pieces[:-1]
    return pieces


def _country_compound(piece: Piece, words: NameWords) -> list[list[Piece]] | None:
    """The parts of "Anglo-French"-like compounds whose every part is a known place or people."""
    if "-" not in piece.text or piece.text in words.places:
        return None
    parts, at = [], piece.start
    for part in piece.text.split("-"):
        if part not in words.places:
            return None
        parts.append([Piece(at, at + len(part), part, False)])
        at += len(part) + 1
    return parts


def candidates_of(
    text: str, pieces: list[Piece], sentence_start: int, words: NameWords, written: frozenset[str]
) -> list[Candidate]:
    """The candidate names of a stretch: a place or body before a title, and the person after it.

    `written` are all words of the document: what it also writes small may open a sentence.
    """
    initial = _is_initial(text, pieces[0].start, sentence_start)
    if len(pieces) == 1 and initial and pieces[0].text.casefold() in words.openers_folded:
        return []
    while pieces and initial and _only_opens(pieces, words, written):
        pieces = pieces[1:]
        while pieces and pieces[0].joins:
            pieces = pieces[1:]
        initial = False
    if pieces and pieces[0].text in ("The", "A", "An"):
        pieces = pieces[1:]
    if len(pieces) == 1 and (
        _is_common(pieces[0].text, words) or _PARTY_AND_STATE.fullmatch(pieces[0].text)
    ):
        return []
    if not pieces:
        return []
    before, title, after = _split_title(pieces, words)
    found = []
    if before:
        found.append(_candidate(text, before, initial, None, None))
    if after:
        courtesy = next((p.text for p in title if p.text in words.courtesy), None)
        role = " ".join(p.text for p in title if p.text not in words.courtesy or courtesy is None)
        role_words = [w for w in role.split(" ") if w] if role else []
        role_text = " ".join(role_words).lower() or None
        found.append(_candidate(text, after, initial and not title, role_text, courtesy))
    return found


def _is_common(word: str, words: NameWords) -> bool:
    """Whether a lone word is a common one in capitals ("MORE"), or a function word ("60, But")."""
    folded = word.casefold()
    if folded not in words.openers_folded or word in words.known_bodies:
        return False
    if word in words.places or word in words.first_names:
        return False
    return (len(word) > 2 and word.isupper()) or folded in words.function_words


def _candidate(
    text: str, pieces: list[Piece], initial: bool, role: str | None, courtesy: str | None
) -> Candidate:
    start = pieces[0].start
    after_the = text[max(0, start - 4) : start].casefold().endswith("the ")
    return Candidate(start, pieces[-1].end, tuple(pieces), role, courtesy, initial, after_the)


def _is_initial(text: str, start: int, sentence_start: int) -> bool:
    """Whether nothing but an opening mark stands between the sentence's start and the word."""
    before = text[max(sentence_start, start - 3) : start].rstrip(" \u00a0")
    return not before or before[-1] in _OPENS or start - sentence_start <= 1


def _only_opens(pieces: list[Piece], words: NameWords, written: frozenset[str]) -> bool:
    """Whether the first word is capitalised only because it opens the sentence."""
    first = pieces[0].text
    folded = first.casefold()
    if folded in words.openers_folded:
        return len(pieces) == 1 or not _is_fixed_name(pieces, words)
    if first in words.places or first in words.first_names or first in words.known_bodies:
        return False
    if first in words.title_words or first in words.courtesy or first.endswith("."):
        return False
    if len(pieces) == 1 and folded.endswith("s") and folded[:-1] in words.roles:
        return True
    if folded in written:
        return len(pieces) == 1 or pieces[-1].text not in words.body_heads | words.suffixes
    return False


def _is_fixed_name(pieces: list[Piece], words: NameWords) -> bool:
    """Whether a stretch that opens with a common word is a name all the same ("New Zealand")."""
    texts = [p.text for p in pieces]
    return (
        " ".join(texts[:2]) in words.places
        or " ".join(texts) in words.known_bodies
        or " ".join(texts[:3]) in words.places
        or texts[0] in words.first_names
        or (texts[0] in words.title_words and len(texts) > 1)
        or (
            texts[0] in ("New", "World", "National", "International", "Foreign", "Federal")
            and texts[-1] in words.body_heads | words.suffixes
        )
    )


def _split_title(
    pieces: list[Piece], words: NameWords
) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """Split "Japanese Prime Minister Jane Doe" into (Japanese), (Prime Minister), (Jane Doe).

    A run of title words counts if it holds a title head or a courtesy title, and a name follows.
    """
    if len(pieces) == 1:
        word = pieces[0].text
        titles = words.title_heads, words.courtesy
        is_title = word not in words.known_bodies and any(word in known for known in titles)
        return ([] if is_title else pieces), [], []
    texts = [p.text for p in pieces]
    if " ".join(texts) in words.known_bodies:
        return pieces, [], []
    ends = [
        i
        for i, word in enumerate(texts)
        if word in words.title_heads or word in words.courtesy or _title_of(texts, i, words)
    ]
    ends = [i for i in ends if i == 0 or not pieces[i - 1].joins or _title_of(texts, i, words)]
    for last in reversed(ends):
        stop = last + (_title_of(texts, last, words) or 1)
        if stop >= len(pieces) or pieces[stop].joins:
            continue
        first = last
        while first > 0 and (
            texts[first - 1] in words.title_words or texts[first - 1] in words.courtesy
        ):
            first -= 1
        if texts[stop] in words.person_suffixes:
            continue  # "Martin Luther King Jr."
        if texts[stop] in words.body_heads and stop == len(pieces) - 1:
            continue  # "Justice Department" is a body, not a person called Department
        before, after = _without_trailing_joins(pieces[:first]), pieces[stop:]
        if all(p.text in words.title_words for p in after):
            return before, [], []  # "the Attorney General": nobody is named
        return before, pieces[first:stop], after
    if ends and ends[-1] == len(pieces) - 1:
        first = ends[-1]
        while first > 0 and texts[first - 1] in words.title_words:
            first -= 1
        return _without_trailing_joins(pieces[:first]), [], []
    return pieces, [], []


def _title_of(texts: list[str], at: int, words: NameWords) -> int:
    """How many words a title with "of" spans from `at` ("Secretary of State": 3); 0 if none."""
    if texts[at] not in words.titles_with_of_open:
        return 0
    for length in (5, 4, 3):
        if " ".join(texts[at : at + length]) in words.titles_with_of:
            return min(length, len(texts) - at)
    return 0
