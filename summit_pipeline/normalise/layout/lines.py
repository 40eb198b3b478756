"""Lines of an article: the unit in which its furniture is recognised and its paragraphs counted.

Belongs here: what a line is, and undoing of hard wrapping. Does not belong here: what a line is for
(`debris` and the modules beside it).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from summit_pipeline.text.layers import Edit
from summit_pipeline.text.tokens import count_words, fold
from summit_pipeline.vocabulary import SentencePart

_LINE = re.compile(r"[^\n]+")
_BLOCK = re.compile(r"(?m)^[^\n]++(?:\n[^\n]++)++")
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"”’')\]]*$")
_SPACES = re.compile(r"\s+")

# Typescript and mail are wrapped between these widths; longer lines are paragraphs.
_WRAP_WIDTHS = range(45, 121)
# Fewest lines of a wrapped paragraph: two lines fit the test by chance.
_WRAPPED_LINES = 3
# Of the lines of news prose wrapped at 72 columns 82 % begin with a small letter (200 articles); of
# lists and headlines hardly any.
_GOING_ON = 0.4


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something visible in it, without its outer white space."""

    start: int
    end: int
    text: str
    words: int
    part: SentencePart = "body"
    is_cut: bool = False
    is_settled: bool = False  # a rule has told its part; others leave it alone

    @property
    def folded(self) -> str:
        """The line as it is compared: case folded, quotation marks straight, single spaces."""
        return _SPACES.sub(" ", fold(self.text)).strip(" .:;,!|>»›→•*-[]()")

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends with a mark that ends or carries on a sentence."""
        return _ENDS_SENTENCE.search(self.text[-8:]) is not None


def split_lines(text: str) -> list[Line]:
    """The visible lines of a text, in order."""
    lines = []
    for match in _LINE.finditer(text):
        line = match.group()
        visible = line.strip()
        if visible:
            start = match.start() + len(line) - len(line.lstrip())
            lines.append(Line(start, start + len(visible), visible, count_words(visible)))
    return lines


def unwrap(text: str) -> list[Edit]:
    """Edits that join the lines of hard-wrapped paragraphs with spaces.

    A paragraph counts as wrapped if at each of its line ends the next word would not have fitted,
    and enough of its lines go on in mid-sentence.
    """
    edits: list[Edit] = []
    for block in _BLOCK.finditer(text):
        lines = block.group().split("\n")
        width = max(len(line.rstrip()) for line in lines)
        if len(lines) < _WRAPPED_LINES or width not in _WRAP_WIDTHS:
            continue
        going_on = sum(line[:1].islower() for line in lines[1:])
        if going_on < _GOING_ON * (len(lines) - 1):
            continue
        if all(_is_full(a, b, width) for a, b in pairwise(lines)):
            at = block.start()
            for line in lines[:-1]:
                at += len(line)
                edits.append(Edit(at, at + 1, " ", "unwrapped"))
                at += 1
    return edits


def _is_full(line: str, following: str, width: int) -> bool:
    first = following.split(" ", 1)[0]
    return bool(first) and len(line.rstrip()) + 1 + len(first) > width
