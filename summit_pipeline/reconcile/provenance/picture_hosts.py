"""Whose pictures a text shows: publishers read off the addresses of pictures in the raw text.

Belongs here: addresses and domains. Does not belong here: what a foreign picture means (`origins`).
Offsets are code points of the raw text.
"""

import functools
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from summit_pipeline.lexicons import load_toml
from summit_pipeline.vocabulary import Span

_PICTURE = re.compile(
    r"https?://[^\s<>\"'()\[\]]{4,500}?\.(?:jpe?g|png|webp|gif|avif)(?![a-z0-9])", re.I
)
_IPV4 = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Picture:
    """An address of a picture: where it stands, and the domain of the publisher that serves it."""

    span: Span
    domain: str


def pictures(raw_text: str) -> list[Picture]:
    """Pictures whose addresses tell a publisher, in order; shared hosts are left out."""
    found = []
    for match in _PICTURE.finditer(raw_text):
        domain = _picture_domain(match.group())
        if domain and domain not in _shared():
            found.append(Picture(Span(match.start(), match.end()), domain))
    return found


@functools.cache
def _shared() -> frozenset[str]:
    return frozenset(load_toml("shared_image_hosts.toml")["shared"])


def _picture_domain(address: str) -> str | None:
    parts = _split(address)
    if parts is None:
        return None
    host, path = parts
    if host in load_toml("shared_image_hosts.toml")["proxies"]:
        host = path.lstrip("/").split("/", 1)[0]
    return _registered(host)


def _split(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").lower(), parts.path
    except ValueError:
        return None


def domain_of(address: str | None) -> str | None:
    """The registered domain of an address: "example.co.uk" for "http://news.example.co.uk/1"."""
    parts = _split(address) if address else None
    return _registered(parts[0]) if parts else None


def _registered(host: str) -> str | None:
    labels = [label for label in host.lower().split(".") if label]
    if len(labels) < 2 or _IPV4.fullmatch(host):
        return None
    second_level = load_toml("shared_image_hosts.toml")["second_level"]
    kept = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in second_level else 2
    return ".".join(labels[-kept:])
