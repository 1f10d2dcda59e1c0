"""How a value looks on a page: terms in the reader's language, amounts with separators, links to cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from markupsafe import Markup, escape

from domain.kernel import CALENDAR_ZONE
from domain.words import Money, Period, Term
from interfaces.console.words import label, word

MINOR = frozenset(
    {
        "sum_insured",
        "premium",
        "paid",
        "claimed",
        "payable",
        "reserve",
        "due",
        "difference",
        "authority",
        "compensation",
        "largest",
        "needs",
        "amount",
        "received",
    }
)
"""Row fields that hold an amount in minor units, where they hold a number."""

PLACES = {
    "customer": "customers",
    "profile": "profiles",
    "agent": "agents",
    "advice": "advice",
    "policy": "policies",
    "claim": "claims",
    "dispute": "disputes",
    "complaint": "complaints",
    "product": "products",
    "catastrophe": "catastrophes",
    "duty": "duties",
    "survey": "surveys",
    "account": "accounts",
    "standard": "standards",
}
"""The room in which an aggregate of that kind is shown."""


def today() -> date:
    """The day on the insurer's calendar."""
    return datetime.now(UTC).astimezone(CALENDAR_ZONE).date()


def path_of(kind: str, stream: object) -> str:
    return f"/{PLACES[kind]}/{stream}" if kind in PLACES else f"/case/{stream}"


def moment(value: datetime) -> Markup:
    """An instant on the insurer's clock."""
    local = value.astimezone(CALENDAR_ZONE)
    return Markup('<time datetime="{}">{:%Y-%m-%d %H:%M:%S}</time>').format(value.isoformat(), local)


@dataclass(frozen=True, slots=True)
class Looks:
    """The eyes of one reader: their language, and the names of cases that this page knows."""

    language: str
    names: Mapping[UUID, str] = field(default_factory=dict)

    def t(self, key: str, **details: object) -> str:
        return word(key, self.language, **details)

    def label(self, name: str, of: str = "") -> str:
        return label(name, self.language, of)

    def says(self, telling: tuple[str, str]) -> str:
        return telling[0 if self.language == "zh" else 1]

    def cell(self, row: Any, name: str) -> Markup:
        """One field of a row."""
        return self.value(getattr(row, name), name, _currency(row))

    def value(self, value: Any, name: str = "", currency: str = "CNY") -> Markup:
        if isinstance(value, Term):
            return self._term(value, name)
        if isinstance(value, int) and not isinstance(value, bool) and name in MINOR:
            return self.show(Money(value, currency))
        if isinstance(value, UUID) and name in PLACES:
            return Markup('<a href="{}">{}</a>').format(path_of(name, value), self.names.get(value, str(value)[-8:]))
        return self.show(value)

    def show(self, value: Any) -> Markup:
        match value:
            case None | "" | () | []:
                return Markup('<span class="none">—</span>')
            case bool():
                return escape(self.t("yes" if value else "no"))
            case Term():
                return escape(value.tell(self.language))
            case Money() | Period():
                return Markup('<span class="figure">{}</span>').format(str(value))
            case datetime():
                return moment(value)
            case date():
                return self.show(None) if value in (date.max, date.min) else escape(value.isoformat())
            case UUID():
                shown = self.names.get(value, str(value)[-8:])
                return Markup('<a href="/case/{}">{}</a>').format(value, shown)
            case Enum():
                return escape(value.value)
            case tuple() | list() | frozenset() | set():
                return self._several(value)
            case dict():
                return self._parts(value)
        if not _made(value):
            return escape(value)
        return self._parts({f.name: getattr(value, f.name) for f in fields(value)}, type(value).__name__)

    def _term(self, term: Term, name: str) -> Markup:
        if name in ("status", "stage", "phase", "next_phase"):
            return Markup('<span class="tag tag-{}">{}</span>').format(term.value, term.tell(self.language))
        return self.show(term)

    def _several(self, values: Any) -> Markup:
        each = [self.show(value) for value in (sorted(values) if isinstance(values, (frozenset, set)) else values)]
        if not each:
            return self.show(None)
        if any(_made(value) or isinstance(value, dict) for value in values):
            return Markup('<ul class="parts">{}</ul>').format(Markup("").join(map(Markup("<li>{}</li>").format, each)))
        return (Markup("、") if self.language == "zh" else Markup(", ")).join(each)

    def _parts(self, parts: Mapping[str, Any], of: str = "") -> Markup:
        told = ((name, value) for name, value in parts.items() if value not in (None, "", (), []))
        pairs = (
            Markup('<span class="part"><span class="part-name">{}</span> {}</span>').format(
                self.label(name, of), self.value(value, name)
            )
            for name, value in told
        )
        return Markup(" ").join(pairs) or self.show(None)


def _made(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, (type, Money, Period))


def _currency(row: Any) -> str:
    if hasattr(row, "currency"):
        return str(row.currency)
    premium = getattr(row, "premium", None)
    return premium.currency if isinstance(premium, Money) else "CNY"
