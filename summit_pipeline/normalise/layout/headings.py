"""Bullets and headings inside an article.

Belongs here: the part that a line plays by its shape and its neighbours. Does not belong here:
whether a bullet repeats the body (`repeats`).
"""

import re

from summit_pipeline.normalise.layout.lines import Line

_BULLET = re.compile(r"(?:[•‣▪◦●○■□►▶➤➢➔✓✔✅⦁∙·–—*+-]|\d{1,2}[.)](?=\s\S+\s))\s+(?=\S)")
_SURE_BULLET = re.compile(r"[•‣▪◦●○■□►▶➤➢➔✓✔✅⦁∙]\s*(?=\S)")

_LONGEST_HEADING = 14  # words
_SHORTEST_BODY = 10  # words; a heading stands above at least so much text


def bullet_marks(lines: list[Line]) -> list[tuple[int, int]]:
    """The lines that are bullets: index and length of the mark with its spaces.

    A dash, star or number is a bullet's mark only where a neighbouring line has the same mark.
    """
    found = []
    for index, line in enumerate(lines):
        if line.is_cut or line.is_settled:
            continue
        sure = _SURE_BULLET.match(line.text)
        if sure:
            found.append((index, sure.end()))
            continue
        match = _BULLET.match(line.text)
        if match and _has_twin(lines, index, match.group()):
            found.append((index, match.end()))
    return found


def _has_twin(lines: list[Line], index: int, mark: str) -> bool:
    sign = mark.strip()
    for step in (-1, 1):
        near = index + step
        if 0 <= near < len(lines):
            other = _BULLET.match(lines[near].text)
            if other and (
                other.group().strip() == sign or (sign[0].isdigit() and other.group()[0].isdigit())
            ):
                return True
    return False


def is_heading_shape(line: Line) -> bool:
    """Whether a line is short, starts large and ends without a mark, as headings do."""
    text = line.text
    if line.words == 0 or line.words > _LONGEST_HEADING or len(text) > 110:
        return False
    first = text.lstrip("\"“‘'#(")[:1]
    if not (first.isupper() or first.isdigit()) or (text[-1] == ":" and line.words > 5):
        return False
    return text[-1] not in ".,;…" and not text.endswith(('."', ".”", ",”", ',"', "—", "-"))


def find_subheads(lines: list[Line]) -> list[int]:
    """The lines that are headings inside the body: of a heading's shape, with body text after them.

    A line of one's own that ends with a point is a short paragraph ("Not quite."), no heading.
    """
    shown = [i for i, line in enumerate(lines) if not line.is_cut and line.part != "title"]
    found: set[int] = set()
    for place, index in enumerate(shown):
        line = lines[index]
        if line.is_settled or line.part in ("caption", "embed") or not is_heading_shape(line):
            continue
        following = next(
            (
                lines[j]
                for j in shown[place + 1 : place + 4]
                if j not in found and not is_heading_shape(lines[j])
            ),
            None,
        )
        if following is None or lines[shown[place + 1]].part in ("embed", "caption"):
            continue
        is_first = place == 0
        starts_text = following.words >= _SHORTEST_BODY or following.part == "bullet"
        if starts_text and not is_first and not line.text.endswith(("”", '"')):
            found.add(index)
    return sorted(found)
