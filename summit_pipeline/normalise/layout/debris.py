"""Takes an article's lines apart: what is title, body, bullet, heading, caption, post, and debris.

Belongs here: the order in which the rules are asked, and the edits that follow. Does not belong
here: any rule (`boilerplate`, `furniture`, `embeds`, `captions`, `headings`, `repeats`,
`truncation`, `datelines`, `titles`).

A line that a rule has settled is left alone by the rules after it. Kept lines stand in the clean
text one below the other; each is a paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from summit_pipeline.normalise.about.datelines import Dateline, find_dateline
from summit_pipeline.normalise.about.titles import find_title
from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.html.html_page import Mark
from summit_pipeline.normalise.layout.boilerplate import find_boilerplate
from summit_pipeline.normalise.layout.captions import Caption, find_captions
from summit_pipeline.normalise.layout.embeds import Embed, find_embeds
from summit_pipeline.normalise.layout.furniture import find_furniture
from summit_pipeline.normalise.layout.headings import bullet_marks, find_subheads
from summit_pipeline.normalise.layout.lines import Line, split_lines
from summit_pipeline.normalise.layout.repeats import find_repeats
from summit_pipeline.normalise.layout.truncation import find_truncation
from summit_pipeline.text.layers import Edit
from summit_pipeline.vocabulary import SentencePart, Span

# A page opens with its furniture; a furniture line further down than this is more likely a table.
_HEAD_LINES = 12
# Words; longer lines in an element called "author" are about the author or not furniture at all.
_LONGEST_BYLINE = 30
_SHORT_SENTENCE = 8


@dataclass(slots=True)
class Debris:
    """What was found in a text; offsets point into it."""

    lines: list[Line]
    findings: list[Finding] = field(default_factory=list)
    cuts: list[Span] = field(default_factory=list)
    title: int | None = None  # index of the title's line
    dateline: Dateline | None = None

    def cut_line(self, index: int, finding: Finding) -> None:
        """Cut a whole line."""
        line = self.lines[index]
        self.lines[index] = replace(line, is_cut=True, is_settled=True)
        self.findings.append(finding)

    def settle(self, index: int, part: SentencePart) -> None:
        """Tell a line's part for good."""
        self.lines[index] = replace(self.lines[index], part=part, is_settled=True)


def find_debris(
    text: str,
    *,
    title_end: int | None = None,
    page_title: str | None = None,
    marks: Sequence[Mark] = (),
) -> Debris:
    """Tell what each line of a text is.

    Args:
        text: decoded, repaired text without markup.
        title_end: end of the title that stands before the body, where it was a field.
        page_title: the title that the page's source states.
        marks: stretches whose part the page's source tells, in order.
    """
    debris = Debris(split_lines(text))
    _use_marks(debris, marks)
    if title_end is not None:
        _settle_field_title(debris, title_end)
    stated = page_title if title_end is None else text[:title_end].strip()
    _cut_boilerplate(debris)
    _settle_embeds(debris)
    if debris.title is None:
        _settle_title(debris)
    title = debris.lines[debris.title].text if debris.title is not None else stated
    _settle_captions(debris)
    _cut_furniture(debris, title)
    _settle_bullets(debris)
    _mark_repeats(text, debris, title)
    for index in find_subheads(debris.lines):
        debris.settle(index, "subhead")
        line = debris.lines[index]
        debris.findings.append(
            Finding(line.start, line.end, "subhead", "subhead", "a short line without an end", 0.85)
        )
    _cut_dateline(text, debris)
    _mark_truncation(debris)
    return debris


def clean_edits(text: str, debris: Debris) -> list[Edit]:
    """The edits that leave the kept lines, one below the other, without their cuts."""
    edits: list[Edit] = []
    at = 0
    is_first = True
    for line in debris.lines:
        if line.is_cut:
            continue
        if at < line.start:
            edits.append(Edit(at, line.start, "" if is_first else "\n", "line_gap"))
        at, is_first = line.end, False
    if at < len(text):
        edits.append(Edit(at, len(text), "", "line_gap"))
    edits += [Edit(cut.start, cut.end, "", "debris") for cut in debris.cuts]
    return edits


