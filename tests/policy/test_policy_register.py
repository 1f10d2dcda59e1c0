"""What the policy register shows of an application and of the contract it becomes."""

from __future__ import annotations

from datetime import date

from application.policy.policy_register import Facet, PolicyRegister, PolicyStatus
from domain.customer import Channel
from domain.policy import events as p
from domain.policy import milestones as m
from domain.policy.events import Ending, Verdict
from domain.policy.upkeep import Blocking
from domain.product import Line
from tests import samples as s
from tests.kit import STREAM, TODAY
from tests.policy import kept
from tests.rows import Happens, each_of, happened, heard_in, seen

TAKEN_OVER = p.PolicyTakenOver(
    number="OLD-1",
    source="Old Mutual",
    product=s.PRODUCT_ID,
    product_code="HLT-1",
    product_version=1,
    line=Line.HEALTH,
    customer=s.CUSTOMER_ID,
    insured="王小明",
    sums=s.MILLION,
    period=s.YEAR,
    premium=s.PREMIUM,
    agent="AG-7",
    individual=True,
)
SOLD = {
    "policy": STREAM,
    "product": s.PRODUCT_ID,
    "product_code": "HLT-1",
    "product_version": 1,
    "line": Line.HEALTH,
    "customer": s.CUSTOMER_ID,
    "insured": "王小明",
    "sums": s.MILLION,
    "sum_insured": 1_000_000_00,
    "effective_on": s.YEAR.starts_on,
    "starts_on": s.YEAR.starts_on,
    "ends_on": s.YEAR.ends_on,
    "premium": 3650_00,
    "currency": "CNY",
    "instalments": 1,
    "agent": "AG-7",
    "applied_on": TODAY,
    "underwriter": "",
}
DOUBLED = p.PolicyEndorsed(
    effective_on=date(2026, 7, 1), sums=s.TWO_MILLION, difference=s.yuan(1840), reason="more cover"
)
RENEWED = p.PolicyRenewed(period=s.NEXT_YEAR, premium=s.yuan(3700), instalments=2)
LAPSED = p.PolicyLapsed(effective_on=date(2026, 9, 1), due_on=date(2026, 7, 1))
REINSTATED = p.PolicyReinstated(effective_on=date(2026, 10, 1))
CANCELLED = p.PolicyCancelled(effective_on=date(2026, 9, 15), ending=Ending.REQUEST, refund=s.yuan(1080))
DECLINED = s.replaced(s.ACCEPTED, verdict=Verdict.DECLINE, underwriter="b.underwriter")
LOADED = s.replaced(s.ACCEPTED, verdict=Verdict.LOAD, loading_percent=20, premium=s.yuan(4380))
OFFERED = (s.APPLIED, s.DISCLOSED, s.ACCEPTED)

FELL_DUE = m.PremiumFellDue(due_on=date(2026, 7, 1), amount=s.yuan(1825), line=Line.HEALTH)
FAULT = m.CallBackFoundFault(
    found_on=date(2026, 1, 12), denied=(m.Point.SURRENDER,), note="a deposit", line=Line.HEALTH, individual=True
)
SETTLED = m.CallBackFaultSettled(settled_on=date(2026, 1, 20), remedy="told", told_right=True, settler="li")
WISHED = m.ReinstatementRequested(received_on=date(2026, 9, 10), line=Line.HEALTH)
REFUSED = m.ReinstatementRefused(refused_on=date(2026, 9, 20), reason="an illness")
FACETS = (
    ("premium overdue", (), FELL_DUE, (Facet.OVERDUE,)),
    ("not overdue any more", (FELL_DUE,), m.ArrearsCleared(cleared_on=date(2026, 7, 20)), ()),
    ("asked to be reinstated", (), WISHED, (Facet.REINSTATING,)),
    ("refused reinstatement", (WISHED,), REFUSED, ()),
    ("faulty in its call-back", (), FAULT, (Facet.FAULTY_CALL,)),
    ("put right", (FAULT,), SETTLED, ()),
    ("asked to be changed, beside overdue", (FELL_DUE,), kept.ASKED, (Facet.OVERDUE, Facet.SERVICE)),
    ("changed", (kept.ASKED,), kept.DONE, ()),
    ("declined", (kept.ASKED,), kept.DECLINED, ()),
    ("offered a renewal", (), kept.OFFERED, (Facet.OFFERED,)),
    ("agreed to be renewed", (kept.OFFERED,), kept.AGREED, (Facet.AGREED,)),
    ("not to be renewed", (kept.AGREED,), kept.NOT_AGAIN, ()),
    ("owed a refund", (), kept.OWED, (Facet.REFUND,)),
    ("paid its refund", (kept.OWED,), kept.REPAID, ()),
    ("mature", (), kept.MATURED, (Facet.MATURED,)),
)

