"""From a cell to a typed value, by what the mapping says about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from application.importing.mapping import Kind, SourceMapping, Value
from application.importing.table import Cell
from domain.kernel import Refusal, Refused
from domain.words import Money

UNREADABLE = Refusal("import.unreadable", ("“{value}”不是{kind}", "“{value}” is no {kind}"))
NOT_LISTED = Refusal("import.not_listed", ("“{value}”不在对照表中", "“{value}” is not among the values looked up"))
TOO_LARGE = Refusal("import.too_large", ("“{value}”超出可记录的金额", "“{value}” is more than an amount can be"))

EXACT = Context(prec=200)
LARGEST = Decimal(2**53)
DIGITS = 20
HALF = Decimal("0.5")
FLAGS = {"true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False}

Read = Callable[[Cell], Any]


def reader(name: str, mapping: SourceMapping) -> Read:
    """What turns a cell into this value; None where the cell has none. It raises Refused."""
    value = mapping.values[name]
    text, parse = texts(name, mapping), _PARSERS[value.kind]
    currency = value.currency or mapping.currency

    # Cells repeat down a column: days, codes, limits.
    @lru_cache(maxsize=4096)
    def read(cell: Cell) -> Any:
        told = text(cell)
        return None if told is None else parse(told, value, currency)

    return read


def texts(name: str, mapping: SourceMapping) -> Callable[[Cell], Cell | None]:
    """What turns a cell into the text that is parsed: marks of absence out, the part cut, words looked up."""
    value = mapping.values[name]
    absent = frozenset(mapping.missing if value.missing is None else value.missing) | {""}

    def text(cell: Cell) -> Cell | None:
        told = cell.strip() if isinstance(cell, str) else cell
        if told in absent:
            return value.default
        if value.kind is Kind.WORDS:
            return told
        if value.split:
            parts = str(told).split(value.split)
            UNREADABLE.unless(len(parts) >= value.part, value=told, kind=value.kind)
            told = parts[value.part - 1].strip()
        if value.map:
            NOT_LISTED.unless(told in value.map, value=told)
            told = value.map[str(told)]
        return told

    return text


def cents(told: Cell, value: Value) -> Decimal:
    """The amount in minor units with whatever fraction of one it has."""
    plain = str(told).replace(value.thousands, "") if value.thousands else str(told)
    try:
        amount = Decimal(plain.replace(value.decimal, ".") if value.decimal != "." else plain)
    except InvalidOperation:
        raise Refused(UNREADABLE, {"value": told, "kind": value.kind}) from None
    UNREADABLE.unless(amount.is_finite() and "_" not in plain, value=told, kind=value.kind)
    TOO_LARGE.unless(amount.adjusted() < DIGITS, value=told)
    minor = EXACT.multiply(EXACT.multiply(amount, value.times), Decimal(100))
    TOO_LARGE.unless(abs(minor) <= LARGEST, value=told)
    return minor


def carry(amount: Decimal, remainder: Decimal) -> tuple[int, Decimal]:
    """The amount in whole cents and what is left for the next; what is whole already neither gives nor takes.

    The remainder stays from minus a half to below a half, so nothing not below zero is brought below it.
    """
    if amount == amount.to_integral_value():
        return int(amount), remainder
    due = EXACT.add(amount, remainder)
    whole = EXACT.add(due, HALF).to_integral_value(ROUND_FLOOR)
    return int(whole), EXACT.subtract(due, whole)


def _text(told: Cell, value: Value, currency: str) -> str:
    return str(told)


def _integer(told: Cell, value: Value, currency: str) -> int:
    number = cents(told, value).scaleb(-2)
    UNREADABLE.unless(number == number.to_integral_value(), value=told, kind=value.kind)
    return int(number)


def _money(told: Cell, value: Value, currency: str) -> Money:
    return Money(int(cents(told, value).to_integral_value(ROUND_HALF_UP)), currency)


def _date(told: Cell, value: Value, currency: str) -> date:
    day = told if isinstance(told, date) else _parsed(told, value)
    if value.day == "first_of_year":
        return date(day.year, 1, 1)
    return date(day.year, 12, 31) if value.day == "last_of_year" else day


def _parsed(told: str, value: Value) -> date:
    for form in value.formats:
        try:
            return datetime.strptime(told, form).date()  # noqa: DTZ007  (a date has no zone)
        except ValueError:
            continue
    raise Refused(UNREADABLE, {"value": told, "kind": value.kind})


def _flag(told: Cell, value: Value, currency: str) -> bool:
    flag = FLAGS.get(str(told).lower())
    UNREADABLE.unless(flag is not None, value=told, kind=value.kind)
    return bool(flag)


def _words(told: Cell, value: Value, currency: str) -> tuple[str, ...] | None:
    """Each word once, in the order of the cell; None where none is left."""
    words = [each.strip() for each in str(told).split(value.split or None)]
    if value.map and value.others == "refuse":
        for each in words:
            NOT_LISTED.unless(each in value.map, value=each)
    kept = (value.map.get(each) for each in words) if value.map else words
    return tuple(dict.fromkeys(each for each in kept if each)) or None


_PARSERS: dict[Kind, Callable[[Cell, Value, str], object]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.FLAG: _flag,
    Kind.WORDS: _words,
}
