"""What the claim register shows of a claim, from the notice to its closing and after."""

from __future__ import annotations

from datetime import date

from application.claim.claim_register import ClaimRegister
from domain.claim import events as c
from domain.claim import milestones as m
from domain.claim.events import Hold, Outcome, Paper, Rejection, Reopening, WithoutPayment
from domain.claim.screening import Track
from domain.claim.state import Exposure, Status
from domain.customer import Channel
from domain.losses import Cause
from domain.product import Line
from tests import samples as s
from tests.claim import moneys, scrutinies
from tests.kit import STREAM, TODAY
from tests.rows import Happens, each_of, happened, heard_in, seen

VAGUE = c.NoticeGiven(number="C-1", channel=Channel.WEB, notice=c.Notice(place="Suzhou"))
REJECTED = c.ClaimRejected(grounds=(Rejection.EXCLUDED,), explanation="cosmetic", decider="sun")
REOPENED = c.ClaimReopened(ground=Reopening.NEW_EVIDENCE)
WITHDRAWN = s.closed(Outcome.WITHOUT_PAYMENT, 0, without=WithoutPayment.WITHDRAWN)
HELD = c.ClaimHeld(hold=Hold.INVESTIGATION)
INVOICE = s.received(Paper.INVOICE)
HOSPITAL = Exposure("HOSPITAL", s.yuan(1000), s.yuan(900), s.yuan(900), s.yuan(100))
EXPLAINED = m.ClaimExplained(told_on=s.LOSS_ON, channel=Channel.PHONE)
ARRIVED = m.DocumentRequestArrived(arrived_on=date(2026, 2, 13), evidence="SMS-1")
ADVANCE = m.AdvanceApproved(benefit="HOSPITAL", amount=s.yuan(400), approver="sun", approved_on=date(2026, 3, 2))
PAID = (*s.PAYABLE, s.claim_paid())


def hospital(**changes: object) -> tuple[Exposure, ...]:
    told = {name: getattr(HOSPITAL, name) for name in HOSPITAL.__slots__}
    return (Exposure(**(told | changes)),)


