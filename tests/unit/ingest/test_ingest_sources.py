"""sources.toml: mistakes are told with file, line and remedy."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from summit_pipeline.ingest.sources import (
    SourceError,
    chosen_sources,
    read_sources,
    sources_from_inputs,
)
from summit_pipeline.ingest.watching import due_sources

GOOD = '[[source]]\nname = "a"\npath = "x"\n\n[[source]]\nname = "b"\npath = "y"\nenabled = false\n'


FETCHED = '[[source]]\nname = "a"\nkind = "feed"\nurl = "https://a.example/"\n'


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
        (GOOD.replace('"b"', '"a"'), "sources.toml:6: a second source is named 'a'; rename it"),
        (GOOD + "colour = 1\n", "sources.toml:9: unknown key 'colour'"),
        (GOOD.replace("false", '"no"'), "sources.toml:8: enabled = 'no': write true or false"),
        (GOOD + 'kind = "ftp"\n', "sources.toml:9: kind = 'ftp': write one of kind = \"folder\""),
        (GOOD + 'kind = "page"\n', 'sources.toml:9: kind = "page" needs url = "https://..."'),
        (GOOD + 'kind = ["feed"]\n', "sources.toml:9: kind = ['feed']: write one of"),
        (
            GOOD + 'columns = { body = "text" }\n',
            "sources.toml:9: columns = {'body': 'text'}: it maps",
        ),
        (GOOD + "outlet = 7\n", "sources.toml:9: outlet = 7: write a text"),
        (GOOD + 'language = "English"\n', "sources.toml:9: language = 'English': write its code"),
        (GOOD + 'date_order = "ymd"\n', "sources.toml:9: date_order = 'ymd': write \"dmy\" where"),
        (GOOD + "fetch_pages = true\n", "sources.toml:9: fetch_pages: "),
        (GOOD + "fetch_pages = 1\n", "sources.toml:9: fetch_pages = 1: write true or false"),
        (
            GOOD + "interval_minutes = 60\n",
            "sources.toml:9: interval_minutes: only a source with a url",
        ),
        (FETCHED.replace("https", "ftp"), "sources.toml:4: url = 'ftp://a.example/': write"),
        (FETCHED.replace("//a", "//u:p@a"), "without a password"),
        (FETCHED.replace("example/", "example:8080/"), "sources.toml:4: only ports 80 and 443"),
        (FETCHED + "ports = 8080\n", "sources.toml:5: ports = 8080: write numbers in brackets"),
        (FETCHED + 'ports = ["8080"]\n', "write numbers in brackets"),
        (GOOD + "ports = [8080]\n", "sources.toml:9: ports: only a source with a url is fetched"),
        (
            FETCHED + "interval_minutes = 1\n",
            "sources.toml:5: interval_minutes = 1: write a number",
        ),
        (FETCHED + "interval_minutes = true\n", "from 10 to 10080"),
        (FETCHED + 'path = "x"\n', "sources.toml:5: a source has a path or a url"),
        (FETCHED + "watch = true\n", "sources.toml:5: an address is not watched"),
        (FETCHED.replace("feed", "dump"), 'sources.toml:3: kind = "dump" with a url: write'),
        ('source = [{ name = "a" }]\n', "sources.toml:0: a source needs path"),
        ('[source]\nname = "a"\n', "[[source]]"),
        ("[[source]\n", "not valid TOML"),
    ],
)
def test_mistakes_name_place_and_remedy(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SourceError) as error:
        read_sources(write(tmp_path, text))
    assert told in str(error.value)


def test_all_that_a_fetched_source_can_say(tmp_path: Path) -> None:
    text = FETCHED + 'outlet = "A"\nlanguage = "en"\ndate_order = "dmy"\nlicence = "ours"\n'
    (source,) = read_sources(write(tmp_path, text + "fetch_pages = true\ninterval_minutes = 30\n"))
    assert (source.kind, source.url, source.outlet, source.language, source.date_order) == (
        "feed", "https://a.example/", "A", "en", "dmy",
    )  # fmt: skip
    assert (source.licence, source.fetch_pages, source.interval_minutes) == ("ours", True, 30)
    (told,) = read_sources(write(tmp_path, FETCHED.replace('kind = "feed"\n', "")))
    assert told.kind == "address"


def test_a_port_is_allowed_where_a_person_names_it(tmp_path: Path) -> None:
    text = FETCHED.replace("example/", "example:8080/") + "ports = [8080]\n"
    (source,) = read_sources(write(tmp_path, text))
    assert source.ports == (8080,)
    named = sources_from_inputs(["https://a.example:8080/", "https://a.example:443/"], tmp_path)
    assert [source.ports for source in named] == [(8080,), ()]


def test_an_address_can_be_named_directly(tmp_path: Path) -> None:
    (source,) = sources_from_inputs(["https://www.a.example/news/?utm_source=x"], tmp_path)
    assert (source.kind, source.url) == ("address", "https://www.a.example/news/?utm_source=x")
    (again,) = sources_from_inputs(["http://a.example/news"], tmp_path)
    assert again.name == source.name == "https://a.example/news"
    one, other = sources_from_inputs([f"https://a.example/{'x' * 300}{n}" for n in "12"], tmp_path)
    assert one.name != other.name


@pytest.mark.parametrize("text", ["ftp://a.example/x", "https://u:p@a.example/", "https://"])
def test_an_address_that_cannot_be_fetched_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError) as error:
        sources_from_inputs([text], tmp_path)
    assert str(error.value).startswith(f"{text}: is no address that can be fetched; write https://")


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


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace('"x"', "7") + 'kind = "ftp"\nwatch = 1\n' + FETCHED + "interval_minutes = 1\n"
    )
    with pytest.raises(SourceError) as error:
        read_sources(write(tmp_path, text))
    places = [
        line.removeprefix(str(tmp_path)).split(" ")[0] for line in str(error.value).split("\n")
    ]
    assert places == [f"/sources.toml:{line}:" for line in (3, 9, 10, 15, 12)]


def test_watching_sees_new_and_changed_files_only(tmp_path: Path) -> None:
    sources = read_sources(write(tmp_path, GOOD + "watch = true\n"))

    def new(known: Mapping[str, str]) -> Mapping[str, str]:
        return due_sources(sources, {}, known, datetime(2025, 2, 7)).files

    assert new({}) == {}
    (tmp_path / "y").mkdir()
    (tmp_path / "y" / "n.txt").write_text("one")
    first = new({})
    assert set(first) == {"b"}
    assert new(first) == {}
    (tmp_path / "y" / "n.txt").write_text("one more")
    assert set(new(first)) == {"b"}
