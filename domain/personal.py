"""What is personal in an event, and what the event reads as without it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from domain.kernel import Event
from domain.words import FORGOTTEN, Private

E = TypeVar("E", bound=Event)


@cache
def personal(kind: type[Event]) -> tuple[str, ...]:
    """The fields of an event that are about a person, in whole or in part."""
    return tuple(_blanks(kind))


def forgotten(event: E) -> E:
    """The event without what is personal in it: blank where its type allows that, or else a black bar."""
    blanks = {name: _without(getattr(event, name), blank) for name, blank in _blanks(type(event)).items()}
    return msgspec.structs.replace(event, **blanks)


def is_personal(hint: Any) -> bool:
    return get_origin(hint) is Annotated and any(isinstance(mark, Private) for mark in hint.__metadata__)


@dataclasses.dataclass(frozen=True)
class _Parts:
    """The parts of a value that are personal, and the blank of each."""

    blanks: dict[str, Any]


def _without(value: Any, blank: Any) -> Any:
    if not isinstance(blank, _Parts):
        return blank
    return dataclasses.replace(value, **{name: _without(getattr(value, name), b) for name, b in blank.blanks.items()})


@cache
def _blanks(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    blanks = {}
    for name, default in _fields(kind):
        if is_personal(hints[name]):
            blanks[name] = _blank(kind, name, hints[name], default)
        elif dataclasses.is_dataclass(hints[name]) and (parts := _blanks(hints[name])):
            blanks[name] = _Parts(parts)
    return blanks


def _fields(kind: Any) -> Iterator[tuple[str, Any]]:
    if dataclasses.is_dataclass(kind):
        yield from ((field.name, field.default) for field in dataclasses.fields(kind))
    else:
        yield from ((field.name, field.default) for field in msgspec.structs.fields(kind))


def _blank(kind: type, name: str, hint: Any, default: Any) -> Any:
    if default is not dataclasses.MISSING and default is not msgspec.NODEFAULT:
        return default
    bare = get_args(hint)[0]
    if bare is str or get_origin(bare) is Annotated:
        return FORGOTTEN
    if get_origin(bare) is tuple:
        return ()
    raise TypeError(f"{kind.__name__}.{name} is personal and cannot be left blank: give it a default")
