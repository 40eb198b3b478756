"""The terms of articles, and the shipped table of their frequencies."""

import pytest

from summit_pipeline.lexicons.document_frequencies import load_document_frequencies, parse
from summit_pipeline.reconcile.grouping import story_terms
from summit_pipeline.reconcile.grouping.tfidf import article_vector


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trump's tariffs", ["trump", "tariff"]),
        ("Trump’s U.S. visit", ["trump", "u.s", "visit"]),
        ("the bus crisis", ["the", "bus", "crisis"]),
        ("$14.1bn, 1,500 jobs", ["14.1", "bn", "1,500", "job"]),
        ("Ärzte_in Köln", ["ärzte", "in", "köln"]),
        ("", []),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert story_terms.words(text) == expected


def test_pairs_pass_over_common_words() -> None:
    assert story_terms.pairs(["bank", "of", "japan"], {"of"}) == ["bank japan"]


def test_names_and_numbers_are_what_survives_translation() -> None:
    found = story_terms.names_and_numbers("Le pape François a vu 1.500 évêques à Rome.")
    assert found == ["le", "françois", "1500", "rome"]


def test_the_table_knows_common_and_rare_words() -> None:
    table = load_document_frequencies()
    assert table.by_term["the"] > 0.9 * table.articles
    assert 0 < table.by_term["earthquake"] < 0.05 * table.articles
    assert min(table.by_term.values()) >= 20


def test_a_table_without_its_total_is_refused() -> None:
    with pytest.raises(ValueError, match="number of articles"):
        parse("the\t5\n")


def test_vectors_have_length_one_and_rare_terms_weigh_more() -> None:
    vector = article_vector("", "The earthquake hit the bank")
    assert sum(weight * weight for weight in vector.values()) == pytest.approx(1.0, abs=1e-4)
    assert vector["earthquake"] > vector["bank"]
    assert "the" not in vector
