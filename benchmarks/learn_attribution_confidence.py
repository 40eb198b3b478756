"""Measure how often each rule of attribution names the right speaker, and write the table of it.

Run as `python -m benchmarks.learn_attribution_confidence DATA` with PolNeAR dev in `DATA/quotes`.
It rewrites `lexicons/data/rule_confidence_attributions.toml`. The two halves of the articles (by
the parity of their place in the file) show how far a stated share can be trusted.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from benchmarks.quotes import document, lines, scorer_of
from summit_pipeline.extract.naming.names import find_names
from summit_pipeline.extract.saying.attributions import Attribution, find_attributions

# Below this number of cases the share is drawn towards one half, as if the missing cases were
# right and wrong in turn.
_FEWEST_CASES = 5

_HEAD = """\
# Confidence of the rules of attribution: share of right speakers, measured on PolNeAR dev (525 US
# news articles of 2015-16) by `python -m benchmarks.learn_attribution_confidence`; the texts are
# not part of the project.
# Quotations: of the quoted stretches of three words or more that are someone's words. Statements:
# of those whose content fits a marked one (`fits`: the share of a rule's statements that do; the
# set leaves some out). With fewer than 5 cases the missing ones count half. Rules under 0.6 give
# no speaker. `measured` is what the rules state; `first_half` and `second_half` are the same shares
# on every other article, so that a stated share can be held against an independent one.
"""


class _Case(NamedTuple):
    rule: str
    half: int
    right: bool


def learn(data: Path) -> str:
    """The table as TOML."""
    scorer = scorer_of(data)
    cases: list[_Case] = []
    fits: dict[str, list[bool]] = defaultdict(list)
    for number, article in enumerate(lines(data / "quotes" / "polnear.jsonl")):
        doc = document(article["text"], article["doc_id"])
        found = find_attributions(doc, find_names(doc))
        cases.extend(_quotations(scorer, article, found, number % 2))
        cases.extend(_statements(scorer, article, found, number % 2, fits))
    sections = {
        "measured": _shares(cases),
        "cases": {rule: float(len(of)) for rule, of in _by_rule(cases).items()},
        "fits": {rule: sum(of) / len(of) for rule, of in sorted(fits.items())},
        "first_half": _shares([c for c in cases if c.half == 0]),
        "second_half": _shares([c for c in cases if c.half == 1]),
    }
    parts = [_HEAD]
    for name, values in sections.items():
        form = ".0f" if name == "cases" else ".3f"
        rows = [f"{rule} = {value:{form}}" for rule, value in values.items()]
        parts.append("\n".join([f"[{name}]", *rows, ""]))
    return "\n".join(parts)


def _by_rule(cases: list[_Case]) -> dict[str, list[bool]]:
    grouped: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        grouped[case.rule].append(case.right)
    return dict(sorted(grouped.items()))


def _shares(cases: list[_Case]) -> dict[str, float]:
    shares = {}
    for rule, rights in _by_rule(cases).items():
        missing = max(0, _FEWEST_CASES - len(rights))
        shares[rule] = (sum(rights) + missing / 2) / (len(rights) + missing)
    return shares


def _quotations(
    scorer: ModuleType, article: dict[str, Any], found: tuple[Attribution, ...], half: int
) -> Iterator[_Case]:
    text = article["text"]
    gold = {
        scorer.trim(text, s["start"], s["end"]): q for q in article["quotes"] for s in q["segments"]
    }
    for a in found:
        if not a.quoted or a.fragment:
            continue
        start, end = scorer.trim(text, a.content[0].start, a.content[-1].end)
        marked = gold.get((start, end))
        if marked is not None and scorer.words(text[start:end]) >= 3:
            yield _Case(a.rule, half, scorer.speaker_ok(text, marked, _speaker(text, a)))


def _statements(
    scorer: ModuleType,
    article: dict[str, Any],
    found: tuple[Attribution, ...],
    half: int,
    fits: dict[str, list[bool]],
) -> Iterator[_Case]:
    text = article["text"]
    gold = [u for q in article["quotes"] if (u := scorer.unit(text, q["spans"], q))]
    mine = [
        u
        for a in found
        if not a.quoted and (u := scorer.unit(text, [(s.start, s.end) for s in a.content], a))
    ]
    matched = {j: i for i, j, _ in scorer.match(gold, mine)}
    for j, unit in enumerate(mine):
        a = unit["src"]
        fits[a.rule].append(j in matched)
        if j in matched:
            marked = gold[matched[j]]["src"]
            yield _Case(a.rule, half, scorer.speaker_ok(text, marked, _speaker(text, a)))


def _speaker(text: str, a: Attribution) -> dict[str, Any]:
    if a.speaker_span is None:
        return {"speaker": None}
    start, end = a.speaker_span.start, a.speaker_span.end
    return {"speaker": text[start:end], "speaker_start": start, "speaker_end": end}


if __name__ == "__main__":
    target = Path(__file__).parent.parent / "summit_pipeline" / "lexicons" / "data"
    (target / "rule_confidence_attributions.toml").write_text(
        learn(Path(sys.argv[1])), encoding="utf-8"
    )
