"""The normalise stage: document versions in, clean texts and their issues out.

Belongs here: the order of the steps and the rows they make. Does not belong here: any rule.

A clean text is built in layers over the raw one, each with an exact map: characters and encoding,
markup, hard wrapping, debris. The map from the top to the raw text is stored with the text.
"""

from dataclasses import dataclass

import polars as pl

from summit_pipeline.normalise.about.agencies import find_agencies
from summit_pipeline.normalise.about.language import find_language
from summit_pipeline.normalise.about.publication import publication_time
from summit_pipeline.normalise.characters import clean_characters
from summit_pipeline.normalise.findings import Finding, on_raw
from summit_pipeline.normalise.html.agreement import SecondReader
from summit_pipeline.normalise.html.html_page import HtmlPage, Mark, looks_like_html, read_page
from summit_pipeline.normalise.layout.debris import Debris, clean_edits, find_debris
from summit_pipeline.normalise.layout.lines import unwrap
from summit_pipeline.normalise.layout.markup import clean_markup, entity_edits
from summit_pipeline.normalise.mojibake import repair
from summit_pipeline.normalise.spinning.grading import Grade, grade_text
from summit_pipeline.rows import frame, read
from summit_pipeline.text.decoding import Decoded, decode, join_surrogates
from summit_pipeline.text.front_matter import read_front_matter
from summit_pipeline.text.identity import stable_id
from summit_pipeline.text.layers import Edit, Layer, apply_edits, compose, identity
from summit_pipeline.text.sentences import split_sentences
from summit_pipeline.text.tokens import count_words
from summit_pipeline.vocabulary import (
    DocumentVersion,
    NormalisedText,
    Sentence,
    SentencePart,
    Span,
    TextIssue,
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """What the stage gives: frames of `NormalisedText` and of `TextIssue`."""

    texts: pl.DataFrame
    issues: pl.DataFrame


@dataclass(frozen=True, slots=True)
class CleanText:
    """A raw text, the clean layer over it, and what was found on the way (offsets into raw)."""

    raw: str
    title_end: int | None
    decoded: Decoded
    layer: Layer
    sentences: tuple[Sentence, ...]
    title: str | None
    title_span: Span | None
    findings: tuple[Finding, ...]
    dateline_place: str | None
    dateline: str | None
    page_dates: tuple[tuple[str, str], ...]
    credit_lines: tuple[str, ...]


def normalise_batch(
    versions: pl.DataFrame, second_reader: SecondReader | None = None
) -> Normalised:
    """Normalise a frame of `DocumentVersion`; each version gives one text, whatever its bytes are.

    Rows come in the order of the input and depend on nothing but their own version. A
    `second_reader` of pages votes on which of their prose is the article.
    """
    texts: list[NormalisedText] = []
    issues: list[TextIssue] = []
    for version in read(DocumentVersion, versions):
        text, found = normalise_version(version, second_reader)
        texts.append(text)
        issues += found
    return Normalised(frame(NormalisedText, texts), frame(TextIssue, issues))


def normalise_version(
    version: DocumentVersion, second_reader: SecondReader | None = None
) -> tuple[NormalisedText, list[TextIssue]]:
    """Normalise one version."""
    clean = clean_text(
        version.body,
        version.media_type,
        version.declared_encoding,
        version.title_field,
        second_reader,
    )
    language, language_basis = find_language(clean.layer.text)
    if language == "und" and version.declared_language is not None:
        language, language_basis = version.declared_language, "declared by its source"
    published_at, published_basis = publication_time(
        version.published_field,
        clean.page_dates,
        clean.credit_lines,
        version.url,
        version.first_seen_at,
        version.date_order,
    )
    grade = _grade(clean, language, version.url)
    text = NormalisedText(
        version_id=version.version_id,
        raw_text=clean.raw,
        title_end_char=clean.title_end,
        encoding=clean.decoded.encoding,
        encoding_basis=clean.decoded.basis,
        title=clean.title,
        title_start=clean.title_span.start if clean.title_span else None,
        title_end=clean.title_span.end if clean.title_span else None,
        clean_text=clean.layer.text,
        runs=clean.layer.runs,
        sentences=clean.sentences,
        language=language,
        language_basis=language_basis,
        published_at=published_at,
        published_basis=published_basis,
        dateline_place=clean.dateline_place,
        agencies=find_agencies(_running_text(clean), clean.credit_lines, clean.dateline),
        word_count=count_words(clean.layer.text),
        text_grade=grade.grade,
        text_grade_score=grade.score,
        text_grade_reason=grade.reason,
    )
    return text, _issues(version.version_id, clean, grade)


def clean_text(
    body: bytes,
    media_type: str,
    declared: str | None = None,
    title_field: str | None = None,
    second_reader: SecondReader | None = None,
) -> CleanText:
    """Decode a body and build its clean layer. `title_field` is put before the body, if given."""
    decoded = decode(body, declared, media_type)
    title = join_surrogates(title_field) if title_field and title_field.strip() else None
    raw = decoded.text if title is None else f"{title}\n\n{decoded.text}"
    title_end = None if title is None else len(title)
    if not decoded.is_text:
        return _without_body(raw, title_end, decoded)
    layer, findings = _readable(raw, title_end)
    layer, page, marks, found = _without_markup(layer, title_end, media_type, second_reader)
    findings += found
    if media_type != "text/html":
        layer = _over(layer, unwrap(layer.text))
    debris = find_debris(
        layer.text,
        title_end=_clean_end(layer, title_end),
        page_title=page.title if page else None,
        marks=marks,
    )
    findings += [on_raw(f, layer) for f in debris.findings]
    below = layer
    top = apply_edits(below.text, clean_edits(below.text, debris))
    layer = compose(top, below)
    title_span = None
    if debris.title is not None:
        line = debris.lines[debris.title]
        title_span = below.to_raw(line.start, line.end)
        if title_end is not None:
            title_span = Span(0, title_end)
    return CleanText(
        raw=raw,
        title_end=title_end,
        decoded=decoded,
        layer=layer,
        sentences=tuple(_sentences(top, debris)),
        title=_title(debris, page),
        title_span=title_span,
        findings=tuple(sorted(set(findings))),
        dateline_place=debris.dateline.place if debris.dateline else None,
        dateline=debris.dateline.text if debris.dateline else None,
        page_dates=tuple(page.dates) if page else (),
        credit_lines=_credit_lines(below.text, debris),
    )


def _without_body(raw: str, title_end: int | None, decoded: Decoded) -> CleanText:
    """A body that is no text (PDF, picture): its title, if any, and an issue over the rest."""
    start = 0 if title_end is None else title_end + 2
    finding = Finding(start, len(raw), "control_chars", "not_text", "the body is no text")
    layer = apply_edits(
        raw, [Edit(0 if title_end is None else title_end, len(raw), "", "not_text")]
    )
    sentences = (Sentence(0, title_end, 0, "title"),) if title_end is not None else ()
    title = None if title_end is None else raw[:title_end].strip()
    span = None if title_end is None else Span(0, title_end)
    findings = (finding,) if start < len(raw) else ()
    return CleanText(
        raw, title_end, decoded, layer, sentences, title, span, findings, None, None, (), ()
    )


def _over(layer: Layer, edits: list[Edit]) -> Layer:
    """The layer with edits on its text applied, mapped down to the raw text."""
    return compose(apply_edits(layer.text, edits), layer) if edits else layer


def _readable(raw: str, title_end: int | None) -> tuple[Layer, list[Finding]]:
    """The raw text with its encoding damage repaired and its invisible characters cut."""
    repairs, damage = repair(raw)
    cuts, invisible = clean_characters(raw)
    breaks = []
    if title_end is not None:
        breaks = [Edit(i, i + 1, " ", "line") for i, c in enumerate(raw[:title_end]) if c == "\n"]
    edits = [*repairs, *cuts, *breaks]
    return (apply_edits(raw, edits) if edits else identity(raw)), [*damage, *invisible]


def _without_markup(
    layer: Layer, title_end: int | None, media_type: str, second_reader: SecondReader | None
) -> tuple[Layer, HtmlPage | None, list[Mark], list[Finding]]:
    """The text without markup; for a page, what its source tells, marks moved to the new text."""
    text = layer.text
    start = 0
    edits: list[Edit] = []
    if title_end is not None:
        start = (_clean_end(layer, title_end) or 0) + 2
        edits = entity_edits(text, 0, start)
    if media_type == "text/html" or looks_like_html(text[start:]):
        page = read_page(text, start, second_reader)
        top = apply_edits(text, [*edits, *page.edits])
        marks = []
        for mark in page.marks:
            span = top.to_clean(mark.start, mark.end)
            if span is not None:
                marks.append(Mark(span.start, span.end, mark.part))
        return compose(top, layer), page, marks, [on_raw(f, layer) for f in page.findings]
    edits, findings = clean_markup(text, markdown=media_type == "text/markdown")
    front = read_front_matter(text, start)
    if front is not None:
        edits.append(Edit(start, front.end, "", "front_matter"))
        findings = [f for f in findings if f.start >= front.end]
        findings.append(Finding(start, front.end, "markup", "front_matter", "front matter"))
    return _over(layer, edits), None, [], [on_raw(f, layer) for f in findings]


def _clean_end(layer: Layer, title_end: int | None) -> int | None:
    """Where the title that ends at a raw offset ends in the layer's text."""
    if title_end is None:
        return None
    span = layer.to_clean(0, title_end)
    return span.end if span else 0


def _sentences(top: Layer, debris: Debris) -> list[Sentence]:
    """The sentences of the clean text, line by line; a line is a paragraph."""
    found: list[Sentence] = []
    paragraph = 0
    for line in debris.lines:
        span = None if line.is_cut else top.to_clean(line.start, line.end)
        if span is None:
            continue
        part: SentencePart = line.part
        if part in ("title", "subhead"):
            pieces = [_stripped(top.text, span)]
        else:
            pieces = split_sentences(top.text, span.start, span.end)
        found += [Sentence(p.start, p.end, paragraph, part) for p in pieces if p.start < p.end]
        paragraph += 1
    return found


def _stripped(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))


