"""What an agent's record remembers: what lets them sell, and what forbids it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from domain.agent.events import (
    AgentAppointed,
    AgentGraded,
    AgentLeft,
    AgentRegistered,
    AgentSuspended,
    AgentTrained,
    AppointmentEnded,
    AuthorityProfileSet,
    PracticeCancelled,
    PracticeFoundLapsed,
    PracticeRegistered,
    SuspensionLifted,
    ViolationRecorded,
)
from domain.kernel import Aggregate, Event
from domain.product import Grade, Line
from domain.retention import NEEDED, Kept
from domain.words import LAST_DAY, Money, Period


@dataclass(frozen=True, slots=True)
class Training:
    lines: tuple[Line, ...]
    completed_on: date
    valid_until: date

    def covers(self, line: Line, day: date) -> bool:
        return line in self.lines and self.completed_on <= day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Registration:
    """A practice registration, and since when it is known not to have held."""

    number: str
    valid: Period
    lapsed_on: date | None = None

    def held_on(self, day: date) -> bool:
        return day in self.valid and (self.lapsed_on is None or day < self.lapsed_on)


class Agent(Aggregate):
    code: str = ""
    registrations: tuple[Registration, ...] = ()
    cancelled_on: date | None = None
    lines: tuple[Line, ...] = ()
    appointed: Period | None = None
    ended_on: date | None = None
    grade: Grade | None = None
    largest: Money | None = None
    trainings: tuple[Training, ...] = ()
    violations: tuple[str, ...] = ()
    barred_until: date | None = None
    suspended: bool = False
    left_on: date | None = None

    def evolve(self, event: Event) -> Agent:
        match event:
            case AgentRegistered(code=code):
                return self.but(code=code)
            case PracticeRegistered(registration=registration, valid=valid):
                return self.but(registrations=(*self.registrations, Registration(registration, valid)))
            case PracticeFoundLapsed(lapsed_on=lapsed_on):
                last = tuple(replace(each, lapsed_on=lapsed_on) for each in self.registrations[-1:])
                return self.but(registrations=(*self.registrations[:-1], *last))
            case PracticeCancelled(cancelled_on=cancelled_on):
                return self.but(cancelled_on=cancelled_on)
            case AgentAppointed(lines=lines, period=period):
                return self.but(lines=lines, appointed=period, ended_on=None)
            case AppointmentEnded(ended_on=ended_on):
                return self.but(ended_on=ended_on)
            case AgentLeft(left_on=left_on):
                return self.but(left_on=left_on)
        return self._able(event)

    def _able(self, event: Event) -> Agent:
        match event:
            case AgentGraded(grade=grade):
                return self.but(grade=grade)
            case AuthorityProfileSet(largest=largest):
                return self.but(largest=largest)
            case AgentTrained(lines=lines, completed_on=completed_on, valid_until=until):
                return self.but(trainings=(*self.trainings, Training(lines, completed_on, until or LAST_DAY)))
            case ViolationRecorded(number=number, barred_until=until):
                barred = max(filter(None, (self.barred_until, until)), default=None)
                return self.but(violations=(*self.violations, number), barred_until=barred)
            case AgentSuspended():
                return self.but(suspended=True)
            case SuspensionLifted():
                return self.but(suspended=False)
        return self

    def licensed_on(self, day: date) -> bool:
        """Whether a practice registration was in force that day, so far as is known."""
        ended = self.cancelled_on is not None and self.cancelled_on <= day
        return not ended and any(each.held_on(day) for each in self.registrations)

    @property
    def registration(self) -> Registration | None:
        """The latest."""
        return self.registrations[-1] if self.registrations else None

    def appointed_on(self, line: Line, day: date) -> bool:
        in_time = self.appointed is not None and line in self.lines and day in self.appointed
        return in_time and (self.ended_on is None or day < self.ended_on)

    def trained_on(self, line: Line, day: date) -> bool:
        return any(each.covers(line, day) for each in self.trainings)

    def barred_on(self, day: date) -> bool:
        return self.barred_until is not None and day <= self.barred_until

    def kept(self) -> Iterator[Kept]:
        if self.left_on is None:
            yield Kept(NEEDED, self.code)
