"""How long a complaint may take, beside a slow counter that crosses off day after day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as st

from domain.claim.state import Claim
from domain.clock import Clock, State
from domain.complaint import events as e
from domain.complaint import handling, period
from domain.complaint.state import Complaint
from domain.complaint.words import Break, Finding, NoComplaint, Resumption, Special, Way
from domain.docket.clocks import clocks
from domain.kernel import CALENDAR_ZONE, Command, Event, Recorded, Refused
from domain.rules.law import law
from domain.words import SYSTEM
from tests.complaint import told as t
from tests.kit import STREAM, folded, given, going_on
from tests.rules.clocked import switched_on

LIMITS = {"CPL-DECIDE-15D": 15, "CPL-DECIDE-30D": 30, "CPL-DECIDE-60D": 60}


def recorded(happened: Sequence[tuple[date, Event]]) -> list[Recorded]:
    """What became known in one complaint, on which day."""
    told = []
    for version, (day, event) in enumerate(happened, 1):
        noon = datetime.combine(day, time(12), CALENDAR_ZONE)
        envelope = {"recorded_at": noon, "occurred_at": noon, "actor": SYSTEM, "command": UUID(int=version)}
        told.append(
            Recorded(stream=STREAM, version=version, correlation=UUID(int=0), event=event, position=version, **envelope)
        )
    return told


def latest(rule: str, *events: Event) -> Clock | None:
    """The last run of that rule's clock; each event became known on the day that it names."""
    happened = [(_day(event), event) for event in events]
    return next((clock for clock in reversed(clocks(recorded(happened))) if clock.rule == rule), None)


def _day(event: Event) -> date:
    days = (value for name in event.__struct_fields__ if isinstance(value := getattr(event, name), date))
    return next(days, t.march(2))


def open_clocks(*events: Event) -> dict[str, date | None]:
    happened = [(_day(event), event) for event in events]
    return {clock.rule: clock.due_on for clock in clocks(recorded(happened)) if clock.open and clock.rule in LIMITS}


# -- the steps of the law -------------------------------------------------------------


def test_a_simple_complaint_is_decided_and_told_in_fifteen_natural_days_from_receipt():
    assert open_clocks(*t.IN_HAND) == {"CPL-DECIDE-15D": t.march(17)}


def test_a_complex_one_in_thirty_in_all():
    assert open_clocks(*t.IN_HAND, t.COMPLEX) == {"CPL-DECIDE-30D": date(2026, 4, 1)}


def test_a_prolonged_one_in_sixty_in_all_and_not_before_the_complainant_was_told():
    asked_and_approved = (*t.IN_HAND, t.COMPLEX, t.ASKED, t.APPROVED)
    assert open_clocks(*asked_and_approved) == {"CPL-DECIDE-30D": date(2026, 4, 1)}
    assert open_clocks(*asked_and_approved, t.PROLONGED) == {"CPL-DECIDE-60D": date(2026, 5, 1)}


@pytest.mark.parametrize(("told_on", "state"), [(17, State.MET), (18, State.LATE)])
def test_it_is_the_telling_that_stops_the_clock_and_not_the_decision(told_on, state):
    answered = e.ComplaintAnswered(
        told_on=t.march(told_on), way=Way.POSTED, evidence="EMS-1", contents=(), finding=Finding.UPHELD, branch=True
    )
    assert open_clocks(*t.IN_HAND, t.DECIDED) == {"CPL-DECIDE-15D": t.march(17)}
    clock = latest("CPL-DECIDE-15D", *t.IN_HAND, t.DECIDED, answered)
    assert clock and clock.state is state


def test_mediation_and_appraisal_are_not_counted():
    assert open_clocks(*t.IN_HAND, t.paused(5)) == {"CPL-DECIDE-15D": None}
    assert open_clocks(*t.IN_HAND, t.paused(5), t.resumed(9)) == {"CPL-DECIDE-15D": t.march(21)}
    twice = (t.paused(5), t.resumed(9), t.paused(12, Break.APPRAISAL), t.resumed(14, Break.APPRAISAL))
    assert open_clocks(*t.IN_HAND, *twice) == {"CPL-DECIDE-15D": t.march(23)}


