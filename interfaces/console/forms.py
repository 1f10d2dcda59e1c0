"""A command as a form: the fields to fill in, the form that a command fills, the command that a form means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from annotated_types import MaxLen, MinLen
from pydantic import BaseModel, ValidationError

from domain.words import Money, Telling, Term

Form = dict[str, list[str]]
"""What a browser sends: every field's texts, by its dotted name, as in `terms.benefits.0.largest.amount`."""

ABSENT: Any = object()
LONG = 400
AMOUNT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,2})?")
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Blank:
    """One thing to fill in. `parts` are those of a group, or what a row of a list is made of.

    `clears` marks a text that may be left as it is or be emptied, which one empty box cannot tell apart. `of` is the
    type it is a field of, `default` what stands in a new group.
    """

    name: str
    kind: str
    required: bool = True
    many: bool = False
    choices: tuple[Term, ...] = ()
    parts: tuple[Blank, ...] = ()
    longest: int = 0
    clears: bool = False
    of: str = ""
    default: Any = None


def blanks(model: type[BaseModel]) -> tuple[Blank, ...]:
    """The blanks of a command, in the order of its fields."""
    hints = get_type_hints(model, include_extras=True)
    made = (_blank(name, hints[name], field.is_required()) for name, field in model.model_fields.items())
    return tuple(replace(each, of=model.__name__) for each in made)


@cache
def _parts(kind: type) -> tuple[Blank, ...]:
    hints = get_type_hints(kind, include_extras=True)
    made = ((f, _blank(f.name, hints[f.name], f.default is MISSING)) for f in fields(kind))
    return tuple(replace(b, of=kind.__name__, default=None if b.required else f.default) for f, b in made)


