"""A statutory clock: counted from a day, paused, extended and stopped, and able to say how it was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple, Self

from domain.calendar import Calendar
from domain.measure import Measure, Point, measure_of
from domain.rules.rule import Limit, RuleKind, Unit
from domain.words import Term, plus_days


class State(Term):
    RUNNING = "running", "计时中", "running"
    PAUSED = "paused", "中止", "paused"
    MET = "met", "按期完成", "met"
    LATE = "late", "逾期完成", "met late"
    ENDED = "ended", "终结", "ended"


class Reckoning(Term):
    """Why time is counted or not."""

    START_DAY = "start_day", "开始当日不计入（民法典第201条）", "the starting day is not counted (Civil Code art 201)"
    COUNTED = "counted", "计入", "counted"
    REST = "rest", "非工作日，不计入", "no working day: not counted"
    PAUSED = "paused", "中止，不计入", "paused: not counted"
    ROLLED = "rolled", "末日休假，顺延（民法典第203条）", "the last day is a holiday: moved on (Civil Code art 203)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """What comes after `since`, up to and including `until`, is not counted; open as long as it has no end."""

    since: date
    since_at: datetime
    by: str
    until: date | None = None
    until_at: datetime | None = None


class Stretch(NamedTuple):
    """Part of a period, from after `first` to `last`; counted as so much of its unit (seconds, for hours), and why."""

    first: Point
    last: Point
    counted: int
    reckoning: Reckoning


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One run of one rule's clock in one case.

    `run` is the version of the event that started it; `since` is the day from which is counted, `since_at` the instant.
    It is due by the end of `due_on` in the calendar's zone; while it is paused, nobody knows, unless it was over by then.
    A due date that rests on days off that were not announced is `provisional`.
    """

    rule: str
    edition: str
    kind: RuleKind
    limit: Limit
    run: int
    since: date
    since_at: datetime
    by: str
    calendar: str = ""
    pauses: tuple[Pause, ...] = ()
    extended: int = 0
    stopped_on: date | None = None
    stopped_at: datetime | None = None
    stopped_by: str = ""
    ended: bool = False
    due_on: date | None = None
    due_at: datetime | None = None
    provisional: bool = False

    @property
    def open(self) -> bool:
        return self.stopped_at is None

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until_at is None

    @property
    def state(self) -> State:
        if self.ended:
            return State.ENDED
        if self.open:
            return State.PAUSED if self.paused and self.due_at is None else State.RUNNING
        return State.LATE if self.is_late else State.MET

    @property
    def is_late(self) -> bool:
        """Whether what was due was done after it was due; by days, unless hours are counted."""
        if self.due_at is None or self.stopped_at is None:
            return False
        if self.limit.unit in (Unit.HOURS, Unit.WORKING_HOURS):
            return self.stopped_at > self.due_at
        return self.stopped_on > self.due_on  # type: ignore[operator]

    def but(self, **changes: Any) -> Self:
        return replace(self, **changes)

    def pause(self, on: date, at: datetime, by: str) -> Self:
        return self if self.paused else self.but(pauses=(*self.pauses, Pause(since=on, since_at=at, by=by)))

    def resume(self, on: date, at: datetime) -> Self:
        if not self.paused:
            return self
        *before, last = self.pauses
        # Nothing resumes before it was paused, in whatever order it was entered.
        ended = replace(last, until=max(on, last.since), until_at=max(at, last.since_at))
        return self.but(pauses=(*before, ended))

    def restart(self, on: date, at: datetime) -> Self:
        """Counts anew from that day; a pause that is still open, or lasted beyond it, goes on."""
        return self.but(since=on, since_at=at, pauses=self.pauses_after(on, at), extended=0)

    def pauses_after(self, on: date, at: datetime) -> tuple[Pause, ...]:
        """What of the pauses lies after that day."""
        return tuple(
            replace(each, since=max(each.since, on), since_at=max(each.since_at, at))
            for each in self.pauses
            if each.until_at is None or each.until_at > at
        )

    def stop(self, on: date, at: datetime, by: str, *, ended: bool = False) -> Self:
        """A pause that is still open lasted until then: what is done while no time is counted is done in time."""
        return self.resume(on, at).but(stopped_on=on, stopped_at=at, stopped_by=by, ended=ended)

    def dated(self, calendar: Calendar) -> Self:
        """With its due date by that calendar."""
        measure = measure_of(self.limit.unit, calendar)
        last = _spent(self, measure)[-1].last
        if self.paused and last > measure.point(self.pauses[-1].since, self.pauses[-1].since_at):
            return self.but(calendar=calendar.name, due_on=None, due_at=None, provisional=False)
        due_on, due_at = measure.ends(rolled(last, self.limit, calendar))
        first = self.since if measure.works else measure.ends(last)[0]
        surely = not (measure.works or _rolls(self.limit)) or (calendar.knows(first) and calendar.knows(due_on))
        return self.but(calendar=calendar.name, due_on=due_on, due_at=due_at, provisional=not surely)


