"""The shelf: every product of the insurer, how it came to be sold, and which version is sold when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from itertools import islice, product
from math import ceil
from random import Random
from uuid import UUID

from domain.kernel import stream_of
from domain.product import (
    Benefit,
    DraftProduct,
    FileProduct,
    Form,
    Grade,
    Line,
    Product,
    PutProductOnSale,
    ReviseProduct,
    Terms,
    WithdrawProduct,
)
from domain.scale import SetScale
from domain.words import Money
from interfaces.demo.kinds import EXCLUSIONS, KINDS, Kind
from interfaces.demo.names import BUSINESS_SERIES, PERSONAL_SERIES
from interfaces.demo.staff import Staff
from interfaces.demo.world import OPENS, Life, Story, World, cards, moment_of

SHARES = {
    Line.PROPERTY: 230,
    Line.LIABILITY: 200,
    Line.CREDIT: 130,
    Line.LIFE: 270,
    Line.HEALTH: 250,
    Line.ACCIDENT: 180,
}
"""How many products each line has on a full shelf."""
FULL = sum(SHARES.values())

GRADES = {
    Form.INDEMNITY: Grade.R1,
    Form.FIXED: Grade.R1,
    Form.PARTICIPATING: Grade.R2,
    Form.UNIVERSAL: Grade.R3,
    Form.UNIT_LINKED: Grade.R5,
}


CASH_VALUES = (20, 35, 50, 65, 80)
SCALES = {True: (25, 15, 8, 5), False: (15, 12)}
"""What is earned of the premium by policy year, on persons' cover and on that of things."""


class Fate(Enum):
    STANDING = "on sale all year"
    LAUNCHED = "drafted and launched during the year"
    REVISED = "sold in a second version"
    IN_REVISION = "a second version drafted and not filed"
    WITHDRAWN = "withdrawn during the year"
    BACK = "withdrawn and put on sale again"
    FILED = "filed and not on sale"
    DRAFT = "still a draft"


FATES = cards(
    {
        Fate.STANDING: 28,
        Fate.REVISED: 4,
        Fate.LAUNCHED: 3,
        Fate.WITHDRAWN: 2,
        Fate.IN_REVISION: 1,
        Fate.BACK: 1,
        Fate.FILED: 1,
        Fate.DRAFT: 1,
    }
)


@dataclass(slots=True)
class Ware:
    """One product; `sold` says from when each version is sold, `closed` from when none is."""

    stream: UUID
    code: str
    name: str
    kind: Kind
    fate: Fate
    editions: list[Terms]
    sold: list[date] = field(default_factory=list)
    closed: date | None = None

    def version_on(self, day: date) -> int:
        """The version sold that day; 0 if none."""
        begun = [number for number, since in enumerate(self.sold, 1) if since <= day]
        return begun[-1] if begun and (self.closed is None or day < self.closed) else 0


class Shelf:
    def __init__(self, world: World, share: float) -> None:
        self.wares = [ware for line in Line for ware in _line(world, line, ceil(SHARES[line] * share))]
        open_all_year = [ware for ware in self.wares if ware.fate in (Fate.STANDING, Fate.REVISED, Fate.IN_REVISION)]
        self.steady = open_all_year
        self._sellers = {
            (business, short): [
                w
                for w in open_all_year
                if w.kind.for_business is business and (not short or (w.kind.years == 1 and not w.kind.days))
            ]
            for business in (True, False)
            for short in (True, False)
        }

    def pick(self, dice: Random, *, business: bool, short: bool = False) -> Ware:
        """A product that is sold all year. A few of them sell much better than the rest."""
        sellers = self._sellers[business, short]
        line = dice.choice([ware.kind.line for ware in sellers])
        these = [ware for ware in sellers if ware.kind.line is line]
        return these[int(len(these) * dice.random() ** 2.5)]

    def closed_on(self, day: date) -> Ware | None:
        return next((w for w in self.wares if w.fate is Fate.WITHDRAWN and w.closed and w.closed <= day), None)


def _line(world: World, line: Line, count: int) -> list[Ware]:
    kinds = [kind for kind in KINDS if kind.line is line]
    named = (
        (f"{series}{kind.name}" + (f"（{form.zh}）" if form not in (Form.FIXED, Form.INDEMNITY) else ""), kind, form)
        for place, kind in product(range(len(PERSONAL_SERIES)), kinds)
        for series in [(BUSINESS_SERIES if kind.for_business else PERSONAL_SERIES)[place]]
        for form in kind.forms
    )
    wares = []
    for number, (name, kind, form) in enumerate(islice(named, count), 1):
        code = f"{line.value[:3].upper()}-{number:04d}"
        # The first few of a line carry most of the business, so they stay.
        fate = Fate.STANDING if number <= len(kinds) else world.deal("fates of products", FATES)
        stream = stream_of(Product, f"demo/{world.name}/{code}")
        wares.append(Ware(stream, code, name, kind, fate, [terms_of(world.dice(code), kind, form)]))
    return wares


