"""What is said of a resident while they dispute a decision through every level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.claim.milestones import Remedy
from domain.dispute import commands as d
from domain.dispute import contesting, review
from domain.dispute.contest import Finding, Ground, Level
from domain.dispute.events import Result
from domain.words import Actor, Role
from tests.handling.door import Door
from tests.samples import yuan

if TYPE_CHECKING:
    from tests.privacy.town import Resident


async def contests(door: Door, r: Resident) -> None:
    """A dispute contested through review, court and remand; the issue is dropped at last."""
    today = door.clock.now().date()
    opened = d.OpenDispute(opened_on=today, customer=r.customer, claim=r.claim, subject=r.says("contested"))
    case = (await door.give(opened)).stream
    await door.give(d.TellRemedies(told_on=today, remedies=tuple(Remedy)), case)
    for word in ("firstissue", "secondissue"):
        await door.give(contesting.DisputeIssue(ground=Ground.EXCLUSION, position=r.says(word)), case)
    await door.give(contesting.TakePosition(issue=1, position=r.says("answer")), case)
    filed = contesting.FileEvidence(kind="list", name=r.says("list"), sha256="a" * 64, filed_on=today)
    await door.give(filed, case)
    offer = contesting.OfferSettlement(amount=yuan(1), valid_until=today, terms=r.says("offer"))
    await door.give(offer, case)
    await door.give(contesting.DeclineSettlement(reason=r.says("notthis")), case)
    await door.give(contesting.HoldDispute(until=today, reason=r.says("halted")), case)
    await door.give(contesting.ResumeDispute(), case)
    fang, song = Actor("fang", Role.COMPLIANCE), Actor("song", Role.COMPLIANCE)
    await door.give(review.OpenReview(), case, fang)
    for issue in (1, 2):
        decided = review.DecideIssue(issue=issue, finding=Finding.UPHELD, reasons=r.says("reasons"))
        outcome = await door.give(decided, case, fang)
    if outcome.count > 1:
        await door.give(review.CheckReview(passed=True, note=r.says("checked")), case, song)
    await door.give(review.TellReview(told_on=today), case)
    await door.give(contesting.GoBefore(level=Level.LITIGATION, reached_on=today, body="court"), case)
    await door.give(contesting.ScheduleHearing(held_on=today, room="room 3"), case)
    await door.give(contesting.PostponeHearing(until=today, reason=r.says("postponed")), case)
    await door.give(contesting.HoldHearing(), case)
    await door.give(review.RemandDispute(body="court", remanded_on=today, reasons=r.says("remand")), case)
    for issue in (1, 2):
        await door.give(contesting.DropIssue(issue=issue, reasons=r.says("dropped")), case)
    await door.give(d.CloseDispute(result=Result.UPHELD), case)
    r.streams.append(case)
