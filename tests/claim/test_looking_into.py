"""Investigations, names on sanction lists, catastrophes, reserves for expenses and the look back at the reserve."""

from __future__ import annotations

from datetime import date

import pytest

from domain import catastrophe, sanction
from domain.catastrophe import Catastrophe
from domain.claim import closing, investigation, payment, result, settlement, triage
from domain.claim import money as m
from domain.claim.events import ClaimHeld, ClaimReleased, Hold
from domain.claim.inquiry import Finding, Method
from domain.claim.money import Cost, Kind
from domain.kernel import OTHER_CURRENCY
from domain.losses import Cause
from domain.sanction import Sanction, sanction_of
from domain.words import Actor, Money, Role
from tests import samples as s
from tests.claim import moneys
from tests.claim import scrutinies as c
from tests.kit import folded, given

ORDER = investigation.OrderInvestigation(
    method=Method.SURVEY,
    question="Was the ward open that day?",
    investigator=s.HANDLER.name,
    due_on=date(2026, 3, 9),
)
REPORT = investigation.ReportInvestigation(
    inquiry="I1", finding=Finding.UNFOUNDED, findings="It was, and the nurse remembers", sha256="d" * 64
)
WAITS = (*s.OPEN_CLAIM, c.ORDERED, ClaimHeld(hold=Hold.INVESTIGATION))
CASHIER = Actor("su", Role.CASHIER)
WU = Actor("wu", Role.COMPLIANCE)


# -- investigations -------------------------------------------------------------------


def test_a_claim_waits_for_the_report_that_was_ordered():
    ordered = given(*s.OPEN_CLAIM).when(ORDER, by=s.SECOND).then(c.ORDERED, ClaimHeld(hold=Hold.INVESTIGATION))
    assert ordered.scrutiny.open == ("I1",)
    given(*WAITS, s.assessed()).when(settlement.ApproveClaim(), by=s.SECOND).refused(settlement.ON_HOLD)
    given(*WAITS).when(closing.CloseClaim(without="withdrawn"), by=s.SECOND).refused(closing.STILL_OPEN)


def test_the_report_of_who_was_asked_lets_it_go_on():
    given(*WAITS).when(REPORT, by=s.SECOND).refused(investigation.NOT_INVESTIGATOR)
    after = given(*WAITS).when(REPORT, by=s.HANDLER).then(c.REPORTED, ClaimReleased(hold=Hold.INVESTIGATION))
    assert after.scrutiny.looked_into and not after.scrutiny.open
    given(*WAITS, c.REPORTED).when(REPORT, by=s.HANDLER).refused(investigation.NO_INQUIRY)


def test_of_two_investigations_the_last_report_lets_it_go_on():
    second = s.replaced(c.ORDERED, inquiry="I2")
    given(*WAITS).when(ORDER, by=s.SECOND).then(second)
    given(*WAITS, second).when(REPORT, by=s.HANDLER).then(c.REPORTED)


def test_a_report_is_not_due_before_it_is_asked_for():
    late = ORDER.model_copy(update={"due_on": date(2026, 3, 1)})
    given(*s.OPEN_CLAIM).when(late, by=s.SECOND).refused(investigation.DUE_BEFORE)


# -- names on lists -------------------------------------------------------------------

LIST = sanction.ListParty(name="王小明", source="un", entry="UN-7", listed_on=date(2026, 1, 5))
LISTED = folded(Sanction, c.LISTED, stream=sanction_of("王小明"))
PAY = settlement.PayClaim(
    benefit="HOSPITAL", amount=s.yuan(900), payee=" 王小明", reference="T1", paid_on=date(2026, 3, 2)
)
ADVANCE = result.PayAdvance(
    benefit="HOSPITAL", amount=s.yuan(400), payee="王小明", reference="V1", paid_on=date(2026, 3, 2)
)
ADVANCED = (
    *s.OPEN_CLAIM,
    s.assessed(),
    result.m.AdvanceApproved(benefit="HOSPITAL", amount=s.yuan(400), approver="sun"),
)
REQUEST = payment.RequestExtra(
    request="F-9", kind=Kind.EX_GRATIA, amount=s.yuan(10), payee="王小明", reason="a customer for years"
)
EXTRA = (*s.PAYABLE, s.replaced(moneys.REQUESTED, payee="王小明"), moneys.APPROVED)
PAY_EXTRA = payment.PayExtra(request="F-1", reference="T9", paid_on=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("history", "command", "by"),
    [
        (s.PAYABLE, PAY, CASHIER),
        (ADVANCED, ADVANCE, CASHIER),
        (s.PAYABLE, REQUEST, s.HANDLER),
        (EXTRA, PAY_EXTRA, CASHIER),
    ],
    ids=["payment", "advance", "request of an extra", "payment of an extra"],
)
def test_nothing_is_paid_to_a_name_on_a_list_until_compliance_has_cleared_the_match(history, command, by):
    no = given(*history).when(command, by=by, consulting=[LISTED]).refused(sanction.SANCTIONED)
    assert (no.rule, no.details["entry"]) == ("AML-SANCTION-LISTS", "UN-7")
    assert given(*history, c.CLEARED).when(command, by=by, consulting=[LISTED]).outcome()
    delisted = folded(Sanction, c.LISTED, c.DELISTED, stream=LISTED.id)
    assert given(*history).when(command, by=by, consulting=[delisted]).outcome()


