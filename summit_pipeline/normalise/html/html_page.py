"""The article in an HTML page: which characters of the source are its words.

Belongs here: the edits that leave the article's words, and the title that a page states. Does not
belong here: the walk through the source (`html_scan`), the choice of the article (`html_article`),
lines of text that are furniture (`debris`), reading of dates (`publication`).
"""

import re
from dataclasses import dataclass, field, replace

from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.html.agreement import SecondReader, agreed_article, is_whole_page
from summit_pipeline.normalise.html.html_article import Article, find_article
from summit_pipeline.normalise.html.html_elements import ElementPart
from summit_pipeline.normalise.html.html_scan import Piece, Scan, scan_page
from summit_pipeline.normalise.layout.markup import entity_edits
from summit_pipeline.text.layers import Edit
from summit_pipeline.vocabulary import IssueKind

_SPACE = re.compile(r"\s+")
_SPACE_AMID = re.compile(r">\s+<")
# Scripts between two words of a line may hold anything.
_LONGEST_GAP = 500
_META_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "cxenseparse:recs:publishtime",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the source and the part of an article that its element says it is."""

    start: int
    end: int
    part: ElementPart


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What a page holds; offsets point into its source."""

    edits: list[Edit]
    findings: list[Finding]
    marks: list[Mark]
    title: str | None = None
    dates: list[tuple[str, str]] = field(default_factory=list)  # (where it stood, as written)


def read_page(source: str, start: int = 0, second_reader: SecondReader | None = None) -> HtmlPage:
    """Read the page in `source[start:]`; never fails, and takes time in line with its length.

    The edits cut all that is no text of the article, put line ends between blocks and write
    entities as characters. The title is the page's own statement, site name cut.
    """
    scan = scan_page(source, start)
    article = find_article(source, scan)
    if second_reader is not None and is_whole_page(source, start):
        article = agreed_article(source, scan, article, second_reader(source[start:]))
    findings = _per_block(article.hidden, "hidden_text")
    findings += _per_block(article.captions, "caption")
    findings += _per_block(article.furniture, "boilerplate")
    findings += [
        replace(f, rule="second_reader", evidence="a second reader of pages leaves it out")
        for f in _per_block(article.doubted, "boilerplate")
    ]
    if article.low_yield:
        findings.append(_low_yield(article))
    stated = [(f"meta {n}", scan.meta[n]) for n in _META_DATES if n in scan.meta]
    return HtmlPage(
        edits=_edits(source, start, article.kept),
        findings=findings,
        marks=[Mark(e.start, e.end, e.part) for e in scan.elements if e.part is not None],
        title=_page_title(scan),
        dates=stated + sorted(scan.dates, key=lambda d: d[0] == "time"),
    )


def looks_like_html(text: str) -> bool:
    """Whether a text that is not declared as HTML is a page's source all the same."""
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<?xml")) and "<" in head[1:]


def _per_block(pieces: list[Piece], kind: IssueKind) -> list[Finding]:
    """One finding for each block of text that is not kept."""
    found: list[Finding] = []
    block = -1
    for piece in pieces:
        if piece.block == block:
            found[-1] = _left_out(found[-1].start, piece.end, kind)
        else:
            found.append(_left_out(piece.start, piece.end, kind))
        block = piece.block
    return found


def _low_yield(article: Article) -> Finding:
    kept = article.kept or [Piece(0, 0, 0, 0)]
    evidence = f"{article.prose_share:.0%} of the page's prose was kept"
    if article.prose_share >= 0.1:
        evidence += ", and a second reader finds another article"
    return Finding(kept[0].start, kept[-1].end, "low_yield", "low_yield", evidence, 0.5)


def _left_out(start: int, end: int, kind: IssueKind) -> Finding:
    if kind == "hidden_text":
        return Finding(start, end, kind, "hidden_element", "the page does not show it")
    if kind == "caption":
        return Finding(start, end, kind, "caption_element", "so the page's source says")
    return Finding(start, end, "boilerplate", "page_furniture", "outside the article's text", 0.9)


def _edits(source: str, start: int, pieces: list[Piece]) -> list[Edit]:
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
    """Whether white space stands between the last text and the next, before, after or amid tags."""
    if source[start : start + 1].isspace() or source[end - 1 : end].isspace():
        return True
    return end - start <= _LONGEST_GAP and _SPACE_AMID.search(source, start, end) is not None


def _page_title(scan: Scan) -> str | None:
    stated = scan.meta.get("og:title") or scan.title
    if not stated:
        return None
    title = _SPACE.sub(" ", stated).strip()
    site = scan.meta.get("og:site_name", "").strip()
    for mark in (" | ", " - ", " – ", " — ", " :: "):
        head, found, tail = title.rpartition(mark)
        if found and (tail.strip() == site or (len(tail.split()) <= 4 < len(head.split()))):
            return head.strip()
    return title or None
