"""A dispute about a rejected claim, mediated online by a court's mediator, with one event of each kind."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.claim.milestones import Remedy
from domain.dispute import events as e
from domain.dispute.events import Mediation, Result
from domain.kernel import Event
from tests.samples import CLAIM_ID, CUSTOMER_ID


def day(day: int, month: int = 3) -> date:
    return date(2026, month, day)


OPENED = e.DisputeOpened(
    number="Z202600000001",
    opened_on=day(2),
    customer=CUSTOMER_ID,
    subject="the exclusion was never explained",
    claim=CLAIM_ID,
    complaint=UUID(int=15, version=4),
)
TOLD = e.RemediesTold(told_on=day(2), remedies=tuple(Remedy))
OFFERED = e.MediationOffered(offered_on=day(2), body="金融纠纷调解中心")
AGREED = e.MediationAgreed(agreed_on=day(2), kind=Mediation.APPOINTED, online=True)
REQUESTED = e.MediationRequested(received_on=day(2), kind=Mediation.APPOINTED, online=True)
APPOINTED = e.MediatorAppointed(appointed_on=day(2), mediator="周明", jointly=True, online=True)
ACCEPTED = e.MediatorAccepted(accepted_on=day(2), kind=Mediation.APPOINTED, online=True)
DECLINED = e.MediatorDeclined(declined_on=day(2), reason="knows the family")
SIGNED = e.MediatorSigned(signed_on=day(2), kind=Mediation.APPOINTED)
ENDED = e.MediationEnded(ended_on=day(2), agreed=True)
AGREEMENT = e.AgreementReached(effective_on=day(2), kind=Mediation.APPOINTED, terms="half of the bill")
APPLIED = e.ConfirmationApplied(applied_on=day(2))
WITHDRAWN = e.DisputeWithdrawn(withdrawn_on=day(2), reason="content after all")
CLOSED = e.DisputeClosed(result=Result.AGREED, closed_on=day(2), claim=CLAIM_ID, changes=True)

SAMPLES: tuple[Event, ...] = (
    *(OPENED, TOLD, OFFERED, AGREED, REQUESTED, APPOINTED, ACCEPTED),
    *(DECLINED, SIGNED, ENDED, AGREEMENT, APPLIED, WITHDRAWN, CLOSED),
)
