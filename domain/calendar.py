"""Days and hours that are worked: by the State Council's table, the insurer's own days, and windows within a day."""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from importlib.resources import files
from typing import Self
from zoneinfo import ZoneInfo

from domain.words import plus_days

SATURDAY = 5
NOTHING = timedelta(0)
NIGHT = time(0), time(0)
"""A window that begins and ends at midnight is the whole day."""


@dataclass(frozen=True)
class Calendar:
    """Which days are worked, and between which hours.

    What has been announced reaches from `known_from` to `known_until`; outside of it weekdays are taken to be worked,
    and nothing is certain. `off` are weekdays not worked, `worked` weekend days that are. Several windows a day are in
    order and do not overlap; `odd` are days with windows of their own. One that is `always` working has no days off.
    """

    name: str
    zone: ZoneInfo
    known_from: date
    known_until: date
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    windows: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13), time(18)))
    odd: Mapping[date, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    always: bool = False

    def __hash__(self) -> int:
        return hash(self.name)

    def works_on(self, day: date) -> bool:
        if self.always or day in self.worked:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def knows(self, day: date) -> bool:
        """Whether it has been announced if that day is worked; where it has not, every answer is provisional."""
        return self.always or self.known_from <= day <= self.known_until

    def next_working_day(self, day: date) -> date:
        """That day if it is worked, or else the first one after it that is."""
        return day if self.works_on(day) else self.plus_working_days(day, 1)

    def plus_working_days(self, day: date, count: int) -> date:
        """The working day that is so many after that day, which is not counted itself; the day, for none."""
        if count == 0:
            return day
        return date.fromordinal(self._nth(bisect_right(self._days, day.toordinal()) - 1 + count))

    def minus_working_days(self, day: date, count: int) -> date:
        """The working day that is so many before that day, which is not counted itself."""
        if count == 0:
            return day
        return date.fromordinal(self._nth(bisect_left(self._days, day.toordinal()) - count))

    def working_days_between(self, first: date, last: date) -> int:
        """The working days after the first day, up to and including the last; below zero where that comes before it."""
        return bisect_right(self._days, last.toordinal()) - bisect_right(self._days, first.toordinal())

    def working_seconds_between(self, first: datetime, last: datetime) -> int:
        """Working time between two instants, in seconds."""
        windows = self._open(first.astimezone(self.zone).date(), last.astimezone(self.zone).date())
        spent = (max(NOTHING, min(ends, last) - max(starts, first)) for starts, ends in windows)
        return round(sum(spent, NOTHING).total_seconds())

    def plus_working_seconds(self, first: datetime, count: int) -> datetime:
        """The instant at which so much working time is over."""
        day, left = first.astimezone(self.zone).date(), timedelta(seconds=count)
        while left:
            for starts, ends in self._open(day, day):
                begins = max(starts, first)
                if left <= (lasts := max(NOTHING, ends - begins)):
                    return (begins + left).astimezone(UTC)
                left -= lasts
            day = self.plus_working_days(day, 1)
        return first

    def announcing(self, year: int, off: Iterable[date], worked: Iterable[date] = ()) -> Self:
        """With the days of the year after the last one known. Raises ValueError for another year."""
        if year != self.known_until.year + 1:
            raise ValueError(f"{self.name} is known until {self.known_until}; {year} does not follow")
        return replace(self.with_days(f"{self.name}+{year}", off, worked), known_until=date(year, 12, 31))

    def with_days(self, name: str, off: Iterable[date] = (), worked: Iterable[date] = ()) -> Self:
        """Under another name, with days of a company's or a branch's own: the later word counts."""
        off, worked = frozenset(off), frozenset(worked)
        return replace(self, name=name, off=(self.off - worked) | off, worked=(self.worked - off) | worked)

    def _open(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        """The windows of every working day from one day to another."""
        for number in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(number)
            if self.works_on(day):
                for starts, ends in self.odd.get(day, self.windows):
                    until = plus_days(day, 1) if ends == time(0) else day
                    yield datetime.combine(day, starts, self.zone), datetime.combine(until, ends, self.zone)

    def _nth(self, place: int) -> int:
        if not 0 <= place < len(self._days):
            raise OverflowError("working days are counted between 1900 and 2200")
        return self._days[place]

    @cached_property
    def _days(self) -> list[int]:
        """The ordinals of all days that are worked, so that counting them is looking them up."""
        days = range(date(1900, 1, 1).toordinal(), date(2210, 12, 31).toordinal() + 1)
        return [number for number in days if self.works_on(date.fromordinal(number))]


@cache
def china() -> Calendar:
    """China's working days as announced, from 2004 on."""
    name = "CN-2026"
    table = tomllib.loads(files("domain").joinpath("calendars", f"{name}.toml").read_text("utf-8"))
    years = sorted(map(int, table))
    off, worked = (
        frozenset(date.fromisoformat(f"{year}-{day}") for year, days in table.items() for day in days[which])
        for which in ("off", "worked")
    )
    return Calendar(name, ZoneInfo("Asia/Shanghai"), date(years[0], 1, 1), date(years[-1], 12, 31), off, worked)


ROUND_THE_CLOCK = Calendar(
    "24x7", ZoneInfo("Asia/Shanghai"), date(1900, 1, 1), date(2210, 12, 31), windows=(NIGHT,), always=True
)
"""The empty calendar: every hour of every day."""
