"""Words of a spun text as they were probably written: for matching, never for quoting.

Belongs here: replacing altered names and words so that a spun sentence can be compared with its
siblings' sentences. Does not belong here: finding what is altered (`siblings`), or any change to a
text that is stored or shown.
"""

import re
from collections.abc import Mapping, Sequence

from summit_pipeline.lexicons.counted_words import fold, table_form
from summit_pipeline.lexicons.spin_channel import Channel, load_channel
from summit_pipeline.lexicons.spun_pairs import SpunPairs, load_spun_pairs

# A word is taken for a replacement from these odds on: the point at which being wrong either way
# costs the same.
_ODDS = 1.0


def with_names(text: str, aliases: Mapping[str, str]) -> str:
    """The text with altered names as probably written; longer names first, whole words only."""
    if not aliases:
        return text
    longest_first = sorted(aliases, key=lambda name: (-len(name), name))
    pattern = r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"
    return re.sub(pattern, lambda match: aliases[match.group()], text)


def probable_words(tokens: Sequence[str]) -> list[str]:
    """The words of a spun sentence as probably written, in order.

    A replaced word is given folded; a phrase may become fewer or more words, so the result can
    differ in length. Words that are no known replacement, or are more usual between their
    neighbours than what they could stand for, stay as they are.
    """
    channel = load_channel()
    forms = [table_form(fold(token)) for token in tokens]
    words: list[str] = []
    at = 0
    while at < len(tokens):
        phrase = channel.match(forms, at, len(tokens) - at) if forms[at] else None
        original = _original(channel, forms, at, phrase) if phrase else None
        if phrase is None or original is None:
            words.append(tokens[at])
            at += 1
        else:
            words.extend(original)
            at += len(phrase)
    return words


def _original(
    channel: Channel, forms: Sequence[str], at: int, phrase: tuple[str, ...]
) -> tuple[str, ...] | None:
    stop = at + len(phrase)
    left = forms[at - 1] or None if at else None
    right = forms[stop] or None if stop < len(forms) else None
    reading = channel.read(left, phrase, right)
    if reading.original is None or reading.odds < _ODDS:
        return None
    is_attested = channel.is_attested(left, phrase, right, reading.original)
    return None if is_attested else reading.original


def may_stand_for(spun: str, original: str, pairs: SpunPairs | None = None) -> bool:
    """Whether a spinner is known to write the one (a word or phrase) for the other.

    For words that stand in the same place of two aligned sentences; says nothing on its own.
    """
    known = pairs or load_spun_pairs()
    written = tuple(fold(word) for word in spun.split())
    return tuple(fold(word) for word in original.split()) in known.originals.get(written, ())
