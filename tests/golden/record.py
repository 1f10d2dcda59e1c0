"""One event of every kind, with every field filled, as it is written down; a sample once recorded never changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from domain import account, customer, duty, product, survey
from domain.claim import events as c
from domain.claim import milestones as m
from domain.claim.events import Hold, Outcome, Paper, Rejection, Reopening, WithoutPayment
from domain.customer import Channel, Sex
from domain.docket import events as docket
from domain.kernel import Event
from domain.policy import events as p
from domain.policy import milestones as pm
from domain.policy.events import Ending, Verdict
from domain.product import Line
from domain.reservation import ValueReserved
from domain.rules import rulebook
from domain.rules.change import RuleChange
from domain.tally import ApprovalCounted, Part
from domain.words import Role
from tests import samples as s
from tests.advice import samples as advice
from tests.agent import samples as agent
from tests.claim import moneys, scrutinies
from tests.complaint.told import LIFE
from tests.dispute import contests
from tests.dispute import samples as d
from tests.policy import examined, kept
from tests.standard import samples as standard

OF = {"case": s.CLAIM_ID, "rule": "CLAIM-PAY-10D", "run": 7}

FOLDER = Path(__file__).parent / "events"

SAMPLES: tuple[Event, ...] = (
    s.DRAFTED,
    product.ProductRevised(version=2, terms=s.TERMS, reason="claims experience of 2025"),
    s.FILED,
    s.ON_SALE,
    product.ProductWithdrawn(withdrawn_on=date(2026, 6, 1), reason="replaced by HLT-2"),
    s.replaced(
        s.REGISTERED_CUSTOMER,
        sex=Sex.MALE,
        identity="310101199002280017",
        email="wang@example.com",
        address="上海市黄浦区人民大道1号",
        occupation="教师",
    ),
    customer.CustomerCorrected(
        reason="per identity card",
        name="王晓明",
        born_on=date(1990, 2, 27),
        identity="310101199002270018",
        phone="13900000000",
        email="wang.xm@example.com",
        address="上海市黄浦区人民大道2号",
        occupation="医生",
    ),
    customer.ContactNoted(channel=Channel.PHONE, subject="asked for the claim form"),
    customer.LegalHoldPlaced(reason="a lawsuit", until=date(2027, 1, 1)),
    customer.LegalHoldReleased(reason="settled in court"),
    customer.PersonForgotten(subjects=(s.CUSTOMER_ID, s.CLAIM_ID), ground=customer.Ground.SERVICE_ENDED),
    s.replaced(
        s.APPLIED,
        advice=advice.ADVICE_ID,
        recording="SL-1",
        insured_born_on=date(1990, 5, 1),
    ),
    *examined.HAPPENED,
    *agent.HAPPENED,
    *advice.HAPPENED,
    s.DISCLOSED,
    s.replaced(s.ACCEPTED, verdict=Verdict.LOAD, loading_percent=20, exclusions=("left knee",), premium=s.yuan(4380)),
    s.SIGNED,
    s.paid(),
    s.ISSUED,
    s.DELIVERED,
    p.PolicyTakenOver(
        number="OLD-1",
        source="Former system",
        product=s.PRODUCT_ID,
        product_code="HLT-1",
        product_version=1,
        line=product.Line.HEALTH,
        customer=s.CUSTOMER_ID,
        insured="王小明",
        sums=s.MILLION,
        period=s.YEAR,
        premium=s.yuan(3000),
        agent="AG-7",
    ),
    p.PolicyEndorsed(
        effective_on=date(2026, 2, 1),
        sums=s.TWO_MILLION,
        difference=s.yuan(3340),
        reason="wants more cover",
        due_on=date(2026, 3, 2),
        reapplies=2,
    ),
    p.PolicyRenewed(period=s.NEXT_YEAR, premium=s.PREMIUM, instalments=2),
    p.PolicyLapsed(
        effective_on=date(2026, 8, 31),
        due_on=date(2026, 7, 1),
        dunned_on=date(2026, 7, 5),
        line=Line.HEALTH,
        individual=True,
    ),
    p.PolicyReinstated(effective_on=date(2026, 10, 1)),
    p.PolicyCancelled(effective_on=date(2026, 7, 1), ending=Ending.REQUEST, refund=s.yuan(1840)),
    p.ClaimAwaitedPremium(claim=s.CLAIM_ID),
    p.AwaitedPremiumArrived(claims=(s.CLAIM_ID,)),
    s.replaced(s.NOTICED, told_with=s.CLAIM_ID),
    c.NoticeAmended(notice=s.NOTICE, policy=s.POLICY_ID, customer=s.CUSTOMER_ID, contract=1, moved_from=s.CLAIM_ID),
    s.replaced(s.REGISTERED, regime=m.Regime.INDIVIDUAL, by_notice=True),
    m.ClaimExplained(told_on=s.LOSS_ON, channel=Channel.PHONE),
    s.REQUESTED,
    s.PROVEN,
    s.ASKED,
    m.DocumentRequestArrived(arrived_on=date(2026, 2, 13), evidence="SMS-1"),
    s.received(Paper.INVOICE),
    s.COMPLETED,
    m.ClaimFoundComplex(reason="treated in two hospitals"),
    c.ClaimHeld(hold=Hold.INVESTIGATION, note="invoices out of order"),
    c.ClaimReleased(hold=Hold.INVESTIGATION),
    s.assessed(note="per invoice"),
    c.ReserveChanged(benefit="HOSPITAL", reserve=s.yuan(700), reason="second opinion"),
    m.AdvanceApproved(benefit="HOSPITAL", amount=s.yuan(400), approver="sun", approved_on=date(2026, 3, 2)),
    s.advanced(),
    s.approved(),
    s.TOLD,
    s.replaced(s.AGREED, days=30),
    c.ClaimRejected(grounds=(Rejection.EXCLUDED,), explanation="cosmetic treatment", decider="sun"),
    s.LETTER,
    s.claim_paid(),
    s.paid_up(),
    s.closed(Outcome.WITHOUT_PAYMENT, 0, without=WithoutPayment.DUPLICATE),
    c.ClaimReopened(ground=Reopening.NEW_EVIDENCE, note="a second invoice"),
    *moneys.HAPPENED,
    *scrutinies.HAPPENED,
    *kept.HAPPENED,
    ApprovalCounted(
        part=Part(s.CLAIM_ID, "HOSPITAL", beside=True), amount=s.yuan(900), approver="sun", on=date(2026, 3, 2)
    ),
    *d.SAMPLES,
    *contests.HAPPENED,
    *LIFE,
    survey.SurveyRequested(touchpoint=survey.Touchpoint.CLAIM_SETTLED, about=s.CLAIM_ID, customer=s.CUSTOMER_ID),
    survey.SurveyAnswered(satisfaction=4, recommend=9, comment="quick and kind"),
    account.AccountOpened(
        login="wang", name="王小明", roles=(Role.CUSTOMER,), authority=500_000, customer=s.CUSTOMER_ID
    ),
    account.RolesChanged(roles=(Role.SUPERVISOR, Role.AUDITOR), authority=9_000_000, reason="new duties"),
    account.AccountSuspended(reason="on leave"),
    account.AccountRestored(reason="back from leave"),
    account.AuthorityDelegated(to=s.CUSTOMER_ID, amount=500_000, until=date(2026, 3, 16), reason="on leave"),
    account.DelegationRevoked(to=s.CUSTOMER_ID, giver="sun"),
    account.AuthorityReceived(giver="sun", amount=500_000, until=date(2026, 3, 16)),
    account.AuthorityReturned(giver="sun"),
    docket.ExtensionAsked(**OF, units=10, reason="the hospital has not answered", asker="han", customer=s.CUSTOMER_ID),
    docket.ClockExtended(**OF, units=10, asker="han", approver="sun"),
    docket.ExtensionDeclined(**OF, decider="sun"),
    docket.DeadlineNeared(**OF, due_on=date(2026, 3, 12)),
    docket.DeadlineMissed(**OF, due_on=date(2026, 3, 12)),
    docket.DeadlineEscalated(**OF, due_on=date(2026, 3, 12), role=Role.SUPERVISOR),
    docket.DeadlineRedated(**OF, before=date(2027, 2, 8), due_on=date(2027, 2, 15), calendar="CN-2026+2027"),
    docket.ClockRejudged(
        **OF,
        before="CLAIM-PAY-10D@2015-04-24",
        counted_by="CLAIM-PAY-10D@2026-04-01",
        reason="asked for",
        by="sun",
        customer=s.CUSTOMER_ID,
    ),
    rulebook.EditionAdopted(
        standard="CLM-1",
        version=2,
        effective_on=date(2026, 4, 1),
        changes=(RuleChange(rule="OWN-PAY-5D", like="CLAIM-PAY-10D", value=5, zh="五日赔付", en="paid in five days"),),
    ),
    rulebook.YearAnnounced(
        year=2027, off=(date(2027, 1, 1),), worked=(date(2027, 1, 3),), source="notice of the State Council"
    ),
    rulebook.DaysChanged(off=(date(2026, 11, 25),), worked=(date(2026, 11, 28),), source="board decision 12/2026"),
    duty.DutyArose(
        number="D202600000001",
        rule="PROD-FILING-10WD",
        arose_on=date(2026, 2, 24),
        about="HLT-9 on sale since the 24th",
        owner="han",
        regards=s.PRODUCT_ID,
    ),
    duty.DutyPaused(paused_on=date(2026, 2, 26), reason="the regulator asked for more"),
    duty.DutyResumed(resumed_on=date(2026, 2, 28)),
    duty.DutyDischarged(done_on=date(2026, 3, 3), evidence="CN-2026-7"),
    duty.DutyDropped(reason="never put on sale"),
    s.replaced(standard.DRAFTED, content=standard.COMPLETE),
    standard.REVISED,
    standard.INVITED,
    standard.COMMENTED,
    standard.ANSWERED,
    standard.APPROVED_2,
    standard.EFFECTIVE_2,
    standard.WITHDRAWN,
    standard.READ,
    pm.CallBackRecorded(
        made_on=date(2026, 1, 12),
        way=pm.CallBackWay.PHONE,
        record="REC-7",
        confirmed=(pm.Point.APPLICANT,),
        denied=(pm.Point.SURRENDER,),
    ),
    pm.CallBackFoundFault(
        found_on=date(2026, 1, 12),
        denied=(pm.Point.SURRENDER,),
        note="was told that it is a deposit",
        line=Line.LIFE,
        individual=True,
    ),
    pm.CallBackFaultSettled(
        settled_on=date(2026, 1, 20), remedy="premium given back", told_right=True, settler="service"
    ),
    pm.NonDisclosureFound(found_on=date(2026, 5, 4), fact="an operation in 2024"),
    pm.PremiumFellDue(due_on=date(2026, 7, 1), amount=s.yuan(1825), line=Line.HEALTH),
    pm.PremiumDunned(sent_on=date(2026, 7, 5), due_on=date(2026, 7, 1), amount=s.yuan(1825), line=Line.HEALTH),
    pm.ArrearsReduced(due_on=date(2026, 10, 1), line=Line.HEALTH),
    pm.ArrearsCleared(cleared_on=date(2026, 7, 20)),
    pm.LapseNoticeSent(sent_on=date(2026, 9, 1), channel=Channel.LETTER),
    pm.ReinstatementRequested(received_on=date(2026, 9, 10), line=Line.HEALTH),
    pm.ReinstatementRefused(refused_on=date(2026, 9, 20), reason="an illness was found"),
    pm.ReinstatementDeemed(agreed_on=date(2026, 10, 11)),
    ValueReserved(kind="customer", name="number", value="K202600000001", holder=s.CUSTOMER_ID),
)


def written(event: Event) -> bytes:
    body = msgspec.json.decode(msgspec.json.encode(event))
    # The file's name says what it is of.
    del body["type"]
    return msgspec.json.format(msgspec.json.encode(body), indent=2) + b"\n"


def record(folder: Path = FOLDER) -> list[Path]:
    """Writes the samples that are missing, and never over one that is there."""
    missing = {
        path: event
        for event in SAMPLES
        if not (path := folder / f"{type(event).__name__}.{event.edition}.json").exists()
    }
    for path, event in missing.items():
        path.write_bytes(written(event))
    return list(missing)


if __name__ == "__main__":
    print(*record(), sep="\n")
