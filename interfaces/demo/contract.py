"""What the stories of one policy share: the sale, its premiums, its changes and its claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import UUID

from domain.losses import Loss
from domain.policy.contract import Due, premium_for, schedule
from domain.policy.events import Sum
from domain.product import Benefit, Terms
from domain.words import Money, Period, plus_days
from interfaces.demo.customers import Client
from interfaces.demo.products import Shelf, Ware
from interfaces.demo.staff import Staff
from interfaces.demo.world import Life, World


@dataclass(frozen=True, slots=True)
class Insurer:
    """Where the stories take place; of a hundred policies, about so many `complaints` are made."""

    world: World
    staff: Staff
    shelf: Shelf
    complaints: int
    clients: list[Client] = field(default_factory=list)
    approved: dict[UUID, int] = field(default_factory=dict)
    losses: dict[UUID, list[Loss]] = field(default_factory=dict)
    apart: set[frozenset[UUID]] = field(default_factory=set)
    tested: set[tuple[UUID, date]] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class Contract:
    """As the people in the story remember it; they pay what they reckon from it, in fen."""

    stream: UUID
    client: Client
    ware: Ware
    version: int
    period: Period
    changes: list[tuple[date, tuple[Sum, ...]]]
    instalments: int = 1
    loading: int = 0
    number: str = ""
    paid: int = 0
    dues: list[Due] = field(default_factory=list)
    delivered_on: date | None = None
    ended: bool = False
    settles_on: date | None = None
    """When overdue premium will be paid at last, while some is overdue."""

    @property
    def terms(self) -> Terms:
        return self.ware.editions[self.version - 1]

    @property
    def sums(self) -> tuple[Sum, ...]:
        return self.changes[-1][1]

    def sums_on(self, day: date) -> tuple[Sum, ...]:
        return max((change for change in self.changes if change[0] <= day), key=lambda change: change[0])[1]

    def price(self, sums: tuple[Sum, ...], days: int) -> Money:
        return premium_for(self.terms, sums, days, self.loading)

    def agree(self, period: Period, instalments: int) -> None:
        """What is due for a period, at issue or at renewal."""
        self.period, self.instalments = period, instalments
        self.dues += schedule(period, self.price(self.sums, period.days), instalments)

    def owed_on(self, day: date) -> Money:
        return Money(max(0, sum(due.amount.minor for due in self.dues if due.due_on <= day) - self.paid))

    def change(self, sums: tuple[Sum, ...], effective_on: date, known_on: date) -> Money:
        """Takes the endorsement to the books; returns what it costs."""
        days = (self.period.ends_on - effective_on).days + 1
        difference = self.price(sums, days) - self.price(self.sums, days)
        self.dues.append(Due(max(effective_on, known_on), difference))
        self.changes.append((effective_on, sums))
        return difference


class Case(Life):
    """A story with the people of the insurer in it."""

    def __init__(self, insurer: Insurer, name: str, stream: UUID, after: Life) -> None:
        super().__init__(insurer.world, name, stream, after.now)
        self.insurer, self.staff = insurer, insurer.staff


def insure(dice: Random, benefits: tuple[Benefit, ...]) -> tuple[Sum, ...]:
    """The first benefit always, the others mostly; round sums within the limits."""
    part = dice.choice((10, 20, 20, 30, 50))
    chosen = [each for place, each in enumerate(benefits) if place == 0 or dice.random() < 0.75]
    return tuple(Sum(each.code, rounded(each.largest.share(part, 100)), each.deductible) for each in chosen)


def rounded(amount: Money, to: int = 100_000) -> Money:
    return Money(max(to, amount.minor // to * to), amount.currency)


def scaled(terms: Terms, sums: tuple[Sum, ...], percent: int) -> tuple[Sum, ...]:
    """The same benefits for more or less, within the limits."""
    return tuple(
        Sum(s.benefit, min(benefit.largest, rounded(s.insured.share(percent, 100))), s.deductible)
        for s in sums
        if (benefit := terms.benefit(s.benefit))
    )


def scaled_beyond(contract: Contract) -> tuple[Sum, ...]:
    """More than the product allows."""
    benefits = {each.code: each for each in contract.terms.benefits}
    return tuple(Sum(s.benefit, benefits[s.benefit].largest + Money(100), s.deductible) for s in contract.sums)


def draft(stream: UUID, client: Client, ware: Ware, day: date) -> Contract:
    """A contract of which nothing is known yet but who wants what."""
    return Contract(stream=stream, client=client, ware=ware, version=0, period=Period(day, day), changes=[])


def until(starts_on: date, days: int) -> Period:
    return Period(starts_on, plus_days(starts_on, days - 1))
