"""Any value that a field of an event or of a read model's row can hold."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
from hypothesis import strategies as st

from domain.kernel import Event, Recorded
from domain.words import Money

LARGE = 2**53
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31))

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    int: st.integers(-LARGE, LARGE),
    bool: st.booleans(),
    bytes: st.binary(max_size=12),
    date: DATES,
    datetime: MOMENTS,
    UUID: st.uuids(),
    NoneType: st.none(),
    Money: st.builds(Money, st.integers(0, LARGE), st.sampled_from(["CNY", "USD"])),
}


@cache
def values(kind: Any) -> st.SearchStrategy[Any]:
    if kind in PLAIN:
        return PLAIN[kind]
    origin = get_origin(kind)
    if origin is Annotated:
        return values(get_args(kind)[0])
    if origin in (Union, UnionType):
        return st.one_of(*map(values, get_args(kind)))
    if origin is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=2).map(tuple)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return built(kind, [field.name for field in msgspec.structs.fields(kind)])
    assert is_dataclass(kind), f"no values for {kind}"
    return built(kind, [field.name for field in fields(kind)])


def built(kind: type, names: list[str]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: values(hints[name]) for name in names})


def events(kind: type[Event]) -> st.SearchStrategy[Event]:
    return built(kind, [field.name for field in msgspec.structs.fields(kind)])


def envelopes(event: Event) -> st.SearchStrategy[Recorded]:
    hints = get_type_hints(Recorded)
    rest = {name: values(hints[name]) for name in ("stream", "recorded_at", "actor", "command", "causation", "rules")}
    return st.builds(
        Recorded,
        event=st.just(event),
        version=st.integers(1, 2**40),
        position=st.integers(1, 2**40),
        occurred_at=MOMENTS,
        correlation=st.uuids(),
        subject=st.uuids(),
        consulted=st.dictionaries(st.uuids().map(str), st.integers(1, 2**40), max_size=2),
        **rest,
    )
