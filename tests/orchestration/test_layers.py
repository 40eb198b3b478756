"""Packages import downwards only; what is slow is imported late."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "summit_pipeline"

BOTTOM = {"vocabulary", "rows", "text", "lexicons", "project"}
STAGES = {"ingest", "normalise", "extract", "reconcile"}
MAY_IMPORT = {
    "rows": set(),
    "vocabulary": {"rows"},
    "project": set(),
    "text": {"vocabulary", "rows", "lexicons"},
    "lexicons": set(),
    **{stage: BOTTOM for stage in STAGES},
    "warehouse": BOTTOM | STAGES,
    "sql_runner": BOTTOM | {"warehouse"},
    "expectations": BOTTOM | {"warehouse"},
    "execution": BOTTOM | STAGES | {"warehouse", "sql_runner"},
    "report": BOTTOM | {"warehouse"},
}


def imports(path: Path) -> set[str]:
    """First-level names of this package that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {n.split(".")[1] for n in names if n.startswith("summit_pipeline.")}
    return found


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_packages_import_downwards_only(part: str) -> None:
    place = PACKAGE / part
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    wrong = {
        str(file.relative_to(PACKAGE)): sorted(extra)
        for file in files
        if (extra := imports(file) - MAY_IMPORT[part] - {part})
    }
    assert wrong == {}


def loaded_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys; print(' '.join(m for m in sys.modules if '.' not in m))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    return set(done.stdout.split())


def test_definitions_load_without_great_expectations() -> None:
    loaded = loaded_after("from summit_pipeline.definitions import defs; defs()")
    assert "dagster" in loaded
    assert "great_expectations" not in loaded


def test_stages_load_without_dagster_or_a_database() -> None:
    loaded = loaded_after(
        "import summit_pipeline.normalise.pipeline, summit_pipeline.extract.pipeline, "
        "summit_pipeline.reconcile.pipeline, summit_pipeline.ingest.harvest"
    )
    assert not loaded & {"dagster", "duckdb", "great_expectations", "pandas"}
