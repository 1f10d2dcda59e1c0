"""How a unit of time is counted between two points, and how much later so much of it is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Protocol

from domain.calendar import Calendar
from domain.rules.rule import Limit, Unit
from domain.words import plus_months, plus_years

Point = int
"""A day, by its ordinal, where days are counted; an instant, in seconds since 1970, where hours are."""


class Measure(Protocol):
    """Counted from a day, that day is left out and the last one taken in (Civil Code art 201)."""

    works: bool
    """Whether only working time counts."""

    def point(self, on: date, at: datetime) -> Point: ...

    def between(self, first: Point, last: Point) -> int: ...

    def after(self, first: Point, count: int) -> Point: ...

    def total(self, limit: Limit, since: Point) -> int:
        """How much there is to count."""

    def ends(self, last: Point) -> tuple[date, datetime]:
        """The last day, and the instant at which the period is over."""


class Days:
    """Natural days; months and years are the days up to the corresponding one (Civil Code arts 201, 202)."""

    works = False

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def point(self, on: date, at: datetime) -> Point:
        return on.toordinal()

    def between(self, first: Point, last: Point) -> int:
        return last - first

    def after(self, first: Point, count: int) -> Point:
        return first + count

    def total(self, limit: Limit, since: Point) -> int:
        day = date.fromordinal(since)
        if limit.unit is Unit.MONTHS:
            return (plus_months(day, limit.value) - day).days
        if limit.unit is Unit.YEARS:
            return (plus_years(day, limit.value) - day).days
        return limit.value

    def ends(self, last: Point) -> tuple[date, datetime]:
        """At 24:00 of the last day, in the calendar's zone."""
        midnight = datetime.combine(date.fromordinal(last + 1), time.min, self.calendar.zone)
        return date.fromordinal(last), midnight.astimezone(UTC)


class WorkingDays(Days):
    works = True

    def between(self, first: Point, last: Point) -> int:
        return self.calendar.working_days_between(date.fromordinal(first), date.fromordinal(last))

    def after(self, first: Point, count: int) -> Point:
        return self.calendar.plus_working_days(date.fromordinal(first), count).toordinal()


class Hours:
    """Hours of the day and of the night, from the instant itself; counted in seconds."""

    works = False

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def point(self, on: date, at: datetime) -> Point:
        return int(at.timestamp())

    def between(self, first: Point, last: Point) -> int:
        return last - first

    def after(self, first: Point, count: int) -> Point:
        return first + count

    def total(self, limit: Limit, since: Point) -> int:
        return limit.value * 3600

    def ends(self, last: Point) -> tuple[date, datetime]:
        at = datetime.fromtimestamp(last, UTC)
        return at.astimezone(self.calendar.zone).date(), at


class WorkingHours(Hours):
    works = True

    def between(self, first: Point, last: Point) -> int:
        return self.calendar.working_seconds_between(_instant(first), _instant(last))

    def after(self, first: Point, count: int) -> Point:
        return int(self.calendar.plus_working_seconds(_instant(first), count).timestamp())


def _instant(point: Point) -> datetime:
    return datetime.fromtimestamp(point, UTC)


def measure_of(unit: Unit, calendar: Calendar) -> Measure:
    match unit:
        case Unit.WORKING_DAYS:
            return WorkingDays(calendar)
        case Unit.HOURS:
            return Hours(calendar)
        case Unit.WORKING_HOURS:
            return WorkingHours(calendar)
    return Days(calendar)
