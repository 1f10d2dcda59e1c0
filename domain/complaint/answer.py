"""What is decided on a complaint, how the complainant is told, and the closing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MaxLen, MinLen
from pydantic import Field

from domain.claim.state import Claim
from domain.complaint import events as e
from domain.complaint.period import counting
from domain.complaint.receipt import OFFICERS, SUPERIORS, from_on, impartial
from domain.complaint.state import Complaint
from domain.complaint.state import ComplaintStatus as S
from domain.complaint.words import AnswerContent, Finding, Redress, Responsibility, Resumption, Way
from domain.kernel import Command, Event, Given, Refusal
from domain.words import Amount, Day, Money, Note, Number, Role

NOT_DECIDABLE = Refusal(
    "complaint.not_decidable", ("没有处理人，或已告知决定", "nobody handles it, or it has been answered")
)
NOT_DECIDED = Refusal("complaint.not_decided", ("没有待告知的决定", "no decision waits to be told"))
BEYOND_AUTHORITY = Refusal(
    "complaint.beyond_authority", ("金额{amount}超出权限{authority}", "{amount} is beyond an authority of {authority}")
)
CONTENT_MISSING = Refusal(
    "complaint.content_missing", ("还须告知：{missing}", "still to be told: {missing}"), rule="CPL-DECISION-CONTENT"
)
NOT_ANSWERED = Refusal("complaint.not_answered", ("处理决定尚未告知", "the decision has not been told"))
ARRIVED_BEFORE = Refusal("complaint.arrived_before", ("已记录送达", "its arrival is known already"))
UNREPORTED = Refusal(
    "complaint.unreported",
    ("重大投诉应先制定预案并报告", "a major complaint is reported, with its emergency plan"),
    rule="CPL-MAJOR-20P",
)
NOT_CLOSED = Refusal("complaint.not_closed", ("投诉未结案", "the complaint is not closed"))


def decidable(complaint: Complaint, _: Given) -> None:
    NOT_DECIDABLE.unless(complaint.status in (S.ASSIGNED, S.DECIDED))


def decided(complaint: Complaint, _: Given) -> None:
    NOT_DECIDED.unless(complaint.status is S.DECIDED)


def answered(complaint: Complaint, _: Given) -> None:
    NOT_ANSWERED.unless(complaint.told_on)


def not_arrived(complaint: Complaint, _: Given) -> None:
    ARRIVED_BEFORE.unless(not complaint.arrived_on)


def closable(complaint: Complaint, _: Given) -> None:
    NOT_ANSWERED.unless(complaint.status is S.ANSWERED)


def reported_if_major(complaint: Complaint, _: Given) -> None:
    UNREPORTED.unless(complaint.reported or not complaint.major)


def closed(complaint: Complaint, _: Given) -> None:
    NOT_CLOSED.unless(not complaint.is_open)


def within_authority(amount: Money | None, given: Given) -> None:
    authority = given.actor.authority
    BEYOND_AUTHORITY.unless(not amount or amount.minor <= authority, amount=amount, authority=Money(authority))


class DecideComplaint(Command):
    """What was found, why, what is put right, and who answers for it. It may be put right until it is told."""

    on, may, consults = Complaint, OFFICERS | {Role.SUPERVISOR}, (Claim,)
    says = ("作出处理决定", "Decide")
    applies = ("CPL-RECUSAL",)
    gates = (decidable, counting)
    finding: Finding
    reasons: Annotated[Note, MinLen(1)]
    redress: Redress = Redress.NONE
    amount: Amount | None = None
    responsibility: Responsibility = Responsibility.NOBODY
    branch: bool = Field(default=True, description="Whether a branch decides, so that its superior may review it.")

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        impartial(given.actor.name, complaint, given[Claim])
        within_authority(self.amount, given)
        yield e.ComplaintDecided(**dict(self), decider=given.actor.name, decided_on=given.today)


class AnswerComplaint(Command):
    """Tells the complainant the decision, and everything that an answer tells."""

    on, may = Complaint, OFFICERS | {Role.SERVICE, Role.SUPERVISOR}
    says = ("告知处理决定", "Answer")
    applies = ("CPL-DECISION-CONTENT", "CPL-TELL-STOP-RULE")
    gates = (decided,)
    told_on: Day
    way: Way
    evidence: Number = Field(
        description="Number of the receipt, posting, message or call; of the attempts, if in vain."
    )
    contents: Annotated[tuple[AnswerContent, ...], MaxLen(10)]

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        from_on(complaint.decided_on, self.told_on, given)
        missing = tuple(each for each in AnswerContent if each not in self.contents)
        CONTENT_MISSING.unless(not missing, missing=missing)
        assert complaint.finding
        yield e.ComplaintAnswered(
            told_on=self.told_on,
            way=self.way,
            evidence=self.evidence,
            contents=tuple(dict.fromkeys(self.contents)),
            finding=complaint.finding,
            branch=complaint.branch,
        )
        if self.way is Way.HANDED_OVER:
            yield e.AnswerArrived(arrived_on=self.told_on, branch=complaint.branch)


class ConfirmAnswerArrival(Command):
    """The complainant has the decision, so that the time for asking for a review runs."""

    on, may = Complaint, OFFICERS | {Role.SERVICE}
    says = ("确认决定送达", "Confirm that the answer arrived")
    applies = ("CPL-REVIEW-APPLY-30D",)
    gates = (answered, not_arrived)
    arrived_on: Day

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        from_on(complaint.told_on, self.arrived_on, given)
        yield e.AnswerArrived(arrived_on=self.arrived_on, branch=complaint.branch)


class CloseComplaint(Command):
    """Closes what has been answered. A review may be asked for all the same, as long as there is time for it."""

    on, may = Complaint, OFFICERS | {Role.SUPERVISOR}
    says = ("结案", "Close")
    applies = ("CPL-REGISTER-ARCHIVE", "CPL-MAJOR-20P")
    gates = (closable, reported_if_major)

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        assert complaint.finding
        yield e.ComplaintClosed(closed_on=given.today, finding=complaint.finding, customer=complaint.customer)


class ReopenComplaint(Command):
    """Looks at a closed complaint afresh; the time to decide counts anew."""

    on, may = Complaint, OFFICERS | SUPERIORS
    says = ("重新处理", "Reopen")
    gates = (closed,)
    ground: Resumption
    note: Note = ""

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        yield e.ComplaintReopened(ground=self.ground, reopened_on=given.today, line=complaint.line, note=self.note)
