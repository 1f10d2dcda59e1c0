"""What can be asked of a claim while it is requested and proven: what the time to decide is counted by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MinLen
from pydantic import Field

from domain.claim import milestones as m
from domain.claim.intake import DECIDERS, HANDLERS, NOT_REGISTERED, REPORTERS, first_receipt
from domain.claim.state import Claim
from domain.customer import Channel
from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.words import Day, Note, Number, Role

DECIDED = Refusal("claim.decided", ("案件未立案或已核定", "the claim is not registered, or has been decided"))
REQUESTED_BEFORE = Refusal(
    "claim.requested_before",
    ("核定期间自{day}初次收到理赔申请起算", "the time to decide counts from the first request, of {day}"),
    rule="CLAIM-DECIDE-COMPLEX-30D",
)
NOTHING_AWAITED = Refusal(
    "claim.nothing_awaited",
    ("没有待补资料，或补充通知已到达", "no documents are awaited, or the request for them has arrived"),
)
ARRIVED_EARLY = Refusal(
    "claim.arrived_early", ("通知于{asked_on}发出，不能此前到达", "it was sent on {asked_on} and cannot arrive before")
)
EXPLAINED_BEFORE = Refusal("claim.explained_before", ("索赔要点已经告知", "the claimant has been told how to claim"))
COMPLEX_BEFORE = Refusal("claim.complex_before", ("已认定为复杂案件", "it has been found to be complex"))

GUIDES = REPORTERS - {Role.CUSTOMER}


def undecided(claim: Claim, _: Given) -> None:
    DECIDED.unless(claim.is_undecided)


def unexplained(claim: Claim, _: Given) -> None:
    NOT_REGISTERED.unless(claim.is_open)
    EXPLAINED_BEFORE.unless(not claim.progress.explained)


def unrequested(claim: Claim, given: Given) -> None:
    undecided(claim, given)
    REQUESTED_BEFORE.unless(not claim.progress.requested_on, day=claim.progress.requested_on)


def awaiting(claim: Claim, _: Given) -> None:
    NOTHING_AWAITED.unless(claim.papers_missing and not claim.progress.arrived)


def simple(claim: Claim, given: Given) -> None:
    undecided(claim, given)
    COMPLEX_BEFORE.unless(not claim.progress.complex)


class ExplainClaim(Command):
    """The claimant was told how to claim and what is needed."""

    on, may = Claim, GUIDES
    says = ("告知索赔要点", "Explain how to claim")
    applies = ("CLAIM-GUIDE",)
    gates = (unexplained,)
    told_on: Day
    channel: Channel = Channel.PHONE

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        not_in_future(self.told_on, given)
        yield m.ClaimExplained(told_on=self.told_on, channel=self.channel)


class RequestClaim(Command):
    """The claim request came in; from its first receipt, with some proof, the time to decide is counted."""

    on, may = Claim, REPORTERS
    says = ("理赔申请", "Request payment of the claim")
    applies = ("CLAIM-DECIDE-COMPLEX-30D",)
    gates = (unrequested,)
    received_on: Day

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        not_in_future(self.received_on, given)
        yield from first_receipt(claim, self.received_on)


class ConfirmArrival(Command):
    """The one-time request for documents reached the claimant: the time to decide stands still until they are in."""

    on, may = Claim, HANDLERS | {Role.SERVICE}
    says = ("确认补充通知到达", "Confirm that the request arrived")
    applies = ("CLAIM-CLOCK-PAUSE",)
    gates = (awaiting,)
    arrived_on: Day
    evidence: Number = Field(description="Number of the receipt, or of the electronic record of delivery.")

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        not_in_future(self.arrived_on, given)
        assert claim.progress.asked_on
        ARRIVED_EARLY.unless(claim.progress.asked_on <= self.arrived_on, asked_on=claim.progress.asked_on)
        yield m.DocumentRequestArrived(arrived_on=self.arrived_on, evidence=self.evidence)


class FindComplex(Command):
    """Finds that the case needs more than the time for simple ones."""

    on, may = Claim, DECIDERS
    says = ("认定复杂案件", "Find the case complex")
    applies = ("CLAIM-DECIDE-5WD", "CLAIM-DECIDE-COMPLEX-30D")
    gates = (simple,)
    reason: Annotated[Note, MinLen(1)]

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        yield m.ClaimFoundComplex(reason=self.reason)
