"""Every rule that gives time: its clock is started and stopped, in time and late, by what it hears."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.calendar import china
from domain.clock import State
from domain.rules.rule import Rule, Unit
from domain.rules.rulebook import THE_LAW
from domain.words import plus_months, plus_years
from tests.rules.clocked import AROSE, CLOCKED, CONTRACTED, heard, run, switched_on

BINDING = [rule for rule in CLOCKED if rule.binds]
OTHERS = [rule for rule in CLOCKED if not rule.binds]
STOPPED = [rule for rule in CLOCKED if rule.clock and rule.clock.stops]


def named(rule: Rule) -> str:
    return rule.id


def on_paper(rule: Rule, paused: int = 0) -> date:
    """The last day, counted on one's fingers from the day after the start; so many days at first do not count."""
    value, unit, rolls = CONTRACTED, Unit.CALENDAR_DAYS, False
    if rule.limit and not (rule.clock and rule.clock.starts[0].limit):
        value, unit, rolls = rule.limit.value, rule.limit.unit, rule.limit.rolls
    if unit in (Unit.MONTHS, Unit.YEARS):
        day = (plus_months if unit is Unit.MONTHS else plus_years)(AROSE, value) + timedelta(paused)
    elif unit in (Unit.HOURS, Unit.WORKING_HOURS):
        # At noon; so many hours later.
        return AROSE + timedelta(hours=12 + value + 24 * paused)
    else:
        day = AROSE + timedelta(paused)
        while value:
            day += timedelta(1)
            value -= unit is not Unit.WORKING_DAYS or china().works_on(day)
    while rolls and unit is not Unit.WORKING_DAYS and not china().works_on(day):
        day += timedelta(1)
    return day


@pytest.mark.parametrize("rule", BINDING, ids=named)
def test_its_clock_starts_with_what_it_hears_and_is_due_on_the_day_counted_on_paper(rule: Rule) -> None:
    clock = run(rule)
    assert clock is not None and clock.state is State.RUNNING
    assert clock.edition == rule.edition
    assert clock.due_on == on_paper(rule)


@pytest.mark.parametrize("rule", [each for each in BINDING if each in STOPPED], ids=named)
def test_what_it_asks_for_is_met_on_the_last_day_and_late_on_the_next(rule: Rule) -> None:
    assert rule.clock
    last = on_paper(rule)
    for stop in rule.clock.stops:
        in_time, late = (run(rule, (day, heard(stop, day))) for day in (last - timedelta(1), last + timedelta(2)))
        assert in_time and in_time.state is State.MET
        assert late and late.state is State.LATE


@pytest.mark.parametrize("rule", [each for each in BINDING if each.clock and each.clock.ends], ids=named)
def test_what_ends_it_leaves_nothing_to_be_met_or_missed(rule: Rule) -> None:
    assert rule.clock
    for end in rule.clock.ends:
        ended = run(rule, (AROSE, heard(end, AROSE)))
        assert ended and ended.state is State.ENDED


@pytest.mark.parametrize("rule", [each for each in BINDING if each.clock and each.clock.pauses], ids=named)
def test_time_that_is_paused_is_not_counted(rule: Rule) -> None:
    assert rule.clock
    [pause, *_], [resume, *_] = rule.clock.pauses, rule.clock.resumes
    paused = run(rule, (AROSE, heard(pause, AROSE)))
    assert paused and paused.state is State.PAUSED and paused.due_on is None
    until = AROSE + timedelta(7)
    resumed = run(rule, (AROSE, heard(pause, AROSE)), (until, heard(resume, until)))
    assert resumed and resumed.due_on == on_paper(rule, paused=7)


@pytest.mark.parametrize("rule", OTHERS, ids=named)
def test_what_does_not_bind_starts_no_clock_until_it_is_switched_on(rule: Rule) -> None:
    assert run(rule) is None
    assert THE_LAW.binding(rule.id, AROSE) is None
    if rule.starts_on <= AROSE <= rule.ends_on:
        on = run(rule, before=[switched_on(rule)])
        assert on is not None and on.state is State.RUNNING
