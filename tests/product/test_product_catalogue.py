"""What the product catalogue shows: the latest version of each product, and how far that one has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from application.product.product_catalogue import ProductCatalogue
from domain.product import (
    Form,
    Grade,
    Insured,
    Line,
    ProductFiled,
    ProductPutOnSale,
    ProductRevised,
    ProductWithdrawn,
    Stage,
)
from tests import samples as s
from tests.kit import STREAM
from tests.rows import Happens, each_of, heard_in

JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)
DEARER = replace(s.TERMS, rate_per_million=4000, waiting_days=60)
REVISED = ProductRevised(version=2, terms=DEARER, reason="claims experience")
REFILED = ProductFiled(version=2, filing="CN-2026-0002")
RESOLD = ProductPutOnSale(version=2, sold_from=JUNE)
WITHDRAWN = ProductWithdrawn(withdrawn_on=SEPTEMBER, reason="replaced")
SOLD_FROM = s.ON_SALE.sold_from

HAPPENINGS = (
    Happens(
        "a draft is entered with its terms",
        (),
        s.DRAFTED,
        {
            "product": STREAM,
            "code": "HLT-1",
            "name": "Peace of Mind",
            "stage": Stage.DRAFT,
            "version": 1,
            "line": Line.HEALTH,
            "covers": s.TERMS.covers,
            "insured": Insured.PERSON,
            "form": Form.INDEMNITY,
            "grade": Grade.R1,
            "benefits": s.TERMS.benefits,
            "exclusions": ("Cosmetic treatment",),
            "rate_per_million": 3650,
            "longest_months": 12,
            "cooling_off_days": 15,
            "waiting_days": 30,
            "cash_values": (),
            "maturity_percent": 0,
            "filing": "",
        },
    ),
    Happens("a filed version has its filing number", s.SOLD[:1], s.FILED, {"stage": "filed", "filing": "CN-2025-0001"}),
    Happens("a version is sold from a day on", s.SOLD[:2], s.ON_SALE, {"stage": "on_sale", "sold_from": SOLD_FROM}),
    Happens("the first day of sale is moved", s.SOLD, s.replaced(s.ON_SALE, sold_from=JUNE), {"sold_from": JUNE}),
    Happens("a product is withdrawn", s.SOLD, WITHDRAWN, {"stage": Stage.WITHDRAWN, "withdrawn_on": SEPTEMBER}),
    Happens(
        "a withdrawn product is put on sale again",
        (*s.SOLD, WITHDRAWN),
        s.ON_SALE,
        {"stage": Stage.ON_SALE, "withdrawn_on": None},
    ),
    Happens(
        "a revised version is neither filed nor sold yet",
        s.SOLD,
        REVISED,
        {
            "stage": Stage.DRAFT,
            "version": 2,
            "rate_per_million": 4000,
            "waiting_days": 60,
            "filing": "",
            "sold_from": None,
        },
    ),
    Happens(
        "a revised version is filed under a number of its own",
        (*s.SOLD, REVISED),
        REFILED,
        {"stage": Stage.FILED, "filing": "CN-2026-0002"},
    ),
    Happens(
        "the version before, put on sale again, leaves the draft a draft",
        (*s.SOLD, REVISED),
        s.replaced(s.ON_SALE, sold_from=JUNE),
    ),
    Happens("the version before, withdrawn, leaves the draft a draft", (*s.SOLD, REVISED), WITHDRAWN),
    Happens("a filed version is not withdrawn before it is sold", (*s.SOLD, REVISED, REFILED), WITHDRAWN),
    Happens(
        "a version withdrawn once stays so from its first day without sale",
        (*s.SOLD, REVISED, REFILED, RESOLD, s.replaced(WITHDRAWN, withdrawn_on=JUNE), s.ON_SALE),
        WITHDRAWN,
    ),
)


@each_of(HAPPENINGS)
def test_the_product_catalogue_shows_what_happened(happening):
    happening.is_seen_in(ProductCatalogue)


def test_the_product_catalogue_shows_every_event_it_hears():
    assert heard_in(HAPPENINGS) == set(ProductCatalogue.hears)
