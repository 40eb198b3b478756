"""One walk through the source of an HTML page: its elements and its visible text.

Belongs here: nesting, raw text elements, hidden text, and what a page states of itself (title,
dates). Does not belong here: which of the text is the article (`html_article`).

The scanner goes through the source once, whatever it holds: unclosed tags, 100,000 levels of
nesting or text that is no HTML. Every kept character keeps its place in the source.
"""

import html
import re
from dataclasses import dataclass, field

from summit_pipeline.normalise.html.html_elements import (
    ElementPart,
    holds_others_words,
    is_furniture,
    is_hidden,
    part_of,
)
from summit_pipeline.normalise.html.html_tags import (
    BLOCK,
    RAW_TEXT,
    TAG_START,
    VOID,
    attributes,
    tag_end,
)

_SPACE = re.compile(r"\s+")
_MICRODATA_DATE = re.compile(r"datePublished", re.I)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,60})"')
# Tags with quotation marks that nothing closes; each costs a look through what follows.
_MOST_BROKEN = 50


@dataclass(slots=True)
class Element:
    """An element of a page; `parent` is a number in the page's list of elements."""

    name: str
    parent: int
    start: int
    end: int = -1
    part: ElementPart | None = None
    hidden: bool = False  # by its own attributes
    furniture: bool = False  # by its own name
    is_other: bool = False  # furniture that holds others' prose: comments, teasers
    is_link: bool = False  # it or an element around it is a link
    is_body: bool = False  # microdata call it the article's body


@dataclass(frozen=True, slots=True)
class Piece:
    """Visible text of the source between two tags."""

    start: int
    end: int
    block: int  # number of the block; pieces of one block flow on
    element: int  # the innermost element around it


@dataclass(slots=True)
class Scan:
    """What stands in a page's source. Element 0 is the page itself."""

    elements: list[Element] = field(default_factory=lambda: [Element("", -1, 0)])
    pieces: list[Piece] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    title: str | None = None
    dates: list[tuple[str, str]] = field(default_factory=list)  # (where it stood, as written)


class _Scanner:
    def __init__(self, source: str, start: int) -> None:
        self.source = source
        self.at = start
        self.scan = Scan()
        self.stack = [0]
        self.open: dict[str, int] = {}
        self.block = 0
        self.broken = 0
        self.unclosed: set[str] = set()  # names whose end tag does not come any more

    def run(self) -> Scan:
        source = self.source
        while (at := source.find("<", self.at)) >= 0:
            match = TAG_START.match(source, at)
            if match is None:
                self.text(self.at, at + 1)
                self.at = at + 1
                continue
            self.text(self.at, at)
            self.tag(match)
        self.text(self.at, len(source))
        while self.stack:
            self.close(len(source))
        return self.scan

    def text(self, start: int, end: int) -> None:
        if start < end and not self.source[start:end].isspace():
            self.scan.pieces.append(Piece(start, end, self.block, self.stack[-1]))

    def tag(self, match: re.Match[str]) -> None:
        source, start = self.source, match.start()
        if match[2] is None:
            mark = "-->" if source.startswith("<!--", start) else ">"
            end = source.find(mark, match.end())
            self.at = len(source) if end < 0 else end + len(mark)
            return
        end = self.find_tag_end(match.end())
        self.at = end
        name = match[2].lower()
        if name in BLOCK:
            self.block += 1
        if match[1]:
            self.close_named(name, start)
        else:
            self.start(name, source[match.end() : end], start)

    def find_tag_end(self, at: int) -> int:
        """The end of a tag; after too many that cannot be read, the next '>' ends any."""
        end = tag_end(self.source, at) if self.broken < _MOST_BROKEN else None
        if end is None:
            self.broken += 1
            close = self.source.find(">", at)
            end = len(self.source) if close < 0 else close + 1
        return end

    def start(self, name: str, inside: str, start: int) -> None:
        found = attributes(inside) if inside.strip("/> \n\t") else {}
        if name == "meta":
            self.note_meta(found)
        if name == "time" and found.get("datetime"):
            rank = "time datePublished" if _MICRODATA_DATE.search(inside) else "time"
            self.scan.dates.append((rank, found["datetime"]))
        if name in RAW_TEXT:
            self.skip_raw(name, inside)
        elif name not in VOID and not inside.endswith("/>"):
            self.push(name, found, start)

    def push(self, name: str, found: dict[str, str], start: int) -> None:
        if name == "p" and self.open.get("p", 0) and self.scan.elements[self.stack[-1]].name == "p":
            self.close(start)  # a paragraph holds no paragraph: the end tag was left out
        elements = self.scan.elements
        parent = self.stack[-1]
        part = part_of(name, found)
        self.stack.append(len(elements))
        self.open[name] = self.open.get(name, 0) + 1
        elements.append(
            Element(
                name,
                parent,
                start,
                part=part,
                hidden=is_hidden(found),
                furniture=is_furniture(name, found, part),
                is_other=holds_others_words(name, found),
                is_link=name == "a" or elements[parent].is_link,
                is_body="articlebody" in found.get("itemprop", "").lower(),
            )
        )

    def close_named(self, name: str, end: int) -> None:
        if self.open.get(name, 0) == 0:
            return
        while self.scan.elements[self.stack[-1]].name != name:
            self.close(end)
        self.close(end)

    def close(self, end: int) -> None:
        element = self.scan.elements[self.stack.pop()]
        element.end = end
        if element.name:
            self.open[element.name] -= 1

    def skip_raw(self, name: str, inside: str) -> None:
        """Go past an element whose content is not the page's text; note title and JSON-LD."""
        if inside.endswith("/>"):
            return
        end = self.find_closing(name)
        content = self.source[self.at : end]
        if name == "title" and self.scan.title is None:
            self.scan.title = _SPACE.sub(" ", html.unescape(content[:1000])).strip()
        if name == "script" and "ld+json" in inside:
            found = _JSON_DATE.search(content[:200_000])
            if found:
                self.scan.dates.append(("JSON-LD datePublished", found[1]))
        if self.source.startswith("</", end):
            closing = self.source.find(">", end)
            end = len(self.source) if closing < 0 else closing + 1
        self.at = end

    def find_closing(self, name: str) -> int:
        """The offset of the end tag; where it is missing, of the content: it reads as text then."""
        for spelling in (f"</{name}", f"</{name.upper()}"):
            if spelling in self.unclosed:
                continue
            end = self.source.find(spelling, self.at)
            if end >= 0:
                return end
            self.unclosed.add(spelling)
        return len(self.source) if name in ("script", "style") else self.at

    def note_meta(self, found: dict[str, str]) -> None:
        name = found.get("property") or found.get("name") or found.get("itemprop")
        if name and found.get("content"):
            self.scan.meta.setdefault(name.lower(), found["content"])


def scan_page(source: str, start: int = 0) -> Scan:
    """The elements and visible pieces of the page in `source[start:]`; never fails.

    It takes time in line with the source's length.
    """
    return _Scanner(source, start).run()
