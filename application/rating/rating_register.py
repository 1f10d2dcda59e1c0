"""How risky each customer was rated, why, and when somebody is to look again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.kernel import Recorded
from domain.rating import CustomerRated, Factor, Tier
from domain.words import Role


class RatingCard(Row):
    key = ("rating",)
    order = ("again_on", "rating")
    indexes = ("customer", "tier", "again_on")
    personal = ("note",)
    person = "customer"

    rating: UUID
    customer: UUID
    tier: Tier
    score: int
    factors: tuple[Factor, ...]
    scale: str
    note: str = ""
    rated_on: date
    again_on: date


class RatingRegister(Projection):
    name = "rating_register"
    says = ("客户风险评级", "Risk ratings")
    row = RatingCard
    hears = (CustomerRated,)
    shown_to = frozenset({Role.COMPLIANCE, Role.SUPERVISOR, Role.UNDERWRITER, Role.AUDITOR})

    @staticmethod
    def evolve(row: RatingCard | None, recorded: Recorded) -> RatingCard | None:
        event = recorded.event
        assert isinstance(event, CustomerRated)
        return RatingCard(
            rating=recorded.stream,
            customer=event.customer,
            tier=event.tier,
            score=event.score,
            factors=event.factors,
            scale=event.version,
            note=event.note,
            rated_on=recorded.occurred_on,
            again_on=event.again_on,
        )
