"""From bytes to text: which character encoding a body is in, and how that was found.

Belongs here: byte order marks, UTF-8, declared and detected encodings. Does not belong here: text
that was decoded wrongly before it came to us (`normalise.mojibake`), or single characters
(`normalise.characters`).

Order of trust: byte order mark, strict UTF-8, the declared encoding, chardet (5 of 5 on the seeds
in utf-8, cp1252, cp1251 and utf-16, where charset-normalizer got 3 of 5). ISO-8859-1 is read as
Windows-1252, as browsers do: it has the curly quotation marks that such pages mean. UTF-7 is
refused, since any ASCII text is valid UTF-7 and hides markup.
"""

import codecs
import re
from dataclasses import dataclass

import chardet

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LATIN_1 = frozenset({"iso8859-1", "ascii", "latin-1"})
# Families of codecs that hold text; keeps out utf-7, punycode, unicode_escape and byte codecs.
_TEXT_CODEC = re.compile(
    r"(?:utf-(?:8|16|32)|iso8859|cp\d|mac|koi8|gb|big5|euc|shift_jis|iso2022|hz|johab|tis|ptcp|kz)"
)
_META_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I
)

# chardet's verdict is asked on this many bytes only: more changes nothing in news texts.
_DETECT_BYTES = 100_000
# UTF-16 has half its bytes zero in Western text, UTF-8 none.
_WIDE_SHARE = 0.2
# Below this confidence chardet named Eastern European Macintosh sets for short Western texts;
# Windows-1252 is the web's own fallback (WHATWG encoding standard).
_DETECT_CONFIDENCE = 0.5
# A text with more than one unreadable byte in four non-ASCII characters is not UTF-8.
_BROKEN_SHARE = 0.25
# Beyond this share (and eight) of control characters and unreadable bytes a body is no text: a
# PDF, an image.
_NOT_TEXT_SHARE = 0.1
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded body. `basis` is one of bom, utf-8, declared, detected, fallback."""

    text: str
    encoding: str
    basis: str
    is_text: bool = True


def decode(body: bytes, declared: str | None, media_type: str = "text/plain") -> Decoded:
    """Decode a body; never fails. What cannot be read becomes U+FFFD, one for one or byte for byte.

    Args:
        body: the bytes as delivered.
        declared: the encoding that the delivery states, if any.
        media_type: for "text/html" a charset stated in the first kilobyte counts as declared.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _finish(body[len(mark) :].decode(encoding, "replace"), encoding, "bom")
    text = _strict_utf8(body)
    if text is not None and not _is_wide(body):
        return _finish(text, "utf-8", "utf-8")
    if declared is None and media_type == "text/html":
        found = _META_CHARSET.search(body, 0, 1024)
        declared = found.group(1).decode("ascii") if found else None
    text = _with_codec(body, declared)
    if text is not None:
        return _finish(text, _codec_name(declared) or "utf-8", "declared")
    return _guess(body)


def join_surrogates(text: str) -> str:
    """The text with surrogate pairs joined and each unpaired surrogate replaced by U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _finish(text: str, encoding: str, basis: str) -> Decoded:
    text = join_surrogates(text)
    bad = sum(1 for _ in _NOT_TEXT.finditer(text, 0, 20_000))
    return Decoded(text, encoding, basis, bad <= 8 + _NOT_TEXT_SHARE * min(len(text), 20_000))


def _strict_utf8(body: bytes) -> str | None:
    """The body as UTF-8, surrogates let through (JSON may hold them); None if it is none."""
    try:
        return body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None


def _is_wide(body: bytes) -> bool:
    """Whether a body, though valid UTF-8, is UTF-16 or UTF-32 without a byte order mark."""
    if body.count(0) <= _WIDE_SHARE * len(body):
        return False
    detected = chardet.detect(body[:_DETECT_BYTES])["encoding"] or ""
    return detected.lower().startswith(("utf-16", "utf-32"))


def _codec_name(declared: str | None) -> str | None:
    """Python's name of a declared encoding of text; None if unknown or refused."""
    if not declared or len(declared) > 40 or not declared.isascii():
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in _LATIN_1:
        return "cp1252"
    return name if _TEXT_CODEC.match(name) else None


def _with_codec(body: bytes, declared: str | None) -> str | None:
    """The body decoded as declared; None if that does not work without loss."""
    name = _codec_name(declared)
    if name is None:
        return None
    try:
        return body.decode(name)
    except (UnicodeError, ValueError):
        return None


def _guess(body: bytes) -> Decoded:
    """Decode a body that is no UTF-8 and whose declared encoding does not fit."""
    lossy = body.decode("utf-8", "replace")
    broken = lossy.count("\ufffd")
    readable = sum(1 for c in lossy if c > "\x7f") - broken
    if readable and broken <= _BROKEN_SHARE * readable:
        return _finish(lossy, "utf-8", "utf-8")
    verdict = chardet.detect(body[:_DETECT_BYTES])
    name = _codec_name(verdict["encoding"])
    if name is not None and (verdict["confidence"] or 0.0) >= _DETECT_CONFIDENCE:
        text = _with_codec(body, name)
        if text is not None:
            return _finish(text, name, "detected")
    text = _with_codec(body, "cp1252")
    if text is not None:
        return _finish(text, "cp1252", "fallback")
    return _finish(lossy, "utf-8", "fallback")
