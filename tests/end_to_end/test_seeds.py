"""One run of the main job on the seeds, and what a reader must find in the published file.

The numbers 000 ... 004 are the prefixes of the articles' file names.
"""

import json
from pathlib import Path

import duckdb
from conftest import ROOT, Summit


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return con.sql(sql).fetchall()


SEED = "left(d.locator, 3)"


def test_one_story_of_five_documents(con: duckdb.DuckDBPyConnection) -> None:
    assert rows(con, "SELECT document_count, outlet_count FROM marts.stories") == [(5, 5)]


def test_only_001_is_spun(con: duckdb.DuckDBPyConnection) -> None:
    grades = dict(rows(con, f"SELECT {SEED}, text_grade FROM marts.documents d"))
    assert grades.pop("001") == "spun"
    assert set(grades.values()) == {"clean"}


def test_damaged_names_are_found_with_what_was_probably_written(
    con: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        con,
        f"SELECT DISTINCT {SEED}, i.text, i.suggestion FROM marts.text_issues i "
        "JOIN marts.documents d USING (document_id) WHERE i.kind = 'name_damage'",
    )
    assert {seed for seed, *_ in found} == {"001"}
    pairs = {(text, suggestion) for _, text, suggestion in found}
    assert {
        ("White Home", "White House"),
        ("Oval Workplace", "Oval Office"),
        ("Nippon Metal", "Nippon Steel"),
    } <= pairs


def test_the_bids_value_is_the_only_contradiction(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con,
        "SELECT least(number_a, number_b), greatest(number_a, number_b), severity "
        "FROM marts.disagreements WHERE relation = 'contradiction'",
    )
    assert found == [(14.1e9, 14.9e9, "error")]


def test_the_bids_value_is_disputed_with_both_values(con: duckdb.DuckDBPyConnection) -> None:
    values = rows(
        con,
        "SELECT f.status, v.value, v.stance FROM marts.facts f JOIN marts.fact_values v "
        "USING (fact_id) WHERE f.fact_id IN (SELECT fact_a FROM marts.disagreements "
        "WHERE relation = 'contradiction') ORDER BY v.rank",
    )
    assert [status for status, *_ in values] == ["disputed"] * 2
    assert {value for _, value, _ in values} == {14.1e9, 14.9e9}


def relations_of_amounts(con: duckdb.DuckDBPyConnection) -> set[tuple[object, ...]]:
    return set(
        rows(
            con,
            "SELECT least(a.value, b.value), greatest(a.value, b.value), r.relation "
            "FROM marts.relations r JOIN marts.claims a ON a.claim_id = r.claim_a "
            "JOIN marts.claims b ON b.claim_id = r.claim_b "
            "WHERE r.kind = 'money' AND a.document_id <> b.document_id",
        )
    )


def test_the_deficit_is_rounded_and_last_years_is_another_fact(
    con: duckdb.DuckDBPyConnection,
) -> None:
    found = relations_of_amounts(con)
    assert (68e9, 68.5e9, "rounding") in found
    assert {relation for low, high, relation in found if high == 71.6e9} == {"scope_differs"}
    facts = rows(
        con,
        "SELECT DISTINCT fact_id, value FROM marts.claims "
        "WHERE value IN (68e9, 68.5e9, 71.6e9) AND fact_id IS NOT NULL",
    )
    fact_of = {value: fact for fact, value in facts}
    assert fact_of[68e9] == fact_of[68.5e9] != fact_of[71.6e9]


def test_the_deficits_fact_counts_origins(con: duckdb.DuckDBPyConnection) -> None:
    ((documents, origins),) = rows(
        con,
        "SELECT DISTINCT f.document_count, f.origin_count FROM marts.facts f "
        "JOIN marts.claims c USING (fact_id) WHERE c.value = 68e9 AND c.kind = 'money'",
    )
    assert documents == 4
    assert origins == 4


def test_the_bids_state_goes_from_blocked_to_dropped(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con,
        "SELECT left(da.locator, 3), left(db.locator, 3), a.canonical, b.canonical "
        "FROM marts.relations r "
        "JOIN marts.claims ca ON ca.claim_id = r.claim_a "
        "JOIN marts.claims cb ON cb.claim_id = r.claim_b "
        "JOIN (SELECT claim_id, value_text AS canonical FROM marts.claims) a "
        "  ON a.claim_id = r.claim_a "
        "JOIN (SELECT claim_id, value_text AS canonical FROM marts.claims) b "
        "  ON b.claim_id = r.claim_b "
        "JOIN marts.documents da ON da.document_id = ca.document_id "
        "JOIN marts.documents db ON db.document_id = cb.document_id "
        "WHERE r.kind = 'status' AND r.relation = 'update'",
    )
    ends = {
        frozenset((one, other))
        for one, other, first, second in found
        if ("block" in f"{first} {second}") and ("drop" in f"{first} {second}")
    }
    assert {frozenset(p) for p in (("000", "003"), ("000", "004"), ("001", "003"))} <= ends


