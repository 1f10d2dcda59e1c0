"""Every application and policy, how far it has come, and what it insures."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.customer import Channel
from domain.kernel import Event, Recorded
from domain.policy import milestones as m
from domain.policy import upkeep as u
from domain.policy.events import (
    DisclosureAnswered,
    Ending,
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
from domain.policy.state import Policy
from domain.product import Line
from domain.words import Role, Term, total


class PolicyStatus(Term):
    APPLIED = "applied", "已投保", "applied for"
    DISCLOSED = "disclosed", "待核保", "awaiting underwriting"
    ACCEPTED = "accepted", "核保通过", "accepted"
    REFUSED = "refused", "未予承保", "not accepted"
    SIGNED = "signed", "已签署", "signed"
    IN_FORCE = "in_force", "有效", "in force"
    LAPSED = "lapsed", "中止", "lapsed"
    ENDED = "ended", "终止", "ended"


class Facet(Term):
    """Something else that a policy is at the same time, whatever its status."""

    OVERDUE = "overdue", "保费逾期", "premium overdue"
    REINSTATING = "reinstating", "复效申请中", "reinstatement asked for"
    FAULTY_CALL = "faulty_call", "回访有问题待处理", "fault of a call-back open"
    SERVICE = "service", "保全办理中", "change asked for"
    OFFERED = "offered", "续保要约有效", "renewal offered"
    AGREED = "agreed", "已同意续保", "renewal agreed to"
    REFUND = "refund", "待退费", "refund owed"
    MATURED = "matured", "已满期", "matured"


class PolicyCard(Row):
    key = ("policy",)
    order = ("application", "policy")
    indexes = ("number", "customer", "status", "line", "ends_on", "agent")
    searched = ("number", "application", "insured", "product_code")
    personal = ("insured",)
    person = "customer"

    policy: UUID
    number: str = ""
    application: str = ""
    status: PolicyStatus
    product: UUID
    product_code: str
    product_version: int
    line: Line
    customer: UUID
    insured: str
    sums: tuple[Sum, ...]
    sum_insured: int
    effective_on: date
    starts_on: date
    ends_on: date
    premium: int
    paid: int = 0
    currency: str
    instalments: int = 1
    agent: str = ""
    channel: Channel | None = None
    source: str = ""
    verdict: Verdict | None = None
    underwriter: str = ""
    applied_on: date
    signed_on: date | None = None
    issued_on: date | None = None
    delivered_on: date | None = None
    lapsed_on: date | None = None
    ended_on: date | None = None
    ending: Ending | None = None
    transactions: int = 0
    facets: tuple[Facet, ...] = ()
    held: tuple[u.Blocking, ...] = ()

    def for_customers(self) -> PolicyCard:
        """Without what holds it on our side."""
        return self.but(held=())


FACETS: dict[Facet, tuple[tuple[type[Event], ...], tuple[type[Event], ...]]] = {
    Facet.OVERDUE: ((m.PremiumFellDue,), (m.ArrearsCleared, PolicyLapsed, PolicyCancelled)),
    Facet.REINSTATING: ((m.ReinstatementRequested,), (m.ReinstatementRefused, PolicyReinstated, PolicyCancelled)),
    Facet.FAULTY_CALL: ((m.CallBackFoundFault,), (m.CallBackFaultSettled,)),
    Facet.SERVICE: ((u.ServiceRequested,), (u.ServiceDeclined, u.ServiceCompleted)),
    Facet.OFFERED: ((u.RenewalOffered,), (u.RenewalAgreed, u.RenewalDeclined, PolicyRenewed, PolicyCancelled)),
    Facet.AGREED: ((u.RenewalAgreed,), (u.RenewalDeclined, PolicyRenewed, PolicyCancelled)),
    Facet.REFUND: ((u.RefundFellDue,), (u.RefundPaid,)),
    Facet.MATURED: ((u.PolicyMatured,), ()),
}
"""What begins each of them, and what ends it."""
CONTRACT = PolicyAppliedFor.__module__
FACETED = tuple(
    {each: None for begins, ends in FACETS.values() for each in (*begins, *ends) if each.__module__ != CONTRACT}
)


class PolicyRegister(Projection):
    """Shows the sums insured on the contract's last day, and from when on they are."""

    name = "policy_register"
    version = 4
    says = ("保单登记簿", "Policy register")
    row = PolicyCard
    # The contract itself, and what it is at the same time; of what the law counts from, nothing else.
    hears = (
        *(each for each in events_of(Policy) if each.__module__ == CONTRACT and each is not EndorsementReversed),
        *FACETED,
        *(u.PolicyHeld, u.PolicyReleased),
    )
    shown_to = Projection.shown_to | {Role.CUSTOMER}
    own = "customer"

    @staticmethod
    def evolve(row: PolicyCard | None, recorded: Recorded) -> PolicyCard | None:
        match recorded.event:
            case PolicyAppliedFor() as event:
                return _sold(event, recorded).but(
                    application=event.application,
                    instalments=event.instalments,
                    channel=event.channel,
                )
            case PolicyTakenOver() as event:
                return _sold(event, recorded).but(
                    number=event.number,
                    source=event.source,
                    status=PolicyStatus.IN_FORCE,
                    paid=event.premium.minor,
                    issued_on=event.period.starts_on,
                    delivered_on=event.period.starts_on,
                    transactions=1,
                )
        return row and _onward(_faceted(row, recorded), recorded)


