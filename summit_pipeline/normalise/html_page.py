"""The article in an HTML page: which characters of the source are its words.

Belongs here: tags, hidden elements, the page's furniture, and what the page says of itself (title,
dates). Does not belong here: lines of text that are furniture (`debris`), reading of dates
(`publication`).

The scanner goes through the source once, whatever it holds: unclosed tags, 100,000 levels of
nesting or text that is no HTML. Every kept character keeps its place in the source.
"""

import html
import re
from dataclasses import dataclass, field

from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.markup import entity_edits
from summit_pipeline.text.layers import Edit
from summit_pipeline.vocabulary import SentencePart

_TAG_START = re.compile(r"<(?:!--|[!?]|(/?)([a-zA-Z][a-zA-Z0-9-]{0,30}))")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z_:][\w:.-]{0,60})(?:\s*=\s*(?:\"([^\"]{0,10000})\"|'([^']{0,10000})'|([^\s\"'<>`]{1,2000})))?"
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_RAW_TEXT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "textarea",
        "title",
        "svg",
        "iframe",
        "object",
        "math",
    ]
)
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_FURNITURE = frozenset(
    ["nav", "footer", "aside", "form", "button", "select", "dialog", "menu", "label"]
)
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
# Words in class and id names of elements that hold no part of the article, as content management
# systems name them (from general knowledge of their themes).
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|related|recommended|newsletter|subscribe|signup|comments?"
    r"|respond|breadcrumbs?|cookie|consent|promo|advert\w*|ads?|sponsored|outbrain|taboola|sidebar"
    r"|widget|menu|nav\w*|pagination|paywall|popup|modal|tags?-list|post-tags|author-bio|byline-bio"
    r"|skip-link|print-only)(?:$|[\s_-])",
    re.I,
)
_EMBED_NAME = re.compile(r"twitter-tweet|instagram-media|fb-post|bluesky-embed|tiktok-embed", re.I)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?:\.0+)?(?![.\d])",
    re.I,
)
_COLOUR = re.compile(r"(?<![\w-])(color|background(?:-color)?)\s*:\s*([#\w(),%. ]{3,40})", re.I)
_SPACE = re.compile(r"\s+")
_MICRODATA_DATE = re.compile(r"datePublished", re.I)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,60})"')
_META_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "cxenseparse:recs:publishtime",
)  # fmt: skip
# A quoted attribute value is looked through so far for its end.
_LONGEST_VALUE = 10_000
# An article or main element that holds less than this share of the visible text is a teaser.
_MAIN_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the source and the part of an article that its element says it is."""

    start: int
    end: int
    part: SentencePart


@dataclass(slots=True)
class HtmlPage:
    """What a page holds; offsets point into its source."""

    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    title: str | None = None
    dates: list[tuple[str, str]] = field(default_factory=list)  # (where it stood, as written)


@dataclass(slots=True)
class _Element:
    name: str
    start: int
    outer_hidden: bool
    outer_furniture: bool
    part: SentencePart | None
    main: int


@dataclass(slots=True)
class _Piece:
    """Visible text of the source, with the elements around it."""

    start: int
    end: int
    block: int  # number of the block; pieces of one block flow on
    main: int  # number of the article or main element it stands in; 0 for none
    furniture: bool


class _Scanner:
    """One pass over a page's source."""

    def __init__(self, source: str, start: int) -> None:
        self.source = source
        self.at = start
        self.page = HtmlPage()
        self.pieces: list[_Piece] = []
        self.stack: list[_Element] = []
        self.open: dict[str, int] = {}
        self.block = self.mains = self.main = 0
        self.hidden = self.furniture = False
        self.meta: dict[str, str] = {}
        self.title_text: str | None = None
        self.unclosed: set[str] = set()  # names whose end tag does not come any more

    def run(self) -> None:
        source = self.source
        while (at := source.find("<", self.at)) >= 0:
            match = _TAG_START.match(source, at)
            if match is None:
                self.text(self.at, at + 1)
                self.at = at + 1
                continue
            self.text(self.at, at)
            self.tag(match)
        self.text(self.at, len(source))
        while self.stack:
            self.close(len(source))

    def text(self, start: int, end: int) -> None:
        if start >= end or self.source[start:end].isspace():
            return
        if self.hidden:
            self.page.findings.append(
                Finding(start, end, "hidden_text", "hidden_element", "the page does not show it")
            )
            return
        self.pieces.append(_Piece(start, end, self.block, self.main, self.furniture))

    def tag(self, match: re.Match[str]) -> None:
        source, start = self.source, match.start()
        if match[2] is None:
            mark = "-->" if source.startswith("<!--", start) else ">"
            end = source.find(mark, match.end())
            self.at = len(source) if end < 0 else end + len(mark)
            return
        end = _tag_end(source, match.end())
        self.at = end
        name = match[2].lower()
        if name in _BLOCK:
            self.block += 1
        if match[1]:
            self.close_named(name, start)
        else:
            self.start(name, source[match.end() : end], start)

    def start(self, name: str, inside: str, start: int) -> None:
        attributes = _attributes(inside) if inside.strip("/> \n\t") else {}
        if name == "meta":
            self.note_meta(attributes)
        if name == "time" and attributes.get("datetime"):
            rank = "time datePublished" if _MICRODATA_DATE.search(inside) else "time"
            self.page.dates.append((rank, attributes["datetime"]))
        if name in _RAW_TEXT:
            self.skip_raw(name, inside)
        elif name not in _VOID and not inside.endswith("/>"):
            self.push(name, attributes, start)

    def push(self, name: str, attributes: dict[str, str], start: int) -> None:
        part = _part(name, attributes)
        element = _Element(name, start, self.hidden, self.furniture, part, self.main)
        self.stack.append(element)
        self.open[name] = self.open.get(name, 0) + 1
        self.hidden = self.hidden or _is_hidden(attributes)
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        in_text = name not in ("html", "body", "article", "main")
        self.furniture = self.furniture or (
            name in _FURNITURE
            or (name == "header" and self.main == 0)
            or (in_text and part != "embed" and _FURNITURE_NAME.search(names) is not None)
        )
        if name in ("article", "main") or "articlebody" in attributes.get("itemprop", "").lower():
            self.mains += 1
            self.main = self.mains

    def close_named(self, name: str, end: int) -> None:
        if self.open.get(name, 0) == 0:
            return
        while self.stack[-1].name != name:
            self.close(end)
        self.close(end)

    def close(self, end: int) -> None:
        element = self.stack.pop()
        self.open[element.name] -= 1
        self.hidden, self.furniture = element.outer_hidden, element.outer_furniture
        self.main = element.main
        if element.part is not None:
            self.page.marks.append(Mark(element.start, end, element.part))

    def skip_raw(self, name: str, inside: str) -> None:
        """Go past an element whose content is not the page's text; note title and JSON-LD."""
        if inside.endswith("/>"):
            return
        end = self.find_closing(name)
        content = self.source[self.at : end]
        if name == "title" and self.title_text is None:
            self.title_text = _SPACE.sub(" ", html.unescape(content[:1000])).strip()
        if name == "script" and "ld+json" in inside:
            found = _JSON_DATE.search(content[:200_000])
            if found:
                self.page.dates.append(("JSON-LD datePublished", found[1]))
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

    def note_meta(self, attributes: dict[str, str]) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name and attributes.get("content"):
            self.meta.setdefault(name.lower(), attributes["content"])


