"""Posts shown inside an article: tweets and the like.

Belongs here: which lines are a post, which part of them is furniture (links, handles, signature).
Does not belong here: who is quoted (`extract`). A post's words stay in the clean text, as they are
a source's own words; its furniture goes.
"""

import re
from dataclasses import dataclass

from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.layout.lines import Line
from summit_pipeline.vocabulary import Span

_POST_LINK = re.compile(r"\s?(?:pic\.(?:twitter|x)\.com/\w{4,20}|https?://t\.co/\w{4,20}…?)", re.I)
_DATE = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d{1,2},? \d{4}|\d{1,2} \w{3,9}\.? \d{4})"
)
# "— Jane Doe (@jane) March 3, 2024"
_SIGNATURE = re.compile(
    rf"\s*[—–-]{{1,2}}\s?[^()\n]{{1,80}}\(@\w{{1,30}}\)(?:[,\s·|]*(?:\d{{1,2}}:\d{{2}}\s?[AP]M\s?[-·]\s?)?{_DATE})?\s*$"
)
_INSTAGRAM = re.compile(
    r"view this (?:post|photo|profile) on (?:instagram|threads)\b.{0,120}$"
    r"|a (?:post|reel|photo|video) shared by .{1,80}\(@[\w.]{1,40}\).{0,60}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Embed:
    """A line that belongs to a post; `cuts` are its furniture, `whole` tells that all of it is."""

    index: int
    finding: Finding
    cuts: tuple[Span, ...]
    whole: bool


def find_embeds(lines: list[Line]) -> list[Embed]:
    """The posts among the lines, in order.

    A signature tells that the line before it, if it is unsettled, is the post's text.
    """
    found: dict[int, Embed] = {}
    for index, line in enumerate(lines):
        if line.is_cut:
            continue
        signature = (
            _SIGNATURE.search(line.text, max(0, len(line.text) - 200))
            if "(@" in line.text
            else None
        )
        if signature and signature.start() == 0:
            found[index] = _embed(
                index, line, "post_signature", (Span(line.start, line.end),), True
            )
            before = _post_text(lines, index)
            if before is not None and before not in found:
                found[before] = _embed(
                    before, lines[before], "post_text", _links(lines[before]), False
                )
            continue
        if len(line.text) < 300 and _INSTAGRAM.match(line.text):
            found[index] = _embed(
                index, line, "post_furniture", (Span(line.start, line.end),), True
            )
            continue
        cuts = _links(line)
        if signature:
            cuts = (
                *(c for c in cuts if c.end <= line.start + signature.start()),
                Span(line.start + signature.start(), line.end),
            )
        if cuts:
            found[index] = _embed(index, line, "post_text", cuts, _is_all(line, cuts))
    return [found[index] for index in sorted(found)]


def _embed(index: int, line: Line, rule: str, cuts: tuple[Span, ...], whole: bool) -> Embed:
    evidence = "a post's signature" if rule == "post_signature" else "link or signature of a post"
    return Embed(index, Finding(line.start, line.end, "embed", rule, evidence, 0.95), cuts, whole)


def _links(line: Line) -> tuple[Span, ...]:
    if "t.co/" not in line.text and "pic." not in line.text:
        return ()
    return tuple(
        Span(line.start + m.start(), line.start + m.end()) for m in _POST_LINK.finditer(line.text)
    )


def _is_all(line: Line, cuts: tuple[Span, ...]) -> bool:
    return sum(c.end - c.start for c in cuts) >= len(line.text) - 3


def _post_text(lines: list[Line], signature: int) -> int | None:
    """The index of the line above a signature that is not cut."""
    for index in range(signature - 1, max(-1, signature - 3), -1):
        if not lines[index].is_cut:
            return index if not lines[index].is_settled else None
    return None
