from typing import Any

import pytest
from made_claims import claim, source

from summit_pipeline.reconcile.relating.identity import surely_one_thing
from summit_pipeline.reconcile.relating.judging import judge_apart, judge_slot
from summit_pipeline.reconcile.slotting import slots
from summit_pipeline.reconcile.slotting.parties import StoryNames, name_key
from summit_pipeline.reconcile.slotting.readings import Reading, read_claims
from summit_pipeline.reconcile.slotting.slot_names import name_slots
from summit_pipeline.reconcile.slotting.slots import find_links, gather, may_be_compared
from summit_pipeline.vocabulary import Claim, NameMention


def readings(*claims: Claim) -> list[Reading]:
    return read_claims(claims, {c.version_id: source(c.version_id) for c in claims}, StoryNames([]))


def slots_of(found: list[Reading]) -> list[set[str]]:
    groups = gather(found, range(len(found)), find_links(found))
    return [{found[i].claim.value_text for i in g} for g in groups]


DEAL_A = claim(
    "a", "$14.1 billion", "Harbour Steel proposed a $14.1 billion acquisition of Lake Iron.",
    value=14.1e9, measure="acquisition of Lake Iron", measure_head="acquisition",
    parties=["Harbour Steel", "Lake Iron"], interval_low=14.05e9, interval_high=14.15e9,
)  # fmt: skip
DEAL_B = claim(
    "b", "$14.9 billion", "The $14.9 billion takeover of Lake Iron by Harbour Steel was blocked.",
    value=14.9e9, measure="takeover of Lake Iron", measure_head="takeover",
    parties=["Harbour Steel", "Lake Iron"], interval_low=14.85e9, interval_high=14.95e9,
)  # fmt: skip
PIPELINE = claim(
    "b", "$44 billion", "He spoke of a $44 billion gas pipeline in Alaska.", value=44e9, start=90,
    measure="gas pipeline in Alaska", measure_head="pipeline", parties=["Alaska"],
    interval_low=43.5e9, interval_high=44.5e9,
)  # fmt: skip


def test_words_of_one_class_join_and_other_things_stay_apart() -> None:
    assert slots_of(readings(DEAL_A, DEAL_B, PIPELINE)) == [
        {"$14.1 billion", "$14.9 billion"},
        {"$44 billion"},
    ]


def test_the_twin_is_preferred_to_a_neighbour() -> None:
    sentence = "Of {} people on board the ferry, {} were crew."
    found = readings(
        claim("a", "212 people", sentence.format("212", "12"), kind="count", unit="person",
              value=212.0, interval_low=212.0, interval_high=212.0),
        claim("b", "212 people", sentence.format("212", "14"), kind="count", unit="person",
              value=212.0, interval_low=212.0, interval_high=212.0),
        claim("b", "14", sentence.format("212", "14"), kind="count", unit="person", start=200,
              value=14.0, interval_low=14.0, interval_high=14.0),
    )  # fmt: skip
    assert {"212 people"} in slots_of(found)


def count(version: str, unit: str) -> Claim:
    return claim(version, f"12 {unit}", kind="count", unit=unit, value=12.0)


def test_counts_of_other_nouns_and_other_fates_are_not_compared() -> None:
    page, document, dead, injured, soldiers, people = readings(
        *(count(u, u) for u in ("page", "document", "dead", "injured", "soldier", "people"))
    )
    assert not may_be_compared(page, document)
    assert not may_be_compared(dead, injured)
    assert may_be_compared(soldiers, people)
    assert may_be_compared(dead, people)


def test_two_states_are_of_one_undertaking_only_if_its_head_and_parties_fit() -> None:
    def state(version: str, measure: str, head: str, *parties: str) -> Claim:
        return claim(
            version, "blocked", f"Somebody blocked the {measure}.", kind="status",
            canonical="blocked", measure=measure, measure_head=head, parties=parties,
        )  # fmt: skip

    delay = state("a", "agreement with Mexico to delay the tariffs", "agreement", "Mexico")
    levy = state("b", "tariffs on Mexico", "tariff", "Mexico")
    plan = state("c", "plan for tariffs on Mexico", "plan", "Mexico")
    canada = state("d", "tariffs on Canada", "tariff", "Canada")
    one, two, three, four = readings(delay, levy, plan, canada)
    assert not may_be_compared(one, two)
    assert may_be_compared(two, three)
    assert not may_be_compared(two, four)


def amount(version: str, words: str, value: float, sentence: str, **given: Any) -> Claim:
    return claim(
        version, words, sentence, value=value, interval_low=value, interval_high=value, **given
    )  # fmt: skip


def test_a_difference_needs_one_noun_with_nothing_that_tells_it_apart() -> None:
    def drive(version: str, words: str, value: float, measure: str) -> Claim:
        sentence = f"The notebook has a {words} {measure}."
        return amount(
            version, words, value, sentence, kind="measure", unit="byte", measure=measure,
            measure_head="drive",
        )  # fmt: skip

    hard, solid, other = readings(
        drive("a", "250GB", 250e9, "hard drive"),
        drive("b", "256GB", 256e9, "solid state drive"),
        drive("c", "256GB", 256e9, "hard drive"),
    )
    assert not surely_one_thing(hard, solid)
    assert surely_one_thing(hard, other)


def test_figures_far_apart_in_other_words_are_not_surely_of_one_thing() -> None:
    one, two = readings(
        amount("a", "83 carries", 83, "He had 83 carries this year.", kind="count", unit="carry"),
        amount("b", "9 carries", 9, "On Sunday he ran 9 carries.", kind="count", unit="carry"),
    )
    assert not surely_one_thing(one, two)


