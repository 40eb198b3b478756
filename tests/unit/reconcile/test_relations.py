import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_claims import claim, reading

from summit_pipeline.reconcile.relating.relations import relate
from summit_pipeline.reconcile.relating.verdicts import Setting

CASES = Path(__file__).parents[2] / "cases"
AMOUNTS = json.loads((CASES / "relations_amounts.json").read_text(encoding="utf-8"))
STATUSES = json.loads((CASES / "relations_statuses.json").read_text(encoding="utf-8"))


def made(version: str, given: dict[str, Any]) -> Any:
    given = dict(given)
    published = given.pop("published", None)
    given["interval_low"], given["interval_high"] = given.pop("low", None), given.pop("high", None)
    return reading(claim(version, given.pop("words"), **given), published=published)


@pytest.mark.parametrize("case", AMOUNTS, ids=lambda c: c["name"])
@pytest.mark.parametrize("swapped", [False, True])
def test_amounts(case: dict[str, Any], swapped: bool) -> None:
    a, b = made("a", case["a"]), made("b", case["b"])
    verdict = relate(b, a, Setting()) if swapped else relate(a, b, Setting())
    assert (verdict and verdict.relation, verdict and verdict.rule) == (
        case["relation"],
        case["rule"],
    )


@pytest.mark.parametrize("case", STATUSES, ids=lambda c: c["name"])
@pytest.mark.parametrize("swapped", [False, True])
def test_statuses(case: dict[str, Any], swapped: bool) -> None:
    a, b = (made(v, {"kind": "status", "words": case[v]["canonical"]} | case[v]) for v in "ab")
    verdict = relate(b, a, Setting(True)) if swapped else relate(a, b, Setting(True))
    assert (verdict and verdict.relation, verdict and verdict.rule) == (
        case["relation"],
        case["rule"],
    )
    if verdict and verdict.relation == "update":
        assert verdict.later == {"a": a, "b": b}[case["later"]].claim_id


def toll(version: str, value: float, published: str | None, **given: Any) -> Any:
    return reading(
        claim(version, f"{value:g} people", kind="count", unit="people", value=value, **given),
        published=published,
    )


def test_a_toll_that_rises_from_day_to_day_is_an_update() -> None:
    verdict = relate(
        toll("a", 12, "2020-05-01"), toll("b", 19, "2020-05-02"), Setting(True, direction=1)
    )
    assert verdict is not None
    assert (verdict.relation, verdict.rule) == ("update", "changing_value")
    assert "2020-05-01" in verdict.reason


def test_a_toll_that_falls_is_no_update() -> None:
    verdict = relate(
        toll("a", 19, "2020-05-01"), toll("b", 12, "2020-05-02"), Setting(True, direction=1)
    )
    assert verdict is not None
    assert verdict.relation == "contradiction"


def test_an_old_value_that_is_repeated_later_was_not_replaced() -> None:
    setting = Setting(True, 1, repeated_later=lambda r, _: r.claim.value == 12)
    verdict = relate(toll("a", 12, "2020-05-01"), toll("b", 19, "2020-05-02"), setting)
    assert verdict is not None
    assert verdict.relation == "contradiction"


def test_a_later_text_of_the_same_origin_corrects_a_fixed_slot() -> None:
    a = reading(claim("a", "$5", value=5.0), published="2020-05-01", origin="Agency")
    b = reading(claim("b", "$6", value=6.0), published="2020-05-02", origin="Agency")
    verdict = relate(a, b, Setting())
    assert verdict is not None
    assert (verdict.relation, verdict.later) == ("correction", b.claim_id)


def test_title_against_body_is_undecided() -> None:
    a = reading(claim("a", "$5", value=5.0, part="title"))
    b = reading(claim("a", "$6", value=6.0, start=90))
    verdict = relate(a, b, Setting())
    assert verdict is not None
    assert verdict.rule == "headline_differs"


def test_a_key_by_which_the_value_varies_must_be_stated_on_both_sides() -> None:
    a = reading(claim("a", "$5", value=5.0, period_start="2020-01-01", period_end="2021-01-01"))
    b = reading(claim("b", "$6", value=6.0))
    varied = relate(a, b, Setting(varied_keys=frozenset({"period"})))
    unvaried = relate(a, b, Setting())
    assert varied is not None
    assert unvaried is not None
    assert (varied.relation, varied.rule) == ("undecided", "scope_unstated")
    assert unvaried.relation == "contradiction"


def day(version: str, words: str, first: str, after: str, **given: Any) -> Any:
    return reading(
        claim(version, words, kind="date", date_start=first, date_end=after, **given),
        published=given.pop("published", None),
    )


