"""Inflection of verbs: which consonants double."""

import pytest

from summit_pipeline.extract.framing.lemmas import verb_forms, verb_lemma


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("opened", "open"),
        ("opening", "open"),
        ("planned", "plan"),
        ("visited", "visit"),
        ("entering", "enter"),
        ("banning", "ban"),
        ("beginning", "begin"),
        ("quitting", "quit"),
        ("admitting", "admit"),
        ("owned", "own"),
        ("fixed", "fix"),
        ("delayed", "delay"),
        ("denied", "deny"),
    ],
)
def test_form_leads_to_its_base(form: str, base: str) -> None:
    assert verb_lemma(form) == base


@pytest.mark.parametrize("form", ["openned", "visitted", "offerred", "fixxed", "owwned"])
def test_no_consonant_is_doubled_that_stays_single(form: str) -> None:
    assert form not in verb_forms()