def _blank(name: str, hint: Any, required: bool) -> Blank:
    kind, notes, optional = bare(hint)
    if get_origin(kind) is tuple:
        inner = _blank(name, get_args(kind)[0], True)
        if inner.kind == "choice":
            return Blank(name, "choices", required, choices=inner.choices)
        return Blank(name, "rows", required, parts=(inner,))
    if kind is Money:
        return Blank(name, "money", required)
    if is_dataclass(kind) and isinstance(kind, type):
        return Blank(name, "group", required, parts=_parts(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Blank(name, "choice", required, choices=tuple(each for each in kind if isinstance(each, Term)))
    simple = {bool: "switch", int: "number", date: "date", UUID: "case"}.get(kind)
    if simple:
        return Blank(name, simple, required)
    longest = max((note.max_length for note in notes if isinstance(note, MaxLen)), default=0)
    may_be_empty = not any(isinstance(note, MinLen) and note.min_length for note in notes)
    return Blank(
        name,
        "note" if longest > LONG else "text",
        required,
        longest=longest,
        clears=optional and may_be_empty and not _patterned(notes),
    )


def _patterned(notes: Sequence[Any]) -> bool:
    return any(getattr(note, "metadata", None) for note in notes)


def bare(hint: Any) -> tuple[Any, list[Any], bool]:
    """The type without what is written around it, what was written, and whether it may be None."""
    notes: list[Any] = []
    optional = False
    while get_origin(hint) in (Annotated, Union, UnionType):
        if get_origin(hint) is Annotated:
            hint, *noted = get_args(hint)
            notes += noted
        else:
            optional = True
            hint = next(each for each in get_args(hint) if each is not NoneType)
    return hint, notes, optional


# -- from a command to its form -------------------------------------------------------


def filled(of: Sequence[Blank], values: Mapping[str, Any]) -> Form:
    """The form with these values in it."""
    form: Form = {}
    for blank in of:
        _fill(form, blank, blank.name, values.get(blank.name))
    return form


def _fill(form: Form, blank: Blank, path: str, value: Any) -> None:
    match blank.kind:
        case "group" if value is None and blank.required:
            for part in blank.parts:
                _fill(form, part, f"{path}.{part.name}", part.default)
        case _ if value is None:
            return
        case "group":
            for part in blank.parts:
                _fill(form, part, f"{path}.{part.name}", getattr(value, part.name))
        case "rows":
            for index, each in enumerate(value):
                _fill(form, blank.parts[0], f"{path}.{index}", each)
        case "money":
            form[f"{path}.amount"] = [f"{Decimal(value.minor) / 100:.2f}"]
            form[f"{path}.currency"] = [value.currency]
        case "choices":
            form[path] = [each.value for each in value]
        case "choice":
            form[path] = [value.value]
        case _ if value == "" and blank.clears:
            form[f"{path}.empty"] = ["on"]
        case "switch":
            form[path] = ["on"] if value else []
        case _:
            form[path] = [str(value)]


# -- from a form to its command -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one field, in the reader's language."""

    path: str
    name: str
    says: str


def compacted(of: Sequence[Blank], form: Form) -> Form:
    """The form without rows that were left blank, the others numbered from 0."""
    kept: Form = {}
    for blank in of:
        _compact(kept, form, blank, blank.name, blank.name)
    return kept


def _compact(kept: Form, form: Form, blank: Blank, old: str, new: str) -> None:
    if blank.kind == "group":
        for part in blank.parts:
            _compact(kept, form, part, f"{old}.{part.name}", f"{new}.{part.name}")
    elif blank.kind == "rows":
        part = blank.parts[0]
        written = [index for index in rows_in(form, old) if _written(form, part, f"{old}.{index}")]
        for place, index in enumerate(written[:MOST_ROWS]):
            _compact(kept, form, part, f"{old}.{index}", f"{new}.{place}")
    else:
        for tail in ("", ".amount", ".currency", ".empty"):
            if old + tail in form:
                kept[new + tail] = form[old + tail]


def rows_in(form: Form, path: str) -> list[int]:
    """The numbers of the rows that the form has under this path."""
    begins = re.compile(re.escape(path) + r"\.(\d{1,4})(\.|$)")
    return sorted({int(found[1]) for name in form if (found := begins.match(name))})


def _written(form: Form, blank: Blank, path: str) -> bool:
    """Whether anything was filled in; a currency alone is nothing."""
    if blank.kind == "group":
        return any(_written(form, part, f"{path}.{part.name}") for part in blank.parts)
    return any(text.strip() for tail in ("", ".amount", ".empty") for text in form.get(path + tail, ()))


def read(of: Sequence[Blank], form: Form) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Plain values as the command takes them, and what could not be read: path and kind of mistake."""
    mistakes: list[tuple[str, str]] = []
    plain = {blank.name: _read(form, blank, blank.name, mistakes) for blank in of}
    return {name: value for name, value in plain.items() if value is not ABSENT}, mistakes


def _read(form: Form, blank: Blank, path: str, mistakes: list[tuple[str, str]]) -> Any:
    text = (form.get(path) or [""])[0].replace("\r\n", "\n")
    match blank.kind:
        case "group":
            parts = {part.name: _read(form, part, f"{path}.{part.name}", mistakes) for part in blank.parts}
            return {name: value for name, value in parts.items() if value is not ABSENT}
        case "rows":
            part = blank.parts[0]
            return [_read(form, part, f"{path}.{index}", mistakes) for index in rows_in(form, path)]
        case "choices":
            return form.get(path, [])
        case "switch":
            return bool(text)
        case "money":
            return _money(form, path, mistakes)
        case "text" | "note":
            return text if text else "" if form.get(f"{path}.empty") else ABSENT
    text = text.strip()
    if blank.kind == "date" and text and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        mistakes.append((path, "date"))
        return ABSENT
    return (text.replace(",", "") if blank.kind == "number" else text) or ABSENT


def _money(form: Form, path: str, mistakes: list[tuple[str, str]]) -> Any:
    text = (form.get(f"{path}.amount") or [""])[0].replace(",", "").replace("，", "").strip()
    if not text:
        return ABSENT
    if not AMOUNT.fullmatch(text):
        mistakes.append((path, "money"))
        return ABSENT
    exact = Decimal(text) * 100
    return {"minor": int(exact), "currency": (form.get(f"{path}.currency") or ["CNY"])[0].strip().upper() or "CNY"}


# -- what was wrong -------------------------------------------------------------------

SAYS: dict[str, Telling] = {
    "missing": ("必填", "this is needed"),
    "too_short": ("至少选择或填写{min_length}项", "at least {min_length} of these"),
    "too_long": ("最多{max_length}项", "at most {max_length} of these"),
    "string_too_short": ("必填", "this is needed"),
    "string_too_long": ("最长{max_length}字", "at most {max_length} characters"),
    "string_pattern_mismatch": ("格式不正确", "this is not in the right form"),
    "enum": ("请从列表中选择", "choose one from the list"),
    "int_parsing": ("请填写整数", "a whole number, please"),
    "greater_than_equal": ("不得小于{ge}", "not below {ge}"),
    "less_than_equal": ("不得大于{le}", "not above {le}"),
    "uuid_parsing": ("没有这个编号", "there is no case of that number"),
    "date": ("日期格式为 YYYY-MM-DD", "a date, as YYYY-MM-DD"),
    "money": ("请填写金额，最多两位小数", "an amount, with two decimals at most"),
    "too_much": ("金额过大", "this is too much"),
    "amount.not_below_zero": ("不得为负", "never below zero"),
    "day.countable": ("须在{first}与{last}之间", "between {first} and {last}"),
    "text.printable": ("含有无法显示的字符", "there is a character in it that cannot be printed"),
}
OTHERWISE = ("不正确", "this cannot be right")
KINDS = {"date_from_datetime_parsing": "date", "date_parsing": "date", "date_from_datetime_inexact": "date"}


def mistaken(
    of: Sequence[Blank], error: ValidationError | None, read_wrong: Sequence[tuple[str, str]], language: str
) -> list[Mistake]:
    """Every mistake once, what could not be read first; a box that cannot be ticked is the whole list's."""
    lists = {blank.name for blank in of if blank.kind == "choices"}
    found: list[tuple[str, str, dict[str, Any]]] = [(path, kind, {}) for path, kind in read_wrong] + list(
        _invalid(error)
    )
    told: dict[str, Mistake] = {}
    for place, kind, details in found:
        path = next((each for each in lists if place.startswith(f"{each}.")), place)
        says = SAYS.get(KINDS.get(kind, kind), OTHERWISE)[0 if language == "zh" else 1].format(**details)
        names = [part for part in path.split(".") if not part.isdigit()]
        told.setdefault(path, Mistake(path, names[-1], says))
    return list(told.values())


def _invalid(error: ValidationError | None) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for each in error.errors(include_url=False, include_input=False) if error else ():
        path = ".".join(str(part) for part in each["loc"])
        kind = "too_much" if path.endswith(".minor") else each["type"]
        yield re.sub(r"\.(minor|currency)$", "", path), kind, dict(each.get("ctx", {}))
