"""What is said of a resident while their claims are looked into, and in the years between sale and end."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from domain.claim import closing, intake, investigation, matching, payment, triage
from domain.claim.events import Notice
from domain.claim.inquiry import Finding, Method
from domain.claim.money import Cost
from domain.claim.notice import Known
from domain.claim.screening import Track
from domain.losses import Cause
from domain.policy import renewal, service, servicing
from domain.policy import upkeep as u
from domain.policy.events import Ending
from domain.rating import Factor, RateCustomer
from domain.sanction import ListParty
from domain.words import plus_days
from tests.handling.door import Door
from tests.samples import HANDLER, TWO_MILLION, yuan

if TYPE_CHECKING:
    from tests.privacy.town import Resident


async def is_looked_into(door: Door, r: Resident, claim: UUID) -> None:
    """Investigated, sent elsewhere, cleared of a false match, another notice told apart from it."""
    today = door.clock.now().date()
    order = investigation.OrderInvestigation(
        method=Method.SURVEY, question=r.says("question"), investigator=HANDLER.name, due_on=today
    )
    await door.give(order, claim)
    report = investigation.ReportInvestigation(
        inquiry="I1", finding=Finding.UNFOUNDED, findings=r.says("findings"), sha256="d" * 64
    )
    await door.give(report, claim, HANDLER)
    await door.give(triage.RouteClaim(track=Track.COMPLEX, reason=r.says("routed")), claim)
    listed = ListParty(name=f"Listed {r.number}", source="own", entry=f"E-{r.number}", listed_on=today)
    await door.give(listed, listed.home)
    await door.give(triage.ClearMatch(payee=f"Listed {r.number}", reason=r.says("nomatch")), claim)
    again = (await door.give(intake.GiveNotice(policy=r.policy))).stream
    await door.give(matching.TellLossesApart(claim=again, reason=r.says("apart")), claim)
    await door.give(payment.ReserveCost(cost=Cost.LEGAL, reserve=yuan(1), reason=r.says("legalreserve")), claim)
    await door.give(closing.CloseClaim(without="withdrawn"), again)
    r.streams.append(again)


async def lives_on(door: Door, r: Resident, policy: UUID) -> None:
    """A contract is changed back in time after a notice, held, released, ended and paid back."""
    today = door.clock.now().date()
    rated = RateCustomer(customer=r.customer, factors=(Factor.AWAY,), note=r.says("rated"))
    await door.give(rated, rated.home)
    notice = Notice(loss_on=plus_days(today, -1), cause=Cause.INJURY)
    claim = (await door.give(intake.GiveNotice(policy=policy, notice=notice))).stream
    back = service.EndorsePolicy(effective_on=plus_days(today, -2), sums=TWO_MILLION, reason=r.says("backdated"))
    await door.give(back, policy)
    await door.give(matching.DecideCover(known=Known.AT_NOTICE, reason=r.says("cover")), claim)
    asked = servicing.RequestService(request="B-1", change=u.Change.LOAN, received_on=today)
    await door.give(asked, policy)
    await door.give(servicing.DeclineService(reason=r.says("declinedwish")), policy)
    others = servicing.ChangeBeneficiaries(beneficiaries=(r.says("otherheir"),), told_on=today, consent="Y-1")
    await door.give(others, policy)
    hold = servicing.HoldPolicy(
        blocking=u.Blocking.PLEDGE, dealings=(u.Dealing.CANCELLATION,), note=r.says("policyhold")
    )
    await door.give(hold, policy)
    await door.give(servicing.ReleasePolicy(blocking=u.Blocking.PLEDGE, note=r.says("policyrelease")), policy)
    ended = await door.give(service.CancelPolicy(effective_on=today, ending=Ending.REQUEST), policy)
    refund = next(each.event.refund for each in ended.events if hasattr(each.event, "refund"))
    pay = renewal.PayRefund(amount=refund, payee=r.says("refundee"), reference="B9", paid_on=today)
    await door.give(pay, policy)
    await door.give(closing.CloseClaim(without="withdrawn"), claim)
    r.streams += [claim, rated.home]
