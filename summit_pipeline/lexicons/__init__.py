"""Loads the lexicons: word lists, units, cues and measured confidences, kept as data files.

Belongs here: reading the files of `lexicons/data`. Does not belong here: any word of a lexicon, or
any rule that uses one. Each data file states its origin in a head comment.
"""

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any


def _read(name: str) -> str:
    return (files(__package__) / "data" / name).read_text(encoding="utf-8")


@functools.cache
def load_toml(name: str) -> dict[str, Any]:
    """A TOML lexicon by its file name (`"currencies.toml"`); read once, shared: don't change it.

    Raises:
        FileNotFoundError: if there is no such lexicon.
        tomllib.TOMLDecodeError: if the file is no TOML.
    """
    return tomllib.loads(_read(name))


@functools.cache
def load_table(name: str) -> list[dict[str, str]]:
    """A tab-separated lexicon by its file name, one dictionary a row; read once, shared.

    The first line that is neither blank nor a comment ('#') names the columns.

    Raises:
        FileNotFoundError: if there is no such lexicon.
        ValueError: if a row has not as many cells as there are columns.
    """
    try:
        return read_rows(_read(name))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def read_rows(table: str) -> list[dict[str, str]]:
    """The rows of a tab-separated table given as text.

    Raises:
        ValueError: if a row has not as many cells as there are columns.
    """
    header: list[str] | None = None
    rows: list[dict[str, str]] = []
    for number, line in enumerate(table.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
        elif len(cells) != len(header):
            raise ValueError(f"line {number}: {len(cells)} cells, expected {len(header)}")
        else:
            rows.append(dict(zip(header, cells, strict=True)))
    return rows


def confidence_table(name: str, section: str) -> Mapping[str, float]:
    """Measured confidences by rule name: one section of a `rule_confidence_*.toml` file."""
    table: Mapping[str, float] = load_toml(name).get(section, {})
    return table
