"""The article's title, where the text itself holds it.

Belongs here: which line is the title. Does not belong here: the titles that HTML pages state of
themselves (`html_page`) or a title delivered as a field (that is given).
"""

from summit_pipeline.normalise.layout.lines import Line

_LONGEST = 30  # words: headlines of 2,000 news articles had at most 26, half of them 10 or fewer
_FEWEST = 3
_NEXT_BODY = 12  # words of the line that must follow


def find_title(lines: list[Line]) -> int | None:
    """The index of the line that is the title, or None.

    It is the first line that is not cut, if it is short, starts large, ends without a point, comma
    or colon, and stands above body text. A first line that reads as a sentence is no title.
    """
    shown = [index for index, line in enumerate(lines) if not line.is_cut]
    if len(shown) < 2:
        return None
    line = lines[shown[0]]
    if not _FEWEST <= line.words <= _LONGEST or not _ends_like_title(line.text):
        return None
    first = line.text.lstrip("\"“‘'#(")[:1]
    if not (first.isupper() or first.isdigit()):
        return None
    following = [lines[index] for index in shown[1:5]]
    return shown[0] if any(x.words >= _NEXT_BODY and x.ends_sentence for x in following) else None


def _ends_like_title(text: str) -> bool:
    tail = text.rstrip("\"”’')")
    if tail[-1:] == ".":
        return tail[-4:] in ("U.S.", "U.K.", "U.N.", "D.C.")
    return tail[-1:] not in (",", ":", ";", "…", "—")