def _rolls(limit: Limit) -> bool:
    return limit.rolls and limit.unit in (Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS)


def rolled(last: Point, limit: Limit, calendar: Calendar) -> Point:
    """The end of a period in days, months or years moves to the first day that is no holiday (Civil Code art 203)."""
    return calendar.next_working_day(date.fromordinal(last)).toordinal() if _rolls(limit) else last


def _spent(clock: Clock, measure: Measure) -> Sequence[Stretch]:
    """The whole period in stretches counted and paused; the last ends where all of it has been counted."""
    since = measure.point(clock.since, clock.since_at)
    left = measure.total(replace(clock.limit, value=clock.limit.value + clock.extended), since)
    stretches = [Stretch(since - 1, since, 0, Reckoning.START_DAY)]
    cursor = since
    for first, last in _merged(clock, measure, since):
        if left <= (counted := measure.between(cursor, first)):
            break
        stretches += [Stretch(cursor, first, counted, Reckoning.COUNTED), Stretch(first, last, 0, Reckoning.PAUSED)]
        left, cursor = left - counted, last
    return [*stretches, Stretch(cursor, measure.after(cursor, left), left, Reckoning.COUNTED)]


def _merged(clock: Clock, measure: Measure, since: Point) -> Iterator[tuple[Point, Point]]:
    """The pauses in order, those that overlap as one, so that no day is left out twice."""
    spans = sorted(
        (max(since, measure.point(each.since, each.since_at)), measure.point(each.until, each.until_at))
        for each in clock.pauses
        if each.until is not None and each.until_at is not None
    )
    going: tuple[Point, Point] | None = None
    for first, last in spans:
        if going and first <= going[1]:
            going = going[0], max(going[1], last)
        else:
            if going:
                yield going
            going = first, last
    if going:
        yield going


def explained(clock: Clock, calendar: Calendar) -> list[Stretch]:
    """Every stretch of the period up to its due date, counted or not; what was counted adds up to the limit.

    Of a clock that is paused, up to where it was paused.
    """
    measure = measure_of(clock.limit.unit, calendar)
    spent = _spent(clock, measure)
    if clock.state is State.PAUSED:
        spent = list(_upto(measure.point(clock.pauses[-1].since, clock.pauses[-1].since_at), spent, measure))
    told = [part for stretch in spent for part in _apart(stretch, clock.limit.unit, calendar)]
    last = told[-1].last
    end = last if clock.state is State.PAUSED else rolled(last, clock.limit, calendar)
    return [*told, Stretch(last, end, 0, Reckoning.ROLLED)] if end > last else told


def _upto(end: Point, stretches: Sequence[Stretch], measure: Measure) -> Iterator[Stretch]:
    for each in stretches:
        if each.last <= end:
            yield each
        elif each.first < end:
            yield each._replace(last=end, counted=each.counted and measure.between(each.first, end))


def _apart(stretch: Stretch, unit: Unit, calendar: Calendar) -> Iterator[Stretch]:
    """A stretch of working days, told apart into days worked and days of rest."""
    if unit is not Unit.WORKING_DAYS or stretch.reckoning is not Reckoning.COUNTED:
        yield stretch
        return
    first = stretch.first
    for day in range(stretch.first + 1, stretch.last + 1):
        works = calendar.works_on(date.fromordinal(day))
        if day == stretch.last or calendar.works_on(plus_days(date.fromordinal(day), 1)) is not works:
            reckoning = Reckoning.COUNTED if works else Reckoning.REST
            yield Stretch(first, day, day - first if works else 0, reckoning)
            first = day