HAPPENINGS = (
    Happens(
        "a notice is entered with what was said",
        (),
        s.NOTICED,
        {
            "claim": STREAM,
            "number": "C202600000001",
            "status": Status.NOTICED,
            "channel": Channel.PHONE,
            "policy": s.POLICY_ID,
            "policy_number": "P202600000001",
            "product_code": "",
            "customer": s.CUSTOMER_ID,
            "loss_on": s.LOSS_ON,
            "cause": Cause.ILLNESS,
            "place": "Shanghai",
            "noticed_on": TODAY,
            "complex": False,
            **dict.fromkeys(("catastrophe", "joined"), ""),
            **dict.fromkeys(("asked", "received", "holds", "exposures", "grounds"), ()),
            **dict.fromkeys(("claimed", "payable", "reserve", "paid", "reopened"), 0),
            "currency": "CNY",
            "assessor": "",
            "approver": "",
        },
    ),
    Happens(
        "a notice that is put right shows what is right",
        (VAGUE,),
        c.NoticeAmended(notice=s.NOTICE, policy=s.POLICY_ID, customer=s.CUSTOMER_ID),
        {
            "policy": s.POLICY_ID,
            "policy_number": "P202600000001",
            "customer": s.CUSTOMER_ID,
            "loss_on": s.LOSS_ON,
            "cause": Cause.ILLNESS,
            "place": "Shanghai",
        },
    ),
    Happens(
        "a registered claim knows its product and line",
        (s.NOTICED,),
        happened(s.REGISTERED, on=date(2026, 3, 4)),
        {
            "status": Status.REGISTERED,
            "product_code": "HLT-1",
            "line": Line.HEALTH,
            "registered_on": date(2026, 3, 4),
        },
    ),
    Happens("papers are asked for", s.OPEN_CLAIM, s.ASKED, {"asked": (Paper.INVOICE, Paper.CLAIM_FORM)}),
    Happens("a paper arrives", s.OPEN_CLAIM, INVOICE, {"received": (Paper.INVOICE,)}),
    Happens(
        "a second scan of a paper is no second paper", (*s.OPEN_CLAIM, INVOICE), s.received(Paper.INVOICE, "b" * 64)
    ),
    Happens("a claim is held", s.OPEN_CLAIM, HELD, {"holds": (Hold.INVESTIGATION,)}),
    Happens(
        "a claim is released from one of its holds",
        (*s.OPEN_CLAIM, HELD, c.ClaimHeld(hold=Hold.OTHER)),
        c.ClaimReleased(hold=Hold.INVESTIGATION),
        {"holds": (Hold.OTHER,)},
    ),
    Happens(
        "an assessment puts its sums on the claim",
        s.OPEN_CLAIM,
        s.assessed(),
        {
            "status": Status.ASSESSED,
            "exposures": (HOSPITAL,),
            "claimed": 1000_00,
            "payable": 900_00,
            "reserve": 900_00,
            "assessor": s.HANDLER.name,
        },
    ),
    Happens("a claimant who was told how to claim stands in the trail", s.OPEN_CLAIM, EXPLAINED),
    Happens("a claim is requested", s.OPEN_CLAIM, s.REQUESTED, {"requested_on": s.FORM_IN}),
    Happens("request and proof are both in", (*s.OPEN_CLAIM, s.REQUESTED), s.PROVEN, {"proven_on": s.FORM_IN}),
    Happens("the request for papers arrives", (*s.OPEN_CLAIM, s.ASKED), ARRIVED),
    Happens("the last paper that was asked for is in", (*s.OPEN_CLAIM, s.ASKED), s.COMPLETED),
    Happens("a case is found complex", s.OPEN_CLAIM, m.ClaimFoundComplex(reason="two hospitals"), {"complex": True}),
    Happens("an advance is approved", (*s.OPEN_CLAIM, s.assessed()), ADVANCE),
    Happens(
        "what is paid in advance is paid",
        (*s.OPEN_CLAIM, s.assessed(), ADVANCE),
        s.advanced(),
        {"exposures": hospital(paid=s.yuan(400), reserve=s.yuan(500)), "paid": 400_00, "reserve": 500_00},
    ),
    Happens("a decision is told", s.PAYABLE, s.TOLD, {"told_on": s.TOLD.told_on}),
    Happens("an amount is agreed", (*s.PAYABLE, s.TOLD), s.AGREED, {"agreed_on": s.AGREED.agreed_on}),
    Happens("the last of it is paid", (*s.PAYABLE, s.claim_paid()), s.paid_up()),
    Happens(
        "a written refusal tells the decision",
        (*s.OPEN_CLAIM, REJECTED),
        s.LETTER,
        {"told_on": s.LETTER.sent_on, "letter_on": s.LETTER.sent_on},
    ),
    Happens(
        "a written refusal comes after the call that told it",
        (*s.OPEN_CLAIM, REJECTED, s.replaced(s.TOLD, told_on=date(2026, 2, 17))),
        s.LETTER,
        {"letter_on": s.LETTER.sent_on},
    ),
    Happens(
        "what was told and agreed falls with a new decision",
        (*s.PAYABLE, s.TOLD, s.AGREED),
        REJECTED,
        {
            "status": Status.REJECTED,
            "grounds": (Rejection.EXCLUDED,),
            "told_on": None,
            "agreed_on": None,
        },
    ),
    Happens(
        "a reopened claim is requested anew",
        (*s.OPEN_CLAIM, s.REQUESTED, s.PROVEN, m.ClaimFoundComplex(reason="x"), WITHDRAWN),
        REOPENED,
        {
            "status": Status.REGISTERED,
            "outcome": None,
            "closed_on": None,
            "without": None,
            "reopened": 1,
            "requested_on": None,
            "proven_on": None,
            "complex": False,
        },
    ),
    Happens(
        "an approval falls with a new assessment",
        s.PAYABLE,
        s.assessed(payable=800),
        {
            "status": Status.ASSESSED,
            "exposures": hospital(payable=s.yuan(800), reserve=s.yuan(800)),
            "payable": 800_00,
            "reserve": 800_00,
            "approver": "",
            "decided_on": None,
        },
    ),
    Happens(
        "a reserve is changed",
        s.PAYABLE,
        c.ReserveChanged(benefit="HOSPITAL", reserve=s.yuan(700), reason="bill came in lower"),
        {"exposures": hospital(reserve=s.yuan(700)), "reserve": 700_00},
    ),
    Happens(
        "a claim is approved",
        s.PAYABLE[:-1],
        happened(s.approved(), on=date(2026, 3, 4)),
        {"status": Status.APPROVED, "approver": s.SECOND.name, "decided_on": date(2026, 3, 4)},
    ),
    Happens(
        "a claim is rejected on its grounds",
        s.PAYABLE[:-1],
        REJECTED,
        {
            "status": Status.REJECTED,
            "grounds": (Rejection.EXCLUDED,),
            "approver": "sun",
            "decided_on": TODAY,
        },
    ),
    Happens(
        "a claim approved after all has no grounds of rejection",
        (*s.PAYABLE[:-1], REJECTED),
        s.approved(),
        {"status": Status.APPROVED, "grounds": ()},
    ),
    Happens(
        "what is paid is no longer reserved",
        s.PAYABLE,
        s.claim_paid(400),
        {"exposures": hospital(paid=s.yuan(400), reserve=s.yuan(500)), "paid": 400_00, "reserve": 500_00},
    ),
    Happens(
        "a closed claim holds no reserve",
        (*s.PAYABLE, s.claim_paid(400)),
        s.closed(Outcome.PART_PAID, 400),
        {
            "status": Status.CLOSED,
            "exposures": hospital(paid=s.yuan(400), reserve=s.yuan(0)),
            "reserve": 0,
            "outcome": Outcome.PART_PAID,
            "closed_on": s.CLOSED_ON,
        },
    ),
    Happens(
        "a claim closed without payment says why",
        s.OPEN_CLAIM,
        WITHDRAWN,
        {
            "status": Status.CLOSED,
            "outcome": Outcome.WITHOUT_PAYMENT,
            "closed_on": s.CLOSED_ON,
            "without": WithoutPayment.WITHDRAWN,
        },
    ),
    Happens(
        "a claim reopened is assessed, decided and asked anew",
        (*s.OPEN_CLAIM, s.ASKED, s.assessed(), s.approved(), s.claim_paid(), s.closed()),
        REOPENED,
        {
            "status": Status.ASSESSED,
            "outcome": None,
            "closed_on": None,
            "asked": (),
            "approver": "",
            "decided_on": None,
            "reopened": 1,
        },
    ),
    Happens(
        "a rejection falls with the reopening",
        (*s.PAYABLE[:-1], REJECTED, s.closed(Outcome.REJECTED, 0)),
        REOPENED,
        {
            "status": Status.ASSESSED,
            "outcome": None,
            "closed_on": None,
            "grounds": (),
            "approver": "",
            "decided_on": None,
            "reopened": 1,
        },
    ),
    Happens(
        "a registered claim withdrawn before it was assessed is registered again when it is reopened",
        (*s.OPEN_CLAIM, WITHDRAWN),
        REOPENED,
        {"status": Status.REGISTERED, "outcome": None, "closed_on": None, "without": None, "reopened": 1},
    ),
    Happens(
        "a payment that came back is owed again, and what was decided is to be decided anew",
        PAID,
        moneys.VOIDED,
        {
            "status": Status.ASSESSED,
            "approver": "",
            "decided_on": None,
            "paid": 0,
            "reserve": 90_000,
            "exposures": hospital(),
        },
    ),
    Happens(
        "a claim is screened, and goes to a desk",
        s.OPEN_CLAIM,
        scrutinies.SCREENED,
        {"score": 66, "track": Track.INVESTIGATION},
    ),
    Happens(
        "a claim is sent to another desk",
        (*s.OPEN_CLAIM, scrutinies.SCREENED),
        scrutinies.ROUTED,
        {"track": Track.STANDARD},
    ),
    Happens("a claim is grouped under a catastrophe", s.OPEN_CLAIM, scrutinies.GROUPED, {"catastrophe": "STORM-1"}),
    Happens(
        "a notice is joined to another claim",
        (s.NOTICED,),
        scrutinies.JOINED,
        {"status": Status.JOINED, "joined": "C-2"},
    ),
    Happens(
        "a notice closed before it was registered is a notice again when it is reopened",
        (s.NOTICED, WITHDRAWN),
        REOPENED,
        {"status": Status.NOTICED, "outcome": None, "closed_on": None, "without": None, "reopened": 1},
    ),
)


