"""Conflict between the words of an article's address and those of its title.

A spinner rewrites the title, and on many sites the address still has the original's words. Belongs
here: that comparison. Does not belong here: the grade.
"""

import re
from urllib.parse import unquote, urlsplit

from summit_pipeline.lexicons.counted_words import counted_words
from summit_pipeline.lexicons.spun_pairs import SpunPairs

_NOT_LETTERS = re.compile(r"[^a-z]+")


def slug_words(url: str) -> tuple[str, ...]:
    """The words of the longest part of the address's path, folded; empty where there are none."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ()
    parts = (tuple(w for w in _NOT_LETTERS.split(p.lower()) if w) for p in path.split("/"))
    return max(parts, key=len, default=())


def slug_conflicts(url: str | None, title: str | None, pairs: SpunPairs) -> tuple[str, ...]:
    """Pairs "spun for original": the title has the spun word, the address the original.

    Each word must stand on one side only. At least two words must be common to both sides, else
    the address does not speak of the title.
    """
    if not url or not title:
        return ()
    slug = set(slug_words(url))
    heading = {w.form for w in counted_words(title)}
    if len(slug & heading) < 2:
        return ()
    return tuple(
        f"“{spun[0]}” for “{original[0]}”"
        for spun, originals in sorted(pairs.originals.items())
        if len(spun) == 1 and spun[0] in heading and spun[0] not in slug
        for original in originals
        if len(original) == 1 and original[0] in slug and original[0] not in heading
    )
