"""Spun links: how many of an article's links to its siblings a spun copy of it keeps.

Of each hand-marked story the longest article is spun (four fifths of the words that the pair
lexicon knows are exchanged, `made_copies`) and added to the story. `kept` is the share of the
siblings' claims related to a claim of the original that are also related to one of the same kind of
its copy; `amounts_kept` the same for all kinds but statuses, names, places, dates and quotations.
`only_copy` counts claims that only the copy is related to: links that its words made up, or that
the original should have had. The lexicon is the one that claims are matched with, so the figures
tell what is made of known words; unknown ones stay as they stand.
"""

from collections import defaultdict
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.copies import single_word_forms
from benchmarks.facts import read_lines, reconcile_articles
from benchmarks.made_copies import respelt
from summit_pipeline.lexicons.spun_pairs import load_spun_pairs

_SHARE = 0.8
_IN_WORDS = ("status", "name", "place", "date", "quotation")

Links = dict[tuple[str, str], set[str]]


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    """Figures; no predictions are written."""
    stories: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for article in read_lines(data / "facts" / "dev" / "articles.jsonl"):
        stories[article["story_id"]].append(article)
    forms = single_word_forms(load_spun_pairs().spun_forms)
    original_of: dict[str, str] = {}
    articles: list[dict[str, Any]] = []
    for story_id, members in sorted(stories.items()):
        original = max(members, key=lambda a: (len(a["text"]), a["doc_id"]))
        copy_id = f"spun:{original['doc_id']}"
        original_of[copy_id] = original["doc_id"]
        spun = respelt(original["text"], forms, _SHARE, Random(story_id))
        copy = {"doc_id": copy_id, "text": spun, "source": "spinner", "url": None}
        articles += [*members, original | copy]
    of_original, of_copy, grades = _links(articles, original_of)
    kept = {key: claims & of_copy[key] for key, claims in of_original.items()}
    amounts = {key for key in of_original if key[1] not in _IN_WORDS}
    return {
        "copies": len(original_of),
        "graded_spun": grades,
        "links": _count(of_original),
        "kept": _count(kept) / max(_count(of_original), 1),
        "amounts_kept": sum(len(kept[k]) for k in amounts)
        / max(sum(len(of_original[k]) for k in amounts), 1),
        "only_copy": sum(len(c - of_original[key]) for key, c in list(of_copy.items())),
    }


def _links(articles: list[dict[str, Any]], original_of: dict[str, str]) -> tuple[Links, Links, int]:
    """Claims of siblings by the original and the kind of claim that they are related to.

    Those of the original, those of its copy, and how many copies are graded spun.
    """
    claims, reconciled = reconcile_articles(articles)
    about = {
        claim_id: (version, kind)
        for claim_id, version, kind in claims.select("claim_id", "version_id", "kind").iter_rows()
    }
    originals = set(original_of.values())
    of_original: Links = defaultdict(set)
    of_copy: Links = defaultdict(set)
    for pair in reconciled.relations.select("claim_a", "claim_b").iter_rows():
        for claim, other in (pair, pair[::-1]):
            (version, kind), sibling = about[claim], about[other][0]
            if version in original_of and sibling != original_of[version]:
                of_copy[original_of[version], kind].add(other)
            elif version in originals and sibling not in original_of:
                of_original[version, kind].add(other)
    judged = reconciled.judgements.select("version_id", "text_grade").iter_rows()
    return of_original, of_copy, sum(v in original_of and g == "spun" for v, g in judged)


def _count(links: Links) -> int:
    return sum(map(len, links.values()))
