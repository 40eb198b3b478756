"""How sure the rules say they are against how often they are right.

`python -m benchmarks.calibration [--data DIR]` writes the section "calibration" of
docs/benchmarks.md. A share measured on the texts that it was learned from always looks right, so
the confidence of a rule is taken here from one half of the texts and held against the other half.
Attributions, statuses and roles come from the committed tables of rule confidence, which hold both
halves; amounts and dates are read again.

Belongs here: these tables. Does not belong here: learning the confidences
(`learn_attribution_confidence`, `learn_claim_confidence`, `quantities.rule_confidences`).
"""

import argparse
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks.__main__ import data_folder
from benchmarks.learn_claim_confidence import readings
from benchmarks.pages import DOCS, table, write_section
from benchmarks.quantities import Judged, judged_readings, shares_by_rule
from summit_pipeline.extract.amounts.quantity import UNMEASURED_CONFIDENCE
from summit_pipeline.lexicons import load_toml

_BINS = (0.0, 0.6, 0.7, 0.8, 0.9, 1.01)
# Rules with fewer cases in all are summed up in the bins, but get no line of their own.
_FEWEST_SHOWN = 10


class Rule(NamedTuple):
    """A rule: the confidence that it states, its shares on the two halves, and its cases in each.

    A half's share is None where the rule has no case there.
    """

    name: str
    stated: float
    first: float | None
    second: float | None
    cases: tuple[float, float]


def attribution_rules() -> list[Rule]:
    """The rules of attribution, from the committed table; its halves hold about equal cases."""
    known = load_toml("rule_confidence_attributions.toml")
    return [
        Rule(
            name,
            stated,
            known["first_half"].get(name),
            known["second_half"].get(name),
            (known["cases"][name] / 2, known["cases"][name] / 2),
        )
        for name, stated in known["measured"].items()
    ]


def claim_rules() -> list[Rule]:
    """The rules of statuses and roles, from readings by hand."""
    known = load_toml("rule_confidence_claims.toml")
    counted = Counter((r.rule, r.half) for r in readings())
    return [
        Rule(
            name,
            stated,
            known["first_half"].get(name),
            known["second_half"].get(name),
            (counted[name, 0], counted[name, 1]),
        )
        for name, stated in known["claims"].items()
    ]


def reading_rules(readings: Iterable[Judged]) -> list[Rule]:
    """The rules of amounts and dates that the marks of the dev data can judge."""
    listed = list(readings)
    halves = [[r for r in listed if r.half == half] for half in (0, 1)]
    stated = load_toml("rule_confidence_quantities.toml")
    known: dict[str, float] = {**stated["quantities"], **stated["dates"]}
    shares = [shares_by_rule(half, 1) for half in halves]
    return [
        Rule(
            name,
            known.get(name, UNMEASURED_CONFIDENCE),
            shares[0].get(name),
            shares[1].get(name),
            (_count(halves[0], name), _count(halves[1], name)),
        )
        for name in sorted({r.rule for r in listed})
    ]


def _count(readings: list[Judged], rule: str) -> float:
    return float(sum(r.rule == rule for r in readings))


def in_bins(rules: Iterable[Rule]) -> list[list[str]]:
    """Rows of a table: what one half states, held against the other half, both ways round."""
    pairs = [
        (said, found, weight)
        for r in rules
        for said, found, weight in (
            (r.first, r.second, r.cases[1]),
            (r.second, r.first, r.cases[0]),
        )
        if said is not None and found is not None and weight
    ]
    rows = []
    for low, high in pairwise(_BINS):
        here = [p for p in pairs if low <= p[0] < high]
        weight = sum(p[2] for p in here)
        if weight:
            said = sum(p[0] * p[2] for p in here) / weight
            found = sum(p[1] * p[2] for p in here) / weight
            name = f"{low:.1f} to {min(high, 1.0):.1f}"
            rows.append([name, f"{weight:,.0f}", f"{said:.3f}", f"{found:.3f}"])
    weight = sum(p[2] for p in pairs)
    error = sum(abs(p[0] - p[1]) * p[2] for p in pairs) / weight if weight else 0.0
    return [*rows, ["mean distance by rule", f"{weight:,.0f}", "", f"{error:.3f}"]]


def _rule_rows(rules: Iterable[Rule]) -> list[list[str]]:
    shown = [r for r in rules if sum(r.cases) >= _FEWEST_SHOWN]
    return [
        [
            f"`{r.name}`",
            f"{sum(r.cases):,.0f}",
            f"{r.stated:.2f}",
            _share(r.first),
            _share(r.second),
        ]
        for r in sorted(shown, key=lambda r: -sum(r.cases))
    ]


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def section(data: Path) -> list[str]:
    """The lines of the section."""
    judged = reading_rules(judged_readings(data))
    parts = [
        ("Attributions (right speaker)", attribution_rules()),
        ("Statuses and names in roles (read by hand)", claim_rules()),
        ("Amounts (right value and unit)", [r for r in judged if not r.name.startswith("date_")]),
        ("Dates (right days)", [r for r in judged if r.name.startswith("date_")]),
    ]
    lines: list[str] = []
    for title, rules in parts:
        bins = table(["confidence", "cases", "stated by one half", "right in the other"],
                     in_bins(rules))  # fmt: skip
        each = table(["rule", "cases", "stated", "first half", "second half"], _rule_rows(rules))
        lines += ["", f"### {title}", "", *bins, "", *each]
    return [*lines, ""]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("--data", type=Path)
    data = data_folder(parser.parse_args().data)
    write_section(DOCS / "benchmarks.md", "calibration", section(data))


if __name__ == "__main__":
    main()
