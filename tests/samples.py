"""Values the tests share. The price is easy: a million yuan costs ten yuan a day, 3,650.00 for the year 2026."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.claim import events as c
from domain.claim import milestones as m
from domain.claim.events import Notice, Paper
from domain.claim.screening import ClaimScreened, Track
from domain.customer import Channel, Customer, CustomerRegistered, Nature
from domain.kernel import Event
from domain.losses import Cause
from domain.policy import events as p
from domain.policy import risk as r
from domain.policy.events import Signature, Sum, Verdict
from domain.policy.state import Policy
from domain.product import (
    Benefit,
    Form,
    Grade,
    Insured,
    Line,
    Product,
    ProductDrafted,
    ProductFiled,
    ProductPutOnSale,
    Terms,
)
from domain.words import Actor, Money, Period, Role
from tests.agent.samples import agent
from tests.kit import ENDLESS, Story, folded, given

PRODUCT_ID, CUSTOMER_ID, POLICY_ID, CLAIM_ID = (UUID(int=n, version=4) for n in (11, 12, 13, 14))


def yuan(amount: int | str) -> Money:
    return Money.of(str(amount))


def usd(amount: int | str) -> Money:
    return Money.of(str(amount), "USD")


# -- product and customer -------------------------------------------------------------

TERMS = Terms(
    line=Line.HEALTH,
    covers="Medical expenses in hospital and outside",
    insured=Insured.PERSON,
    form=Form.INDEMNITY,
    grade=Grade.R1,
    benefits=(
        Benefit("HOSPITAL", "Hospital stay", yuan(2_000_000), yuan(100)),
        Benefit("OUTPATIENT", "Outpatient care", yuan(50_000)),
    ),
    rate_per_million=3650,
    cooling_off_days=15,
    waiting_days=30,
    exclusions=("Cosmetic treatment",),
)

DRAFTED = ProductDrafted(code="HLT-1", name="Peace of Mind", terms=TERMS)
FILED = ProductFiled(version=1, filing="CN-2025-0001")
ON_SALE = ProductPutOnSale(version=1, sold_from=date(2025, 1, 1))
SOLD = (DRAFTED, FILED, ON_SALE)
PRODUCT = folded(Product, *SOLD, stream=PRODUCT_ID)

REGISTERED_CUSTOMER = CustomerRegistered(
    number="K202600000001", nature=Nature.PERSON, name="王小明", born_on=date(1990, 2, 28), phone="13800000000"
)
CUSTOMER = folded(Customer, REGISTERED_CUSTOMER, stream=CUSTOMER_ID)

# -- policy ---------------------------------------------------------------------------

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
NEXT_YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))
PREMIUM = yuan(3650)


def hospital(insured: int, deductible: int = 100) -> Sum:
    return Sum("HOSPITAL", yuan(insured), yuan(deductible))


MILLION = (hospital(1_000_000),)
TWO_MILLION = (hospital(2_000_000),)

APPLIED = p.PolicyAppliedFor(
    application="A202600000001",
    product=PRODUCT_ID,
    product_code="HLT-1",
    product_version=1,
    line=Line.HEALTH,
    customer=CUSTOMER_ID,
    insured="王小明",
    beneficiaries=("李小红",),
    sums=MILLION,
    period=YEAR,
    premium=PREMIUM,
    instalments=1,
    agent="AG-7",
    channel=Channel.AGENT,
    individual=True,
    interest=r.Interest.SELF,
)
DISCLOSED = p.DisclosureAnswered(answers=(p.Answer("Smoker?", "No"),))
ACCEPTED = p.UnderwritingDecided(
    verdict=Verdict.ACCEPT,
    loading_percent=0,
    exclusions=(),
    premium=PREMIUM,
    reason="standard risk",
    underwriter="a.underwriter",
)
COMPLETE = r.ApplicationCompleted(completed_on=date(2025, 12, 19), line=Line.HEALTH, individual=True, examination=False)
OFFER = r.OfferMade(offer=1, premium=PREMIUM, made_on=date(2025, 12, 20), valid_until=date(2026, 6, 30))
SIGNED = p.PolicySigned(signed_on=date(2025, 12, 20), method=Signature.ELECTRONIC)
ISSUED = p.PolicyIssued(
    number="P202600000001", issued_on=date(2025, 12, 21), period=YEAR, premium=PREMIUM, line=Line.HEALTH
)
DELIVERED = p.PolicyDelivered(
    delivered_on=date(2026, 1, 5), evidence="R-1", line=Line.HEALTH, individual=True, cooling_off_days=15
)


def paid(amount: int | str = 3650, reference: str = "R1") -> p.PremiumPaid:
    return p.PremiumPaid(amount=yuan(amount), paid_on=date(2025, 12, 20), reference=reference)


def in_force(*then: Event, instalments: int = 1) -> tuple[Event, ...]:
    """The history of a policy that was sold, issued and paid its first of equal instalments, and what came then."""
    applied = replaced(APPLIED, instalments=instalments)
    return (applied, DISCLOSED, ACCEPTED, SIGNED, paid(3650 // instalments), ISSUED, *then)


def replaced(event: Event, **changes: object) -> Event:
    return type(event)(**{name: getattr(event, name) for name in event.__struct_fields__} | changes)


def of_policy(*history: Event) -> Story:
    """A story of a policy, with its product, its customer and its seller at hand."""
    return given(*history, beside=(PRODUCT, CUSTOMER, agent()))


def policy(*history: Event) -> Policy:
    return folded(Policy, *history, stream=POLICY_ID)


# -- claim ----------------------------------------------------------------------------

HANDLER = Actor("han", Role.CLAIMS_HANDLER, authority=ENDLESS)
SECOND = Actor("sun", Role.SUPERVISOR, authority=ENDLESS)

LOSS_ON = date(2026, 2, 10)
NOTICE = Notice(
    policy_number="P202600000001",
    loss_on=LOSS_ON,
    cause=Cause.ILLNESS,
    place="Shanghai",
    reporter="王小明",
    phone="13800000000",
    description="Pneumonia, four days in hospital",
)
NOTICED = c.NoticeGiven(
    number="C202600000001",
    channel=Channel.PHONE,
    notice=NOTICE,
    policy=POLICY_ID,
    customer=CUSTOMER_ID,
    line=Line.HEALTH,
    contract=1,
    noticed_on=date(2026, 3, 2),
)
REGISTERED = c.ClaimRegistered(
    policy=POLICY_ID,
    policy_number="P202600000001",
    product_code="HLT-1",
    line=Line.HEALTH,
    customer=CUSTOMER_ID,
    loss_on=LOSS_ON,
    cause=Cause.ILLNESS,
    sums=(hospital(10_000), Sum("OUTPATIENT", yuan(1_000))),
)
SCREENED = ClaimScreened(version="2026-1", warnings=(), score=0, track=Track.STANDARD, row=6)
ASKED = c.DocumentsRequested(papers=(Paper.INVOICE, Paper.CLAIM_FORM), asked_on=date(2026, 2, 12))
FORM_IN = date(2026, 2, 14)
UNDER = {"line": Line.HEALTH, "regime": m.Regime.INDIVIDUAL}
REQUESTED = m.ClaimRequested(received_on=FORM_IN, **UNDER)
PROVEN = m.ProofArrived(arrived_on=FORM_IN, **UNDER)
COMPLETED = m.DocumentsCompleted(completed_on=FORM_IN, **UNDER)
TOLD = m.DecisionTold(told_on=date(2026, 2, 18), channel=Channel.PHONE, approved=True)
LETTER = m.RejectionSent(letter="JP-1", sent_on=date(2026, 2, 18), remedies=tuple(m.Remedy))
AGREED = m.SettlementAgreed(amount=yuan(900), agreed_on=date(2026, 2, 19), **UNDER)
CLOSED_ON = date(2026, 3, 2)


def received(paper: Paper, sha256: str = "a" * 64) -> c.DocumentReceived:
    return c.DocumentReceived(paper=paper, name="scan.pdf", sha256=sha256, received_on=date(2026, 2, 14))


def assessed(payable: int | str = 900, claimed: int | str = 1000, **changes: object) -> c.CoverageAssessed:
    event = c.CoverageAssessed(
        benefit="HOSPITAL",
        claimed=yuan(claimed),
        deductible=yuan(100),
        payable=yuan(payable),
        reserve=yuan(payable),
        assessor=HANDLER.name,
    )
    return replaced(event, **changes)


def approved(amount: int | str = 900) -> c.ClaimApproved:
    return c.ClaimApproved(amount=yuan(amount), approver=SECOND.name, approved_on=date(2026, 3, 2))


def claim_paid(amount: int | str = 900, reference: str = "T1", **changes: object) -> c.ClaimPaid:
    event = c.ClaimPaid(
        benefit="HOSPITAL", amount=yuan(amount), payee="王小明", reference=reference, paid_on=date(2026, 2, 20)
    )
    return replaced(event, **changes)


def advanced(amount: int | str = 400, reference: str = "V1", **changes: object) -> m.AdvancePaid:
    event = m.AdvancePaid(
        benefit="HOSPITAL", amount=yuan(amount), payee="王小明", reference=reference, paid_on=date(2026, 2, 17)
    )
    return replaced(event, **changes)


def paid_up(amount: int | str = 900, **changes: object) -> m.PaymentCompleted:
    """All that was approved is paid."""
    return replaced(m.PaymentCompleted(amount=yuan(amount), completed_on=date(2026, 2, 20)), **changes)


def closed(outcome: c.Outcome = c.Outcome.PAID, paid: int | str = 900, **changes: object) -> c.ClaimClosed:
    event = c.ClaimClosed(outcome=outcome, paid=yuan(paid), closed_on=CLOSED_ON, customer=CUSTOMER_ID)
    return replaced(event, **changes)


OPEN_CLAIM = (NOTICED, REGISTERED)
PAYABLE = (*OPEN_CLAIM, assessed(), approved())
