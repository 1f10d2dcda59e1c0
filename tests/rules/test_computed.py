"""Rules on counting: what is computed is what they say, counted on paper."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from application.rules.coverage import COMPUTED
from domain.calendar import china
from domain.clock import Clock
from domain.kernel import CALENDAR_ZONE
from domain.rules.law import law
from domain.rules.rule import Limit, RuleKind, Unit


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), CALENDAR_ZONE).astimezone(UTC)


def clock(rule: str, since: date, limit: Limit | None = None) -> Clock:
    """A clock of that rule, or of a time like it, that started on that day."""
    edition = law().editions[rule][-1]
    limit = limit or edition.limit
    assert limit
    return Clock(
        rule=rule,
        edition=edition.edition,
        kind=RuleKind.DEADLINE,
        limit=limit,
        run=1,
        since=since,
        since_at=noon(since),
        by="Started",
    )


def due(started: Clock) -> date | None:
    return started.dated(china()).due_on


def paused(started: Clock, since: date, until: date) -> Clock:
    return started.pause(since, noon(since), "Asked").resume(until, noon(until))


NATURAL = Limit(3, Unit.CALENDAR_DAYS, rolls=False)
ON_PAPER = {
    # From a Monday, which does not count itself, five days to Saturday.
    "TIME-START-NEXTDAY": (
        due(clock("CLAIM-REJECT-3D", date(2026, 3, 2), Limit(5, Unit.CALENDAR_DAYS, rolls=False))),
        date(2026, 3, 7),
    ),
    # There is no 31 February.
    "TIME-MONTH-YEAR-END": (
        due(clock("CLAIM-REJECT-3D", date(2026, 1, 31), Limit(1, Unit.MONTHS, rolls=False))),
        date(2026, 2, 28),
    ),
    # 2 October lies in the holidays, which end on the 7th.
    "TIME-HOLIDAY-ROLL": (due(clock("CLAIM-REJECT-3D", date(2026, 9, 29))), date(2026, 10, 8)),
    # Over a weekend, whose days count like any other.
    "TIME-INSLAW-DAYS": (due(clock("CLAIM-REJECT-3D", date(2026, 3, 6))), date(2026, 3, 9)),
    # 3 October lies in the holidays, and stays.
    "TIME-O2020-3-NATURAL": (due(clock("CPL-DECIDE-15D", date(2026, 9, 18))), date(2026, 10, 3)),
    # 8, 9, the Saturday worked on the 10th, 12, 13 October.
    "TIME-O2020-11-WD": (due(clock("AGT-FIRM-CHANGE-5WD", date(2026, 9, 30))), date(2026, 10, 13)),
    # 24 September; the three days of mid-autumn are off; 28, 29 and 30; 8, 9 and the Saturday worked on the 10th;
    # 12, 13 and 14 October.
    "TIME-O2011-3-WD": (due(clock("PROD-FILING-10WD", date(2026, 9, 23))), date(2026, 10, 14)),
    # The thirty days stand still from the 5th to the 15th.
    "CLAIM-CLOCK-PAUSE": (
        due(paused(clock("CLAIM-DECIDE-COMPLEX-30D", date(2026, 3, 2)), date(2026, 3, 5), date(2026, 3, 15))),
        date(2026, 4, 13),
    ),
}


@pytest.mark.parametrize("rule", COMPUTED)
def test_it_is_computed_as_on_paper(rule: str) -> None:
    computed, on_paper = ON_PAPER[rule]
    assert computed == on_paper
