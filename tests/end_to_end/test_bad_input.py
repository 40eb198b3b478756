"""Bad input and broken tables: told clearly, cost nothing else, publish nothing wrong."""

import json
from pathlib import Path

import duckdb
import pytest
from conftest import Summit

ARTICLE = (
    "Council approves $12 million bridge\n\nSPRINGFIELD - The city council approved a $12 million "
    "bridge over the Elm river on Tuesday, officials said. “We have waited nine years for this "
    "bridge,” Mayor Anna Holt said after the vote. About 300 residents attended the meeting.\n"
)


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which most things are wrong."""
    folder = tmp_path_factory.mktemp("messy")
    (folder / "good.txt").write_text(ARTICLE)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "latin.txt").write_bytes("Café closed — São Paulo\n\nNothing else.".encode("cp1252"))
    (folder / "french.txt").write_text(
        "Le conseil municipal a approuvé mardi un pont de 12 millions de dollars sur la rivière. "
        "Les habitants attendaient ce pont depuis neuf ans, a déclaré le maire après le vote."
    )
    nasty = (
        "'); DROP TABLE documents; -- {{ x }} %s [a](javascript:b) <script>\x00\u202e$4.41\u202c bn"
    )
    lines = [
        json.dumps({"guid": "1", "title": nasty, "text": ARTICLE, "source": "=cmd()"}),
        '{"guid": "2", "text": ',
        json.dumps({"guid": "3", "title": "no text"}),
        json.dumps({"guid": "4", "text": nasty * 50}),
    ]
    (folder / "feed.jsonl").write_text("\n".join(lines))
    return folder


@pytest.fixture(scope="module")
def ran(messy: Path, tmp_path_factory: pytest.TempPathFactory, summit: Summit) -> tuple[Path, str]:
    """The data folder after a run on it, and what was printed."""
    data = tmp_path_factory.mktemp("messy-data")
    done = summit(data, "run", str(messy))
    assert done.returncode == 0, done.stdout + done.stderr
    return data, done.stdout + done.stderr


def test_everything_seen_is_accounted_for(ran: tuple[Path, str]) -> None:
    with duckdb.connect(str(ran[0] / "summit.duckdb"), read_only=True) as con:
        ((seen, new, quarantined, skipped),) = con.sql(
            "SELECT seen, new, quarantined, skipped FROM ops.runs"
        ).fetchall()
        reasons = dict(con.sql("SELECT locator, reason FROM ops.quarantine").fetchall())
        documents = {row[0] for row in con.sql("SELECT locator FROM marts.documents").fetchall()}
    assert (seen, new, quarantined, skipped) == (10, 5, 4, 1)
    assert reasons == {
        "empty.txt": "file.empty",
        "picture.txt": "extract.not_text",
        "feed.jsonl#2": "parse.bad_line",
        "feed.jsonl#3": "parse.no_text",
    }
    assert documents == {"good.txt", "latin.txt", "french.txt", "1", "4"}


def test_what_is_wrong_is_printed_with_its_remedy(ran: tuple[Path, str]) -> None:
    printed = ran[1]
    assert "feed.jsonl#2: not valid JSON" in printed
    assert "Traceback" not in printed
    assert "\u202e" not in printed
    assert "\x00" not in printed


def test_other_languages_are_kept_and_not_read(ran: tuple[Path, str]) -> None:
    with duckdb.connect(str(ran[0] / "summit.duckdb"), read_only=True) as con:
        rows = con.sql(
            "SELECT d.language, d.text_grade, count(c.claim_id) FROM marts.documents d "
            "LEFT JOIN marts.claims c USING (document_id) WHERE d.locator = 'french.txt' "
            "GROUP BY ALL"
        ).fetchall()
    assert rows == [("fr", "not_judged", 0)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "no-such-folder"], "no-such-folder: there is no such file or folder"),
        (["run", "--sources", "no-such.toml"], "there is no such file"),
        (["query", "SELECT 1"], "summit run"),
    ],
)
def test_mistakes_of_the_user_are_told_in_a_sentence(
    tmp_path: Path, summit: Summit, words: list[str], told: str
) -> None:
    done = summit(tmp_path, *words)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_table_that_breaks_its_promise_is_not_published(
    ran: tuple[Path, str], messy: Path, summit: Summit
) -> None:
    data = ran[0]
    before = (data / "summit.duckdb").resolve()
    with duckdb.connect(str(data / "working.duckdb")) as con:
        con.execute(
            "UPDATE extract.claims SET start_char = start_char + 1, end_char = end_char + 1"
        )
    done = summit(data, "run", str(messy))
    assert done.returncode == 1
    assert "offsets slice its words" in " ".join(done.stdout.split())
    assert (data / "summit.duckdb").resolve() == before
