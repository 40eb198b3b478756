"""The tables behind the grade: their form, their origins, and what the channel reads from them."""

from hypothesis import given
from hypothesis import strategies as st

from summit_pipeline.lexicons.background import load_background, parse
from summit_pipeline.lexicons.counted_words import counted_words, fold, table_form
from summit_pipeline.lexicons.spin_channel import build_channel, load_channel
from summit_pipeline.lexicons.spun_pairs import SpunPair, load_spun_pairs, select

SMALL = parse(
    "# a comment\n"
    "1000\t400000\n"
    "#\t900\t9000\t\n"
    "commerce\t50\t80\t\n"
    "deficit\t60\t90\t\n"
    "department\t200\t400\t\n"
    "the\t1000\t30000\tcommerce:20 trade:90\n"
    "trade\t270\t600\tdeficit:50\n"
)


def pair(spun: str, original: str, *origins: str) -> SpunPair:
    return SpunPair(
        tuple(spun.split()), tuple(original.split()), original, frozenset(origins or {"general"})
    )


def test_every_pair_is_folded_and_has_a_known_origin() -> None:
    for row in load_spun_pairs().pairs:
        assert row.spun != row.original
        for word in (*row.spun, *row.original):
            assert fold(word) == word
        for origin in row.origins:
            assert origin in {"general", "tortured", "seed001"} or origin.startswith("docs:")


def test_pairs_known_only_from_an_origin_can_be_left_out() -> None:
    pairs = select([pair("a", "b", "seed001"), pair("c", "d", "seed001", "general")], {"seed001"})
    assert [p.spun for p in pairs.pairs] == [("c",)]
    assert len(load_spun_pairs(frozenset({"seed001"})).pairs) < len(load_spun_pairs().pairs)


def test_the_background_knows_words_and_pairs() -> None:
    background = load_background()
    assert background.documents > 30_000
    assert background.pair("white", "house") > 10_000
    assert background.pair("white", "home") == 0
    assert background.pair("no such word", "house") == 0
    assert background.times("said") > background.times("stated") > 0


def test_the_context_decides_what_a_word_stands_for() -> None:
    channel = build_channel(select([pair("commerce", "trade")], frozenset()), SMALL)
    spun = channel.read("the", ("commerce",), "deficit")
    plain = channel.read("the", ("commerce",), None)
    assert spun.original == plain.original == ("trade",)
    assert spun.odds > 2 * plain.odds
    assert channel.read("the", ("trade",), "deficit").original is None
    assert channel.read(None, ("trade",), None).kept


def test_the_longest_phrase_matches() -> None:
    pairs = select([pair("in response", "answer"), pair("in response to", "after")], frozenset())
    channel = build_channel(pairs, SMALL)
    forms = ["in", "response", "to"]
    assert channel.match(forms, 0, 3) == ("in", "response", "to")
    assert channel.match(forms, 0, 2) == ("in", "response")
    assert channel.match(forms, 1, 2) is None


def test_fixed_expressions_are_attested() -> None:
    channel = load_channel()
    assert channel.is_attested("for", ("workplace",), "safety", ("office",))
    assert not channel.is_attested("the", ("commerce",), "deficit", ("trade",))


def test_words_are_cut_and_folded_as_the_table_has_them() -> None:
    words = counted_words("The U.S. wasn’t Japan’s; 2 of 1,200 (10%).")
    forms = ["the", "us", "wasn't", "japan", "2", "of", "1,200", "10"]
    assert [w.form for w in words] == forms
    assert [w.joined for w in words] == [False, True, True, True, False, True, True, False]
    assert [table_form(w.form) for w in words][-4:] == ["2", "of", "#", "#"]


@given(st.text(max_size=200))
def test_words_slice_the_text(text: str) -> None:
    end = 0
    for word in counted_words(text):
        assert end <= word.start < word.end <= len(text)
        assert fold(text[word.start : word.end]) == word.form
        end = word.end
