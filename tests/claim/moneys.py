"""One event of each kind of a claim's money beside the indemnity."""

from __future__ import annotations

from datetime import date

from domain.claim import money as m
from domain.claim.money import Cost, Kind, Source
from domain.kernel import Event
from tests.samples import SECOND, yuan

RESERVED = m.CostReserved(cost=Cost.APPRAISAL, reserve=yuan(500), reason="an adjuster is needed")
REQUESTED = m.ExtraRequested(
    request="F-1",
    kind=Kind.EXPENSE,
    amount=yuan(300),
    payee="Surveyors Ltd",
    reason="appraisal of the damage",
    requester="han",
    cost=Cost.APPRAISAL,
)
APPROVED = m.ExtraApproved(request="F-1", amount=yuan(300), approver=SECOND.name, approved_on=date(2026, 3, 2))
DECLINED = m.ExtraDeclined(request="F-1", reason="the insured's own cost", decider=SECOND.name)
PAID = m.ExtraPaid(request="F-1", amount=yuan(300), reference="T9", paid_on=date(2026, 3, 2))
CLEARED = m.PaymentCleared(reference="T1", cleared_on=date(2026, 3, 2))
VOIDED = m.PaymentVoided(reference="T1", benefit="HOSPITAL", amount=yuan(900), reason="wrong account")
EXPECTED = m.RecoveryExpected(
    recovery="H-1", benefit="HOSPITAL", source=Source.SUBROGATION, amount=yuan(200), debtor="who ran the light"
)
RECEIVED = m.RecoveryReceived(recovery="H-1", amount=yuan(150), reference="T8", received_on=date(2026, 3, 2))
CLOSED = m.RecoveryClosed(recovery="H-1", reason="no more will come")
HAPPENED: tuple[Event, ...] = (
    RESERVED,
    REQUESTED,
    APPROVED,
    DECLINED,
    PAID,
    CLEARED,
    VOIDED,
    EXPECTED,
    RECEIVED,
    CLOSED,
)
