"""Measure how often each rule of statuses and roles is right, and write the table of it.

Run as `python -m benchmarks.learn_claim_confidence`. It rewrites
`lexicons/data/rule_confidence_claims.toml` from the readings in `marks/claims_read.json`.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

_MARKS = Path(__file__).with_name("marks") / "claims_read.json"
_TABLE = (
    Path(__file__).resolve().parent.parent
    / "summit_pipeline/lexicons/data/rule_confidence_claims.toml"
)
# Shares of rules with few readings are drawn towards that of all rules of the kind, as if so many
# further readings of the kind had been made.
_DRAWN_BY = 5
_GROUPS = {"status": "status", "name": "role", "place": "role"}

_HEAD = """\
# Share of right readings by rule of statuses and roles: state, undertaking or person, polarity and
# modality right; name, role and holder right. Origin: claims drawn at random from articles of the
# load test and read by hand (benchmarks/marks/claims_read.json); written by
# `python -m benchmarks.learn_claim_confidence`. Each share is drawn towards that of all rules of
# its kind as by 5 more readings. `first_half` and `second_half` are the same on the halves of the
# articles, `cases` the readings.
"""


class Reading(NamedTuple):
    """One claim read by hand; the half tells which articles it belongs to."""

    rule: str
    group: str
    half: int
    right: bool


def readings() -> list[Reading]:
    """The readings of statuses and roles."""
    marks = json.loads(_MARKS.read_text(encoding="utf-8"))["marks"]
    return [
        Reading(m["rule"], _GROUPS[m["kind"]], zlib.crc32(m["doc_id"].encode()) % 2, m["right"])
        for m in marks
        if m["kind"] in _GROUPS
    ]


def shares(found: Iterable[Reading]) -> dict[str, float]:
    """The share of right readings of each rule, drawn towards its kind's."""
    by_rule: Mapping[tuple[str, str], list[bool]] = defaultdict(list)
    by_group: Mapping[str, list[bool]] = defaultdict(list)
    for reading in found:
        by_rule[reading.group, reading.rule].append(reading.right)
        by_group[reading.group].append(reading.right)
    return {
        rule: (sum(right) + _DRAWN_BY * sum(by_group[group]) / len(by_group[group]))
        / (len(right) + _DRAWN_BY)
        for (group, rule), right in sorted(by_rule.items())
    }


def main() -> None:
    """Write the table."""
    found = readings()
    cases: dict[str, int] = defaultdict(int)
    for reading in found:
        cases[reading.rule] += 1
    parts = [("claims", shares(found))] + [
        (name, shares(r for r in found if r.half == half))
        for half, name in ((0, "first_half"), (1, "second_half"))
    ]
    lines = [_HEAD]
    for name, table in parts:
        lines += [f"[{name}]", *(f"{rule} = {share:.2f}" for rule, share in table.items()), ""]
    lines += ["[cases]", *(f"{rule} = {n}" for rule, n in sorted(cases.items()))]
    _TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
