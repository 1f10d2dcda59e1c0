"""How long a complaint may take: complex or not, prolonged with approval and notice, and when the time stands still."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MinLen
from pydantic import Field

from domain.claim.state import Claim
from domain.complaint import events as e
from domain.complaint.receipt import OFFICERS, SUPERIORS, from_on, impartial
from domain.complaint.state import Complaint, ComplaintStatus
from domain.complaint.words import Break, Special, Way
from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.words import Day, Note, Number, Role, ShortText

NOT_ASSIGNED = Refusal(
    "complaint.not_assigned", ("没有处理人，或已作决定", "nobody handles it, or it has been decided")
)
COMPLEX_BEFORE = Refusal("complaint.complex_before", ("已认定为复杂投诉", "it has been found to be complex"))
NOT_COMPLEX = Refusal(
    "complaint.not_complex",
    ("先认定为复杂投诉，才可再延长", "only what has been found complex is prolonged further"),
    rule="CPL-DECIDE-30D",
)
PROLONGED_BEFORE = Refusal(
    "complaint.prolonged_before", ("处理期限只能再延长一次", "it is prolonged once"), rule="CPL-DECIDE-60D"
)
ASKED_BEFORE = Refusal("complaint.prolongation_asked", ("已申请再延长", "a prolongation has been asked for"))
NOT_THE_HANDLER = Refusal("complaint.not_the_handler", ("须由处理人{handler}申请", "its handler {handler} asks"))
NOT_ASKED = Refusal("complaint.not_asked", ("没有待批准的再延长申请", "no prolongation waits for approval"))
SAME_PERSON = Refusal(
    "complaint.same_person",
    ("申请人不得批准本人申请", "who asked does not approve: four eyes"),
    rule="CPL-DECIDE-60D",
)
NOT_APPROVED = Refusal(
    "complaint.not_approved",
    ("再延长未经上级批准，或已告知", "no prolongation was approved by the superior, or it has been told"),
    rule="CPL-DECIDE-60D",
)
STANDS_STILL = Refusal("complaint.stands_still", ("已因{ground}中止计时", "the time stands still already: {ground}"))
NOT_STILL = Refusal("complaint.not_still", ("没有中止计时", "the time does not stand still"))
NOT_AGREED = Refusal(
    "complaint.not_agreed",
    ("投诉人未同意调解", "the complainant has not agreed to mediation"),
    rule="DISP-MEDIATE-PROPOSE",
)
NOT_TOLD = Refusal(
    "complaint.not_told",
    ("须及时告知投诉人正在鉴定", "the complainant is to be told of the appraisal"),
    rule="CPL-PAUSE-APPRAISAL",
)


def assigned(complaint: Complaint, _: Given) -> None:
    NOT_ASSIGNED.unless(complaint.status is ComplaintStatus.ASSIGNED)


def simple(complaint: Complaint, given: Given) -> None:
    assigned(complaint, given)
    COMPLEX_BEFORE.unless(not complaint.complex)


def prolongable(complaint: Complaint, given: Given) -> None:
    assigned(complaint, given)
    PROLONGED_BEFORE.unless(not complaint.prolonged)


def found_complex(complaint: Complaint, _: Given) -> None:
    NOT_COMPLEX.unless(complaint.complex)


def unasked(complaint: Complaint, _: Given) -> None:
    ASKED_BEFORE.unless(not complaint.asker)


def asked(complaint: Complaint, given: Given) -> None:
    assigned(complaint, given)
    NOT_ASKED.unless(complaint.asker and not complaint.approved_on)


def approved(complaint: Complaint, given: Given) -> None:
    assigned(complaint, given)
    NOT_APPROVED.unless(complaint.approved_on and not complaint.prolonged)


def undecided(complaint: Complaint, _: Given) -> None:
    NOT_ASSIGNED.unless(complaint.is_pending and complaint.status is not ComplaintStatus.DECIDED)


def counting(complaint: Complaint, _: Given) -> None:
    STANDS_STILL.unless(not complaint.paused, ground=complaint.paused)


def standing_still(complaint: Complaint, _: Given) -> None:
    NOT_STILL.unless(complaint.paused)


class FindComplaintComplex(Command):
    """A complex complaint may take the longer time, counted from its receipt."""

    on, may = Complaint, OFFICERS | {Role.SUPERVISOR}
    says = ("认定复杂投诉", "Find the complaint complex")
    applies = ("CPL-DECIDE-30D",)
    gates = (simple,)
    reason: Annotated[Note, MinLen(1)]

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        yield e.ComplaintFoundComplex(counts_from=complaint.counts_from, reason=self.reason)


class AskProlongation(Command):
    """The handler asks the superior for the further time that there is in special cases, once."""

    on, may = Complaint, OFFICERS | {Role.SUPERVISOR}
    says = ("申请再延长", "Ask for a prolongation")
    applies = ("CPL-DECIDE-60D",)
    gates = (prolongable, found_complex, unasked)
    ground: Special
    reason: Annotated[Note, MinLen(1)]

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        asker = given.actor.name
        NOT_THE_HANDLER.unless(asker == complaint.handler, handler=complaint.handler)
        yield e.ProlongationAsked(ground=self.ground, reason=self.reason, asker=asker)


class ApproveProlongation(Command):
    """A superior approves; the time is not longer before the complainant has been told."""

    on, may, consults = Complaint, SUPERIORS, (Claim,)
    says = ("批准再延长", "Approve the prolongation")
    applies = ("CPL-DECIDE-60D", "CPL-RECUSAL")
    gates = (asked,)

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        SAME_PERSON.unless(given.actor.name not in (complaint.asker, complaint.handler))
        impartial(given.actor.name, complaint, given[Claim])
        yield e.ProlongationApproved(approver=given.actor.name, approved_on=given.today)


class DeclineProlongation(Command):
    on, may = Complaint, SUPERIORS
    says = ("不批准再延长", "Decline the prolongation")
    gates = (asked,)

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        yield e.ProlongationDeclined(decider=given.actor.name)


class ProlongComplaint(Command):
    """Tells the complainant of the approved prolongation, and with that it takes effect."""

    on, may = Complaint, OFFICERS | {Role.SERVICE}
    says = ("告知再延长", "Tell of the prolongation")
    applies = ("CPL-DECIDE-60D", "CPL-TELL-STOP-RULE")
    gates = (approved,)
    told_on: Day
    way: Way
    evidence: Number = Field(description="Number of the receipt, posting, message or call.")

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        from_on(complaint.approved_on, self.told_on, given)
        yield e.ComplaintProlonged(**dict(self), counts_from=complaint.counts_from)


class PauseComplaint(Command):
    """Mediation that the complainant agreed to, or an outside appraisal of which they were told, begins."""

    on, may = Complaint, OFFICERS | {Role.SUPERVISOR}
    says = ("中止计时", "Pause")
    applies = ("DISP-MEDIATE-PROPOSE", "DISP-MEDIATE-PAUSE", "CPL-PAUSE-APPRAISAL")
    gates = (undecided, counting)
    ground: Break
    paused_on: Day
    told_on: Day | None = Field(default=None, description="When the complainant agreed, or was told.")
    body: ShortText = ""

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        from_on(complaint.counts_from, self.paused_on, given)
        NOT_AGREED.unless(self.told_on or self.ground is not Break.MEDIATION)
        NOT_TOLD.unless(self.told_on)
        assert self.told_on
        not_in_future(self.told_on, given)
        yield e.ComplaintPaused(ground=self.ground, paused_on=self.paused_on, told_on=self.told_on, body=self.body)


class ResumeComplaint(Command):
    """Mediation or appraisal is over. That day is the last that is not counted."""

    on, may = Complaint, OFFICERS | {Role.SUPERVISOR}
    says = ("恢复计时", "Resume")
    applies = ("DISP-MEDIATE-PAUSE", "CPL-PAUSE-APPRAISAL")
    gates = (undecided, standing_still)
    resumed_on: Day

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        from_on(complaint.paused_on, self.resumed_on, given)
        assert complaint.paused
        yield e.ComplaintResumed(ground=complaint.paused, resumed_on=self.resumed_on)
