"""What is known of a customer before anything is recommended: needs, means, cover held, tolerance of risk, identity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import Field

from domain.customer import Customer
from domain.kernel import Aggregate, Command, Event, Given, Refusal, not_in_future, stream_of
from domain.product import Line
from domain.retention import LAUNDERING, Kept
from domain.rules.rulebook import Rulebook
from domain.words import Amount, Day, Money, Number, Personal, Role, ShortText, Term, Text, plus_months, plus_years


class Need(Term):
    FAMILY = "family", "家人在其身故后的生活", "the family after a death"
    ILLNESS = "illness", "医疗费用", "the costs of illness"
    ACCIDENT = "accident", "意外伤害", "accidents"
    OLD_AGE = "old_age", "养老", "old age"
    SAVINGS = "savings", "储蓄与财富传承", "savings and inheritance"
    PROPERTY = "property", "财产损失", "loss of property"
    LIABILITY = "liability", "对他人的赔偿责任", "liability to others"
    CREDIT = "credit", "债务人违约", "default of a debtor"

    @property
    def met_by(self) -> Line:
        return MET_BY[self]


MET_BY = {
    Need.FAMILY: Line.LIFE,
    Need.ILLNESS: Line.HEALTH,
    Need.ACCIDENT: Line.ACCIDENT,
    Need.OLD_AGE: Line.LIFE,
    Need.SAVINGS: Line.LIFE,
    Need.PROPERTY: Line.PROPERTY,
    Need.LIABILITY: Line.LIABILITY,
    Need.CREDIT: Line.CREDIT,
}


class Tolerance(Term):
    """How much risk a customer bears, in the five levels of the Measures of 2025, arts 28-29."""

    C1 = "C1", "保守型", "none"
    C2 = "C2", "谨慎型", "little"
    C3 = "C3", "稳健型", "some"
    C4 = "C4", "积极型", "much"
    C5 = "C5", "进取型", "high"

    @property
    def level(self) -> int:
        return int(self.value[1])


class Capacity(Term):
    FULL = "full", "完全民事行为能力", "full legal capacity"
    LIMITED = "limited", "限制民事行为能力", "limited legal capacity"
    NONE = "none", "无民事行为能力", "no legal capacity"


@dataclass(frozen=True, slots=True)
class Means:
    """Of the household, a year: what comes in, what may go into premium; and what cover is wanted."""

    income: Amount
    budget: Amount
    wanted: Amount
    assets: Amount = Money(0)
    debts: Amount = Money(0)
    dependants: Annotated[int, Ge(0), Le(30)] = 0


TESTED_TODAY = Refusal(
    "profile.tested_today",
    ("同一客户一天内风险测评不得超过{most}次", "a customer's tolerance is assessed at most {most} times a day"),
    rule="SALE-RISK-2PERDAY",
)
TESTED_OFTEN = Refusal(
    "profile.tested_often",
    (
        "同一客户12个月内风险测评不得超过{most}次",
        "a customer's tolerance is assessed at most {most} times in 12 months",
    ),
    rule="SALE-RISK-8PER12M",
)
ASKERS = frozenset({Role.AGENT, Role.SERVICE, Role.CUSTOMER})


class ProfileTaken(Event):
    """A later one replaces an earlier one; both stay."""

    tells = ("于{taken_on}了解客户需求与财务状况", "needs and means were asked after on {taken_on}")
    customer: UUID
    taken_on: date
    needs: Personal[tuple[Need, ...]]
    means: Personal[Means | None] = None
    held: Personal[tuple[Line, ...]] = ()
    capacity: Personal[Capacity] = Capacity.FULL
    occupation: Personal[str] = ""


class ToleranceAssessed(Event):
    tells = (
        "于{assessed_on}完成风险承受能力测评，问卷{record}",
        "tolerance of risk assessed on {assessed_on}, {record}",
    )
    customer: UUID
    assessed_on: date
    record: Personal[str]
    tolerance: Personal[Tolerance | None] = None


class IdentityVerified(Event):
    """Who the customer is was identified and verified (Anti-Money Laundering Law art 29)."""

    tells = ("于{verified_on}核实客户身份，凭证{evidence}", "identity verified on {verified_on}, {evidence}")
    customer: UUID
    verified_on: date
    document: Personal[str]
    evidence: str


class Profile(Aggregate):
    opened = False

    customer: UUID | None = None
    needs: tuple[Need, ...] = ()
    means: Means | None = None
    held: tuple[Line, ...] = ()
    capacity: Capacity = Capacity.FULL
    tolerance: Tolerance | None = None
    assessed: tuple[date, ...] = ()
    verified_on: date | None = None

    @property
    def party(self) -> UUID | None:
        return self.customer

    def evolve(self, event: Event) -> Profile:
        match event:
            case ProfileTaken():
                told = {name: getattr(event, name) for name in ("customer", "needs", "means", "held", "capacity")}
                return self.but(**told)
            case ToleranceAssessed(customer=customer, assessed_on=assessed_on, tolerance=tolerance):
                return self.but(customer=customer, tolerance=tolerance, assessed=(*self.assessed, assessed_on))
            case IdentityVerified(customer=customer, verified_on=verified_on):
                return self.but(customer=customer, verified_on=verified_on)
        return self

    @property
    def level(self) -> int:
        """Whoever has not been assessed is taken to bear the least."""
        return self.tolerance.level if self.tolerance else 1

    def assessed_within(self, months: int, day: date) -> bool:
        return any(each <= day <= plus_months(each, months) for each in self.assessed)

    def kept(self) -> Iterator[Kept]:
        if self.verified_on:
            yield LAUNDERING.since(self.verified_on, "KYC")


def profile_of(customer: UUID) -> UUID:
    """The stream of a customer's profile: there is one for each."""
    return stream_of(Profile, str(customer))


