"""Quotations: which quoted sentences are one remark, and how their wordings differ.

Two quoted sentences of different documents are paired if the same person says them (or one side
doesn't know who) and they share enough words in order; a fragment of a word or two also if the
sentences around it are alike. Belongs here: pairing and the verdicts Q1-Q4. Does not belong here:
aligning words (`wordings`), how telling they are and who may have said both (`remark_evidence`),
finding quotations and speakers (`extract.saying`).
"""

from collections.abc import Callable, Mapping, Sequence

from summit_pipeline.reconcile.relating.quotation_candidates import (
    FRAGMENT,
    candidate_pairs,
    is_often_quoted,
    postings_of,
)
from summit_pipeline.reconcile.relating.remark_evidence import (
    Telling,
    telling_words,
    who_said,
)
from summit_pipeline.reconcile.relating.verdicts import Verdict
from summit_pipeline.reconcile.relating.wordings import (
    Comparison,
    Stretch,
    Wording,
    compare,
    shared_stretch,
    wording_of,
)
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.terms import terms, word_classes

# A remark's wordings may differ in this share of their words, and short ones in two
# (Q4 of docs/relations.md).
_VARIANT_SHARE = 0.15
_SHORT = 8
_SHORT_EDITS = 2
# As many shared words are one remark even where the texts name its speaker differently.
_VERBATIM = 6
# The same for a stretch out of two longer remarks: two people use one phrase of seven words ("are
# on the wrong side of history").
_LONG_VERBATIM = 8
# Two texts that quote different parts of one remark, or retell it loosely, share a stretch of at
# least so many words, two content words in a row among them, and of the shorter wording this share.
_STRETCH = 4
_STRETCH_TELLING = 2
_STRETCH_SHARE = 0.4
# Of two wordings of one speaker the shorter may be loosely worded ("money that shouldn't have been
# used", "money I shouldn't have used") where so many of its words are shared, and tell so much.
_LOOSE_SHARE = 0.8
_LOOSE_TELLING = 1.2
# What a fragment and the words around it must tell together (in words that only one sentence of
# the story holds, `Telling`), by how the speakers stand, and the words around it alone. Of 60
# fragments read on the marked dev stories and on 314 unseen articles nearly all above these bounds
# are of one remark, few of those at half as much.
_FRAGMENT_TELLS = {"unknown": 2.0, "may_be": 2.0, "doubtful": 2.4}
_AROUND_TELLS = 1.5
# A phrase that many quote is one occasion of it where its own words are rare enough besides.
_NO_SLOGAN_TELLS = 1.0

Synonyms = Callable[[str, str], bool]


def judge(
    a: Reading, b: Reading, telling: Telling, synonyms: Synonyms | None = None
) -> Verdict | None:
    """The verdict on two quotations by one speaker, None if they are two remarks (Q5).

    Args:
        a: a quotation.
        b: one of another document of the story.
        telling: what the story's words tell.
        synonyms: whether a spinner writes the second word for the first.
    """
    one, two = wording_of(a.claim.value_text), wording_of(b.claim.value_text)
    if not one.folded or not two.folded:
        return None
    if one.folded == two.folded and (len(one.folded) >= FRAGMENT or speakers_compatible(a, b)):
        return Verdict("agree", "same_words", f"{a.quoted} and {b.quoted}")
    found = compare(one, two)
    if a.source.is_spun != b.source.is_spun and _may_be_one_speaker(a, b):
        verdict = _corrupted(a, b, one, two, found, synonyms)
        if verdict is not None:
            return verdict
    return _plain(a, b, one, two, found, telling)


def _corrupted(
    a: Reading,
    b: Reading,
    one: Wording,
    two: Wording,
    found: Comparison,
    synonyms: Synonyms | None,
) -> Verdict | None:
    """Q2: one text is machine-rewritten, and words are swapped at aligned places."""
    shorter = min(len(one.folded), len(two.folded))
    longer = max(len(one.folded), len(two.folded))
    known = [s for s in found.swaps if synonyms is not None and synonyms(*s)]
    # Either half of the words stand, or enough of the exchanged ones are known to be a spinner's.
    aligned = shorter >= 0.6 * longer and found.matched >= 0.5 * shorter and found.edits > 0
    imaged = bool(known) and found.matched + len(known) >= 0.5 * shorter
    if not (aligned or imaged):
        return None
    spun = a if a.source.is_spun else b
    shown = ", ".join(f"{x} / {y}" for x, y in (known or found.swaps)[:4]) or "words changed"
    return Verdict(
        "quote_corrupted",
        "spun_wording",
        f"the text of {spun.source.outlet} is graded {spun.source.grade}; swapped: {shown}",
    )


