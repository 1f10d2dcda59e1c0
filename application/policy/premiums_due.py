"""What each policy owes next, and since when: the cashier's worklist and the start of the grace period."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time
from uuid import UUID

from application.projection import Projection, Row
from domain.kernel import CALENDAR_ZONE, Recorded
from domain.policy.arrears import stands_until
from domain.policy.contract import Due, schedule
from domain.policy.events import (
    EndorsementReversed,
    PolicyAppliedFor,
    PolicyCancelled,
    PolicyEndorsed,
    PolicyIssued,
    PolicyRenewed,
    PolicyTakenOver,
    PremiumPaid,
    UnderwritingDecided,
)
from domain.policy.milestones import PremiumDunned, PremiumFellDue
from domain.product import Line
from domain.words import Money, Period, plus_days


class PremiumAccount(Row):
    key = ("policy",)
    order = ("grace_until", "policy")
    indexes = ("customer", "due_on", "overdue_at")
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
    line: Line
    grace_until: date
    dunned_on: date | None = None
    dunned_for: date | None = None
    noted_for: date | None = None
    overdue_at: datetime | None = None

    def settled(self, **changes: object) -> PremiumAccount:
        """With the first day on which more had fallen due than was paid, as the policy itself reckons it."""
        account = self.but(**changes)
        fallen: Counter[date] = Counter()
        for due in account.dues:
            fallen[due.due_on] += due.amount.minor
        owed = 0
        for due_on in sorted(fallen):
            owed += fallen[due_on]
            if account.paid.minor < owed:
                return account.but(due_on=due_on, due=owed - account.paid.minor).reminded()
        return account.but(due_on=None, due=0, grace_until=date.max, overdue_at=None)

    def reminded(self) -> PremiumAccount:
        """With the day up to which cover stands, and the moment from which an overdue instalment is to be noted."""
        assert self.due_on
        dunned_on = self.dunned_on if self.dunned_for == self.due_on else None
        later = self.number and self.due_on > min(due.due_on for due in self.dues) and self.noted_for != self.due_on
        midnight = datetime.combine(plus_days(self.due_on, 1), time.min, CALENDAR_ZONE).astimezone(UTC)
        return self.but(
            grace_until=stands_until(self.line, self.due_on, dunned_on), overdue_at=midnight if later else None
        )


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
        EndorsementReversed,
        PolicyRenewed,
        PremiumDunned,
        PremiumFellDue,
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
                    line=event.line,
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
                    line=event.line,
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
        case PolicyEndorsed(effective_on=effective_on, due_on=due_on, difference=difference):
            return row.settled(dues=(*row.dues, Due(due_on or effective_on, difference)))
        case EndorsementReversed(due_on=due_on, difference=difference):
            return row.settled(dues=(*row.dues, Due(due_on, difference)))
        case PolicyRenewed(period=period, premium=premium, instalments=instalments):
            dues = (*row.dues, *schedule(period, premium, instalments))
            return row.settled(period=period, premium=premium, instalments=instalments, dues=dues)
        case PremiumDunned(sent_on=sent_on, due_on=due_on):
            return row.settled(dunned_on=sent_on, dunned_for=due_on)
        case PremiumFellDue(due_on=due_on):
            return row.settled(noted_for=due_on)
        case PolicyCancelled():
            return None
    return row
