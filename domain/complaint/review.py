"""The review of a branch's decision by its superior: asked for in time, decided by somebody else, and told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MinLen

from domain.claim.state import Claim
from domain.complaint import events as e
from domain.complaint.answer import NOT_ANSWERED, within_authority
from domain.complaint.receipt import INTAKE, OFFICERS, SUPERIORS, from_on, impartial
from domain.complaint.state import Complaint
from domain.complaint.state import ComplaintStatus as S
from domain.complaint.words import Finding, Redress, ReviewResult, Way
from domain.docket.clocks import last_day
from domain.kernel import Command, Event, Given, Refusal
from domain.rules.rulebook import Rulebook
from domain.words import Amount, Day, Note, Number, Role

NOT_A_BRANCH = Refusal(
    "complaint.not_a_branch",
    ("只有分支机构的处理决定可以申请核查", "only a branch's decision is reviewed"),
    rule="CPL-REVIEW-APPLY-30D",
)
REVIEW_OVER = Refusal(
    "complaint.review_over",
    ("申请核查的期限已于{until}届满", "a review was to be asked for by {until}"),
    rule="CPL-REVIEW-APPLY-30D",
)
REVIEWED_BEFORE = Refusal("complaint.reviewed_before", ("已经核查", "it has been reviewed"))
NOT_IN_REVIEW = Refusal("complaint.not_in_review", ("没有待决定的核查", "no review waits for a decision"))
OWN_DECISION = Refusal(
    "complaint.own_decision",
    ("不得核查本人处理或决定的投诉", "who handled or decided it does not review it"),
    rule="CPL-RECUSAL",
)
CHANGED_TO_WHAT = Refusal(
    "complaint.changed_to_what", ("变更决定须写明新的结论", "a changed decision says what is found")
)
NOT_REVIEWED = Refusal("complaint.not_reviewed", ("没有待告知的核查决定", "no review waits to be told"))


def reviewable(complaint: Complaint, _: Given) -> None:
    NOT_ANSWERED.unless(complaint.told_on and complaint.status in (S.ANSWERED, S.CLOSED))
    REVIEWED_BEFORE.unless(not complaint.reviewed)


def of_a_branch(complaint: Complaint, _: Given) -> None:
    NOT_A_BRANCH.unless(complaint.branch)


def in_review(complaint: Complaint, _: Given) -> None:
    NOT_IN_REVIEW.unless(complaint.status is S.IN_REVIEW)


def reviewed(complaint: Complaint, _: Given) -> None:
    NOT_REVIEWED.unless(complaint.status is S.REVIEWED)


class RequestReview(Command):
    """Asks the superior institution to review a branch's decision, in time after that has arrived."""

    on, may, consults = Complaint, INTAKE - {Role.AGENT}, (Rulebook,)
    says = ("申请核查", "Ask for a review")
    applies = ("CPL-REVIEW-APPLY-30D", "CPL-REVIEW-DECIDE-30D")
    gates = (reviewable, of_a_branch)
    received_on: Day | None = None
    reasons: Annotated[Note, MinLen(1)]

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        received_on = self.received_on or given.today
        from_on(complaint.told_on, received_on, given)
        if complaint.arrived_on:
            until = last_day("CPL-REVIEW-APPLY-30D", complaint.arrived_on, given[Rulebook])
            REVIEW_OVER.unless(until is None or received_on <= until, until=until)
        yield e.ReviewRequested(received_on=received_on, reasons=self.reasons)


class DecideReview(Command):
    """The superior reviews process, time and result: somebody who neither handled nor decided it."""

    on, may, consults = Complaint, SUPERIORS, (Claim,)
    says = ("作出核查决定", "Decide the review")
    applies = ("CPL-REVIEW-DECIDE-30D", "CPL-RECUSAL")
    gates = (in_review,)
    result: ReviewResult
    reasons: Annotated[Note, MinLen(1)]
    finding: Finding | None = None
    redress: Redress | None = None
    amount: Amount | None = None

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        reviewer = given.actor.name
        OWN_DECISION.unless(reviewer not in (complaint.handler, complaint.decider))
        impartial(reviewer, complaint, given[Claim])
        CHANGED_TO_WHAT.unless((self.result is ReviewResult.CHANGED) == (self.finding is not None))
        within_authority(self.amount, given)
        yield e.ReviewDecided(**dict(self), reviewer=reviewer, decided_on=given.today)


class AnswerReview(Command):
    """Tells the complainant what the review came to."""

    on, may = Complaint, OFFICERS | SUPERIORS
    says = ("告知核查决定", "Answer the review")
    applies = ("CPL-REVIEW-DECIDE-30D", "CPL-TELL-STOP-RULE")
    gates = (reviewed,)
    told_on: Day
    way: Way
    evidence: Number

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        from_on(complaint.decided_on, self.told_on, given)
        assert complaint.reviewed
        yield e.ReviewAnswered(**dict(self), result=complaint.reviewed)
