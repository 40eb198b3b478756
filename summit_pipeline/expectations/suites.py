"""Contracts of the public tables, read off their row classes.

Belongs here: from columns, keys and allowed values to rules. Does not belong here: the columns
themselves (`warehouse.public_tables`), rules on findings (`findings`).
"""

from collections.abc import Iterator

from summit_pipeline.expectations.rules import Expectation, Suite
from summit_pipeline.rows import Column
from summit_pipeline.warehouse.public_tables import PUBLIC_TABLES
from summit_pipeline.warehouse.table import Table, identifier, literal, qualified

# One rule on this column stands for "not null" on every required column: a rule a column would be
# some 150 checks, and the column names what is missing.
MISSING_COLUMN = "missing_values"

# Bounds follow from what a column's name promises everywhere in the public tables. (Counts come
# from counting: they need none.)
_BOUNDS: dict[str, tuple[float, float | None]] = {
    "confidence": (0, 1),
    "weight": (0, 1),
    "accuracy": (0, 1),
    "start_char": (0, None),
    "rank": (1, None),
    "version_number": (1, None),
}
_BOUNDS_BY_ENDING: dict[str, tuple[float, float | None]] = {
    "_share": (0, 1),
}

# (greater, smaller, whether they may be equal, what must hold)
_PAIRS: tuple[tuple[str, str, bool, str], ...] = (
    ("end_char", "start_char", False, "a stretch has at least one character"),
    ("date_end", "date_start", False, "a date ends after it begins"),
    ("period_end", "period_start", False, "a period ends after it begins"),
    ("interval_high", "interval_low", True, "an interval's high end is not below its low end"),
    (
        "last_published_at",
        "first_published_at",
        True,
        "the last publication is not before the first",
    ),
    ("document_count", "outlet_count", True, "there are no more outlets than documents"),
    ("document_count", "origin_count", True, "there are no more origins than documents"),
    (
        "origin_count",
        "undetermined_origin_count",
        True,
        "undetermined origins are among the origins",
    ),
)

# Evidence on a document as a whole, such as its address, has no stretch of words.
_MAY_BE_EMPTY_STRETCH = ("marts.origin_evidence",)


def contract_suites() -> tuple[Suite, ...]:
    """One suite a public table, in the order of the registry."""
    return tuple(contract_suite(table) for table in PUBLIC_TABLES)


def contract_suite(table: Table) -> Suite:
    """The contract of one table: its columns, required values, key, allowed values and ranges."""
    rules = tuple(_expectations(table))
    return Suite(
        name=f"{table.name}_contract",
        table=table.full_name,
        query=_query(table, rules),
        blocking=True,
        expectations=rules,
    )


def _query(table: Table, rules: tuple[Expectation, ...]) -> str:
    """The table's columns, empty where no rule looks at the values, and what is missing.

    Articles and lists need not be copied to be counted: with them 200,000 claims took 17 s.
    """
    used = {*table.key, *(name for rule in rules for name in _columns_of(rule))}
    emptied = [f"NULL AS {identifier(n)}" for n in table.column_names if n not in used]
    replaced = f" REPLACE ({', '.join(emptied)})" if emptied else ""
    missing = ", ".join(
        f"CASE WHEN {identifier(c.name)} IS NULL THEN {literal(c.name)} END"
        for c in table.columns
        if not c.nullable
    )
    order = ", ".join(identifier(name) for name in table.key)
    return (
        f"SELECT *{replaced}, concat_ws(', ', {missing}) AS {MISSING_COLUMN} "
        f"FROM {qualified(table.full_name)} ORDER BY {order}"
    )


def _columns_of(rule: Expectation) -> Iterator[str]:
    """The columns whose values a rule looks at."""
    return (
        str(rule.arguments[n]) for n in ("column", "column_A", "column_B") if n in rule.arguments
    )


def _expectations(table: Table) -> Iterator[Expectation]:
    yield Expectation(
        name="columns_are_complete",
        kind="ExpectTableColumnsToMatchSet",
        description=f"{table.full_name} has exactly the columns that its definition promises.",
        severity="error",
        arguments={"column_set": [*table.column_names, MISSING_COLUMN], "exact_match": True},
    )
    yield Expectation(
        name="required_values_are_there",
        kind="ExpectColumnValuesToBeInSet",
        description="Every column that promises a value has one in every row.",
        severity="error",
        arguments={"column": MISSING_COLUMN, "value_set": [""]},
    )
    yield _unique(table)
    for column in table.columns:
        if column.allowed:
            yield _allowed(column)
        bounds = _bounds(column.name)
        if bounds:
            yield _between(column, bounds)
    yield from _pairs(table)


def _unique(table: Table) -> Expectation:
    words = " and ".join(table.key)
    if len(table.key) == 1:
        kind, arguments = "ExpectColumnValuesToBeUnique", {"column": table.key[0]}
    else:
        kind, arguments = "ExpectCompoundColumnsToBeUnique", {"column_list": [*table.key]}  # type: ignore[dict-item]
    return Expectation(
        name="key_is_unique",
        kind=kind,
        description=f"No two rows share {words}.",
        severity="error",
        arguments=arguments,
    )


def _allowed(column: Column) -> Expectation:
    return Expectation(
        name=f"{column.name}_is_a_known_value",
        kind="ExpectColumnValuesToBeInSet",
        description=f"{column.name} is one of: {', '.join(column.allowed)}.",
        severity="error",
        arguments={"column": column.name, "value_set": [*column.allowed]},
    )


def _bounds(name: str) -> tuple[float, float | None] | None:
    if name in _BOUNDS:
        return _BOUNDS[name]
    return next((b for ending, b in _BOUNDS_BY_ENDING.items() if name.endswith(ending)), None)


def _between(column: Column, bounds: tuple[float, float | None]) -> Expectation:
    low, high = bounds
    words = f"at least {low:g}" if high is None else f"between {low:g} and {high:g}"
    return Expectation(
        name=f"{column.name}_is_in_range",
        kind="ExpectColumnValuesToBeBetween",
        description=f"{column.name} is {words}.",
        severity="error",
        arguments={"column": column.name, "min_value": low, "max_value": high},
    )


def _pairs(table: Table) -> Iterator[Expectation]:
    names = set(table.column_names)
    for greater, smaller, may_be_equal, sentence in _PAIRS:
        if {greater, smaller} <= names:
            or_equal = may_be_equal or table.full_name in _MAY_BE_EMPTY_STRETCH
            yield Expectation(
                name=f"{greater}_fits_{smaller}",
                kind="ExpectColumnPairValuesAToBeGreaterThanB",
                description=f"{greater} and {smaller}: {sentence}.",
                severity="error",
                arguments={
                    "column_A": greater,
                    "column_B": smaller,
                    "or_equal": or_equal,
                    "ignore_row_if": "either_value_is_missing",
                },
            )
