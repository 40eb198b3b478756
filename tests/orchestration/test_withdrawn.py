"""A document that is withdrawn: seen in the marts, heard on nothing, until it is back."""

import json
from datetime import timedelta
from pathlib import Path

import duckdb
from test_any_order import START, run, warehouse

from summit_pipeline.warehouse.documents import take_back, withdraw

BODY = {
    "one": "The budget deficit of Hartwell stood at $120 million in 2023, its treasurer told the "
    "council of Hartwell on Saturday.",
    "two": "The council of Hartwell met on Saturday. The budget deficit of Hartwell stood at $135 "
    "million in 2023, its treasurer said.",
    "three": "On Saturday the treasurer spoke to the council of Hartwell. The budget deficit of "
    "Hartwell stood at $135 million in 2023.",
}
COST = """
SELECT f.value, f.status, f.document_count, f.outlet_count, f.origin_count FROM marts.facts f
WHERE f.kind = 'money'
"""
VOTES = """
SELECT d.locator, c.relation_to_fact FROM marts.claims c JOIN marts.documents d USING (document_id)
WHERE c.kind = 'money' ORDER BY 1
"""


def _document(con: duckdb.DuckDBPyConnection, locator: str) -> str:
    found = con.sql(f"SELECT document_id FROM marts.documents WHERE locator = '{locator}'")
    return str(found.fetchall()[0][0])


def test_a_withdrawn_document_votes_no_more_until_it_is_back(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    lines = [
        {
            "guid": name,
            "title": "Hartwell council hears of its budget deficit",
            "source": f"{name}.example",
            "text": text,
            "published_at": "2024-05-04",
        }
        for name, text in BODY.items()
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with warehouse(tmp_path / "data") as con:
        assert run(con, [file], 0) == 1
        before = con.sql(COST).fetchall()
        assert before == [(135e6, "disputed", 2, 2, 2)]
        assert [vote for _, vote in con.sql(VOTES).fetchall()] == ["opposes", *["supports"] * 2]

        for number, name in enumerate(("two", "three"), start=1):
            at = START + timedelta(hours=number)
            withdraw(con, _document(con, name), "asked by its author", at)
            assert run(con, [file], number) == 1, "the story is worked off again"
        assert con.sql(COST).fetchall() == [(120e6, "single_origin", 1, 1, 1)]
        assert [vote for _, vote in con.sql(VOTES).fetchall()] == ["supports", *["no_vote"] * 2]
        relations = con.sql("SELECT DISTINCT relation FROM marts.disagreements").fetchall()
        assert ("contradiction",) not in relations
        assert run(con, [file], 3) == 0, "nothing has changed since"

        for name in ("two", "three"):
            take_back(con, _document(con, name), START + timedelta(hours=4))
        assert run(con, [file], 5) == 1
        assert con.sql(COST).fetchall() == before
