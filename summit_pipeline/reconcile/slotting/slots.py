"""Slots: which claims of different documents speak of one thing.

Two claims are compared only if nothing they state tells them apart (kind, unit, counted noun,
mirror side) and enough of what they state is the same: words around them (near and rare ones
count most), the measured noun's class, the parties. Of several candidates in one document the
best fitting is taken, both ways round; so a figure that has its twin in the other text is not
held against that text's other figures. Linked claims are then gathered into slots.

Belongs here: joining. Does not belong here: what the claims of a slot say about each other
(`relations`); quotations are paired by their words (`quotations`).
"""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from summit_pipeline.reconcile.relating.name_forms import is_one_post, is_post
from summit_pipeline.reconcile.relating.relations_statuses import (
    STANCES,
    road_of,
    state_name,
)
from summit_pipeline.reconcile.slotting.evidence import (
    AMOUNTS,
    agreement_of,
    counted,
    link_score,
    nouns,
    unit_key,
    weights_of,
)
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.scopes import compare_scopes


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims taken to speak of one thing; a higher score is a better founded link."""

    a: int
    b: int
    score: float


def may_be_compared(a: Reading, b: Reading) -> bool:
    """Whether nothing that the two claims state puts them into different slots."""
    if unit_key(a) != unit_key(b):
        return False
    if a.claim.kind in ("count", "ordinal") and not _same_count(a, b):
        return False
    if a.claim.kind == "status" and not _same_undertaking(a, b):
        return False
    if a.claim.kind in ("name", "place") and is_post(a) != is_post(b):
        return False  # what somebody is, and who stands in a role
    if a.claim.kind in ("age", "name") and a.actor and b.actor and a.actor != b.actor:
        return False
    return not (a.mirrored != b.mirrored and a.actor and a.actor == b.actor)


def _same_undertaking(a: Reading, b: Reading) -> bool:
    """Whether two statuses may be of one undertaking; a stance is somebody's own."""
    common = a.parties & b.parties
    if a.parties and b.parties and not common:
        return False
    if a.head and b.head and a.head != b.head and not _one_named(a, b):
        general = nouns("general_undertakings")
        alike = bool({a.head, b.head} & general) and (
            len(common) > 1 or bool(a.measure & b.measure)
        )
        if not alike and not _one_deed(a, b):
            return False
    stance = road_of(a) == STANCES
    return not (stance and a.actor and b.actor and a.actor != b.actor)


def _one_deed(a: Reading, b: Reading) -> bool:
    """Whether one actor does the same in both, whatever its object is called.

    ("restored all customers", "restored services to all customers")
    """
    same = state_name(a.claim.canonical or "") == state_name(b.claim.canonical or "")
    return same and a.actor is not None and a.actor == b.actor


def _one_named(a: Reading, b: Reading) -> bool:
    """Whether the heads are a name and what may be its title: "Queen Elizabeth II", "the queen"."""
    named = nouns("named")
    return (a.head in named and (b.head in named or b.head in a.measure)) or (
        b.head in named and a.head in b.measure
    )


def _same_count(a: Reading, b: Reading) -> bool:
    """Whether two counts may count the same: same noun, or both of them people.

    What befell the people tells them apart: the dead are not the injured.
    """
    first, second = counted(a), counted(b)
    if not first or not second or first & second:
        return True
    people, fates = nouns("people"), nouns("fates")
    if first & fates and second & fates:
        return False
    return bool(first & (people | fates)) and bool(second & (people | fates))


