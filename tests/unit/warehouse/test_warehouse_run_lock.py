"""One run at a time in a data folder; a killed one blocks nobody and is not forgotten."""

import subprocess
import sys
from pathlib import Path

import pytest

from summit_pipeline.warehouse.run_lock import RunInProgressError, left_over_run, only_run

HOLD = """
import sys
from pathlib import Path
from summit_pipeline.warehouse.run_lock import only_run
with only_run(Path(sys.argv[1]), "run-of-another", 1):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_is_refused_with_the_first_one_and_a_remedy(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        with (
            pytest.raises(RunInProgressError) as refused,
            only_run(tmp_path, "mine", wait_seconds=0.3),
        ):
            pass
        assert left_over_run(tmp_path) is None
        assert other.stdin is not None
        other.stdin.close()
    assert f"run run-of-another (process {other.pid}) is at work" in str(refused.value)
    assert "Wait until it has finished" in str(refused.value)


def test_it_waits_for_a_run_that_ends_in_time(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        assert other.stdin is not None
        other.stdin.close()
        with only_run(tmp_path, "mine", wait_seconds=30) as left_over:
            assert left_over is None


def test_a_killed_run_is_told_to_the_next(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        other.kill()
    with only_run(tmp_path, "mine", wait_seconds=0) as left_over:
        assert left_over == "run-of-another"
    assert left_over_run(tmp_path) is None


def test_a_killed_run_is_told_once_to_who_asks(tmp_path: Path) -> None:
    assert left_over_run(tmp_path) is None
    with holder(tmp_path) as other:
        other.kill()
    assert left_over_run(tmp_path) == "run-of-another"
    assert left_over_run(tmp_path) is None


def test_a_run_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="step"), only_run(tmp_path, "mine", 0):
        raise ValueError("a step failed")
    assert left_over_run(tmp_path) is None
