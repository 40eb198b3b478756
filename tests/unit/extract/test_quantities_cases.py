import json
from datetime import date
from pathlib import Path

import pytest

from summit_pipeline.extract.amounts.quantities import find_quantities
from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.text.layers import identity
from summit_pipeline.vocabulary import Sentence

CASES = json.loads((Path(__file__).parents[2] / "cases" / "quantities.json").read_text("utf-8"))


def document(text: str) -> CleanDocument:
    return CleanDocument(
        "v", identity(text), (Sentence(0, len(text), 0, "body"),), date(2025, 2, 8)
    )


def parameters():
    for case in CASES["cases"]:
        yield pytest.param(case, id=case["text"])
    for case in CASES["xfail"]:
        mark = pytest.mark.xfail(reason=case["why"], strict=True)
        yield pytest.param(case, id=case["text"], marks=mark)


@pytest.mark.parametrize("case", list(parameters()))
def test_sentence_is_read_as_its_case_says(case):
    found = find_quantities(document(case["text"]))
    said = [
        (case["text"][q.start : q.end], q.kind, q.value, q.unit, q.low, q.high, q.approximator)
        for q in found
    ]
    assert [s[0] for s in said] == [e[0] for e in case["expect"]]
    for got, wanted in zip(said, case["expect"], strict=True):
        assert (got[1], got[3], got[6]) == (wanted[1], wanted[3], wanted[6])
        for have, want in zip((got[2], *got[4:6]), (wanted[2], *wanted[4:6]), strict=True):
            assert have == (want if want is None else pytest.approx(want, rel=1e-6))
