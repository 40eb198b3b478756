"""Addresses of articles as text: which may be followed, and which name the same article.

Two spellings are made of an address, to compare only; what a source delivered is stored as it is.
The *exact* one drops what never tells articles apart: scheme, default port, www, final slash, case
of the host, tracking and session parameters. The *canonical* one drops also what seldom does:
fragment, mobile and AMP forms, presentation parameters; equal canonical addresses are one article
only if the texts agree (`identity`).

Belongs here: pure judgements of an address as written. Does not belong here: resolving names or
connecting (`fetch`).
"""

import functools
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from summit_pipeline.lexicons import load_toml

_SESSION_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=[\w.!-]+", re.I)
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]")
# Most addresses, told without taking them apart.
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#][!-~]*)?")
_AMP_FILE = re.compile(r"\.amp(?=\.html?$)|\.amp$", re.I)
# Pages that are made by a script name what they show after "#!" or "#/".
_ROUTE = ("!", "/")


@dataclass(frozen=True, slots=True)
class Spellings:
    """The two spellings of a web address."""

    exact: str
    canonical: str


def web_address(url: str | None) -> SplitResult | None:
    """The parts of an absolute http(s) address; None for any other text."""
    if not url or _CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def address_notes(url: str | None) -> tuple[str, ...]:
    """A note where a link is no web address: javascript:, file:, relative, with line ends."""
    if not url or _PLAIN.fullmatch(url):
        return ()
    return ("url.scheme",) if web_address(url) is None else ()


def spellings(url: str | None) -> Spellings | None:
    """Both spellings of an address; None where the text is no web address."""
    parts = web_address(url)
    if parts is None:
        return None
    host = _host(parts)
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = _SESSION_PATH.sub("", parts.path).rstrip("/")
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _dropped("tracking", "session").fullmatch(name)
    ]
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    exact = f"https://{host.removeprefix('www.')}{port}{path}{_query(query)}{fragment}"
    shown = [pair for pair in query if not _dropped("presentation").fullmatch(pair[0])]
    route = fragment if parts.fragment.startswith(_ROUTE) else ""
    canonical = f"https://{_site(host)}{port}{_plain_path(path)}{_query(shown)}{route}"
    return Spellings(exact, canonical)


def canonical_address(url: str | None) -> str | None:
    """The canonical spelling of an address; None where the text is no web address."""
    both = spellings(url)
    return None if both is None else both.canonical


def trusted_canonical(stated: str | None, url: str | None) -> str | None:
    """The address that a page states of itself (rel=canonical), if it can be the article's own.

    Pages are wrong about themselves: a template that names the home page, or another site, for all
    of them. So it must lie on the same registrable domain and name more than the site's root.
    """
    own, other = web_address(url), web_address(stated)
    if own is None or other is None:
        return None
    is_root = other.path.strip("/") == "" and not other.query
    return stated if not is_root and _domain(own) == _domain(other) else None


def host_of(url: str | None) -> str | None:
    """The host that an address names, without www and the like."""
    parts = web_address(url)
    return _site(_host(parts)) if parts else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().rstrip(".")


def _site(host: str) -> str:
    """The host without a first label that only says how pages are shown; two labels stay."""
    first, _, rest = host.partition(".")
    return rest if "." in rest and first in _words("hosts") else host


def _plain_path(path: str) -> str:
    plain = _AMP_FILE.sub("", path)
    for end in _words("path_ends"):
        if plain.lower().endswith(end):
            return plain[: -len(end)].rstrip("/")
    return plain


def _query(pairs: list[tuple[str, str]]) -> str:
    return f"?{urlencode(sorted(pairs))}" if pairs else ""


def _domain(parts: SplitResult) -> str:
    """The registrable domain by the public suffix list that `tld` ships, else the bare host."""
    from tld import get_fld  # late: it reads a list of 15,000 suffixes

    host = _host(parts)
    registrable: str | None = get_fld(f"https://{host}/", fail_silently=True)
    return registrable or _site(host)


@functools.cache
def _words(section: str) -> tuple[str, ...]:
    return tuple(load_toml("address_parameters.toml")[section])


@functools.cache
def _dropped(*sections: str) -> re.Pattern[str]:
    """A pattern of the parameters in these sections of the lexicon."""
    names = [name for section in sections for name in _words(section)]
    patterns = [re.escape(name).replace(r"\*", r"\w*") for name in names]
    return re.compile("|".join(patterns), re.I)
