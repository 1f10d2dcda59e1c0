"""What the residents of the town quarrel over: complaints, disputes, call-backs and covers that lapsed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.claim.milestones import Remedy
from domain.complaint import answer, handling, period, receipt, review
from domain.complaint.words import (
    AnswerContent,
    Break,
    Finding,
    Matter,
    NoComplaint,
    Resumption,
    ReviewResult,
    Special,
    Way,
)
from domain.dispute import commands as d
from domain.dispute.events import Mediation, Result
from domain.docket.commands import RejudgeClock
from domain.docket.state import docket_of
from domain.policy import callback, lapse, sale
from domain.policy.application import ApplyForPolicy
from domain.policy.events import Answer
from domain.policy.milestones import Point
from domain.rules.change import RuleChange
from domain.rules.rulebook import RULEBOOK, AdoptEdition
from domain.words import Period
from tests.complaint.told import OFFICER, SUPERIOR
from tests.handling.door import Door, as_customer
from tests.privacy.contests import contests
from tests.samples import MILLION, yuan

if TYPE_CHECKING:
    from tests.privacy.town import Resident

LAST_YEAR = Period(date(2025, 9, 1), date(2026, 8, 31))


async def complains(door: Door, r: Resident) -> None:
    """One complaint is answered, reviewed, opened again and withdrawn; another turns out to be none."""
    today = door.clock.now().date()
    said = {name: r.says(f"complaint{name}") for name in ("complainant", "phone", "wish", "facts")}
    receive = receipt.ReceiveComplaint(matter=Matter.SERVICING, customer=r.customer, **said)
    enquiry = (await door.give(receive)).stream
    declined = receipt.DeclineComplaint(ground=NoComplaint.ENQUIRY, told_on=today, note=r.says("enquiry"))
    await door.give(declined, enquiry)
    complaint = r.complaint = (await door.give(receive)).stream
    await door.give(receipt.AcceptComplaint(), complaint)
    await door.give(handling.AssignComplaint(handler=OFFICER.name), complaint)
    await door.give(handling.RaiseNewFacts(facts=r.says("newfacts")), complaint)
    await door.give(period.FindComplaintComplex(reason=r.says("complexcomplaint")), complaint)
    ask = period.AskProlongation(ground=Special.SPECIALLY_COMPLEX, reason=r.says("prolonged"))
    await door.give(ask, complaint, OFFICER)
    await door.give(period.DeclineProlongation(), complaint, SUPERIOR)
    still = {"ground": Break.MEDIATION, "paused_on": today, "told_on": today}
    await door.give(period.PauseComplaint(**still, body=r.says("body")), complaint)
    await door.give(period.ResumeComplaint(resumed_on=today), complaint)
    await _answered(door, r, complaint, today)
    reopen = answer.ReopenComplaint(ground=Resumption.ERROR, note=r.says("reopenedcomplaint"))
    await door.give(reopen, complaint)
    r.streams += [enquiry, complaint]


async def _answered(door: Door, r: Resident, complaint: UUID, today: date) -> None:
    decide = answer.DecideComplaint(finding=Finding.UNFOUNDED, reasons=r.says("reasons"))
    await door.give(decide, complaint, OFFICER)
    told = {"told_on": today, "way": Way.HANDED_OVER, "evidence": "E-1"}
    await door.give(answer.AnswerComplaint(**told, contents=tuple(AnswerContent)), complaint, OFFICER)
    await door.give(review.RequestReview(reasons=r.says("reviewasked")), complaint)
    confirm = review.DecideReview(result=ReviewResult.CONFIRMED, reasons=r.says("reviewed"))
    await door.give(confirm, complaint, SUPERIOR)
    await door.give(review.AnswerReview(**told), complaint, SUPERIOR)
    await door.give(answer.CloseComplaint(), complaint)


async def counted_anew(door: Door, residents: list[Resident]) -> None:
    """The insurer promises more than the law; what is open is counted by it, and then withdrawn."""
    change = RuleChange(rule="CPL-DECIDE-15D", value=12)
    today = door.clock.now().date()
    adopt = AdoptEdition(standard="CPL-1", version=1, effective_on=today, changes=(change,))
    await door.give(adopt, RULEBOOK)
    for r in residents:
        rejudge = RejudgeClock(case=r.complaint, rule="CPL-DECIDE-15D", reason=r.says("rejudged"))
        await door.give(rejudge, docket_of(r.complaint))
        await door.give(handling.WithdrawComplaint(), r.complaint)
        r.streams.append(docket_of(r.complaint))


async def disputes(door: Door, r: Resident) -> None:
    """A dispute is settled by a second mediator; of another the customer thinks better."""
    today = door.clock.now().date()
    said = {"opened_on": today, "customer": r.customer, "claim": r.claim}
    dispute = (await door.give(d.OpenDispute(**said, subject=r.says("dispute")))).stream
    await door.give(d.TellRemedies(told_on=today, remedies=tuple(Remedy)), dispute)
    await door.give(d.AgreeMediation(agreed_on=today, kind=Mediation.APPOINTED, online=True), dispute)
    await door.give(d.RequestMediation(received_on=today), dispute)
    appoint = d.AppointMediator(mediator=r.says("mediator"), appointed_on=today, jointly=True)
    await door.give(appoint, dispute)
    await door.give(d.DeclineMediation(declined_on=today, reason=r.says("partial")), dispute)
    await door.give(appoint, dispute)
    await door.give(d.AcceptMediation(accepted_on=today), dispute)
    await door.give(d.EndMediation(ended_on=today, terms=r.says("terms")), dispute)
    await door.give(d.CloseDispute(result=Result.UPHELD), dispute)
    await contests(door, r)
    other = (await door.give(d.OpenDispute(**said, subject=r.says("seconddispute")))).stream
    await door.give(d.WithdrawDispute(withdrawn_on=today, reason=r.says("content")), other)
    r.streams += [dispute, other]


async def is_called_back(door: Door, r: Resident) -> None:
    """What was sold was not understood, and not everything was disclosed."""
    today = door.clock.now().date()
    await door.give(sale.DeliverPolicy(delivered_on=today, evidence="R-1"), r.policy)
    points = tuple(point for point in Point if point is not Point.SURRENDER)
    call = callback.CallBack(
        made_on=today, record="REC-1", confirmed=points, denied=(Point.SURRENDER,), note=r.says("misled")
    )
    await door.give(call, r.policy)
    settle = callback.SettleCallBackFault(settled_on=today, remedy=r.says("remedy"), told_right=True)
    await door.give(settle, r.policy)
    await door.give(callback.NoteNonDisclosure(found_on=today, fact=r.says("fact")), r.policy)


async def lapses(door: Door, r: Resident, product: UUID) -> None:
    """An instalment stays unpaid; reinstatement is refused."""
    today = door.clock.now().date()
    said = {"insured": r.says("lapsedinsured"), "sums": MILLION, "period": LAST_YEAR}
    apply = ApplyForPolicy(product=product, customer=r.customer, instalments=12, **said)
    policy = (await door.give(apply, by=as_customer(r.customer))).stream
    await door.give(sale.AnswerDisclosure(answers=(Answer("Smoker?", r.says("smokes")),)), policy)
    await door.accepts(policy, reason=r.says("standard"))
    await door.give(sale.SignPolicy(signed_on=LAST_YEAR.starts_on), policy)
    pay = sale.PayPremium(amount=yuan(400), paid_on=LAST_YEAR.starts_on, reference="R1")
    await door.give(pay, policy)
    await door.give(sale.IssuePolicy(), policy)
    await door.give(lapse.LapsePolicy(), policy)
    await door.give(lapse.RequestReinstatement(received_on=today), policy)
    await door.give(lapse.RefuseReinstatement(risk_risen=True, reason=r.says("risen")), policy)
    r.streams.append(policy)