def test_time_that_stood_still_is_not_counted_by_a_longer_limit_either():
    stood = (*t.IN_HAND, t.paused(5), t.resumed(9))
    assert open_clocks(*stood, t.COMPLEX) == {"CPL-DECIDE-30D": date(2026, 4, 5)}
    assert open_clocks(*stood, t.COMPLEX, t.PROLONGED) == {"CPL-DECIDE-60D": date(2026, 5, 5)}


def test_a_longer_limit_that_comes_while_time_stands_still_waits_for_it_to_go_on():
    still = (*t.IN_HAND, t.paused(5), t.COMPLEX)
    assert open_clocks(*still) == {"CPL-DECIDE-30D": None}
    assert open_clocks(*still, t.resumed(9)) == {"CPL-DECIDE-30D": date(2026, 4, 5)}


def test_new_facts_count_anew_and_mediation_goes_on():
    assert open_clocks(*t.IN_HAND, t.new_facts(10)) == {"CPL-DECIDE-15D": t.march(25)}
    assert open_clocks(*t.IN_HAND, t.COMPLEX, t.new_facts(10)) == {"CPL-DECIDE-30D": date(2026, 4, 9)}
    still = (*t.IN_HAND, t.paused(5), t.new_facts(10))
    assert open_clocks(*still) == {"CPL-DECIDE-15D": None}
    assert open_clocks(*still, t.resumed(12)) == {"CPL-DECIDE-15D": t.march(27)}


def test_new_facts_take_a_prolongation_back_to_the_thirty_days_of_a_complex_complaint():
    prolonged = (*t.IN_HAND, t.COMPLEX, t.PROLONGED)
    assert open_clocks(*prolonged, t.new_facts(28, prolonged=True)) == {"CPL-DECIDE-30D": date(2026, 4, 27)}
    still = (*prolonged, t.paused(27), t.new_facts(28, prolonged=True))
    assert open_clocks(*still) == {"CPL-DECIDE-30D": None}
    assert open_clocks(*still, t.resumed(30)) == {"CPL-DECIDE-30D": date(2026, 4, 29)}


def test_the_same_again_with_nothing_new_moves_no_clock():
    again = e.ComplaintRepeated(received_on=t.march(10), channel=t.RECEIVED.channel)
    assert open_clocks(*t.IN_HAND, again) == open_clocks(*t.IN_HAND)


@pytest.mark.parametrize("before", [t.IN_HAND, (*t.IN_HAND, t.COMPLEX), (*t.IN_HAND, t.COMPLEX, t.PROLONGED)])
@pytest.mark.parametrize(
    "end",
    [
        e.ComplaintWithdrawn(withdrawn_on=t.march(28)),
        e.ComplaintDeclined(ground=NoComplaint.NOT_RAISED, told_on=t.march(28)),
    ],
)
def test_withdrawal_ends_every_clock_the_same_day(before, end):
    assert open_clocks(*before, end) == {}
    runs = clocks(recorded([(t.march(28), each) for each in (*before, end)]))
    assert runs[-1].state is State.ENDED and runs[-1].stopped_on == t.march(28)


def test_a_complaint_opened_again_has_fifteen_days_anew():
    reopened = e.ComplaintReopened(ground=Resumption.ERROR, reopened_on=t.march(20))
    assert open_clocks(*t.TOLD, t.CLOSED, reopened) == {"CPL-DECIDE-15D": date(2026, 4, 4)}


def test_a_branchs_decision_may_be_reviewed_for_thirty_days_after_it_arrived():
    window = latest("CPL-REVIEW-APPLY-30D", *t.TOLD, t.ARRIVED)
    assert window and window.due_on == date(2026, 4, 12)
    head_office = e.AnswerArrived(arrived_on=t.march(13), branch=False)
    assert latest("CPL-REVIEW-APPLY-30D", *t.TOLD, head_office) is None
    reviewing = latest("CPL-REVIEW-DECIDE-30D", *t.TOLD, t.ARRIVED, t.REVIEW_ASKED)
    assert reviewing and reviewing.due_on == date(2026, 4, 19)
    over = latest("CPL-REVIEW-DECIDE-30D", *t.TOLD, t.ARRIVED, t.REVIEW_ASKED, t.REVIEWED, t.REVIEW_ANSWERED)
    assert over and over.state is State.MET


