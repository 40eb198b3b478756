"""Measure how often the value of a fact is the one that most articles state, by state and origins.

Run as `python -m benchmarks.learn_fact_confidence [--data DIR]`. It rewrites
`lexicons/data/fact_confidence.toml` from the hand-marked stories in `facts/dev`, and the section
"fact_confidence" of docs/benchmarks.md: how the shares of one half of the stories hold on the
other. (Shares by kind as well held worse: Brier score .085 instead of .082 for one share for all.)

The marks tell what articles say, not what is true, so the right value is the one that most of the
marked articles state. A fact is judged where a claim of its chosen value lies on a marked mention:
it is wrong if that mention contradicts, disputes or corrects others and no larger number of
articles stands behind it than behind them. (Of states that follow each other each held in its
time.) Remarks are left out: their wordings are no rivals. Marked are only things of which two
articles or more speak, those that differ more often than others, so a fact that only one article
has is rather judged too hard.
"""

import argparse
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.__main__ import data_folder
from benchmarks.facts import read_lines
from benchmarks.pages import DOCS, table, write_section
from benchmarks.public_tables import public_tables

_TABLE = (
    Path(__file__).resolve().parent.parent / "summit_pipeline/lexicons/data/fact_confidence.toml"
)
_MOST_ORIGINS = 3  # three and more are counted together
_FEWEST = 30  # facts of a state with a number of origins; with fewer there is no share
_JOINING = ("agree", "rounding", "less_specific")
_EXCLUDING = ("contradiction", "attributed_dispute", "correction")

_HEAD = """\
# Share of facts whose value is the one that most articles state, by state of the fact and number of
# its origins (3: three or more). Origin: facts of 36 hand-marked news stories, judged by the marks;
# written by `python -m benchmarks.learn_fact_confidence`, which says how. States with fewer than 30
# facts have none, nor have remarks. `facts` are the facts judged.
"""

_CHOSEN = """
SELECT c.version_id AS document, c.start_char, c.end_char, f.fact_id, f.kind, f.status,
       f.origin_count
FROM marts.facts f JOIN marts.claims c USING (value_id)
WHERE f.kind <> 'quotation' AND c.is_witness ORDER BY ALL
"""


class Judged(NamedTuple):
    """One fact against the marks; the half tells which stories it belongs to."""

    state: str
    origins: int
    kind: str
    half: int
    right: bool


def judged_facts(data: Path) -> list[Judged]:
    """All facts of the marked stories that lie on a mark."""
    articles = read_lines(data / "facts" / "dev" / "articles.jsonl")
    gold = read_lines(data / "facts" / "dev" / "gold.jsonl")
    con = public_tables(articles)
    chosen: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for document, *rest in con.execute(_CHOSEN).fetchall():
        chosen[document].append(tuple(rest))
    texts = {a["doc_id"]: a["text"] for a in articles}
    return [
        fact
        for story in gold
        for marked in story["facts"]
        for fact in _judge(story["story_id"], marked, texts, chosen)
    ]


def _judge(
    story_id: str,
    marked: Mapping[str, Any],
    texts: Mapping[str, str],
    chosen: Mapping[str, list[tuple[Any, ...]]],
) -> Iterator[Judged]:
    """The facts whose chosen values lie on the mentions of one marked thing, each once."""
    right = _right_mentions(marked)
    seen: set[str] = set()
    for number, mention in enumerate(marked["mentions"]):
        at = texts[mention["doc_id"]].find(mention["sentence"])
        if at < 0:
            continue
        start = at + mention["sentence"].find(mention["words"])
        end = start + len(mention["words"])
        for claim_start, claim_end, fact_id, kind, state, origins in chosen[mention["doc_id"]]:
            overlaps = claim_start < end and start < claim_end
            if overlaps and kind == marked["kind"] and fact_id not in seen:
                seen.add(fact_id)
                half = zlib.crc32(story_id.encode()) % 2
                yield Judged(state, min(origins, _MOST_ORIGINS), kind, half, right[number])


