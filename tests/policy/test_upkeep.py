"""The years between: changes asked for, beneficiaries, holds, changes out of order, renewals, refunds, maturity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from domain.kernel import OTHER_CURRENCY
from domain.losses import Cause, Losses, LossTold, losses_of
from domain.policy import renewal, sale, service, servicing
from domain.policy import upkeep as u
from domain.policy.contract import cover_of
from domain.policy.events import Ending, Sum
from domain.policy.reapplied import RENEWED_SINCE, carried
from domain.policy.state import Policy
from domain.product import Line, Product
from domain.rating import Rating
from domain.sanction import SANCTIONED
from domain.words import SYSTEM, Actor, Money, Role
from tests import samples as s
from tests.claim.test_looking_into import LISTED
from tests.kit import TODAY, folded, given
from tests.policy import kept as k
from tests.policy.test_service import RENEWED, endorsed

IN_FORCE = s.in_force()
LATE = date(2026, 12, 10)
CASHIER = Actor("su", Role.CASHIER)


def product(**terms: object) -> Product:
    drafted = s.replaced(s.DRAFTED, terms=replace(s.TERMS, **terms))
    return folded(Product, drafted, s.FILED, s.ON_SALE, stream=s.PRODUCT_ID)


# -- changes asked for ----------------------------------------------------------------

ASK = servicing.RequestService(request="B-1", change=u.Change.COVER, received_on=TODAY)


def test_a_change_is_asked_for_agreed_to_paid_for_and_done():
    given(*IN_FORCE).when(ASK).then(k.ASKED)
    accept = servicing.AcceptService(premium=True)
    given(*IN_FORCE, k.ASKED).when(accept).then(k.ACCEPTED)
    owing = (*IN_FORCE, k.ASKED, k.ACCEPTED)
    given(*owing).when(servicing.CompleteService()).refused(servicing.NO_WISH)
    pay = sale.PayPremium(amount=s.yuan(10), paid_on=TODAY, reference="R9")
    assert given(*owing).when(pay, by=CASHIER).outcome()[-1] == k.PAID
    after = given(*owing, k.PAID).when(servicing.CompleteService()).then(k.DONE)
    assert after.standing.wish is None


def test_what_is_wanting_is_told_at_once_and_asked_for_again_complete():
    wanting = (*IN_FORCE, k.WANTING)
    given(*wanting).when(servicing.AcceptService()).refused(servicing.NO_WISH)
    given(*wanting).when(servicing.TellServiceCorrections(told_on=TODAY)).then(k.TOLD)
    again = ASK.model_copy(update={"request": "B-2"})
    assert given(*wanting, k.TOLD).when(again).outcome()
    given(*wanting, k.TOLD).when(ASK).refused(servicing.WISH_TWICE)
    given(*IN_FORCE, k.ASKED).when(again).refused(servicing.WISH_OPEN)
    given(*IN_FORCE, k.ASKED).when(servicing.TellServiceCorrections(told_on=TODAY)).refused(servicing.NO_WISH)


def test_a_change_is_declined_with_a_reason():
    decline = servicing.DeclineService(reason="the risk has risen")
    given(*IN_FORCE, k.ASKED).when(decline).then(k.DECLINED)
    given(*IN_FORCE).when(decline).refused(servicing.NO_WISH)
    given(*s.in_force()[:3]).when(ASK).refused(servicing.NOT_STANDING)


# -- beneficiaries --------------------------------------------------------------------

NAME_OTHERS = servicing.ChangeBeneficiaries(beneficiaries=("王小红",), told_on=TODAY, consent="CON-1")


def died(cause: Cause = Cause.DEATH) -> Losses:
    told = LossTold(claim=s.CLAIM_ID, number="C-1", loss_on=date(2026, 2, 1), cause=cause)
    return folded(Losses, told, stream=losses_of(s.POLICY_ID))


def test_beneficiaries_change_with_the_insureds_consent_and_before_the_insured_event():
    given(*IN_FORCE).when(NAME_OTHERS).then(k.CHANGED)
    unasked = NAME_OTHERS.model_copy(update={"consent": None})
    assert given(*IN_FORCE).when(unasked).refused(servicing.NO_CONSENT).rule == "SERV-BENEFICIARY-CHANGE"
    given(*IN_FORCE).when(NAME_OTHERS, consulting=[died()]).refused(servicing.EVENT_HAPPENED)
    assert given(*IN_FORCE).when(NAME_OTHERS, consulting=[died(Cause.ILLNESS)]).outcome()
    things = (s.replaced(s.APPLIED, line=Line.PROPERTY), *IN_FORCE[1:])
    given(*things).when(NAME_OTHERS).refused(servicing.NO_BENEFICIARY)


# -- holds ----------------------------------------------------------------------------

HOLD = servicing.HoldPolicy(
    blocking=u.Blocking.COURT_ORDER, dealings=(u.Dealing.REFUND, u.Dealing.CANCELLATION), note="frozen by the court"
)
WU = Actor("wu", Role.COMPLIANCE)
CANCEL = service.CancelPolicy(effective_on=date(2026, 7, 1), ending=Ending.REQUEST)


def test_a_hold_blocks_its_kinds_of_dealing_and_no_others():
    given(*IN_FORCE).when(HOLD, by=WU).then(k.HELD)
    given(*IN_FORCE, k.HELD).when(HOLD, by=WU).then()
    no = given(*IN_FORCE, k.HELD).when(CANCEL, consulting=[s.PRODUCT]).refused(servicing.HELD)
    assert no.details == {"why": (u.Blocking.COURT_ORDER,), "dealing": u.Dealing.CANCELLATION}
    endorse = service.EndorsePolicy(effective_on=date(2026, 7, 1), sums=s.TWO_MILLION, reason="more")
    assert given(*IN_FORCE, k.HELD).when(endorse, consulting=[s.PRODUCT]).outcome()
    release = servicing.ReleasePolicy(blocking=u.Blocking.COURT_ORDER, note="lifted")
    given(*IN_FORCE, k.HELD).when(release, by=WU).then(k.RELEASED)
    given(*IN_FORCE).when(release, by=WU).refused(servicing.NOT_HELD)
    assert given(*IN_FORCE, k.HELD, k.RELEASED).when(CANCEL, consulting=[s.PRODUCT]).outcome()


EVERY = {
    u.Dealing.ENDORSEMENT: service.EndorsePolicy(effective_on=date(2026, 7, 1), sums=s.TWO_MILLION, reason="more"),
    u.Dealing.BENEFICIARY: NAME_OTHERS,
    u.Dealing.RENEWAL: service.RenewPolicy(),
    u.Dealing.CANCELLATION: CANCEL,
    u.Dealing.REFUND: renewal.PayRefund(amount=s.yuan(1), payee="x", reference="B9", paid_on=TODAY),
    u.Dealing.ISSUE: sale.IssuePolicy(number="P-1"),
}


@pytest.mark.parametrize("dealing", u.Dealing)
def test_every_kind_of_dealing_can_be_blocked(dealing):
    held = s.replaced(k.HELD, dealings=(dealing,))
    before = s.in_force()[:-1] if dealing is u.Dealing.ISSUE else IN_FORCE
    given(*before, held).when(EVERY[dealing], consulting=[s.PRODUCT]).refused(servicing.HELD)


# -- changes out of order -------------------------------------------------------------

OUTPATIENT = Sum("OUTPATIENT", s.yuan(1_000))
MORE = (*s.MILLION, OUTPATIENT)
EARLIER = service.EndorsePolicy(effective_on=date(2026, 4, 1), sums=MORE, reason="outpatient too", carry=True)


def test_a_change_out_of_order_reverses_the_later_one_and_makes_it_anew_with_links():
    raised = (*IN_FORCE, endorsed(date(2026, 7, 1)))
    reversed_, first, again, *_ = given(*raised).when(EARLIER, consulting=[s.PRODUCT]).outcome()
    assert (reversed_.transaction, reversed_.ahead, reversed_.difference) == (2, 1, -raised[-1].difference)
    assert (first.effective_on, first.sums, first.reapplies) == (date(2026, 4, 1), MORE, None)
    assert (again.effective_on, again.sums, again.reapplies) == (date(2026, 7, 1), (OUTPATIENT, *s.TWO_MILLION), 2)
    after = folded(Policy, *raised, reversed_, first, again)
    assert [each.reversed_by for each in after.stack] == [0, 3, 0, 0]
    assert [after.cover_on(day).sums for day in (date(2026, 3, 31), date(2026, 6, 30), date(2026, 7, 1))] == [
        s.MILLION,
        MORE,
        (OUTPATIENT, *s.TWO_MILLION),
    ]


def test_made_anew_it_costs_what_it_would_have_in_the_right_order():
    raised = (*IN_FORCE, endorsed(date(2026, 7, 1)))
    out_of_order = folded(Policy, *raised, *given(*raised).when(EARLIER, consulting=[s.PRODUCT]).outcome())
    first = given(*IN_FORCE).when(EARLIER, consulting=[s.PRODUCT]).outcome()
    both = service.EndorsePolicy(effective_on=date(2026, 7, 1), sums=(OUTPATIENT, *s.TWO_MILLION), reason="more")
    in_order = given(*IN_FORCE, *first).when(both, consulting=[s.PRODUCT]).outcome()
    expected = folded(Policy, *IN_FORCE, *first, *in_order)
    last = s.YEAR.ends_on
    assert out_of_order.owed_on(last) == expected.owed_on(last)
    for day in (date(2026, 5, 1), date(2026, 9, 1)):
        assert service.unearned(out_of_order, day) == service.unearned(expected, day)


def test_the_view_of_before_keeps_what_was_reversed_since():
    raised = (*IN_FORCE, endorsed(date(2026, 7, 1)))
    after = folded(Policy, *raised, *given(*raised).when(EARLIER, consulting=[s.PRODUCT]).outcome())
    assert cover_of(after.stack[:2], date(2026, 8, 1)).sums == s.TWO_MILLION


def test_across_a_renewal_each_period_is_endorsed_by_itself():
    renewed = (*IN_FORCE, RENEWED)
    given(*renewed).when(EARLIER, consulting=[s.PRODUCT]).refused(RENEWED_SINCE)
    apart = EARLIER.model_copy(update={"carry": False})
    assert given(*renewed).when(apart, consulting=[s.PRODUCT]).outcome()


BENEFITS = st.dictionaries(st.sampled_from("ABC"), st.integers(1, 3), min_size=1)


@whatever(BENEFITS, BENEFITS, BENEFITS)
def test_a_change_made_anew_touches_what_it_touched_and_nothing_else(before, after, now):
    def of(what):
        return tuple(Sum(name, s.yuan(n)) for name, n in what.items())

    result = {each.benefit: each.insured for each in carried(of(before), of(after), of(now))}
    for name in "ABC":
        touched = before.get(name) != after.get(name)
        wanted = after.get(name) if touched else now.get(name)
        assert result.get(name) == (wanted and s.yuan(wanted))


# -- renewal --------------------------------------------------------------------------


def test_a_renewal_is_offered_in_its_last_thirty_days():
    given(*IN_FORCE).when(renewal.OfferRenewal(), on=LATE, consulting=[s.PRODUCT]).then(k.OFFERED)
    early = date(2026, 11, 30)
    given(*IN_FORCE).when(renewal.OfferRenewal(), on=early, consulting=[s.PRODUCT]).refused(renewal.TOO_EARLY)
    twice = given(*IN_FORCE, k.OFFERED)
    twice.when(renewal.OfferRenewal(), on=LATE, consulting=[s.PRODUCT]).refused(renewal.OFFERED_ALREADY)
    twice.when(renewal.OfferRenewal(), by=SYSTEM, on=LATE, consulting=[s.PRODUCT]).then()
    over = given(*IN_FORCE).when(renewal.OfferRenewal(), on=date(2027, 1, 1), consulting=[s.PRODUCT])
    over.refused(renewal.RENEWED_OR_OVER)


def test_nothing_is_renewed_by_itself_without_consent():
    by_itself = {"by": SYSTEM, "on": LATE, "consulting": [s.PRODUCT]}
    no = given(*IN_FORCE, k.OFFERED).when(service.RenewPolicy(), **by_itself).refused(service.UNASKED_RENEWAL)
    assert no.rule == "SALE-NET-RENEW-CONSENT"
    assert given(*IN_FORCE, k.OFFERED, k.AGREED).when(service.RenewPolicy(), **by_itself).outcome()
    declined = (*IN_FORCE, k.OFFERED, k.AGREED, k.NOT_AGAIN)
    given(*declined).when(service.RenewPolicy(), **by_itself).refused(service.UNASKED_RENEWAL)


def test_a_customer_rated_high_is_not_renewed_by_itself():
    high = folded(Rating, k.RATED)
    renewing = given(*IN_FORCE, k.OFFERED, k.AGREED)
    renewing.when(service.RenewPolicy(), by=SYSTEM, on=LATE, consulting=[s.PRODUCT, high]).refused(service.RATED_HIGH)
    assert renewing.when(service.RenewPolicy(), on=LATE, consulting=[s.PRODUCT, high]).outcome()


def test_an_offer_is_agreed_to_or_declined_while_it_stands():
    agree = renewal.AgreeRenewal(agreed_on=LATE)
    given(*IN_FORCE, k.OFFERED).when(agree, on=LATE).then(k.AGREED)
    given(*IN_FORCE).when(agree, on=LATE).refused(renewal.NO_OFFER)
    always = renewal.AgreeRenewal(agreed_on=LATE, always=True)
    given(*IN_FORCE).when(always, on=LATE).then(s.replaced(k.AGREED, always=True))
    decline = renewal.DeclineRenewal(declined_on=LATE)
    given(*IN_FORCE, k.OFFERED).when(decline, on=LATE).then(k.NOT_AGAIN)
    given(*IN_FORCE).when(decline, on=LATE).refused(renewal.NO_OFFER)


# -- what is paid back ----------------------------------------------------------------

CANCELLED = (*IN_FORCE, *given(*IN_FORCE).when(CANCEL, consulting=[s.PRODUCT]).outcome())
REPAY = renewal.PayRefund(amount=s.yuan(1840), payee="王小明", reference="B9", paid_on=TODAY)


def test_what_the_end_gives_back_is_paid_once_in_full_and_to_nobody_on_a_list():
    assert CANCELLED[-1] == k.OWED
    given(*CANCELLED).when(REPAY, by=CASHIER).then(k.REPAID)
    given(*CANCELLED, k.REPAID).when(REPAY, by=CASHIER).refused(renewal.NO_REFUND)
    less = REPAY.model_copy(update={"amount": s.yuan(1839)})
    given(*CANCELLED).when(less, by=CASHIER).refused(renewal.OTHER_REFUND)
    dollars = REPAY.model_copy(update={"amount": Money(1, "USD")})
    given(*CANCELLED).when(dollars, by=CASHIER).refused(OTHER_CURRENCY)
    used = REPAY.model_copy(update={"reference": "R1"})
    given(*CANCELLED).when(used, by=CASHIER).refused(renewal.REFUND_REUSED)
    given(*CANCELLED).when(REPAY, by=CASHIER, consulting=[LISTED]).refused(SANCTIONED)


@pytest.mark.parametrize(("on", "percent"), [(date(2026, 12, 31), 0), (date(2026, 7, 1), 0)])
def test_a_surrender_in_the_first_year_gives_the_cash_value_of_the_table(on, percent):
    of = product(cash_values=(0, 40, 60))
    cancel = CANCEL.model_copy(update={"effective_on": on})
    ended, *more = given(*IN_FORCE).when(cancel, consulting=[of]).outcome()
    assert ended.refund == s.PREMIUM.share(percent, 100) and not more


def test_a_later_surrender_gives_the_later_cash_value():
    of = product(cash_values=(0, 40, 60))
    cancel = CANCEL.model_copy(update={"effective_on": date(2027, 1, 1)})
    ended, _ = given(*IN_FORCE, RENEWED).when(cancel, consulting=[of]).outcome()
    assert ended.refund == s.PREMIUM.share(40, 100)


def test_what_the_terms_promise_at_the_end_falls_due_once_it_has_come():
    of = product(maturity_percent=50)
    after = date(2027, 1, 1)
    matured, owed = given(*IN_FORCE).when(renewal.MaturePolicy(), on=after, consulting=[of]).outcome()
    assert (matured.benefit, owed.amount) == (s.yuan(500_000), s.yuan(500_000))
    early = given(*IN_FORCE).when(renewal.MaturePolicy(), on=after - timedelta(1), consulting=[of])
    early.refused(renewal.NOT_MATURE)
    given(*IN_FORCE).when(renewal.MaturePolicy(), on=after, consulting=[s.PRODUCT]).refused(renewal.NO_MATURITY)
    twice = given(*IN_FORCE, k.MATURED).when(renewal.MaturePolicy(), on=after, consulting=[of])
    twice.refused(renewal.MATURED_ALREADY)
