"""When a deadline is told of: before it is due, when it is missed, and to whom it is taken after that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import NamedTuple
from uuid import UUID

from domain.calendar import Calendar
from domain.clock import Clock, State
from domain.docket.events import DeadlineEscalated, DeadlineMissed, DeadlineNeared
from domain.kernel import Event
from domain.rules.rule import RuleKind
from domain.words import Role, Term, plus_days

ESCALATIONS = ((1, Role.SUPERVISOR), (3, Role.COMPLIANCE))
"""After how many working days a missed deadline is taken to whom."""


class Rung(Term):
    NEAR = "near", "临期", "near"
    MISSED = "missed", "逾期", "missed"
    SUPERVISOR = "supervisor", "上报主管", "to the supervisor"
    COMPLIANCE = "compliance", "上报合规", "to compliance"


class Step(NamedTuple):
    rung: Rung
    at: datetime


def ladder(clock: Clock, calendar: Calendar) -> Iterator[Step]:
    """The steps that a clock as it stands leads to, in order.

    Only a deadline has any: a window that closes or a least period that is over is nobody's fault. One that was met
    late was missed all the same.
    """
    if clock.kind is not RuleKind.DEADLINE or clock.due_at is None or clock.due_on is None:
        return
    if clock.state is State.RUNNING:
        yield Step(Rung.NEAR, clock.due_at - (clock.due_at - clock.since_at) / 4)
    if clock.state in (State.RUNNING, State.LATE):
        yield Step(Rung.MISSED, clock.due_at)
    if clock.state is State.RUNNING:
        for days, role in ESCALATIONS:
            day = plus_days(calendar.plus_working_days(clock.due_on, days), 1)
            yield Step(Rung[role.name], datetime.combine(day, time.min, calendar.zone).astimezone(UTC))


def told(rung: Rung, clock: Clock, case: UUID) -> Event:
    """A step of the ladder as it is recorded."""
    assert clock.due_on
    match rung:
        case Rung.NEAR:
            return DeadlineNeared(case=case, rule=clock.rule, run=clock.run, due_on=clock.due_on)
        case Rung.MISSED:
            return DeadlineMissed(case=case, rule=clock.rule, run=clock.run, due_on=clock.due_on)
    role = Role[rung.name]
    return DeadlineEscalated(case=case, rule=clock.rule, run=clock.run, due_on=clock.due_on, role=role)


def rung_of(event: Event) -> Rung | None:
    """The step that an event records, if it does."""
    match event:
        case DeadlineNeared():
            return Rung.NEAR
        case DeadlineMissed():
            return Rung.MISSED
        case DeadlineEscalated(role=role):
            return Rung[role.name]
    return None
