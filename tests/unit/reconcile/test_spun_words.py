"""What a machine-rewritten text may and may not decide, rows in, rows out."""

from typing import Any

import pytest
from made_claims import claim, source
from told_facts import Told, told

from summit_pipeline.vocabulary import Claim

SPUN = "s"  # the version that is graded spun in all stories here


def relate(*claims: Claim) -> Told:
    versions = sorted({c.version_id for c in claims})
    return told(claims, {v: source(v, grade="spun" if v == SPUN else "clean") for v in versions})


def offer(version: str, words: str, low: float, high: float, **given: Any) -> Claim:
    return claim(
        version, words, f"Harbour Steel made a bid of {words} for Lake Iron.",
        value=(low + high) / 2, interval_low=low, interval_high=high, measure="bid for Lake Iron",
        measure_head="bid", parties=["Harbour Steel", "Lake Iron"], **given,
    )  # fmt: skip


def bid(version: str, words: str, state: str, **given: Any) -> Claim:
    return claim(
        version, words, f"Harbour Steel's bid for Lake Iron: it {words}.", kind="status",
        canonical=state, measure="bid for Lake Iron", measure_head="bid",
        parties=["Harbour Steel", "Lake Iron"], **given,
    )  # fmt: skip


def remark(version: str, words: str, **given: Any) -> Claim:
    return claim(
        version, words, f"“{words}” the minister said.", kind="quotation", canonical=words.lower(),
        speaker="Ann Lee", **given,
    )  # fmt: skip


def shown(found: Told) -> set[str]:
    """All words that a reader of facts sees as the value."""
    return {f.value_text for f in found.facts} | {f.value_safe for f in found.facts if f.value_safe}


def vote_of(found: Told, made: Claim) -> str:
    return next(r.relation_to_fact for r in found.slotted if r.claim_id == made.claim_id)


def test_a_magnitude_in_words_is_neither_shown_nor_a_rival_nor_a_witness() -> None:
    spun = offer(SPUN, "a whole lot of billions", 20e9, 900e9)
    found = relate(offer("a", "$14 billion", 13.5e9, 14.5e9), spun)
    assert shown(found) == {"$14 billion"}
    (fact,) = found.facts
    assert (fact.status, fact.document_count, fact.origin_count) == ("single_origin", 1, 1)
    assert vote_of(found, spun) == "no_vote"
    assert all(d.severity != "error" for d in found.disagreements)


def test_words_that_seem_more_precise_only_join_the_clean_value() -> None:
    found = relate(
        offer("a", "billions of dollars", 1e9, 999e9),
        offer(SPUN, "fourteen billion dollars", 13.9e9, 14.1e9),
    )
    assert shown(found) == {"billions of dollars"}


def test_a_figure_in_digits_may_be_the_most_precise_form_but_not_the_safe_one() -> None:
    found = relate(
        offer("a", "$68 billion", 67.5e9, 68.5e9), offer(SPUN, "$68.2 billion", 68.15e9, 68.25e9)
    )
    (fact,) = found.facts
    assert (fact.value_text, fact.value_safe, fact.origin_count) == (
        "$68.2 billion", "$68 billion", 2,
    )  # fmt: skip


def test_figures_in_digits_keep_a_voice_but_a_lower_one() -> None:
    spun = offer(SPUN, "$14.9 billion", 14.85e9, 14.95e9)
    found = relate(offer("a", "$14.1 billion", 14.05e9, 14.15e9), spun)
    (fact,) = found.facts
    assert (fact.value_text, fact.status) == ("$14.1 billion", "disputed")
    assert vote_of(found, spun) == "opposes"
    assert [d.relation for d in found.disagreements] == ["contradiction"]


