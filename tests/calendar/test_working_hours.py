"""Hours that are worked: windows within a day, and none at night."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import ROUND_THE_CLOCK, china

INSTANTS = st.integers(1_735_689_600, 1_782_777_600).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), china().zone)


def test_eight_hours_reach_over_lunch_and_the_night() -> None:
    friday = date(2026, 3, 6)
    assert china().plus_working_seconds(at(friday, 10), 8 * 3600) == at(date(2026, 3, 9), 10)
    assert china().plus_working_seconds(at(friday, 10), 3 * 3600) == at(friday, 14)


def test_what_is_asked_at_night_begins_in_the_morning() -> None:
    assert china().plus_working_seconds(at(date(2026, 3, 7), 23), 3600) == at(date(2026, 3, 9), 10)


def test_a_day_may_have_hours_of_its_own() -> None:
    short = date(2026, 2, 13)
    calendar = replace(china(), name="eve", odd={short: ((time(9), time(11)),)})
    assert calendar.working_seconds_between(at(short, 0), at(date(2026, 2, 14), 0)) == 2 * 3600
    assert calendar.plus_working_seconds(at(short, 10), 2 * 3600) == at(date(2026, 2, 14), 10)


@given(INSTANTS, st.integers(1, 300_000))
def test_so_much_later_so_much_was_worked(start: datetime, seconds: int) -> None:
    later = china().plus_working_seconds(start, seconds)
    assert later > start
    # Instants are counted in whole seconds; each window may lose the rest of one.
    assert abs(china().working_seconds_between(start, later) - seconds) <= 1


@given(INSTANTS, st.integers(1, 300_000))
def test_round_the_clock_time_is_time(start: datetime, seconds: int) -> None:
    assert ROUND_THE_CLOCK.plus_working_seconds(start, seconds) == start + timedelta(seconds=seconds)
