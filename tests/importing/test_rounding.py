"""Amounts with fractions of a cent: rounded each for itself, or so that the total of the column stands."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from application.importing.plan import Plan
from application.importing.table import Line
from domain.words import Money
from tests.importing.source import HEADER, shop, with_

PLAN = Plan(shop(), HEADER)
AMOUNTS = st.lists(st.decimals(min_value=0, max_value=10**9, places=6), max_size=40)


def carried(amounts: list[Decimal]) -> list[int]:
    lines = [Line(number, with_(Cost=f"{amount}")) for number, amount in enumerate(amounts, 2)]
    return [row.carried["cost"] for row in PLAN.carrying(lines)]


@given(AMOUNTS)
def test_the_total_of_a_column_that_carries_is_exact_to_the_cent(amounts: list[Decimal]) -> None:
    exact = sum(amounts, Decimal(0)) * 100
    assert abs(sum(carried(amounts)) - exact) <= Decimal("0.5")


@given(AMOUNTS)
def test_the_total_is_exact_after_every_row_so_every_file_may_end_anywhere(amounts: list[Decimal]) -> None:
    whole = carried(amounts)
    for end in range(len(amounts)):
        assert carried(amounts[:end]) == whole[:end]


@given(AMOUNTS)
def test_no_amount_moves_by_more_than_a_cent_and_none_falls_below_zero(amounts: list[Decimal]) -> None:
    for amount, minor in zip(amounts, carried(amounts), strict=True):
        assert minor >= 0
        assert abs(minor - amount * 100) <= 1


@given(AMOUNTS, st.integers(0, 10**9))
def test_an_amount_of_whole_cents_stays_as_it_is(amounts: list[Decimal], cents: int) -> None:
    assert carried([*amounts, Decimal(cents) / 100])[-1] == cents


@given(AMOUNTS)
def test_no_amount_is_carried_beyond_the_next_whole_cent_such_as_a_limit(amounts: list[Decimal]) -> None:
    for amount, minor in zip(amounts, carried(amounts), strict=True):
        assert minor <= (amount * 100).to_integral_value(ROUND_CEILING)


def test_a_row_that_cannot_be_read_carries_nothing_and_takes_nothing() -> None:
    lines = [Line(2, with_(Cost="0.004")), Line(3, with_(Cost="x")), Line(4, ("short",)), Line(5, with_(Cost="0.004"))]
    assert [row.carried.get("cost") for row in PLAN.carrying(lines)] == [0, None, None, 1]


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_without_carrying_an_amount_is_rounded_half_up(amount: Decimal) -> None:
    [row] = PLAN.carrying([Line(2, with_(Premium=f"{amount}"))])
    values, wrong = PLAN.values(row)
    assert not wrong
    assert values["premium"] == Money(int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP)), "EUR")
