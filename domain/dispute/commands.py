"""What can be asked of a dispute: the ways told, mediation by its steps, withdrawal, outcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen

from domain.claim.milestones import Remedy
from domain.claim.state import Claim
from domain.customer import Customer
from domain.dispute import events as e
from domain.dispute.events import Mediation, Result
from domain.dispute.state import Dispute, DisputeStage
from domain.kernel import Command, Event, Gate, Given, Refusal, not_in_future
from domain.words import Day, Note, Number, Role, Text

ANOTHERS = Refusal("dispute.anothers", ("该理赔案件属于另一客户", "the claim is another customer's"))
OVER = Refusal("dispute.over", ("争议已了结或撤回", "the dispute is over, or was withdrawn"))
ANOTHER_STAGE = Refusal("dispute.another_stage", ("争议处于：{stage}", "the dispute is at another stage: {stage}"))
WAYS_UNTOLD = Refusal(
    "dispute.ways_untold", ("还须告知争议解决途径：{missing}", "still to be told of: {missing}"), rule="DISP-CHANNELS-5"
)
NO_AGREEMENT = Refusal(
    "dispute.no_agreement",
    ("没有可申请司法确认的调解协议", "there is no agreement whose confirmation can be asked for"),
)
STILL_MEDIATED = Refusal("dispute.still_mediated", ("调解尚未结束", "the mediation has not ended"))

ISSUES_OPEN = Refusal("dispute.issues_open", ("争点{issues}尚未解决", "issues {issues} are still undecided"))
UNCHECKED = Refusal("dispute.decision_unchecked", ("复核决定待质检", "the decision waits for its check"))
HEARING_DUE = Refusal("dispute.hearing_due", ("开庭排期{on}未了", "a hearing is scheduled for {on}"))

HANDLERS = frozenset({Role.SERVICE, Role.CLAIMS_HANDLER, Role.COMPLIANCE})
DECIDERS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE})


def still_open(dispute: Dispute, _: Given) -> None:
    OVER.unless(dispute.is_open)


def at(*stages: DisputeStage) -> Gate:
    def reached(dispute: Dispute, given: Given) -> None:
        still_open(dispute, given)
        ANOTHER_STAGE.unless(dispute.stage in stages, stage=dispute.stage)

    return reached


def confirmable(dispute: Dispute, given: Given) -> None:
    still_open(dispute, given)
    NO_AGREEMENT.unless(dispute.agreement and not dispute.confirming)


def not_mediated(dispute: Dispute, _: Given) -> None:
    STILL_MEDIATED.unless(not dispute.is_in_mediation)


def all_decided(dispute: Dispute, _: Given) -> None:
    ISSUES_OPEN.unless(not dispute.matter.undecided, issues=dispute.matter.undecided)
    UNCHECKED.unless(not dispute.matter.waits_for_check)
    HEARING_DUE.unless(not dispute.matter.hearing_on, on=dispute.matter.hearing_on)


def ways_told(dispute: Dispute, _: Given) -> None:
    WAYS_UNTOLD.unless(dispute.told, missing=tuple(Remedy))


class OpenDispute(Command):
    """A customer disputes what we decided on a claim, or how a complaint was answered."""

    on, opens, numbers, consults = Dispute, True, "dispute", (Claim, Customer)
    may = HANDLERS | {Role.CUSTOMER}
    says = ("提出争议", "Open a dispute")
    number: Number | None = None
    claim: UUID | None = None
    complaint: UUID | None = None
    customer: UUID
    opened_on: Day
    subject: Annotated[Note, MinLen(1)]

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.opened_on, given)
        ANOTHERS.unless(given[Claim].customer in (None, self.customer))
        yield e.DisputeOpened(**{**dict(self), "number": self.number or given.number})


class TellRemedies(Command):
    """Tells the customer of every way to settle the dispute."""

    on, may = Dispute, HANDLERS
    says = ("告知争议解决途径", "Tell the ways to settle")
    applies = ("DISP-CHANNELS-5",)
    gates = (still_open,)
    told_on: Day
    remedies: Annotated[tuple[Remedy, ...], MaxLen(5)]

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.told_on, given)
        missing = tuple(each for each in Remedy if each not in self.remedies)
        WAYS_UNTOLD.unless(not missing, missing=missing)
        if not dispute.told:
            yield e.RemediesTold(told_on=self.told_on, remedies=tuple(dict.fromkeys(self.remedies)))


class OfferMediation(Command):
    on, may = Dispute, HANDLERS
    says = ("建议调解", "Offer mediation")
    applies = ("DISP-MEDIATE-PROPOSE",)
    gates = (at(DisputeStage.OPEN, DisputeStage.MEDIATED),)
    offered_on: Day
    body: Text

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.offered_on, given)
        yield e.MediationOffered(**dict(self))


class AgreeMediation(Command):
    """Both sides agree to mediation."""

    on, may = Dispute, HANDLERS
    says = ("同意调解", "Agree to mediation")
    gates = (at(DisputeStage.OPEN, DisputeStage.OFFERED),)
    agreed_on: Day
    kind: Mediation = Mediation.BODY
    online: bool = False

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.agreed_on, given)
        yield e.MediationAgreed(**dict(self))


class RequestMediation(Command):
    """The court or the mediation body received the request."""

    on, may = Dispute, HANDLERS
    says = ("申请调解", "Request mediation")
    gates = (at(DisputeStage.AGREED),)
    received_on: Day

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.received_on, given)
        assert dispute.mediation
        yield e.MediationRequested(received_on=self.received_on, kind=dispute.mediation, online=dispute.online)


class AppointMediator(Command):
    """The mediator is chosen by both, or appointed where they did not choose."""

    on, may = Dispute, HANDLERS
    says = ("确定调解员", "Appoint the mediator")
    gates = (at(DisputeStage.AGREED, DisputeStage.REQUESTED),)
    mediator: Text
    appointed_on: Day
    jointly: bool = False

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.appointed_on, given)
        yield e.MediatorAppointed(**dict(self), online=dispute.online)


class AcceptMediation(Command):
    on, may = Dispute, HANDLERS
    says = ("调解员确认接受", "The mediator accepts")
    gates = (at(DisputeStage.APPOINTED),)
    accepted_on: Day

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.accepted_on, given)
        assert dispute.mediation
        yield e.MediatorAccepted(accepted_on=self.accepted_on, kind=dispute.mediation, online=dispute.online)


class DeclineMediation(Command):
    """The mediator declines and says why; another has to be found."""

    on, may = Dispute, HANDLERS
    says = ("调解员谢绝", "The mediator declines")
    gates = (at(DisputeStage.APPOINTED),)
    declined_on: Day
    reason: Annotated[Note, MinLen(1)]

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.declined_on, given)
        yield e.MediatorDeclined(**dict(self))


class SignForFile(Command):
    """The mediator signs for the court's file."""

    on, may = Dispute, HANDLERS
    says = ("调解员签收材料", "The mediator signs for the file")
    applies = ("DISP-COURT-APPOINTED-30D", "DISP-COURT-ENTRUSTED-15D", "DISP-COURT-ENTRUSTED-7D")
    gates = (at(DisputeStage.APPOINTED),)
    signed_on: Day

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.signed_on, given)
        assert dispute.mediation
        yield e.MediatorSigned(signed_on=self.signed_on, kind=dispute.mediation)