def test_the_payee_of_an_extra_is_found_by_its_request():
    before = folded(PAY_EXTRA.on, *EXTRA)
    assert PAY_EXTRA.refers(Sanction, before) == LISTED.id
    assert PAY_EXTRA.model_copy(update={"request": "F-0"}).refers(Sanction, before) is None


def test_compliance_clears_a_match_with_a_reason_once():
    clear = triage.ClearMatch(payee="王小明", reason="born in another year")
    assert triage.ClearMatch.may == {Role.COMPLIANCE}
    given(*s.PAYABLE).when(clear, by=WU, consulting=[LISTED]).then(c.CLEARED)
    given(*s.PAYABLE, c.CLEARED).when(clear, by=WU, consulting=[LISTED]).then()
    given(*s.PAYABLE).when(clear, by=WU, consulting=[Sanction(id=LISTED.id)]).refused(sanction.NOT_LISTED)


@pytest.mark.parametrize("written", ["john  SMITH", "Smith, John", "ＪＯＨＮ smith"])
def test_a_name_is_found_however_it_is_written(written):
    assert sanction_of(written) == sanction_of("John Smith") != sanction_of("John Smyth")


def test_a_name_is_listed_once_and_taken_off_once():
    given().when(LIST, by=WU, stream=LIST.home).then(c.LISTED)
    given(c.LISTED).when(LIST, by=WU, stream=LIST.home).refused(sanction.LISTED_BEFORE)
    off = sanction.DelistParty(name="王小明", reason="taken off by the committee")
    assert off.home == LIST.home
    given(c.LISTED).when(off, by=WU, stream=off.home).then(c.DELISTED)
    given(c.LISTED, c.DELISTED).when(off, by=WU, stream=off.home).refused(sanction.NOT_LISTED)
    assert given(c.LISTED, c.DELISTED).when(LIST, by=WU, stream=LIST.home).outcome()


# -- catastrophes ---------------------------------------------------------------------

STORM = folded(Catastrophe, c.DECLARED, stream=c.STORM)
GROUP = triage.GroupClaim(catastrophe=c.STORM)
DECLARE = catastrophe.DeclareCatastrophe(
    code="STORM-1",
    title="Typhoon of February",
    causes=(Cause.STORM, Cause.WATER, Cause.ILLNESS),
    from_on=date(2026, 2, 8),
    until_on=date(2026, 2, 12),
)


def test_a_catastrophe_is_declared_and_ends_once():
    given().when(DECLARE).then(c.DECLARED)
    backwards = DECLARE.model_copy(update={"until_on": date(2026, 2, 7)})
    given().when(backwards).refused(catastrophe.BACKWARDS)
    given(c.DECLARED).when(catastrophe.EndCatastrophe()).then(c.ENDED)
    given(c.DECLARED, c.ENDED).when(catastrophe.EndCatastrophe()).refused(catastrophe.OVER)


def test_a_claim_is_grouped_under_the_catastrophe_of_its_day_and_cause():
    given(*s.OPEN_CLAIM).when(GROUP, consulting=[STORM]).then(c.GROUPED)
    given(*s.OPEN_CLAIM, c.GROUPED).when(GROUP, consulting=[STORM]).then()
    over = folded(Catastrophe, c.DECLARED, c.ENDED, stream=c.STORM)
    given(*s.OPEN_CLAIM).when(GROUP, consulting=[over]).refused(catastrophe.OVER)
    fire = folded(Catastrophe, s.replaced(c.DECLARED, causes=(Cause.FIRE,)), stream=c.STORM)
    given(*s.OPEN_CLAIM).when(GROUP, consulting=[fire]).refused(catastrophe.DOES_NOT_FIT)
    blank = s.replaced(s.NOTICED, notice=type(s.NOTICE)())
    given(blank).when(GROUP, consulting=[STORM]).refused(triage.NO_DAY)


