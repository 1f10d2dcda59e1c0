"""How risky a customer is for laundering and fraud: rated from named factors, with a day by which it is looked at again.

The points and the days between two looks are the insurer's own, of the version that the rating keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen

from domain.kernel import Aggregate, Command, Event, Given, stream_of
from domain.words import Note, Personal, Role, Term, plus_months

VERSION = "2026-1"


class Factor(Term):
    """Something about a customer that a rating looks at."""

    EXPOSED = "exposed", "政治公众人物", "politically exposed"
    REGION = "region", "高风险国家或地区", "high-risk country or region"
    CASH = "cash", "现金密集行业", "cash-intensive trade"
    OWNERSHIP = "ownership", "股权结构复杂", "complex ownership"
    UNUSUAL = "unusual", "交易异常", "unusual transactions"
    NEWS = "news", "负面信息", "adverse news"
    WARNINGS = "warnings", "理赔预警", "claims with warnings"
    AWAY = "away", "非面对面建立关系", "never met face to face"


POINTS: Mapping[Factor, int] = {
    Factor.EXPOSED: 50,
    Factor.REGION: 30,
    Factor.CASH: 15,
    Factor.OWNERSHIP: 20,
    Factor.UNUSUAL: 30,
    Factor.NEWS: 25,
    Factor.WARNINGS: 20,
    Factor.AWAY: 10,
}


class Tier(Term):
    LOW = "low", "低风险", "low"
    MEDIUM = "medium", "中风险", "medium"
    HIGH = "high", "高风险", "high"


AGAIN: Mapping[Tier, int] = {Tier.LOW: 36, Tier.MEDIUM: 12, Tier.HIGH: 6}
"""After how many months somebody looks again."""


class CustomerRated(Event):
    internal = True
    tells = (
        "客户风险评级：{tier}（{score}分，{version}）：{factors}，{again_on}前复评",
        "risk rating {tier} ({score}, {version}): {factors}; to be looked at again by {again_on}",
    )
    customer: UUID
    tier: Tier
    score: int
    factors: tuple[Factor, ...]
    version: str
    note: Personal[str]
    again_on: date


class Rating(Aggregate):
    """The rating of one customer."""

    opened = False

    customer: UUID | None = None
    tier: Tier | None = None

    @property
    def party(self) -> UUID | None:
        return self.customer

    @property
    def high(self) -> bool:
        return self.tier is Tier.HIGH

    def evolve(self, event: Event) -> Rating:
        match event:
            case CustomerRated(customer=customer, tier=tier):
                return self.but(customer=customer, tier=tier)
        return self


def rating_of(customer: UUID) -> UUID:
    return stream_of(Rating, str(customer))


def tier_of(score: int) -> Tier:
    return Tier.HIGH if score >= 50 else Tier.MEDIUM if score >= 20 else Tier.LOW


class RateCustomer(Command):
    """Rates a customer from what is known; the points make the tier, and the tier the day of the next look."""

    on, may = Rating, frozenset({Role.COMPLIANCE})
    says = ("客户风险评级", "Rate a customer")
    customer: UUID
    factors: Annotated[tuple[Factor, ...], MaxLen(8)]
    note: Note = ""

    @property
    def home(self) -> UUID:
        return rating_of(self.customer)

    def decide(self, rating: Rating, given: Given) -> Iterator[Event]:
        factors = tuple(sorted(set(self.factors)))
        score = min(100, sum(POINTS[each] for each in factors))
        tier = tier_of(score)
        yield CustomerRated(
            customer=self.customer,
            tier=tier,
            score=score,
            factors=factors,
            version=VERSION,
            note=self.note,
            again_on=plus_months(given.today, AGAIN[tier]),
        )