@pytest.mark.parametrize(
    "spun",
    [
        bid(SPUN, "was not approved", "approved", polarity=-1, as_of="2025-02-07"),
        bid(SPUN, "was rejected", "rejected", as_of="2025-02-07"),
        bid(SPUN, "was dropped", "dropped", as_of="2025-02-09"),
    ],
    ids=["negation", "another_state", "later_state"],
)
def test_a_state_in_a_rewriters_words_decides_nothing(spun: Claim) -> None:
    found = relate(bid("a", "was approved", "approved", as_of="2025-02-07"), spun)
    assert shown(found) == {"was approved"}
    assert {f.status for f in found.facts} == {"single_origin"}
    assert vote_of(found, spun) == "no_vote"
    accusing = {"contradiction", "correction", "attributed_dispute"}
    assert not accusing & {r.relation for r in found.relations}
    assert {v.stance for v in found.values} <= {"chosen", "undecided"}
    assert all(r.rule == "spun_wording" for r in found.relations if r.relation == "undecided")


def test_the_same_state_in_a_rewriters_words_is_no_second_witness() -> None:
    found = relate(bid("a", "was approved", "approved"), bid(SPUN, "was okayed", "approved"))
    (fact,) = found.facts
    assert (fact.value_text, fact.status, fact.origin_count) == (
        "was approved", "single_origin", 1,
    )  # fmt: skip
    (value,) = found.values
    assert (value.document_count, value.origins) == (1, ("Outlet a",))


def test_what_only_a_rewriters_words_say_stays_undecided() -> None:
    found = relate(bid(SPUN, "was okayed", "approved"))
    assert [f.status for f in found.facts] == ["undecided"]
    assert [r.relation_to_fact for r in found.slotted] == ["no_vote"]


def test_the_best_wording_of_a_remark_is_never_the_longer_altered_one() -> None:
    clean = "The port will stay open through the winter."
    altered = "The port will stay open via the entire winter season, everybody knows."
    found = relate(remark("a", clean), remark(SPUN, altered), remark("b", clean))
    assert altered not in shown(found)
    assert {w.wording for w in found.wordings if w.is_best and not w.is_damaged} == {clean}
    assert {w.wording for w in found.wordings if w.is_damaged} == {altered}


def test_a_name_in_a_role_is_that_of_the_clean_text() -> None:
    def head(version: str, name: str) -> Claim:
        return claim(
            version, name, f"The head of Harbour Steel, {name}, stepped down.", kind="name",
            canonical=name, measure="head of Harbour Steel", measure_head="head",
            parties=["Harbour Steel"],
        )  # fmt: skip

    found = relate(head("a", "Joan Park"), head(SPUN, "Joan Garden Senior"))
    clean = [f for f in found.facts if f.status != "undecided"]
    assert [f.value_text for f in clean] == ["Joan Park"]
    assert not {"contradiction", "less_specific"} & {r.relation for r in found.relations}


def test_a_figure_shown_in_disguise_contradicts_nobody() -> None:
    plain = offer("a", "$14.1 billion", 14.05e9, 14.15e9)
    honest = offer("b", "$14.9 billion", 14.85e9, 14.95e9)
    disguised = offer("c", "$14.9 billion", 14.85e9, 14.95e9, rule="money_sign/disguised")
    assert {r.relation for r in relate(plain, honest).relations} == {"contradiction"}
    found = relate(plain, disguised)
    assert [(r.relation, r.rule) for r in found.relations] == [("undecided", "disguised_figure")]
    assert vote_of(found, disguised) == "no_vote"
    assert shown(found) == {"$14.1 billion"}


def test_a_spun_noun_is_matched_as_it_was_probably_written_and_shown_as_it_stands() -> None:
    def signed(version: str, noun: str) -> Claim:
        return claim(
            version, "41", f"The harbour pact was signed by 41 {noun} in Oslo.", kind="count",
            unit=noun, value=41.0, interval_low=41.0, interval_high=41.0,
        )  # fmt: skip

    clean, spun = signed("a", "countries"), signed(SPUN, "international locations")
    found = relate(clean, spun)
    assert [r.relation for r in found.relations] == ["agree"]
    assert vote_of(found, spun) == "supports"
    other = signed("b", "international locations")
    assert not relate(clean, other).relations, "clean words are taken as they stand"