def test_the_ten_working_days_of_old_do_not_bind_until_the_insurer_promises_them():
    rule = "CPL-LIFE-10WD"
    assert latest(rule, *t.IN_HAND) is None
    [promised] = [each for each in clocks(_promising(rule)) if each.rule == rule]
    assert promised.due_on == t.march(17)


def _promising(rule: str) -> list[Recorded]:
    day, adopted, stream = switched_on(next(each for each in law() if each.id == rule))
    known = recorded([(day, adopted), *((t.march(3), event) for event in t.IN_HAND)])
    return [known[0].but(stream=stream), *known[1:]]


# -- any order ------------------------------------------------------------------------


@dataclass
class SlowCounter:
    """Remembers plainly what was done, and crosses off day after day."""

    since: date
    limit: int = 15
    still: list[tuple[date, date]] = field(default_factory=list)
    standing_since: date | None = None

    def heard(self, event: Event) -> None:
        match event:
            case e.ComplaintPaused(paused_on=paused_on):
                self.standing_since = paused_on
            case e.ComplaintResumed(resumed_on=resumed_on):
                assert self.standing_since
                self.still.append((self.standing_since, resumed_on))
                self.standing_since = None
            case e.ComplaintFoundComplex():
                self.limit = 30
            case e.ComplaintProlonged():
                self.limit = 60
            case e.NewFactsRaised(received_on=received_on):
                self.since = received_on
                self.limit = min(self.limit, 30)

    @property
    def due_on(self) -> date | None:
        left, day = self.limit, self.since
        while left:
            day += timedelta(1)
            left -= not any(first < day <= last for first, last in self.still)
        stands_still = self.standing_since is not None and self.standing_since < day
        return None if stands_still else day


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["complex", "ask", "approve", "tell", "pause", "resume", "new facts", "again"]),
        st.integers(0, 9),
        st.integers(0, 12),
    ),
    max_size=14,
)
"""What is done, so many days after the last, about a day so many days back."""


def command_for(step: str, day: date) -> tuple[Command, object]:
    match step:
        case "complex":
            return period.FindComplaintComplex(reason="x"), t.OFFICER
        case "ask":
            return period.AskProlongation(ground=Special.OTHER_CAUSE, reason="x"), t.OFFICER
        case "approve":
            return period.ApproveProlongation(), t.SUPERIOR
        case "tell":
            return period.ProlongComplaint(told_on=day, way=Way.POSTED, evidence="EMS-1"), t.OFFICER
        case "pause":
            return period.PauseComplaint(ground=Break.MEDIATION, paused_on=day, told_on=day), t.OFFICER
        case "resume":
            return period.ResumeComplaint(resumed_on=day), t.OFFICER
        case "new facts":
            return handling.RaiseNewFacts(facts="x", received_on=day), t.OFFICER
    return handling.RepeatComplaint(received_on=day), t.OFFICER


@settings(max_examples=300, deadline=None)
@whatever(STEPS)
def test_whatever_is_done_in_whatever_order_the_one_open_clock_agrees_with_the_slow_counter(steps):
    known = t.march(3)
    history: list[tuple[date, Event]] = [(t.march(2), t.RECEIVED), (known, t.ACCEPTED), (known, t.ASSIGNED)]
    state, slow = folded(Complaint, *(event for _, event in history)), SlowCounter(t.march(2))
    for step, later, back in steps:
        known += timedelta(later)
        command, actor = command_for(step, known - timedelta(back))
        when = given().when(command, by=actor, on=known, consulting=(Claim(id=UUID(int=0)),))
        try:
            events = command.outcome(state, when.knows)
        except Refused:
            continue
        for event in events:
            slow.heard(event)
            history.append((known, event))
        state = going_on(state, *events)
    runs = [clock for clock in clocks(recorded(history)) if clock.rule in LIMITS]
    [running] = [clock for clock in runs if clock.open]
    assert (running.due_on, LIMITS[running.rule], running.since) == (slow.due_on, slow.limit, slow.since)
    assert running.paused is (state.paused is not None)
