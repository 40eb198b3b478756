"""Lines decoded wrongly once or twice, by several encodings: repaired, with exact offsets."""

import pytest

from summit_pipeline.normalise.mojibake import repair
from summit_pipeline.text.layers import apply_edits

SENTENCES = (
    "The café’s owner – a naïve façade – said “no” to €5.",
    "Señor Müller’s “piñata” cost £20, he said…",
    "Zürich and Kraków signed; Ångström’s “naïveté” grew.",
)
ENCODINGS = ("latin-1", "cp1250", "mac_roman", "cp437", "cp1251", "iso8859-2")


def damaged(text: str, encoding: str, times: int) -> str | None:
    """The text wrongly decoded so often; None where the encoding can't hold the bytes."""
    try:
        for _ in range(times):
            text = text.encode("utf-8").decode(encoding)
    except UnicodeError:
        return None
    return text


CASES = [
    pytest.param(sentence, broken, id=f"{encoding}-{times}-{number}")
    for encoding in ENCODINGS
    for times in (1, 2)
    for number, sentence in enumerate(SENTENCES)
    if (broken := damaged(sentence, encoding, times)) is not None
]


@pytest.mark.parametrize(("sentence", "broken"), CASES)
def test_a_damaged_line_is_repaired_and_its_neighbours_stay(sentence: str, broken: str) -> None:
    text = f"Plain line.\n{broken}\nAnother “good” – line."
    edits, findings = repair(text)
    layer = apply_edits(text, edits)
    assert layer.text == f"Plain line.\n{sentence}\nAnother “good” – line."
    assert {f.kind for f in findings} == {"mojibake"}
    for at in range(len(layer.text)):
        span = layer.to_raw(at, at + 1)
        back = layer.to_clean(span.start, span.end)
        assert 0 <= span.start < span.end <= len(text)
        assert back is not None
        assert back.start <= at < back.end
