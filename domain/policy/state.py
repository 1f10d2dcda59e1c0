"""What a policy remembers: how far the sale has come, and the stack of transactions that is the contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.customer import Channel
from domain.kernel import Aggregate, Event
from domain.losses import losses_of
from domain.policy.contract import Cover, Due, Step, Transaction, cover_of, schedule
from domain.policy.events import (
    AwaitedPremiumArrived,
    ClaimAwaitedPremium,
    DisclosureAnswered,
    EndorsementReversed,
    PolicyAppliedFor,
    PolicyCancelled,
    PolicyDelivered,
    PolicyEndorsed,
    PolicyIssued,
    PolicyLapsed,
    PolicyReinstated,
    PolicyRenewed,
    PolicySigned,
    PolicyTakenOver,
    PremiumPaid,
    Sum,
    UnderwritingDecided,
    Verdict,
)
from domain.policy.examined import Examined
from domain.policy.progress import Progress
from domain.policy.risk import Interest
from domain.policy.standing import Standing
from domain.product import Line
from domain.rating import rating_of
from domain.retention import (
    BOOKS_5Y,
    BOOKS_10Y,
    LAUNDERING,
    NEEDED,
    RECORDING_5Y,
    RECORDING_10Y,
    SUITABILITY,
    TELESALES_5Y,
    TELESALES_10Y,
    Kept,
)
from domain.scale import scale_of
from domain.words import Money, Period, plus_days, plus_years, total


class Policy(Aggregate):
    application: str = ""
    number: str = ""
    product: UUID | None = None
    product_code: str = ""
    product_version: int = 0
    line: Line = Line.PROPERTY
    customer: UUID | None = None
    channel: Channel | None = None
    individual: bool = False
    sums: tuple[Sum, ...] = ()
    period: Period = Period(date.min, date.min)
    premium: Money = Money(0)
    instalments: int = 1
    disclosed: bool = False
    verdict: Verdict | None = None
    loading_percent: int = 0
    signed_on: date | None = None
    issued_on: date | None = None
    delivered_on: date | None = None
    paid: Money = Money(0)
    paid_on: date | None = None
    references: frozenset[str] = frozenset()
    dues: tuple[Due, ...] = ()
    stack: tuple[Transaction, ...] = ()
    waiting_claims: tuple[UUID, ...] = ()
    progress: Progress = Progress()
    examined: Examined = Examined()
    seller: str = ""
    interest: Interest = Interest.SELF
    recording: str = ""
    standing: Standing = Standing()

    @property
    def losses(self) -> UUID:
        """Where what was told of its losses is kept together."""
        return losses_of(self.id)

    @property
    def scale(self) -> UUID | None:
        """Where what is earned by selling its product is set."""
        return scale_of(self.product) if self.product else None

    @property
    def rating(self) -> UUID | None:
        """Where the policyholder's risk rating is kept."""
        return rating_of(self.customer) if self.customer else None

    @property
    def party(self) -> UUID | None:
        return self.customer

    def evolve(self, event: Event) -> Policy:
        progress, examined, standing = (each.after(event) for each in (self.progress, self.examined, self.standing))
        known = progress is self.progress and examined is self.examined and standing is self.standing
        return (self if known else self.but(progress=progress, examined=examined, standing=standing))._after(event)

    def _after(self, event: Event) -> Policy:
        match event:
            case PolicyAppliedFor():
                return self._applied_for(event)
            case DisclosureAnswered():
                return self.but(disclosed=True)
            case UnderwritingDecided(verdict=verdict, loading_percent=loading, premium=premium):
                # What was signed is not what is offered now: the signature falls with it.
                return self.but(verdict=verdict, loading_percent=loading, premium=premium, signed_on=None)
            case PolicySigned(signed_on=signed_on):
                return self.but(signed_on=signed_on)
            case PremiumPaid(amount=amount, reference=reference, paid_on=paid_on):
                last = max(paid_on, self.paid_on or paid_on)
                return self.but(paid=self.paid + amount, paid_on=last, references=self.references | {reference})
            case PolicyIssued():
                return self._issued(event)
            case PolicyDelivered(delivered_on=delivered_on):
                return self.but(delivered_on=delivered_on)
            case PolicyTakenOver():
                return self._taken_over(event)
            case PolicyEndorsed():
                return self._endorsed(event)
            case EndorsementReversed():
                return self._reversed(event)
            case PolicyRenewed(period=period, premium=premium, instalments=instalments):
                renewed = self._add(Step.RENEWAL, period.starts_on, premium, self.sums, period)
                dues = (*self.dues, *schedule(period, premium, instalments))
                return renewed.but(period=period, premium=premium, instalments=instalments, dues=dues)
            case PolicyLapsed(effective_on=effective_on):
                return self._add(Step.LAPSE, effective_on)
            case PolicyReinstated(effective_on=effective_on):
                return self._add(Step.REINSTATEMENT, effective_on)
            case PolicyCancelled(effective_on=effective_on, refund=refund):
                return self._add(Step.CANCELLATION, effective_on, -refund)
            case ClaimAwaitedPremium(claim=claim):
                return self.but(waiting_claims=(*self.waiting_claims, claim))
            case AwaitedPremiumArrived():
                return self.but(waiting_claims=())
        return self

    def _applied_for(self, event: PolicyAppliedFor) -> Policy:
        return self._sold(event).but(
            application=event.application,
            instalments=event.instalments,
            channel=event.channel,
            seller=event.agent,
            interest=event.interest or Interest.SELF,
            recording=event.recording,
        )

    def _sold(self, event: PolicyAppliedFor | PolicyTakenOver) -> Policy:
        return self.but(
            product=event.product,
            product_code=event.product_code,
            product_version=event.product_version,
            line=event.line,
            customer=event.customer,
            individual=event.individual,
            sums=event.sums,
            period=event.period,
            premium=event.premium,
        )

    def _issued(self, event: PolicyIssued) -> Policy:
        issue = self._add(Step.ISSUE, self.period.starts_on, self.premium, self.sums, self.period)
        dues = tuple(schedule(self.period, self.premium, self.instalments))
        return issue.but(number=event.number, issued_on=event.issued_on, dues=dues)

    def _taken_over(self, event: PolicyTakenOver) -> Policy:
        starts_on = event.period.starts_on
        taken = self._sold(event)._add(Step.ISSUE, starts_on, event.premium, event.sums, event.period)
        return taken.but(
            number=event.number,
            paid=event.premium,
            verdict=Verdict.ACCEPT,
            dues=(Due(starts_on, event.premium),),
            delivered_on=starts_on,
        )

    def _endorsed(self, event: PolicyEndorsed) -> Policy:
        period = self.governed_from(event.effective_on)
        endorsed = self._add(Step.ENDORSEMENT, event.effective_on, event.difference, event.sums, period)
        last = endorsed.cover_on(self.period.ends_on)
        due = Due(event.due_on or event.effective_on, event.difference)
        return endorsed.but(sums=last.sums if last else event.sums, dues=(*self.dues, due))

    def _reversed(self, event: EndorsementReversed) -> Policy:
        """It stays in the stack, with the number of the transaction that took it back."""
        by = len(self.stack) + event.ahead
        stack = tuple(replace(t, reversed_by=by) if t.number == event.transaction else t for t in self.stack)
        return self.but(stack=stack, dues=(*self.dues, Due(event.due_on, event.difference)))

    def _add(
        self,
        step: Step,
        effective_on: date,
        difference: Money | None = None,
        sums: tuple[Sum, ...] | None = None,
        period: Period | None = None,
    ) -> Policy:
        entry = Transaction(len(self.stack) + 1, step, effective_on, difference or Money(0), sums, period)
        return self.but(stack=(*self.stack, entry))

    @property
    def issued(self) -> bool:
        return bool(self.stack)

    @property
    def long_term(self) -> bool:
        """Whether it runs for over a year."""
        return plus_years(self.period.starts_on, 1) <= self.period.ends_on

    @property
    def cancelled(self) -> bool:
        return any(entry.step is Step.CANCELLATION for entry in self.stack)

    @property
    def lapsed_on(self) -> date | None:
        """Since when the cover is suspended, unless it was reinstated since."""
        steps = (entry for entry in reversed(self.stack) if entry.step in (Step.LAPSE, Step.REINSTATEMENT))
        last = next(steps, None)
        return last.effective_on if last and last.step is Step.LAPSE else None

    def cover_on(self, day: date) -> Cover | None:
        """What is insured on that day: every transaction in effect by then, in the order in which they take effect."""
        return cover_of(self.stack, day)

    def governed_from(self, day: date) -> Period | None:
        """The days on which sums endorsed from that day would be insured: until what is known to follow them."""
        cover = self.cover_on(day)
        follow = (each.effective_on for each in self.stack if each.effective_on > day and each.sums and each.stands)
        next_on = min(follow, default=date.max)
        return Period(day, min(cover.period.ends_on, plus_days(next_on, -1))) if cover else None

    def overdue_since(self, day: date) -> date | None:
        """The due date, before that day, of the first instalment not fully paid; what is credited counts as paid."""
        fallen = [due for due in self.dues if due.due_on < day]
        left = self.paid - total((d.amount for d in fallen if d.amount.minor < 0), self.paid.currency)
        for due in sorted(fallen, key=lambda d: d.due_on):
            if due.amount.minor > 0:
                if left < due.amount:
                    return due.due_on
                left = left - due.amount
        return None

    def owed_on(self, day: date) -> Money:
        """What has fallen due by that day and was not paid; never below zero."""
        fallen = total((d.amount for d in self.dues if d.due_on <= day), self.paid.currency)
        return fallen - self.paid if self.paid < fallen else Money(0, self.paid.currency)

    @property
    def ends_on(self) -> date:
        """The contract's last day, as far as is known."""
        ends = (entry.effective_on for entry in self.stack if entry.step is Step.CANCELLATION)
        return next(ends, self.period.ends_on)

    def kept(self) -> Iterator[Kept]:
        number = self.number or self.application
        if self.issued:
            long = self.long_term
            yield Kept(NEEDED, number, self.ends_on)
            yield (BOOKS_10Y if long else BOOKS_5Y).since(self.ends_on, number)
            yield SUITABILITY.since(self.ends_on, number)
            yield LAUNDERING.since(self.ends_on, number)
            if self.recording:
                yield (RECORDING_10Y if long else RECORDING_5Y).since(self.ends_on, self.recording)
            if self.channel is Channel.PHONE and self.line.is_personal:
                yield (TELESALES_10Y if long else TELESALES_5Y).since(self.ends_on, number)
        if self.paid_on:
            yield LAUNDERING.since(self.paid_on, number)

    @property
    def first_due(self) -> Money:
        return next(iter(schedule(self.period, self.premium, self.instalments))).amount
