"""Which mentions of one document name the same, and the fullest form they have there.

Belongs here: surname after full name, first words of a body's name, acronyms, "Department of X" and
"X Department", one form for countries. Does not belong here: the gender of people (`name_genders`),
or names across documents.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from summit_pipeline.extract.naming.entries import Entry
from summit_pipeline.extract.naming.name_genders import with_gender
from summit_pipeline.extract.naming.name_scan import Piece
from summit_pipeline.extract.naming.name_words import Gender, NameWords
from summit_pipeline.vocabulary import NameType

_ACRONYM_AFTER = re.compile(r" \((?:the )?[“\"‘']?([A-Z][A-Za-z.&-]{1,9})[”\"’']?[,)]")


@dataclass(slots=True)
class _Known:
    """What the document's full names offer for resolving shorter ones."""

    persons_by_last: dict[str, list[str]]
    persons_by_first: dict[str, list[str]]
    bodies_by_first: dict[str, list[tuple[tuple[str, ...], str]]]
    others_by_last: dict[str, list[str]]
    acronyms: dict[str, str]
    gender: dict[str, Gender]
    types: dict[str, NameType]


def resolve_entries(
    text: str, entries: list[Entry], headings: Iterable[list[Piece]], words: NameWords
) -> list[Entry]:
    """Entries with canonical forms, in order; sentence-opening words without support are dropped.

    `headings` are capitalised stretches of title-case headings, in which only names known from the
    body are taken.
    """
    known = _gather(text, entries, words)
    entries = [part for e in entries for part in _split_off_place(text, e, known, words)]
    mid_sentence = {e.tokens[0] for e in entries if not e.initial and len(e.tokens) == 1}
    resolved = []
    for entry in entries:
        done = _resolve(text, entry, known, words)
        if _is_supported(text, entry, done, mid_sentence, words):
            resolved.append(done)
    resolved.extend(_names_in_headings(text, headings, resolved, known, words))
    resolved.sort(key=lambda e: e.start)
    return with_gender(text, resolved)


def _gather(text: str, entries: list[Entry], words: NameWords) -> _Known:
    counts: Counter[str] = Counter()
    person_keys: dict[tuple[str, str], str] = {}
    known = _Known({}, {}, {}, {}, {}, {}, {})
    surnames = {
        e.tokens[-1]
        for e in entries
        if e.name_type == "person" and len(e.tokens) == 1 and e.evidence in ("title", "context")
    }
    for entry in entries:
        tokens = _core(entry.tokens, words)
        if len(tokens) < 2:
            continue
        written = " ".join(text[entry.start : entry.end].split())
        if entry.name_type == "person" or _turns_person(entry, tokens, surnames):
            key = (tokens[0].casefold(), tokens[-1].casefold())
            if len(written) > len(person_keys.get(key, "")):
                person_keys[key] = written
            counts[f"{key[0]} {key[1]}"] += 1
            if entry.gender:
                known.gender.setdefault(f"{key[0]} {key[1]}", entry.gender)
        elif entry.name_type in ("organisation", "other") and written not in words.known_bodies:
            _add_body(known, tokens, written, entry)
            _add_acronym(text, known, entry, written)
    for (first, last), written in sorted(
        person_keys.items(), key=lambda item: -counts[f"{item[0][0]} {item[0][1]}"]
    ):
        known.persons_by_last.setdefault(last, []).append(written)
        known.persons_by_first.setdefault(first, []).append(written)
        known.types[written] = "person"
        gender = known.gender.get(f"{first} {last}")
        if gender:
            known.gender[written] = gender
    for entry in entries:
        if entry.evidence == "body" and len(entry.tokens) > 1:
            written = " ".join(text[entry.start : entry.end].split())
            _add_acronym(text, known, entry, words.known_bodies.get(written, written))
    return known


def _split_off_place(text: str, entry: Entry, known: _Known, words: NameWords) -> list[Entry]:
    """Cut "told Smith Japan was ready" into the two names that happen to stand side by side."""
    if len(entry.tokens) != 2 or entry.name_type != "other":
        return [entry]
    first, second = entry.tokens
    place = words.places.get(second)
    if place is None or place.kind != "country" or first.casefold() not in known.persons_by_last:
        return [entry]
    person = entry._replace(
        end=entry.start + len(first), tokens=(first,), name_type="person", evidence="context"
    )
    at = entry.end - len(second)
    return [person, Entry(at, entry.end, (second,), "place", "place", None, None)]


