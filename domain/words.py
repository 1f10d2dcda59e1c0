"""The values that every capability shares: money, periods, roles, terms with their two names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Annotated, Protocol, Self, TypeVar, runtime_checkable
from uuid import UUID

import msgspec
from annotated_types import Ge, MaxLen, MinLen
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

Telling = tuple[str, str]
"""The same words in Chinese and in English."""


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _printed(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise PydanticCustomError("text.printable", "there is a character in it that cannot be printed")
    return text


Printed = AfterValidator(_printed)
"""Text that a database can hold and a person can read: no control characters, no halves of characters."""

Text = Annotated[str, MinLen(1), MaxLen(400), Printed]
LongText = Annotated[str, MaxLen(400), Printed]
ShortText = Annotated[str, MaxLen(120), Printed]
Note = Annotated[str, MaxLen(4000), Printed]
Number = Annotated[str, MinLen(1), MaxLen(40), Field(pattern=r"^[\w./-]+$")]
"""A business number as people write it: letters, digits, dot, slash, dash."""
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""The checksum that tells a document from any other."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


def _countable(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError(
            "day.countable", "a date here lies between {first} and {last}", {"first": FIRST_DAY, "last": LAST_DAY}
        )
    return day


Day = Annotated[date, AfterValidator(_countable)]
"""A business date, in a range in which periods and clocks can be counted."""

T = TypeVar("T")


class Private:
    """Marks what is about a person, so that it can be told from what is about the business."""


Personal = Annotated[T, Private()]
"""What is about a person: kept under a key of theirs, so that it can be forgotten. Free text is, unless proven not."""

FORGOTTEN = "███"
"""What a text reads as once the person it was about has been forgotten."""


FIRST_SHOWN, LAST_SHOWN = 3, 4


def masked(text: str) -> str:
    """As much of a number or an address as tells two apart, and no more: 138****0000, w***@example.com."""
    name, at, domain = text.partition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    hidden = len(text) - FIRST_SHOWN - LAST_SHOWN
    return text[:FIRST_SHOWN] + "*" * hidden + text[-LAST_SHOWN:] if hidden > 0 else "*" * len(text)


class Term(StrEnum):
    """A word of the trade: its code, and its name in Chinese and English."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str, en: str) -> Self:
        term = str.__new__(cls, code)
        term._value_, term.zh, term.en = code, zh, en
        return term

    def tell(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@runtime_checkable
class Told(Protocol):
    """Whatever tells itself in a language: a term, and what is made of terms."""

    def tell(self, language: str) -> str: ...


def tell(value: object, language: str) -> str:
    """The value in the words of one language; several values as a list."""
    if isinstance(value, Told):
        return value.tell(language)
    if isinstance(value, (tuple, list, frozenset)):
        return ("、" if language == "zh" else ", ").join(tell(each, language) for each in value)
    return "—" if value is None else str(value)


PREFIX = {
    "customer": "K",
    "advice": "V",
    "application": "A",
    "policy": "P",
    "claim": "C",
    "complaint": "T",
    "dispute": "Z",
    "duty": "D",
}
"""The letter that a human number begins with, by its series."""


def numbered(series: str, year: int, number: int) -> str:
    """The human number: its series' letter, the year, eight digits."""
    return f"{PREFIX[series]}{year}{number:08d}"


class Role(Term):
    PRODUCT_OFFICER = "product_officer", "产品管理员", "product officer"
    AGENT = "agent", "代理人", "agent"
    UNDERWRITER = "underwriter", "核保员", "underwriter"
    CASHIER = "cashier", "收付费员", "cashier"
    CLAIMS_HANDLER = "claims_handler", "理赔员", "claims handler"
    SERVICE = "service", "客服专员", "service officer"
    COMPLAINT_OFFICER = "complaint_officer", "投诉专员", "complaint officer"
    SUPERVISOR = "supervisor", "主管", "supervisor"
    COMPLIANCE = "compliance", "合规官", "compliance officer"
    AUDITOR = "auditor", "审计师", "auditor"
    CUSTOMER = "customer", "客户", "customer"
    ADMINISTRATOR = "administrator", "系统管理员", "administrator"
    SYSTEM = "system", "系统", "the system itself"


STAFF = frozenset(Role) - {Role.CUSTOMER, Role.SYSTEM, Role.ADMINISTRATOR}
"""Everyone who works on cases."""


class OtherCurrency(ValueError):
    """Two amounts of different currencies were added or compared."""


CURRENCY = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (fen, cents) of one currency; a trillion of its major unit at most, either way."""

    minor: Annotated[int, Field(strict=True, ge=-(10**14), le=10**14)]
    currency: CURRENCY = "CNY"

    @classmethod
    def of(cls, amount: Decimal | str, currency: str = "CNY") -> Money:
        cents = (Decimal(amount) * 100).quantize(Decimal(1), ROUND_HALF_UP)
        return cls(int(cents), currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency if self.minor else other.currency)

    def __sub__(self, other: Money) -> Money:
        return self + -other

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def share(self, part: int, whole: int) -> Money:
        """Part of whole of it, rounded half up to the minor unit."""
        exact = Decimal(self.minor) * part / whole
        return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), self.currency)

    def _same(self, other: Money) -> int:
        if other.currency != self.currency and other.minor and self.minor:
            raise OtherCurrency(self.currency, other.currency)
        return other.minor

    def __str__(self) -> str:
        return f"{self.currency} {Decimal(self.minor) / 100:,.2f}"


def total(amounts: Iterable[Money], currency: str = "CNY") -> Money:
    amounts = list(amounts)
    return sum(amounts, Money(0, amounts[0].currency if amounts else currency))


def _not_below_zero(amount: Money) -> Money:
    if amount.minor < 0:
        raise PydanticCustomError("amount.not_below_zero", "an amount here is never below zero")
    return amount


Amount = Annotated[Money, AfterValidator(_not_below_zero)]
"""Money that is never below zero."""


@dataclass(frozen=True, slots=True)
class Period:
    """From 00:00 on the first day to 24:00 on the last, both included, in the insurer's calendar."""

    starts_on: Day
    ends_on: Day

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def days_left(self, day: date) -> int:
        """Days of the period from that day on, the day included."""
        return max(0, min(self.days, (self.ends_on - day).days + 1))

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class Actor(msgspec.Struct, array_like=True, frozen=True):
    """Who acts: the account's name, the role acted in, the customer they are or act for, how far their authority goes.

    `authority` is the largest sum, in minor units of the case's own currency, that they may approve alone; 0 is none.
    """

    name: str
    role: Role
    party: UUID | None = None
    authority: int = 0


SYSTEM = Actor("uberrima", Role.SYSTEM)

Days = Annotated[int, Ge(0)]


def plus_days(day: date, days: int) -> date:
    return day + timedelta(days=days)


def plus_years(day: date, years: int) -> date:
    """The same day some years on, or the month's last where there is none (Civil Code art 202)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def plus_months(day: date, months: int) -> date:
    """The corresponding day some months on, or the month's last where there is none (Civil Code art 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
