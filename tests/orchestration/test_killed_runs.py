"""A run that is killed anywhere leaves nothing half done: the next one makes the same tables.

`python -m benchmarks kills` does the same at 20 points.
"""

import pytest

from benchmarks.kills import Trial


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(tmp_path_factory.mktemp("trial"))


# Reading and storing; the stages after; publishing.
@pytest.mark.parametrize("share", [0.08, 0.5, 0.99])
def test_a_killed_run_is_made_good_by_the_next(trial: Trial, share: float) -> None:
    assert trial.recovers(round(share * trial.number_of_points))