def _turns_person(entry: Entry, tokens: tuple[str, ...], surnames: set[str]) -> bool:
    """Whether a name of unknown type is a person because its last word is used as a surname."""
    return (
        entry.name_type == "other"
        and not entry.after_the
        and len(tokens) <= 3
        and tokens[-1] in surnames
    )


def _core(tokens: tuple[str, ...], words: NameWords) -> tuple[str, ...]:
    """The tokens without a person's suffix (Jr.)."""
    while len(tokens) > 1 and tokens[-1] in words.person_suffixes:
        tokens = tokens[:-1]
    return tokens


def _add_body(known: _Known, tokens: tuple[str, ...], written: str, entry: Entry) -> None:
    key = _body_key(tokens)
    known.bodies_by_first.setdefault(key[0], []).append((key, written))
    known.types.setdefault(written, entry.name_type)
    known.others_by_last.setdefault(tokens[-1].casefold(), []).append(written)


def _body_key(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Tokens for comparing names of bodies: countries spelled one way, "Department of X" turned."""
    folded = [t.casefold().rstrip(".") for t in tokens]
    if folded[:1] in (["u.s"], ["us"]):
        folded[:1] = ["united", "states"]
    elif folded[:1] in (["u.k"], ["uk"]):
        folded[:1] = ["united", "kingdom"]
    if folded[0] in ("department", "ministry") and len(folded) > 1:
        folded = [*folded[1:], folded[0]]
    return tuple(folded)


def _add_acronym(text: str, known: _Known, entry: Entry, written: str) -> None:
    match = _ACRONYM_AFTER.match(text, entry.end)
    if match and _abbreviates(match.group(1), entry.tokens):
        known.acronyms.setdefault(match.group(1).replace(".", ""), written)
        return
    initials = "".join(t[0] for t in entry.tokens)
    if len(initials) >= 3:
        known.acronyms.setdefault(initials, written)


def _abbreviates(acronym: str, tokens: tuple[str, ...]) -> bool:
    """Whether the letters of an acronym appear in order among the capitals of the name."""
    letters = [c for c in acronym if c.isupper()]
    rest = iter("".join(tokens))
    return bool(letters) and all(any(c == letter for c in rest) for letter in letters)


def _resolve(text: str, entry: Entry, known: _Known, words: NameWords) -> Entry:
    written = " ".join(text[entry.start : entry.end].split())
    tokens = _core(entry.tokens, words)
    person = _person(entry, tokens, known, words)
    if person is not None:
        return entry._replace(canonical=person, name_type="person",
            gender=known.gender.get(person) or entry.gender,
        )  # fmt: skip
    if written in words.known_bodies:
        return entry._replace(canonical=words.known_bodies[written])
    if entry.name_type == "place" and written in words.places:
        return entry._replace(canonical=words.places[written].canonical)
    if entry.name_type == "person":
        firm = _firm(tokens, known, words) if entry.evidence == "context" else None
        if firm is not None:
            return entry._replace(canonical=firm, name_type="organisation")
        return entry._replace(canonical=written)
    if len(tokens) == 1 and tokens[0].replace(".", "") in known.acronyms and tokens[0].isupper():
        full = known.acronyms[tokens[0].replace(".", "")]
        return entry._replace(canonical=full, name_type=known.types.get(full, "organisation"))
    if entry.name_type in ("organisation", "other"):
        body = _by_last_word(tokens, known) or _body(entry, tokens, known, words)
        if body is not None:
            name_type = known.types[body]
            if entry.name_type == "organisation":
                name_type = "organisation"
            return entry._replace(canonical=body, name_type=name_type)
    return entry._replace(canonical=written)


def _person(entry: Entry, tokens: tuple[str, ...], known: _Known, words: NameWords) -> str | None:
    """The full name of the person that an entry names, where the document gives one."""
    last = tokens[-1].casefold()
    if len(tokens) == 1:
        if entry.name_type == "organisation" and entry.evidence != "acronym":
            return None
        named = known.persons_by_last.get(last)
        if not named and entry.name_type != "place":
            named = known.persons_by_first.get(last)
        return _best(named, entry, known) if named else None
    if entry.name_type in ("person", "other"):
        for name in known.persons_by_last.get(last, ()):
            parts = name.split(" ")
            if parts[0].casefold() == tokens[0].casefold():
                return name
            if parts[0] in words.first_names and tuple(parts[-len(tokens) :]) == tokens:
                return name  # a surname of several words: "Le Pen", "Van Hollen"
    return None


def _best(names: list[str], entry: Entry, known: _Known) -> str | None:
    """Of the people with the surname: one of the stated gender, mentioned most in full.

    None where a title says that all are of the other gender: "Mr. Trump" is nobody whom a text on
    Melania Trump has named in full. A lone "Warren" may be a man's first name or her surname.
    """
    fitting = names
    if entry.gender:
        fitting = [n for n in names if known.gender.get(n, entry.gender) == entry.gender]
        if not fitting and entry.evidence != "title":
            fitting = names
    return fitting[0] if fitting else None


def _by_last_word(tokens: tuple[str, ...], known: _Known) -> str | None:
    """The full name of a team or group that is called by its last word, a plural ("the Colts")."""
    if len(tokens) != 1 or not tokens[0].endswith("s"):
        return None
    named = known.others_by_last.get(tokens[0].casefold())
    return named[0] if named else None


def _body(entry: Entry, tokens: tuple[str, ...], known: _Known, words: NameWords) -> str | None:
    """The fullest name whose first words are these; an acronym is only a firm's first word."""
    key = _body_key(tokens)
    fuller = [
        written
        for other, written in known.bodies_by_first.get(key[0], ())
        if other[: len(key)] == key
    ]
    if entry.evidence == "acronym":
        fuller = [name for name in fuller if name.split(" ")[-1] in words.suffixes]
    return max(fuller, key=len) if fuller else None


def _firm(tokens: tuple[str, ...], known: _Known, words: NameWords) -> str | None:
    """The firm whose first words these are: "Orbit said", after "Orbit Foods Corp."."""
    key = _body_key(tokens)
    for other, written in known.bodies_by_first.get(key[0], ()):
        if other[: len(key)] == key and written.split(" ")[-1] in words.suffixes:
            return written
    return None


def _is_supported(
    text: str, entry: Entry, done: Entry, mid_sentence: set[str], words: NameWords
) -> bool:
    """Whether a word that opens a sentence is a name, not just the sentence's first word."""
    if not entry.initial or len(entry.tokens) > 1 or entry.evidence != "none":
        return len(entry.tokens[-1]) > 1 or entry.name_type == "person"
    word = entry.tokens[0]
    if word in mid_sentence or done.canonical != word:
        return True
    return text[entry.end : entry.end + 2] in ("’s", "'s") and len(word) > 3


def _names_in_headings(
    text: str,
    headings: Iterable[list[Piece]],
    resolved: list[Entry],
    known: _Known,
    words: NameWords,
) -> list[Entry]:
    """Names of the body, and places and bodies of the lexicon, inside headings: longest first."""
    forms: dict[str, Entry] = {}
    for entry in resolved:
        written = " ".join(text[entry.start : entry.end].split())
        if entry.evidence != "none" or len(entry.tokens) > 1 or not entry.initial:
            forms.setdefault(written, entry)
    found = []
    for pieces in headings:
        at = 0
        while at < len(pieces):
            taken = 1
            for length in range(min(6, len(pieces) - at), 0, -1):
                name = _in_heading(text, pieces[at : at + length], forms, known, words)
                if name is not None:
                    found.append(name)
                    taken = length
                    break
            at += taken
    return found


def _in_heading(
    text: str, pieces: list[Piece], forms: dict[str, Entry], known: _Known, words: NameWords
) -> Entry | None:
    """The name that the pieces of a heading are, if the document or the lexicon knows it."""
    start, end = pieces[0].start, pieces[-1].end
    written = " ".join(text[start:end].split())
    entry = forms.get(written)
    if entry is not None:
        return entry._replace(start=start, end=end, role=None)
    tokens = tuple(p.text for p in pieces if not p.joins)
    surname = known.persons_by_last.get(written.casefold())
    if surname:
        return Entry(start, end, tokens, "person", "context", None, None, canonical=surname[0])
    if written in words.known_bodies:
        body = words.known_bodies[written]
        return Entry(start, end, tokens, "organisation", "body", None, None, canonical=body)
    place = words.places.get(written)
    if place is None:
        return None
    return Entry(start, end, tokens, "place", "place", None, None, canonical=place.canonical)