HAPPENINGS = (
    Happens(
        "an application is entered with what is asked for",
        (),
        s.APPLIED,
        SOLD
        | {
            "number": "",
            "application": "A202600000001",
            "status": PolicyStatus.APPLIED,
            "channel": Channel.AGENT,
            "source": "",
            "paid": 0,
            "transactions": 0,
            "facets": (),
            "held": (),
        },
    ),
    Happens(
        "a contract taken over is in force, paid up and in its holder's hands",
        (),
        TAKEN_OVER,
        SOLD
        | {
            "number": "OLD-1",
            "application": "",
            "status": PolicyStatus.IN_FORCE,
            "source": "Old Mutual",
            "paid": 3650_00,
            "issued_on": s.YEAR.starts_on,
            "delivered_on": s.YEAR.starts_on,
            "transactions": 1,
            "facets": (),
            "held": (),
        },
    ),
    Happens("an answered disclosure waits for underwriting", (s.APPLIED,), s.DISCLOSED, {"status": "disclosed"}),
    Happens("a disclosure answered after the verdict leaves the verdict", OFFERED, s.DISCLOSED),
    Happens(
        "a loading raises the premium",
        OFFERED[:2],
        LOADED,
        {
            "status": PolicyStatus.ACCEPTED,
            "verdict": Verdict.LOAD,
            "premium": 4380_00,
            "underwriter": "a.underwriter",
        },
    ),
    Happens(
        "a declined risk is not accepted",
        OFFERED[:2],
        DECLINED,
        {"status": PolicyStatus.REFUSED, "verdict": Verdict.DECLINE, "underwriter": "b.underwriter"},
    ),
    Happens(
        "what is underwritten again after the signature must be signed again",
        (*OFFERED, s.SIGNED),
        LOADED,
        {"status": PolicyStatus.ACCEPTED, "verdict": Verdict.LOAD, "premium": 4380_00, "signed_on": None},
    ),
    Happens("an offer is signed", OFFERED, s.SIGNED, {"status": "signed", "signed_on": date(2025, 12, 20)}),
    Happens("premium adds up", s.in_force(), s.paid(50, "R2"), {"paid": 3700_00}),
    Happens(
        "an issued policy is in force under its number",
        s.in_force()[:-1],
        s.ISSUED,
        {
            "status": PolicyStatus.IN_FORCE,
            "number": "P202600000001",
            "issued_on": date(2025, 12, 21),
            "transactions": 1,
        },
    ),
    *(
        Happens(f"it is also: {facet}", s.in_force(*before), event, {"facets": facets})
        for facet, before, event, facets in FACETS
    ),
    Happens("a hold is shown beside the status", s.in_force(), kept.HELD, {"held": (Blocking.COURT_ORDER,)}),
    Happens("a hold is released", s.in_force(kept.HELD), kept.RELEASED, {"held": ()}),
    Happens("a policy reaches its holder", s.in_force(), s.DELIVERED, {"delivered_on": s.DELIVERED.delivered_on}),
    Happens(
        "an endorsement insures other sums",
        s.in_force(),
        DOUBLED,
        {
            "sums": s.TWO_MILLION,
            "sum_insured": 2_000_000_00,
            "effective_on": date(2026, 7, 1),
            "transactions": 2,
        },
    ),
    Happens(
        "an endorsement of earlier days leaves what a later one insures",
        s.in_force(DOUBLED),
        s.replaced(DOUBLED, effective_on=date(2026, 3, 1), sums=(s.hospital(500_000),)),
        {"transactions": 3},
    ),
    Happens(
        "a renewal prolongs the contract at its own price",
        s.in_force(),
        RENEWED,
        {
            "starts_on": s.NEXT_YEAR.starts_on,
            "ends_on": s.NEXT_YEAR.ends_on,
            "effective_on": s.NEXT_YEAR.starts_on,
            "premium": 3700_00,
            "instalments": 2,
            "transactions": 2,
        },
    ),
    Happens(
        "unpaid cover lapses",
        s.in_force(instalments=2),
        LAPSED,
        {"status": PolicyStatus.LAPSED, "lapsed_on": date(2026, 9, 1), "transactions": 2},
    ),
    Happens(
        "a lapsed cover is restored",
        s.in_force(LAPSED, instalments=2),
        REINSTATED,
        {"status": PolicyStatus.IN_FORCE, "lapsed_on": None, "transactions": 3},
    ),
    Happens(
        "a cancelled contract has ended",
        s.in_force(),
        CANCELLED,
        {
            "status": PolicyStatus.ENDED,
            "ended_on": date(2026, 9, 15),
            "ending": Ending.REQUEST,
            "transactions": 2,
        },
    ),
    Happens(
        "a contract that is to end stays ended though it lapses before",
        s.in_force(CANCELLED, instalments=2),
        LAPSED,
        {"lapsed_on": date(2026, 9, 1), "transactions": 3},
    ),
    Happens("that a claim waits changes no contract", s.in_force(), p.ClaimAwaitedPremium(claim=s.CLAIM_ID)),
    Happens("that premium arrived changes no contract", s.in_force(), p.AwaitedPremiumArrived(claims=(s.CLAIM_ID,))),
)


@each_of(HAPPENINGS)
def test_the_policy_register_shows_what_happened(happening):
    happening.is_seen_in(PolicyRegister)


def test_the_policy_register_shows_every_event_it_hears():
    assert heard_in(HAPPENINGS) == set(PolicyRegister.hears)


def test_an_application_entered_late_is_shown_on_the_day_it_was_made():
    seen(PolicyRegister, happened(s.APPLIED, on=date(2025, 12, 1), known_on=TODAY)).shows(applied_on=date(2025, 12, 1))
