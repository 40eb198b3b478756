"""Single characters that a reader does not see or that are written in several ways.

Belongs here: control, zero-width and direction characters, odd spaces, line ends, decomposed
accents. Does not belong here: encoding damage (`mojibake`) or markup (`markup`). Quotation marks
and dashes are never changed: they are evidence.
"""

import re
import unicodedata
from collections.abc import Iterator

from summit_pipeline.normalise.findings import Finding
from summit_pipeline.text.layers import Edit

_BIDI = "\u202a-\u202e\u2066-\u2069"
# Joiners are letters' business in Arabic and Indic scripts and in emoji; between Latin letters
# they are noise.
_INVISIBLE = re.compile(
    "(?P<line>\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029])"
    "|(?P<space>[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000])"
    f"|(?P<bidi>[{_BIDI}]+)"
    "|(?P<control>[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff\ufff9-\ufffb]+)"
    "|(?P<joiner>(?<![^\x00-\u024f])[\u200c\u200d]+)"
    "|(?P<tag>(?<![\U000e0020-\U000e007f\U0001f3f4])[\U000e0000-\U000e007f]+)"
)
# The characters above as one class, which is searched forty times faster than the alternatives.
_CANDIDATES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u061c\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
# Figures that do not read as what they show: digits of full width or of mathematical alphabets, and
# figures with a letter of another script that looks like a digit (Cyrillic and Greek O, Ze, I).
# They are flagged and left as they stand: which figure was meant is not ours to say.
_LOOK_ALIKE = (
    "\uff10-\uff19\U0001d7ce-\U0001d7ff"  # digits
    "\u041e\u043e\u0417\u0437\u0431\u039f\u03bf\u0406\u0456\u04c0\u0555\u0585\u2170"  # letters
)
_LOOK_ALIKE_FIGURE = re.compile(
    f"(?<![\\w.,])(?:[0-9][0-9.,]{{0,20}}+[{_LOOK_ALIKE}]|[{_LOOK_ALIKE}][.,]?[0-9]"
    "|[\uff10-\uff19\U0001d7ce-\U0001d7ff])"
    f"[0-9.,{_LOOK_ALIKE}]{{0,30}}+(?![^\\W\\d_])"
)
_ANY_LOOK_ALIKE = re.compile(f"[{_LOOK_ALIKE}]")
_DECOMPOSED = re.compile("[^\u0300-\u036f][\u0300-\u036f]{1,8}")


def clean_characters(text: str) -> tuple[list[Edit], list[Finding]]:
    """Edits that make a text readable character by character, and what was cut.

    Spaces of other widths become a space and line ends become a line feed, without a finding;
    invisible characters are cut with one. Offsets point into the text.
    """
    edits: list[Edit] = []
    findings: list[Finding] = []
    for match in _invisible(text):
        start, end = match.span()
        name = match.lastgroup
        if name in ("line", "space"):
            edits.append(Edit(start, end, "\n" if name == "line" else " ", name))
            continue
        edits.append(Edit(start, end, "", "invisible"))
        points = " ".join(f"U+{ord(c):04X}" for c in match.group()[:8])
        if name == "bidi":
            findings.append(
                Finding(
                    start, end, "bidi", "direction_override", f"{points}: shown in another order"
                )
            )
        else:
            findings.append(Finding(start, end, "control_chars", "invisible_character", points))
    if not text.isascii() and _ANY_LOOK_ALIKE.search(text):
        findings += _look_alikes(text)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        edits += _compositions(text)
    return edits, findings


def _invisible(text: str) -> Iterator[re.Match[str]]:
    for stretch in _CANDIDATES.finditer(text):
        yield from _INVISIBLE.finditer(text, *stretch.span())


def _look_alikes(text: str) -> list[Finding]:
    """Figures written with characters that only look like digits."""
    return [
        Finding(
            match.start(),
            match.start() + len(match.group().rstrip(".,")),
            "control_chars",
            "look_alike_digit",
            " ".join(f"U+{ord(c):04X}" for c in match.group() if not c.isascii())[:80],
        )
        for match in _LOOK_ALIKE_FIGURE.finditer(text)
    ]


def _compositions(text: str) -> list[Edit]:
    """Edits that write a letter and its combining accent as one character (NFC)."""
    return [
        Edit(*match.span(), composed, "composed")
        for match in _DECOMPOSED.finditer(text)
        if (composed := unicodedata.normalize("NFC", match.group())) != match.group()
    ]
