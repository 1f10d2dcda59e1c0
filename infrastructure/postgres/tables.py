"""How a row type becomes a table with typed columns, and its rows become values and rows again."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cached_property, partial
from typing import Any, Union, get_args, get_origin
from uuid import UUID

import msgspec
import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from application.projection import Key, Projection, Row
from infrastructure.lookup import Lookup

_PLAIN: dict[type, str] = {
    str: "text",
    int: "bigint",
    bool: "boolean",
    date: "date",
    datetime: "timestamptz",
    UUID: "uuid",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row: its database type, and how its value goes in and comes out."""

    name: str
    type: str
    into: Callable[[Any], Any]
    out: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _text(value: str | None) -> str | None:
    """PostgreSQL's text holds every character but NUL; the log has it still, and one row must not stop all others."""
    return value and value.replace("\0", "")


_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


def _json(value: Any) -> str | None:
    return None if value is None else _NUL.sub(rb"\1", msgspec.json.encode(value)).decode()


def column(name: str, annotation: Any) -> Column:
    bare = annotation
    if get_origin(annotation) in (Union, types.UnionType):
        bare = next(each for each in get_args(annotation) if each is not type(None))
    if isinstance(bare, type) and issubclass(bare, Enum):
        return Column(name, "text", _same, lambda value: None if value is None else bare(value))
    if bare in _PLAIN:
        return Column(name, _PLAIN[bare], _text if bare is str else _same, _same)
    return Column(name, "jsonb", _json, partial(msgspec.convert, type=annotation))


def trace_of(name: str) -> str:
    """The column in which the trace of another is kept."""
    return f"{name}_trace"


class Table:
    """The SQL of one projection's table; `suffix` names the one that is being built beside it.

    What identifies a person has a second column for its trace, by which it is found; traces are written with `lookup`.
    """

    def __init__(self, projection: type[Projection], suffix: str = "", lookup: Lookup | None = None) -> None:
        self.projection, self.row = projection, projection.row
        self.columns = [column(name, field.annotation) for name, field in self.row.model_fields.items()]
        self.lookup, self.traces = lookup, [trace_of(name) for name in self.row.identifying]
        self.key = self.row.key
        self.order = tuple(dict.fromkeys((*self.row.order, *self.key)))
        self.name = f"{projection.name}_v{projection.version}{suffix}"
        self.identifier = sql.Identifier("view", self.name)

    def creation(self) -> list[sql.Composed]:
        columns = sql.SQL(", ").join(
            [sql.SQL("{} {}").format(sql.Identifier(c.name), sql.SQL(c.type)) for c in self.columns]
            + [sql.SQL("{} bytea").format(sql.Identifier(trace)) for trace in self.traces]
        )
        statements = [
            sql.SQL("CREATE TABLE {} ({}, PRIMARY KEY ({}))").format(self.identifier, columns, self._names(self.key))
        ]
        for index in {self.order, *((each,) for each in (*self.row.indexes, *self.traces))} - {self.key}:
            statements.append(sql.SQL("CREATE INDEX ON {} ({})").format(self.identifier, self._names(index)))
        return statements

    @cached_property
    def selection(self) -> sql.Composed:
        return sql.SQL("SELECT {} FROM {}").format(self._names([c.name for c in self.columns]), self.identifier)

    @cached_property
    def fetch(self) -> bytes:
        """The rows of many keys at once: one array per key column."""
        by_key = sql.SQL("JOIN unnest({}) AS w ({}) USING ({})").format(
            self._arrays(self.key), self._names(self.key), self._names(self.key)
        )
        return (self.selection + sql.SQL(" ") + by_key).as_bytes()

    @cached_property
    def fetch_about(self) -> bytes:
        """The rows about persons: one array of their ids."""
        where = sql.SQL(" WHERE {} = ANY(%b::uuid[])").format(sql.Identifier(self.row.person))
        return (self.selection + where).as_bytes()

    @cached_property
    def upsert(self) -> bytes:
        names = self._written
        changes = sql.SQL(", ").join(
            sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in names if name not in self.key
        )
        conflict = sql.SQL("UPDATE SET {}").format(changes) if len(names) > len(self.key) else sql.SQL("NOTHING")
        insert = sql.SQL("INSERT INTO {} ({}) SELECT * FROM unnest({}) ON CONFLICT ({}) DO {}").format(
            self.identifier, self._names(names), self._arrays(names), self._names(self.key), conflict
        )
        return insert.as_bytes()

    @cached_property
    def copying(self) -> bytes:
        copy = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(self.identifier, self._names(self._written))
        return copy.as_bytes()

    @cached_property
    def removal(self) -> bytes:
        delete = sql.SQL("DELETE FROM {} WHERE ({}) IN (SELECT * FROM unnest({}))").format(
            self.identifier, self._names(self.key), self._arrays(self.key)
        )
        return delete.as_bytes()

    def values(self, rows: Sequence[Row]) -> list[list[Any]]:
        """One array per column."""
        told = [[column.into(getattr(row, column.name)) for row in rows] for column in self.columns]
        lookup = self.lookup
        names = self.row.identifying if lookup else ()
        return told + [[lookup and lookup.trace(name, getattr(row, name)) for row in rows] for name in names]

    def copy(self, cursor: psycopg.Cursor[Any], rows: Sequence[Row]) -> None:
        """Adds rows whose keys are new; faster than `upsert`."""
        values = [
            [value and Jsonb(value, dumps=_same) for value in each] if self.column(name).type == "jsonb" else each
            for name, each in zip(self._written, self.values(rows), strict=True)
        ]
        with cursor.copy(self.copying) as copy:
            copy.set_types([self.column(name).type for name in self._written])
            for record in zip(*values, strict=True):
                copy.write_row(record)

    def keys(self, keys: Sequence[Key]) -> list[list[Any]]:
        return [list(each) for each in zip(*keys, strict=True)]

    def key_of(self, row: Row) -> Key:
        return tuple(getattr(row, name) for name in self.key)

    def read(self, record: Sequence[Any]) -> Row:
        return self.row.model_construct(
            **{column.name: column.out(value) for column, value in zip(self.columns, record, strict=True)}
        )

    def column(self, name: str) -> Column:
        traces = (Column(trace, "bytea", _same, _same) for trace in self.traces)
        return next(each for each in (*self.columns, *traces) if each.name == name)

    @cached_property
    def _written(self) -> list[str]:
        return [*(c.name for c in self.columns), *(self.traces if self.lookup else ())]

    def _names(self, names: Sequence[str]) -> sql.Composed:
        return sql.SQL(", ").join(map(sql.Identifier, names))

    def _arrays(self, names: Sequence[str]) -> sql.Composed:
        return sql.SQL(", ").join(sql.SQL("%b::" + self.column(name).type + "[]") for name in names)
