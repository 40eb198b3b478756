"""A candidate name with what its words tell, before and after the document's names are known.

Belongs here: the value. Does not belong here: its type (`name_types`) or canonical form
(`name_resolution`).
"""

from typing import NamedTuple

from summit_pipeline.extract.naming.name_words import Gender
from summit_pipeline.vocabulary import NameType


class Entry(NamedTuple):
    """A candidate name with its type, on its way to its canonical form (a tuple, for speed).

    `tokens` are its words without the joining ones.
    """

    start: int
    end: int
    tokens: tuple[str, ...]
    name_type: NameType
    evidence: str
    role: str | None
    gender: Gender | None
    initial: bool = False
    after_the: bool = False
    canonical: str = ""
