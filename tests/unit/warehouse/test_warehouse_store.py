from datetime import datetime

import duckdb
import polars as pl
import pytest

from summit_pipeline import rows
from summit_pipeline.vocabulary import NormalisedText, Run, Sentence
from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.ops_tables import Processed, QuarantineItem
from summit_pipeline.warehouse.store import BatchError


def processed(*versions: str, stage: str = "extract") -> pl.DataFrame:
    return rows.frame(
        Processed,
        [
            Processed(version_id=v, stage=stage, code_version="1")  # type: ignore[arg-type]
            for v in versions
        ],
    )


def text(version: str = "v", raw: str = "Title\n\nBody.") -> NormalisedText:
    return NormalisedText(
        version_id=version,
        raw_text=raw,
        title_end_char=None,
        encoding="utf-8",
        encoding_basis="utf-8",
        title=None,
        title_start=None,
        title_end=None,
        clean_text=raw,
        runs=(Run(0, 5, 0, 5), Run(5, 6, 7, 7)),
        sentences=(Sentence(0, 5, 0, "title"),),
        language="en",
        language_basis="words",
        published_at=datetime(2024, 5, 4, 7, 30, 1, 250),
        published_basis="field",
        dateline_place=None,
        agencies=("AP", "Reuters"),
        word_count=2,
        text_grade="clean",
        text_grade_score=0.0,
        text_grade_reason="nothing found",
    )


def test_nested_rows_come_back_as_they_were(con: duckdb.DuckDBPyConnection) -> None:
    given_rows = [text("a"), text("b", raw="")]

    store.insert_new(con, "normalise.texts", rows.frame(NormalisedText, given_rows))

    found = store.read(con, "normalise.texts")
    assert found.schema == rows.polars_schema(NormalisedText)
    assert rows.read(NormalisedText, found) == given_rows


# Not a hypothesis test: hypothesis keeps frames that hold the connection, and DuckDB's binding
# complains about that at exit.
@pytest.mark.parametrize(
    "raw",
    [
        "",
        "\x00 a NUL at the start and in the mid\x00dle",
        "lone \ud800 and \udfff surrogates",
        "\ufeff\u202e\u200b direction and zero width \u2066",
        "\U0001f1ef\U0001f1f5 beyond the basic plane \U0010ffff",
        "quote ' \" -- ; \\ % {{ }}",
        "\x85\u2028\u2029\r\n line ends of all kinds \x1f\x7f",
    ],
)
def test_any_text_is_stored_whatever_its_characters(
    con: duckdb.DuckDBPyConnection, raw: str
) -> None:
    storable = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in raw)

    store.replace_all(con, "normalise.texts", rows.frame(NormalisedText, [text(raw=raw)]))

    assert store.read(con, "normalise.texts")["raw_text"][0] == storable


def test_bytes_are_stored_as_they_are(con: duckdb.DuckDBPyConnection) -> None:
    head = bytes(range(256))
    item = QuarantineItem(
        quarantine_id="q",
        source="s",
        locator="\udcff.txt",
        stage="ingest",
        reason="parse.bad_line",
        detail="d",
        body_hash="h",
        size=256,
        first_seen_at=datetime(2024, 1, 1),
        last_seen_at=datetime(2024, 1, 1),
        attempts=1,
        state="open",
        head=head,
    )

    store.insert_new(con, "ops.quarantine", rows.frame(QuarantineItem, [item]))

    found = store.read(con, "ops.quarantine").row(0, named=True)
    assert found["head"] == head
    assert found["locator"] == "\ufffd.txt"


def test_insert_new_leaves_known_rows_and_counts_the_rest(con: duckdb.DuckDBPyConnection) -> None:
    assert store.insert_new(con, "ops.processed", processed("a", "b")) == 2
    assert store.insert_new(con, "ops.processed", processed("b", "c")) == 1
    assert store.insert_new(con, "ops.processed", processed()) == 0
    assert store.count(con, "ops.processed") == 3


def test_replace_where_replaces_those_values_only(con: duckdb.DuckDBPyConnection) -> None:
    store.insert_new(con, "ops.processed", processed("a", "b", "c"))

    stored = store.replace_where(
        con, "ops.processed", processed("b", stage="ingest"), "version_id", ["a", "b"]
    )

    assert stored == 1
    assert store.read(con, "ops.processed").select("version_id", "stage").rows() == [
        ("b", "ingest"),
        ("c", "extract"),
    ]


def test_replace_where_refuses_rows_of_other_values(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(BatchError, match="first 'c'"):
        store.replace_where(con, "ops.processed", processed("c"), "version_id", ["a"])


def test_read_where(con: duckdb.DuckDBPyConnection) -> None:
    store.insert_new(con, "ops.processed", processed("a", "b", "c"))

    found = store.read_where(con, "ops.processed", "version_id", ["c", "a", "x"])

    assert found["version_id"].to_list() == ["a", "c"]


def test_replace_all_works_twice_in_one_transaction(con: duckdb.DuckDBPyConnection) -> None:
    with store.transaction(con):
        store.replace_all(con, "ops.processed", processed("a", "b"))
        store.replace_all(con, "ops.processed", processed("b", "c"))

    assert store.read(con, "ops.processed")["version_id"].to_list() == ["b", "c"]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (processed("a", "a"), "2 rows share a key, first \\('a'"),
        (processed("a").drop("stage"), "columns missing \\['stage'\\]"),
        (processed("a").with_columns(more=1), "too many \\['more'\\]"),
        (processed("a").with_columns(code_version=1), "should be String"),
        (processed("a").with_columns(code_version=pl.lit(None)), "1 rows without a value"),
        (processed("a", stage="guess"), "guess not among"),
    ],
)
def test_a_faulty_batch_is_refused_with_the_reason(
    con: duckdb.DuckDBPyConnection, frame: pl.DataFrame, message: str
) -> None:
    with pytest.raises(BatchError, match=message), store.transaction(con):
        store.replace_all(con, "ops.processed", frame)

    assert store.count(con, "ops.processed") == 0


def test_a_failed_transaction_leaves_nothing_and_the_connection_usable(
    con: duckdb.DuckDBPyConnection,
) -> None:
    def two_steps() -> None:
        with store.transaction(con):
            store.replace_all(con, "ops.processed", processed("a"))
            store.insert_new(con, "ops.processed", processed("b", "b"))

    with pytest.raises(BatchError):
        two_steps()

    assert store.count(con, "ops.processed") == 0
    store.insert_new(con, "ops.processed", processed("c"))
    assert store.count(con, "ops.processed") == 1


def test_an_error_of_the_database_ends_the_transaction(con: duckdb.DuckDBPyConnection) -> None:
    def two_steps() -> None:
        with store.transaction(con):
            store.replace_all(con, "ops.processed", processed("a"))
            con.execute("select 'x'::int")

    with pytest.raises(duckdb.ConversionException):
        two_steps()

    assert store.count(con, "ops.processed") == 0
