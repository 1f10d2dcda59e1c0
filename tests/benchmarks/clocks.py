"""Clocks: due days a second, cases folded, ten thousand open cases dated anew, and a draft tried out on a year."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day

import chinese_calendar
import psycopg

from application.rules.what_if import Draft
from domain.calendar import china
from domain.clock import Clock
from domain.docket.clocks import clocks
from domain.duty import OpenDuty
from domain.kernel import CALENDAR_ZONE
from domain.rules.change import RuleChange
from domain.rules.rule import Limit, RuleKind, Unit
from domain.rules.rulebook import RULEBOOK, AnnounceYear
from infrastructure.postgres.replay import Reader, strict
from interfaces import main as house
from interfaces.demo.run import load
from interfaces.demo.year import Size
from tests.benchmarks.rounds import in_turns, per_second
from tests.handling.door import Door, StoppedClock, order, submission
from tests.kit import STREAM
from tests.rules.clocked import history
from tests.samples import ASKED, COMPLETED, OPEN_CLAIM, PROVEN, REQUESTED, TOLD, approved, assessed

ROUNDS, DUE, PAUSES = 5, 4_000, 3
CASES, TOGETHER = 10_000, 200
YEAR = Size(customers=400, products=0.1)
LAST = date(2026, 12, 21)
WORKING = Limit(10, Unit.WORKING_DAYS)
DAYS = [date(2025, 1, 2) + timedelta(n % 400) for n in range(DUE)]
CASE = (*OPEN_CLAIM, REQUESTED, PROVEN, ASKED, COMPLETED, assessed(), approved(), TOLD)


def started(since: date, limit: Limit) -> Clock:
    noon = datetime.combine(since, time_of_day(12), CALENDAR_ZONE).astimezone(UTC)
    return Clock(
        rule="X", edition="X@2026-01-01", kind=RuleKind.DEADLINE, limit=limit, run=1, since=since, since_at=noon, by="x"
    )


def paused(clock: Clock) -> Clock:
    """With pauses of three days, five days apart."""
    for n in range(PAUSES):
        at = clock.since_at + timedelta(2 + 8 * n)
        clock = clock.pause(at.date(), at, "x").resume((at + timedelta(3)).date(), at + timedelta(3))
    return clock


def slowly(since: date) -> date:
    """Day by day, as on one's fingers."""
    day, left, calendar = since, WORKING.value, china()
    while left:
        day += timedelta(1)
        left -= calendar.works_on(day)
    return day


def due_days() -> dict[str, float]:
    """Due dates a second, of one thread, beside one that walks day by day and the library that does."""
    plain = [started(day, WORKING) for day in DAYS]
    natural = [started(day, Limit(30, Unit.CALENDAR_DAYS)) for day in DAYS]
    stood_still = [paused(clock) for clock in plain]

    def each(work: Callable[[], list[object]]) -> Callable[[], float]:
        return lambda: per_second(lambda: len(work()))

    def dated(many: list[Clock]) -> Callable[[], list[object]]:
        return lambda: [clock.dated(china()) for clock in many]

    figures = in_turns(
        {
            "due_working": each(dated(plain)),
            "due_natural": each(dated(natural)),
            "due_paused": each(dated(stood_still)),
            "due_plain_days": each(lambda: [china().plus_working_days(day, WORKING.value) for day in DAYS]),
            "due_slowly": each(lambda: [slowly(day) for day in DAYS]),
            "due_library": each(lambda: [chinese_calendar.find_workday(WORKING.value, day) for day in DAYS]),
        },
        ROUNDS,
    )
    figures["due_plain_days_vs_slowly"] = figures["due_plain_days"] / figures["due_slowly"]
    figures["due_plain_days_vs_library"] = figures["due_plain_days"] / figures["due_library"]
    return figures


def folded() -> dict[str, float]:
    """Cases a second whose clocks are folded from their events, a claim of nine events each."""
    told = history(*((date(2026, 3, 2) + timedelta(n), event, STREAM) for n, event in enumerate(CASE)))
    return in_turns({"clocks_of_a_case": lambda: per_second(lambda: len([clocks(told) for _ in range(300)]))}, ROUNDS)


async def _redated(url: str) -> dict[str, float]:
    clock = StoppedClock(datetime(2026, 12, 22, 4, tzinfo=UTC))
    async with house.open_house(url, clock) as home:
        door, scheduler = Door(home.store, clock), home.scheduler()
        duty = OpenDuty(rule="PROD-FILING-10WD", arose_on=LAST, about="x", owner="han")
        began = time.perf_counter()
        for _ in range(CASES // TOGETHER):
            await door.handle_all([submission(order(duty)) for _ in range(TOGETHER)])
        opened = CASES / (time.perf_counter() - began)
        with closing(home.projector()) as projector:
            await asyncio.to_thread(projector.catch_up)
            # The first step finds nothing to date anew.
            await scheduler.step()
            year = AnnounceYear(year=2027, off=(date(2027, 1, 1), date(2027, 1, 4)), source="bench")
            await door.give(year, RULEBOOK)
            began = time.perf_counter()
            given = await scheduler.step()
            assert given == CASES, given
            took = time.perf_counter() - began
            await asyncio.to_thread(projector.catch_up)
            shown = time.perf_counter() - began
    return {
        "redated": CASES / took,
        "redated_vs_opened": CASES / took / opened,
        "redated_10000_seconds": took,
        "redated_10000_shown_seconds": shown,
    }


def _read(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        [(head,)] = connection.execute("SELECT position FROM log.head")
        return sum(len(page.events) for page in strict(Reader(connection, house.masters()).pages(0, head)))


def rehearsed(url: str) -> dict[str, float]:
    """Events a second that a what-if goes through, beside reading them."""
    asyncio.run(load(url, size=YEAR))
    draft = Draft(changes=(RuleChange(rule="CLAIM-DECIDE-5WD", value=3), RuleChange(rule="CPL-DECIDE-15D", value=10)))

    def tried() -> int:
        return house.rehearse(url, draft, date(2025, 11, 1), date(2026, 10, 31)).position

    figures = in_turns(
        {
            "whatif_events": lambda: per_second(tried),
            "whatif_read": lambda: per_second(lambda: _read(url)),
        },
        3,
    )
    figures["whatif_vs_read"] = figures["whatif_events"] / figures["whatif_read"]
    return figures


def measure(dockets: str, year: str) -> dict[str, float]:
    return {**due_days(), **folded(), **asyncio.run(_redated(dockets)), **rehearsed(year)}
