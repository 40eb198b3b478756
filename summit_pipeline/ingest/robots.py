"""robots.txt as RFC 9309 has it: who may fetch what.

Belongs here: the meaning of an answer for robots.txt. Does not belong here: fetching it
(`fetching`).
"""

from protego import Protego

MAX_BYTES = 500_000
"""RFC 9309 asks for at least 500 kibibytes to be read; more says nothing."""

PRODUCT = "summit_pipeline"


def may_fetch(url: str, status: int, body: bytes) -> bool:
    """Whether the robots.txt of the address's host lets us fetch it.

    Args:
        url: the address to be fetched.
        status: HTTP status of robots.txt; 4xx means there is none, 5xx that nobody knows.
        body: what it says.
    """
    if status >= 500:
        return False
    if status >= 400:
        return True
    text = body[:MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    return bool(Protego.parse(text).can_fetch(url, PRODUCT))