def _plain(
    a: Reading, b: Reading, one: Wording, two: Wording, found: Comparison, telling: Telling
) -> Verdict | None:
    verdict = _whole(a, b, found) if _enough_shared(a, b, one, two, found) else None
    return verdict or _in_part(a, b, one, two, telling) or _fragment(a, b, one, two, found, telling)


def _whole(a: Reading, b: Reading, found: Comparison) -> Verdict | None:
    """The verdict on two wordings that correspond from their first to their last shared word."""
    unmarked = found.edits - found.gap_edits
    shown = f"{a.quoted} and {b.quoted}"
    if found.gap_edits and unmarked <= _VARIANT_SHARE * found.length:
        return Verdict("quote_elided", "gap_marked", f"{shown}: words left out at a mark")
    if unmarked == 0 and found.ends:
        if _both_whole(a, b) and found.ends <= max(1.0, _VARIANT_SHARE * found.length):
            return Verdict("quote_variant", "few_words_differ", f"{shown}: a word more at an end")
        return Verdict("quote_elided", "ends_left_out", f"{shown}: words left out")
    if unmarked == 0:
        return Verdict("agree", "same_words", shown)
    short = found.length < _SHORT
    allowed = _SHORT_EDITS if short else _VARIANT_SHARE * found.length
    if unmarked <= allowed and found.matched >= 2 * unmarked:
        changed = ", ".join(f"{x} / {y}" for x, y in found.swaps[:4]) or "words added or left out"
        rule = "few_words_differ_in_part" if found.ends else "few_words_differ"
        return Verdict("quote_variant", rule, f"{shown}: {changed}")
    return None


def _in_part(
    a: Reading, b: Reading, one: Wording, two: Wording, telling: Telling
) -> Verdict | None:
    """The verdict on two wordings that share a stretch, each with other words around it."""
    stretch = shared_stretch(one, two)
    if stretch is None or not (
        _is_one_remark(a, b, one, two, stretch) or _is_loose(a, b, one, two, stretch, telling)
    ):
        return None
    reason = f"{a.quoted} and {b.quoted} share “{' '.join(stretch.words)}”"
    if stretch.is_contained:
        return Verdict("quote_elided", "ends_left_out", f"{reason}; the rest is in one of them")
    return Verdict("quote_variant", "part_shared", f"{reason} and differ around it")


def _is_one_remark(a: Reading, b: Reading, one: Wording, two: Wording, stretch: Stretch) -> bool:
    """Whether a shared stretch is long and telling enough to be words of one remark."""
    content = len(terms(" ".join(stretch.longest)))
    shared = len(stretch.words)
    if 2 * shared < 3 * stretch.edits or content < _STRETCH_TELLING:
        return False
    if shared >= _LONG_VERBATIM and stretch.edits == 0:
        return True
    shorter = min(len(one.folded), len(two.folded))
    if a.speaker is None or b.speaker is None:
        # A chant, a sign, a name in quotation marks: nobody's remark unless it is a long one.
        return shared >= max(_VERBATIM, _STRETCH_SHARE * shorter)
    if stretch.is_contained and speakers_compatible(a, b):
        return True
    return who_said(a, b) == "same" and shared >= max(_STRETCH, _STRETCH_SHARE * shorter)


def _is_loose(
    a: Reading, b: Reading, one: Wording, two: Wording, stretch: Stretch, telling: Telling
) -> bool:
    """Whether the shorter of one speaker's wordings nearly all stands in the longer one."""
    shared, shorter = len(stretch.words), min(len(one.folded), len(two.folded))
    return (
        who_said(a, b) == "same"
        and shared >= max(_STRETCH, 2 * stretch.edits, _LOOSE_SHARE * shorter)
        and telling.of(word_classes(" ".join(stretch.words))) >= _LOOSE_TELLING
    )


