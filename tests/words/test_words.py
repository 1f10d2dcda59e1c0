"""Money, periods and dates count the way the business and the Civil Code count."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from domain.words import Money, OtherCurrency, Period, Role, Term, plus_days, plus_months, plus_years, tell, total
from tests.samples import usd, yuan

AMOUNTS = st.integers(-(10**12), 10**12).map(Money)


@pytest.mark.parametrize(
    ("written", "minor"),
    [("0", 0), ("1", 100), ("0.01", 1), ("0.004", 0), ("0.005", 1), ("0.015", 2), ("0.025", 3), ("-0.005", -1)],
)
def test_money_is_read_half_up_to_the_minor_unit(written, minor):
    assert Money.of(written).minor == minor


@pytest.mark.parametrize(
    ("minor", "part", "whole", "share"),
    [(100, 1, 3, 33), (100, 2, 3, 67), (1, 1, 2, 1), (3, 1, 2, 2), (5, 1, 2, 3), (-1, 1, 2, -1), (7, 0, 5, 0)],
)
def test_a_share_is_rounded_half_up(minor, part, whole, share):
    assert Money(minor).share(part, whole) == Money(share)


def test_a_share_of_the_largest_amount_is_exact():
    largest = Money(2**53)
    assert largest.share(365 * 10**12 + 1, 365 * 10**12) == Money(2**53 + 25)


@whatever(AMOUNTS, AMOUNTS, AMOUNTS)
def test_money_adds_up_in_any_order(a, b, c):
    assert (a + b) + c == a + (b + c) == total([c, b, a])
    assert a - b == -(b - a)
    assert (a < b) == (b > a) == (not b <= a)


@pytest.mark.parametrize("act", [Money.__add__, Money.__sub__, Money.__lt__, Money.__le__])
def test_currencies_do_not_mix(act):
    with pytest.raises(OtherCurrency):
        act(yuan(1), usd(1))


def test_nothing_has_every_currency():
    assert yuan(0) + usd(1) == usd(1) + yuan(0) == usd(1)
    assert yuan(0) < usd(1)
    assert not usd(0)


def test_the_total_of_nothing_is_zero_in_the_currency_asked_for():
    assert total([]) == yuan(0)
    assert total([], "USD") == usd(0)
    assert total([usd(1), usd(2)]) == usd(3)


def test_money_is_told_with_its_currency():
    assert str(yuan("1234567.5")) == "CNY 1,234,567.50"
    assert str(-usd("0.05")) == "USD -0.05"


MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("day", "inside", "left"),
    [
        (date(2026, 2, 28), False, 31),
        (date(2026, 3, 1), True, 31),
        (date(2026, 3, 2), True, 30),
        (date(2026, 3, 31), True, 1),
        (date(2026, 4, 1), False, 0),
    ],
)
def test_a_period_counts_both_its_first_day_and_its_last(day, inside, left):
    assert (day in MARCH) is inside
    assert MARCH.days_left(day) == left


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "days"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 365),
        (date(2028, 1, 1), date(2028, 12, 31), 366),
        (date(2026, 1, 1), date(2026, 1, 1), 1),
        (date(2026, 1, 2), date(2026, 1, 1), 0),
    ],
)
def test_days_of_a_period(starts_on, ends_on, days):
    assert Period(starts_on, ends_on).days == days


def test_a_period_that_runs_backwards_has_no_days_left():
    assert Period(date(2026, 1, 9), date(2026, 1, 1)).days_left(date(2026, 1, 5)) == 0


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 5, 15), 0, date(2026, 5, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_some_months_on_is_the_same_day_or_the_last_of_the_month(day, months, then):
    assert plus_months(day, months) == then


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 6, 30), 2, date(2028, 6, 30)),
    ],
)
def test_some_years_on_is_the_same_day_or_the_last_of_the_month(day, years, then):
    assert plus_years(day, years) == then


@whatever(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(0, 1200))
def test_months_never_skip_a_month(day, months):
    then = plus_months(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day == day.day or plus_days(then, 1).day == 1


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (Role.AGENT, "代理人", "agent"),
        ((Role.AGENT, Role.CUSTOMER), "代理人、客户", "agent, customer"),
        (None, "—", "—"),
        (yuan(1), "CNY 1.00", "CNY 1.00"),
    ],
)
def test_values_are_told_in_the_words_of_a_language(value, zh, en):
    assert (tell(value, "zh"), tell(value, "en")) == (zh, en)


def test_a_term_is_its_code():
    assert isinstance(Role.AGENT, Term)
    assert Role("agent") is Role.AGENT
    assert Role.AGENT == "agent"
