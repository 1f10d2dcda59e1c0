"""What follows from a decision, and what may be paid before it: telling, the written refusal, agreement, advances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen
from pydantic import Field

from domain.claim import milestones as m
from domain.claim.intake import DECIDERS, HANDLERS
from domain.claim.milestones import Remedy
from domain.claim.request import GUIDES, undecided
from domain.claim.settlement import (
    NOT_ASSESSED,
    OVERPAID,
    REFERENCE_REUSED,
    UNTOLD,
    assessed,
    not_held,
    other_hands,
    second_eyes,
    within_authority,
)
from domain.claim.state import Claim, Status
from domain.customer import Channel
from domain.kernel import Command, Event, Given, Refusal, not_in_future, same_currency
from domain.sanction import Sanction, sanction_of, unsanctioned
from domain.tally import Part, Tally
from domain.words import Amount, Day, Money, Number, Role, Text

NOTHING_TO_TELL = Refusal(
    "claim.nothing_to_tell", ("尚未核定，或已告知核定结果", "nothing has been decided, or it has been told")
)
NO_LETTER_DUE = Refusal(
    "claim.no_letter_due",
    ("案件未拒赔，或拒赔通知书已发出", "nothing was rejected, or the written refusal has been sent"),
)
REMEDIES_UNTOLD = Refusal(
    "claim.remedies_untold",
    ("还须告知争议解决途径：{missing}", "still to be told of: {missing}"),
    rule="DISP-CHANNELS-5",
)
NOTHING_TO_AGREE = Refusal(
    "claim.nothing_to_agree",
    ("未核赔通过、已无应付或已达成协议", "nothing approved is left to pay, or its amount has been agreed"),
)
OTHER_AMOUNT = Refusal(
    "claim.other_amount",
    ("核赔金额为{approved}，另一数额须重新定损", "{approved} was approved: another sum is assessed anew"),
)
NO_ADVANCE = Refusal("claim.no_advance", ("没有可先予支付的款项", "no advance has been approved, or it is paid"))


def untold(claim: Claim, _: Given) -> None:
    NOTHING_TO_TELL.unless(claim.status in (Status.APPROVED, Status.REJECTED) and not claim.progress.told)


def letter_due(claim: Claim, _: Given) -> None:
    NO_LETTER_DUE.unless(claim.status is Status.REJECTED and not claim.progress.letter)


def agreement_due(claim: Claim, _: Given) -> None:
    NOTHING_TO_AGREE.unless(claim.owed and claim.progress.agreed is None)


def told(claim: Claim, _: Given) -> None:
    UNTOLD.unless(claim.progress.told)


def advance_left(claim: Claim, _: Given) -> None:
    NO_ADVANCE.unless(any(each.left for each in claim.progress.advances))


class TellDecision(Command):
    """The claimant was told what was decided. Of a rejection the written refusal is owed besides."""

    on, may = Claim, GUIDES | DECIDERS
    says = ("告知核定结果", "Tell the decision")
    applies = ("CLAIM-TELL-RESULT",)
    gates = (untold,)
    told_on: Day
    channel: Channel = Channel.PHONE

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        not_in_future(self.told_on, given)
        approved = claim.status is Status.APPROVED
        yield m.DecisionTold(told_on=self.told_on, channel=self.channel, approved=approved)


class SendRejection(Command):
    """The written refusal was sent: with the grounds of the rejection, and every way to dispute it."""

    on, may = Claim, DECIDERS | {Role.SERVICE}
    says = ("发出拒赔通知书", "Send the written refusal")
    applies = ("CLAIM-REJECT-3D", "DISP-CHANNELS-5")
    gates = (letter_due,)
    letter: Number = Field(description="Number of the written refusal.")
    sent_on: Day
    remedies: Annotated[tuple[Remedy, ...], MaxLen(5)]

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        not_in_future(self.sent_on, given)
        missing = tuple(each for each in Remedy if each not in self.remedies)
        REMEDIES_UNTOLD.unless(not missing, missing=missing)
        yield m.RejectionSent(letter=self.letter, sent_on=self.sent_on, remedies=tuple(dict.fromkeys(self.remedies)))


class AgreeSettlement(Command):
    """The claimant agreed to what was approved; from that day the time to pay is counted."""

    on, may = Claim, HANDLERS | {Role.SERVICE}
    says = ("达成赔付协议", "Agree on the amount")
    applies = ("CLAIM-TELL-RESULT", "CLAIM-PAY-10D")
    gates = (agreement_due, told)
    amount: Amount
    agreed_on: Day
    days: Annotated[int, Ge(0), Le(365)] = Field(
        default=0, description="Days to pay in, where the contract sets its own; 0 where the law's count."
    )

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        not_in_future(self.agreed_on, given)
        OTHER_AMOUNT.unless(self.amount == claim.approved, approved=claim.approved)
        assert claim.line and claim.regime
        yield m.SettlementAgreed(**dict(self), line=claim.line, regime=claim.regime)


class ApproveAdvance(Command):
    """Lets be paid first what is certain to be owed, while the whole is not."""

    on, may, consults = Claim, DECIDERS, (Tally,)
    says = ("批准先予支付", "Approve an advance")
    applies = ("CLAIM-ADVANCE-60D",)
    gates = (undecided, assessed, not_held)
    benefit: Number
    amount: Amount

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        second_eyes(claim, given)
        _fits(claim, self.benefit, self.amount)
        within_authority(self.amount, given, Part(claim.id, self.benefit))
        if claim.progress.advance(self.benefit) != self.amount:
            yield m.AdvanceApproved(
                benefit=self.benefit, amount=self.amount, approver=given.actor.name, approved_on=given.today
            )


class PayAdvance(Command):
    """Pays what was approved in advance for one benefit. A reference is used once."""

    on, may, consults = Claim, frozenset({Role.CASHIER}), (Sanction,)
    says = ("先予支付", "Pay an advance")
    applies = ("CLAIM-ADVANCE-60D", "AML-SANCTION-LISTS")
    gates = (advance_left, not_held)
    benefit: Number
    amount: Amount
    payee: Text
    reference: Number
    paid_on: Day

    @property
    def sanction(self) -> UUID:
        return sanction_of(self.payee)

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        not_in_future(self.paid_on, given)
        unsanctioned(given, claim.scrutiny.cleared)
        REFERENCE_REUSED.unless(self.reference not in claim.references, reference=self.reference)
        other_hands(claim, given)
        _fits(claim, self.benefit, self.amount)
        left = claim.progress.advance(self.benefit)
        OVERPAID.unless(self.amount <= left, benefit=self.benefit, left=left)
        yield m.AdvancePaid(**dict(self))


def _fits(claim: Claim, benefit: str, amount: Money) -> None:
    """Raises Refused unless so much of the benefit is assessed and unpaid."""
    exposure = claim.exposure(benefit)
    NOT_ASSESSED.unless(exposure)
    assert exposure
    same_currency(amount, exposure.payable)
    left = exposure.payable - exposure.paid
    OVERPAID.unless(amount and amount <= left, benefit=benefit, left=left)
