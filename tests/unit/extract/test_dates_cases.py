import json
from datetime import date
from pathlib import Path

import pytest

from summit_pipeline.extract.dating.dates import find_dates
from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.text.calendar import is_absolute, resolve
from summit_pipeline.text.layers import identity
from summit_pipeline.vocabulary import Sentence

CASES = json.loads((Path(__file__).parents[2] / "cases" / "dates.json").read_text("utf-8"))
REFERENCE = date(2025, 2, 8)


def document(text: str, reference: date | None) -> CleanDocument:
    return CleanDocument("v", identity(text), (Sentence(0, len(text), 0, "body"),), reference)


def parameters():
    for case in CASES["cases"]:
        yield pytest.param(case, id=case["text"])
    for case in CASES["xfail"]:
        mark = pytest.mark.xfail(reason=case["why"], strict=True)
        yield pytest.param(case, id=case["text"], marks=mark)


@pytest.mark.parametrize("case", list(parameters()))
def test_date_is_read_as_its_case_says(case):
    found = find_dates(document(case["text"], REFERENCE))
    said = [
        [
            case["text"][d.start : d.end],
            d.expression,
            d.date_start and d.date_start.isoformat(),
            d.date_end and d.date_end.isoformat(),
        ]
        for d in found
    ]
    assert said == case["expect"]


@pytest.mark.parametrize("case", [pytest.param(c, id=c["text"]) for c in CASES["cases"]])
def test_without_a_reference_date_nothing_is_guessed_and_nothing_is_lost(case):
    with_date = find_dates(document(case["text"], REFERENCE))
    without = find_dates(document(case["text"], None))
    assert [d.expression for d in without] == [d.expression for d in with_date]
    for open_date, known in zip(without, with_date, strict=True):
        if is_absolute(known.expression):
            assert (open_date.date_start, open_date.date_end) == (known.date_start, known.date_end)
        else:
            assert open_date.date_start is None
            assert open_date.date_end is None
        resolved = resolve(open_date.expression, REFERENCE)
        assert resolved == (known.date_start and (known.date_start, known.date_end))


def test_relative_dates_of_a_post_shown_in_an_article_stay_open():
    text = "After our meeting today, we begin on May 5, 2026."
    sentence = Sentence(0, len(text), 0, "embed")
    today, day = find_dates(CleanDocument("v", identity(text), (sentence,), REFERENCE))
    assert (today.expression, today.date_start) == ("offset:day:0", None)
    assert day.date_start == date(2026, 5, 5)
