"""How a clock counts: beside a slow one that goes day by day and is obviously right."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import assume
from hypothesis import given as whatever
from hypothesis import strategies as st

from domain.calendar import china
from domain.clock import Clock, Reckoning, State, explained
from domain.measure import measure_of
from domain.rules.rule import Limit, RuleKind, Unit

STARTS = st.dates(date(2024, 1, 1), date(2026, 3, 1))
LIMITS = st.builds(
    Limit,
    st.integers(1, 60),
    st.sampled_from([Unit.CALENDAR_DAYS, Unit.WORKING_DAYS]),
    rolls=st.booleans(),
)
SPANS = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 40)), max_size=4)
"""Pauses: so many days after the start, for so many days."""


def noon(day: date) -> datetime:
    return datetime.combine(day, time(4), UTC)


def clock(since: date, limit: Limit) -> Clock:
    return Clock(
        rule="CLAIM-DECIDE-COMPLEX-30D",
        edition="CLAIM-DECIDE-COMPLEX-30D@2015-04-24",
        kind=RuleKind.DEADLINE,
        limit=limit,
        run=1,
        since=since,
        since_at=noon(since),
        by="ClaimRegistered",
    )


def paused(running: Clock, *spans: tuple[date, date]) -> Clock:
    for since, until in spans:
        running = running.pause(since, noon(since), "DocumentsRequested").resume(until, noon(until))
    return running


def days(since: date, spans: list[tuple[int, int]]) -> list[tuple[date, date]]:
    return [(since + timedelta(after), since + timedelta(after + lasts)) for after, lasts in spans]


def slowly(since: date, limit: Limit, spans: list[tuple[date, date]]) -> date:
    """Day after day: one that is paused, or not worked where working days count, is not crossed off."""
    left, day = limit.value, since
    while left:
        day += timedelta(1)
        stands_still = any(first < day <= last for first, last in spans)
        if not stands_still and (limit.unit is Unit.CALENDAR_DAYS or china().works_on(day)):
            left -= 1
    while limit.rolls and limit.unit is Unit.CALENDAR_DAYS and not china().works_on(day):
        day += timedelta(1)
    return day


@whatever(STARTS, LIMITS, SPANS)
def test_any_pauses_give_the_answer_of_the_slow_counter(
    since: date, limit: Limit, spans: list[tuple[int, int]]
) -> None:
    pauses = days(since, spans)
    assert paused(clock(since, limit), *pauses).dated(china()).due_on == slowly(since, limit, pauses)


@whatever(STARTS, LIMITS, SPANS.filter(lambda spans: len(spans) < 4))
def test_the_order_in_which_pauses_became_known_does_not_matter(
    since: date, limit: Limit, spans: list[tuple[int, int]]
) -> None:
    orders = permutations(days(since, spans))
    assert len({paused(clock(since, limit), *order).dated(china()).due_on for order in orders}) == 1


@whatever(STARTS, LIMITS, SPANS, st.integers(0, 60), st.integers(0, 30))
def test_one_more_pause_never_shortens_the_time_that_is_left(
    since: date, limit: Limit, spans: list[tuple[int, int]], after: int, lasts: int
) -> None:
    before = paused(clock(since, limit), *days(since, spans)).dated(china())
    later = paused(before, *days(since, [(after, lasts)])).dated(china())
    assert before.due_on and later.due_on and before.due_on <= later.due_on


@whatever(STARTS, LIMITS, SPANS)
def test_what_is_explained_as_counted_adds_up_to_the_limit(
    since: date, limit: Limit, spans: list[tuple[int, int]]
) -> None:
    running = paused(clock(since, limit), *days(since, spans)).dated(china())
    told = explained(running, china())
    assert sum(each.counted for each in told) == limit.value
    assert all(before.last == after.first for before, after in pairwise(told))
    assert date.fromordinal(told[-1].last) == running.due_on
    assert told[0].reckoning is Reckoning.START_DAY


@whatever(STARTS, LIMITS, st.integers(0, 59), SPANS)
def test_what_was_counted_before_a_pause_that_goes_on_is_not_counted_again(
    since: date, limit: Limit, after: int, spans: list[tuple[int, int]]
) -> None:
    stopped = since + timedelta(after)
    going_on = clock(since, limit).pause(stopped, noon(stopped), "DocumentsRequested").dated(china())
    counted = sum(each.counted for each in explained(going_on, china()))
    assume(counted < limit.value)
    assert going_on.due_on is None and going_on.state is State.PAUSED
    until = stopped + timedelta(9)
    resumed = going_on.resume(until, noon(until)).dated(china())
    measure = measure_of(limit.unit, china())
    plain = Limit(limit.value, limit.unit, rolls=False)
    due = clock(since, plain).pause(stopped, noon(stopped), "x").resume(until, noon(until)).dated(china()).due_on
    assert due and measure.between(until.toordinal(), due.toordinal()) == limit.value - counted
    assert resumed.due_on and resumed.due_on >= due


@whatever(STARTS, LIMITS, SPANS, st.integers(0, 30), st.integers(0, 90))
def test_what_is_paused_once_it_is_over_stays_due_when_it_was(
    since: date, limit: Limit, spans: list[tuple[int, int]], late: int, lasts: int
) -> None:
    over = paused(clock(since, limit), *days(since, spans)).dated(china())
    assert over.due_on
    stopped = over.due_on + timedelta(late)
    held = over.pause(stopped, noon(stopped), "DocumentsRequested").dated(china())
    assert (held.due_on, held.state) == (over.due_on, State.RUNNING)
    assert explained(held, china()) == explained(over, china())
    until = stopped + timedelta(lasts)
    assert held.resume(until, noon(until)).dated(china()).due_on == over.due_on
    assert held.stop(until, noon(until), "ClaimApproved").dated(china()).is_late is (until > over.due_on)


@whatever(STARTS, LIMITS, st.integers(0, 80), st.integers(0, 90))
def test_what_is_done_while_it_is_paused_is_done_in_time(since: date, limit: Limit, after: int, lasts: int) -> None:
    stopped, done = since + timedelta(after), since + timedelta(after + lasts)
    held = clock(since, limit).pause(stopped, noon(stopped), "DocumentsRequested").dated(china())
    assume(held.state is State.PAUSED)
    met = held.stop(done, noon(done), "ClaimApproved").dated(china())
    assert met.state is State.MET and met.due_on and met.due_on >= done
    assert sum(each.counted for each in explained(met, china())) == limit.value


def test_what_is_extended_by_a_month_ends_on_the_corresponding_day() -> None:
    limit = Limit(1, Unit.MONTHS, rolls=False)
    longer = clock(date(2026, 1, 31), limit).but(extended=1).dated(china())
    assert longer.due_on == date(2026, 3, 31)
    assert clock(date(2026, 3, 2), Limit(24, Unit.HOURS)).but(extended=2).dated(china()).due_at == noon(
        date(2026, 3, 3)
    ) + timedelta(hours=2)


def test_thirty_days_from_the_second_of_march_end_on_the_first_of_april() -> None:
    assert clock(date(2026, 3, 2), Limit(30, Unit.CALENDAR_DAYS)).dated(china()).due_on == date(2026, 4, 1)


def test_a_month_ends_on_the_corresponding_day_or_the_last() -> None:
    limit = Limit(1, Unit.MONTHS, rolls=False)
    assert clock(date(2026, 1, 31), limit).dated(china()).due_on == date(2026, 2, 28)
    assert clock(date(2024, 2, 29), Limit(1, Unit.YEARS, rolls=False)).dated(china()).due_on == date(2025, 2, 28)


def test_a_last_day_in_the_national_holidays_moves_to_the_first_day_worked() -> None:
    assert clock(date(2025, 9, 1), Limit(30, Unit.CALENDAR_DAYS)).dated(china()).due_on == date(2025, 10, 9)
    natural = Limit(30, Unit.CALENDAR_DAYS, rolls=False)
    assert clock(date(2025, 9, 1), natural).dated(china()).due_on == date(2025, 10, 1)


def test_a_period_is_over_at_midnight_of_its_last_day_in_shanghai() -> None:
    due = clock(date(2026, 3, 2), Limit(3, Unit.CALENDAR_DAYS)).dated(china())
    assert due.due_at == datetime(2026, 3, 5, 16, tzinfo=UTC)


def test_hours_count_from_the_instant_itself() -> None:
    due = clock(date(2026, 3, 2), Limit(24, Unit.HOURS)).dated(china())
    assert due.due_at == noon(date(2026, 3, 3))


def test_what_falls_into_a_year_not_announced_is_provisional_and_is_not_once_it_is() -> None:
    running = clock(date(2026, 12, 20), Limit(15, Unit.WORKING_DAYS)).dated(china())
    assert running.provisional and running.due_on == date(2027, 1, 8)
    announced = china().announcing(2027, off=[date(2027, 1, 1)], worked=[date(2027, 1, 3)])
    certain = running.dated(announced)
    assert not certain.provisional and certain.due_on == date(2027, 1, 8)
    longer = running.dated(china().announcing(2027, off=[date(2027, 1, 1), date(2027, 1, 4)]))
    assert longer.due_on == date(2027, 1, 12)


def test_natural_days_that_do_not_roll_are_certain_in_any_year() -> None:
    natural = Limit(30, Unit.CALENDAR_DAYS, rolls=False)
    assert not clock(date(2026, 12, 20), natural).dated(china()).provisional


def test_hours_of_the_day_and_night_are_certain_in_any_year() -> None:
    assert not clock(date(2027, 3, 2), Limit(24, Unit.HOURS)).dated(china()).provisional
    assert clock(date(2027, 3, 2), Limit(24, Unit.WORKING_HOURS)).dated(china()).provisional


def test_what_begins_before_the_first_year_announced_is_provisional_too() -> None:
    working, natural = Limit(10, Unit.WORKING_DAYS), Limit(10, Unit.CALENDAR_DAYS)
    assert clock(date(2003, 12, 29), working).dated(china()).provisional
    assert not clock(date(2004, 1, 5), working).dated(china()).provisional
    assert clock(date(2003, 12, 15), natural).dated(china()).provisional
    assert not clock(date(2003, 12, 29), natural).dated(china()).provisional


@pytest.mark.parametrize(("done", "state"), [(date(2026, 4, 1), State.MET), (date(2026, 4, 2), State.LATE)])
def test_what_is_done_on_the_last_day_is_done_in_time(done: date, state: State) -> None:
    due = clock(date(2026, 3, 2), Limit(30, Unit.CALENDAR_DAYS)).dated(china())
    assert due.stop(done, noon(done), "ClaimApproved").dated(china()).state is state


def test_new_facts_count_anew_and_an_open_pause_goes_on() -> None:
    limit = Limit(15, Unit.CALENDAR_DAYS, rolls=False)
    since, anew = date(2026, 3, 2), date(2026, 3, 10)
    assert clock(since, limit).restart(anew, noon(anew)).dated(china()).due_on == date(2026, 3, 25)
    waiting = clock(since, limit).pause(date(2026, 3, 5), noon(date(2026, 3, 5)), "x").restart(anew, noon(anew))
    assert waiting.paused
    until = date(2026, 3, 20)
    assert waiting.resume(until, noon(until)).dated(china()).due_on == date(2026, 4, 4)
