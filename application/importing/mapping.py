"""A mapping says in one TOML file how each row of a source becomes commands. A new source needs nothing else."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.catalogue import AGGREGATES, COMMANDS
from domain.kernel import Aggregate, Command
from domain.words import Actor, Money, Role, Term

KINDS: dict[str, type[Aggregate]] = {each.kind(): each for each in AGGREGATES}
GIVEN: dict[str, type[Command]] = {each.__name__: each for each in COMMANDS}


class WrongMapping(ValueError):
    """The mapping cannot be followed: each problem names its place in the file."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{place}: {problem}" if place else problem for place, problem in problems))


class Kind(Term):
    TEXT = "text", "文本", "text"
    INTEGER = "integer", "整数", "whole number"
    MONEY = "money", "金额", "amount of money"
    DATE = "date", "日期", "date"
    FLAG = "flag", "是否标记", "mark of yes or no"
    WORDS = "words", "多个词", "list of words"


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Value(Part):
    """What one cell says, by a name that commands can use: cut, looked up, then read as its kind.

    `sum` makes a value from others instead of from a cell. `missing` replaces the mapping's own marks. Of a list of
    words, split and looked up one by one, what is not looked up is refused, or dropped where `others` says so.
    """

    column: str = ""
    kind: Kind = Kind.TEXT
    missing: tuple[str, ...] | None = None
    default: str | None = None
    split: str = ""
    part: int = Field(default=1, ge=1)
    map: dict[str, str] = {}
    formats: tuple[str, ...] = ("%Y-%m-%d",)
    day: Literal["", "first_of_year", "last_of_year"] = ""
    thousands: str = ""
    decimal: str = "."
    times: Decimal = Decimal(1)
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    rounding: Literal["half_up", "carry"] = "half_up"
    sum: tuple[str, ...] = ()
    others: Literal["refuse", "drop"] = "refuse"


class By(Part):
    """Who gives a command."""

    name: str = Field(min_length=1, max_length=120)
    role: Role
    authority: int = Field(default=0, ge=0)

    @property
    def actor(self) -> Actor:
        return Actor(self.name, self.role, authority=self.authority)


class Stream(Part):
    """The stream that a natural key stands for."""

    of: str
    key: str


class Condition(Part):
    """`when` and `unless` name values; a value holds when it is there and is not zero, below zero, or no."""

    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def holds(self, values: dict[str, Any]) -> bool:
        return all(_holds(values[name]) for name in self.when) and not any(_holds(values[name]) for name in self.unless)


def _holds(value: Any) -> bool:
    number = value.minor if isinstance(value, Money) else value
    return number > 0 if isinstance(number, int) else bool(number)


class Step(Condition):
    """One command: what, for which stream, by whom, on which day, with which fields.

    With `each`, one for every word of the list of that name: the name stands for the word, and with `_place` for how
    manieth it is.
    """

    command: str
    stream: str
    by: str
    at: str = ""
    each: str = ""
    fields: dict[str, Any] = Field(default={}, alias="with")


class Once(Condition):
    """What many rows share: made by the first row that needs it, known to the others by the same key."""

    name: str
    key: str
    commands: tuple[Step, ...] = Field(min_length=1)


class SourceMapping(Part):
    """A whole mapping. `key` is the natural key of a row: the same key is the same row, in every run.

    Rows without one of the values that are `meant` are not for this mapping, and are refused as such.
    """

    name: str = Field(pattern=r"^[\w.-]+$")
    says: str = ""
    encoding: str = "utf-8-sig"
    delimiter: str = Field(default="", max_length=1)
    sheet: str = ""
    missing: tuple[str, ...] = ("",)
    currency: str = Field(default="CNY", pattern=r"^[A-Z]{3}$")
    key: str
    meant: tuple[str, ...] = ()
    values: dict[str, Value]
    actors: dict[str, By]
    streams: dict[str, Stream]
    once: tuple[Once, ...] = ()
    commands: tuple[Step, ...] = Field(min_length=1)

    def means(self, values: dict[str, Any]) -> bool:
        return all(_holds(values[name]) for name in self.meant)

    def columns_of(self, name: str) -> tuple[str, ...]:
        """The columns of the file that a value, or a stream by its key, is made from."""
        if name in self.streams:
            return self.columns_in(self.streams[name].key)
        value = self.values[name.removesuffix(PLACE)] if name not in self.values else self.values[name]
        return tuple(c for part in value.sum for c in self.columns_of(part)) or (value.column or name,)

    def columns_in(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for name in names_in(text) for c in self.columns_of(name)))

    def steps(self) -> list[tuple[str, Step]]:
        """Every command with its place in the file."""
        shared = [(f"once.{o.name}.commands[{n}]", step) for o in self.once for n, step in enumerate(o.commands, 1)]
        return shared + [(f"commands[{n}]", step) for n, step in enumerate(self.commands, 1)]


PLACE = "_place"
"""What the name of a list ends on where it stands for the place of a word in it."""
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def names_in(template: Any) -> list[str]:
    """The names that a text, or a table or list of texts, takes its values from."""
    match template:
        case str():
            return PLACEHOLDER.findall(template)
        case dict():
            return [name for each in template.values() for name in names_in(each)]
        case list():
            return [name for each in template for name in names_in(each)]
    return []