@each_of(HAPPENINGS)
def test_the_claim_register_shows_what_happened(happening):
    happening.is_seen_in(ClaimRegister)


def test_the_claim_register_shows_every_event_it_hears():
    assert heard_in(HAPPENINGS) == set(ClaimRegister.hears)


def test_the_register_adds_up_what_the_benefits_of_a_loss_cost():
    outpatient = s.assessed(payable=300, claimed=400, benefit="OUTPATIENT", assessor="li")
    seen(ClaimRegister, *s.OPEN_CLAIM, s.assessed(), outpatient).shows(
        claimed=1400_00, payable=1200_00, reserve=1200_00, paid=0, currency="CNY", assessor="li"
    )


def test_a_claim_in_dollars_is_shown_in_dollars():
    dollars = {name: s.usd(50) for name in ("claimed", "payable", "reserve", "deductible")}
    seen(ClaimRegister, *s.OPEN_CLAIM, s.replaced(s.assessed(), **dollars)).shows(currency="USD", payable=50_00)


def test_the_insured_is_not_shown_what_we_reserve_look_into_or_who_of_us_handles_it():
    complex_case = m.ClaimFoundComplex(reason="odd invoices")
    [row] = seen(ClaimRegister, *s.PAYABLE, s.claim_paid(400), HELD, complex_case).rows
    shown = row.for_customers()
    differ = {name for name, value in row if getattr(shown, name) != value}
    assert differ == {"reserve", "exposures", "holds", "complex", "assessor", "approver"}
    assert (shown.reserve, shown.holds, shown.assessor, shown.approver) == (0, (), "", "")
    assert shown.exposures == hospital(paid=s.yuan(400), reserve=s.yuan(0))
