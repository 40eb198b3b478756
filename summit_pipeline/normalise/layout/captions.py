"""Picture captions and photo credits among the lines of an article.

Belongs here: lines that describe or credit a picture. Does not belong here: image markup
(`markup`). A caption stays in the clean text as a part of its own; a bare credit is cut.
"""

import re
from dataclasses import dataclass

from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.layout.lines import Line
from summit_pipeline.text.tokens import count_words
from summit_pipeline.vocabulary import Span

_HOUSE = (
    r"(?:Getty(?: Images(?:/\w+(?: RF)?)?)?|AFP|AP(?: Photo)?|(?:The )?Associated Press"
    r"|Reuters|REUTERS|EPA|EFE|Shutterstock|Bloomberg|Alamy|Unsplash"
    r"|Pixabay"
    r"|Pexels|Flickr|iStock\w*|Wikimedia(?: Commons)?|Zuma\w*|PA(?: Wire| Media)?|dpa|Xinhua|UPI"
    r"|TASS"
    r"|Anadolu(?: Agency)?|NurPhoto|Sipa\w*|SOPA Images|AAP|Kyodo|Yonhap|Handout|Pool"
    r"|File(?: photo)?|MGN|TNS)"
)
# "(AP Photo/Jane Doe)", "(Jonathan Doe/Reuters)", "[Photo: X]", "(Photo by X/Getty Images)"
_BRACKETED_CREDIT = re.compile(
    rf"\s*[(\[](?:(?:AP|AFP|Reuters|REUTERS|File|Staff|Courtesy|Handout|EPA|PA) ?(?:photo|Photo"
    rf"|PHOTO)"
    rf"[^()\[\]\n]{{0,120}}|(?:Photo|PHOTO|Image|Picture|Photograph|Credit|Source)s?(?: by"
    rf"| credit| courtesy of|:)"
    rf"[^()\[\]\n]{{0,160}}|[^()\[\]\n]{{1,80}}(?:/|via |, ){_HOUSE}[^()\[\]\n]{{0,40}}"
    rf"|{_HOUSE}(?:/[^()\[\]\n]{{1,60}})?)[)\]]\s*$"
)
# the whole line is a credit: "Jane Doe/Getty Images", "Photo: AFP", "Image copyright Getty Images"
_BARE_CREDIT = re.compile(
    rf"(?:(?:Image|Photo|Picture|Media)\s?(?:copyright|credit|source|caption|courtesy|by|:)?:?\s)?"
    rf"(?:[\w.’' -]{{1,50}}(?:/| / | via |, | \| |—| - ))?{_HOUSE}(?:(?:/| / | via "
    rf"|, | \| )[\w.’' -]{{1,60}}){{0,2}}"
)
_TRAILING_CREDIT = re.compile(
    rf"(?<=[.”\"’])\s(?:(?:Photo|Image|Picture|Photograph|Credit)s?(?: by| credit| courtesy of"
    rf"|:)[^\n]{{2,80}}"
    rf"|(?:[A-Z][\w.’'-]+ ){{0,3}}[A-Z][\w.’'-]*(?:/| / | via ){_HOUSE}[^\n]{{0,30}}"
    rf"|REUTERS/[A-Z][^\n]{{2,40}})$"
)
_LABEL = re.compile(
    r"(?:Image caption|Photo caption|Caption|Media caption|FILE PHOTO|FILE(?= [-–—:])|File photo"
    r"|PHOTO|Photo|IN PHOTO|Pictured)"
    r"(?=\s?[-–—:]|\s[A-Z])\s?[-–—:]?\s*"
)
# Buttons over a picture, read into its caption; one "Facebook" alone is a company.
_WIDGET = re.compile(
    r"(?:(?:Enlarge this image|toggle caption|Hide caption|View image in fullscreen"
    r"|(?:Facebook|Twitter|Pinterest)\s(?:Twitter|Pinterest|LinkedIn|Email))\s){1,4}"
    r"(?:(?:Facebook|Twitter|Pinterest)\s(?!\w+\s(?:said|has|is|was)\b))?"
)
_LONGEST = 75  # words
_CREDIT_WORDS = 12  # a credit, written twice; captions are longer


@dataclass(frozen=True, slots=True)
class Caption:
    """A line that is a caption; `cuts` are credit and label, `whole` tells that all of it is."""

    index: int
    finding: Finding
    cuts: tuple[Span, ...]
    whole: bool


def find_captions(lines: list[Line]) -> list[Caption]:
    """Captions and credits among lines that no rule has settled."""
    found = []
    for index, line in enumerate(lines):
        if line.is_cut or line.is_settled or line.words > _LONGEST:
            continue
        caption = _caption(index, line)
        if caption is not None:
            found.append(caption)
    return found


def _caption(index: int, line: Line) -> Caption | None:
    text = line.text
    if len(text) < 130 and _BARE_CREDIT.fullmatch(text) and line.words > 1:
        return _found(index, line, "photo_credit", (), whole=True)
    widget = _WIDGET.match(text)
    if widget and count_words(text[widget.end() :]) <= _CREDIT_WORDS:
        return _found(index, line, "photo_credit", (), whole=True)
    credit = _BRACKETED_CREDIT.search(text, max(0, len(text) - 200)) if text[-1] in ")]" else None
    credit = credit or _TRAILING_CREDIT.search(text, max(0, len(text) - 160))
    label = widget or _LABEL.match(text)
    if credit is None and label is None:
        return None
    cuts = [Span(line.start, line.start + label.end())] if label else []
    if credit:
        if credit.start() <= (label.end() if label else 0):
            return _found(index, line, "photo_credit", (), whole=True)
        cuts.append(Span(line.start + credit.start(), line.end))
    return _found(index, line, "caption", tuple(cuts), whole=False)


def _found(index: int, line: Line, rule: str, cuts: tuple[Span, ...], *, whole: bool) -> Caption:
    evidence = (
        "names a picture's owner" if rule == "photo_credit" else "label or credit of a picture"
    )
    return Caption(
        index, Finding(line.start, line.end, "caption", rule, evidence, 0.9), cuts, whole
    )
