"""Lines of a page that tell of a visit to it: counters, times since, stamps, advertisements.

Belongs here: whether a line is one. Does not belong here: other furniture (`furniture`), which is
cut wherever it stands; these lines stay in the clean text, since a count may be the article's own,
and are left out only where two fetches of one page are compared (`visible_text`).
"""

import functools
import re

from summit_pipeline.lexicons import load_toml
from summit_pipeline.normalise.layout.furniture import without_stamps
from summit_pipeline.text.tokens import folded_words

_LONGEST_WORDS = 16
_LONGEST_ADVERT = 200
_ADVERT = re.compile(
    r"(?:advertisements?|advert|ad|sponsored|sponsor|promoted|promotion|paid (?:content|post))"
    r"(?:\s*[:|–—-]\s|\s(?:by|content|post)\b)",
    re.I,
)


def is_visit_line(line: str) -> bool:
    """Whether the line holds only counts and times with the words beside them, or an advert."""
    if len(line) <= _LONGEST_ADVERT and _ADVERT.match(line):
        return True
    words = folded_words(line)
    if len(words) > _LONGEST_WORDS or not any(c.isdigit() for c in line):
        return False
    rest = [word for word in folded_words(without_stamps(line)) if not word[0].isdigit()]
    if not rest:
        # Dates and times alone; a bare figure may be a cell of a table.
        return any(c.isalpha() for c in line) or ":" in line
    about, beside = _words()
    return all(w in about or w in beside for w in rest) and any(w in about for w in words)


def told_in_credit(line: str) -> str:
    """What a line above or below an article tells of it, without stamps and counters, folded.

    A sentence ("Correction: an earlier version said 12 million.") tells all that it says.
    """
    if line.rstrip().endswith((".", "!", "?")) and not is_visit_line(line):
        return line
    about, beside = _words()
    words = (w for w in folded_words(without_stamps(line)) if not w[0].isdigit())
    return " ".join(w for w in words if w not in about and w not in beside)


@functools.cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    lexicon = load_toml("visit_words.toml")
    return frozenset(lexicon["about"]), frozenset(lexicon["beside"])
