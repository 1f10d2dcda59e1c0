"""How well a product suits a customer: what speaks for it, what against, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from domain.product import Form, Grade, Insured, Line
from domain.profile import Capacity, Means, Profile
from domain.words import Money, Term

UNCERTAIN = frozenset({Form.PARTICIPATING, Form.UNIVERSAL, Form.UNIT_LINKED})
"""What pays is not fixed: participating, universal, unit-linked (Measures of 2025 art 39)."""
VALID_MONTHS = 12


class Merit(Term):
    MEETS_NEED = "meets_need", "满足所述需求", "meets a stated need"
    FIRST_NEED = "first_need", "满足最迫切的需求", "meets the most urgent need"
    FILLS_GAP = "fills_gap", "填补尚无的保障", "fills a gap in the cover held"
    WITHIN_BUDGET = "within_budget", "保费在预算之内", "the premium is within the budget"
    LOW_RISK = "low_risk", "风险等级低于承受能力", "carries less risk than can be borne"


class Objection(Term):
    """What speaks against a product. Each rests on a rule."""

    BEYOND_TOLERANCE = "beyond_tolerance", "风险等级超过客户承受能力", "carries more risk than the customer bears"
    BEYOND_MEANS = "beyond_means", "年缴保费超过家庭年收入", "a year's premium exceeds the household's income"
    NOT_ASSESSED = "not_assessed", "风险测评缺失或已过期", "tolerance of risk not assessed in twelve months"
    NO_CAPACITY = "no_capacity", "客户不具备相应民事行为能力", "the customer lacks the legal capacity"
    NOT_FOR_PERSONS = "not_for_persons", "不面向个人客户", "is not for persons"
    NOT_NEEDED = "not_needed", "不属于所述需求", "meets no stated need"
    HELD_ALREADY = "held_already", "已持有同类保障", "such cover is held already"
    OVER_BUDGET = "over_budget", "保费超出预算", "the premium exceeds the budget"

    @property
    def bars(self) -> bool:
        """Whether nothing is sold at all; otherwise the customer may insist, in writing."""
        return self in BARRING

    @property
    def ground(self) -> str:
        return GROUNDS[self]


BARRING = frozenset(
    {Objection.BEYOND_TOLERANCE, Objection.BEYOND_MEANS, Objection.NOT_ASSESSED, Objection.NO_CAPACITY}
    | {Objection.NOT_FOR_PERSONS}
)
GROUNDS = {
    Objection.BEYOND_TOLERANCE: "SALE-UNSUITABLE-DENY",
    Objection.BEYOND_MEANS: "SALE-UNSUITABLE-DENY",
    Objection.NOT_ASSESSED: "SALE-RISK-VALID-12M",
    Objection.NO_CAPACITY: "SALE-NO-CAPACITY",
    Objection.NOT_FOR_PERSONS: "SALE-KYC-NEEDS",
    Objection.NOT_NEEDED: "SALE-UNSUITABLE-ADVISE",
    Objection.HELD_ALREADY: "SALE-UNSUITABLE-ADVISE",
    Objection.OVER_BUDGET: "SALE-UNSUITABLE-ADVISE",
}
WEIGHTS = {
    Merit.FIRST_NEED: 40,
    Merit.MEETS_NEED: 25,
    Merit.FILLS_GAP: 15,
    Merit.WITHIN_BUDGET: 25,
    Merit.LOW_RISK: 20,
}
"""Of a hundred; what meets the first need meets no other as well."""


class Offered(Protocol):
    """What is to be known of a product in order to weigh it."""

    @property
    def line(self) -> Line: ...
    @property
    def insured(self) -> Insured: ...
    @property
    def form(self) -> Form: ...
    @property
    def grade(self) -> Grade: ...
    @property
    def rate_per_million(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Weighed:
    """How well it suits: the score, what speaks for it and against it."""

    score: int
    merits: tuple[Merit, ...]
    objections: tuple[Objection, ...]

    @property
    def suits(self) -> bool:
        return not self.objections

    @property
    def barred(self) -> bool:
        return any(each.bars for each in self.objections)


def weigh(profile: Profile, product: Offered, day: date) -> Weighed:
    """Weighs a product for the sum that is wanted, on a day; the same profile and terms, the same result."""
    means = profile.means
    premium = yearly(product, means) if means else Money(0)
    needed = [need.met_by for need in profile.needs]
    merits = (
        *((Merit.FIRST_NEED,) if needed[:1] == [product.line] else ()),
        *((Merit.MEETS_NEED,) if product.line in needed[1:] and needed[0] != product.line else ()),
        *((Merit.FILLS_GAP,) if product.line in needed and product.line not in profile.held else ()),
        *((Merit.WITHIN_BUDGET,) if means and premium <= means.budget else ()),
        *((Merit.LOW_RISK,) if _level(product) < profile.level else ()),
    )
    against = tuple(_objections(profile, product, day, premium))
    return Weighed(sum(WEIGHTS[each] for each in merits), merits, against)


def _objections(profile: Profile, product: Offered, day: date, premium: Money) -> list[Objection]:
    means, found = profile.means, []
    if product.insured in (Insured.GROUP, Insured.ENTERPRISE):
        found.append(Objection.NOT_FOR_PERSONS)
    if _level(product) > profile.level:
        found.append(Objection.BEYOND_TOLERANCE)
    # Only where the principal is at risk (Measures of 2025 art 29).
    if product.form is Form.UNIT_LINKED and not profile.assessed_within(VALID_MONTHS, day):
        found.append(Objection.NOT_ASSESSED)
    limited = profile.capacity is Capacity.LIMITED and product.grade is not Grade.R1
    if profile.capacity is Capacity.NONE or limited:
        found.append(Objection.NO_CAPACITY)
    if means and means.income < premium:
        found.append(Objection.BEYOND_MEANS)
    elif means and means.budget < premium:
        found.append(Objection.OVER_BUDGET)
    if product.line not in [need.met_by for need in profile.needs]:
        found.append(Objection.NOT_NEEDED)
    elif product.line in profile.held:
        found.append(Objection.HELD_ALREADY)
    return found


def yearly(product: Offered, means: Means) -> Money:
    """A year's premium for the sum that is wanted, at the tariff's rate."""
    return means.wanted.share(product.rate_per_million, 1_000_000)


def _level(product: Offered) -> int:
    return int(product.grade.value[1])
