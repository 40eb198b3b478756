"""The outline of an XML feed: where its items begin and end, found in one pass over its tags.

Belongs here: what has to be known before a parser may see the text: its root, its depth, a DTD,
items cut off at the end, items above the limit. Does not belong here: what the items say (`feeds`).

The pass is linear whatever the text holds, and forgives what parsers do not: it reads ill-formed
feeds too. Comments, CDATA and processing instructions are stepped over.
"""

import re
from dataclasses import dataclass

from summit_pipeline.ingest.feed_model import MAX_ITEMS

MAX_DEPTH = 1_000
"""Deeper feeds are refused; in 200 real feeds the deepest element has 13 ancestors."""

_MARK = re.compile(
    r"<(?:(?P<comment>!--)|(?P<cdata>!\[CDATA\[)|(?P<instruction>\?)|(?P<doctype>!DOCTYPE\b)"
    r"|(?P<close>/)?(?P<name>[A-Za-z_][^\s/<>]{0,200}))",
    re.I,
)
_ENDS = {"comment": "-->", "cdata": "]]>", "instruction": "?>"}
_SUBSET = re.compile(r"[\[>]")
_SUBSET_END = re.compile(r"\]\s{0,100}>")
_ITEMS = frozenset({"item", "entry"})
_DELETION = "deleted-entry"


@dataclass(frozen=True, slots=True)
class Outline:
    """What one pass over the tags tells; offsets in characters."""

    root: str | None  # local name in lower case
    items: tuple[tuple[int, int], ...]  # whole items, from "<" to after ">", up to the limit
    unread: int  # whole items above the limit, told by their end tags only
    unread_end: int  # after the last of them
    open_item: int | None  # start of an item that never ends
    open_elements: tuple[str, ...]  # elements around the items that never end, outermost first
    doctype: tuple[int, int] | None
    declares_entities: bool
    depth: int
    deletions: tuple[tuple[int, int], ...]  # start tags of deleted entries, up to the limit


class _Pass:
    """The state of the one pass; a class, since every kind of mark changes several parts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[str] = []
        self.root: str | None = None
        self.items: list[tuple[int, int]] = []
        self.unread = 0
        self.unread_end = 0
        self.item: tuple[int, str, int] | None = None  # start, name, depth before it
        self.doctype: tuple[int, int] | None = None
        self.declares_entities = False
        self.depth = 0
        self.deletions: list[tuple[int, int]] = []

    def run(self) -> Outline:
        place = 0
        while (mark := _MARK.search(self.text, place)) and self.depth <= MAX_DEPTH:
            kind = mark.lastgroup or "name"
            if kind in _ENDS:
                end = self.text.find(_ENDS[kind], mark.end())
                place = len(self.text) if end < 0 else end + len(_ENDS[kind])
            elif kind == "doctype":
                place = self._doctype(mark.start())
            else:
                end = self.text.find(">", mark.end())
                if end < 0:
                    # A tag cut in the middle; what it opens never ends.
                    if mark["close"] is None:
                        self._tag(mark, len(self.text) - 1)
                    break
                place = end + 1
                self._tag(mark, end)
                if len(self.items) == MAX_ITEMS and not self.unread_end:
                    place = self._pass_over(mark["name"], place)
        outer = self.stack if self.item is None else self.stack[: self.item[2]]
        return Outline(
            self.root, tuple(self.items), self.unread, self.unread_end,
            self.item[0] if self.item else None, tuple(outer), self.doctype,
            self.declares_entities, self.depth, tuple(self.deletions),
        )  # fmt: skip

    def _pass_over(self, name: str, place: int) -> int:
        """Where the last item ends, if they go on above the limit: nobody reads them."""
        self.unread_end = place
        tag = re.escape(name)
        ends = re.compile(rf"</{tag}\s{{0,100}}>|<{tag}(?:\s[^<>]{{0,2000}})?/>")
        for end_tag in ends.finditer(self.text, place):
            self.unread += 1
            self.unread_end = end_tag.end()
        return self.unread_end

    def _doctype(self, start: int) -> int:
        first = _SUBSET.search(self.text, start)
        last = first
        if first and first.group() == "[":
            last = _SUBSET_END.search(self.text, first.end())
        end = last.end() if last else len(self.text)
        if self.doctype is None:
            self.doctype = (start, end)
        self.declares_entities |= "<!ENTITY" in self.text[start:end].upper()
        return end

    def _tag(self, mark: re.Match[str], end: int) -> None:
        name = mark["name"]
        local = name.rpartition(":")[2].lower()
        if mark["close"]:
            self._closed(name, end + 1)
            return
        if self.root is None:
            self.root = local
        empty = self.text[end] == ">" and self.text[end - 1] == "/"
        if local in _ITEMS and self.item is None and self.stack:
            if empty:
                self.items.append((mark.start(), end + 1))
                return
            self.item = (mark.start(), name, len(self.stack))
        if local == _DELETION and self.item is None and len(self.deletions) < MAX_ITEMS:
            self.deletions.append((mark.start(), end + 1))
        if not empty:
            self.stack.append(name)
            self.depth = max(self.depth, len(self.stack))

    def _closed(self, name: str, end: int) -> None:
        if self.item is not None and name == self.item[1]:
            start, _, before = self.item
            # An item within an item of the same name ends first.
            if self.stack[before + 1 :].count(name) == 0 or len(self.stack) > before + 50:
                self.items.append((start, end))
                self.item = None
                del self.stack[before:]
                return
        # An end tag that fits nothing near is a slip of the writer; the element it ends is sought
        # among the innermost only, so that the pass stays linear.
        for back, open_name in enumerate(reversed(self.stack[-20:]), 1):
            if open_name == name:
                floor = self.item[2] + 1 if self.item else 0
                if len(self.stack) - back >= floor:
                    del self.stack[len(self.stack) - back :]
                return


def outline(text: str) -> Outline:
    """Read the tags of an XML text once."""
    return _Pass(text).run()
