"""Addresses of articles as text: which may be followed, and which are the same article.

Belongs here: pure judgements of an address as written. Does not belong here: resolving names or
connecting (`fetch`). No address is changed: what a source delivered is stored as it is.
"""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

# Parameters that say how a reader came, not what is read (from the clean-URL lists of Firefox's
# and Brave's query stripping, and the session names of PHP, Java and ASP).
_TRACKING = re.compile(
    r"(?:utm_\w+|ga_\w+|mc_[ce]id|at_\w+|pk_\w+|hsa_\w+|_hs\w+|wt_?mc\w*|fbclid|gclid|dclid|msclkid"
    r"|yclid|igshid|twclid|srsltid|cmpid|cmp|ocid|ncid|smid|partner|taid|ref|ref_src|src|source|rss"
    r"|feed|xtor|mkt_tok|oly_\w+|vero_\w+|spm|__twitter_impression|amp|outputtype"
    r"|phpsessid|jsessionid|sid|sessionid|session_id|aspsessionid\w*)",
    re.I,
)
_SESSION_PATH = re.compile(r";jsessionid=[\w.!-]+", re.I)
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]")
_MOBILE_HOST = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"(?:/amp|\.amp(?=\.html?$))/?$", re.I)


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
    return ("url.scheme",) if url and web_address(url) is None else ()


def canonical_address(url: str | None) -> str | None:
    """One spelling for all addresses of an article, to compare only; None where there is none.

    http and https, www, mobile and AMP forms, tracking and session parameters, fragments and a
    final slash make no difference.
    """
    parts = web_address(url)
    if parts is None:
        return None
    host = _MOBILE_HOST.sub("", (parts.hostname or "").lower().rstrip("."))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = _AMP_PATH.sub("", _SESSION_PATH.sub("", parts.path)).rstrip("/")
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    ]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"https://{host}{port}{path}{query}"


def host_of(url: str | None) -> str | None:
    """The host that an address names, without www."""
    parts = web_address(url)
    return _MOBILE_HOST.sub("", (parts.hostname or "").lower()) if parts else None
