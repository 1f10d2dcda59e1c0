"""What can be asked of a claim until it can be assessed: notice, registration, papers, holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen
from pydantic import Field

from domain.claim import events as e
from domain.claim.events import Hold, Notice, Paper
from domain.claim.matching import cover_settled, insured_then, not_twice
from domain.claim.milestones import ClaimRequested, DocumentsCompleted, ProofArrived, Regime
from domain.claim.notice import Known
from domain.claim.state import Claim, Status
from domain.claim.triage import screened
from domain.customer import Channel
from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.losses import Losses
from domain.policy.state import Policy
from domain.words import Day, Note, Number, Role, Sha256, Text

POLICY_UNKNOWN = Refusal("claim.policy_unknown", ("尚未关联保单", "no policy has been named yet"))
INCOMPLETE = Refusal("claim.incomplete", ("立案尚缺：{missing}", "still missing before registration: {missing}"))
LOSS_IN_FUTURE = Refusal(
    "claim.loss_in_future", ("出险日{loss_on}晚于今天", "the loss date {loss_on} lies in the future")
)
NOT_COVERED = Refusal(
    "claim.not_covered_at_loss",
    ("出险日{loss_on}保单{policy}不在保障中", "policy {policy} gave no cover on the loss date {loss_on}"),
    rule="CONTRACT-FORMATION",
)
ALREADY_REGISTERED = Refusal("claim.already_registered", ("案件已经立案", "the claim is registered already"))
NOT_REGISTERED = Refusal("claim.not_registered", ("案件未立案或已结案", "the claim is not registered, or is closed"))
ASKED_ONCE = Refusal(
    "claim.asked_once",
    ("补充资料只能一次性通知", "the claimant is asked for everything once, and was"),
    rule="CLAIM-DOC-ONCE",
)
NOT_HELD = Refusal("claim.not_held", ("案件没有因此暂停", "the claim is not held for that"))

HANDLERS = frozenset({Role.CLAIMS_HANDLER})
REPORTERS = HANDLERS | {Role.SERVICE, Role.AGENT, Role.CUSTOMER}
DECIDERS = HANDLERS | {Role.SUPERVISOR}


def noticed(claim: Claim, _: Given) -> None:
    ALREADY_REGISTERED.unless(claim.status is Status.NOTICED)


def policy_known(claim: Claim, _: Given) -> None:
    POLICY_UNKNOWN.unless(claim.policy)


def notice_complete(claim: Claim, _: Given) -> None:
    missing = [name for name in ("loss_on", "cause") if not getattr(claim.notice, name)]
    INCOMPLETE.unless(not missing, missing=missing)


def covered_at_loss(claim: Claim, given: Given) -> None:
    loss_on, policy = claim.notice.loss_on, given[Policy]
    covered = not (loss_on and policy.exists) or insured_then(claim, policy)
    NOT_COVERED.unless(covered, loss_on=loss_on, policy=policy.number)


def registered(claim: Claim, _: Given) -> None:
    NOT_REGISTERED.unless(claim.is_registered)


class GiveNotice(Command):
    """First notice of loss. Nothing but the channel is required; what is missing can follow."""

    on, opens, may, numbers = Claim, True, REPORTERS, "claim"
    consults = (Policy, Claim)
    says = ("报案", "Give notice of loss")
    number: Number | None = None
    channel: Channel = Channel.PHONE
    policy: UUID | None = None
    claim: UUID | None = Field(default=None, description="An earlier claim whose notice told of this loss too.")
    notice: Notice = Notice()

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        policy = given[Policy]
        loss_on = self.notice.loss_on
        LOSS_IN_FUTURE.unless(loss_on is None or loss_on <= given.today, loss_on=loss_on)
        yield e.NoticeGiven(
            number=self.number or given.number,
            channel=self.channel,
            notice=replace(self.notice, policy_number=policy.number or self.notice.policy_number),
            policy=self.policy,
            customer=policy.customer or given.actor.party,
            line=policy.line if policy.exists else None,
            contract=len(policy.stack) if policy.exists else None,
            noticed_on=given.today,
            told_with=self.claim,
        )


class AmendNotice(Command):
    """Puts the notice right or completes it, until the claim is registered."""

    on, may, consults = Claim, REPORTERS, (Policy,)
    says = ("更正报案", "Amend the notice")
    policy: UUID | None = None
    notice: Notice

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        ALREADY_REGISTERED.unless(claim.status is Status.NOTICED)
        loss_on = self.notice.loss_on
        LOSS_IN_FUTURE.unless(loss_on is None or loss_on <= given.today, loss_on=loss_on)
        policy = given[Policy]
        notice = replace(self.notice, policy_number=policy.number or self.notice.policy_number)
        about = self.policy or claim.policy
        if (notice, about) != (claim.notice, claim.policy):
            yield e.NoticeAmended(
                notice=notice,
                policy=about,
                customer=policy.customer or claim.customer,
                contract=len(policy.stack) if policy.exists else None,
                moved_from=claim.policy if claim.policy != about else None,
            )


class RegisterClaim(Command):
    """Makes the notice a claim, if the policy gave cover on the day of the loss."""

    on, may, consults = Claim, HANDLERS, (Policy, Losses)
    says = ("立案", "Register")
    applies = ("CONTRACT-FORMATION",)
    gates = (noticed, policy_known, notice_complete, cover_settled, covered_at_loss, not_twice)
    regime: Regime | None = Field(
        default=None, description="Individual for life, health and accident, common for the rest, if not given."
    )

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        notice, policy = claim.notice, given[Policy]
        assert notice.loss_on and notice.cause and policy.customer
        cover = insured_then(claim, policy)
        assert cover
        begun = e.ClaimRegistered(
            policy=policy.id,
            policy_number=policy.number,
            product_code=policy.product_code,
            line=policy.line,
            customer=policy.customer,
            loss_on=notice.loss_on,
            cause=notice.cause,
            sums=cover.sums,
            regime=self.regime,
            by_notice=claim.scrutiny.cover is Known.AT_NOTICE,
        )
        yield begun
        yield screened(claim.evolve(begun), given)
        yield from first_receipt(claim.evolve(begun))


def first_receipt(claim: Claim, requested_on: date | None = None) -> Iterator[Event]:
    """What the time to decide is counted from, once it is there: the request, and the request with some proof.

    The claim form is the request. After the decision there is nothing left to count.
    """
    if not claim.is_undecided:
        return
    assert claim.line and claim.regime
    so_far = claim.progress
    requested_on = so_far.requested_on or requested_on or so_far.form_on
    if requested_on and not so_far.requested_on:
        yield ClaimRequested(received_on=requested_on, line=claim.line, regime=claim.regime)
    if requested_on and so_far.proof_on and not so_far.proven:
        arrived_on = max(requested_on, so_far.proof_on)
        yield ProofArrived(arrived_on=arrived_on, line=claim.line, regime=claim.regime)


def papers_complete(claim: Claim) -> Iterator[Event]:
    completed_on = claim.progress.papers_on
    if completed_on and not claim.papers_missing:
        assert claim.line and claim.regime
        yield DocumentsCompleted(completed_on=completed_on, line=claim.line, regime=claim.regime)


class RequestDocuments(Command):
    """Asks the claimant for everything that is missing, at once and in full."""

    on, may = Claim, HANDLERS
    says = ("一次性通知补充资料", "Ask for documents")
    applies = ("CLAIM-DOC-ONCE",)
    papers: Annotated[tuple[Paper, ...], MinLen(1), MaxLen(20)]

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_REGISTERED.unless(claim.is_registered)
        papers = tuple(dict.fromkeys(self.papers))
        if claim.progress.asked != papers:
            ASKED_ONCE.unless(claim.progress.asked is None)
            asked = e.DocumentsRequested(papers=papers, asked_on=given.today)
            yield asked
            yield from papers_complete(claim.evolve(asked))


class ReceiveDocument(Command):
    """Keeps that a document arrived: its kind and the checksum of its bytes."""

    on, may = Claim, REPORTERS
    says = ("接收资料", "Receive a document")
    paper: Paper
    name: Text
    sha256: Sha256
    received_on: Day

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        not_in_future(self.received_on, given)
        NOT_REGISTERED.unless(claim.is_open)
        # One scan may serve as two papers.
        if self.sha256 in claim.checksums and self.paper in claim.received:
            return
        received = e.DocumentReceived(**dict(self))
        after = claim.evolve(received)
        yield received
        yield from first_receipt(after)
        if claim.papers_missing:
            yield from papers_complete(after)


class HoldClaim(Command):
    on, may = Claim, DECIDERS
    says = ("暂停处理", "Hold")
    hold: Hold
    note: Note = ""

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_REGISTERED.unless(claim.is_open)
        if self.hold not in claim.holds:
            yield e.ClaimHeld(hold=self.hold, note=self.note)


class HoldForPremium(Command):
    """Holds the claim where the policy's premium is overdue; given by the system on registration."""

    on, may, consults = Claim, frozenset({Role.SYSTEM}), (Policy,)
    says = ("保费逾期暂停", "Hold for overdue premium")

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        if claim.is_open and Hold.PREMIUM_OVERDUE not in claim.holds and given[Policy].overdue_since(given.today):
            yield e.ClaimHeld(hold=Hold.PREMIUM_OVERDUE)


class ReleaseClaim(Command):
    on, may = Claim, DECIDERS | {Role.SYSTEM}
    says = ("恢复处理", "Release")
    hold: Hold

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_HELD.unless(self.hold in claim.holds or given.actor.role is Role.SYSTEM)
        if self.hold in claim.holds:
            yield e.ClaimReleased(hold=self.hold)
