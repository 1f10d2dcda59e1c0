"""One event of each kind that happens to a contract in the years between, to its commission and its customer's rating."""

from __future__ import annotations

from datetime import date

from domain import commission as co
from domain.customer import Channel
from domain.kernel import Event
from domain.policy import upkeep as u
from domain.policy.events import EndorsementReversed
from domain.product import Line
from domain.rating import CustomerRated, Factor, Tier
from domain.scale import ScaleSet
from tests import samples as s

TODAY = date(2026, 3, 2)
ASKED = u.ServiceRequested(
    request="B-1", change=u.Change.COVER, received_on=TODAY, complete=True, line=Line.HEALTH, individual=True
)
WANTING = s.replaced(ASKED, complete=False)
TOLD = u.ServiceCorrectionsTold(request="B-1", told_on=TODAY)
ACCEPTED = u.ServiceAccepted(request="B-1", accepted_on=TODAY, premium=True, line=Line.HEALTH, individual=True)
PAID = u.ServicePremiumArrived(request="B-1", paid_on=TODAY)
DECLINED = u.ServiceDeclined(request="B-1", declined_on=TODAY, reason="the risk has risen")
DONE = u.ServiceCompleted(request="B-1", done_on=TODAY)
CHANGED = u.BeneficiariesChanged(beneficiaries=("王小红",), told_on=TODAY, consent="CON-1")
HELD = u.PolicyHeld(
    blocking=u.Blocking.COURT_ORDER,
    dealings=(u.Dealing.CANCELLATION, u.Dealing.REFUND),
    note="frozen by the court",
    holder="wu",
)
RELEASED = u.PolicyReleased(blocking=u.Blocking.COURT_ORDER, note="lifted", holder="wu")
OFFERED = u.RenewalOffered(period=s.NEXT_YEAR, premium=s.PREMIUM, valid_until=s.YEAR.ends_on)
AGREED = u.RenewalAgreed(agreed_on=date(2026, 12, 10), channel=Channel.APP, always=False)
NOT_AGAIN = u.RenewalDeclined(declined_on=date(2026, 12, 10))
OWED = u.RefundFellDue(amount=s.yuan(1840), since=TODAY, line=Line.HEALTH)
REPAID = u.RefundPaid(amount=s.yuan(1840), payee="王小明", reference="B9", paid_on=TODAY)
MATURED = u.PolicyMatured(matured_on=date(2027, 1, 1), benefit=s.yuan(5000), line=Line.LIFE)
REVERSED = EndorsementReversed(
    transaction=2, ahead=1, effective_on=date(2026, 7, 1), difference=s.yuan(-1840), due_on=date(2026, 7, 1)
)
SCALED = ScaleSet(product=s.PRODUCT_ID, code="HLT-1", since=date(2025, 1, 1), percents=(20, 10, 5))
SHARED = co.CommissionShared(policy=s.POLICY_ID, shares=(co.Share("AG-7", 60), co.Share("AG-8", 40)))
EARNED = co.CommissionEarned(
    policy=s.POLICY_ID, agent="AG-7", amount=s.yuan(730), premium=s.PREMIUM, percent=20, earned_on=TODAY
)
TAKEN = co.CommissionTakenBack(
    policy=s.POLICY_ID, agent="AG-7", amount=s.yuan(368), cause=co.Cause.CANCELLATION, taken_on=TODAY
)
TOO_LITTLE = co.AdjustmentAsked(
    policy=s.POLICY_ID, adjustment="J-1", agent="AG-7", amount=s.yuan(50), reason="helped by AG-7", asker="su"
)
ADJUSTED = co.AdjustmentApproved(policy=s.POLICY_ID, adjustment="J-1", agent="AG-7", amount=s.yuan(50), approver="sun")
LEFT = co.AdjustmentDeclined(adjustment="J-1", decider="sun")
RATED = CustomerRated(
    customer=s.CUSTOMER_ID,
    tier=Tier.HIGH,
    score=60,
    factors=(Factor.EXPOSED, Factor.AWAY),
    version="2026-1",
    note="a minister's brother",
    again_on=date(2026, 9, 2),
)
HAPPENED: tuple[Event, ...] = (
    *(ASKED, TOLD, ACCEPTED, PAID, DECLINED, DONE, CHANGED, HELD, RELEASED, OFFERED),
    *(s.replaced(AGREED, always=True), NOT_AGAIN, OWED, REPAID, MATURED, REVERSED),
    *(SCALED, SHARED, EARNED, TAKEN, TOO_LITTLE, ADJUSTED, LEFT, RATED),
)
