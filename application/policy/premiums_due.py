"""What each policy owes next, and since when: the cashier's worklist and the start of the grace period."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.kernel import Recorded
from domain.policy.events import (
    PolicyAppliedFor,
    PolicyCancelled,
    PolicyEndorsed,
    PolicyIssued,
    PolicyRenewed,
    PolicyTakenOver,
    PremiumPaid,
    UnderwritingDecided,
)
from domain.policy.state import GRACE_DAYS, Due, schedule
from domain.words import Money, Period, plus_days


class PremiumAccount(Row):
    key = ("policy",)
    order = ("grace_until", "policy")
    indexes = ("customer", "due_on")
    searched = ("number",)

    policy: UUID
    number: str = ""
    customer: UUID
    period: Period
    premium: Money
    instalments: int = 1
    dues: tuple[Due, ...] = ()
    paid: Money = Money(0)
    due_on: date | None = None
    due: int = 0
    grace_until: date

    def settled(self, **changes: object) -> PremiumAccount:
        """With the first instalment that what was paid does not reach."""
        account = self.but(**changes)
        owed = 0
        for due in sorted(account.dues, key=lambda d: d.due_on):
            owed += due.amount.minor
            if account.paid.minor < owed:
                until = plus_days(due.due_on, GRACE_DAYS)
                return account.but(due_on=due.due_on, due=owed - account.paid.minor, grace_until=until)
        return account.but(due_on=None, due=0, grace_until=date.max)


class PremiumsDue(Projection):
    name = "premiums_due"
    says = ("应收保费", "Premiums due")
    row = PremiumAccount
    hears = (
        PolicyAppliedFor,
        PolicyTakenOver,
        UnderwritingDecided,
        PremiumPaid,
        PolicyIssued,
        PolicyEndorsed,
        PolicyRenewed,
        PolicyCancelled,
    )

    @staticmethod
    def evolve(row: PremiumAccount | None, recorded: Recorded) -> PremiumAccount | None:
        match recorded.event:
            case PolicyAppliedFor() as event:
                return PremiumAccount(
                    policy=recorded.stream,
                    customer=event.customer,
                    period=event.period,
                    premium=event.premium,
                    instalments=event.instalments,
                    grace_until=date.max,
                )
            case PolicyTakenOver() as event:
                # Taken over paid up: nothing is due before a change of the contract.
                return PremiumAccount(
                    policy=recorded.stream,
                    number=event.number,
                    customer=event.customer,
                    period=event.period,
                    premium=event.premium,
                    paid=event.premium,
                    dues=(Due(event.period.starts_on, event.premium),),
                    grace_until=date.max,
                )
        return row and _onward(row, recorded)


def _onward(row: PremiumAccount, recorded: Recorded) -> PremiumAccount | None:
    match recorded.event:
        case UnderwritingDecided(premium=premium):
            return row.but(premium=premium)
        case PremiumPaid(amount=amount):
            return row.settled(paid=row.paid + amount)
        case PolicyIssued(number=number):
            return row.settled(number=number, dues=tuple(schedule(row.period, row.premium, row.instalments)))
        case PolicyEndorsed(effective_on=effective_on, difference=difference):
            return row.settled(dues=(*row.dues, Due(effective_on, difference)))
        case PolicyRenewed(period=period, premium=premium, instalments=instalments):
            return row.settled(period=period, dues=(*row.dues, *schedule(period, premium, instalments)))
        case PolicyCancelled():
            return None
    return row
