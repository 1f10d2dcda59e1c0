"""Commission scales: what part of the premium of each policy year whoever sold a product earns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen

from domain.kernel import Aggregate, Command, Event, Given, Refusal, stream_of
from domain.product import Product
from domain.words import Day, Role

Percent = Annotated[int, Ge(0), Le(100)]
SET_BEFORE = Refusal("scale.set_before", ("自{since}起的佣金表已设定", "a scale from {since} on has been set"))


class ScaleSet(Event):
    """`percents` are of the premium, by policy year; the last holds on."""

    internal = True
    tells = ("{code}自{since}起佣金比例：{percents}", "commission on {code} from {since}: {percents}")
    product: UUID
    code: str
    since: date
    percents: tuple[int, ...]


class Scale(Aggregate):
    """The scales of one product, each from its day."""

    opened = False

    scales: tuple[tuple[date, tuple[int, ...]], ...] = ()

    def evolve(self, event: Event) -> Scale:
        match event:
            case ScaleSet(since=since, percents=percents):
                return self.but(scales=(*self.scales, (since, percents)))
        return self

    def percent(self, sold_on: date, year: int) -> int:
        """What a policy sold on that day earns in its policy year, counted from 0."""
        in_force = [percents for since, percents in self.scales if since <= sold_on]
        return in_force[-1][min(year, len(in_force[-1]) - 1)] if in_force else 0


def scale_of(product: UUID) -> UUID:
    return stream_of(Scale, str(product))


class SetScale(Command):
    """Sets what is earned on policies sold from a day on; what was sold before keeps its scale."""

    on, may, consults = Scale, frozenset({Role.PRODUCT_OFFICER}), (Product,)
    says = ("设定佣金表", "Set a commission scale")
    product: UUID
    since: Day
    percents: Annotated[tuple[Percent, ...], MinLen(1), MaxLen(30)]

    @property
    def home(self) -> UUID:
        return scale_of(self.product)

    def decide(self, scale: Scale, given: Given) -> Iterator[Event]:
        last = scale.scales[-1][0] if scale.scales else None
        SET_BEFORE.unless(last is None or last < self.since, since=last)
        yield ScaleSet(**dict(self), code=given[Product].code)
