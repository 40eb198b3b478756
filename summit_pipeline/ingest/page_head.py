"""What a page's head says of the page's address.

Belongs here: rel=canonical, as written there. Does not belong here: title and dates, which
`normalise` reads with their offsets, or whether the statement is believed (`harvest`).
"""

import html
import re
from urllib.parse import urljoin

from summit_pipeline.ingest.addresses import web_address

_HEAD_BYTES = 300_000
_END = re.compile(rb"<body[\s>]|</head", re.I)
# Tags of ordinary length; one that does not end soon is no tag of a head.
_LINK = re.compile(rb"<link\s([^<>]{1,4000})>", re.I)
_CANONICAL = re.compile(rb"\brel\s*=\s*[\"']?\s*canonical\b", re.I)
_HREF = re.compile(
    rb"\bhref\s*=\s*(?:\"([^\"]{1,2048})\"|'([^']{1,2048})'|([^\s\"'>]{1,2048}))", re.I
)


def canonical_link(body: bytes, url: str | None) -> str | None:
    """The address that a page calls its own (rel=canonical), made absolute; None if it has none.

    Args:
        body: the page as delivered, in any encoding that writes ASCII as such.
        url: where it was found; relative links are meant from there.
    """
    end = _END.search(body, 0, _HEAD_BYTES)
    for link in _LINK.finditer(body, 0, end.start() if end else _HEAD_BYTES):
        href = _HREF.search(link[1]) if _CANONICAL.search(link[1]) else None
        if href is None:
            continue
        written = html.unescape((href[1] or href[2] or href[3]).decode("utf-8", "replace")).strip()
        try:
            absolute = urljoin(url or "", written)
        except ValueError:
            return None
        return absolute if web_address(absolute) and len(absolute) <= 2_048 else None
    return None