def _right_mentions(marked: Mapping[str, Any]) -> list[bool]:
    """For each mention, whether nothing excludes it or most articles stand behind it."""
    mentions, relations = marked["mentions"], marked["relations"]
    group = list(range(len(mentions)))
    same_value = [
        (i, j)
        for i, one in enumerate(mentions)
        for j, other in enumerate(mentions[:i])
        if one["value"] == other["value"]
    ]
    joined = [(r["a"], r["b"]) for r in relations if r["relation"] in _JOINING]
    for a, b in (*joined, *same_value):
        group = [group[a] if g == group[b] else g for g in group]
    behind: dict[int, set[str]] = defaultdict(set)
    for number, mention in enumerate(mentions):
        behind[group[number]].add(mention["doc_id"])
    excluded = {
        group[r[side]] for r in relations if r["relation"] in _EXCLUDING for side in ("a", "b")
    }
    most = max(len(documents) for documents in behind.values())
    alone = sum(len(documents) == most for documents in behind.values()) == 1
    return [g not in excluded or (alone and len(behind[g]) == most) for g in group]


def shares(judged: Iterable[Judged]) -> dict[tuple[str, int], tuple[float, int]]:
    """The share of right facts by state and origins, with the number of facts; one added each way.

    (Laplace's rule of succession: no share of a small sample is certain.)
    """
    cells: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for fact in judged:
        cells[fact.state, fact.origins].append(fact.right)
    return {
        cell: ((sum(rights) + 1) / (len(rights) + 2), len(rights))
        for cell, rights in sorted(cells.items())
        if len(rights) >= _FEWEST
    }


def held_out(judged: list[Judged]) -> list[list[str]]:
    """How what one half of the stories states holds on the other half, both ways round."""
    pairs = []
    for half in (0, 1):
        known = shares(f for f in judged if f.half == half)
        own = [f.right for f in judged if f.half == half]
        flat = sum(own) / len(own)
        pairs += [
            (known[f.state, f.origins][0], flat, f)
            for f in judged
            if f.half != half and (f.state, f.origins) in known
        ]
    lines: list[list[str]] = []
    for state, origins in sorted({(f.state, f.origins) for *_, f in pairs}):
        here = [(said, f.right) for said, _, f in pairs if (f.state, f.origins) == (state, origins)]
        stated = sum(said for said, _ in here) / len(here)
        right = sum(right for _, right in here) / len(here)
        more = " or more" if origins == _MOST_ORIGINS else ""
        told = f"{state.replace('_', ' ')}, {origins}{more}"
        lines.append([told, str(len(here)), f"{stated:.3f}", f"{right:.3f}"])
    brier = sum((said - f.right) ** 2 for said, _, f in pairs) / len(pairs)
    base = sum((flat - f.right) ** 2 for _, flat, f in pairs) / len(pairs)
    return [
        *lines,
        ["Brier score (one share for all)", str(len(pairs)), f"{brier:.4f}", f"{base:.4f}"],
    ]


def main() -> None:
    """Write the table, and how it holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learn_fact_confidence")
    parser.add_argument("--data", type=Path)
    judged = judged_facts(data_folder(parser.parse_args().data))
    lines = [_HEAD]
    for (state, origins), (share, facts) in shares(judged).items():
        lines += [
            f'[[shares]]\nstate = "{state}"\norigins = {origins}',
            f"share = {share:.2f}\nfacts = {facts}\n",
        ]
    _TABLE.write_text("\n".join(lines), encoding="utf-8")
    columns = ["state, origins", "facts", "stated by one half", "right in the other"]
    write_section(
        DOCS / "benchmarks.md", "fact_confidence", ["", *table(columns, held_out(judged)), ""]
    )


if __name__ == "__main__":
    main()
