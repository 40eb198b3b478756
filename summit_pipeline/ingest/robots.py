"""robots.txt as RFC 9309 has it: who may fetch what.

Belongs here: the meaning of an answer for robots.txt. Does not belong here: fetching it (`hosts`).
"""

from dataclasses import dataclass

from protego import Protego

MAX_BYTES = 500 * 1024
"""RFC 9309 asks for at least 500 kibibytes to be read; what follows is not."""

PRODUCT = "summit_pipeline"


@dataclass(frozen=True, slots=True)
class Robots:
    """What one robots.txt lets us do."""

    rules: Protego | None  # None: all is let or all forbidden
    lets_all: bool
    delay: float | None = None  # seconds between two GETs

    def lets_us(self, url: str) -> bool:
        """Whether we may fetch this address of its host."""
        return self.lets_all if self.rules is None else bool(self.rules.can_fetch(url, PRODUCT))


def read_robots(status: int, body: bytes = b"") -> Robots:
    """Read an answer for robots.txt.

    Args:
        status: its HTTP status; 4xx means there is none, 5xx that nobody knows, which forbids all.
        body: what it says, or its first `MAX_BYTES`.
    """
    if status >= 500:
        return Robots(None, lets_all=False)
    if status >= 400:
        return Robots(None, lets_all=True)
    text = body[:MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    rules = Protego.parse(text)
    return Robots(rules, lets_all=True, delay=rules.crawl_delay(PRODUCT))
