"""What can be asked of a claim once it is registered: assessment, decision, payment, closing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen
from pydantic import Field

from domain.claim import events as e
from domain.claim.events import Rejection
from domain.claim.intake import DECIDERS, HANDLERS, NOT_REGISTERED, registered
from domain.claim.milestones import PaymentCompleted
from domain.claim.screening import Track
from domain.claim.state import Claim, Exposure, Status
from domain.kernel import Command, Event, Given, Refusal, not_in_future, same_currency
from domain.policy.state import Policy
from domain.sanction import Sanction, sanction_of, unsanctioned
from domain.tally import Part, Tally
from domain.words import Amount, Day, Money, Note, Number, Role, Text

NO_BENEFIT = Refusal(
    "claim.no_benefit", ("出险日保单没有责任{benefit}", "the policy had no benefit {benefit} at the loss")
)
BEYOND_SUM = Refusal(
    "claim.beyond_sum", ("{benefit}应赔超过保额{insured}", "payable for {benefit} exceeds the sum insured of {insured}")
)
BELOW_PAID = Refusal("claim.below_paid", ("应赔低于已付{paid}", "payable would fall below the {paid} already paid"))
NOT_ASSESSED = Refusal("claim.not_assessed", ("尚未定损", "nothing has been assessed"))
PAPERS_MISSING = Refusal("claim.papers_missing", ("尚缺资料：{papers}", "documents still missing: {papers}"))
ON_HOLD = Refusal("claim.on_hold", ("案件暂停处理：{holds}", "the claim is on hold: {holds}"))
SAME_PERSON = Refusal(
    "claim.same_person", ("定损人不得核赔本人案件", "who assessed a claim does not decide it: four eyes")
)
BEYOND_AUTHORITY = Refusal(
    "claim.beyond_authority", ("金额{amount}超出核赔权限{authority}", "{amount} is beyond an authority of {authority}")
)
BEYOND_TOGETHER = Refusal(
    "claim.beyond_authority_together",
    (
        "连同您近期为同一索赔人批准的{before}，{amount}超出核赔权限{authority}",
        "with the {before} that you approved for the same claimant lately, {amount} is beyond an authority of {authority}",
    ),
)
NOT_LOOKED_INTO = Refusal(
    "claim.not_looked_into",
    (
        "预警评分{score}，须先调查，或由主管说明理由改变分流",
        "with a warning score of {score} it is looked into first, or a supervisor sends it elsewhere, with a reason",
    ),
)
NOT_APPROVED = Refusal("claim.not_approved", ("尚未核赔通过", "the claim has not been approved"))
OVERPAID = Refusal("claim.overpaid", ("{benefit}最多可付{left}", "at most {left} is left to pay for {benefit}"))
REFERENCE_REUSED = Refusal(
    "claim.reference_reused", ("流水号{reference}已被使用", "the reference {reference} has been used")
)
APPROVED_IT = Refusal(
    "claim.approved_it", ("定损或核赔人不得付款", "who assessed or approved a claim does not pay it: four eyes")
)
UNTOLD = Refusal(
    "claim.untold", ("尚未告知核定结果", "the claimant has not been told the decision"), rule="CLAIM-TELL-RESULT"
)
NOT_RESCINDED = Refusal(
    "claim.not_rescinded",
    ("以未如实告知拒赔，须先解除合同", "whoever refuses for non-disclosure rescinds the contract first"),
    rule="CONTEST-RESCIND-BEFORE-DENY",
)
ALREADY_PAID = Refusal("claim.already_paid", ("已有赔付，不能拒赔", "part of it has been paid, so it is not rejected"))


class AssessCoverage(Command):
    """What was claimed under one benefit and what is payable; without a figure, the loss above the deductible."""

    on, may = Claim, HANDLERS
    says = ("定损", "Assess a benefit")
    benefit: Number
    claimed: Amount
    payable: Amount | None = None
    reserve: Amount | None = Field(
        default=None, description="Expected cost still to pay; what is payable, if not given."
    )
    note: Note = ""

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_REGISTERED.unless(claim.is_registered)
        insured = claim.sum(self.benefit)
        NO_BENEFIT.unless(insured, benefit=self.benefit)
        assert insured
        same_currency(insured.insured, self.claimed, *(a for a in (self.payable, self.reserve) if a is not None))
        nothing = Money(0, self.claimed.currency)
        loss = self.claimed - insured.deductible if insured.deductible < self.claimed else nothing
        payable = self.payable if self.payable is not None else min(loss, insured.insured)
        BEYOND_SUM.unless(payable <= insured.insured, benefit=self.benefit, insured=insured.insured)
        before = claim.exposure(self.benefit) or Exposure(self.benefit, nothing, nothing, nothing)
        BELOW_PAID.unless(before.paid <= payable, paid=before.paid)
        yield e.CoverageAssessed(
            benefit=self.benefit,
            claimed=self.claimed,
            deductible=insured.deductible,
            payable=payable,
            reserve=self.reserve if self.reserve is not None else payable - before.paid,
            assessor=given.actor.name,
            note=self.note,
        )


class ChangeReserve(Command):
    on, may = Claim, HANDLERS
    says = ("调整准备金", "Change a reserve")
    benefit: Number
    reserve: Amount
    reason: Annotated[Note, MinLen(1)]

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_REGISTERED.unless(claim.is_registered)
        exposure = claim.exposure(self.benefit)
        NOT_ASSESSED.unless(exposure)
        assert exposure
        same_currency(exposure.reserve, self.reserve)
        if exposure.reserve != self.reserve:
            yield e.ReserveChanged(benefit=self.benefit, reserve=self.reserve, reason=self.reason)


def not_held(claim: Claim, _: Given) -> None:
    ON_HOLD.unless(not claim.holds, holds=sorted(claim.holds))


def assessed(claim: Claim, _: Given) -> None:
    NOT_ASSESSED.unless(claim.exposures)


def papers_in(claim: Claim, _: Given) -> None:
    PAPERS_MISSING.unless(not claim.papers_missing, papers=claim.papers_missing)


def not_paid(claim: Claim, _: Given) -> None:
    ALREADY_PAID.unless(not claim.paid)


def approved(claim: Claim, _: Given) -> None:
    NOT_APPROVED.unless(claim.status is Status.APPROVED)


def open_still(claim: Claim, _: Given) -> None:
    NOT_REGISTERED.unless(claim.is_open)


def looked_into(claim: Claim, _: Given) -> None:
    asked = claim.scrutiny.track is Track.INVESTIGATION
    NOT_LOOKED_INTO.unless(not asked or claim.scrutiny.looked_into, score=claim.scrutiny.score)


def second_eyes(claim: Claim, given: Given) -> None:
    SAME_PERSON.unless(given.actor.name not in claim.assessors)


def other_hands(claim: Claim, given: Given) -> None:
    """Raises Refused where whoever pays has assessed or approved it, whatever roles they have."""
    APPROVED_IT.unless(given.actor.name not in claim.assessors | claim.ledger.approvers)


def within_authority(amount: Money, given: Given, part: Part) -> None:
    """Raises Refused where the amount, with what the approver approved for this claimant lately, is beyond them."""
    authority = Money(given.actor.authority, amount.currency)
    BEYOND_AUTHORITY.unless(amount <= authority, amount=amount, authority=authority)
    before = given[Tally].approved(given.actor.name, given.today, amount.currency, part)
    BEYOND_TOGETHER.unless(amount + before <= authority, amount=amount, before=before, authority=authority)


class ApproveClaim(Command):
    """Approves what has been assessed, all papers in, by another person, within that person's authority."""

    on, may, consults = Claim, DECIDERS, (Tally,)
    says = ("核赔通过", "Approve")
    gates = (registered, not_held, assessed, papers_in, looked_into)

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        second_eyes(claim, given)
        within_authority(claim.payable, given, Part(claim.id))
        if claim.approved != claim.payable:
            yield e.ClaimApproved(amount=claim.payable, approver=given.actor.name, approved_on=given.today)


