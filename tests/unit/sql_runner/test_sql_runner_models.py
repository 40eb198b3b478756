from pathlib import Path

import pytest

from summit_pipeline.sql_runner.models import ModelError, load_models, read_model

STAGE = ("raw.t",)


def write(folder: Path, name: str, sql: str) -> Path:
    path = folder / f"{name}.sql"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sql, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "staging/t", "-- Rows.\nselect a, b as c -- renamed\nfrom raw.t\n")
    write(tmp_path, "intermediate/u", "-- More.\nselect a from staging.t")
    write(tmp_path, "marts/v", "-- All.\nselect t.a from staging.t as t, intermediate.u;\n")
    return tmp_path


def test_name_head_columns_and_upstream_come_from_the_file(folder: Path) -> None:
    path = write(
        folder,
        "marts/w",
        "-- One row a thing.\n-- And more.\n"
        "with b as (select 1 as x from marts.v)\n"
        "select\n    b.x, -- the x\n    count(*) as n, -- how many\n"
        "    sum(b.x) over (partition by b.x) as s\n"
        "from b\njoin intermediate.u on true\ngroup by all;",
    )

    model = read_model(path)

    assert model.full_name == "marts.w"
    assert model.description == "One row a thing. And more."
    assert model.columns == {"x": "the x", "n": "how many", "s": ""}
    assert model.upstream == ("intermediate.u", "marts.v")
    assert not model.sql.endswith(";")


def test_models_stand_after_what_they_read(folder: Path) -> None:
    order = [model.full_name for model in load_models(STAGE, folder)]

    assert order == ["staging.t", "intermediate.u", "marts.v"]


def test_the_code_version_follows_the_text_alone(folder: Path) -> None:
    first = {m.full_name: m.code_version for m in load_models(STAGE, folder)}
    write(folder, "intermediate/u", "-- More.\nselect a from staging.t where a > 1")
    second = {m.full_name: m.code_version for m in load_models(STAGE, folder)}

    assert [name for name in first if first[name] != second[name]] == ["intermediate.u"]


@pytest.mark.parametrize(
    ("name", "sql", "message"),
    [
        ("marts/x", "-- Two.\nselect 1 as a; select 2 as b", "exactly one SELECT"),
        ("marts/x", "-- Not one.\ncreate table x as select 1 as a", "exactly one SELECT"),
        ("marts/x", "-- Wrong.\nselect from where", "marts/x.sql: "),
        ("marts/x", "select 1 as a", "no head comment"),
        ("marts/x", "-- Star.\nselect * from staging.t", "hides what the table holds"),
        ("marts/x", "-- Star.\nselect t.* from staging.t", "hides what the table holds"),
        ("marts/x", "-- Nameless.\nselect 1 + 1", "a column has no name"),
        ("marts/x", "-- Unknown.\nselect a from staging.nothing", "which nothing makes"),
        ("staging/x", "-- Up.\nselect a from marts.v", "of a later layer"),
        ("marts/x", "-- Past.\nselect a from raw.t", "past the layer staging"),
        ("marts/x", "-- Circle.\nselect a from marts.x", "read each other: marts.x <- marts.x"),
    ],
)
def test_a_malformed_model_is_refused_with_file_and_rule(
    folder: Path, name: str, sql: str, message: str
) -> None:
    write(folder, name, sql)

    with pytest.raises(ModelError, match=message):
        load_models(STAGE, folder)