class EndMediation(Command):
    """The mediation ends, with terms where there is an agreement."""

    on, may = Dispute, HANDLERS
    says = ("调解结束", "End the mediation")
    gates = (at(DisputeStage.MEDIATING),)
    ended_on: Day
    terms: Note = ""

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.ended_on, given)
        assert dispute.mediation
        yield e.MediationEnded(ended_on=self.ended_on, agreed=bool(self.terms))
        if self.terms:
            yield e.AgreementReached(effective_on=self.ended_on, kind=dispute.mediation, terms=self.terms)


class ApplyForConfirmation(Command):
    """Both parties ask the court to confirm what they agreed."""

    on, may = Dispute, HANDLERS
    says = ("申请司法确认", "Apply for judicial confirmation")
    applies = ("DISP-JUDICIAL-CONFIRM-30D",)
    gates = (confirmable,)
    applied_on: Day

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.applied_on, given)
        yield e.ConfirmationApplied(applied_on=self.applied_on)


class WithdrawDispute(Command):
    on, may = Dispute, HANDLERS | {Role.CUSTOMER}
    says = ("撤回争议", "Withdraw the dispute")
    gates = (still_open,)
    withdrawn_on: Day
    reason: Note = ""

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.withdrawn_on, given)
        yield e.DisputeWithdrawn(**dict(self))


class CloseDispute(Command):
    """The dispute is over; what changes is changed in the case that it is about."""

    on, may = Dispute, DECIDERS
    says = ("了结争议", "Close the dispute")
    applies = ("DISP-CHANNELS-5",)
    gates = (still_open, not_mediated, ways_told, all_decided)
    result: Result

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        changed = self.result in (Result.CHANGED, Result.AGREED)
        changes = dispute.matter.changes or (changed and not dispute.matter.issues)
        yield e.DisputeClosed(result=self.result, closed_on=given.today, claim=dispute.claim, changes=changes)
