"""Every product with the terms of its latest version, as sellers and product officers look it up."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.kernel import Recorded
from domain.product import (
    Benefit,
    Form,
    Grade,
    Insured,
    Line,
    Product,
    ProductDrafted,
    ProductFiled,
    ProductPutOnSale,
    ProductRevised,
    ProductWithdrawn,
    Stage,
    Terms,
)
from domain.words import Role


class ProductSheet(Row):
    key = ("product",)
    order = ("code",)
    indexes = ("code", "line", "stage")
    searched = ("code", "name", "covers")

    product: UUID
    code: str
    name: str
    stage: Stage
    version: int
    sold_from: date | None = None
    withdrawn_on: date | None = None
    line: Line
    covers: str
    insured: Insured
    form: Form
    grade: Grade
    benefits: tuple[Benefit, ...]
    cash_values: tuple[int, ...] = ()
    maturity_percent: int = 0
    exclusions: tuple[str, ...]
    rate_per_million: int
    longest_months: int
    cooling_off_days: int
    waiting_days: int
    filing: str = ""


def of(terms: Terms) -> dict[str, object]:
    return {name: getattr(terms, name) for name in Terms.__slots__}


class ProductCatalogue(Projection):
    """Speaks of the latest version only: what happens to the one before it changes nothing here."""

    name = "product_catalogue"
    says = ("产品目录", "Product catalogue")
    row = ProductSheet
    hears = events_of(Product)
    shown_to = Projection.shown_to | {Role.CUSTOMER}
    open_to_customers = {"stage": Stage.ON_SALE}

    @staticmethod
    def evolve(row: ProductSheet | None, recorded: Recorded) -> ProductSheet | None:
        match recorded.event:
            case ProductDrafted(code=code, name=name, terms=terms):
                return ProductSheet(
                    product=recorded.stream, code=code, name=name, stage=Stage.DRAFT, version=1, **of(terms)
                )
        if row is None:
            return None
        match recorded.event:
            case ProductRevised(version=version, terms=terms):
                unsold = {"filing": "", "sold_from": None, "withdrawn_on": None}
                return row.but(version=version, stage=Stage.DRAFT, **unsold, **of(terms))
            case ProductFiled(filing=filing):
                return row.but(stage=Stage.FILED, filing=filing)
            case ProductPutOnSale(version=row.version, sold_from=sold_from):
                return row.but(stage=Stage.ON_SALE, sold_from=sold_from, withdrawn_on=None)
            case ProductWithdrawn(withdrawn_on=withdrawn_on) if row.sold_from:
                until = min(withdrawn_on, row.withdrawn_on or withdrawn_on)
                return row.but(stage=Stage.WITHDRAWN, withdrawn_on=until)
        return row
