"""What a claim remembers in order to decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.claim.events import (
    ClaimApproved,
    ClaimClosed,
    ClaimHeld,
    ClaimPaid,
    ClaimRegistered,
    ClaimRejected,
    ClaimReleased,
    ClaimReopened,
    CoverageAssessed,
    DocumentReceived,
    Hold,
    Notice,
    NoticeAmended,
    NoticeGiven,
    Outcome,
    Paper,
    ReserveChanged,
)
from domain.claim.ledger import Ledger
from domain.claim.milestones import AdvanceApproved, AdvancePaid, Regime
from domain.claim.money import ExtraApproved, PaymentVoided
from domain.claim.notice import LossFoundDistinct, NoticeDivided, NoticeJoined, NoticeTakenIn
from domain.claim.progress import Progress
from domain.claim.scrutiny import Scrutiny
from domain.kernel import Aggregate, Event
from domain.losses import LossesToldApart, LossMoved, LossTold, losses_of
from domain.policy.events import Sum
from domain.product import Line
from domain.retention import LAUNDERING, NEEDED, Kept
from domain.tally import ApprovalCounted, Part, tally_of
from domain.words import Money, Term, total


class Status(Term):
    NOTICED = "noticed", "已报案", "notice given"
    REGISTERED = "registered", "已立案", "registered"
    ASSESSED = "assessed", "已定损", "assessed"
    APPROVED = "approved", "已核赔", "approved"
    REJECTED = "rejected", "已拒赔", "rejected"
    CLOSED = "closed", "已结案", "closed"
    JOINED = "joined", "已并案", "joined to another"


@dataclass(frozen=True, slots=True)
class Exposure:
    """One benefit of the policy that this loss draws on."""

    benefit: str
    claimed: Money
    payable: Money
    reserve: Money
    deductible: Money = Money(0)
    paid: Money = Money(0)


class Claim(Aggregate):
    number: str = ""
    status: Status = Status.NOTICED
    notice: Notice = Notice()
    policy: UUID | None = None
    customer: UUID | None = None
    line: Line | None = None
    regime: Regime | None = None
    loss_on: date | None = None
    sums: tuple[Sum, ...] = ()
    received: frozenset[Paper] = frozenset()
    checksums: frozenset[str] = frozenset()
    holds: frozenset[Hold] = frozenset()
    exposures: tuple[Exposure, ...] = ()
    assessors: frozenset[str] = frozenset()
    approved: Money | None = None
    references: frozenset[str] = frozenset()
    paid_on: date | None = None
    outcome: Outcome | None = None
    progress: Progress = Progress()
    ledger: Ledger = Ledger()
    scrutiny: Scrutiny = Scrutiny()

    @property
    def party(self) -> UUID | None:
        return self.customer

    def evolve(self, event: Event) -> Claim:
        progress, ledger, scrutiny = self.progress.after(event), self.ledger.after(event), self.scrutiny.after(event)
        known = progress is self.progress and ledger is self.ledger and scrutiny is self.scrutiny
        return (self if known else self.but(progress=progress, ledger=ledger, scrutiny=scrutiny))._after(event)

    def _after(self, event: Event) -> Claim:
        match event:
            case NoticeGiven():
                return self._noticed(event).but(number=event.number)
            case NoticeAmended():
                return self._noticed(event)
            case ClaimRegistered():
                return self.but(
                    status=Status.REGISTERED,
                    policy=event.policy,
                    customer=event.customer,
                    line=event.line,
                    regime=event.regime or Regime.usual(event.line),
                    loss_on=event.loss_on,
                    sums=event.sums,
                )
            case DocumentReceived(paper=paper, sha256=sha256):
                return self.but(received=self.received | {paper}, checksums=self.checksums | {sha256})
            case ClaimHeld(hold=hold):
                return self.but(holds=self.holds | {hold})
            case ClaimReleased(hold=hold):
                return self.but(holds=self.holds - {hold})
            case CoverageAssessed():
                return self._assessed(event)
            case ReserveChanged():
                return self.but(exposures=self._with(event.benefit, reserve=event.reserve))
            case ClaimApproved():
                return self.but(status=Status.APPROVED, approved=event.amount)
            case ClaimRejected():
                return self.but(status=Status.REJECTED, approved=None)
            case ClaimPaid() | AdvancePaid():
                return self._paid(event)
            case PaymentVoided():
                return self._voided(event.benefit, event.amount)
            case ClaimClosed(outcome=outcome):
                return self._closed(outcome)
            case ClaimReopened():
                return self._reopened()
        return self.but(status=Status.JOINED) if isinstance(event, NoticeJoined) else self

    def _noticed(self, event: NoticeGiven | NoticeAmended) -> Claim:
        return self.but(notice=event.notice, policy=event.policy, customer=event.customer)

    def _reopened(self) -> Claim:
        begun = Status.REGISTERED if self.loss_on else Status.NOTICED
        return self.but(status=Status.ASSESSED if self.exposures else begun, approved=None, outcome=None)

    def _assessed(self, event: CoverageAssessed) -> Claim:
        before = self.exposure(event.benefit)
        paid = before.paid if before else Money(0, event.claimed.currency)
        exposure = Exposure(event.benefit, event.claimed, event.payable, event.reserve, event.deductible, paid)
        others = tuple(x for x in self.exposures if x.benefit != event.benefit)
        # A new assessment is not what was approved: the approval falls with it.
        return self.but(
            status=Status.ASSESSED,
            approved=None,
            exposures=(*others, exposure),
            assessors=self.assessors | {event.assessor},
        )

    def _paid(self, event: ClaimPaid | AdvancePaid) -> Claim:
        exposure, amount = self.exposure(event.benefit), event.amount
        assert exposure
        left = exposure.reserve - amount if amount <= exposure.reserve else Money(0, amount.currency)
        exposures = self._with(event.benefit, paid=exposure.paid + amount, reserve=left)
        paid_on = max(event.paid_on, self.paid_on or event.paid_on)
        return self.but(exposures=exposures, references=self.references | {event.reference}, paid_on=paid_on)

    def _closed(self, outcome: Outcome) -> Claim:
        emptied = tuple(replace(x, reserve=Money(0, x.reserve.currency)) for x in self.exposures)
        return self.but(status=Status.CLOSED, outcome=outcome, exposures=emptied)

    def _voided(self, benefit: str, amount: Money) -> Claim:
        exposure = self.exposure(benefit)
        assert exposure
        exposures = self._with(benefit, paid=exposure.paid - amount, reserve=exposure.reserve + amount)
        return self.but(status=Status.ASSESSED, approved=None, exposures=exposures)

    def _with(self, benefit: str, reserve: Money, paid: Money | None = None) -> tuple[Exposure, ...]:
        return tuple(
            replace(x, reserve=reserve, paid=x.paid if paid is None else paid) if x.benefit == benefit else x
            for x in self.exposures
        )

    def exposure(self, benefit: str) -> Exposure | None:
        return next((x for x in self.exposures if x.benefit == benefit), None)

    def sum(self, benefit: str) -> Sum | None:
        return next((s for s in self.sums if s.benefit == benefit), None)

    @property
    def is_registered(self) -> bool:
        return self.status in (Status.REGISTERED, Status.ASSESSED, Status.APPROVED, Status.REJECTED)

    @property
    def is_undecided(self) -> bool:
        return self.status in (Status.REGISTERED, Status.ASSESSED)

    @property
    def is_open(self) -> bool:
        return self.status not in (Status.CLOSED, Status.JOINED)

    @property
    def tally(self) -> UUID | None:
        """Where what is approved for this claimant is counted."""
        return tally_of(self.customer) if self.customer else None

    @property
    def losses(self) -> UUID | None:
        """Where what was told of the policy's losses is kept together."""
        return losses_of(self.policy) if self.policy else None

    def beside(self, event: Event) -> Iterator[tuple[UUID, Event]]:
        yield from self._told(event)
        yield from self._counted(event)

    def _told(self, event: Event) -> Iterator[tuple[UUID, Event]]:
        """What other notices of the same policy have to know of this one."""
        notice, losses = self.notice, self.losses
        match event:
            case NoticeGiven(told_with=other) if other:
                yield other, NoticeDivided(claim=self.id, number=self.number)
            case NoticeAmended(moved_from=policy) if policy:
                yield losses_of(policy), LossMoved(claim=self.id)
            case NoticeJoined(into=into):
                yield into, NoticeTakenIn(claim=self.id, number=self.number)
                if losses:
                    yield losses, LossMoved(claim=self.id)
            case LossFoundDistinct(other=other, policy=policy):
                yield losses_of(policy), LossesToldApart(claim=self.id, other=other)
        if isinstance(event, NoticeGiven | NoticeAmended) and losses and notice.loss_on:
            told = LossTold(claim=self.id, number=self.number, loss_on=notice.loss_on, cause=notice.cause)
            yield losses, told

    def _counted(self, event: Event) -> Iterator[tuple[UUID, Event]]:
        """What was approved adds up with what else was approved for the claimant."""
        match event:
            case ClaimApproved():
                part = Part(self.id)
            case AdvanceApproved(benefit=benefit):
                part = Part(self.id, benefit)
            case ExtraApproved(request=request):
                part = Part(self.id, request, beside=True)
            case _:
                return
        if self.tally and event.approved_on:
            on, approver = event.approved_on, event.approver
            yield self.tally, ApprovalCounted(part=part, amount=event.amount, approver=approver, on=on)

    def kept(self) -> Iterator[Kept]:
        if self.is_open:
            yield Kept(NEEDED, self.number)
        if self.paid_on:
            yield LAUNDERING.since(self.paid_on, self.number)

    @property
    def papers_missing(self) -> tuple[Paper, ...]:
        return tuple(paper for paper in self.progress.asked or () if paper not in self.received)

    @property
    def payable(self) -> Money:
        return total(x.payable for x in self.exposures)

    @property
    def paid(self) -> Money:
        return total(x.paid for x in self.exposures)

    @property
    def owed(self) -> Money:
        """Approved and not yet paid."""
        return self.payable - self.paid if self.approved is not None and self.paid < self.payable else Money(0)

    @property
    def reserved(self) -> Money:
        """What was first expected to be paid, for each benefit when it was first assessed."""
        return total(self.ledger.reserved.values())

    @property
    def reserved_well(self) -> bool:
        """Whether what was paid lies within half of what was first expected."""
        paid, reserved = self.paid, self.reserved
        return not paid or 2 * abs(paid.minor - reserved.minor) <= reserved.minor

    @property
    def in_full(self) -> bool:
        """Paid what was claimed, but for the deductibles that the insured agreed to bear."""
        return all(x.claimed <= x.paid + x.deductible for x in self.exposures)