def _use_marks(debris: Debris, marks: Sequence[Mark]) -> None:
    """Give lines the part that the page's source tells; the innermost element speaks last."""
    waiting = sorted(marks, key=lambda m: (-m.start, m.end))
    around: list[Mark] = []  # elements that the line stands in, innermost last
    for index, line in enumerate(debris.lines):
        while waiting and waiting[-1].start <= line.start:
            around.append(waiting.pop())
        while around and around[-1].end < line.end:
            around.pop()
        inner = around[-1] if around else None
        if inner is None:
            continue
        if inner.part == "title":
            if debris.title is None:
                debris.title = index
                debris.settle(index, "title")
        elif inner.part == "byline":
            _cut_byline_element(debris, index)
        elif inner.part in ("subhead", "embed", "caption"):
            kind = inner.part
            debris.findings.append(
                Finding(line.start, line.end, kind, f"{kind}_element", "so the page's source says")
            )
            debris.lines[index] = replace(line, part=inner.part)
        else:
            debris.lines[index] = replace(line, part=inner.part)


def _cut_byline_element(debris: Debris, index: int) -> None:
    """Cut a line that the page's source calls a byline, unless it reads as a sentence."""
    line = debris.lines[index]
    if line.words > _LONGEST_BYLINE or (line.ends_sentence and line.words > _SHORT_SENTENCE):
        return
    evidence = "so the page's source says"
    debris.cut_line(index, Finding(line.start, line.end, "byline", "byline_element", evidence))


def _settle_field_title(debris: Debris, title_end: int) -> None:
    for index, line in enumerate(debris.lines):
        if line.start >= title_end:
            break
        debris.settle(index, "title")
        debris.title = 0


def _cut_boilerplate(debris: Debris) -> None:
    for index, finding in find_boilerplate(debris.lines):
        debris.cut_line(index, finding)


def _cut_or_settle(debris: Debris, found: Embed | Caption, part: SentencePart) -> None:
    """Cut a line that is furniture as a whole; else cut its furniture and settle the rest."""
    if found.whole:
        debris.cut_line(found.index, found.finding)
        return
    debris.settle(found.index, part)
    debris.findings.append(found.finding)
    debris.cuts += found.cuts


def _settle_embeds(debris: Debris) -> None:
    for embed in find_embeds(debris.lines):
        _cut_or_settle(debris, embed, "embed")


def _settle_title(debris: Debris) -> None:
    """Find the title's line in the text, if it holds one."""
    index = find_title(debris.lines)
    if index is not None and not debris.lines[index].is_settled:
        debris.title = index
        debris.settle(index, "title")


def _cut_furniture(debris: Debris, title: str | None) -> None:
    last = len(debris.lines) - 3
    for index, finding in find_furniture(debris.lines, title):
        if index < _HEAD_LINES or index >= last or finding.rule in ("furniture_line", "byline"):
            debris.cut_line(index, finding)


def _settle_captions(debris: Debris) -> None:
    for caption in find_captions(debris.lines):
        _cut_or_settle(debris, caption, "caption")


def _settle_bullets(debris: Debris) -> None:
    for index, length in bullet_marks(debris.lines):
        line = debris.lines[index]
        if line.part == "body":
            debris.lines[index] = replace(line, part="bullet")
        debris.cuts.append(Span(line.start, line.start + length))


def _mark_repeats(text: str, debris: Debris, title: str | None) -> None:
    for index, finding in find_repeats(text, debris.lines, title):
        if finding.rule == "title_again":
            debris.cut_line(index, finding)
        else:
            debris.findings.append(finding)
            if debris.lines[index].part == "body":
                debris.settle(index, "bullet")


def _cut_dateline(text: str, debris: Debris) -> None:
    """Cut the dateline of the first body lines (an editor's line may stand above it)."""
    body = [line for line in debris.lines if not line.is_cut and line.part in ("body", "bullet")]
    for line in body[:4]:
        dateline = find_dateline(text, line.start, line.end)
        if dateline is not None:
            debris.dateline = dateline
            debris.cuts.append(dateline.span)
            evidence = "place, agency or day before a dash at the head of the text"
            debris.findings.append(
                Finding(dateline.span.start, dateline.span.end, "dateline", "dateline", evidence)
            )
            return


def _mark_truncation(debris: Debris) -> None:
    found = find_truncation(debris.lines)
    if found is None:
        return
    index, finding, cut_from = found
    debris.findings.append(finding)
    if cut_from is not None:
        debris.cuts.append(Span(cut_from, debris.lines[index].end))
