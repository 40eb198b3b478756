"""Texts that end in the middle.

Belongs here: the signs of a cut at the end of a text. Does not belong here: "read more" lines in
between (`boilerplate`).
"""

import re

from summit_pipeline.lexicons import load_toml
from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.layout.lines import Line
from summit_pipeline.text.tokens import folded_words

# "[+2314 chars]" is how one news interface cuts; "[…]" is WordPress' excerpt mark.
_CUT_MARK = re.compile(
    r"\s*(?:\[\+?\d{1,6} chars\]|\[(?:…|\.{3}|&hellip;)\](?:\s*(?:read more"
    r"|continue reading)\b.{0,80})?"
    r"|(?:(?:…|\.{3})\s*|\()?(?:read more|continue reading|read the full (?:story"
    r"|article))\b[^.\n]{0,60})\W{0,3}$",
    re.I,
)
_ELLIPSIS_END = re.compile(r"(?:…|\.{3})\s*[”\"’]?$")
_SIGNATURE = re.compile(
    r"@|https?:|www\.|\.(?:com|org|net|co\.uk)\b|[—–]\s?(?:[A-Z][\w.’'-]*,?\s?){1,5}$|\bcontributed\b",
    re.I,
)
_INNER_END = re.compile(r"[a-z”\"][.!?][”\"]?\s+[A-Z“\"]")
_FUNCTION_WORDS = frozenset(load_toml("stopwords.toml")["en"]["words"])
_HEADING_WORDS = 8
_LONG_HEADING_WORDS = 18
_USUALLY_ENDED = 0.8
_SHORTEST = 8  # words; a shorter last line without a mark is a heading, a name or a signature


def find_truncation(lines: list[Line]) -> tuple[int, Finding, int | None] | None:
    """The sign that the text is cut: index of the line, finding, start of a mark to be cut."""
    shown = [i for i, line in enumerate(lines) if not line.is_cut and line.part == "body"]
    if not shown:
        return None
    index = shown[-1]
    line = lines[index]
    mark = _CUT_MARK.search(line.text, max(0, len(line.text) - 160))
    if mark and line.words >= _SHORTEST and mark.start() > 0:
        start = line.start + mark.start()
        return index, Finding(start, line.end, "truncated", "cut_mark", "a mark of cutting"), start
    if line.words < _SHORTEST:
        return None
    tail = Finding(max(line.start, line.end - 40), line.end, "truncated", "", "")
    if _ELLIPSIS_END.search(line.text[-10:]):
        return index, _named(tail, "ellipsis_end", "the text ends with an ellipsis", 0.8), None
    if not _breaks_off(line):
        return None
    ended = [lines[i].ends_sentence for i in shown[:-1] if lines[i].words >= _SHORTEST]
    if len(ended) >= 2 and sum(ended) >= _USUALLY_ENDED * len(ended):
        return index, _named(tail, "no_final_mark", "the last sentence has no end", 0.95), None
    return None


def _breaks_off(line: Line) -> bool:
    """Whether a line stops inside a sentence, and is no heading, address or signature."""
    text = line.text
    if not (text[-1].isalnum() or text[-1] in ",;–—-$") or _SIGNATURE.search(text[-120:]):
        return False
    last = folded_words(text[-40:])[-1:]
    if text[-1] in ",;" or (last and last[0] in _FUNCTION_WORDS and line.words > _HEADING_WORDS):
        return True
    return line.words > _HEADING_WORDS and (
        line.words > _LONG_HEADING_WORDS or _INNER_END.search(text) is not None
    )


def _named(finding: Finding, rule: str, evidence: str, confidence: float) -> Finding:
    return Finding(finding.start, finding.end, "truncated", rule, evidence, confidence)
