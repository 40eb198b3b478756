"""Reads the models: name, description, column descriptions, what they read, their order.

Belongs here: parsing files and refusing malformed ones. Does not belong here: running them
(`runner`), tracing columns (`lineage`), checks (`checks`).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

DIALECT = "duckdb"

# The folder of the checkout: the project runs from there, not from an installed wheel.
MODELS_FOLDER = Path(__file__).resolve().parents[2] / "dbt_like_sql"

# In the order of the flow: a model reads its own layer and those before it, and only the first
# reads the tables of stages.
LAYERS = ("staging", "intermediate", "marts")


class ModelError(ValueError):
    """A model file breaks a rule; the message names the file and the rule."""


@dataclass(frozen=True, slots=True)
class Model:
    """One SQL model."""

    schema: str
    name: str
    path: Path
    sql: str
    description: str
    columns: Mapping[str, str]
    upstream: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """Schema and name: `marts.claims`."""
        return f"{self.schema}.{self.name}"

    @property
    def code_version(self) -> str:
        """A hash of the SQL, the same on every machine."""
        return hashlib.sha256(self.sql.encode()).hexdigest()[:16]

    def __hash__(self) -> int:
        """By place and text (the mapping of columns follows from the text)."""
        return hash((self.schema, self.name, self.sql))


def load_models(
    stage_tables: Iterable[str], folder: Path = MODELS_FOLDER, layers: tuple[str, ...] = LAYERS
) -> tuple[Model, ...]:
    """All models of a folder, each after the models that it reads.

    Args:
        stage_tables: full names of the tables that exist before any model runs.
        folder: holds one folder a layer.
        layers: the layers in their order.

    Raises:
        ModelError: if a file is no single SELECT, reads an unknown table or a later layer, selects
            `*` in the last layer, or if models read each other in a circle.
    """
    models = {
        model.full_name: model
        for layer in layers
        for model in (read_model(path) for path in sorted((folder / layer).glob("*.sql")))
    }
    known = set(stage_tables)
    for model in models.values():
        _check_reads(model, models, known, layers)
    sorter = TopologicalSorter(
        {name: [u for u in model.upstream if u in models] for name, model in models.items()}
    )
    try:
        order = list(sorter.static_order())
    except CycleError as error:
        raise ModelError(f"models read each other: {' <- '.join(error.args[1])}") from error
    return tuple(models[name] for name in order)


def read_model(path: Path) -> Model:
    """Read one model file.

    Raises:
        ModelError: if it is no single SELECT, has no head comment, or a column has no name.
    """
    sql = read_sql(path)
    query = parse_select(sql, path)
    description = head_comment(sql)
    if not description:
        raise ModelError(f"{path}: no head comment that tells what the table holds")
    return Model(
        schema=path.parent.name,
        name=path.stem,
        path=path,
        sql=sql,
        description=description,
        columns=_columns(query, path),
        upstream=tables_read(query),
    )


def read_sql(path: Path) -> str:
    """The text of a SQL file without the semicolon that ends the statement."""
    return path.read_text(encoding="utf-8").rstrip().removesuffix(";").rstrip()


def parse_select(sql: str, path: Path) -> exp.Query:
    """The one SELECT of a file.

    Raises:
        ModelError: if there are more statements or another one.
    """
    try:
        statements = [s for s in sqlglot.parse(sql, read=DIALECT) if s is not None]
    except SqlglotError as error:
        raise ModelError(f"{path}: cannot be parsed: {error}") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise ModelError(f"{path}: must hold exactly one SELECT")
    return statements[0]


def head_comment(sql: str) -> str:
    """The `--` lines before the statement, joined to sentences."""
    lines = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return " ".join(line for line in lines if line)


def tables_read(query: exp.Query) -> tuple[str, ...]:
    """Full names of the tables that a query reads, in alphabetical order.

    Names without a schema are the query's own common table expressions.
    """
    return tuple(sorted({f"{t.db}.{t.name}" for t in query.find_all(exp.Table) if t.db and t.name}))


def _columns(query: exp.Query, path: Path) -> dict[str, str]:
    """Output columns with the comment behind their line."""
    found: dict[str, str] = {}
    for projection in query.selects:
        if projection.is_star:
            if path.parent.name == LAYERS[-1]:
                raise ModelError(f"{path}: `select *` hides what the table holds")
            continue
        if not isinstance(projection, (exp.Alias, exp.Column)):
            raise ModelError(f"{path}: a column has no name: {projection.sql(DIALECT)}")
        comments = list(projection.comments or [])
        comments += [c for node in projection.find_all(exp.Expression) for c in node.comments or []]
        found[projection.alias_or_name] = " ".join(dict.fromkeys(c.strip() for c in comments))
    return found


def _check_reads(
    model: Model, models: Mapping[str, Model], known: set[str], layers: tuple[str, ...]
) -> None:
    for name in model.upstream:
        if name not in models and name not in known:
            raise ModelError(f"{model.path}: reads {name}, which nothing makes")
        if name in models and layers.index(models[name].schema) > layers.index(model.schema):
            raise ModelError(f"{model.path}: reads {name} of a later layer")
        if name in known and model.schema != layers[0]:
            raise ModelError(f"{model.path}: reads {name} past the layer {layers[0]}")
