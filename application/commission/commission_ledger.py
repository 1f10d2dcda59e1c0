"""Every movement of commission: what an agent earned, what was taken back, what was adjusted by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from application.projection import Key, Projection, Row
from domain.commission import AdjustmentApproved, CommissionEarned, CommissionTakenBack
from domain.kernel import Recorded
from domain.words import Role, Term


class Booking(Term):
    EARNED = "earned", "计提", "earned"
    TAKEN_BACK = "taken_back", "扣回", "taken back"
    ADJUSTED = "adjusted", "调整", "adjusted"


class CommissionLine(Row):
    key = ("commission", "version")
    order = ("booked_on", "commission", "version")
    indexes = ("agent", "policy", "booking")

    commission: UUID
    version: int
    policy: UUID
    agent: str
    booking: Booking
    amount: int
    currency: str
    booked_on: date
    approver: str = ""


class CommissionLedger(Projection):
    name = "commission_ledger"
    says = ("佣金台账", "Commission ledger")
    row = CommissionLine
    hears = (CommissionEarned, CommissionTakenBack, AdjustmentApproved)
    shown_to = frozenset({Role.CASHIER, Role.SUPERVISOR, Role.PRODUCT_OFFICER, Role.COMPLIANCE, Role.AUDITOR})

    @staticmethod
    def keys(recorded: Recorded) -> Iterator[Key]:
        yield recorded.stream, recorded.version

    @staticmethod
    def evolve(row: CommissionLine | None, recorded: Recorded) -> CommissionLine:
        event = recorded.event
        match event:
            case CommissionEarned():
                booking, amount, approver = Booking.EARNED, event.amount, ""
            case CommissionTakenBack():
                booking, amount, approver = Booking.TAKEN_BACK, -event.amount, ""
            case AdjustmentApproved():
                booking, amount, approver = Booking.ADJUSTED, event.amount, event.approver
            case _:
                raise AssertionError(f"{type(event).__name__} is heard and not told")
        return CommissionLine(
            commission=recorded.stream,
            version=recorded.version,
            policy=event.policy,
            agent=event.agent,
            booking=booking,
            amount=amount.minor,
            currency=amount.currency,
            booked_on=recorded.occurred_on,
            approver=approver,
        )