def find_links(readings: Sequence[Reading]) -> list[Link]:
    """Links between claims of different documents (indices into `readings`), best first.

    Each link is among the best, on both sides, that the claim has in the other's document. How good
    it must be depends on whether the values agree and on whether it is the very best of both.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for index, reading in enumerate(readings):
        if reading.claim.kind != "quotation":
            groups[unit_key(reading)].append(index)
    links: list[Link] = []
    for key in sorted(groups):
        links += _best_links(readings, groups[key])
    links += _scope_siblings(readings)
    return sorted(links, key=lambda k: (-k.score, readings[k.a].claim_id, readings[k.b].claim_id))


def _best_links(readings: Sequence[Reading], members: Sequence[int]) -> list[Link]:
    """The links among claims of one unit."""
    weights = weights_of(readings[members[0]].claim.kind)
    scored = [
        Link(a, b, link_score(readings[a], readings[b])) for a, b in _candidates(readings, members)
    ]
    best: dict[tuple[int, str], float] = {}
    for link in scored:
        for one, other in ((link.a, link.b), (link.b, link.a)):
            place = (one, readings[other].source.version_id)
            best[place] = max(link.score, best.get(place, link.score))
    links = []
    for link in scored:
        a, b = readings[link.a], readings[link.b]
        behind = max(best[link.a, b.source.version_id], best[link.b, a.source.version_id])
        agreeing = agreement_of(a, b) > 0 or is_one_post(a, b)
        if behind - link.score > weights["slack_agreeing" if agreeing else "slack"]:
            continue
        if agreeing:
            needed = weights["threshold"]
        elif behind == link.score:
            needed = weights["threshold_mutual"]
        else:
            needed = weights["threshold_differing"]
        if link.score >= needed:
            links.append(link)
    return links


def _scope_siblings(readings: Sequence[Reading]) -> list[Link]:
    """Figures of one text that measure the same words under two stated scopes.

    ("Japan's surplus was $68.5 billion in contrast with $71.6 billion in 2023")
    """
    by_measure: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, reading in enumerate(readings):
        claim = reading.claim
        if claim.kind in AMOUNTS and claim.measure and reading.head and not claim.is_repeat:
            key = (claim.version_id, unit_key(reading), " ".join(claim.measure.casefold().split()))
            by_measure[key].append(index)
    links = []
    for _, found in sorted(by_measure.items()):
        for a, b in itertools.pairwise(found[:_COMMON]):
            scope = compare_scopes(readings[a], readings[b])
            if scope is not None and may_be_compared(readings[a], readings[b]):
                links.append(Link(a, b, link_score(readings[a], readings[b])))
    return links


# Terms that stand around more claims of a kind than this are no way to find candidates; a pair that
# shares nothing rarer can't reach the threshold.
_COMMON = 200
# Pairs looked at for each claim of a large story, those that share the rarest terms first, so that
# work grows with the claims and not with their square. No marked story, of up to 13 documents, has
# more than 135; the bound is met from some 100 articles on one topic (50 of them: 96).
_PAIRS_A_CLAIM = 200


def _candidates(readings: Sequence[Reading], members: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of claims of different documents that share a context term or a value."""
    postings: dict[str, list[int]] = defaultdict(list)
    for index in members:
        for term in readings[index].context.weights:
            postings[term].append(index)
        value = readings[index].claim.value
        if value is not None:
            postings[f"={value!r}"].append(index)
    pairs: set[tuple[int, int]] = set()
    left = _PAIRS_A_CLAIM * len(members)
    for _, found in sorted(postings.items(), key=lambda item: (len(item[1]), item[0])):
        left -= len(found) * (len(found) - 1) // 2
        if len(found) > _COMMON or left < 0:
            break
        for place, a in enumerate(found):
            for b in found[place + 1 :]:
                if readings[a].source.version_id != readings[b].source.version_id:
                    pairs.add((min(a, b), max(a, b)))
    return sorted(p for p in pairs if may_be_compared(readings[p[0]], readings[p[1]]))


def gather(
    readings: Sequence[Reading], members_of: Sequence[int], links: Sequence[Link]
) -> list[tuple[int, ...]]:
    """Groups of linked claims (of `members_of`): links are followed from the best down.

    Two groups are joined only if their claims can be compared with each other throughout, and if
    joining does not rest on a single link between groups that are otherwise unlike (the mean score
    of all their pairs must reach the lexicon's `joining`).
    """
    group_of = {i: i for i in members_of}
    members: dict[int, list[int]] = {i: [i] for i in members_of}
    # Groups that stayed apart, as large as they were: most links lie between such two again.
    apart: set[tuple[int, int, int, int, float]] = set()
    for link in links:
        one, other = group_of[link.a], group_of[link.b]
        if one == other:
            continue
        joining = weights_of(readings[link.a].claim.kind)["joining"]
        tried = (one, len(members[one]), other, len(members[other]), joining)
        if tried in apart:
            continue
        if not _may_be_joined(readings, members[one], members[other], joining):
            apart.add(tried)
            continue
        keep, drop = min(one, other), max(one, other)
        members[keep] += members.pop(drop)
        for index in members[keep]:
            group_of[index] = keep
    return [tuple(sorted(m)) for _, m in sorted(members.items())]


def _may_be_joined(
    readings: Sequence[Reading], one: Sequence[int], other: Sequence[int], joining: float
) -> bool:
    """Whether all claims of two groups can be compared, and are enough alike on the whole."""
    pairs = [(min(a, b), max(a, b)) for a in one for b in other]
    if not all(may_be_compared(readings[a], readings[b]) for a, b in pairs):
        return False
    return len(pairs) == 1 or _mean_score(readings, pairs) >= joining


# Pairs of two groups whose scores are averaged; of larger groups an even sample is taken.
_SAMPLED = 400


def _mean_score(readings: Sequence[Reading], pairs: Sequence[tuple[int, int]]) -> float:
    sample = pairs[:: 1 + len(pairs) // _SAMPLED]
    return sum(link_score(readings[a], readings[b]) for a, b in sample) / len(sample)


def may_differ(a: Reading, b: Reading) -> bool:
    """Whether two claims fit so well that a difference between their values means something.

    Two figures of one text need more: a text seldom contradicts itself.
    """
    own = a.source.version_id == b.source.version_id
    return (
        link_score(a, b)
        >= weights_of(a.claim.kind)["threshold_own_text" if own else "threshold_differing"]
    )
