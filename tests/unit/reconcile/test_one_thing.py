"""Which differences are about one thing: pairs like those that unseen stories held."""

from dataclasses import replace
from typing import Any

import pytest
from made_claims import claim, source

from summit_pipeline.reconcile.relating.identity import perhaps_one_thing, surely_one_thing
from summit_pipeline.reconcile.relating.relations import relate
from summit_pipeline.reconcile.relating.verdicts import Setting
from summit_pipeline.reconcile.slotting.parties import StoryNames
from summit_pipeline.reconcile.slotting.readings import Reading, read_claims


def pair(one: dict[str, Any], two: dict[str, Any]) -> list[Reading]:
    made = [claim(v, g.pop("words"), g.pop("sentence"), **g) for v, g in (("a", one), ("b", two))]
    found = read_claims(made, {"a": source("a"), "b": source("b")}, StoryNames([]))
    return sorted(found, key=lambda r: r.claim.version_id)


def relation(one: dict[str, Any], two: dict[str, Any]) -> str | None:
    a, b = pair(one, two)
    verdict = relate(a, b, Setting())
    return verdict.relation if verdict else None


def name(words: str, sentence: str, head: str, *parties: str, **given: Any) -> dict[str, Any]:
    base = {"kind": "name", "measure": head, "measure_head": head, "parties": parties}
    return {"words": words, "sentence": sentence, "canonical": words} | base | given


def count(words: str, sentence: str, value: int, unit: str, *parties: str) -> dict[str, Any]:
    ends = {"interval_low": value, "interval_high": value}
    base = {"kind": "count", "value": value, "unit": unit, "measure": unit, "measure_head": unit}
    return {"words": words, "sentence": sentence, "parties": parties} | base | ends


def test_an_office_has_many_holders() -> None:
    one = name("Ann Roe", "Gov. Ann Roe called the Guard.", "gov", "Guard")
    two = name("Bo Lund", "Gov. Bo Lund spoke of the Guard.", "gov", "Guard")
    assert not surely_one_thing(*pair(one, two))


def test_two_spellings_of_a_name_are_of_one_bearer() -> None:
    one = name(
        "Ann Stevens", "Ann Stevens, president of the Soy Board, agreed.", "president", "Soy"
    )
    two = name("Ann Stephens", "Soy Board president Ann Stephens spoke.", "president", "Soy")
    assert surely_one_thing(*pair(dict(one), dict(two)))
    assert relation(one, two) == "contradiction"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Chris Wray", "Christopher A. Wray", "less_specific"),
        ("Chris Wray", "Carla Wray", "contradiction"),
    ],
)
def test_a_short_first_name_is_the_same_person(one: str, two: str, expected: str) -> None:
    told = [name(n, f"FBI director {n} said so.", "director", "FBI") for n in (one, two)]
    assert relation(*told) == expected


def test_a_former_holder_is_somebody_else() -> None:
    one = name("Ann Roe", "Former press secretary Ann Roe asked.", "secretary", "House")
    two = name("Bo Lund", "Press secretary Bo Lund answered.", "secretary", "House")
    assert relation(one, two) is None


def test_two_charges_exclude_nothing() -> None:
    one = name("fraud", "He was charged with fraud.", "charge", "Roe")
    two = name("perjury", "He was charged with perjury.", "charge", "Roe")
    assert relation(one, two) is None


def test_a_place_may_lie_in_the_other() -> None:
    one = name("San Antonio", "A San Antonio jury found him guilty.", "jury", kind="place")
    two = name("Texas", "A Texas jury found him guilty.", "jury", kind="place")
    assert relation(one, two) == "undecided"


def test_points_are_somebodys() -> None:
    one = count("25 points", "Roe had 25 points for Kent.", 25, "point", "Roe", "Kent")
    two = count("24 points", "Lund had 24 points for Hull.", 24, "point", "Lund", "Hull")
    same = count("24 points", "Roe had 24 points for Kent.", 24, "point", "Roe", "Kent")
    assert not surely_one_thing(*pair(dict(one), two))
    assert surely_one_thing(*pair(one, same))


