"""Words of a spun text as they were probably written: for matching, never for quoting.

Belongs here: replacing words that a spinner chose, so that a spun sentence can be compared with its
siblings' sentences. Does not belong here: finding altered names (`siblings`), or any change to a
text that is stored or shown.
"""

import functools
from collections.abc import Sequence

from summit_pipeline.lexicons.counted_words import fold, table_form
from summit_pipeline.lexicons.spin_channel import Channel, load_channel
from summit_pipeline.text.tokens import words

# A word is taken for a replacement from these odds on: the point at which being wrong either way
# costs the same.
_ODDS = 1.0


@functools.lru_cache(maxsize=8192)
def as_written(text: str) -> str:
    """The words of a spun sentence, or of a part of one, as probably written.

    A replaced word or phrase is given folded and may become fewer or more words. Words that are no
    known replacement, or are more usual between their neighbours than what they could stand for,
    stay as they are, with all that stands between words.
    """
    channel = load_channel()
    spans = words(text)
    forms = [table_form(fold(text[span.start : span.end])) for span in spans]
    parts: list[str] = []
    done = at = 0
    while at < len(spans):
        phrase = channel.match(forms, at, len(spans) - at) if forms[at] else None
        original = _original(channel, forms, at, phrase) if phrase else None
        size = len(phrase) if phrase and original else 1
        if original:
            parts += (text[done : spans[at].start], " ".join(original))
            done = spans[at + size - 1].end
        at += size
    return "".join((*parts, text[done:]))


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