class RejectClaim(Command):
    """Rejects the claim on coded grounds, with an explanation for the claimant."""

    on, may, consults = Claim, DECIDERS, (Policy,)
    says = ("拒赔", "Reject")
    applies = ("CLAIM-REJECT-3D", "CONTEST-RESCIND-BEFORE-DENY")
    gates = (registered, not_held, not_paid)
    grounds: Annotated[tuple[Rejection, ...], MinLen(1), MaxLen(7)]
    explanation: Annotated[Note, MinLen(1)]
    agreed: bool = Field(default=False, description="Whether both sides agreed to a refusal without rescission.")

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        second_eyes(claim, given)
        kept = Rejection.NON_DISCLOSURE in self.grounds and not given[Policy].progress.rescinded
        NOT_RESCINDED.unless(self.agreed or not kept)
        grounds = tuple(dict.fromkeys(self.grounds))
        yield e.ClaimRejected(grounds=grounds, explanation=self.explanation, decider=given.actor.name)


class PayClaim(Command):
    """Pays approved money for one benefit, in whole or in part. A reference is used once."""

    on, may, consults = Claim, frozenset({Role.CASHIER}), (Sanction,)
    says = ("赔付", "Pay")
    applies = ("AML-SANCTION-LISTS",)
    gates = (approved, not_held)
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
        exposure = claim.exposure(self.benefit)
        NOT_ASSESSED.unless(exposure)
        assert exposure
        same_currency(self.amount, exposure.payable)
        left = exposure.payable - exposure.paid
        OVERPAID.unless(self.amount and self.amount <= left, benefit=self.benefit, left=left)
        paid = e.ClaimPaid(**dict(self))
        yield paid
        after = claim.evolve(paid)
        if not after.owed:
            assert after.paid_on
            yield PaymentCompleted(amount=after.paid, completed_on=after.paid_on)
