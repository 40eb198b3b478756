"""`summit explain` and `summit review` on the seeds."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, Summit

CONTRADICTION = "SELECT disagreement_id FROM marts.disagreements WHERE relation = 'contradiction'"


@pytest.fixture(scope="module")
def copied(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that reviews may change."""
    folder = tmp_path_factory.mktemp("reviewed") / "data"
    shutil.copytree(data, folder, symlinks=True)
    return folder


def asked(data: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(data / "summit.duckdb"), read_only=True) as con:
        return con.sql(sql).fetchall()


def the_contradiction(data: Path) -> str:
    return str(asked(data, CONTRADICTION)[0][0])


def test_a_contradiction_is_explained_down_to_the_characters(data: Path, summit: Summit) -> None:
    done = summit(data, "explain", the_contradiction(data)[:6])
    assert done.returncode == 0, done.stderr
    told = " ".join(done.stdout.split())
    assert "rule values_exclude" in told
    assert "Nippon Metal’s blocked $14.9 billion try and take over US Metal" in told
    for locator, start, end, text in asked(
        data,
        "SELECT d.locator, c.start_char, c.end_char, d.raw_text FROM marts.claims c "
        "JOIN marts.documents d USING (document_id) "
        f"WHERE c.value_text LIKE '$14.%' AND c.fact_id IN (SELECT fact_a FROM ({CONTRADICTION}) "
        "JOIN marts.disagreements USING (disagreement_id))",
    ):
        assert f"{locator} characters {start}-{end}" in told
        assert str(text)[int(str(start)) : int(str(end))] in told


def test_the_readme_shows_real_output(data: Path, summit: Summit) -> None:
    readme = (ROOT / "README.md").read_text()
    shown = re.search(r"```console\n\$ summit explain (\w+)\n(.*?)\n\.\.\.\n```", readme, re.DOTALL)
    assert shown
    told = summit(data, "explain", shown[1]).stdout
    assert shown[2].split() == told.split()[: len(shown[2].split())]


def test_every_fact_and_disagreement_can_be_explained(data: Path) -> None:
    from summit_pipeline.report.explaining import explain
    from summit_pipeline.report.subjects import Subject

    with duckdb.connect(str(data / "summit.duckdb"), read_only=True) as con:
        facts = con.sql("SELECT fact_id FROM marts.facts").fetchall()
        differing = con.sql("SELECT disagreement_id FROM marts.disagreements").fetchall()
        assert len(facts) > 50
        for (fact_id,) in facts:
            found = explain(con, Subject("fact", fact_id))
            assert found.values[0].stance == "chosen"
            assert found.values[0].claims
        for (disagreement_id,) in differing:
            found = explain(con, Subject("disagreement", disagreement_id))
            assert len(found.values) == 2
            assert found.pairs


def test_an_unknown_id_is_told_with_near_ones_and_a_remedy(data: Path, summit: Summit) -> None:
    real = the_contradiction(data)
    wrong = real[:-1] + ("0" if real[-1] != "0" else "1")
    done = summit(data, "explain", wrong)
    assert done.returncode == 2
    assert real in done.stderr
    assert "summit query" in done.stderr


def test_a_review_needs_a_reason(copied: Path, summit: Summit) -> None:
    done = summit(copied, "review", the_contradiction(copied), "--dismiss")
    assert done.returncode == 2
    assert "Say why" in done.stdout


def test_a_review_shows_at_once_and_survives_a_run(copied: Path, summit: Summit) -> None:
    reviewed = the_contradiction(copied)
    done = summit(copied, "review", reviewed, "--dismiss", "one of them [bold]with debt[/bold]")
    assert done.returncode == 0, done.stderr
    assert "Published" in done.stdout
    verdict = f"SELECT review FROM marts.disagreements WHERE disagreement_id = '{reviewed}'"
    assert asked(copied, verdict) == [("dismissed",)]
    assert "[bold]with debt[/bold]" in summit(copied, "explain", reviewed).stdout
    again = summit(copied, "run")
    assert again.returncode == 0, again.stdout
    assert asked(copied, verdict) == [("dismissed",)]
    assert "1 contradicted, 1 reviewed" in again.stdout
    assert "(reviewed: dismissed)" in again.stdout
