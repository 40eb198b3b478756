"""Outlets' accuracies: learned only from enough contested facts, families first."""

import random
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from summit_pipeline.execution.learning import Learned, write_version
from summit_pipeline.execution.learning_accuracy import (
    MIN_CONTESTED,
    accuracies_table,
    learn_accuracies,
)
from summit_pipeline.lexicons import learned as pinning
from summit_pipeline.reconcile import outlet_accuracies as in_use


def votes(facts: int) -> pl.DataFrame:
    """Four outlets, two of which print the same; half of the facts are contested."""
    dice = random.Random(11)
    rows = []
    for number in range(facts):
        fact = f"fact {number}"
        wrong = dice.choice(["Careless", "Twin"]) if number % 2 else None
        for outlet in ("Careful", "Sound", "Careless", "Twin"):
            value = "other" if wrong and outlet in ("Careless", "Twin") else "true"
            rows.append((outlet, fact, "money", f"{fact} {value}"))
    return pl.DataFrame(rows, ("source", "object", "attribute", "value"), orient="row")


def test_nothing_is_learned_below_enough_contested_facts() -> None:
    learned = learn_accuracies(votes(2 * MIN_CONTESTED - 2))
    assert learned.rows.is_empty()
    assert learned.contested_facts == learned.most_contested == MIN_CONTESTED - 1


def test_nothing_is_learned_from_agreement_or_nothing() -> None:
    agreeing = votes(200).filter(~pl.col("source").is_in(["Careless", "Twin"]))
    for table in (agreeing, agreeing.clear()):
        assert learn_accuracies(table).rows.is_empty()


def test_twins_are_one_family_with_one_accuracy() -> None:
    learned = learn_accuracies(votes(400))
    rows = {outlet: (family, accuracy) for outlet, family, accuracy, _ in learned.rows.iter_rows()}
    assert rows["Twin"] == rows["Careless"]
    assert rows["Twin"][0] == "Careless"


@pytest.fixture
def pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A run that pins a version learned from 400 facts."""
    tables = {pinning.OUTLET_ACCURACIES: accuracies_table(learn_accuracies(votes(400)))}
    place = write_version(Learned({}, 0, 0, "0\n"), tmp_path, tables)
    monkeypatch.setenv(pinning.VARIABLE, str(place))
    _forget()
    yield place
    _forget()


def _forget() -> None:
    in_use.outlet_accuracies.cache_clear()
    in_use._voters.cache_clear()


def test_a_run_that_pins_a_version_uses_it(pinned: Path) -> None:
    found = {row.outlet: row for row in in_use.outlet_accuracies()}
    assert found["Twin"].family == "Careless"
    assert found["Twin"].learned_version == pinned.name
    assert found["Twin"].contested_count == 200
    assert in_use.voter_of("Twin") == in_use.voter_of("Careless")
    assert in_use.voter_of("Unheard Of") == in_use.Voter("Unheard Of", 1.0)


def test_other_accuracies_are_another_version(tmp_path: Path) -> None:
    learned = Learned({}, 0, 0, "0\n")
    table = accuracies_table(learn_accuracies(votes(400)))
    one = write_version(learned, tmp_path, {pinning.OUTLET_ACCURACIES: table})
    assert one == write_version(learned, tmp_path, {pinning.OUTLET_ACCURACIES: table})
    assert one != write_version(learned, tmp_path)


def test_without_a_version_everybody_has_the_prior(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(pinning.VARIABLE, raising=False)
    _forget()
    assert in_use.outlet_accuracies() == ()
    assert in_use.voter_of("Careful") == in_use.Voter("Careful", 1.0)
    _forget()
