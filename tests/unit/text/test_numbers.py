import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_pipeline.text.numbers import number_at, vague_at, words_value


@pytest.mark.parametrize(
    ("text", "words", "value", "step"),
    [
        ("31 people", "31", 31, 1),
        ("68.5 billion dollars", "68.5 billion", 68.5e9, 1e8),
        ("68bn", "68bn", 68e9, 1e9),
        ("44-billion", "44-billion", 44e9, 1e9),
        ("30,000 men", "30,000", 30000, 1000),
        ("1,500 men", "1,500", 1500, 1),
        ("2,000,000", "2,000,000", 2e6, 1e6),
        ("2.50", "2.50", 2.5, 0.01),
        (".5", ".5", 0.5, 0.1),
        ("1,0000", "1", 1, 1),
        ("2 1/2 hours", "2 1/2", 2.5, 0.01),
        ("3½ years", "3½", 3.5, 0.01),
        ("twenty-five", "twenty-five", 25, 1),
        ("two hundred and fifty thousand men", "two hundred and fifty thousand", 250000, 1000),
        ("one and a half billion", "one and a half billion", 1.5e9, 1e8),
        ("half a million", "half a million", 5e5, 1e5),
        ("a quarter million", "a quarter million", 2.5e5, 1e5),
        ("three quarters billion", "three quarters billion", 7.5e8, 1e8),
        ("a dozen eggs", "a dozen", 12, 1),
        ("half a dozen eggs", "half a dozen", 6, 1),
        ("a million", "a million", 1e6, 1e6),
        ("3 lakh crore", "3 lakh crore", 3e12, 1e12),
    ],
)
def test_numbers_as_news_writes_them(text, words, value, step):
    number = number_at(text, 0, len(text))
    assert number is not None
    assert text[number.start : number.end] == words
    assert number.value == pytest.approx(value)
    assert number.step == pytest.approx(step)


@pytest.mark.parametrize("text", ["", "abc", "a man", "half the men", "9" * 30, "-5"])
def test_what_is_no_number(text):
    assert number_at(text, 0, len(text)) is None


def test_letters_are_scales_only_where_asked():
    assert number_at("5m", 0, 2).value == 5
    assert number_at("5m", 0, 2, short_scales=True).value == 5e6
    assert number_at("5mm", 0, 3).end == 1


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("hundreds of billions of dollars", "hundreds of billions", 1e11, 1e12),
        ("tens of thousands of men", "tens of thousands", 1e4, 1e5),
        ("billions of euros", "billions", 1e9, 1e12),
        ("a whole lot of billions", "a whole lot of billions", 1e11, 1e12),
        ("several hundred men", "several hundred", 300, 1000),
        ("multibillion-dollar", "multibillion", 1e9, 1e12),
        ("dozens of men", "dozens", 20, 200),
    ],
)
def test_vague_plurals_are_intervals(text, words, low, high):
    number = vague_at(text, 0, len(text))
    assert text[: number.end] == words
    assert number.value is None
    assert number.low == low
    assert number.high == high


@given(st.integers(0, 10**12))
def test_digits_with_separators_keep_their_value(value):
    text = f"{value:,}"
    number = number_at(text, 0, len(text))
    assert number.value == value
    assert number.low < value < number.high


def test_words_give_value_and_step():
    assert words_value("nineteen eighty") == (1980, 1)
    assert words_value("three million two hundred") == (3000200, 1)
    assert words_value("forty thousand") == (40000, 1000)
