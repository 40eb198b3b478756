"""The tags of an HTML source: where one starts and ends, and its attributes.

Belongs here: the lexical side of HTML, and what the standard says of element names. Does not belong
here: what an element is for on a page (`html_elements`), or the walk through a page (`html_scan`).

Every pattern is bounded, so that unclosed quotes and hostile attributes cost linear time.
"""

import html
import re

from summit_pipeline.lexicons import load_toml

TAG_START = re.compile(r"<(?:!--|[!?]|(/?)([a-zA-Z][a-zA-Z0-9-]{0,30}))")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z_:][\w:.-]{0,60})(?:\s*=\s*(?:\"([^\"]{0,10000})\"|'([^']{0,10000})'|([^\s\"'<>`]{1,2000})))?"
)
# The rest of a tag. A quotation mark opens a value only after "=": others are stray.
_REST = re.compile(r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+>")
_LONGEST_TAG = 50_000
_NAMES = load_toml("page_elements.toml")["names"]
VOID = frozenset(_NAMES["void"])
RAW_TEXT = frozenset(_NAMES["raw_text"])
BLOCK = frozenset(_NAMES["block"])


def tag_end(source: str, at: int) -> int | None:
    """The offset after the '>' that ends a tag; a '>' in a quoted attribute value is passed over.

    None if there is none so near that the tag could be read.
    """
    match = _REST.match(source, at, at + _LONGEST_TAG)
    return match.end() if match else None


def attributes(inside: str) -> dict[str, str]:
    """The attributes in a tag's inside, names in lower case, entities in values resolved."""
    found: dict[str, str] = {}
    for number, match in enumerate(_ATTRIBUTE.finditer(inside[:20_000])):
        if number >= 100:  # an element with 100,000 attributes is an attack, not a page
            break
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), html.unescape(value) if "&" in value else value)
    return found
