"""What can be asked after a sale: that the customer is called back, and that what this finds is put right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MaxLen, MinLen
from pydantic import Field

from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.policy import milestones as m
from domain.policy.milestones import CallBackWay, Point
from domain.policy.sale import CANCELLED, NOT_ISSUED
from domain.policy.state import Policy
from domain.product import Line
from domain.words import Day, Note, Number, Role

NOT_DELIVERED = Refusal("policy.not_delivered", ("保单在{day}尚未送达", "the policy had not been delivered by {day}"))
CALLED_BACK = Refusal("policy.called_back", ("已完成回访", "the customer has been called back"))
NOT_THE_APPLICANT = Refusal(
    "policy.not_the_applicant",
    (
        "未确认受访人为投保人本人，不构成回访",
        "it is no call-back unless the applicant is known to be the one who answers",
    ),
    rule="CALLBACK-CONTENT-2023",
)
POINTS_NOT_ASKED = Refusal(
    "policy.points_not_asked", ("还须询问：{missing}", "still to be asked: {missing}"), rule="CALLBACK-NEW-COOLING"
)
FAULT_UNTOLD = Refusal("policy.fault_untold", ("须记录未确认的情况", "what was not confirmed is put down"))
NOT_ELECTRONIC = Refusal(
    "policy.not_electronic",
    ("客户自助回访须在本公司电子渠道完成", "customers answer for themselves on our own system only"),
    rule="CALLBACK-ELECTRONIC",
)
NO_FAULT = Refusal("policy.no_fault", ("没有待解决的回访问题", "no fault that a call-back found waits to be settled"))
RIGHT_UNTOLD = Refusal(
    "policy.right_untold",
    ("须告知客户有权解除合同", "the customer is to be told of the right to rescind"),
    rule="CALLBACK-HEALTH-COOLING",
)
SETTLERS = frozenset({Role.SERVICE, Role.COMPLAINT_OFFICER, Role.SUPERVISOR})
"""Nobody who sells (call-back Provisions 2010 art 18)."""


class CallBack(Command):
    """The applicant was asked about the sale, point by point; what was not confirmed is a fault to be settled."""

    on, may = Policy, frozenset({Role.SERVICE, Role.CUSTOMER})
    says = ("回访", "Call back")
    applies = ("CALLBACK-NEW-COOLING", "CALLBACK-HEALTH-COOLING", "CALLBACK-CONTENT-2023", "CALLBACK-ELECTRONIC")
    made_on: Day
    way: CallBackWay = CallBackWay.PHONE
    record: Number = Field(description="Number of the recording, or of the electronic record.")
    confirmed: Annotated[tuple[Point, ...], MaxLen(10)]
    denied: Annotated[tuple[Point, ...], MaxLen(10)] = ()
    note: Note = Field(default="", description="What the customer said about what was not confirmed.")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.made_on, given)
        CANCELLED.unless(not policy.cancelled)
        NOT_DELIVERED.unless(policy.delivered_on and policy.delivered_on <= self.made_on, day=self.made_on)
        CALLED_BACK.unless(policy.progress.called_back_on is None)
        NOT_ELECTRONIC.unless(given.actor.role is not Role.CUSTOMER or self.way is CallBackWay.ELECTRONIC)
        NOT_THE_APPLICANT.unless(Point.APPLICANT in self.confirmed and Point.APPLICANT not in self.denied)
        asked = {*self.confirmed, *self.denied}
        missing = tuple(point for point in asked_of(policy) if point not in asked)
        POINTS_NOT_ASKED.unless(not missing, missing=missing)
        denied = tuple(point for point in Point if point in self.denied)
        FAULT_UNTOLD.unless(self.note or not denied)
        confirmed = tuple(point for point in Point if point in self.confirmed and point not in denied)
        yield m.CallBackRecorded(
            made_on=self.made_on, way=self.way, record=self.record, confirmed=confirmed, denied=denied
        )
        if denied:
            yield m.CallBackFoundFault(
                found_on=self.made_on, denied=denied, note=self.note, line=policy.line, individual=policy.individual
            )


class SettleCallBackFault(Command):
    """What the call-back found is settled, by somebody who does not sell."""

    on, may = Policy, SETTLERS
    says = ("解决回访问题", "Settle what a call-back found")
    applies = ("CALLBACK-MISLEAD-15WD", "CALLBACK-HEALTH-COOLING")
    settled_on: Day
    remedy: Annotated[Note, MinLen(1)]
    told_right: bool = Field(default=False, description="Whether the customer was told of the right to rescind.")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.settled_on, given)
        NO_FAULT.unless(policy.progress.faulty)
        called_back_on = policy.progress.called_back_on
        NO_FAULT.unless(called_back_on and called_back_on <= self.settled_on)
        RIGHT_UNTOLD.unless(self.told_right or policy.line is not Line.HEALTH or not policy.long_term)
        yield m.CallBackFaultSettled(
            settled_on=self.settled_on,
            remedy=self.remedy,
            told_right=self.told_right,
            settler=given.actor.name,
        )


class NoteNonDisclosure(Command):
    """The insurer knows that something asked was not told truly: its thirty days to rescind begin."""

    on, may = Policy, frozenset({Role.UNDERWRITER, Role.CLAIMS_HANDLER})
    says = ("记录未如实告知", "Note a non-disclosure")
    applies = ("CONTEST-30D",)
    found_on: Day
    fact: Annotated[Note, MinLen(1)]

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.found_on, given)
        NOT_ISSUED.unless(policy.issued)
        CANCELLED.unless(not policy.cancelled)
        # What is known stays known: the days are not counted anew.
        if policy.progress.non_disclosure_on is None:
            yield m.NonDisclosureFound(found_on=self.found_on, fact=self.fact)


def asked_of(policy: Policy) -> tuple[Point, ...]:
    """What the applicant is asked: of the payment, only where premium is paid more than once."""
    return tuple(point for point in Point if point is not Point.PAYMENT or policy.instalments > 1)
