"""Which of a page's text is its article.

The article is the element with the best balance: the prose in it, less the link lists and
furniture in it. So a wrapper of the whole page loses against the article's own element, and an
article in several pieces is held by the element around them. Names of furniture count unless the
element so named holds most of the prose: then the name is wrong, not the prose.

Belongs here: that choice, and what is furniture within the article. Does not belong here: what a
name means (`html_elements`), or furniture that only its words tell (`debris`).

Text is kept where this is in doubt: what is cut here is lost to all later stages, what is kept can
still be told by its words.
"""

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from summit_pipeline.normalise.html.html_elements import is_section_heading
from summit_pipeline.normalise.html.html_scan import Piece, Scan

# Prose is a block of at least so many characters outside links, sentence mark or not.
_PROSE = 80
# A paragraph, or a block that ends like a sentence, is prose from here.
_SHORT_PROSE = 25
_LIST_ITEM_WORTH = 0.4
# Of a block of prose at most this share of the characters is links.
_LINK_SHARE = 0.5
# An element with this share of the page's prose is no furniture, whatever its name.
_MOST_PROSE = 0.4
# Comments and teasers are often longer than the article; with this share they are the page.
_ALL_PROSE = 0.9
# Hidden text is shown after all where the page shows less prose than this share of it: some pages
# are made visible by a script.
_SHOWN_BY_SCRIPT = 0.2
# What a character of a link list or of furniture takes from the balance.
_LINK_COST = 1.0
_FURNITURE_COST = 0.3
_LIST_NAMES = frozenset(["ul", "ol", "div", "section", "table", "dl"])
_LONGEST_SECTION_HEADING = 60
_LINK_LIST_SHARE = 0.7
_LINK_LINE_SHARE = 0.95
_SENTENCE_END = (".", "!", "?", "…", ":", "”", '"', "’", ")")


@dataclass(frozen=True, slots=True)
class Article:
    """Pieces of a page told apart; each list in order of the source."""

    kept: list[Piece]
    captions: list[Piece]  # captions that stand outside what is kept
    furniture: list[Piece]
    hidden: list[Piece]
    prose_share: float = 1.0  # of the prose that the page shows, what is kept
    doubted: list[Piece] = field(default_factory=list)  # prose that a second reader leaves out
    low_yield: bool = False  # so little is kept, or two readers differ so, that it may be wrong


@dataclass(slots=True)
class Block:
    """A run of text of its own in a page: a paragraph, a heading, a list item; sizes in characters.

    `element` is the innermost one around it, `links` the part of `size` that lies in links.
    """

    pieces: list[Piece]
    element: int
    size: int
    links: int
    is_prose: bool
    in_list: bool


def find_article(source: str, scan: Scan) -> Article:
    """Tell the article's pieces from the page's others."""
    blocks = blocks_of(source, scan, scan.pieces)
    hidden = _inherited(scan, [e.hidden for e in scan.elements])
    shown_prose = sum(b.size for b in blocks if b.is_prose and not hidden[b.element])
    hidden_prose = sum(b.size for b in blocks if b.is_prose and hidden[b.element])
    if shown_prose < _SHOWN_BY_SCRIPT * hidden_prose:
        hidden = [False] * len(scan.elements)
    shown = [b for b in blocks if not hidden[b.element]]
    furniture = _furniture(source, scan, shown)
    best = _best_element(scan, shown, furniture)
    inside = _inherited(scan, [number == best for number in range(len(scan.elements))])
    lists = _inherited(scan, _lists(scan, shown))
    inside_kept = [inside[n] and not furniture[n] and not lists[n] for n in range(len(inside))]
    kept = [b for b in shown if inside_kept[b.element] and not _is_link_line(source, scan, b)]
    if not any(b.is_prose for b in kept):
        kept = shown
    kept = _with_head(scan, shown, kept, furniture)
    starts = {b.pieces[0].start for b in kept}
    others = [b for b in shown if b.pieces[0].start not in starts]
    captions = [b for b in others if _is_caption(scan, b, kept)]
    starts = {b.pieces[0].start for b in captions}
    return Article(
        _pieces(kept),
        _pieces(captions),
        _pieces(b for b in others if b.pieces[0].start not in starts),
        _pieces(b for b in blocks if hidden[b.element]),
        _prose(kept) / max(_prose(shown), 1),
    )


