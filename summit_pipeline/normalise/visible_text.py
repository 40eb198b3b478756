"""The words of a delivery that make its version: what a reader is told by the article.

A file of text is all article: every word counts. A page is article and furniture, and its furniture
changes with every visit: counters, times since, advertisements, links to other articles. So of a
page the clean text counts, which is what later stages read, without lines that tell of a visit; and
of the lines above and below it, which say who wrote it and what was corrected, all but the stamps.

Belongs here: the choice of the words that are compared. Does not belong here: how they are found
(`pipeline`), or the comparison (`ingest.fingerprints`).
"""

from summit_pipeline.normalise.characters import clean_characters
from summit_pipeline.normalise.html.html_page import looks_like_html
from summit_pipeline.normalise.layout.markup import clean_markup
from summit_pipeline.normalise.layout.visit_lines import is_visit_line, told_in_credit
from summit_pipeline.normalise.pipeline import clean_text
from summit_pipeline.text.decoding import decode
from summit_pipeline.text.layers import apply_edits

MAX_CHARACTERS = 3_000_000
"""Longer bodies are compared as they are: the longest of 35,959 real articles has 0.3 million."""


def visible_text(
    body: bytes, media_type: str, declared_encoding: str | None, title: str | None
) -> str:
    """The words that a reader sees, title first; empty where the body holds none.

    Takes time in line with the length of the body, whatever it is.

    Args:
        body: the bytes as delivered.
        media_type: their form.
        declared_encoding: character encoding that the delivery states.
        title: the title, where it is a field of its own.
    """
    decoded = decode(body, declared_encoding, media_type)
    if not decoded.is_text:
        return ""
    text = decoded.text
    if len(text) > MAX_CHARACTERS:
        return f"{title or ''}\n{text}"
    if media_type == "text/html" or looks_like_html(text):
        clean = clean_text(body, media_type, declared_encoding, title)
        kept = [line for line in clean.layer.text.split("\n") if not is_visit_line(line)]
        return "\n".join([*kept, *map(told_in_credit, clean.credit_lines)])
    readable = apply_edits(text, clean_characters(text)[0]).text
    edits, _ = clean_markup(readable, markdown=media_type == "text/markdown")
    return f"{title or ''}\n{apply_edits(readable, edits).text}"
