"""A mapping bound to the columns of a file: how the values of each of its rows are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from application.importing.check import check_columns
from application.importing.mapping import PLACEHOLDER, SourceMapping
from application.importing.table import Cell, Line
from application.importing.values import Read, carry, cents, reader, texts
from domain.kernel import Refused, stream_of
from domain.words import Actor, total

Values = dict[str, Any]
Fill = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A line, with the minor units of those amounts whose rounding depends on the lines before."""

    line: int
    cells: tuple[Cell, ...]
    carried: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """Everything of a mapping that does not differ from row to row, worked out once."""

    mapping: SourceMapping
    header: tuple[str, ...]

    def __post_init__(self) -> None:
        check_columns(self.mapping, self.header)

    @cached_property
    def reads(self) -> list[tuple[str, int, Read]]:
        """Each value that is read from a column: its name, the column's place, how to read it."""
        read = {name: value for name, value in self.mapping.values.items() if not value.sum}
        return [
            (name, self.header.index(value.column or name), reader(name, self.mapping)) for name, value in read.items()
        ]

    @cached_property
    def sums(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(name, value.sum) for name, value in self.mapping.values.items() if value.sum]

    @cached_property
    def actors(self) -> dict[str, Actor]:
        return {name: by.actor for name, by in self.mapping.actors.items()}

    @cached_property
    def fills(self) -> dict[int, Fill]:
        """How each command's fields are filled, by the command's identity in the mapping."""
        return {id(step): filling(step.fields) for _, step in self.mapping.steps()}

    def carrying(self, lines: Iterable[Line]) -> Iterator[Row]:
        """The lines as rows. Amounts that carry are rounded here, in the file's order whatever becomes of each row."""
        carried = {
            name: (self.header.index(value.column or name), texts(name, self.mapping), value)
            for name, value in self.mapping.values.items()
            if value.rounding == "carry"
        }
        remainders = dict.fromkeys(carried, Decimal(0))
        for line in lines:
            minor = {}
            for name, (place, text, value) in carried.items():
                try:
                    told = text(line.cells[place])
                    if told is not None:
                        minor[name], remainders[name] = carry(cents(told, value), remainders[name])
                except (Refused, IndexError):
                    continue  # said again, and for all to hear, where the row is read
            yield Row(line.number, line.cells, minor)

    def values(self, row: Row) -> tuple[Values, dict[str, Refused]]:
        """The values of a row by name, and what is wrong with those that cannot be read."""
        values: Values = {}
        wrong: dict[str, Refused] = {}
        for name, place, read in self.reads:
            try:
                value = read(row.cells[place])
                values[name] = replace(value, minor=row.carried[name]) if name in row.carried else value
            except Refused as refused:
                wrong[name] = refused
        for name, parts in self.sums:
            amounts = [values[part] for part in parts if values.get(part) is not None]
            values[name] = total(amounts) if amounts else None
        return values, wrong

    def streams(self, values: Values) -> dict[str, UUID]:
        """The streams of a row by name; one whose key lacks a value is left out."""
        keys = {name: key_of(stream.key, values) for name, stream in self.mapping.streams.items()}
        kinds = self.mapping.streams
        return {name: known_stream(kinds[name].of, key) for name, key in keys.items() if key is not None}


@lru_cache(maxsize=1024)
def _form(template: str) -> tuple[tuple[str, ...], str]:
    """The names in a text, and the text as Python formats it."""
    return tuple(PLACEHOLDER.findall(template)), PLACEHOLDER.sub(r"{\1}", template)


def key_of(template: str, values: Values) -> str | None:
    """A natural key; None where a value that it is made of is missing."""
    names, form = _form(template)
    told = {name: values.get(name) for name in names}
    return None if None in told.values() else form.format(**told)


known_stream = lru_cache(maxsize=4096)(stream_of)
"""Rows share streams; what many of them name is worked out once."""


def filling(template: Any) -> Fill:
    """What fills a template: a text that is one name becomes its value, a field whose value is missing is left out."""
    match template:
        case str():
            return _text(template)
        case dict():
            parts = [(name, filling(each)) for name, each in template.items()]
            return lambda values: {name: told for name, fill in parts if (told := fill(values)) is not None}
        case list():
            fills = [filling(each) for each in template]
            return lambda values: [fill(values) for fill in fills]
    return lambda values: template


def _text(template: str) -> Fill:
    names, form = _form(template)
    if not names:
        return lambda values: template
    if template == f"{{{names[0]}}}":
        only = names[0]
        return lambda values: values.get(only)
    return lambda values: form.format(**{name: "" if values.get(name) is None else values[name] for name in names})
