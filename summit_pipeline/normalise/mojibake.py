"""Text that somebody decoded with the wrong encoding before it came to us, and its repair.

Belongs here: repair of encoding damage, as edits with exact offsets. Does not belong here: decoding
(`text.decoding`), single characters (`characters`), or any change of words.

The repair is ftfy's (Speer 2019, "ftfy", Zenodo), with nothing but its encoding steps switched on:
its other defaults straighten quotation marks, which are evidence here. ftfy gives no offsets; they
are found by alignment within the changed line: what is ASCII stays, so it anchors the rest.
"""

import re
from difflib import SequenceMatcher

from ftfy import TextFixerConfig, fix_text
from ftfy.badness import is_bad

from summit_pipeline.normalise.findings import Finding
from summit_pipeline.text.layers import Edit

_CONFIG = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_encoding=True,
    restore_byte_a0=True,
    replace_lossy_sequences=True,
    decode_inconsistent_utf8=True,
    fix_c1_controls=True,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)
# Common typography is no sign of damage; a line without anything else is not looked at further.
_SUSPECT = re.compile("[^\x00-\x7f“”‘’–—…•\xa0]")
_C1 = re.compile("[\x80-\x9f]")
_ASCII = re.compile(r"[\x00-\x7f]")
_UNREADABLE = re.compile("\ufffd+")
# Lines of this length and more are repaired as one edit where anchors fail: alignment by
# differences takes quadratic time.
_LONGEST_ALIGNED = 2_000
# Measured: 31 of 31 cases to be left alone, 2,225 news articles and the seeds unchanged.
_CONFIDENCE = 0.97


def repair(text: str) -> tuple[list[Edit], list[Finding]]:
    """Edits that undo encoding damage in a text, and what was found, offsets into the text."""
    edits: list[Edit] = []
    if not text.isascii():
        at = 0
        for line in text.split("\n"):
            if not line.isascii():
                edits += _repair_line(line, at)
            at += len(line) + 1
    findings = [
        Finding(
            edit.start,
            edit.end,
            "mojibake",
            "mojibake",
            f"reads as {edit.after!r} when decoded as it was written",
            _CONFIDENCE,
            edit.after,
        )
        for edit in edits
    ]
    if "\ufffd" in text:
        repaired = {edit.start for edit in edits}
        evidence = "bytes that could not be decoded"
        findings += [
            Finding(*match.span(), "mojibake", "unreadable_bytes", evidence)
            for match in _UNREADABLE.finditer(text)
            if match.start() not in repaired
        ]
    return edits, findings


def _repair_line(line: str, offset: int) -> list[Edit]:
    if not _SUSPECT.search(line) or not (is_bad(line) or _C1.search(line)):
        return []
    fixed = fix_text(line, _CONFIG)
    if fixed == line:
        return []
    pairs = _align_on_ascii(line, fixed)
    if pairs is None:
        pairs = _align_by_differences(line, fixed)
    return [_smallest(offset + a, line[a:b], after) for a, b, after in pairs]


def _smallest(start: int, before: str, after: str) -> Edit:
    """The edit without what both sides begin and end with."""
    end = start + len(before)
    while before and after and before[0] == after[0]:
        start, before, after = start + 1, before[1:], after[1:]
    while before and after and before[-1] == after[-1]:
        end, before, after = end - 1, before[:-1], after[:-1]
    return Edit(start, end, after, "mojibake")


def _align_on_ascii(line: str, fixed: str) -> list[tuple[int, int, str]] | None:
    """Changed stretches between equal ASCII characters; None if the ASCII itself changed."""
    if _ASCII.findall(line) != _ASCII.findall(fixed):
        return None
    changes: list[tuple[int, int, str]] = []
    at = fixed_at = 0
    anchors = [
        (m.start(), n.start())
        for m, n in zip(_ASCII.finditer(line), _ASCII.finditer(fixed), strict=True)
    ]
    for anchor, fixed_anchor in [*anchors, (len(line), len(fixed))]:
        if line[at:anchor] != fixed[fixed_at:fixed_anchor]:
            changes.append((at, anchor, fixed[fixed_at:fixed_anchor]))
        at, fixed_at = anchor + 1, fixed_anchor + 1
    return changes


def _align_by_differences(line: str, fixed: str) -> list[tuple[int, int, str]]:
    """Changed stretches by longest common blocks; the whole line if it is long."""
    if len(line) > _LONGEST_ALIGNED:
        return [(0, len(line), fixed)]
    matcher = SequenceMatcher(None, line, fixed, autojunk=False)
    return [(a, b, fixed[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
