"""How a due date came about: each stretch of time, counted or not, and by which clause; in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from application.ports import EventStore
from domain.clock import Clock, Reckoning, State, Stretch, explained
from domain.docket.clocks import clocks, edition_of
from domain.docket.state import docket_of
from domain.kernel import EVENTS, Recorded
from domain.rules.rule import RuleKind, Unit
from domain.rules.rulebook import RULEBOOK, THE_LAW, Rulebook
from domain.words import Telling

HOURS = (Unit.HOURS, Unit.WORKING_HOURS)


class Part(BaseModel):
    """From `first` to `last`, both included: days, or instants where hours are counted.

    `counted` is in the unit of the limit, in seconds where that is hours.
    """

    model_config = ConfigDict(frozen=True)

    first: date | datetime
    last: date | datetime
    counted: int
    reckoning: Reckoning
    why: Telling


class Explanation(BaseModel):
    """One run of one clock: what the rule asks, how the time was counted, when it is due, what became of it.

    While it is paused it has no due date, and the parts end where it was paused.
    """

    model_config = ConfigDict(frozen=True)

    rule: str
    edition: str
    title: Telling
    kind: RuleKind
    verified: bool
    limit: Telling
    started_by: str
    run: int
    since: date
    extended: int
    calendar: str
    state: State
    due_on: date | None
    due_at: datetime | None
    provisional: bool
    stopped_by: str
    stopped_on: date | None
    counted: int
    parts: tuple[Part, ...]


async def dated_history(store: EventStore, case: UUID, at: datetime | None = None) -> list[Recorded]:
    """What happened in a case, to its clocks and to the rulebook, in the one order, as far as known at a moment (UTC)."""
    streams = dict.fromkeys((case, docket_of(case), RULEBOOK), 0)
    histories = await store.load(streams)
    events = (each for history in histories.values() for each in history if at is None or each.recorded_at <= at)
    return sorted(events, key=lambda each: each.position)


def explain(history: list[Recorded]) -> list[Explanation]:
    """Every clock of a case, in the order in which they started, from its dated history."""
    book = THE_LAW.after(each for each in history if each.stream == RULEBOOK)
    return [_explanation(clock, book) for clock in clocks(history)]


def _explanation(clock: Clock, book: Rulebook) -> Explanation:
    rule = edition_of(clock, book)
    assert rule
    parts = tuple(_parts(clock, book))
    return Explanation(
        rule=clock.rule,
        edition=clock.edition,
        title=(rule.tell("zh"), rule.tell("en")),
        kind=clock.kind,
        verified=rule.verified,
        limit=(clock.limit.tell("zh"), clock.limit.tell("en")),
        started_by=clock.by,
        run=clock.run,
        since=clock.since,
        extended=clock.extended,
        calendar=clock.calendar,
        state=clock.state,
        due_on=clock.due_on,
        due_at=clock.due_at,
        provisional=clock.provisional,
        stopped_by=clock.stopped_by,
        stopped_on=clock.stopped_on,
        counted=sum(each.counted for each in parts),
        parts=parts,
    )


def _parts(clock: Clock, book: Rulebook) -> Iterator[Part]:
    hours = clock.limit.unit in HOURS
    for stretch in explained(clock, book.calendar):
        if stretch.last == stretch.first:
            continue
        first, last = (_day(stretch.first + 1), _day(stretch.last)) if not hours else map(_instant, stretch[:2])
        if hours and stretch.reckoning is Reckoning.START_DAY:
            continue
        yield Part(
            first=first, last=last, counted=stretch.counted, reckoning=stretch.reckoning, why=_why(stretch, clock)
        )


def _why(stretch: Stretch, clock: Clock) -> Telling:
    zh, en = stretch.reckoning.zh, stretch.reckoning.en
    if stretch.reckoning is Reckoning.COUNTED:
        unit = clock.limit.unit
        if unit in HOURS:
            return f"计入{stretch.counted / 3600:g}小时", f"{stretch.counted / 3600:g} hours counted"
        worked = unit is Unit.WORKING_DAYS
        return (
            f"计入{stretch.counted}{'个工作日' if worked else '日'}",
            f"{stretch.counted} {'working ' if worked else ''}days counted",
        )
    if stretch.reckoning is Reckoning.PAUSED:
        causes = sorted({each.by for each in clock.pauses})
        told = [EVENTS[name].__name__ for name in causes]
        return f"{zh}（{'、'.join(told)}）", f"{en} ({', '.join(told)})"
    return zh, en


def _day(point: int) -> date:
    return date.fromordinal(point)


def _instant(point: int) -> datetime:
    return datetime.fromtimestamp(point, UTC)
