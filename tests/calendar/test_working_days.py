"""Days that are worked, counted as the State Council's tables have them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import ROUND_THE_CLOCK, china

DAYS = st.dates(date(2004, 1, 1), date(2026, 6, 30))


def by_one() -> dict[date, bool]:
    return {day: chinese_calendar.is_workday(day) for day in days(2004, 2026)}


def by_another() -> dict[date, bool]:
    china_by_year = holidays.country_holidays("CN", years=range(2010, 2027))
    return {day: china_by_year.is_working_day(day) for day in days(2010, 2026)}


def days(first: int, last: int) -> list[date]:
    start, end = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    return [date.fromordinal(number) for number in range(start, end + 1)]


OTHERS = pytest.mark.parametrize("other", [by_one, by_another])
"""Calendars made by others from the same notices, independently of each other and of this one."""


@OTHERS
def test_every_day_that_others_know_to_be_worked_is_worked_here(other: Callable[[], dict[date, bool]]) -> None:
    known = other()
    assert len(known) > 6000
    assert {day for day, works in known.items() if china().works_on(day) is not works} == set()


def slowly(days: Mapping[date, bool], day: date, count: int) -> date:
    """The working day that is so many after, counted on one's fingers."""
    while count:
        day += timedelta(days=1)
        count -= days[day]
    return day


@OTHERS
def test_eight_hundred_answers_are_those_of_two_independent_calendars(other: Callable[[], dict[date, bool]]) -> None:
    known = other()
    ask = random.Random(2026)
    first, last = date(2019, 1, 1), date(2026, 12, 31)
    questions = []
    while len(questions) < 800:
        day, count = first + timedelta(days=ask.randrange((last - first).days)), ask.randrange(1, 90)
        if day + timedelta(days=2 * count + 20) <= last:
            questions.append((day, count))
    wrong = [
        (day, count) for day, count in questions if china().plus_working_days(day, count) != slowly(known, day, count)
    ]
    assert wrong == []


@given(DAYS, st.integers(1, 120))
def test_so_many_working_days_later_there_are_so_many_in_between(day: date, count: int) -> None:
    later = china().plus_working_days(day, count)
    assert china().works_on(later)
    assert china().working_days_between(day, later) == count


@given(DAYS, st.integers(1, 120))
def test_counting_back_undoes_counting_on_from_a_working_day(day: date, count: int) -> None:
    day = china().next_working_day(day)
    assert china().minus_working_days(china().plus_working_days(day, count), count) == day


@given(DAYS, st.integers(1, 60))
def test_so_many_working_days_before_a_day_are_those_counted_back_on_ones_fingers(day: date, count: int) -> None:
    back, left = day, count
    while left:
        back -= timedelta(days=1)
        left -= china().works_on(back)
    assert china().minus_working_days(day, count) == back


@given(DAYS, st.integers(0, 60), st.integers(0, 30))
def test_more_working_days_never_end_earlier_and_a_later_start_never_either(day: date, count: int, more: int) -> None:
    assert china().plus_working_days(day, count) <= china().plus_working_days(day, count + more)
    assert china().plus_working_days(day, count) <= china().plus_working_days(day + timedelta(days=more), count)


def test_a_make_up_sunday_is_worked_and_the_national_days_are_not() -> None:
    assert china().works_on(date(2025, 9, 28))
    assert not any(china().works_on(date(2025, 10, day)) for day in range(1, 9))
    assert china().plus_working_days(date(2025, 9, 30), 1) == date(2025, 10, 9)


def test_the_spring_festival_of_2026_lies_between_two_made_up_saturdays() -> None:
    assert china().works_on(date(2026, 2, 14)) and china().works_on(date(2026, 2, 28))
    assert china().plus_working_days(date(2026, 2, 14), 1) == date(2026, 2, 24)


def test_a_year_not_announced_is_not_known_until_it_is() -> None:
    calendar = china()
    assert calendar.knows(date(2026, 12, 31)) and not calendar.knows(date(2027, 1, 1))
    assert not calendar.knows(date(2003, 12, 31))
    announced = calendar.announcing(2027, off=[date(2027, 1, 1)], worked=[date(2027, 1, 3)])
    assert announced.knows(date(2027, 6, 1)) and not announced.knows(date(2028, 1, 1))
    assert calendar.works_on(date(2027, 1, 1)) and not announced.works_on(date(2027, 1, 1))
    assert announced.works_on(date(2027, 1, 3))
    with pytest.raises(ValueError, match="2029 does not follow"):
        announced.announcing(2029, off=[])


def test_a_company_may_add_days_and_the_later_word_counts() -> None:
    founding = date(2026, 11, 25)
    theirs = china().with_days("house", off=[founding])
    assert not theirs.works_on(founding) and china().works_on(founding)
    assert theirs.with_days("house again", worked=[founding]).works_on(founding)


def test_round_the_clock_every_day_is_worked_and_known() -> None:
    assert ROUND_THE_CLOCK.works_on(date(2027, 2, 6)) and ROUND_THE_CLOCK.knows(date(2027, 2, 6))
    assert ROUND_THE_CLOCK.plus_working_days(date(2027, 2, 6), 10) == date(2027, 2, 16)
