"""From the application to the policy in the customer's hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from domain.customer import Channel
from domain.kernel import NOT_YET, OTHER_CURRENCY
from domain.policy import application, sale, underwriting
from domain.policy import events as e
from domain.policy.contract import premium_for
from domain.policy.events import Ending, Signature, Sum, Verdict
from domain.product import NOT_ON_SALE, Product
from domain.words import Actor, Money, Period, Role
from tests.agent.samples import AGENT_ID
from tests.kit import folded
from tests.samples import (
    ACCEPTED,
    APPLIED,
    COMPLETE,
    CUSTOMER_ID,
    DELIVERED,
    DISCLOSED,
    ISSUED,
    MILLION,
    OFFER,
    ON_SALE,
    PREMIUM,
    PRODUCT_ID,
    SIGNED,
    SOLD,
    YEAR,
    hospital,
    in_force,
    of_policy,
    paid,
    replaced,
    usd,
    yuan,
)

APPLY = application.ApplyForPolicy(
    product=PRODUCT_ID,
    customer=CUSTOMER_ID,
    insured="王小明",
    beneficiaries=("李小红",),
    sums=MILLION,
    period=YEAR,
    agent=AGENT_ID,
    channel=Channel.AGENT,
)
SELLER = Actor("ag-7", Role.AGENT)
ANSWER = sale.AnswerDisclosure(answers=DISCLOSED.answers)
SIGN = sale.SignPolicy(signed_on=SIGNED.signed_on, method=Signature.ELECTRONIC)
ISSUE = sale.IssuePolicy()
DELIVER = sale.DeliverPolicy(delivered_on=DELIVERED.delivered_on, evidence="R-1")
EXAMINED = (APPLIED, DISCLOSED, COMPLETE)
OFFERED = (*EXAMINED, ACCEPTED, OFFER)
CANCELLED = e.PolicyCancelled(effective_on=date(2026, 7, 1), ending=Ending.REQUEST, refund=yuan(1840))


def but(command, **changes):
    return command.model_copy(update=changes)


underwrite = partial(underwriting.DecideUnderwriting, reason="standard risk")


def pay(amount: Money = PREMIUM, reference: str = "R1") -> sale.PayPremium:
    return sale.PayPremium(amount=amount, paid_on=date(2025, 12, 20), reference=reference)


# -- application ----------------------------------------------------------------------


def test_an_application_is_priced_by_the_version_on_sale():
    applied = of_policy().when(APPLY, by=SELLER, number="A202600000001").then(APPLIED)
    assert applied.party == CUSTOMER_ID
    assert not applied.issued


def test_an_application_may_bring_its_own_number():
    of_policy().when(but(APPLY, application="A-7"), by=SELLER, number="A1").then(replaced(APPLIED, application="A-7"))


@pytest.mark.parametrize(
    ("insured", "days", "loading", "premium"),
    [
        (1_000_000, 365, 0, "3650"),
        (1_000_000, 1, 0, "10"),
        (1_000_000, 366, 0, "3660"),
        (1_000_000, 365, 50, "5475"),
        (1, 1, 0, "0"),
        (500, 1, 0, "0.01"),
        (499, 1, 0, "0"),
        (1_500, 1, 0, "0.02"),
    ],
)
def test_the_premium_is_pro_rata_and_rounded_half_up(insured, days, loading, premium):
    terms = folded(Product, *SOLD).edition(1).terms
    assert premium_for(terms, (hospital(insured),), days, loading) == yuan(premium)


LONGEST, TOO_LONG = Period(date(2026, 1, 1), date(2026, 12, 31)), Period(date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"sums": (hospital(0),)}, sale.NOTHING_INSURED),
        ({"sums": (hospital(0), Sum("OUTPATIENT", yuan(1)))}, None),
        ({"sums": (Sum("DENTAL", yuan(1)),)}, sale.UNKNOWN_BENEFIT),
        ({"sums": (hospital(2_000_000),)}, None),
        ({"sums": (Sum("HOSPITAL", yuan("2000000.01")),)}, sale.SUM_TOO_LARGE),
        ({"sums": (hospital(1), hospital(1))}, sale.BENEFIT_TWICE),
        ({"sums": (Sum("HOSPITAL", usd(1), usd(0)),)}, OTHER_CURRENCY),
        ({"sums": (Sum("HOSPITAL", yuan(1), usd(1)),)}, OTHER_CURRENCY),
        ({"period": LONGEST}, None),
        ({"period": TOO_LONG}, sale.PERIOD_TOO_LONG),
        ({"period": Period(date(2028, 2, 29), date(2029, 2, 27))}, None),
        ({"period": Period(date(2028, 2, 29), date(2029, 2, 28))}, sale.PERIOD_TOO_LONG),
        ({"period": Period(date(2026, 1, 1), date(2026, 1, 1))}, None),
        ({"period": Period(date(2026, 1, 2), date(2026, 1, 1))}, sale.PERIOD_TOO_LONG),
    ],
)
def test_what_can_be_applied_for(changes, refusal):
    attempt = of_policy().when(but(APPLY, **changes), by=SELLER)
    if refusal:
        attempt.refused(refusal)
    else:
        assert len(attempt.outcome()) == 1


@pytest.mark.parametrize("history", [SOLD[:2], (*SOLD[:2], replaced(ON_SALE, sold_from=date(2026, 3, 3)))])
def test_a_product_not_on_sale_today_is_not_applied_for(history):
    of_policy().when(APPLY, by=SELLER, consulting=[history]).refused(NOT_ON_SALE)


# -- disclosure and underwriting ------------------------------------------------------


def test_the_disclosure_is_answered_and_may_be_answered_again():
    of_policy(APPLIED).when(ANSWER).then(DISCLOSED)
    of_policy(APPLIED, DISCLOSED).when(ANSWER).then(DISCLOSED)


def test_underwriting_needs_the_disclosure_first():
    of_policy(APPLIED).when(underwrite(verdict=Verdict.ACCEPT)).refused(sale.NOT_DISCLOSED)


def test_an_accepted_risk_keeps_its_price():
    of_policy(*EXAMINED).when(underwrite(verdict=Verdict.ACCEPT)).then(ACCEPTED)


def test_a_loading_raises_the_premium():
    loaded = replaced(ACCEPTED, verdict=Verdict.LOAD, loading_percent=20, premium=yuan(4380))
    of_policy(*EXAMINED).when(underwrite(verdict=Verdict.LOAD, loading_percent=20)).then(loaded)


@pytest.mark.parametrize(
    ("verdict", "loading", "fits"),
    [(v, loading, (v is Verdict.LOAD) == (loading > 0)) for v in Verdict for loading in (0, 1)],
)
def test_a_loading_goes_with_the_verdict_to_load_and_only_with_it(verdict, loading, fits):
    attempt = of_policy(*EXAMINED).when(underwrite(verdict=verdict, loading_percent=loading))
    if fits:
        assert len(attempt.outcome()) == 1
    else:
        attempt.refused(underwriting.NO_LOADING)


def test_a_new_verdict_is_a_new_offer_to_be_signed_again():
    loaded = replaced(ACCEPTED, verdict=Verdict.LOAD, loading_percent=20, premium=yuan(4380))
    of_policy(*OFFERED, SIGNED, loaded, paid(4380)).when(ISSUE).refused(sale.NOT_SIGNED)


# -- signature and payment ------------------------------------------------------------


def test_the_applicant_signs_what_was_offered_once():
    of_policy(*OFFERED).when(SIGN).then(SIGNED)
    of_policy(*OFFERED, SIGNED).when(SIGN).then()


NOT_BINDING = [(), *((replaced(ACCEPTED, verdict=v),) for v in (Verdict.POSTPONE, Verdict.DECLINE))]


@pytest.mark.parametrize("verdict", NOT_BINDING)
@pytest.mark.parametrize("command", [SIGN, pay(), ISSUE])
def test_nothing_is_signed_paid_or_issued_before_the_risk_is_accepted(verdict, command):
    of_policy(*EXAMINED, *verdict).when(command).refused(sale.NOT_ACCEPTED)


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.LOAD, Verdict.EXCLUDE])
def test_every_accepting_verdict_can_be_signed(verdict):
    of_policy(*EXAMINED, replaced(ACCEPTED, verdict=verdict), OFFER).when(SIGN).then(SIGNED)


def test_premium_is_received():
    of_policy(*OFFERED).when(pay()).then(paid())


def test_a_reference_is_used_once():
    of_policy(*OFFERED, paid(1)).when(pay()).refused(sale.REFERENCE_REUSED)
    of_policy(*OFFERED, paid(1)).when(pay(reference="R2")).then(paid(reference="R2"))


@pytest.mark.parametrize(("amount", "refusal"), [(yuan(0), sale.NOTHING_PAID), (usd(1), OTHER_CURRENCY)])
def test_a_payment_is_above_zero_and_in_the_currency_of_the_premium(amount, refusal):
    of_policy(*OFFERED).when(pay(amount)).refused(refusal)


def test_nothing_is_paid_on_an_ended_contract():
    of_policy(*in_force(CANCELLED)).when(pay(reference="R2")).refused(sale.CANCELLED)


# -- issue and delivery ---------------------------------------------------------------


def test_a_policy_signed_and_paid_is_issued():
    issued = of_policy(*OFFERED, SIGNED, paid()).when(ISSUE, on=ISSUED.issued_on, number="P202600000001").then(ISSUED)
    assert (issued.number, issued.issued) == ("P202600000001", True)


def test_a_policy_may_keep_a_number_of_its_own():
    command = but(ISSUE, number="P-7")
    of_policy(*OFFERED, SIGNED, paid()).when(command, on=ISSUED.issued_on).then(replaced(ISSUED, number="P-7"))


def test_a_policy_is_not_issued_unsigned():
    of_policy(*OFFERED, paid()).when(ISSUE).refused(sale.NOT_SIGNED)


@pytest.mark.parametrize(
    ("instalments", "amount", "enough"),
    [(1, "3650", True), (1, "3649.99", False), (2, "1825", True), (2, "1824.99", False), (12, "304.24", True)],
)
def test_the_first_instalment_is_paid_before_issue(instalments, amount, enough):
    applied = replaced(APPLIED, instalments=instalments)
    attempt = of_policy(applied, DISCLOSED, ACCEPTED, SIGNED, paid(amount)).when(ISSUE)
    if enough:
        assert len(attempt.outcome()) == 1
    else:
        attempt.refused(sale.NOT_PAID)


@pytest.mark.parametrize("command", [ANSWER, underwrite(verdict=Verdict.ACCEPT), SIGN, ISSUE])
def test_the_sale_is_over_once_the_policy_is_issued(command):
    of_policy(*in_force()).when(command).refused(sale.ALREADY_ISSUED)


def test_a_policy_is_delivered_once():
    of_policy(*in_force()).when(DELIVER).then(DELIVERED)
    of_policy(*in_force(DELIVERED)).when(DELIVER).then()


def test_only_an_issued_policy_is_delivered():
    of_policy(*OFFERED, SIGNED, paid()).when(DELIVER).refused(sale.NOT_ISSUED)


# -- taking over ----------------------------------------------------------------------

TAKE_OVER = sale.TakeOverPolicy(
    number="OLD-1",
    source="Old Mutual",
    product=PRODUCT_ID,
    customer=CUSTOMER_ID,
    insured="王小明",
    sums=MILLION,
    period=YEAR,
    premium=yuan(3000),
)
TAKEN_OVER = e.PolicyTakenOver(
    **dict(TAKE_OVER), product_code="HLT-1", product_version=1, line=APPLIED.line, individual=True
)


def test_a_policy_taken_over_is_in_force_paid_and_delivered():
    taken = of_policy().when(TAKE_OVER).then(TAKEN_OVER)
    assert taken.cover_on(date(2026, 1, 1)).sums == MILLION
    assert not taken.owed_on(date(2026, 12, 31))
    assert taken.delivered_on == date(2026, 1, 1)


def test_benefits_without_a_sum_are_not_taken_over():
    of_policy().when(but(TAKE_OVER, sums=(*MILLION, Sum("DENTAL", yuan(0))))).then(TAKEN_OVER)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"sums": (hospital(0),)}, sale.NOTHING_INSURED),
        ({"sums": (Sum("DENTAL", yuan(1)),)}, sale.UNKNOWN_BENEFIT),
        ({"sums": (hospital(2_000_001),)}, sale.SUM_TOO_LARGE),
        ({"sums": (hospital(1), hospital(2))}, sale.BENEFIT_TWICE),
        ({"sums": (Sum("HOSPITAL", usd(1), usd(0)),)}, OTHER_CURRENCY),
        ({"premium": usd(3000)}, OTHER_CURRENCY),
        ({"period": replace(YEAR, ends_on=date(2025, 12, 31))}, sale.PERIOD_TOO_LONG),
    ],
)
def test_what_cannot_be_taken_over(changes, refusal):
    of_policy().when(but(TAKE_OVER, **changes)).refused(refusal)


def test_a_contract_older_than_the_product_is_taken_over_as_sold_today():
    older = replace(YEAR, starts_on=date(2020, 1, 1))
    of_policy().when(but(TAKE_OVER, period=older)).then(replaced(TAKEN_OVER, period=older))


def test_a_contract_of_a_product_never_sold_is_not_taken_over():
    of_policy().when(TAKE_OVER, consulting=[SOLD[:2]]).refused(NOT_ON_SALE)


@pytest.mark.parametrize(
    ("history", "command", "field"),
    [(OFFERED, SIGN, "signed_on"), (OFFERED, pay(), "paid_on"), (in_force(), DELIVER, "delivered_on")],
)
def test_nothing_is_signed_paid_or_delivered_on_a_day_that_has_not_come(history, command, field):
    today = getattr(command, field)
    of_policy(*history).when(command, on=today).outcome()
    of_policy(*history).when(but(command, **{field: today + timedelta(1)}), on=today).refused(NOT_YET)
