"""What the sound texts of a story write, asked for each of its documents without that one."""

import pytest

from summit_pipeline.reconcile.damage.neighbour_words import neighbours
from summit_pipeline.reconcile.damage.witnesses import PairCounts, Witnesses

TEXTS = [
    neighbours(text)
    for text in (
        "He spoke in the Oval Office on Friday. The OVAL Office was full.",
        "They met in the Oval Office. It was the Oval Office's first guest.",
        "She left the Oval Room after the talks in the Oval Office.",
        "He saw the Oval Room and the oval workplace.",
    )
]
COUNTS = PairCounts(TEXTS)
PAIRS = sorted({pair for text in TEXTS for pair in text.pairs})


@pytest.mark.parametrize("own", [None, 0, 1, 2, 3])
def test_answers_are_those_of_the_other_texts_alone(own: int | None) -> None:
    asked = Witnesses(COUNTS, own)
    others = [text for number, text in enumerate(TEXTS) if number != own]
    alone = Witnesses(PairCounts(others), None)
    assert len(asked) == len(others)
    for pair in PAIRS:
        assert asked.count(pair) == sum(pair in text.pairs for text in others)
        for altered in (0, 1):
            word, kept = pair[altered], pair[1 - altered]
            assert len(asked.texts(word, kept, altered)) == len(alone.texts(word, kept, altered))
            assert asked.attested(kept, altered) == alone.attested(kept, altered)
            if asked.texts(word, kept, altered):
                assert asked.spelling(word, kept, altered) == alone.spelling(word, kept, altered)


def test_a_word_is_attested_where_two_others_write_it() -> None:
    assert Witnesses(COUNTS, None).attested("oval", 1) == ("office", "room")
    assert Witnesses(COUNTS, 2).attested("oval", 1) == ("office",)
    assert Witnesses(COUNTS, 1).spelling("office", "oval", 1) == "Office"