def terms_of(dice: Random, kind: Kind, form: Form) -> Terms:
    largest = dice.choice((80, 100, 100, 120))
    return Terms(
        line=kind.line,
        covers=kind.covers,
        insured=kind.insured,
        form=form,
        grade=GRADES[form],
        benefits=tuple(
            Benefit(code, name, Money(most * largest), Money(deductible * 100))
            for code, name, most, deductible in kind.benefits
        ),
        rate_per_million=dice.randrange(*kind.rates, 10),
        longest_months=kind.months,
        cooling_off_days=kind.cooling,
        waiting_days=kind.waiting,
        exclusions=tuple(dice.sample(EXCLUSIONS[kind.line], dice.randint(2, 4))),
        cash_values=CASH_VALUES if kind.line is Line.LIFE else (),
        maturity_percent=20 if kind.line is Line.LIFE else 0,
    )


class ProductLife(Life):
    """From the first draft to the withdrawal, if it comes so far."""

    def __init__(self, world: World, staff: Staff, ware: Ware, place: float) -> None:
        # What was sold before the year is entered in its first days; the rest is spread over the year.
        late = ware.fate in (Fate.LAUNCHED, Fate.FILED, Fate.DRAFT)
        first = 30 + int(place * 300) if late else int(place * 8)
        super().__init__(
            world, f"product/{ware.code}", ware.stream, moment_of(world.begins + timedelta(days=first), OPENS)
        )
        self.ware, self.staff, self.late = ware, staff, late

    def story(self) -> Story:
        ware, officer = self.ware, self.staff.product_officer(self.dice)
        yield self.office(0)
        yield self.does(officer, DraftProduct(code=ware.code, name=ware.name, terms=ware.editions[0]))
        if ware.fate is Fate.DRAFT:
            return
        if self.chance(1):
            yield self.soon()
            sale = PutProductOnSale(version=1, sold_from=self.today)
            yield self.tries(officer, sale, "product.not_filed")
        yield self.office(8, 20) if self.late else self.soon()
        yield from self._files()
        if ware.fate is Fate.FILED:
            return
        yield self.office(2, 12) if self.late else self.soon()
        before = self.today - timedelta(days=self.between(500, 2800))
        yield from self._sells(self.today if self.late else before)
        yield self.office(40, 240)
        yield from self._changes()

    def _files(self) -> Story:
        compliance = self.staff.compliance(self.dice)
        yield self.does(compliance, FileProduct(filing=self.world.number("BA", self.today)))

    def _sells(self, since: date) -> Story:
        ware, officer = self.ware, self.staff.product_officer(self.dice)
        version = len(ware.editions)
        yield self.does(officer, PutProductOnSale(version=version, sold_from=since))
        if version == 1:
            scale = SetScale(product=self.stream, since=since, percents=SCALES[ware.kind.line.is_personal])
            yield self.does(officer, scale, stream=scale.home)
        ware.sold = [*ware.sold[: version - 1], since]
        ware.closed = None

    def _changes(self) -> Story:
        match self.ware.fate:
            case Fate.REVISED | Fate.IN_REVISION:
                yield from self._revises()
            case Fate.WITHDRAWN:
                yield from self._withdraws("费率不再适合市场，停止销售")
            case Fate.BACK:
                yield from self._withdraws("条款修订期间暂停销售")
                yield self.office(20, 40)
                yield from self._sells(self.today)

    def _revises(self) -> Story:
        ware, officer = self.ware, self.staff.product_officer(self.dice)
        old = ware.editions[-1]
        new = replace(old, rate_per_million=old.rate_per_million * self.between(90, 108) // 100)
        yield self.does(officer, ReviseProduct(terms=new, reason="年度费率回顾，按经验数据调整费率"))
        if ware.fate is Fate.IN_REVISION:
            return
        yield self.office(5, 15)
        yield from self._files()
        yield self.office(3, 8)
        ware.editions.append(new)
        yield from self._sells(self.today + timedelta(days=self.between(3, 20)))

    def _withdraws(self, reason: str) -> Story:
        until = self.today + timedelta(days=self.between(1, 10))
        compliance = self.staff.compliance(self.dice)
        yield self.does(compliance, WithdrawProduct(withdrawn_on=until, reason=reason))
        self.ware.closed = until