def quotation_relations(con: duckdb.DuckDBPyConnection, words: str) -> set[tuple[object, ...]]:
    return {
        (frozenset((a, b)), relation)
        for a, b, relation in rows(
            con,
            "SELECT left(da.locator, 3), left(db.locator, 3), r.relation FROM marts.relations r "
            "JOIN marts.claims a ON a.claim_id = r.claim_a "
            "JOIN marts.claims b ON b.claim_id = r.claim_b "
            "JOIN marts.documents da ON da.document_id = a.document_id "
            "JOIN marts.documents db ON db.document_id = b.document_id "
            f"WHERE r.kind = 'quotation' AND (a.value_text ILIKE '%{words}%' "
            f"OR b.value_text ILIKE '%{words}%')",
        )
    }


def test_quotations_are_corrupted_elided_or_varied(con: duckdb.DuckDBPyConnection) -> None:
    fairness = quotation_relations(con, "fairness")
    assert (frozenset({"001", "003"}), "quote_corrupted") in fairness
    assert (frozenset({"001", "004"}), "quote_corrupted") in fairness
    assert (frozenset({"003", "004"}), "quote_elided") in quotation_relations(con, "alliances")
    assert (frozenset({"003", "004"}), "quote_variant") in quotation_relations(con, "whatsoever")


def test_quotations_of_002_stand_alone(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con,
        f"SELECT q.status, count(DISTINCT c.utterance_id) FROM marts.quotations q "
        f"JOIN marts.quotation_wordings w USING (remark_id) "
        f"JOIN marts.claims c USING (claim_id) "
        f"JOIN marts.documents d ON d.document_id = c.document_id "
        f"WHERE {SEED} = '002' GROUP BY ALL",
    )
    assert found == [("single_origin", 3)]


def test_friday_is_resolved_through_a_sibling(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con,
        f"SELECT DISTINCT {SEED}, c.date_start::VARCHAR, d.reference_basis FROM marts.claims c "
        "JOIN marts.documents d USING (document_id) "
        "WHERE c.kind = 'date' AND c.value_text ILIKE 'friday%' ORDER BY 1",
    )
    assert {(seed, day) for seed, day, _ in found} == {
        (seed, "2025-02-07") for seed in ("000", "001", "003")
    }
    assert all("sibling" in str(basis) for *_, basis in found)


def test_every_claim_and_issue_points_to_its_words(con: duckdb.DuckDBPyConnection) -> None:
    texts = dict(rows(con, "SELECT version_id, raw_text FROM marts.document_versions"))
    for table, words in (("claims", "value_text"), ("text_issues", "text")):
        spans = rows(con, f"SELECT version_id, start_char, end_char, {words} FROM marts.{table}")
        assert len(spans) > 50
        assert [s for s in spans if str(texts[s[0]])[s[1] : s[2]] != s[3]] == []  # type: ignore[misc]


def test_raw_text_is_the_file(con: duckdb.DuckDBPyConnection) -> None:
    for locator, text in rows(con, "SELECT locator, raw_text FROM marts.documents"):
        file = ROOT / "seeds" / "articles" / str(locator)
        assert file.read_bytes().decode("utf-8") == text


def test_the_printed_result_tells_what_was_found(data: Path) -> None:
    printed = (data / "printed.txt").read_text()
    for words in ("5 new", "contradiction", "$14.1 billion", "$14.9 billion", "White Home"):
        assert words in printed


def test_a_second_run_changes_no_row_of_the_marts(data: Path, summit: Summit) -> None:
    def dump() -> dict[str, list[tuple[object, ...]]]:
        with duckdb.connect(str(data / "summit.duckdb"), read_only=True) as connection:
            tables = rows(
                connection,
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts' ORDER BY 1",
            )
            return {str(t): rows(connection, f"FROM marts.{t} ORDER BY ALL") for (t,) in tables}

    before = dump()
    done = summit(data, "run")
    assert done.returncode == 0, done.stderr
    assert "5 unchanged" in done.stdout
    assert dump() == before
    assert len(before) == 16


def test_query_prints_json_and_tells_mistakes(data: Path, summit: Summit) -> None:
    sql = "SELECT document_count FROM marts.stories"
    assert json.loads(summit(data, "query", sql, "--format", "json").stdout) == {
        "document_count": 5
    }
    wrong = summit(data, "query", "SELECT nothing FROM nowhere")
    assert wrong.returncode == 2
    assert "nowhere" in wrong.stderr
    assert "Traceback" not in wrong.stderr
    empty = summit(data / "elsewhere", "query", sql)
    assert empty.returncode == 2
    assert "summit run" in empty.stderr
