"""The way of each contract to its renewal: when it ends, whether it was offered and agreed to, what became of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID

from application.projection import Projection, Row
from domain.kernel import CALENDAR_ZONE, Recorded
from domain.policy import upkeep as u
from domain.policy.events import (
    PolicyCancelled,
    PolicyIssued,
    PolicyLapsed,
    PolicyReinstated,
    PolicyRenewed,
    PolicyTakenOver,
)
from domain.policy.renewal import OFFER_DAYS
from domain.words import Term, plus_days


class Stage(Term):
    RUNNING = "running", "保障中", "running"
    OFFERED = "offered", "已发续保要约", "offered"
    AGREED = "agreed", "客户已同意", "agreed to"
    DECLINED = "declined", "客户不续保", "declined"
    SUSPENDED = "suspended", "效力中止", "suspended"


class RenewalCard(Row):
    key = ("policy",)
    order = ("ends_on", "policy")
    indexes = ("stage", "ends_on", "offer_at", "renew_at")
    searched = ("number",)

    policy: UUID
    number: str
    ends_on: date
    stage: Stage = Stage.RUNNING
    before: Stage = Stage.RUNNING
    always: bool = False
    renewed: int = 0
    offer_at: datetime | None = None
    renew_at: datetime | None = None

    def dated(self, recorded_at: datetime) -> RenewalCard:
        """With the moments at which it is offered, and at which what was agreed to is done, by the house itself.

        What had ended when it was recorded is not offered any more.
        """
        still = recorded_at.astimezone(CALENDAR_ZONE).date() <= self.ends_on
        offer = plus_days(self.ends_on, -OFFER_DAYS) if still and self.stage is Stage.RUNNING else None
        renew = plus_days(self.ends_on, -1) if self.stage is Stage.AGREED else None
        return self.but(offer_at=_midnight(offer), renew_at=_midnight(renew))


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, CALENDAR_ZONE).astimezone(UTC) if day else None


class Renewals(Projection):
    name = "renewals"
    says = ("续保工作台", "Renewals")
    row = RenewalCard
    hears = (
        *(PolicyIssued, PolicyTakenOver, PolicyRenewed, PolicyCancelled, PolicyLapsed, PolicyReinstated),
        *(u.RenewalOffered, u.RenewalAgreed, u.RenewalDeclined, u.PolicyMatured),
    )

    @staticmethod
    def evolve(row: RenewalCard | None, recorded: Recorded) -> RenewalCard | None:
        match recorded.event:
            case PolicyIssued(number=number, period=period) | PolicyTakenOver(number=number, period=period):
                card = RenewalCard(policy=recorded.stream, number=number, ends_on=period.ends_on)
                return card.dated(recorded.recorded_at)
            case PolicyCancelled() | u.PolicyMatured():
                return None
        return row and _onward(row, recorded).dated(recorded.recorded_at)


def _onward(row: RenewalCard, recorded: Recorded) -> RenewalCard:
    match recorded.event:
        case PolicyRenewed(period=period):
            stage = Stage.AGREED if row.always else Stage.RUNNING
            return row.but(ends_on=period.ends_on, renewed=row.renewed + 1, stage=stage)
        case u.RenewalOffered():
            return row.but(stage=Stage.AGREED if row.always else Stage.OFFERED)
        case u.RenewalAgreed(always=always):
            return row.but(stage=Stage.AGREED, always=always)
        case u.RenewalDeclined():
            return row.but(stage=Stage.DECLINED, always=False)
        case PolicyLapsed():
            return row.but(stage=Stage.SUSPENDED, before=row.stage)
        case PolicyReinstated():
            return row.but(stage=row.before)
    return row