def test_the_others_are_not_all() -> None:
    one = count("three other officers", "He and three other officers were fired.", 3, "officer")
    two = count("four officers", "He and four officers were fired.", 4, "officer")
    assert not perhaps_one_thing(*pair(one, two))


def test_the_protests_are_many() -> None:
    told = {"kind": "status", "measure": "protests", "measure_head": "protest"}
    one = told | {
        "words": "began", "canonical": "begun",
        "sentence": "Protests in Rome over rents began in May.",
    }  # fmt: skip
    two = told | {
        "words": "ended", "canonical": "ended",
        "sentence": "The students' protests ended when the dean resigned.",
    }  # fmt: skip
    assert not perhaps_one_thing(*pair(one, two))


def test_an_ordinal_never_contradicts_a_count() -> None:
    sentence = "Lee made his {} points against Ohio in Raleigh."
    one = count("2,292nd", sentence.format("2,292nd"), 2292, "point", "Lee") | {"kind": "ordinal"}
    two = count("2,302", sentence.format("2,302"), 2302, "point", "Lee")
    again = count("2,292", sentence.format("2,292"), 2292, "point", "Lee")
    assert surely_one_thing(*pair(again, dict(two)))
    assert not surely_one_thing(*pair(one, two))


def test_a_text_with_several_rates_speaks_of_several_models() -> None:
    sentence = "The {} chip powers the Nova laptop."

    def chip(words: str, value: float) -> dict[str, Any]:
        return {
            "words": words, "sentence": sentence.format(words), "kind": "measure", "unit": "Hz",
            "value": value, "interval_low": value, "interval_high": value, "measure": "chip",
            "measure_head": "chip", "parties": ("Nova",),
        }  # fmt: skip

    readings = pair(chip("1.7 GHz", 1.7e9), chip("1.8 GHz", 1.8e9))
    assert surely_one_thing(*readings)
    assert not surely_one_thing(readings[0], replace(readings[1], alone=False))


def test_a_bound_holds_a_plain_figure_on_its_side() -> None:
    def thickness(
        words: str, value: float, low: float | None, high: float, **more: Any
    ) -> dict[str, Any]:
        return {
            "words": words, "sentence": f"It is {words} thick.", "kind": "measure", "unit": "m",
            "value": value, "interval_low": low, "interval_high": high, "measure": "thick",
            "measure_head": "thick",
        } | more  # fmt: skip

    bound = thickness("an inch", 0.0254, None, 0.0254, approximator="less_than")
    assert relation(bound, thickness("2.5cm", 0.025, 0.0245, 0.0255)) == "less_specific"
    bound = thickness("an inch", 0.0254, None, 0.0254, approximator="less_than")
    assert relation(bound, thickness("3cm", 0.03, 0.0295, 0.0305)) != "less_specific"


def test_what_a_headline_lists_is_no_count_of_the_story() -> None:
    one = count("Five things", "Five things to look for in the report", 5, "thing")
    two = count("six things", "Here are six things to look for in the report.", 6, "thing")
    assert not perhaps_one_thing(*pair(one, two))


def test_a_sentence_of_few_words_is_said_of_anybody() -> None:
    ends = {"kind": "duration", "unit": "s", "measure": "prison", "measure_head": "prison"}
    one = {"words": "12 months", "sentence": "He faces up to 12 months in prison.", "value": 3e7}
    two = {"words": "five years", "sentence": "He faces up to five years in prison.", "value": 1e8}
    assert not surely_one_thing(*pair(one | ends, two | ends))


def test_much_the_same_words_make_two_sums_perhaps_one_without_a_noun() -> None:
    sentence = "{} for increased drug detection technology at ports of entry was proposed."
    made = [
        {"words": words, "sentence": sentence.format(words), "value": value}
        for words, value in (("$675 million", 675e6), ("$805 million", 805e6))
    ]
    assert perhaps_one_thing(*pair(*made))


