"""A product, from its first draft to its withdrawal, version by version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import Field

from domain.kernel import Aggregate, Command, Event, Given, Refusal, same_currency
from domain.rules.rulebook import Rulebook
from domain.words import Amount, Day, Days, Money, Note, Number, Role, Term, Text


class Line(Term):
    PROPERTY = "property", "财产损失保险", "property loss"
    LIABILITY = "liability", "责任保险", "liability"
    CREDIT = "credit", "信用保证保险", "credit"
    LIFE = "life", "人寿保险", "life"
    HEALTH = "health", "健康保险", "health"
    ACCIDENT = "accident", "意外伤害保险", "accident"

    @property
    def is_personal(self) -> bool:
        return self in (Line.LIFE, Line.HEALTH, Line.ACCIDENT)


class Insured(Term):
    PERSON = "person", "个人", "a person"
    FAMILY = "family", "家庭", "a family"
    GROUP = "group", "团体", "a group"
    VEHICLE = "vehicle", "机动车", "a vehicle"
    PROPERTY = "property", "财产", "property"
    ENTERPRISE = "enterprise", "企业", "an enterprise"


class Form(Term):
    INDEMNITY = "indemnity", "费用补偿型", "indemnity of loss"
    FIXED = "fixed", "定额给付型", "fixed sum"
    PARTICIPATING = "participating", "分红型", "participating"
    UNIVERSAL = "universal", "万能型", "universal"
    UNIT_LINKED = "unit_linked", "投资连结型", "unit-linked"


class Grade(Term):
    R1 = "R1", "低风险", "low risk"
    R2 = "R2", "中低风险", "lower-medium risk"
    R3 = "R3", "中风险", "medium risk"
    R4 = "R4", "中高风险", "higher-medium risk"
    R5 = "R5", "高风险", "high risk"


class Stage(Term):
    DRAFT = "draft", "拟定", "draft"
    FILED = "filed", "已备案", "filed with the regulator"
    ON_SALE = "on_sale", "在售", "on sale"
    WITHDRAWN = "withdrawn", "已停售", "withdrawn"


@dataclass(frozen=True, slots=True)
class Benefit:
    """One thing the product pays for. The deductible is the part of each loss the insured bears."""

    code: Number
    name: Text
    largest: Amount
    deductible: Amount = Money(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """Rate: premium per million of sum insured and year. Cash values: percent of the premium paid, by completed year."""

    line: Line
    covers: Text
    insured: Insured
    form: Form
    grade: Grade
    benefits: Annotated[tuple[Benefit, ...], MinLen(1), MaxLen(50)]
    rate_per_million: Annotated[int, Ge(0), Le(1_000_000)]
    longest_months: Annotated[int, Ge(1), Le(1200)] = 12
    cooling_off_days: Annotated[int, Ge(0), Le(365)] = 0
    waiting_days: Days = 0
    exclusions: Annotated[tuple[Text, ...], MaxLen(50)] = ()
    cash_values: Annotated[tuple[Annotated[int, Ge(0), Le(200)], ...], MaxLen(100)] = ()
    maturity_percent: Annotated[int, Ge(0), Le(200)] = 0

    @property
    def is_individual(self) -> bool:
        """Whether the service Provisions for life, health and accident apply, which leave out groups (art 32)."""
        return self.line.is_personal and self.insured in (Insured.PERSON, Insured.FAMILY)

    def benefit(self, code: str) -> Benefit | None:
        return next((each for each in self.benefits if each.code == code), None)


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a product's terms, how far it has come, and from and until when it is sold."""

    version: int
    terms: Terms
    stage: Stage
    sold_from: date | None = None
    sold_until: date | None = None

    def sold_on(self, day: date) -> bool:
        begun = self.sold_from is not None and self.sold_from <= day
        return begun and (self.sold_until is None or day < self.sold_until)

    def withdrawn(self, day: date) -> Edition:
        return replace(self, sold_until=min(day, self.sold_until or day)) if self.sold_from else self


