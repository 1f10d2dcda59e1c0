"""Every movement of a claim's money: payments and how they fared, extra payments, recoveries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from application.projection import Key, Projection, Row
from domain.claim import money as m
from domain.claim.events import ClaimPaid
from domain.claim.milestones import AdvancePaid
from domain.kernel import Recorded
from domain.words import Role, Term


class Movement(Term):
    PAYMENT = "payment", "赔付", "payment"
    ADVANCE = "advance", "先予支付", "advance"
    EXPENSE = "expense", "理赔费用", "expense"
    EX_GRATIA = "ex_gratia", "通融赔付", "ex gratia"
    RECOVERY = "recovery", "追偿", "recovery"


OF_KIND = {m.Kind.EXPENSE: Movement.EXPENSE, m.Kind.EX_GRATIA: Movement.EX_GRATIA}


class Fate(Term):
    REQUESTED = "requested", "待批准", "requested"
    APPROVED = "approved", "待支付", "approved"
    DECLINED = "declined", "未批准", "declined"
    ISSUED = "issued", "已付出", "issued"
    CLEARED = "cleared", "已到账", "cleared"
    VOIDED = "voided", "已作废", "voided"
    EXPECTED = "expected", "待收回", "expected"
    RECEIVED = "received", "已收款", "received"
    CLOSED = "closed", "已终结", "closed"


class LedgerLine(Row):
    """`number` is the reference of a payment, or the number of a request or a recovery."""

    key = ("claim", "number")
    indexes = ("claim", "movement", "fate")
    searched = ("number", "reference")
    personal = ("party",)
    person = "claim"

    claim: UUID
    number: str
    movement: Movement
    fate: Fate
    benefit: str = ""
    amount: int
    received: int = 0
    currency: str
    party: str = ""
    requester: str = ""
    approver: str = ""
    reference: str = ""
    asked_on: date | None = None
    paid_on: date | None = None
    ended_on: date | None = None


class ClaimLedger(Projection):
    name = "claim_ledger"
    says = ("理赔收付台账", "Claims ledger")
    row = LedgerLine
    hears = (
        *(ClaimPaid, AdvancePaid, m.PaymentCleared, m.PaymentVoided),
        *(m.ExtraRequested, m.ExtraApproved, m.ExtraDeclined, m.ExtraPaid),
        *(m.RecoveryExpected, m.RecoveryReceived, m.RecoveryClosed),
    )
    shown_to = frozenset({Role.CLAIMS_HANDLER, Role.CASHIER, Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR})

    @staticmethod
    def keys(recorded: Recorded) -> Iterator[Key]:
        event = recorded.event
        names = ("request", "recovery", "reference")
        yield recorded.stream, next(getattr(event, name) for name in names if hasattr(event, name))

    @staticmethod
    def evolve(row: LedgerLine | None, recorded: Recorded) -> LedgerLine | None:
        return _begun(recorded) or (row and _went_on(row, recorded))


def _begun(recorded: Recorded) -> LedgerLine | None:
    match event := recorded.event:
        case ClaimPaid() | AdvancePaid():
            movement = Movement.PAYMENT if isinstance(event, ClaimPaid) else Movement.ADVANCE
            told = {"benefit": event.benefit, "party": event.payee, "paid_on": event.paid_on, "fate": Fate.ISSUED}
            number = event.reference
        case m.ExtraRequested():
            movement, number = OF_KIND[event.kind], event.request
            told = {"party": event.payee, "requester": event.requester, "fate": Fate.REQUESTED}
        case m.RecoveryExpected():
            movement, number = Movement.RECOVERY, event.recovery
            told = {"benefit": event.benefit, "party": event.debtor, "fate": Fate.EXPECTED}
        case _:
            return None
    return LedgerLine(
        claim=recorded.stream,
        number=number,
        movement=movement,
        amount=event.amount.minor,
        currency=event.amount.currency,
        asked_on=recorded.occurred_on,
        **told,
    )


def _went_on(row: LedgerLine, recorded: Recorded) -> LedgerLine:
    on = recorded.occurred_on
    match recorded.event:
        case m.PaymentCleared(cleared_on=cleared_on):
            return row.but(fate=Fate.CLEARED, ended_on=cleared_on)
        case m.PaymentVoided():
            return row.but(fate=Fate.VOIDED, ended_on=on)
        case m.ExtraApproved(approver=approver):
            return row.but(fate=Fate.APPROVED, approver=approver)
        case m.ExtraDeclined(decider=decider):
            return row.but(fate=Fate.DECLINED, approver=decider, ended_on=on)
        case m.ExtraPaid(reference=reference, paid_on=paid_on):
            return row.but(fate=Fate.ISSUED, reference=reference, paid_on=paid_on)
        case m.RecoveryReceived(amount=amount, reference=reference):
            return row.but(fate=Fate.RECEIVED, received=row.received + amount.minor, reference=reference)
        case m.RecoveryClosed():
            return row.but(fate=Fate.CLOSED, ended_on=on)
    return row
