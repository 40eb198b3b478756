"""The article's text of a page as trafilatura reads it: a second opinion on our own reader.

Belongs here: the settings. Runs in the child process: the library parses with lxml. It gets text
that is here already and fetches nothing. "Fast" leaves out its fallbacks on other readers, at half
the time; as a vote (`normalise.html.agreement`) it is worth as much.
"""

from trafilatura import extract


def page_text(source: str) -> str | None:
    """The text of a page's article; None where it finds none."""
    text: str | None = extract(
        source, fast=True, favor_precision=True, include_comments=False, include_tables=True
    )
    return text