def read_page(source: str, start: int = 0) -> HtmlPage:
    """Read the page in `source[start:]`; never fails, and takes time in line with its length.

    The edits cut all that is no text of the article, put line ends between blocks and write
    entities as characters. The title is the page's own statement, site name cut.
    """
    scanner = _Scanner(source, start)
    scanner.run()
    page = scanner.page
    pieces = _article(scanner.pieces)
    page.edits = _edits(source, start, pieces)
    kept = {(p.start, p.end) for p in pieces}
    page.findings += [
        Finding(
            p.start, p.end, "boilerplate", "page_furniture", "outside the article's element", 0.9
        )
        for p in scanner.pieces
        if (p.start, p.end) not in kept
    ]
    page.title = _page_title(scanner)
    found = [(f"meta {n}", scanner.meta[n]) for n in _META_DATES if n in scanner.meta]
    page.dates = found + sorted(page.dates, key=lambda d: d[0] == "time")
    return page


def looks_like_html(text: str) -> bool:
    """Whether a text that is not declared as HTML is a page's source all the same."""
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<?xml")) and "<" in head[1:]


def _tag_end(source: str, at: int) -> int:
    """The offset after the '>' that ends a tag; quoted '>' in attributes are passed over."""
    while True:
        close = source.find(">", at)
        if close < 0:
            return len(source)
        inside = source[at:close]
        for quote in ('"', "'"):
            if inside.count(quote) % 2 and f"={quote}" in inside:
                closing = source.find(quote, close, close + _LONGEST_VALUE)
                if closing >= 0:
                    at = closing + 1
                    break
        else:
            return close + 1


