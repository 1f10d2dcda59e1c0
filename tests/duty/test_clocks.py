"""The clock of a duty, counted from the days that people say, not from those on which they say it."""

from __future__ import annotations

from datetime import date

from domain.clock import Clock, State
from domain.docket.clocks import clocks
from domain.duty import DutyArose, DutyDischarged, DutyDropped, DutyPaused, DutyResumed
from domain.kernel import Event, Recorded
from tests.rows import happened, in_order

RULE = "PROD-FILING-10WD"
PAUSED = DutyPaused(paused_on=date(2026, 3, 5), reason="the regulator asked for more")


def of_march(day: int) -> date:
    return date(2026, 3, day)


def told_on(day: int, event: Event) -> Recorded:
    return happened(event, on=of_march(day))


def clock_of(*later: Recorded, rule: str = RULE) -> Clock:
    """The clock of a duty that arose on Monday, the second of March, and was entered two days later."""
    arose = DutyArose(number="D202600000001", rule=rule, arose_on=of_march(2), about="HLT-9", owner="han")
    [clock] = clocks(in_order(told_on(4, arose), *later))
    return clock


def test_ten_working_days_are_counted_from_the_day_it_arose_however_late_it_was_entered() -> None:
    assert clock_of().due_on == of_march(16)
    assert clock_of().state is State.RUNNING


def test_time_stands_still_from_the_day_it_was_paused_to_that_on_which_it_was_resumed() -> None:
    stopped = clock_of(told_on(9, PAUSED))
    assert (stopped.state, stopped.due_on) == (State.PAUSED, None)
    # Three working days up to the fifth are counted, the sixth to the eleventh are not, seven more follow.
    resumed = clock_of(told_on(9, PAUSED), told_on(20, DutyResumed(resumed_on=of_march(11))))
    assert resumed.due_on == of_march(20)


def test_what_was_done_in_time_is_met_though_it_was_entered_late() -> None:
    met = clock_of(told_on(25, DutyDischarged(done_on=of_march(16), evidence="CN-7")))
    late = clock_of(told_on(25, DutyDischarged(done_on=of_march(17), evidence="CN-7")))
    assert (met.state, late.state) == (State.MET, State.LATE)


def test_what_is_discharged_while_it_is_paused_is_met_and_what_is_dropped_is_neither() -> None:
    discharged = told_on(30, DutyDischarged(done_on=of_march(30), evidence="CN-7"))
    assert clock_of(told_on(5, PAUSED), discharged).state is State.MET
    assert clock_of(told_on(6, DutyDropped(reason="never put on sale"))).state is State.ENDED


def test_a_pause_entered_after_the_last_day_does_not_hide_that_it_was_missed() -> None:
    missed = clock_of(told_on(18, DutyPaused(paused_on=of_march(17), reason="busy")))
    assert (missed.state, missed.due_on) == (State.RUNNING, of_march(16))