def _prose(blocks: Iterable[Block]) -> int:
    return sum(b.size for b in blocks if b.is_prose)


def blocks_of(source: str, scan: Scan, pieces: list[Piece]) -> list[Block]:
    """The blocks that these pieces of a page make up, in their order."""
    return [_block(source, scan, list(p)) for _, p in groupby(pieces, lambda p: p.block)]


def _pieces(blocks: Iterable["Block"]) -> list[Piece]:
    return [p for b in blocks for p in b.pieces]


def _block(source: str, scan: Scan, pieces: list[Piece]) -> Block:
    elements = scan.elements
    size = links = 0
    for piece in pieces:
        length = len(source[piece.start : piece.end].strip())
        size += length
        links += length if elements[piece.element].is_link else 0
    inner = _common(scan, pieces)
    own = size - links
    is_paragraph = elements[inner].name in ("p", "blockquote", "pre")
    last = source[max(pieces[-1].start, pieces[-1].end - 60) : pieces[-1].end].rstrip()
    is_prose = links <= _LINK_SHARE * size and (
        own >= _PROSE or (own >= _SHORT_PROSE and (is_paragraph or last.endswith(_SENTENCE_END)))
    )
    return Block(pieces, inner, size, links, is_prose, _in_list(scan, inner))


def _in_list(scan: Scan, number: int) -> bool:
    """Whether the element is a list item or lies shallow in one."""
    for _ in range(3):
        if number > 0 and scan.elements[number].name in ("li", "td"):
            return True
        number = scan.elements[number].parent if number > 0 else 0
    return False


def _common(scan: Scan, pieces: list[Piece]) -> int:
    """The innermost element around all pieces of a block; a link or bold face within is not."""
    number = pieces[0].element
    if len(pieces) > 1:
        end = pieces[-1].end
        while number > 0 and scan.elements[number].end < end:
            number = scan.elements[number].parent
    return number


def _inherited(scan: Scan, own: list[bool]) -> list[bool]:
    """Whether each element or one around it is marked; parents come before their children."""
    marked = list(own)
    for number, element in enumerate(scan.elements):
        if element.parent >= 0 and marked[element.parent]:
            marked[number] = True
    return marked


def _sums(scan: Scan, own: list[float]) -> list[float]:
    """For each element, the sum over itself and all elements in it."""
    total = list(own)
    for number in range(len(scan.elements) - 1, 0, -1):
        total[scan.elements[number].parent] += total[number]
    return total


def _worth(scan: Scan, block: Block) -> float:
    """What a block of prose adds to the balance; list items are as often teasers as text."""
    return _LIST_ITEM_WORTH * block.size if block.in_list else float(block.size)


def _furniture(source: str, scan: Scan, blocks: list[Block]) -> list[bool]:
    prose = [0.0] * len(scan.elements)
    for block in blocks:
        if block.is_prose:
            prose[block.element] += _worth(scan, block)
    held = _sums(scan, prose)
    bound = [
        (_ALL_PROSE if e.is_other else _MOST_PROSE if e.furniture else 0.0) * held[0]
        for e in scan.elements
    ]
    most = _MOST_PROSE * held[0]
    for number in _headed_sections(source, scan, blocks, held, most):
        bound[number] = max(bound[number], most)
    return _inherited(scan, [b > 0.0 and held[n] <= b for n, b in enumerate(bound)])


def _headed_sections(
    source: str, scan: Scan, blocks: list[Block], held: list[float], most: float
) -> Iterator[int]:
    """The largest elements that begin with a heading such as "Related stories", "12 comments".

    They grow as long as they do not hold most of the page's prose.
    """
    first = [len(source)] * len(scan.elements)
    for block in blocks:
        first[block.element] = min(first[block.element], block.pieces[0].start)
    for number in range(len(scan.elements) - 1, 0, -1):
        parent = scan.elements[number].parent
        first[parent] = min(first[parent], first[number])
    following = _following(scan)
    for block in blocks:
        if block.size > _LONGEST_SECTION_HEADING:
            continue
        words = " ".join(html.unescape(source[p.start : p.end]) for p in block.pieces)
        if is_section_heading(words):
            number = block.element
            parent = scan.elements[number].parent
            while parent > 0 and first[parent] == first[number] and held[parent] <= most:
                number, parent = parent, scan.elements[parent].parent
            yield number
            after = following.get(number, 0)
            if scan.elements[after].name in ("ul", "ol"):
                yield after


