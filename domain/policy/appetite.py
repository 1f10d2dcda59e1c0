"""What is accepted as it stands and what raises an issue, as dated standards that a decision names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.policy.risk import Concern
from domain.policy.state import Policy
from domain.product import Line, Terms
from domain.words import Money, total


@dataclass(frozen=True, slots=True)
class Appetite:
    """An underwriting standard: sums in whole yuan up to which, and ages up to which, nobody has to look.

    Never applied to a risk that was accepted under an earlier one.
    """

    number: str
    since: date
    sums: dict[Line, int]
    oldest: dict[Line, int]


APPETITES = (
    Appetite(
        "UW-2024.1",
        date(2024, 1, 1),
        {
            Line.PROPERTY: 5_000_000,
            Line.LIABILITY: 3_000_000,
            Line.CREDIT: 1_000_000,
            Line.LIFE: 1_000_000,
            Line.HEALTH: 2_000_000,
            Line.ACCIDENT: 1_000_000,
        },
        {Line.LIFE: 55, Line.HEALTH: 60, Line.ACCIDENT: 65},
    ),
)
"""The earliest first; only ever added to."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An issue that the standard raises: what it is, what it rests on, how far the authority has to reach."""

    concern: Concern
    detail: str
    needs: Money


def appetite_on(day: date) -> Appetite:
    return next((each for each in reversed(APPETITES) if each.since <= day), APPETITES[0])


def doubts(policy: Policy, terms: Terms, age: int | None, standard: Appetite, day: date) -> Iterator[Doubt]:
    """What the standard finds in an application, as it is complete."""
    insured = total(each.insured for each in policy.sums)
    accepted = Money(standard.sums[terms.line] * 100, insured.currency)
    if accepted < insured:
        yield Doubt(Concern.LARGE_SUM, f"{insured} > {accepted}", insured)
    if policy.examined.adverse:
        yield Doubt(Concern.ADVERSE_ANSWER, "、".join(policy.examined.adverse), insured)
    oldest = standard.oldest.get(terms.line)
    if oldest is not None and age is not None and age > oldest:
        yield Doubt(Concern.AGE, f"{age} > {oldest}", insured)
    if policy.period.starts_on < day:
        yield Doubt(Concern.BACKDATED, f"{policy.period.starts_on} < {day}", insured)
