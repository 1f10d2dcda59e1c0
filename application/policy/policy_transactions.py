"""The stack of transactions that a contract is: each with its own effective date, price and moment of knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from application.projection import Key, Projection, Row
from domain.kernel import Recorded
from domain.policy.contract import Step
from domain.policy.events import (
    EndorsementReversed,
    PolicyCancelled,
    PolicyEndorsed,
    PolicyIssued,
    PolicyLapsed,
    PolicyReinstated,
    PolicyRenewed,
    PolicyTakenOver,
)
from domain.words import Money


class TransactionLine(Row):
    key = ("policy", "version")

    policy: UUID
    version: int
    step: Step
    effective_on: date
    recorded_at: datetime
    difference: int
    currency: str
    by: str
    reverses: int | None = None
    reapplies: int | None = None


class PolicyTransactions(Projection):
    name = "policy_transactions"
    version = 2
    says = ("保单变更记录", "Policy transactions")
    row = TransactionLine
    hears = (
        PolicyIssued,
        PolicyTakenOver,
        PolicyEndorsed,
        EndorsementReversed,
        PolicyRenewed,
        PolicyLapsed,
        PolicyReinstated,
        PolicyCancelled,
    )

    @staticmethod
    def keys(recorded: Recorded) -> Iterator[Key]:
        yield recorded.stream, recorded.version

    @staticmethod
    def evolve(row: TransactionLine | None, recorded: Recorded) -> TransactionLine | None:
        step, effective_on, difference = _entry(recorded)
        return TransactionLine(
            policy=recorded.stream,
            version=recorded.version,
            step=step,
            effective_on=effective_on,
            recorded_at=recorded.recorded_at,
            difference=difference.minor,
            currency=difference.currency,
            by=recorded.actor.name,
            reverses=getattr(recorded.event, "transaction", None),
            reapplies=getattr(recorded.event, "reapplies", None),
        )


def _entry(recorded: Recorded) -> tuple[Step, date, Money]:
    match recorded.event:
        case PolicyIssued(period=period, premium=premium) | PolicyTakenOver(period=period, premium=premium):
            return Step.ISSUE, period.starts_on, premium
        case PolicyEndorsed(effective_on=effective_on, difference=difference):
            return Step.ENDORSEMENT, effective_on, difference
        case EndorsementReversed(effective_on=effective_on, difference=difference):
            return Step.REVERSAL, effective_on, difference
        case PolicyRenewed(period=period, premium=premium):
            return Step.RENEWAL, period.starts_on, premium
        case PolicyLapsed(effective_on=effective_on):
            return Step.LAPSE, effective_on, Money(0)
        case PolicyReinstated(effective_on=effective_on):
            return Step.REINSTATEMENT, effective_on, Money(0)
        case PolicyCancelled(effective_on=effective_on, refund=refund):
            return Step.CANCELLATION, effective_on, -refund
    raise AssertionError(f"{type(recorded.event).__name__} is heard and not told")