def _following(scan: Scan) -> dict[int, int]:
    """For each element the next one with the same parent."""
    last: dict[int, int] = {}
    found: dict[int, int] = {}
    for number, element in enumerate(scan.elements):
        if element.parent in last:
            found[last[element.parent]] = number
        last[element.parent] = number
    return found


def _best_element(scan: Scan, blocks: list[Block], furniture: list[bool]) -> int:
    own = [0.0] * len(scan.elements)
    for block in blocks:
        if furniture[block.element]:
            own[block.element] -= _FURNITURE_COST * block.size
        elif block.is_prose:
            own[block.element] += _worth(scan, block)
        else:
            own[block.element] -= _LINK_COST * block.links
    total = _sums(scan, own)
    # Of elements with the same balance the innermost, which comes last.
    return max(range(len(total)), key=lambda number: (total[number], number))


def _lists(scan: Scan, blocks: list[Block]) -> list[bool]:
    """Elements without prose that are hardly anything but links."""
    size, links, prose = ([0.0] * len(scan.elements) for _ in range(3))
    for block in blocks:
        size[block.element] += block.size
        links[block.element] += block.links
        prose[block.element] += block.is_prose
    size, links, prose = (_sums(scan, x) for x in (size, links, prose))
    return [
        not prose[n]
        and size[n] > 0
        and e.name in _LIST_NAMES
        and links[n] >= _LINK_LIST_SHARE * size[n]
        for n, e in enumerate(scan.elements)
    ]


def _is_link_line(source: str, scan: Scan, block: Block) -> bool:
    """Whether a paragraph or heading reads as another article's headline: mostly a link, no end."""
    if block.is_prose or block.in_list or block.size < _SHORT_PROSE:
        return False
    if any(scan.elements[n].part == "embed" for n in _around(scan, block.element)):
        return False
    last = block.pieces[-1]
    ends = source[last.start : last.end].rstrip().endswith((".", "!", "…"))
    is_last = scan.elements[last.element].is_link and not ends
    return block.links >= (_LINK_SHARE if is_last else _LINK_LINE_SHARE) * block.size


def _with_head(
    scan: Scan, shown: list[Block], kept: list[Block], furniture: list[bool]
) -> list[Block]:
    """What is kept, with the page's main heading and the prose between it and the article.

    Both often stand outside the article's element; the prose is its standfirst.
    """
    first = next((b.pieces[0].start for b in kept if b.is_prose), 0)
    headings = [b for b in shown if is_within(scan, b, "h1")]
    titles = [b for b in headings if not furniture[b.element]] or headings
    above = [b for b in titles if b.pieces[0].start <= first] or titles[:1]
    if not above:
        return kept
    title = above[-1]
    known = {b.pieces[0].start for b in kept}
    return [
        b
        for b in shown
        if b.pieces[0].start in known
        or b is title
        or (title.pieces[0].start < b.pieces[0].start < first and _is_standfirst(scan, b))
    ]


def _is_standfirst(scan: Scan, block: Block) -> bool:
    """Whether a block under the title is prose of the article, by all that its own elements say."""
    if not block.is_prose or block.links or block.in_list:
        return False
    element = scan.elements[block.element]
    holder = scan.elements[max(element.parent, 0)]
    if element.furniture or element.is_other or element.part in ("caption", "byline"):
        return False
    if holder.furniture and holder.name != "header":
        return False
    return not is_within(scan, block, "aside") and not is_within(scan, block, "form")


def _is_caption(scan: Scan, block: Block, kept: list[Block]) -> bool:
    """Whether the block is a caption by its element, above or within the article's text."""
    if not kept[0].pieces[0].start < block.pieces[0].start < kept[-1].pieces[0].start:
        return False
    return any(scan.elements[n].part == "caption" for n in _around(scan, block.element))


def is_within(scan: Scan, block: Block, name: str) -> bool:
    """Whether an element of that name is around the block, not far from it."""
    return any(scan.elements[n].name == name for n in _around(scan, block.element))


def _around(scan: Scan, number: int) -> Iterator[int]:
    """An element and the three around it: parts of articles do not lie deeper in their element."""
    for _ in range(4):
        if number <= 0:
            return
        yield number
        number = scan.elements[number].parent