def _fragment(
    a: Reading, b: Reading, one: Wording, two: Wording, found: Comparison, telling: Telling
) -> Verdict | None:
    """The verdict on a few words quoted out of a remark, in sentences that say the same."""
    if found.edits or found.matched < min(len(one.folded), len(two.folded)):
        return None
    inside = _words_of_shorter(a, b)
    needed = _FRAGMENT_TELLS.get(who_said(a, b))
    if not inside or needed is None:
        return None
    around = telling.around(a, b, inside)
    if around < _AROUND_TELLS or telling.of(inside) + around < needed:
        return None
    reason = f"{a.quoted} and {b.quoted}, in sentences that are alike"
    if one.folded == two.folded:
        return Verdict("agree", "same_words", reason)
    return Verdict("quote_elided", "fragment_in_context", reason)


def _both_whole(a: Reading, b: Reading) -> bool:
    """Whether both texts give the words as a whole sentence: a capital first, a full stop last."""
    texts = (a.claim.value_text.strip(), b.claim.value_text.strip())
    return all(t[:1].isupper() and t.endswith((".", "!", "?")) for t in texts)


def _enough_shared(a: Reading, b: Reading, one: Wording, two: Wording, found: Comparison) -> bool:
    """Whether the words shared are enough to be one remark, given who says them.

    As many words in a row as `_VERBATIM` prove one remark whatever the texts say of the speaker
    (one names a person, another the office); fewer need one speaker, and fewer than `FRAGMENT`
    a speaker known on both sides and a shorter wording that is wholly in the longer one.
    """
    if found.matched >= _VERBATIM and found.matched >= 3 * (found.edits - found.gap_edits):
        return True
    if not _may_be_one_speaker(a, b):
        return False
    unknown = a.speaker is None or b.speaker is None
    if found.matched >= (_STRETCH if unknown else FRAGMENT):
        return True
    shorter = min((one.folded, two.folded), key=len)
    content = bool(terms(" ".join(shorter)))
    contained = found.edits == 0 and len(shorter) == found.matched > 0
    return who_said(a, b) == "same" and content and contained


def _may_be_one_speaker(a: Reading, b: Reading) -> bool:
    """Whether nothing speaks against one speaker: the same, or one side doesn't know."""
    return who_said(a, b) in ("same", "unknown")


def speakers_compatible(a: Reading, b: Reading) -> bool:
    """Whether one person may have said both: a body or a description may stand for its speaker.

    ("a spokesman", "the company", "Downing Street" in one text, a name in the other)
    """
    return who_said(a, b) in ("same", "unknown", "may_be")


def find_pairs(
    readings: Sequence[Reading],
    members: Sequence[int],
    synonyms: Synonyms | None = None,
) -> dict[tuple[int, int], Verdict]:
    """Verdicts on all pairs of quotations (indices) that are one remark."""
    postings = postings_of(readings, members, swaps_known=synonyms is not None)
    telling = telling_words(readings)
    verdicts: dict[tuple[int, int], Verdict] = {}
    for a, b in candidate_pairs(readings, members, postings):
        one, two = readings[a], readings[b]
        if one.source.version_id == two.source.version_id:
            continue
        verdict = judge(one, two, telling, synonyms)
        if verdict is not None and not _is_slogan(one, two, postings, telling):
            verdicts[a, b] = verdict
    return verdicts


def _is_slogan(
    a: Reading, b: Reading, postings: Mapping[str, Sequence[int]], telling: Telling
) -> bool:
    """Whether the shorter quotation is a phrase that many quote ("defund the police").

    Only one known speaker, or sentences that say the same of it, make such a phrase one remark.
    """
    if who_said(a, b) == "same":
        return False
    shorter = min((wording_of(r.claim.value_text).folded for r in (a, b)), key=len)
    if len(shorter) >= _VERBATIM:
        return False
    if not is_often_quoted(shorter, postings):
        return False
    inside = _words_of_shorter(a, b)
    return telling.of(inside) < _NO_SLOGAN_TELLS or telling.around(a, b, inside) < _AROUND_TELLS


def _words_of_shorter(a: Reading, b: Reading) -> frozenset[str]:
    """Normal forms of the content words of the shorter quotation."""
    return word_classes(min((r.claim.value_text for r in (a, b)), key=len))