# -- reserves -------------------------------------------------------------------------

RESERVE = payment.ReserveCost(cost=Cost.APPRAISAL, reserve=s.yuan(500), reason="an adjuster is needed")
EXPENSE = payment.RequestExtra(
    request="F-1",
    kind=Kind.EXPENSE,
    cost=Cost.APPRAISAL,
    amount=s.yuan(300),
    payee="Surveyors Ltd",
    reason="appraisal of the damage",
)


def test_an_expense_is_drawn_from_the_reserve_of_its_kind():
    given(*s.PAYABLE).when(EXPENSE, by=s.HANDLER).refused(payment.BEYOND_RESERVE)
    given(*s.PAYABLE, moneys.RESERVED).when(EXPENSE, by=s.HANDLER).then(moneys.REQUESTED)
    legal = EXPENSE.model_copy(update={"cost": Cost.LEGAL})
    given(*s.PAYABLE, moneys.RESERVED).when(legal, by=s.HANDLER).refused(payment.BEYOND_RESERVE)
    again = EXPENSE.model_copy(update={"request": "F-2", "amount": s.yuan(201)})
    given(*s.PAYABLE, moneys.RESERVED, moneys.REQUESTED).when(again, by=s.HANDLER).refused(payment.BEYOND_RESERVE)
    declined = (*s.PAYABLE, moneys.RESERVED, moneys.REQUESTED, moneys.DECLINED)
    assert given(*declined).when(again, by=s.HANDLER).outcome()


def test_what_was_paid_is_reserved_no_more():
    paid = folded(EXPENSE.on, *s.PAYABLE, moneys.RESERVED, moneys.REQUESTED, moneys.APPROVED, moneys.PAID)
    assert paid.ledger.costs == {Cost.APPRAISAL: s.yuan(200)}
    assert paid.ledger.free(Cost.APPRAISAL, "CNY") == s.yuan(200)


def test_an_expense_says_what_it_is_for_and_what_is_ex_gratia_is_no_expense():
    nameless = EXPENSE.model_copy(update={"cost": None})
    given(*s.PAYABLE, moneys.RESERVED).when(nameless, by=s.HANDLER).refused(payment.COST_UNNAMED)
    kind = EXPENSE.model_copy(update={"kind": Kind.EX_GRATIA})
    given(*s.PAYABLE, moneys.RESERVED).when(kind, by=s.HANDLER).refused(payment.COST_UNNAMED)


def test_a_reserve_is_not_set_below_what_was_asked_for_and_not_in_another_currency():
    given(*s.PAYABLE).when(RESERVE, by=s.HANDLER).then(moneys.RESERVED)
    given(*s.PAYABLE, moneys.RESERVED).when(RESERVE, by=s.HANDLER).then()
    lower = RESERVE.model_copy(update={"reserve": s.yuan(299)})
    asked = (*s.PAYABLE, moneys.RESERVED, moneys.REQUESTED)
    given(*asked).when(lower, by=s.HANDLER).refused(payment.BELOW_ASKED)
    dollars = RESERVE.model_copy(update={"reserve": Money(50_000, "USD")})
    given(*asked).when(dollars, by=s.HANDLER).refused(OTHER_CURRENCY)


@pytest.mark.parametrize(("first", "well"), [(600, True), (599, False), (1_800, True), (1_801, False)])
def test_a_claim_whose_first_reserve_lay_far_off_is_closed_with_the_reason(first, well):
    history = (
        *s.OPEN_CLAIM,
        s.assessed(reserve=s.yuan(first)),
        s.assessed(),
        s.approved(),
        s.claim_paid(),
        s.paid_up(),
    )
    close = closing.CloseClaim()
    if well:
        given(*history).when(close, by=s.HANDLER).then(s.closed())
    else:
        given(*history).when(close, by=s.HANDLER).refused(closing.RESERVE_ASTRAY)
        explained = closing.CloseClaim(reserve_note="a second operation")
        reviewed = m.ReserveReviewed(reserved=s.yuan(first), paid=s.yuan(900), explanation="a second operation")
        given(*history).when(explained, by=s.HANDLER).then(reviewed, s.closed())
