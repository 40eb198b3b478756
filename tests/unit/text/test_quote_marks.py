"""Marks pair by their surroundings, and a lost mark costs one quotation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_pipeline.text.quote_marks import quoted_stretches

CASES = {
    "curly": ("She said, “It works.” He left.", ["It works."]),
    "straight": ('She said, "It works." He left.', ["It works."]),
    "doubled single quotes": ("''It works,'' she said.", ["It works,"]),
    "backticks": ("``It works,'' she said.", ["It works,"]),
    "opens curly, closes straight": ('a “broad push", she said “no”', ["broad push", "no"]),
    "opens straight, closes curly": ('He added: "We agree.” “Yes”', ["We agree.", "Yes"]),
    "closes with an opening mark": ("called “Frozen“ and “Moana“ too", ["Frozen", "Moana"]),
    "opens with a closing mark": ("She said: ”It works.” He left.", ["It works."]),
    "blanks inside": ("“ It works ” she said", ["It works"]),
    "adjoining marks": ("“A one.” “B two.”", ["A one.", "B two."]),
    "nested straight": ('"He shouted "stop it now" at me," she said.',
                        ['He shouted "stop it now" at me,']),
    "nested curly": ("“Those “list” people,” she said.", ["Those “list” people,"]),
    "single quotes inside": ("“I heard ‘stop’,” she said.", ["I heard ‘stop’,"]),
    "nested at the end": ("“I heard ‘stop,’” she said.", ["I heard ‘stop,’"]),
    "inches": ("At 6'2\" he is tall, “very tall”.", ["very tall"]),
    "stray closing mark": ("He left.” She said, “No.”", ["No."]),
    "dash inside": ('"I think—" he began. "No."', ["I think—", "No."]),
    "re-opened paragraph": ("“One.\n“Two,” he said.", ["One.", "Two,"]),
    "goes on without a mark": ("“One.\nTwo,” he said.", ["One.\nTwo,"]),
    "unclosed": ("“One and no end.\nA “b c” d.", ["One and no end.", "b c"]),
    "unclosed before another": ("“One, he said. “Two,” he said.", ["One, he said.", "Two,"]),
    "empty": ("“” and “a”", ["a"]),
    "none": ("It's the dogs' bone.", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_pairs(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quoted_stretches(text)] == expected


def test_unclosed_is_flagged_and_marks_are_outside() -> None:
    text = "“One.\nThen “two” came."
    first, second = quoted_stretches(text)
    assert (first.closed, second.closed) == (False, True)
    assert text[second.open_mark_start : second.close_mark_end] == "“two”"


@given(st.text(alphabet="a .,\n“”\"'`‘’(—5", max_size=80))
def test_stretches_are_ordered_disjoint_and_trimmed(text: str) -> None:
    at = 0
    for q in quoted_stretches(text):
        assert at <= q.open_mark_start < q.start < q.end <= q.close_mark_end <= len(text)
        assert text[q.start : q.end] == text[q.start : q.end].strip()
        at = q.close_mark_end if q.closed else q.end


@given(st.lists(st.sampled_from(["“a b,” c.", "d “e f.", 'g "h" i', "j k.”", "l"]), max_size=6))
def test_a_paragraph_does_not_disturb_a_well_formed_later_one(paragraphs: list[str]) -> None:
    text = "\n".join([*paragraphs, "m n.", "“Last words,” she said."])
    assert text[slice(*_last(text))] == "Last words,"


def _last(text: str) -> tuple[int, int]:
    last = quoted_stretches(text)[-1]
    return last.start, last.end
