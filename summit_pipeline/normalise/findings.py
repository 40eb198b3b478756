"""What the rules of this stage report: a stretch that is damaged or not the article's own text.

Belongs here: the value that rules give and its way down to raw offsets. Does not belong here: any
rule. A rule gives findings with offsets into the text it was shown; `on_raw` carries them down.
"""

from dataclasses import dataclass, replace

from summit_pipeline.text.layers import Layer
from summit_pipeline.vocabulary import IssueKind


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A stretch of text and what it is; `confidence` is the share of such findings that are right.

    The confidences in this stage rest on `benchmarks/debris.py` and on reading samples of each
    rule's findings in 5,000 news articles; a rule that was not seen wrong there has 0.95, not 1.
    """

    start: int
    end: int
    kind: IssueKind
    rule: str
    evidence: str
    confidence: float = 0.95
    suggestion: str | None = None


def on_raw(finding: Finding, layer: Layer) -> Finding:
    """The finding with offsets into the raw text, given the layer whose text it was found in."""
    span = layer.to_raw(finding.start, finding.end)
    return replace(finding, start=span.start, end=span.end)
