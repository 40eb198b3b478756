"""How a table is described: one frozen dataclass per row, everything else derived from it.

A class that inherits from `Row` is the single definition of a table: its fields give names, types,
nullability and allowed values, its field comments (`Annotated[type, "what it is"]`) describe the
columns, `key` names the primary key. Polars schemas, DuckDB tables, column comments, the data
dictionary and the Great Expectations suites are all read off it.

Belongs here: the mechanism. Does not belong here: any table (see `vocabulary`, `warehouse`).
"""

import dataclasses
import functools
import operator
import re
import types
import typing
from collections.abc import Hashable, Iterable
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, cast, get_args, get_origin

import polars as pl

_SURROGATE = re.compile("[\ud800-\udfff]")

_SCALARS: dict[type, pl.DataType] = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
    bytes: pl.Binary(),
    date: pl.Date(),
    datetime: pl.Datetime("us"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column as derived from a row class."""

    name: str
    dtype: pl.DataType
    nullable: bool
    description: str
    allowed: tuple[str, ...] = ()
    is_key: bool = False


class Row:
    """Base of all row classes; subclasses are frozen dataclasses with keyword-only fields."""

    key: ClassVar[tuple[str, ...]] = ()


R = TypeVar("R", bound=Row)


def _polars_type(annotation: Any) -> tuple[pl.DataType, tuple[str, ...]]:
    """Translate a field's type (without None) to a Polars type and its allowed values."""
    if get_origin(annotation) is Literal:
        return pl.String(), tuple(get_args(annotation))
    if get_origin(annotation) in (list, tuple):
        inner, _ = _polars_type(get_args(annotation)[0])
        return pl.List(inner), ()
    if dataclasses.is_dataclass(annotation):
        hints = typing.get_type_hints(annotation)
        fields = [
            pl.Field(f.name, _polars_type(_without_none(hints[f.name])[0])[0])
            for f in dataclasses.fields(annotation)
        ]
        return pl.Struct(fields), ()
    return _SCALARS[annotation], ()


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """Split `X | None` into (X, True); any other type into (type, False)."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [a for a in get_args(annotation) if a is not type(None)]
        if len(rest) != 1:
            raise TypeError(f"a column holds one type or None, not {annotation}")
        return rest[0], True
    return annotation, False


def columns(row_class: type[Row]) -> tuple[Column, ...]:
    """The columns of a row class, in the order of its fields.

    Raises:
        TypeError: if a field has a type that no column can have, or no description.
    """
    return _columns(cast(Hashable, row_class))


@functools.cache
def _columns(row_class: Any) -> tuple[Column, ...]:
    hints = typing.get_type_hints(row_class, include_extras=True)
    found = []
    for field in dataclasses.fields(row_class):
        annotation, description = hints[field.name], ""
        if get_origin(annotation) is Annotated:
            annotation, description = get_args(annotation)[:2]
        if not description:
            raise TypeError(f"{row_class.__name__}.{field.name} has no description")
        annotation, nullable = _without_none(annotation)
        dtype, allowed = _polars_type(annotation)
        found.append(
            Column(field.name, dtype, nullable, description, allowed, field.name in row_class.key)
        )
    return tuple(found)


def polars_schema(row_class: type[Row]) -> pl.Schema:
    """The Polars schema of frames that hold such rows."""
    return pl.Schema({c.name: c.dtype for c in columns(row_class)})


def frame(row_class: type[R], rows: Iterable[R]) -> pl.DataFrame:
    """Make a frame of the class's schema from rows; no rows give an empty frame with all columns.

    An unpaired surrogate (from a JSON escape or a file name) becomes U+FFFD, one for one: no text
    column can hold it, and a single one must not cost the batch.
    """
    listed = list(rows)
    data: dict[str, list[Any]] = {}
    for column in columns(row_class):
        values = list(map(operator.attrgetter(column.name), listed))
        if column.dtype.is_nested():
            values = [_plain(value) for value in values]
        data[column.name] = values
    try:
        return pl.DataFrame(data, schema=polars_schema(row_class))
    except UnicodeEncodeError:
        storable = {name: [_storable(value) for value in values] for name, values in data.items()}
        return pl.DataFrame(storable, schema=polars_schema(row_class))


def _storable(value: Any) -> Any:
    """The value with every unpaired surrogate in its texts replaced."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_storable(v) for v in value]
    if isinstance(value, dict):
        return {name: _storable(v) for name, v in value.items()}
    return value


def _plain(value: Any) -> Any:
    """Turn nested dataclasses (struct values) into dictionaries, which Polars can store."""
    if isinstance(value, (list, tuple)):
        return [v if isinstance(v, str) else _plain(v) for v in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


def read(row_class: type[R], table: pl.DataFrame) -> list[R]:
    """The rows of a frame as objects; struct values come back as dataclasses, lists as tuples."""
    hints = typing.get_type_hints(row_class)
    builders = {c.name: _builder(_without_none(hints[c.name])[0]) for c in columns(row_class)}
    return [
        row_class(**{name: build(record[name]) for name, build in builders.items()})
        for record in table.select(list(builders)).iter_rows(named=True)
    ]


def _builder(annotation: Any) -> Any:
    """A function that rebuilds a column's value from what Polars gives back."""
    if get_origin(annotation) in (list, tuple):
        item = _builder(get_args(annotation)[0])
        return lambda values: None if values is None else tuple(item(v) for v in values)
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        return lambda value: None if value is None else annotation(**value)
    return lambda value: value
