"""One run of the main job on the seeds, shared by all tests of this folder."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]

Summit = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def summit() -> Summit:
    """Runs the command as a user does, in a process of its own."""

    def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "summit_pipeline.cli.main", *words, "--data", str(data)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=os.environ,
            timeout=300,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory, summit: Summit) -> Path:
    """The data folder after one run; `printed.txt` in it is what the run printed."""
    folder = tmp_path_factory.mktemp("data")
    done = summit(folder, "run")
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "printed.txt").write_text(done.stdout)
    return folder


@pytest.fixture(scope="module")
def con(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file as it is when a test module starts."""
    with duckdb.connect(str(data / "summit.duckdb"), read_only=True) as connection:
        yield connection