def _faceted(row: PolicyCard, recorded: Recorded) -> PolicyCard:
    """What it is beside its status, as the policy's own fold knows it."""
    event = recorded.event
    facets = set(row.facets)
    for facet, (begins, ends) in FACETS.items():
        facets = (
            facets - {facet} if isinstance(event, ends) else facets | {facet} if isinstance(event, begins) else facets
        )
    return row.but(facets=tuple(each for each in Facet if each in facets)) if facets != set(row.facets) else row


def _sold(event: PolicyAppliedFor | PolicyTakenOver, recorded: Recorded) -> PolicyCard:
    return PolicyCard(
        policy=recorded.stream,
        status=PolicyStatus.APPLIED,
        product=event.product,
        product_code=event.product_code,
        product_version=event.product_version,
        line=event.line,
        customer=event.customer,
        insured=event.insured,
        sums=event.sums,
        sum_insured=total(each.insured for each in event.sums).minor,
        effective_on=event.period.starts_on,
        starts_on=event.period.starts_on,
        ends_on=event.period.ends_on,
        premium=event.premium.minor,
        currency=event.premium.currency,
        agent=event.agent,
        applied_on=recorded.occurred_on,
    )


def _onward(row: PolicyCard, recorded: Recorded) -> PolicyCard:
    match recorded.event:
        case DisclosureAnswered():
            return row.but(status=PolicyStatus.DISCLOSED) if row.verdict is None else row
        case UnderwritingDecided(verdict=verdict, premium=premium, underwriter=underwriter):
            status = PolicyStatus.ACCEPTED if verdict.binds else PolicyStatus.REFUSED
            decided = {"verdict": verdict, "premium": premium.minor, "underwriter": underwriter}
            # What was signed is not what is offered now.
            return row.but(status=status, signed_on=None, **decided)
        case PolicySigned(signed_on=signed_on):
            return row.but(status=PolicyStatus.SIGNED, signed_on=signed_on)
        case PremiumPaid(amount=amount):
            return row.but(paid=row.paid + amount.minor)
        case PolicyIssued(number=number, issued_on=issued_on):
            return row.but(status=PolicyStatus.IN_FORCE, number=number, issued_on=issued_on, transactions=1)
        case PolicyDelivered(delivered_on=delivered_on):
            return row.but(delivered_on=delivered_on)
        case u.PolicyHeld(blocking=blocking):
            return row.but(held=tuple(dict.fromkeys((*row.held, blocking))))
        case u.PolicyReleased(blocking=blocking):
            return row.but(held=tuple(each for each in row.held if each is not blocking))
    return _contract(row.but(transactions=row.transactions + 1), recorded, row)


def _contract(next: PolicyCard, recorded: Recorded, before: PolicyCard) -> PolicyCard:
    match recorded.event:
        case PolicyEndorsed(sums=sums, effective_on=effective_on):
            if effective_on < before.effective_on:
                return next
            insured = total(each.insured for each in sums).minor
            return next.but(sums=sums, sum_insured=insured, effective_on=effective_on)
        case PolicyRenewed(period=period, premium=premium, instalments=instalments):
            return next.but(
                effective_on=period.starts_on,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                premium=premium.minor,
                instalments=instalments,
            )
        case PolicyLapsed(effective_on=effective_on):
            status = before.status if before.ended_on else PolicyStatus.LAPSED
            return next.but(status=status, lapsed_on=effective_on)
        case PolicyReinstated():
            return next.but(status=PolicyStatus.IN_FORCE, lapsed_on=None)
        case PolicyCancelled(effective_on=effective_on, ending=ending):
            return next.but(status=PolicyStatus.ENDED, ended_on=effective_on, ending=ending)
    return before
