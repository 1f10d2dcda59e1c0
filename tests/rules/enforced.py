"""What the rules refuse of claims, products and people, and beside it what they let through: a day or a word apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain import customer as c
from domain import product as p
from domain import sanction
from domain.claim import closing, intake, request, settlement
from domain.claim import result as r
from domain.claim.events import Paper, Rejection
from domain.claim.milestones import Remedy
from domain.kernel import Refusal
from domain.policy.events import Ending, PolicyCancelled
from tests import samples as s
from tests.claim import scrutinies
from tests.claim import test_looking_into as looked
from tests.claim import test_request as requested
from tests.claim import test_result as decided
from tests.kit import When, given
from tests.product.test_product import DRAFT, LONG, sell

Both = tuple[When, Refusal, When]
"""What is refused, as what, and what is not."""

ASK = intake.RequestDocuments(papers=(Paper.INVOICE,))
BEFORE_COVER = s.replaced(s.NOTICED, notice=replace(s.NOTICE, loss_on=date(2025, 12, 31)))
IN_FORCE = s.policy(*s.in_force())
RESCINDED = s.policy(*s.in_force(), PolicyCancelled(date(2026, 2, 20), Ending.RESCISSION, s.yuan(0)))
UNDISCLOSED = settlement.RejectClaim(grounds=(Rejection.NON_DISCLOSURE,), explanation="an operation in 2024")
FORGET = c.ForgetPerson(ground=c.Ground.CONSENT_WITHDRAWN)

CLAIMS: dict[str, Both] = {
    "CLAIM-GUIDE": (
        given(s.NOTICED, requested.EXPLAINED).when(requested.EXPLAIN),
        request.EXPLAINED_BEFORE,
        given(s.NOTICED).when(requested.EXPLAIN),
    ),
    "CLAIM-DOC-ONCE": (given(*s.OPEN_CLAIM, s.ASKED).when(ASK), intake.ASKED_ONCE, given(*s.OPEN_CLAIM).when(ASK)),
    "CLAIM-DECIDE-COMPLEX-30D": (
        given(*s.OPEN_CLAIM, s.REQUESTED).when(requested.request()),
        request.REQUESTED_BEFORE,
        given(*s.OPEN_CLAIM).when(requested.request()),
    ),
    "CLAIM-TELL-RESULT": (
        given(*s.PAYABLE).when(decided.AGREE),
        settlement.UNTOLD,
        given(*s.PAYABLE, s.TOLD).when(decided.AGREE),
    ),
    "CLAIM-REJECT-3D": (
        given(*decided.REFUSED).when(decided.CLOSE),
        closing.LETTER_UNSENT,
        given(*decided.REFUSED, s.LETTER).when(decided.CLOSE),
    ),
    "CONTEST-RESCIND-BEFORE-DENY": (
        given(*s.OPEN_CLAIM, beside=(IN_FORCE,)).when(UNDISCLOSED, by=s.SECOND),
        settlement.NOT_RESCINDED,
        given(*s.OPEN_CLAIM, beside=(RESCINDED,)).when(UNDISCLOSED, by=s.SECOND),
    ),
    "CLAIM-ADVANCE-60D": (
        given(*decided.ASSESSED, decided.GRANTED, s.advanced()).when(decided.CLOSE),
        closing.ADVANCE_UNDECIDED,
        given(*s.PAYABLE, s.TOLD, s.claim_paid(), s.paid_up()).when(decided.CLOSE),
    ),
    "CLAIM-CLOCK-PAUSE": (
        given(*s.OPEN_CLAIM).when(requested.CONFIRM),
        request.NOTHING_AWAITED,
        given(*s.OPEN_CLAIM, s.ASKED).when(requested.CONFIRM),
    ),
    "DISP-CHANNELS-5": (
        given(*decided.REFUSED).when(decided.SEND.model_copy(update={"remedies": tuple(Remedy)[1:]})),
        r.REMEDIES_UNTOLD,
        given(*decided.REFUSED).when(decided.SEND),
    ),
    "AML-SANCTION-LISTS": (
        given(*s.PAYABLE, beside=(looked.LISTED,)).when(looked.PAY, by=looked.CASHIER),
        sanction.SANCTIONED,
        given(*s.PAYABLE, scrutinies.CLEARED, beside=(looked.LISTED,)).when(looked.PAY, by=looked.CASHIER),
    ),
    "CONTRACT-FORMATION": (
        given(BEFORE_COVER, beside=(IN_FORCE,)).when(intake.RegisterClaim()),
        intake.NOT_COVERED,
        given(s.NOTICED, beside=(IN_FORCE,)).when(intake.RegisterClaim()),
    ),
}

PRODUCTS: dict[str, Both] = {
    "PROD-APPROVAL-BEFORE-USE": (
        given(s.DRAFTED).when(sell()),
        p.NOT_FILED,
        given(s.DRAFTED, s.FILED).when(sell()),
    ),
    "COOL-HEALTH-15D": (
        given().when(DRAFT.model_copy(update={"terms": replace(LONG, cooling_off_days=14)})),
        p.COOLING_OFF_TOO_SHORT,
        given().when(DRAFT.model_copy(update={"terms": replace(LONG, cooling_off_days=15)})),
    ),
    "PROD-HEALTH-WAIT-180D": (
        given().when(DRAFT.model_copy(update={"terms": replace(s.TERMS, waiting_days=181)})),
        p.WAITING_TOO_LONG,
        given().when(DRAFT.model_copy(update={"terms": replace(s.TERMS, waiting_days=180)})),
    ),
    "PRIV-DELETE": (
        given(s.REGISTERED_CUSTOMER, c.LegalHoldPlaced(reason="a lawsuit")).when(FORGET),
        c.HELD,
        given(s.REGISTERED_CUSTOMER).when(FORGET),
    ),
}