NOT_DRAFT = Refusal("product.not_draft", ("版本{version}不是拟定状态", "version {version} is not a draft"))
NOT_FILED = Refusal(
    "product.not_filed",
    ("版本{version}尚未备案，不得销售", "version {version} has not been filed, so it may not be sold"),
    rule="PROD-APPROVAL-BEFORE-USE",
)
COOLING_OFF_TOO_SHORT = Refusal(
    "product.cooling_off_too_short",
    ("长期健康保险的犹豫期不得少于{days}天", "long-term health cover has a cooling-off period of at least {days} days"),
    rule="COOL-HEALTH-15D",
)
WAITING_TOO_LONG = Refusal(
    "product.waiting_too_long",
    ("健康保险的等待期不得超过{days}天", "health cover waits at most {days} days"),
    rule="PROD-HEALTH-WAIT-180D",
)
NOT_ON_SALE = Refusal("product.not_on_sale", ("产品{code}在{day}不在售", "product {code} is not on sale on {day}"))
OPEN_DRAFT = Refusal("product.open_draft", ("已有一个拟定中的版本", "a draft version is open already"))
BENEFIT_TWICE = Refusal("product.benefit_twice", ("责任代码重复", "two benefits have the same code"))
OFFICER = frozenset({Role.PRODUCT_OFFICER})


# -- events ---------------------------------------------------------------------------


class ProductDrafted(Event):
    tells = ("拟定产品{code}《{name}》", "drafted {name} as {code}")
    unique = ("code",)
    code: str
    name: str
    terms: Terms


class ProductRevised(Event):
    tells = ("拟定第{version}版：{reason}", "drafted version {version}: {reason}")
    version: int
    terms: Terms
    reason: str


class ProductFiled(Event):
    tells = ("第{version}版已向监管备案，备案号{filing}", "version {version} filed with the regulator as {filing}")
    version: int
    filing: str


class ProductPutOnSale(Event):
    tells = ("第{version}版自{sold_from}起在售", "version {version} on sale from {sold_from}")
    version: int
    sold_from: date


class ProductWithdrawn(Event):
    tells = ("自{withdrawn_on}起停售：{reason}", "withdrawn from sale on {withdrawn_on}: {reason}")
    withdrawn_on: date
    reason: str


# -- state ----------------------------------------------------------------------------


class Product(Aggregate):
    code: str = ""
    name: str = ""
    editions: tuple[Edition, ...] = ()

    def evolve(self, event: Event) -> Product:
        match event:
            case ProductDrafted(code=code, name=name, terms=terms):
                return self.but(code=code, name=name, editions=(Edition(1, terms, Stage.DRAFT),))
            case ProductRevised(version=version, terms=terms):
                return self.but(editions=(*self.editions, Edition(version, terms, Stage.DRAFT)))
            case ProductFiled(version=version):
                return self._now(version, Stage.FILED)
            case ProductPutOnSale(version=version, sold_from=sold_from):
                return self._now(version, Stage.ON_SALE, sold_from)
            case ProductWithdrawn(withdrawn_on=withdrawn_on):
                return self.but(editions=tuple(e.withdrawn(withdrawn_on) for e in self.editions))
        return self

    def _now(self, version: int, stage: Stage, sold_from: date | None = None) -> Product:
        old = self.editions[version - 1]
        new = Edition(version, old.terms, stage, sold_from or old.sold_from)
        return self.but(editions=(*self.editions[: version - 1], new, *self.editions[version:]))

    def edition(self, version: int) -> Edition | None:
        return self.editions[version - 1] if 0 < version <= len(self.editions) else None

    def sold_on(self, day: date) -> Edition | None:
        """The version on sale that day: the one put on sale last before it."""
        sold = [e for e in self.editions if e.sold_on(day)]
        return max(sold, key=lambda e: (e.sold_from or day, e.version), default=None)

    @property
    def draft(self) -> Edition | None:
        return next((e for e in self.editions if e.stage is Stage.DRAFT), None)


