"""Names in roles that are parts of one another: posts of one holder, places in places, charges."""

import pytest
from made_claims import claim, source

from summit_pipeline.reconcile.relating.identity import surely_one_thing
from summit_pipeline.reconcile.relating.relations import relate
from summit_pipeline.reconcile.relating.verdicts import Setting
from summit_pipeline.reconcile.slotting.parties import StoryNames
from summit_pipeline.reconcile.slotting.readings import Reading, read_claims
from summit_pipeline.reconcile.slotting.slots import may_be_compared
from summit_pipeline.vocabulary import NameMention


def posts(first: str, second: str, *holders: str) -> tuple[Reading, Reading]:
    """Two posts as two texts tell them, of one holder where a second isn't given."""
    made = [
        claim(v, words, f"Ann Roe, {words}, spoke.", kind="name", canonical=words, measure="post",
              measure_head=words.split(" of ")[0].replace("-", " ").split(" ")[-1], actor=holder,
              parties=(holder, "Apex") if "Apex" in words else (holder,))
        for v, words, holder in zip("ab", (first, second), holders or ("Ann Roe",) * 2, strict=True)
    ]  # fmt: skip
    first_read, second_read = read_claims(made, {v: source(v) for v in "ab"}, StoryNames([]))
    return first_read, second_read


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Apex's senior vice president of sales", "senior vice-president of sales", "agree"),
        ("vice president of sales", "senior vice president of sales", "less_specific"),
        ("assistant district attorney", "district attorney", "contradiction"),
        ("former police officer", "police officer", "less_specific"),
        ("president of the agency's sales union", "president of the sales union", "agree"),
        ("ex police officer", "former police officer", "agree"),
        ("chief of staff", "chief of police", None),
        ("justice of the Supreme Court", "associate justice of the Supreme Court", "less_specific"),
    ],
)
def test_posts_of_one_holder(first: str, second: str, expected: str | None) -> None:
    one, two = posts(first, second)
    found = relate(one, two, Setting())
    assert (found.relation if found else None) == expected


def test_posts_of_two_holders_are_not_compared() -> None:
    a, b = posts("district attorney", "assistant district attorney", "Ann Roe", "Bo Lund")
    assert not may_be_compared(a, b)


def test_a_post_and_who_holds_it_are_not_compared() -> None:
    a, _ = posts("district attorney", "district attorney")
    who = claim("b", "Ann Roe", kind="name", canonical="Ann Roe", measure="attorney")
    (b,) = read_claims([who], {"b": source("b")}, StoryNames([]))
    assert not may_be_compared(a, b)


def test_a_rank_is_the_holder_s_own() -> None:
    assert surely_one_thing(*posts("assistant district attorney", "district attorney"))


def place(version: str, words: str, canonical: str, *parties: str) -> Reading:
    made = claim(version, words, kind="place", canonical=canonical, measure="rally",
                 measure_head="rally", parties=parties)  # fmt: skip
    return read_claims([made], {version: source(version)}, StoryNames([]))[0]


def test_a_town_lies_in_the_state_that_is_written_with_it() -> None:
    a = place("a", "Hope, Ark.", "Hope", "Arkansas")
    b = place("b", "Arkansas", "Arkansas")
    found = relate(a, b, Setting())
    assert found is not None
    assert found.relation == "less_specific"


def test_a_first_name_cut_short_is_one_holder() -> None:
    names = StoryNames(
        NameMention(
            version_id=v, start_char=0, end_char=9, clean_start=0, clean_end=9, text=n,
            canonical=n, name_type="person", role=None, gender=None,
        )
        for v, n in (("a", "Phil Roe"), ("b", "Philip Roe"))
    )  # fmt: skip
    assert names.of("a", "Phil Roe") == names.of("b", "Philip Roe")
