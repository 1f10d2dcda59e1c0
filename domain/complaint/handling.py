"""What happens to a complaint while it waits for an answer: a handler, the same again, new facts, withdrawal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MinLen

from domain.claim.state import Claim
from domain.complaint import events as e
from domain.complaint.receipt import INTAKE, OFFICERS, from_on, impartial, pending
from domain.complaint.state import Complaint, ComplaintStatus
from domain.customer import Channel
from domain.kernel import Command, Event, Given, Refusal
from domain.words import Day, Note, Number, Role

NOT_ACCEPTED = Refusal(
    "complaint.not_accepted", ("投诉尚未受理，或已作决定", "it has not been accepted, or has been decided")
)


def in_hand(complaint: Complaint, _: Given) -> None:
    NOT_ACCEPTED.unless(complaint.status in (ComplaintStatus.ACCEPTED, ComplaintStatus.ASSIGNED))


class AssignComplaint(Command):
    """Gives it to somebody with no interest of their own in it; another may take over until it is decided."""

    on, may = Complaint, OFFICERS | {Role.SUPERVISOR}
    consults = (Claim,)
    says = ("指派处理人", "Assign")
    applies = ("CPL-RECUSAL",)
    gates = (in_hand,)
    handler: Number

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        impartial(self.handler, complaint, given[Claim])
        if self.handler != complaint.handler:
            yield e.ComplaintAssigned(handler=self.handler)


class RepeatComplaint(Command):
    """The same again, with nothing new, inside the period: merged, and the time goes on."""

    on, may = Complaint, INTAKE
    says = ("重复投诉", "Raise it again")
    applies = ("CPL-MERGE",)
    gates = (pending,)
    channel: Channel = Channel.PHONE
    received_on: Day | None = None

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        received_on = self.received_on or given.today
        from_on(complaint.counts_from, received_on, given)
        yield e.ComplaintRepeated(received_on=received_on, channel=self.channel)


class RaiseNewFacts(Command):
    """The same again, with new facts and reasons: the time counts anew from their receipt."""

    on, may = Complaint, INTAKE
    says = ("提出新的事实和理由", "Raise new facts")
    applies = ("CPL-RESTART-NEWFACTS",)
    gates = (pending,)
    facts: Annotated[Note, MinLen(1)]
    received_on: Day | None = None

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        received_on = self.received_on or given.today
        from_on(complaint.counts_from, received_on, given)
        yield e.NewFactsRaised(received_on=received_on, prolonged=complaint.prolonged, facts=self.facts)


class WithdrawComplaint(Command):
    """The procedure ends on the day on which the complainant withdraws."""

    on, may = Complaint, OFFICERS | {Role.SERVICE, Role.CUSTOMER}
    says = ("撤回投诉", "Withdraw")
    applies = ("CPL-WITHDRAW-SAMEDAY",)
    gates = (pending,)
    withdrawn_on: Day | None = None

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        withdrawn_on = self.withdrawn_on or given.today
        from_on(complaint.counts_from, withdrawn_on, given)
        yield e.ComplaintWithdrawn(withdrawn_on=withdrawn_on)
