"""sources.toml: mistakes are told with file, line and remedy."""

from pathlib import Path

import pytest

from summit_pipeline.ingest.sources import (
    SourceError,
    chosen_sources,
    read_sources,
    sources_from_inputs,
)
from summit_pipeline.ingest.watching import watched_files

GOOD = '[[source]]\nname = "a"\npath = "x"\n\n[[source]]\nname = "b"\npath = "y"\nenabled = false\n'


def write(tmp_path: Path, text: str) -> Path:
    (tmp_path / "sources.toml").write_text(text)
    return tmp_path / "sources.toml"


def test_paths_are_meant_from_the_file(tmp_path: Path) -> None:
    first, second = read_sources(write(tmp_path, GOOD))
    assert first.path == tmp_path / "x"
    assert chosen_sources((first, second), []) == (first,)
    assert chosen_sources((first, second), ["b"]) == (second,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[source]]\nname = "a"\n', "sources.toml:1: a source needs path"),
        (GOOD.replace('"b"', '"a"'), "sources.toml:5: a second source is named 'a'"),
        (GOOD + "colour = 1\n", "sources.toml:5: unknown key 'colour'"),
        (GOOD.replace("false", '"no"'), "sources.toml:5: enabled = true or false"),
        (GOOD + 'kind = "ftp"\n', "sources.toml:5: kind = 'ftp'"),
        (GOOD + 'columns = { body = "text" }\n', "'body' is none of"),
        ('[source]\nname = "a"\n', "[[source]]"),
        ("[[source]\n", "not valid TOML"),
    ],
)
def test_mistakes_name_place_and_remedy(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SourceError) as error:
        read_sources(write(tmp_path, text))
    assert told in str(error.value)


def test_a_missing_file_and_unknown_names_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_sources(tmp_path / "none.toml")
    with pytest.raises(SourceError, match="no such file or folder"):
        sources_from_inputs(["nothing"], tmp_path)
    with pytest.raises(SourceError, match="no source 'c'"):
        chosen_sources(read_sources(write(tmp_path, GOOD)), ["c"])


def test_two_ways_to_name_a_folder_are_one_source(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert sources_from_inputs(["in"], tmp_path) == sources_from_inputs(["./in/"], tmp_path)


def test_watching_sees_new_and_changed_files_only(tmp_path: Path) -> None:
    text = GOOD + "watch = true\n"
    sources = read_sources(write(tmp_path, text))
    assert watched_files(sources).sources == ()
    (tmp_path / "y").mkdir()
    (tmp_path / "y" / "n.txt").write_text("one")
    first = watched_files(sources)
    assert first.sources == ("b",)
    assert watched_files(sources) == first
    (tmp_path / "y" / "n.txt").write_text("one more")
    assert watched_files(sources).digest != first.digest