def _attributes(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, match in enumerate(_ATTRIBUTE.finditer(inside[:20_000])):
        if number >= 100:  # an element with 100,000 attributes is an attack, not a page
            break
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), html.unescape(value))
    return found


def _is_hidden(attributes: dict[str, str]) -> bool:
    if not attributes:
        return False
    style = attributes.get("style", "")
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    if not style:
        return False
    colours = {m[1].lower()[:5]: m[2].strip().lower() for m in _COLOUR.finditer(style[:2000])}
    same = "color" in colours and colours.get("color") == colours.get("backg")
    return same or _HIDDEN_STYLE.search(style[:2000]) is not None


def _part(name: str, attributes: dict[str, str]) -> SentencePart | None:
    if name == "h1":
        return "title"
    if name in _HEADINGS:
        return "subhead"
    if name == "li":
        return "bullet"
    if name == "figcaption":
        return "caption"
    if name == "blockquote" and _EMBED_NAME.search(attributes.get("class", "")):
        return "embed"
    return None


def _article(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces of the page that are its article."""
    shown = [p for p in pieces if not p.furniture]
    sizes: dict[int, int] = {}
    for piece in shown:
        sizes[piece.main] = sizes.get(piece.main, 0) + piece.end - piece.start
    total = sum(sizes.values())
    inside = total - sizes.get(0, 0)
    if not inside or inside < _MAIN_SHARE * total:
        return shown or pieces
    largest = max((n for n in sizes if n), key=lambda n: (sizes[n], -n))
    if sizes[largest] < _MAIN_SHARE * total:
        return [p for p in shown if p.main]
    return [p for p in shown if p.main == largest]


def _edits(source: str, start: int, pieces: list[_Piece]) -> list[Edit]:
    edits: list[Edit] = []
    at, block = start, -1
    for piece in pieces:
        after = "" if block < 0 else " " if _spaced(source, at, piece.start) else ""
        if block not in (-1, piece.block):
            after = "\n"
        if at < piece.start:
            edits.append(Edit(at, piece.start, after, "tag"))
        edits += entity_edits(source, piece.start, piece.end)
        edits += [
            Edit(*m.span(), " ", "space")
            for m in _SPACE.finditer(source, piece.start, piece.end)
            if m.group() != " "
        ]
        at, block = piece.end, piece.block
    if at < len(source):
        edits.append(Edit(at, len(source), "", "tag"))
    return edits


def _spaced(source: str, start: int, end: int) -> bool:
    """Whether white space stands right after the last text or right before the next."""
    return source[start : start + 1].isspace() or source[end - 1 : end].isspace()


def _page_title(scanner: _Scanner) -> str | None:
    stated = scanner.meta.get("og:title") or scanner.title_text
    if not stated:
        return None
    title = _SPACE.sub(" ", stated).strip()
    site = scanner.meta.get("og:site_name", "").strip()
    for mark in (" | ", " - ", " – ", " — ", " :: "):
        head, found, tail = title.rpartition(mark)
        if found and (tail.strip() == site or (len(tail.split()) <= 4 < len(head.split()))):
            return head.strip()
    return title or None
