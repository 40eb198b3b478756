"""Gender of the people that a document names: what one mention tells holds for all of them.

Belongs here: carrying gender over, and he and she after a name. Does not belong here: what a title
or first name tells (`name_types`).
"""

import re
from collections import Counter

from summit_pipeline.extract.naming.entries import Entry
from summit_pipeline.extract.naming.name_words import Gender

_PRONOUN = re.compile(r"\b(?:(he|his|him|himself)|(she|her|hers|herself))\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?\n]")


def with_gender(text: str, entries: list[Entry]) -> list[Entry]:
    """Carry gender over all mentions of a person; unknown ones by the pronouns that follow."""
    genders: dict[str, Gender] = {}
    for entry in entries:
        if entry.name_type == "person" and entry.gender:
            genders.setdefault(entry.canonical, entry.gender)
    unknown = {e.canonical for e in entries if e.name_type == "person"} - genders.keys()
    if unknown:
        genders.update(_by_pronouns(text, entries, unknown))
    return [
        e._replace(gender=gender)
        if e.name_type == "person" and (gender := genders.get(e.canonical)) != e.gender
        else e
        for e in entries
    ]


def _by_pronouns(text: str, entries: list[Entry], unknown: set[str]) -> dict[str, Gender]:
    """Gender from he or she in the rest of the sentence, where no other person stands between."""
    votes: dict[str, Counter[str]] = {}
    people = [e for e in entries if e.name_type == "person"]
    for entry, following in zip(people, [*people[1:], None], strict=True):
        if entry.canonical not in unknown:
            continue
        stop = _SENTENCE_END.search(text, entry.end)
        end = stop.start() if stop else len(text)
        end = min(end, following.start if following else end, entry.end + 300)
        pronoun = _PRONOUN.search(text, entry.end, max(entry.end, end))
        if pronoun:
            votes.setdefault(entry.canonical, Counter())["m" if pronoun.group(1) else "f"] += 1
    found: dict[str, Gender] = {}
    for name, vote in votes.items():
        if vote["m"] > vote["f"]:
            found[name] = "m"
        elif vote["f"] > vote["m"]:
            found[name] = "f"
    return found
