"""Run a benchmark: python -m benchmarks NAME [--data DIR] [--predictions FILE] [--json FILE].

NAME is a module of this folder that has a `run` function, `all` runs each, `floors` runs those with
floors in floors.toml and fails where a figure falls below. The data folder is $SUMMIT_EVAL_DIR,
else ../shared/eval beside the checkout. Missing data skips a benchmark, but fails under CI=true.
"""

import argparse
import importlib
import json
import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"


def benchmark_names() -> list[str]:
    """Names of all benchmarks: the modules here that define `run`."""
    return sorted(
        path.stem
        for path in HERE.glob("*.py")
        if not path.stem.startswith(("_", "learn_")) and "\ndef run(" in path.read_text("utf-8")
    )


def data_folder(given: Path | None = None) -> Path:
    """The folder of the evaluation data."""
    if given is not None:
        return given
    from_environment = os.environ.get("SUMMIT_EVAL_DIR")
    return Path(from_environment) if from_environment else HERE.parent.parent / "shared" / "eval"


def measure(name: str, data: Path, predictions: Path | None = None) -> dict[str, float] | None:
    """Run one benchmark; None where its data is missing."""
    module = importlib.import_module(f"benchmarks.{name}")
    try:
        figures: dict[str, float] = module.run(data, predictions)
    except FileNotFoundError as error:
        print(f"{name}: skipped, no data: {error.filename}", file=sys.stderr)
        return None
    return figures


def below_floors(
    figures: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """Which pinned figures are missed: below a floor, or above a ceiling (`max_...`)."""
    missed = []
    for name, pinned in floors.items():
        for figure, bound in pinned.items():
            ceiling = figure.startswith("max_")
            measured = figures.get(name, {}).get(figure.removeprefix("max_"))
            if measured is None:
                missed.append(f"{name}.{figure}: not measured, pinned at {bound}")
            elif (measured > bound) if ceiling else (measured < bound):
                missed.append(f"{name}.{figure}: {measured:.4g}, pinned at {bound}")
    return missed


def _print(name: str, figures: Mapping[str, float]) -> None:
    print(name)
    for figure, value in figures.items():
        print(f"  {figure:<44} {value:>12,.4g}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=[*benchmark_names(), "all", "floors"])
    parser.add_argument("--data", type=Path, help="evaluation data, or one folder of its layout")
    parser.add_argument("--predictions", type=Path, help="write predictions there")
    parser.add_argument("--json", type=Path, help="write the figures there")
    options = parser.parse_args()
    data = data_folder(options.data)
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    names = {"all": benchmark_names(), "floors": list(floors)}.get(options.name, [options.name])
    figures = {}
    for name in names:
        measured = measure(name, data, options.predictions)
        if measured is not None:
            figures[name] = measured
            _print(name, measured)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    missing = [name for name in names if name not in figures]
    if missing and os.environ.get("CI") == "true":
        print(f"no data for {', '.join(missing)}, and CI=true", file=sys.stderr)
        return 1
    if options.name == "floors":
        pinned = {name: bounds for name, bounds in floors.items() if name in figures}
        missed = below_floors(figures, pinned)
        print("\n".join(missed) or "all floors hold")
        return 1 if missed else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
