"""What is insured on a day, what falls due when, and what is owed: the questions a policy answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as st

from domain.policy import service
from domain.policy.contract import Due, Step, premium_for, schedule
from domain.words import LAST_DAY, Money, Period, total
from tests.policy.test_service import HALVES, LAPSED, MID, REINSTATED, RENEWED, SECOND_HALF, cancelled, endorsed
from tests.samples import MILLION, TERMS, TWO_MILLION, YEAR, hospital, in_force, of_policy, policy, replaced, yuan

MARCH, LAST = date(2026, 3, 1), date(2026, 12, 31)
DAY = timedelta(1)
SMALL = (hospital(500_000),)
STORY = (*HALVES, LAPSED, SECOND_HALF, REINSTATED)


@pytest.mark.parametrize(
    ("history", "day", "sums"),
    [
        (in_force(), date(2025, 12, 31), None),
        (in_force(), date(2026, 1, 1), MILLION),
        (in_force(), LAST, MILLION),
        (in_force(), LAST + DAY, None),
        (in_force()[:-1], MID, None),
        (in_force(endorsed()), MID - DAY, MILLION),
        (in_force(endorsed()), MID, TWO_MILLION),
        (in_force(endorsed(), endorsed(MARCH, SMALL)), MARCH, SMALL),
        (in_force(endorsed(), endorsed(MARCH, SMALL)), MID, TWO_MILLION),
        (in_force(endorsed(), endorsed(MID, SMALL)), MID, SMALL),
        (in_force(RENEWED), LAST + DAY, MILLION),
        (in_force(RENEWED), date(2027, 12, 31), MILLION),
        (in_force(RENEWED), date(2028, 1, 1), None),
        (in_force(endorsed(), RENEWED), MID - DAY, MILLION),
        (in_force(endorsed(), RENEWED), LAST + DAY, TWO_MILLION),
        (in_force(RENEWED, endorsed()), LAST + DAY, MILLION),
        ((*HALVES, LAPSED), LAPSED.effective_on - DAY, MILLION),
        ((*HALVES, LAPSED), LAPSED.effective_on, None),
        ((*HALVES, RENEWED, LAPSED), LAST + DAY, None),
        (STORY, REINSTATED.effective_on - DAY, None),
        (STORY, REINSTATED.effective_on, MILLION),
        ((*STORY, endorsed(date(2026, 9, 10))), REINSTATED.effective_on, TWO_MILLION),
        (in_force(cancelled()), MID - DAY, MILLION),
        (in_force(cancelled()), MID, None),
        (in_force(RENEWED, cancelled()), LAST + DAY, None),
        ((*HALVES, cancelled(date(2026, 9, 1)), LAPSED, REINSTATED), REINSTATED.effective_on, None),
    ],
)
def test_what_is_insured_on_a_day(history, day, sums):
    cover = policy(*history).cover_on(day)
    assert (cover and cover.sums) == sums


def test_every_transaction_of_the_contract_is_numbered_in_the_order_it_was_made():
    stack = policy(*STORY, endorsed(MARCH), RENEWED, cancelled(LAST)).stack
    assert [entry.number for entry in stack] == [1, 2, 3, 4, 5, 6]
    assert [entry.step for entry in stack] == [
        Step.ISSUE,
        Step.LAPSE,
        Step.REINSTATEMENT,
        Step.ENDORSEMENT,
        Step.RENEWAL,
        Step.CANCELLATION,
    ]


def test_a_cover_names_its_sums():
    cover = policy(*in_force()).cover_on(MID)
    assert cover.sum("HOSPITAL") == MILLION[0]
    assert cover.sum("DENTAL") is None


@pytest.mark.parametrize(
    ("history", "lapsed_on"),
    [
        (HALVES, None),
        ((*HALVES, LAPSED), LAPSED.effective_on),
        ((*HALVES, LAPSED, endorsed(date(2026, 8, 1))), LAPSED.effective_on),
        (STORY, None),
    ],
)
def test_since_when_the_cover_is_suspended(history, lapsed_on):
    assert policy(*history).lapsed_on == lapsed_on


# -- instalments ----------------------------------------------------------------------


@whatever(
    starts_on=st.dates(date(1900, 1, 1), LAST_DAY),
    days=st.integers(0, 36_500),
    minor=st.integers(0, 10**12),
    instalments=st.integers(1, 12),
)
def test_instalments_always_add_up_to_the_premium_and_fall_due_within_the_period(starts_on, days, minor, instalments):
    period = Period(starts_on, starts_on + timedelta(days))
    dues = list(schedule(period, Money(minor), instalments))
    assert total(due.amount for due in dues) == Money(minor)
    assert len(dues) == instalments
    assert all(due.due_on in period for due in dues)
    assert dues == sorted(dues, key=lambda due: due.due_on)
    assert dues[0].amount.minor >= max(due.amount.minor for due in dues)


def test_the_first_instalment_carries_what_does_not_divide():
    quarters = list(schedule(YEAR, yuan("100.03"), 4))
    assert quarters[0] == Due(date(2026, 1, 1), yuan("25.03"))
    assert quarters[1:] == [Due(date(2026, month, 1), yuan("25.00")) for month in (4, 7, 10)]


@pytest.mark.parametrize(
    ("history", "day", "since", "owed"),
    [
        (HALVES, MID - DAY, None, 0),
        (HALVES, MID, None, 1825),
        (HALVES, MID + DAY, MID, 1825),
        ((*HALVES, SECOND_HALF), LAST, None, 0),
        ((*HALVES, replaced(SECOND_HALF, amount=yuan("1824.99"))), LAST, MID, "0.01"),
        (in_force(endorsed()), MID, None, 1840),
        (in_force(endorsed()), LAST, MID, 1840),
        ((*HALVES, endorsed(sums=SMALL, difference=-920)), LAST, MID, 905),
        ((*HALVES, endorsed(sums=SMALL, difference=-1825)), LAST, None, 0),
        ((*HALVES, endorsed(date(2026, 8, 1), SMALL, -1900)), date(2026, 8, 1), MID, 0),
        ((*HALVES, endorsed(date(2026, 8, 1), SMALL, -1900)), date(2026, 8, 2), None, 0),
        (in_force(RENEWED), date(2027, 1, 2), date(2027, 1, 1), 3650),
    ],
)
def test_what_is_overdue_and_owed_on_a_day(history, day, since, owed):
    state = policy(*history)
    assert state.overdue_since(day) == since
    assert state.owed_on(day) == yuan(owed)


@whatever(st.lists(st.tuples(st.integers(-300, 300), st.integers(-500, 500)), max_size=6), st.integers(-300, 300))
def test_something_is_overdue_exactly_when_something_was_owed_the_day_before(changes, day):
    endorsements = (endorsed(MID + timedelta(at), difference=by) for at, by in changes)
    state = policy(*HALVES, *endorsements)
    today = MID + timedelta(day)
    assert (state.overdue_since(today) is not None) == bool(state.owed_on(today - DAY))


CHANGES = st.lists(st.tuples(st.integers(0, 364), st.sampled_from([SMALL, MILLION, TWO_MILLION])), max_size=5)


@settings(max_examples=25, deadline=None)
@whatever(CHANGES)
def test_what_falls_due_is_what_the_days_cost_in_whatever_order_the_contract_was_changed(changes):
    history = in_force()
    for day, sums in changes:
        command = service.EndorsePolicy(effective_on=YEAR.starts_on + timedelta(day), sums=sums, reason="x")
        history += tuple(of_policy(*history).when(command).outcome())
    state = policy(*history)
    days = (YEAR.starts_on + timedelta(n) for n in range(YEAR.days))
    assert total(due.amount for due in state.dues) == total(
        premium_for(TERMS, state.cover_on(day).sums, 1) for day in days
    )