class _OfCustomer(Command):
    on, may, consults = Profile, ASKERS, (Customer, Rulebook)
    customer: UUID

    @property
    def home(self) -> UUID:
        return profile_of(self.customer)


class TakeProfile(_OfCustomer):
    """Needs, means and cover held, asked after before anything is recommended."""

    says = ("了解客户", "Take the customer's profile")
    applies = ("SALE-KYC-NEEDS",)
    taken_on: Day
    needs: Annotated[tuple[Need, ...], MinLen(1), MaxLen(8)] = Field(description="The most urgent first.")
    means: Means
    held: Annotated[tuple[Line, ...], MaxLen(6)] = ()
    capacity: Capacity = Capacity.FULL
    occupation: ShortText = ""

    def decide(self, profile: Profile, given: Given) -> Iterator[Event]:
        not_in_future(self.taken_on, given)
        yield ProfileTaken(**{**dict(self), "needs": tuple(dict.fromkeys(self.needs))})


class AssessTolerance(_OfCustomer):
    """How much risk the customer bears, by a questionnaire that is kept under its number."""

    says = ("风险承受能力测评", "Assess the tolerance of risk")
    applies = ("SALE-RISK-2PERDAY", "SALE-RISK-8PER12M")
    assessed_on: Day
    tolerance: Tolerance
    record: Number

    def decide(self, profile: Profile, given: Given) -> Iterator[Event]:
        not_in_future(self.assessed_on, given)
        a_day, a_year = (given[Rulebook].number(rule, given.today) for rule in self.applies[:2])
        same = sum(each == self.assessed_on for each in profile.assessed)
        TESTED_TODAY.unless(a_day is None or same < a_day, most=a_day)
        lately = sum(plus_years(each, 1) > self.assessed_on for each in profile.assessed)
        TESTED_OFTEN.unless(a_year is None or lately < a_year, most=a_year)
        yield ToleranceAssessed(**dict(self))


class VerifyIdentity(_OfCustomer):
    """Identified, and verified by a document or a reliable source."""

    says = ("核实客户身份", "Verify the identity")
    applies = ("AML-CDD-WHEN",)
    may = frozenset({Role.AGENT, Role.SERVICE})
    verified_on: Day
    document: Text
    evidence: Number

    def decide(self, profile: Profile, given: Given) -> Iterator[Event]:
        not_in_future(self.verified_on, given)
        yield IdentityVerified(**dict(self))
