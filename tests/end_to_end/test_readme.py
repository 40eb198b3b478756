"""README and docs/queries.md tell the truth: their questions have the answers that they print.

After a wanted change: UPDATE_README=1 pytest tests/end_to_end/test_readme.py; review the diff.
"""

import io
import os
import re
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from summit_pipeline.cli.query import print_table

README = Path(__file__).parents[2] / "README.md"
QUESTION = re.compile(r"```sql\n(?P<sql>.*?)```\n\n```text\n(?P<answer>.*?)```", re.DOTALL)


def answered(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    """What `summit query` prints, without blanks at the ends of lines."""
    relation = con.sql(sql)
    console = Console(file=io.StringIO(), width=112)
    print_table(console, relation.columns, relation.fetchall())
    lines = [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]
    return "\n".join(line for line in lines if line) + "\n"


@pytest.mark.parametrize(
    ("page", "at_least"), [(README, 12), (README.parent / "docs/queries.md", 10)]
)
def test_every_answer_is_the_one_that_is_given(
    con: duckdb.DuckDBPyConnection, page: Path, at_least: int
) -> None:
    text = page.read_text()
    if os.environ.get("UPDATE_README"):
        text = QUESTION.sub(
            lambda m: f"```sql\n{m['sql']}```\n\n```text\n{answered(con, m['sql'])}```", text
        )
        page.write_text(text)
    questions = list(QUESTION.finditer(text))
    assert len(questions) >= at_least
    for question in questions:
        assert question["answer"] == answered(con, question["sql"]), question["sql"]


def test_the_excerpt_of_the_output_is_real(data: Path) -> None:
    shown = re.search(r"```text\n(.*?)```", README.read_text(), re.DOTALL)
    assert shown
    printed = {line.strip() for line in (data / "printed.txt").read_text().splitlines()}
    lines = [line.strip() for line in shown[1].splitlines()]
    # The path of the file is that of `make run`; the rest is word for word.
    told = [line for line in lines if line and line != "..." and not line.startswith("Published")]
    assert len(told) > 15
    assert [line for line in told if line not in printed] == []


def test_links_lead_somewhere() -> None:
    for page in (README, *README.parent.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("command", ["make run", "make test", "make dev"])
def test_the_commands_are_targets(command: str) -> None:
    makefile = (README.parent / "Makefile").read_text()
    assert f"\n{command.removeprefix('make ')}:" in makefile