def test_options_of_one_sentence_are_several_things() -> None:
    sentence = "It comes with a 128GB or 256GB drive."
    given = {"kind": "measure", "unit": "byte", "measure": "drive", "measure_head": "drive"}
    found = readings(
        amount("a", "128GB", 128e9, sentence, **given),
        amount("a", "256GB", 256e9, sentence, **given),
        amount("b", "250GB", 250e9, "It comes with a 250GB drive.", **given),
    )
    assert not surely_one_thing(found[1], found[2])


def test_a_surplus_and_a_deficit_meet_unless_one_country_has_both() -> None:
    def balance(version: str, head: str, owner: str) -> Claim:
        return claim(
            version, "$5 billion", value=5e9, measure=f"trade {head}", measure_head=head,
            actor=owner, parties=["Norland", "Sudland"],
        )  # fmt: skip

    surplus, deficit, own = readings(
        balance("a", "surplus", "Norland"),
        balance("b", "deficit", "Sudland"),
        balance("c", "deficit", "Norland"),
    )
    assert may_be_compared(surplus, deficit)
    assert not may_be_compared(surplus, own)


def test_figures_of_one_text_under_two_periods_share_a_slot() -> None:
    sentence = "Its 2024 surplus was $68.5 billion in contrast with $71.6 billion in 2023."
    found = readings(
        claim("a", "$68.5 billion", sentence, value=68.5e9, measure="surplus",
              measure_head="surplus", period_start="2024-01-01", period_end="2025-01-01"),
        claim("a", "$71.6 billion", sentence, value=71.6e9, measure="surplus",
              measure_head="surplus", period_start="2023-01-01", period_end="2024-01-01"),
    )  # fmt: skip
    assert slots_of(found) == [{"$68.5 billion", "$71.6 billion"}]


def test_slots_do_not_depend_on_the_order_of_claims_nor_on_values() -> None:
    forward, backward = readings(DEAL_A, DEAL_B, PIPELINE), readings(PIPELINE, DEAL_B, DEAL_A)
    ids = []
    for found in (forward, backward):
        named = name_slots(found, gather(found, range(3), find_links(found)), "story")
        ids.append(sorted((s.slot_id, s.text) for s in named))
    assert ids[0] == ids[1]
    assert all("billion" not in text for _, text in ids[0])


def mention(version: str, text: str, name_type: str = "person", at: int = 0) -> NameMention:
    return NameMention(
        version_id=version, start_char=at, end_char=at + len(text), clean_start=at,
        clean_end=at + len(text), text=text, canonical=text, name_type=name_type,  # type: ignore[arg-type]
        role=None, gender=None,
    )  # fmt: skip


def test_names_are_joined_where_only_one_bearer_fits() -> None:
    names = StoryNames(
        [
            mention("a", "Maria K. Lund"),
            mention("b", "Maria Lund"),
            mention("c", "Lund"),
            mention("a", "Ann Roe"),
            mention("b", "Bo Roe"),
            mention("c", "Roe", at=9),
            mention("a", "North Sea Wind Council", "organisation"),
            mention("b", "NSWC", "organisation"),
        ]
    )
    assert names.of("c", "Lund") == names.of("a", "Maria K. Lund") == names.of("b", "Maria Lund")
    assert names.of("c", "Roe") == "Roe"
    assert names.of("b", "NSWC") == "North Sea Wind Council"
    assert names.of("a", "the U.S.") == names.of("b", "America")


def test_a_damaged_name_counts_as_probably_written() -> None:
    names = StoryNames(
        [mention("b", "Lake Iron", "organisation")], {"a": {"Lake Metal": "Lake Iron"}}
    )
    assert names.of("a", "Lake Metal") == "Lake Iron"
    assert names.of("b", "Lake Metal") != "Lake Iron"


def test_titles_legal_forms_and_initials_tell_no_bearer_apart() -> None:
    assert name_key("President Ann J. Roe") == name_key("Ann Roe")
    assert name_key("Harbour Steel Corp.") == name_key("Harbour Steel")
    assert name_key("The") == ("the",)


def test_in_a_large_story_the_rarest_terms_lead_to_twins(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["Aldby", "Brenta", "Corvath", "Dunmore", "Elverum", "Fossano", "Gislaved", "Holstebro"]
    dams = readings(
        *(
            claim(
                f"{name}{version}", "$12 million",
                f"The dam at {name} cost $12 million, officials said.",
                value=12e6, interval_low=11.5e6, interval_high=12.5e6,
            )
            for name in names
            for version in (1, 2)
        )
    )  # fmt: skip
    everything = {(link.a, link.b) for link in find_links(dams)}
    monkeypatch.setattr(slots, "_PAIRS_A_CLAIM", 1)
    bounded = {(link.a, link.b) for link in find_links(dams)}
    twins = {(at, at + 1) for at in range(0, len(dams), 2)}
    assert twins == bounded < everything


def test_claims_that_are_linked_are_judged_though_their_slots_stay_apart() -> None:
    found = readings(DEAL_A, DEAL_B, PIPELINE)
    apart = [judge_slot(found, s) for s in name_slots(found, [(0,), (1,), (2,)], "story")]
    filled, verdicts = judge_apart(apart, [(0, 1)])
    assert {pair: v.relation for pair, v in verdicts.items()} == {(0, 1): "contradiction"}
    assert sorted(filled) == [0, 1, 2]


def test_claims_of_one_slot_are_not_judged_again() -> None:
    found = readings(DEAL_A, DEAL_B)
    together = [judge_slot(found, s) for s in name_slots(found, [(0, 1)], "story")]
    assert judge_apart(together, [(0, 1)])[1] == {}
