"""Who takes part: the names in a stretch of text, read as parties.

Capitals and metonyms are read as the governments they mean, "the two nations" as the last two
countries named, "the company" as the last organisation.

Belongs here: parties within one document. Does not belong here: names (`names`), or the same party
across documents (`reconcile.parties`).
"""

import re

from summit_pipeline.extract.naming.names import Mention, NameBook

_PAIR = re.compile(
    r"\b(?:the|these|both|our|their|two) (?:two )?(?:nations|countries|sides|governments|allies|"
    r"neighbors|neighbours|powers|economies|capitals|leaders|men|companies|firms|parties|teams|pair)\b|"
    r"\bthe (?:two|pair)\b",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|to|from|visit(?:s|ed|ing)?|left|outside|around|across) (?:the )?$"
)
_GROUPS = {
    "companies": "organisation",
    "firms": "organisation",
    "leaders": "person",
    "men": "person",
}
# How far back "the two nations" looks for the pair that it means, in mentions.
_REACH = 60


def party_of(text: str, mention: Mention) -> str | None:
    """The party that a mention names; None for a mere place ("in Washington")."""
    if mention.stands_for is None:
        return mention.canonical
    before = text[max(0, mention.start - 14) : mention.start]
    return None if _LOCATIVE.search(before) else mention.stands_for


def parties_in(text: str, names: NameBook, start: int, end: int) -> tuple[str, ...]:
    """The parties named in the clean stretch, each once, in order; pairs resolved."""
    found = [party_of(text, m) for m in names.mentions_in(start, end)]
    parties = tuple(dict.fromkeys(p for p in found if p))
    pair = _PAIR.search(text, start, end) if len(parties) < 2 else None
    if pair is not None:
        parties = tuple(dict.fromkeys((*parties, *_pair_before(text, names, pair))))
    return parties


def _pair_before(text: str, names: NameBook, pair: re.Match[str]) -> tuple[str, ...]:
    """The last two different names before "the two nations" that are of its type; else none."""
    noun = pair.group().split()[-1].lower()
    wanted = _GROUPS.get(noun, "place" if noun not in ("two", "pair", "parties", "teams") else "")
    found: list[str] = []
    before = [m for m in names.mentions if m.end <= pair.start()][-_REACH:]
    for mention in reversed(before):
        if wanted == "place" and not _is_country(mention):
            continue
        if wanted and wanted != "place" and mention.name_type != wanted:
            continue
        if not wanted and mention.name_type not in ("person", "organisation"):
            continue
        party = mention.stands_for or mention.canonical
        if party not in found:
            found.append(party)
        if len(found) == 2:
            return tuple(reversed(found))
    return ()


def _is_country(mention: Mention) -> bool:
    return mention.name_type == "place" and (
        mention.kind in ("demonym", "capital") or mention.is_country
    )


_DESCRIPTION = re.compile(
    r"\b(?:the|this|that) (?:[a-z]+ ){0,2}?(?P<noun>company|firm|automaker|carmaker|airline|bank|"
    r"agency|group|steelmaker|chipmaker|retailer|country|nation|kingdom|island nation)(?=[’'\s,.])",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:(?P<thing>it|its|they|their)|(?P<m>he|his|him)|(?P<f>she|her))\b", re.IGNORECASE
)


def described_in(text: str, names: NameBook, start: int, end: int) -> str | None:
    """The name that "the company" or "the country" in a stretch means: the last of its type."""
    match = _DESCRIPTION.search(text, start, end)
    if match is None:
        return None
    country = match["noun"].lower() in ("country", "nation", "kingdom", "island nation")
    for mention in reversed([m for m in names.mentions if m.end <= match.start()][-_REACH:]):
        if country and _is_country(mention):
            return mention.stands_for or mention.canonical
        if not country and mention.name_type == "organisation":
            return mention.canonical
    return None


def pronoun_in(text: str, names: NameBook, sentence_start: int, start: int, end: int) -> str | None:
    """The name that a pronoun in a stretch means, where the same sentence names it before.

    "He" and "she" mean the first person of the sentence that fits the gender: its subject, most of
    the time. "It" and "they" mean the nearest country or organisation before.
    """
    match = _PRONOUN.search(text, start, end)
    if match is None:
        return None
    before = names.mentions_in(sentence_start, match.start())
    if not match["thing"]:
        gender = "m" if match["m"] else "f"
        people = (m.canonical for m in before if m.is_person and m.gender in (None, gender))
        return next(people, None)
    for mention in reversed(before):
        if mention.name_type in ("organisation", "other") or (
            mention.name_type == "place" and mention.kind != "demonym"
        ):
            party = party_of(text, mention)
            if party is not None:
                return party
    return None
