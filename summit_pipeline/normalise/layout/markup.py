"""Remains of markup in text that is meant to be plain or Markdown.

Belongs here: image and link markdown, emphasis marks, stray tags, entities, shortcodes. Does not
belong here: whole HTML pages (`html_page`), or lines that are furniture (`debris`).

Every pattern is bounded or possessive, so that hostile text costs linear time.
"""

import html
import re

from summit_pipeline.normalise.findings import Finding
from summit_pipeline.text.layers import Edit

# ![alt](address "title"): one level of brackets may stand inside alt and address.
_BRACKETED = r"[^\[\]\n]{0,1000}(?:\[[^\[\]\n]{0,300}\][^\[\]\n]{0,1000}){0,3}"
_ADDRESS = r"[^()\n]{0,2048}(?:\([^()\n]{0,500}\)[^()\n]{0,1000}){0,3}"
_IMAGE = re.compile(rf"!\[({_BRACKETED})\]\(({_ADDRESS})\)")
_LINK = re.compile(rf"(?<!!)\[(?!\^)({_BRACKETED})\]\(({_ADDRESS})\)")
_ADDRESS_START = re.compile(
    r"\s*(?:https?:|www\.|/|#|mailto:|javascript:|data:|[\w.-]+\.[a-z]{2,})", re.I
)
_HEADING = re.compile(r"(?m)^(#{1,6}[ \t]+)[^\n]*?([ \t]+#+)?[ \t]*$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{1,300}?)(?<=[^\s*_])\1(?![\w*_])")
_RULE_LINE = re.compile(r"(?m)^[ \t]*(?:[-*_=#~•.][ \t]?){3,60}[ \t]*$")
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|big|blockquote|body|br|cite|code|dd|del|div|dl|dt|em|embed"
    r"|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|li|link"
    r"|main|mark|meta|nav|noscript|object|ol|p|picture|pre|q|s|script|section|small|source|span"
    r"|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|time|title|tr|u|ul|video|wbr)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.I,
)
_SCRIPT = re.compile(r"<(script|style)\b", re.I)
_LINE_TAG = re.compile(
    r"</?(?:p|div|br|li|tr|h[1-6]|blockquote|ul|ol|table|section|article|figure)\b", re.I
)
_COMMENT = re.compile(r"<!--")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_SHORTCODE = re.compile(
    r"\[/?(?:caption|gallery|embed|video|audio|audio-clip|pullquote|summary|break|quote|blockquote"
    r"|youtube|twitter|tweet|instagram|ad|ads|more|photo|image|slideshow|newsletter|related|nextpage"
    r"|vc_\w+|et_\w+|su_\w+)(?:\s[^\[\]\n]{0,500})?\]",
    re.I,
)
# Characters that no entity may bring in; they would be cut had they stood there themselves.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def unescape(entity: str) -> str:
    """What an entity stands for, as it is written in clean text; empty if it is invisible."""
    plain = html.unescape(entity)
    if plain == entity:
        return entity
    return _UNWANTED.sub("", plain).replace("\xa0", " ")


def entity_edits(text: str, start: int = 0, end: int | None = None) -> list[Edit]:
    """Edits that write each entity in `text[start:end]` as its character, one level deep."""
    stop = len(text) if end is None else end
    if text.find("&", start, stop) < 0:
        return []
    return [
        Edit(*m.span(), plain, "entity")
        for m in _ENTITY.finditer(text, start, stop)
        if (plain := unescape(m.group())) != m.group()
    ]


def clean_markup(text: str, *, markdown: bool) -> tuple[list[Edit], list[Finding]]:
    """Edits that take markup out of a text and leave its words.

    Single emphasis marks go only where the text is declared Markdown.

    Images go as a whole: their alternative text is a caption that repeats the article.
    """
    edits = entity_edits(text)
    findings: list[Finding] = []
    if "](" in text:
        _cut_images(text, edits, findings)
        _open_links(text, edits, findings)
    if "<" in text:
        _cut_tags(text, edits, findings)
    if "[" in text:
        for match in _SHORTCODE.finditer(text):
            _cut(match.span(), "shortcode", "a publishing system's shortcode", edits, findings)
    _cut_marks(text, edits, findings, markdown=markdown)
    return edits, findings


def _cut(
    span: tuple[int, int], rule: str, evidence: str, edits: list[Edit], findings: list[Finding]
) -> None:
    if span[0] < span[1]:
        edits.append(Edit(*span, "", rule))
        findings.append(Finding(*span, "markup", rule, evidence))


def _cut_images(text: str, edits: list[Edit], findings: list[Finding]) -> None:
    for match in _IMAGE.finditer(text):
        _cut(match.span(), "image_markdown", f"image at {match[2][:200]}", edits, findings)


def _open_links(text: str, edits: list[Edit], findings: list[Finding]) -> None:
    """`[words](address)` keeps its words; brackets that hold no address stay as they are."""
    for match in _LINK.finditer(text):
        if not _ADDRESS_START.match(match[2]):
            continue
        edits.append(Edit(match.start(), match.start(1), "", "link_markdown"))
        edits.append(Edit(match.end(1), match.end(), "", "link_markdown"))
        findings.append(
            Finding(
                match.end(1), match.end(), "markup", "link_markdown", f"link to {match[2][:200]}"
            )
        )


def _cut_tags(text: str, edits: list[Edit], findings: list[Finding]) -> None:
    for pattern, closing in ((_COMMENT, "-->"), (_SCRIPT, None)):
        at = 0
        while match := pattern.search(text, at):
            mark = closing or f"</{match[1].lower()}>"
            at = text.find(mark, match.end())
            if at < 0:
                break
            at += len(mark)
            _cut((match.start(), at), "tag", "what a page does not show", edits, findings)
    for match in _TAG.finditer(text):
        after = "\n" if _LINE_TAG.match(match.group()) else ""
        edits.append(Edit(*match.span(), after, "tag"))
        findings.append(Finding(*match.span(), "markup", "tag", "a tag of a page's source"))


def _cut_marks(text: str, edits: list[Edit], findings: list[Finding], *, markdown: bool) -> None:
    if "#" in text:
        for match in _HEADING.finditer(text):
            _cut(match.span(1), "heading_mark", "Markdown heading", edits, findings)
    pairs = [_STRONG] if "**" in text or "__" in text else []
    if markdown:
        pairs.append(_EMPHASIS)
    for pattern in pairs:
        for match in pattern.finditer(text):
            _cut((match.start(), match.start(2)), "emphasis", "Markdown emphasis", edits, findings)
            _cut((match.end(2), match.end()), "emphasis", "Markdown emphasis", edits, findings)
    for match in _RULE_LINE.finditer(text):
        _cut(match.span(), "rule_line", "a line drawn between parts", edits, findings)