def test_two_long_figures_that_differ_in_one_digit_are_one_figure() -> None:
    def paid(words: str, value: float, sentence: str) -> dict[str, Any]:
        return {"words": words, "value": value, "sentence": sentence, "measure": None}

    one = paid("$5,687.75", 5687.75, "They spent $5,687.75 on a holistic retreat.")
    two = paid("$5,587.75", 5587.75, "A $5,587.75 vacation at the holistic retreat came first.")
    far = paid("$5,112.20", 5112.20, "A $5,112.20 vacation at the holistic retreat came first.")
    assert surely_one_thing(*pair(dict(one), dict(two)))
    assert not surely_one_thing(*pair(dict(one), dict(far)))


def person_state(words: str, sentence: str, polarity: int = 1) -> dict[str, Any]:
    return {
        "kind": "status", "words": words, "sentence": sentence, "canonical": "charged",
        "measure": "Ann Roe", "measure_head": "name", "parties": ("Ann Roe",),
        "polarity": polarity,
    }  # fmt: skip


def test_who_is_charged_with_one_thing_is_not_charged_with_another() -> None:
    one = person_state("charged", "Roe was charged with lying to a grand jury.")
    two = person_state("not charged", "For the harbour fire Roe was not charged.", -1)
    assert not surely_one_thing(*pair(one, two))


def test_one_matter_makes_opposite_states_of_a_person_a_difference() -> None:
    one = person_state("charged", "Roe was charged over the harbour fire by prosecutors.")
    two = person_state("not charged", "Roe was not charged over the harbour fire by police.", -1)
    assert surely_one_thing(*pair(one, two))


def test_a_sentence_that_states_both_figures_denies_neither() -> None:
    one = count(
        "40 people", "Of the 40 people hurt at the fair, 29 went to hospital.", 40, "person"
    )
    two = count(
        "29 people", "At the fair 29 people hurt went to hospital, police said.", 29, "person"
    )
    three = count(
        "31 people", "At the fair 31 people hurt went to hospital, he said.", 31, "person"
    )
    assert not surely_one_thing(*pair(dict(one), dict(two)))
    assert surely_one_thing(*pair(dict(two), dict(three)))


def test_a_common_first_name_is_no_spelling_of_a_name() -> None:
    one = name("Ehud Barak", "In 2000 Israeli leader Ehud Barak met them.", "leader", "Israel")
    two = name("Ehud Olmert", "Israeli leader Ehud Olmert made an offer.", "leader", "Israel")
    assert not surely_one_thing(*pair(one, two))


@pytest.mark.parametrize(
    ("one", "two"),
    [("Sergei Lavrov", "Sergey Lavrov"), ("Bashar al-Assad", "Bashar Assad")],
)
def test_two_spellings_of_a_first_name_agree(one: str, two: str) -> None:
    told = [name(n, f"Minister {n} said so.", "minister", "Russia") for n in (one, two)]
    assert relation(*told) == "agree"


def test_two_people_who_dismiss_it_do_so_on_two_days() -> None:
    def dismissed(who: str, words: str, first: str, after: str) -> dict[str, Any]:
        return {
            "kind": "date", "words": words, "actor": who, "parties": (who,),
            "sentence": f"{who} on {words} dismissed the recount of the vote in the state.",
            "measure": "dismissed", "measure_head": "dismiss",
            "date_start": first, "date_end": after,
        }  # fmt: skip

    one = dismissed("Ann Roe", "Saturday", "2016-11-26", "2016-11-27")
    two = dismissed("Bo Lund", "Sunday", "2016-11-27", "2016-11-28")
    again = dismissed("Ann Roe", "Sunday", "2016-11-27", "2016-11-28")
    assert not surely_one_thing(*pair(dict(one), dict(two)))
    assert surely_one_thing(*pair(dict(one), dict(again)))
