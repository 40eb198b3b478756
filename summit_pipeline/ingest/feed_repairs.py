"""Slips in a feed's markup that would cost items, mended before a parser sees them.

Belongs here: changes to the text that parsers read; what was delivered is kept elsewhere. Does not
belong here: telling which feeds need them (`feeds`, `feed_xml`).
"""

import re

_SECTION = "<![CDATA["
_SECTION_END = "]]>"
_ITEM_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.I)
_PARENT = re.compile(r"<([A-Za-z_][\w:.-]{0,100})(?:\s[^<>]{0,500})?>\s*\Z")
_PARENT_AT_MOST = 700
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]*)|([0-9]*));?")
_HIGHEST = 0x10FFFF

RSS_11 = "http://purl.org/net/rss1.1#"
RSS_10 = "http://purl.org/rss/1.0/"
"""The elements of an item are the same in both; feedparser knows one."""


def close_sections(text: str) -> tuple[str, bool]:
    """The text with unclosed CDATA sections closed, and whether there were any.

    A section is unclosed where it never ends, or where it holds the end of an item and then another
    section: its end is that one's. It is closed before the end tag of the element that it begins,
    or left alone where there is no such tag (a feed that breaks off).
    """
    parts: list[str] = []
    done = place = 0
    end = text.find(_SECTION_END)
    while (start := text.find(_SECTION, place)) >= 0:
        inside = start + len(_SECTION)
        if 0 <= end < inside:  # sought once only, however many sections there are before it
            end = text.find(_SECTION_END, inside)
        following = text.find(_SECTION, inside, end if end >= 0 else len(text))
        limit = following if following >= 0 else len(text)
        is_whole = end >= 0 and (following < 0 or not _ITEM_END.search(text, inside, limit))
        close = -1 if is_whole else _end_of_parent(text, start, inside, limit)
        if close >= 0:
            parts += [text[done:close], _SECTION_END]
            done = place = close
        elif end >= 0:
            place = end + len(_SECTION_END)
        else:
            break
    return ("".join(parts) + text[done:], True) if parts else (text, False)


def _end_of_parent(text: str, start: int, inside: int, limit: int) -> int:
    """Where the end tag of the element stands that a section is the beginning of; -1: nowhere."""
    before = text.rfind("<", max(0, start - _PARENT_AT_MOST), start)
    parent = _PARENT.match(text, before, start) if before >= 0 else None
    return -1 if parent is None else text.find(f"</{parent.group(1)}", inside, limit)


def readable_references(text: str) -> str:
    """The text with references to no character (&#0; &#xD800; &#99999999;) as U+FFFD.

    XML forbids them; HTML reads them so. One of them keeps a parser from reading a whole feed.
    """
    return _REFERENCE.sub(_readable, text)


def _readable(reference: re.Match[str]) -> str:
    hexadecimal, decimal = reference.groups()
    digits = (hexadecimal if hexadecimal is not None else decimal).lstrip("0")
    code = int(digits, 16 if hexadecimal is not None else 10) if 0 < len(digits) < 9 else -1
    stands_for_one = 0 < code <= _HIGHEST and not 0xD800 <= code <= 0xDFFF
    return reference.group() if stands_for_one else "\ufffd"
