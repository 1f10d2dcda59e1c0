"""Every product on sale, weighed for one customer: what suits, in its order, and what does not, with the rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.ports import ReadStore
from application.product.product_catalogue import ProductCatalogue, ProductSheet
from domain.advice.suitability import Weighed, weigh
from domain.product import Stage
from domain.profile import Profile

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Ranked:
    """A product and how it was weighed."""

    sheet: ProductSheet
    weighed: Weighed


async def ranking(reads: ReadStore, profile: Profile, day: date) -> list[Ranked]:
    """What suits comes first, the best before the rest; then what may be insisted on; then what may not be sold."""
    found: list[Ranked] = []
    cursor: str | None = None
    while True:
        page = await reads.find(ProductCatalogue, {"stage": Stage.ON_SALE}, limit=AT_ONCE, cursor=cursor)
        sheets = (row for row in page.rows if isinstance(row, ProductSheet))
        sold = (each for each in sheets if each.sold_from and each.sold_from <= day)
        found += (Ranked(each, weigh(profile, each, day)) for each in sold)
        cursor = page.next
        if cursor is None:
            return sorted(found, key=_place)


def _place(each: Ranked) -> tuple[bool, int, int, str]:
    weighed = each.weighed
    return weighed.barred, len(weighed.objections), -weighed.score, each.sheet.code
