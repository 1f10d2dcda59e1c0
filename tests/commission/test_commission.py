"""Commission: earned by the scale of the day of sale, shared, taken back, adjusted by two people."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from application.commission.commission_ledger import Booking, CommissionLedger
from domain import commission as co
from domain import scale as sc
from domain.commission import Commission, commission_of
from domain.policy.events import Ending, PolicyCancelled, PolicyLapsed
from domain.scale import Scale, scale_of
from domain.words import SYSTEM, Actor, Role
from tests import samples as s
from tests.kit import TODAY, folded, given
from tests.policy import kept as k
from tests.rows import seen

SOLD = s.in_force()
SCALE = folded(Scale, k.SCALED, stream=scale_of(s.PRODUCT_ID))
EARN = co.EarnCommission(policy=s.POLICY_ID)
BACK = co.TakeBackCommission(policy=s.POLICY_ID)
CASHIER = Actor("su", Role.CASHIER)


def earning(*history, policy=SOLD, scale=SCALE, on=TODAY):
    return given(*history).when(EARN, by=SYSTEM, on=on, consulting=[s.policy(*policy), scale])


def test_paid_premium_earns_by_the_scale_of_the_day_of_sale_once():
    earning().then(k.EARNED)
    earning(k.EARNED).then()
    more = (*SOLD, s.paid(1000, "R2"))
    [again] = earning(k.EARNED, policy=more).outcome()
    assert again.amount == s.yuan(200)
    [second] = earning(k.EARNED, policy=more, on=date(2027, 1, 1)).outcome()
    assert (second.percent, second.amount) == (10, s.yuan(100))


def test_nothing_is_earned_before_issue_without_a_seller_or_without_a_scale():
    earning(policy=SOLD[:-1]).then()
    earning(policy=(s.replaced(s.APPLIED, agent=""), *s.in_force()[1:])).then()
    earning(scale=Scale(id=scale_of(s.PRODUCT_ID))).then()
    later = folded(Scale, s.replaced(k.SCALED, since=date(2026, 6, 1)))
    earning(scale=later).then()


def test_a_scale_is_set_for_what_is_sold_from_a_day_on():
    command = sc.SetScale(product=s.PRODUCT_ID, since=date(2025, 1, 1), percents=(20, 10, 5))
    given().when(command, stream=command.home, consulting=[s.PRODUCT]).then(k.SCALED)
    given(k.SCALED).when(command, stream=command.home, consulting=[s.PRODUCT]).refused(sc.SET_BEFORE)
    later = s.replaced(k.SCALED, since=date(2026, 6, 1), percents=(15,))
    both = folded(Scale, k.SCALED, later)
    assert [both.percent(day, 7) for day in (date(2024, 12, 31), date(2026, 5, 31), date(2026, 6, 1))] == [0, 5, 15]


def test_a_commission_is_shared_before_anything_is_earned():
    share = co.SplitCommission(policy=s.POLICY_ID, shares=k.SHARED.shares)
    given().when(share, consulting=[s.policy(*SOLD)]).then(k.SHARED)
    first, second = earning(k.SHARED).outcome()
    assert [(each.agent, each.amount) for each in (first, second)] == [("AG-7", s.yuan(438)), ("AG-8", s.yuan(292))]
    given(k.EARNED).when(share, consulting=[s.policy(*SOLD)]).refused(co.EARNED_BEFORE)
    half = share.model_copy(update={"shares": share.shares[:1]})
    given().when(half, consulting=[s.policy(*SOLD)]).refused(co.NOT_WHOLE)


def ended(refund: int, ending: Ending = Ending.REQUEST) -> PolicyCancelled:
    return PolicyCancelled(effective_on=date(2026, 7, 1), ending=ending, refund=s.yuan(refund))


LAPSED = PolicyLapsed(effective_on=date(2026, 8, 30), due_on=date(2026, 7, 1))


@pytest.mark.parametrize(("end", "taken"), [(ended(3650, Ending.COOLING_OFF), 730), (ended(1840), 368), (ended(0), 0)])
def test_what_fell_on_premium_given_back_is_taken_back(end, taken):
    attempt = given(k.EARNED).when(BACK, by=SYSTEM, consulting=[s.policy(*SOLD, end)])
    assert sum(each.amount.minor for each in attempt.outcome()) == taken * 100


def test_an_early_lapse_takes_half_back_once_and_a_later_one_nothing():
    lapse = given(k.EARNED).when(BACK, by=SYSTEM, consulting=[s.policy(*SOLD, LAPSED)])
    [taken] = lapse.outcome()
    assert (taken.amount, taken.cause) == (s.yuan(365), co.Cause.LAPSE)
    given(k.EARNED, taken).when(BACK, by=SYSTEM, consulting=[s.policy(*SOLD, LAPSED)]).then()
    late = s.replaced(LAPSED, effective_on=date(2027, 2, 1))
    given(k.EARNED).when(BACK, by=SYSTEM, consulting=[s.policy(*SOLD, late)]).then()
    given(k.EARNED).when(BACK, by=SYSTEM, consulting=[s.policy(*SOLD)]).then()


@whatever(st.lists(st.integers(0, 3650), max_size=4))
def test_never_is_more_taken_back_than_was_earned(refunds):
    history = [k.EARNED]
    for refund in refunds:
        given_back = s.policy(*SOLD, ended(refund))
        history += given(*history).when(BACK, by=SYSTEM, consulting=[given_back]).outcome()
    state = folded(Commission, *history)
    assert all(not balance < s.yuan(0) for balance in state.balances.values())


# -- adjustments ----------------------------------------------------------------------

ASK = co.AskAdjustment(policy=s.POLICY_ID, adjustment="J-1", agent="AG-7", amount=s.yuan(50), reason="helped by AG-7")
APPROVE = co.ApproveAdjustment(policy=s.POLICY_ID, adjustment="J-1")


def test_an_adjustment_needs_two_people():
    given(k.EARNED).when(ASK, by=CASHIER).then(k.TOO_LITTLE)
    after = given(k.EARNED, k.TOO_LITTLE).when(APPROVE, by=s.SECOND).then(k.ADJUSTED)
    assert after.balances == {"AG-7": s.yuan(780)}
    own = Actor("su", Role.SUPERVISOR)
    given(k.EARNED, k.TOO_LITTLE).when(APPROVE, by=own).refused(co.OWN_ADJUSTMENT)
    given(k.EARNED, k.TOO_LITTLE, k.ADJUSTED).when(APPROVE, by=s.SECOND).refused(co.NO_ADJUSTMENT)
    given(k.EARNED, k.TOO_LITTLE, k.ADJUSTED).when(ASK, by=CASHIER).refused(co.ADJUSTED_TWICE)


def test_an_adjustment_is_declined_goes_down_too_and_is_of_somebody_who_earned():
    decline = co.DeclineAdjustment(policy=s.POLICY_ID, adjustment="J-1")
    given(k.EARNED, k.TOO_LITTLE).when(decline, by=s.SECOND).then(k.LEFT)
    given(k.EARNED).when(decline, by=s.SECOND).refused(co.NO_ADJUSTMENT)
    down = ASK.model_copy(update={"down": True})
    given(k.EARNED).when(down, by=CASHIER).then(s.replaced(k.TOO_LITTLE, amount=s.yuan(-50)))
    given().when(ASK, by=CASHIER).refused(co.UNKNOWN_AGENT)


def test_the_ledger_tells_every_movement():
    rows = seen(CommissionLedger, k.EARNED, k.TAKEN, k.TOO_LITTLE, k.ADJUSTED).rows
    assert [(row.booking, row.amount, row.approver) for row in rows] == [
        (Booking.EARNED, 730_00, ""),
        (Booking.TAKEN_BACK, -368_00, ""),
        (Booking.ADJUSTED, 50_00, "sun"),
    ]
    assert commission_of(s.POLICY_ID) == EARN.home