def _title(debris: Debris, page: HtmlPage | None) -> str | None:
    if debris.title is not None:
        return debris.lines[debris.title].text
    return page.title if page else None


def _credit_lines(text: str, debris: Debris) -> tuple[str, ...]:
    """Byline, date and furniture lines, from which date and agency are read."""
    wanted = ("byline", "furniture_line")
    found = [f for f in debris.findings if f.kind == "byline" or f.rule in wanted]
    return tuple(text[f.start : f.end] for f in sorted(found))


def _running_text(clean: CleanText) -> str:
    """The clean text without captions and titles, in which credits are looked for."""
    parts = ("body", "bullet", "embed", "subhead")
    by_paragraph: dict[int, list[str]] = {}
    for s in clean.sentences:
        if s.part in parts:
            words = clean.layer.text[s.clean_start : s.clean_end]
            by_paragraph.setdefault(s.paragraph, []).append(words)
    return "\n".join(" ".join(pieces) for pieces in by_paragraph.values())


def _grade(clean: CleanText, language: str, url: str | None) -> Grade:
    if language != "en":
        return Grade(
            "not_judged", None, f"not judged: the language is {language!r}, not English", ()
        )
    return grade_text(clean.layer, clean.sentences, clean.title, url)


def _issues(version_id: str, clean: CleanText, grade: Grade) -> list[TextIssue]:
    rows: dict[str, TextIssue] = {}
    for finding in clean.findings:
        row = _issue(version_id, clean.raw, finding, in_quotation=False)
        rows.setdefault(row.issue_id, row)
    for choice in grade.choices if grade.grade == "spun" else ():
        span = clean.layer.to_raw(choice.clean_start, choice.clean_end)
        finding = Finding(
            span.start,
            span.end,
            "spun_phrase",
            "word_choice",
            choice.evidence,
            choice.confidence,
            choice.suggestion,
        )
        row = _issue(version_id, clean.raw, finding, in_quotation=choice.in_quotation)
        rows.setdefault(row.issue_id, row)
    return list(rows.values())


def _issue(version_id: str, raw: str, finding: Finding, *, in_quotation: bool) -> TextIssue:
    return TextIssue(
        issue_id=stable_id(version_id, finding.kind, finding.start, finding.end),
        version_id=version_id,
        kind=finding.kind,
        start_char=finding.start,
        end_char=finding.end,
        text=raw[finding.start : finding.end],
        suggestion=finding.suggestion,
        evidence=finding.evidence,
        confidence=finding.confidence,
        in_quotation=in_quotation,
        rule=finding.rule,
    )
