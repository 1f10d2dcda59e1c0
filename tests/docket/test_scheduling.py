"""Deadlines at work: told of in time, missed on record, taken further, once each, whoever stops and starts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from uuid import UUID

from application.docket.dockets import CaseClocks, Dockets
from domain.clock import State
from domain.docket.events import DeadlineEscalated, DeadlineMissed, DeadlineNeared, DeadlineRedated
from domain.docket.ladder import Rung
from domain.duty import DischargeDuty, OpenDuty
from domain.kernel import Event
from domain.rules.rulebook import RULEBOOK, AnnounceYear
from domain.words import Role
from infrastructure.scheduler import Scheduler
from interfaces.main import House, open_house
from tests.handling.door import Door, StoppedClock

RULE = "PROD-FILING-10WD"
AROSE = date(2026, 3, 2)
DUE = date(2026, 3, 16)


class Office:
    """A house whose clock is set by hand, with somebody who enters duties."""

    def __init__(self, house: House, clock: StoppedClock) -> None:
        self.house, self.clock = house, clock
        self.door = Door(house.store, clock)
        self.projector = house.projector()

    async def duty(self, arose_on: date = AROSE) -> UUID:
        opened = await self.door.give(OpenDuty(rule=RULE, arose_on=arose_on, about="HLT-9", owner="han"))
        return opened.stream

    def follow(self) -> None:
        self.projector.catch_up()

    async def go_round(self, scheduler: Scheduler | None = None) -> int:
        self.follow()
        done = await (scheduler or self.house.scheduler()).step()
        self.follow()
        return done

    async def docket(self, case: UUID) -> CaseClocks:
        self.follow()
        row = await self.house.reads.get(Dockets, case)
        assert isinstance(row, CaseClocks)
        return row

    async def told(self, *kinds: type[Event]) -> list[Event]:
        return [each.event for each in await self.house.store.read(0, 100_000) if isinstance(each.event, kinds)]

    def at(self, day: date, hour: int = 4) -> None:
        self.clock.moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@asynccontextmanager
async def office(database: str) -> AsyncIterator[Office]:
    clock = StoppedClock()
    async with open_house(database, clock) as house:
        made = Office(house, clock)
        try:
            yield made
        finally:
            made.projector.close()


async def test_a_clock_starts_with_the_event_and_says_when_it_is_due(database: str) -> None:
    async with office(database) as there:
        case = await there.duty()
        row = await there.docket(case)
        [timed] = row.clocks
        assert (timed.clock.rule, timed.clock.due_on, timed.state) == (RULE, DUE, State.RUNNING)
        assert row.urgent_at == datetime(2026, 3, 16, 16, tzinfo=UTC)
        assert row.number and row.rule == RULE
        [arose] = [each for each in await there.house.store.read(0, 10) if each.stream == case]
        assert arose.rules == (f"{RULE}@2015-10-19",)


async def test_nothing_is_told_before_its_time_and_each_step_once(database: str) -> None:
    async with office(database) as there:
        await there.duty()
        assert await there.go_round() == 0
        there.at(date(2026, 3, 13))
        for _ in range(3):
            await there.go_round()
        assert [type(each) for each in await there.told(DeadlineNeared, DeadlineMissed)] == [DeadlineNeared]
        there.at(date(2026, 3, 17))
        for _ in range(3):
            await there.go_round()
        assert len(await there.told(DeadlineMissed)) == 1


async def test_a_scheduler_that_slept_for_weeks_misses_nothing(database: str) -> None:
    async with office(database) as there:
        case = await there.duty()
        there.at(date(2026, 4, 20))
        await there.go_round()
        told = await there.told(DeadlineNeared, DeadlineMissed, DeadlineEscalated)
        assert [type(each) for each in told] == [DeadlineNeared, DeadlineMissed, DeadlineEscalated, DeadlineEscalated]
        assert [each.role for each in told if isinstance(each, DeadlineEscalated)] == [Role.SUPERVISOR, Role.COMPLIANCE]
        row = await there.docket(case)
        assert row.missed == 1 and row.clocks[0].rung is Rung.COMPLIANCE


async def test_several_schedulers_tell_of_each_step_once(database: str) -> None:
    async with office(database) as there:
        for _ in range(20):
            await there.duty()
        there.at(date(2026, 3, 17))
        there.follow()
        await asyncio.gather(*(there.house.scheduler().step() for _ in range(4)))
        there.follow()
        await there.go_round()
        assert len(await there.told(DeadlineMissed)) == 20


async def test_what_was_done_in_time_is_never_called_missed(database: str) -> None:
    async with office(database) as there:
        case = await there.duty()
        there.at(date(2026, 3, 16), 15)
        await there.door.give(DischargeDuty(done_on=DUE, evidence="CN-1"), case)
        there.at(date(2026, 4, 20))
        await there.go_round()
        assert await there.told(DeadlineNeared, DeadlineMissed, DeadlineEscalated) == []
        assert (await there.docket(case)).clocks[0].state is State.MET


async def test_what_was_done_late_was_missed_even_if_nobody_looked(database: str) -> None:
    async with office(database) as there:
        case = await there.duty()
        there.at(date(2026, 3, 18))
        await there.door.give(DischargeDuty(done_on=date(2026, 3, 18), evidence="CN-1"), case)
        await there.go_round()
        [missed] = await there.told(DeadlineNeared, DeadlineMissed, DeadlineEscalated)
        assert isinstance(missed, DeadlineMissed) and missed.due_on == DUE
        row = await there.docket(case)
        assert row.clocks[0].state is State.LATE and row.missed == 1


async def test_announcing_a_year_redates_what_was_provisional_by_an_event_of_each_case(database: str) -> None:
    async with office(database) as there:
        there.at(date(2026, 12, 22))
        cases = [await there.duty(date(2026, 12, 21)) for _ in range(3)]
        before = await there.docket(cases[0])
        assert before.provisional and before.clocks[0].clock.due_on == date(2027, 1, 4)
        await there.go_round()
        announce = AnnounceYear(year=2027, off=(date(2027, 1, 1), date(2027, 1, 4)), source="the State Council")
        await there.door.give(announce, RULEBOOK)
        scheduler = there.house.scheduler()
        for _ in range(3):
            await there.go_round(scheduler)
        redated = await there.told(DeadlineRedated)
        assert {each.case for each in redated if isinstance(each, DeadlineRedated)} == set(cases) and len(redated) == 3
        after = await there.docket(cases[0])
        assert not after.provisional and after.clocks[0].clock.due_on == date(2027, 1, 6)
        assert after.clocks[0].clock.calendar == "CN-2026+2027"


async def test_the_read_model_built_anew_is_the_one_that_grew(database: str) -> None:
    async with office(database) as there:
        there.at(date(2026, 12, 22))
        cases = [await there.duty(date(2026, 12, 21)), await there.duty()]
        announce = AnnounceYear(year=2027, off=(date(2027, 1, 1), date(2027, 1, 4)), source="the State Council")
        await there.door.give(announce, RULEBOOK)
        there.follow()
        cases.append(await there.duty(date(2026, 12, 21)))
        await there.go_round()
        grown = [await there.docket(case) for case in cases]
        there.projector.rebuild("dockets")
        assert [await there.docket(case) for case in cases] == grown
