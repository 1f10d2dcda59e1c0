"""Any command at all: every field filled from what its type allows, so that forms are tried beyond what is usual."""

from __future__ import annotations

import string
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from domain.kernel import Command
from domain.words import Money

LETTERS = st.characters(exclude_categories=("C", "Z"), exclude_characters="\r")
PATTERNS = {
    r"^[\w./-]+$": st.text(string.ascii_letters + string.digits + "._/-", min_size=1, max_size=12),
    r"^[0-9a-f]{64}$": st.text("0123456789abcdef", min_size=64, max_size=64),
    r"^[a-z0-9][a-z0-9._-]{1,39}$": st.text(string.ascii_lowercase, min_size=2, max_size=20),
}


def any_of(command: type[Command]) -> st.SearchStrategy[Any]:
    """The command with any values that it takes."""
    return st.builds(command.model_validate, fields_of(command))


def fields_of(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    hints = get_type_hints(model, include_extras=True)
    needed = {name: value(hints[name]) for name, field in model.model_fields.items() if field.is_required()}
    other = {name: value(hints[name]) for name in model.model_fields if name not in needed}
    return st.fixed_dictionaries(needed, optional=other)


def value(hint: Any) -> st.SearchStrategy[Any]:
    notes: list[Any] = []
    while get_origin(hint) is Annotated:
        hint, *noted = get_args(hint)
        notes += noted
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(st.none() if each is NoneType else value(each) for each in get_args(hint))
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        least = _least(notes, MinLen, "min_length", 0)
        return st.lists(value(inner), min_size=least, max_size=max(3, least)).map(tuple)
    if hint is Money:
        return st.builds(Money, st.integers(0, 10**14), st.sampled_from(["CNY", "USD"]))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    if is_dataclass(hint):
        return _made(hint)
    return _plain(hint, notes)


def _made(kind: Any) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind, include_extras=True)
    needed = {f.name: value(hints[f.name]) for f in fields(kind) if f.default is MISSING}
    other = {f.name: value(hints[f.name]) for f in fields(kind) if f.default is not MISSING}
    return st.fixed_dictionaries(needed, optional=other).map(lambda given: kind(**given))


def _plain(kind: Any, notes: list[Any]) -> st.SearchStrategy[Any]:
    if kind is str:
        pattern = next((p for note in notes for p in _patterns(note)), None)
        least, most = _least(notes, MinLen, "min_length", 0), _least(notes, MaxLen, "max_length", 20)
        return PATTERNS[pattern] if pattern else st.text(LETTERS, min_size=least, max_size=min(most, 20))
    if kind is int:
        return st.integers(_least(notes, Ge, "ge", 0), _least(notes, Le, "le", 2**40))
    if kind is date:
        return st.dates(date(1900, 1, 1), date(2200, 12, 31))
    return st.from_type(kind)


def _patterns(note: Any) -> list[str]:
    return [each.pattern for each in note.metadata if hasattr(each, "pattern")] if isinstance(note, FieldInfo) else []


def _least(notes: list[Any], kind: type, name: str, otherwise: int) -> int:
    return next((getattr(note, name) for note in notes if isinstance(note, kind)), otherwise)