# -- commands -------------------------------------------------------------------------


def lawful(terms: Terms, given: Given) -> None:
    """Raises Refused where the terms would break a rule, or mix currencies."""
    same_currency(*(amount for each in terms.benefits for amount in (each.largest, each.deductible)))
    BENEFIT_TWICE.unless(len({each.code for each in terms.benefits}) == len(terms.benefits))
    if terms.line is Line.HEALTH:
        least, most = (given[Rulebook].number(id, given.today) for id in ("COOL-HEALTH-15D", "PROD-HEALTH-WAIT-180D"))
        long_term = terms.longest_months > 12
        COOLING_OFF_TOO_SHORT.unless(least is None or not long_term or terms.cooling_off_days >= least, days=least)
        WAITING_TOO_LONG.unless(most is None or terms.waiting_days <= most, days=most)


class DraftProduct(Command):
    """Begins a product with the terms of its first version."""

    on, opens, may, consults = Product, True, OFFICER, (Rulebook,)
    says = ("拟定产品", "Draft product")
    applies = ("COOL-HEALTH-15D", "PROD-HEALTH-WAIT-180D")
    code: Number
    name: Text
    terms: Terms

    def decide(self, product: Product, given: Given) -> Iterator[Event]:
        lawful(self.terms, given)
        yield ProductDrafted(code=self.code, name=self.name, terms=self.terms)


class ReviseProduct(Command):
    """Drafts the next version; policies sold before keep the version they were sold under."""

    on, may, consults = Product, OFFICER, (Rulebook,)
    says = ("修订产品", "Revise product")
    applies = ("COOL-HEALTH-15D", "PROD-HEALTH-WAIT-180D")
    terms: Terms
    reason: Annotated[Note, MinLen(1)]

    def decide(self, product: Product, given: Given) -> Iterator[Event]:
        OPEN_DRAFT.unless(product.draft is None)
        lawful(self.terms, given)
        yield ProductRevised(version=len(product.editions) + 1, terms=self.terms, reason=self.reason)


class FileProduct(Command):
    """Records that the draft has been filed with, or approved by, the regulator."""

    on, may = Product, OFFICER | {Role.COMPLIANCE}
    says = ("备案", "File with the regulator")
    filing: Number = Field(description="The regulator's filing or approval number.")

    def decide(self, product: Product, given: Given) -> Iterator[Event]:
        NOT_DRAFT.unless(product.draft, version=len(product.editions))
        assert product.draft
        yield ProductFiled(version=product.draft.version, filing=self.filing)


class PutProductOnSale(Command):
    """Opens a filed version to sale from a day on, or opens it again after a withdrawal."""

    on, may = Product, OFFICER
    says = ("上市销售", "Put on sale")
    applies = ("PROD-APPROVAL-BEFORE-USE",)
    version: Annotated[int, Ge(1)]
    sold_from: Day

    def decide(self, product: Product, given: Given) -> Iterator[Event]:
        edition = product.edition(self.version)
        NOT_FILED.unless(edition and edition.stage in (Stage.FILED, Stage.ON_SALE), version=self.version)
        assert edition
        if (edition.stage, edition.sold_from, edition.sold_until) != (Stage.ON_SALE, self.sold_from, None):
            yield ProductPutOnSale(version=self.version, sold_from=self.sold_from)


class WithdrawProduct(Command):
    """Stops the sale from a day on; policies in force run on."""

    on, may = Product, OFFICER | {Role.COMPLIANCE}
    says = ("停售", "Withdraw from sale")
    withdrawn_on: Day
    reason: Annotated[Note, MinLen(1)]

    def decide(self, product: Product, given: Given) -> Iterator[Event]:
        NOT_ON_SALE.unless(product.sold_on(self.withdrawn_on), code=product.code, day=self.withdrawn_on)
        yield ProductWithdrawn(withdrawn_on=self.withdrawn_on, reason=self.reason)
