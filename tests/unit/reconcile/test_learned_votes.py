"""Which value of a fact is chosen when something is known of those who state it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_claims import claim, source
from told_facts import Told, told

from summit_pipeline.lexicons import learned
from summit_pipeline.reconcile import outlet_accuracies as in_use

DEFICIT = "The trade deficit with Norland stood at {} in 2024, the ministry's figures show."
ACCURACIES = """outlet\tfamily\taccuracy\tcontested
Careful\tCareful\t0.95\t80
Careless\tCareless\t0.4\t60
Middling\tMiddling\t0.7\t60
Twin\tCareless\t0.4\t60
"""


@pytest.fixture(params=[False, True], ids=["nothing learned", "learned"])
def is_learned(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[bool]:
    """Whether the run pins a version that knows something of four outlets."""
    monkeypatch.delenv(learned.VARIABLE, raising=False)
    if request.param:
        (tmp_path / learned.SPUN_PAIRS).write_text("spun\toriginal\torigins\tdocuments\n")
        (tmp_path / learned.OUTLET_ACCURACIES).write_text(ACCURACIES)
        monkeypatch.setenv(learned.VARIABLE, str(tmp_path))
    _forget()
    yield request.param
    _forget()


def _forget() -> None:
    in_use.outlet_accuracies.cache_clear()
    in_use._voters.cache_clear()


def stated(**billions: float) -> Told:
    """What outlets come to of which each states a size of one deficit, in billions."""
    claims = []
    for outlet, size in billions.items():
        words = f"${size:g} billion"
        claims.append(
            claim(
                outlet, words, DEFICIT.format(words), value=size * 1e9,
                interval_low=(size - 0.05) * 1e9, interval_high=(size + 0.05) * 1e9,
                measure="trade deficit with Norland", measure_head="deficit", parties=["Norland"],
            )
        )  # fmt: skip
    sources = {outlet: source(outlet, outlet=outlet, origin=outlet) for outlet in billions}
    return told(claims, sources)


@pytest.mark.parametrize(
    ("by_outlet", "counted", "weighed"),
    [
        # One careful origin against two that are one careless family.
        ({"Careful": 14.1, "Careless": 14.9, "Twin": 14.9}, 14.9, 14.1),
        # One careful origin against a careless one and somebody of whom nothing is known.
        ({"Careful": 14.1, "Careless": 14.9, "Unknown": 14.9}, 14.9, 14.1),
        # But not against two of whom nothing is known.
        ({"Careful": 14.1, "Unknown": 14.9, "New": 14.9}, 14.9, 14.9),
        # Who is right as often as the prior says counts as if unknown.
        ({"Middling": 14.1, "Unknown": 14.9, "New": 14.9}, 14.9, 14.9),
    ],
)
def test_votes_are_weighed_by_learned_accuracies(
    is_learned: bool, by_outlet: dict[str, float], counted: float, weighed: float
) -> None:
    (fact,) = stated(**by_outlet).facts
    chosen = weighed if is_learned else counted
    assert fact.value == chosen * 1e9
    assert fact.status == "disputed"
    assert fact.origin_count == list(by_outlet.values()).count(chosen), "origins, not weights"


def test_a_family_settles_nothing_on_its_own(is_learned: bool) -> None:
    (fact,) = stated(Careless=14.1, Twin=14.1).facts
    assert fact.status == ("single_origin" if is_learned else "settled")
    assert fact.value_safe == (None if is_learned else "$14.1 billion")
    (fact,) = stated(Careless=14.1, Twin=14.1, Unknown=14.1).facts
    assert (fact.status, fact.value_safe) == ("settled", "$14.1 billion")


def test_the_weight_of_a_vote_is_that_of_the_model_in_units_of_the_prior(is_learned: bool) -> None:
    weights = {o: in_use.voter_of(o).weight for o in ("Careful", "Careless", "Middling", "Other")}
    expected = (1.666, 0.602, 1.0, 1.0) if is_learned else (1.0,) * 4
    assert tuple(weights.values()) == pytest.approx(expected, abs=0.001)