def test_dates_agree_contain_or_exclude() -> None:
    friday = day("a", "Friday", "2025-02-07", "2025-02-08")
    same = day("b", "Feb. 7", "2025-02-07", "2025-02-08")
    month = day("c", "in February", "2025-02-01", "2025-03-01")
    other = day("d", "Monday", "2025-02-03", "2025-02-04")
    found = [relate(friday, x, Setting()) for x in (same, month, other)]
    assert [v and v.relation for v in found] == ["agree", "less_specific", "contradiction"]


def test_a_relative_date_is_resolved_through_the_reference_date() -> None:
    a = reading(
        claim("a", "on Friday", kind="date", date_expression="weekday:fri@past"),
        published="2025-02-09",
    )
    assert a.days == (date(2025, 2, 7), date(2025, 2, 8))


def test_today_in_a_remark_counts_from_a_day_that_the_article_does_not_tell() -> None:
    def said(version: str, published: str, sentence: str) -> Any:
        made_claim = claim(
            version, "today", sentence, kind="date", date_expression="offset:day:0",
            in_quotation=True,
        )  # fmt: skip
        return reading(made_claim, published=published)

    remark = "After our meeting today, I am sure that the harbour will be built."
    first = said("a", "2025-02-07", remark)
    again = said("b", "2025-02-09", remark)
    other = said("c", "2025-02-09", "Our children went back to school today.")
    assert first.days is None
    found = [relate(first, x, Setting()) for x in (again, other)]
    assert [v and v.relation for v in found] == ["agree", None]


def test_a_plan_and_another_day_told_as_done() -> None:
    plan = day("a", "Thursday", "2016-09-29", "2016-09-30", modality="planned")
    done = day("b", "Wednesday", "2016-09-28", "2016-09-29")
    verdict = relate(plan, done, Setting())
    assert verdict is not None
    assert (verdict.relation, verdict.later) == ("update", done.claim_id)


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("Donald Trump", "Donald J. Trump", "agree"),
        ("Secretary Wilbur Ross", "Wilbur Ross", "agree"),
        ("Ross", "Wilbur Ross", "less_specific"),
        ("Davie Stevens", "Davie Stephens", "contradiction"),
    ],
)
def test_names(first: str, second: str, relation: str) -> None:
    a = reading(claim("a", first, kind="name", canonical=first))
    b = reading(claim("b", second, kind="name", canonical=second))
    verdict = relate(a, b, Setting())
    assert verdict is not None
    assert verdict.relation == relation


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Chuck Schumer", "Charles E. Schumer"),
        ("Jim Mattis", "James Mattis"),
        ("Bill Barr", "William P. Barr"),
        ("Bob Casey", "Rob Casey"),
    ],
)
def test_a_short_form_of_a_first_name_is_another_form_of_the_name(first: str, second: str) -> None:
    a = reading(claim("a", first, kind="name", canonical=first))
    b = reading(claim("b", second, kind="name", canonical=second))
    verdict = relate(a, b, Setting())
    assert verdict is not None
    assert verdict.relation == "less_specific"


def test_a_name_without_its_accents_is_the_name() -> None:
    a = reading(claim("a", "Lenín Moreno", kind="name", canonical="Lenín Moreno"))
    b = reading(claim("b", "Lenin Moreno", kind="name", canonical="Lenin Moreno"))
    verdict = relate(a, b, Setting())
    assert verdict is not None
    assert verdict.relation == "agree"


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        ("weekday:sat@past", "weekday:sat@past", "Saturday"),
        ("weekday:sat@past", "last:sat", "last Saturday"),
        ("offset:week:-1", "offset:week:-1", "a week ago"),
    ],
)
def test_two_editions_that_use_the_same_words_for_a_day_do_not_differ(
    one: str, two: str, words: str
) -> None:
    early = claim("a", words, kind="date", date_expression=one)
    late = claim("b", words, kind="date", date_expression=two)
    a, b = reading(early, published="2018-08-27"), reading(late, published="2018-12-12")
    assert a.days != b.days
    assert relate(a, b, Setting()) is None


def test_a_day_does_not_change_as_a_count_does() -> None:
    early = day("a", "July 3", "2018-07-03", "2018-07-04")
    late = day("b", "May 2", "2012-05-02", "2012-05-03")
    verdict = relate(early, late, Setting(changing=True))
    assert verdict is not None
    assert verdict.relation == "contradiction"


def test_a_month_whose_year_is_read_apart_is_one_month() -> None:
    early = claim("a", "November", kind="date", date_expression="month:11@past")
    late = claim("b", "November", kind="date", date_expression="month:11@future")
    a, b = reading(early, published="2018-08-27"), reading(late, published="2018-12-12")
    verdict = relate(a, b, Setting())
    assert a.days != b.days
    assert verdict is not None
    assert (verdict.relation, verdict.rule) == ("agree", "same_expression")
