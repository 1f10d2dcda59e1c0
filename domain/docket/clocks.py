"""Every clock of a case, as its history makes them: a pure fold of events, rule editions and calendars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time

from domain.clock import Clock
from domain.docket.events import ClockExtended, ClockRejudged, DeadlineRedated
from domain.kernel import CALENDAR_ZONE, Recorded
from domain.rules.rule import Bound, Heard, Limit, Rule, Unit
from domain.rules.rulebook import THE_LAW, Rulebook

MOVING = (ClockExtended, DeadlineRedated, ClockRejudged)
"""What moves a clock from the docket, whatever its rule hears."""


def clocks(history: Iterable[Recorded]) -> list[Clock]:
    """Every run of every clock, in the order in which they started.

    The history is that of the case, of its docket and of the rulebook, in the one order.
    """
    book = THE_LAW
    running: dict[str, Clock] = {}
    closed: list[Clock] = []
    for recorded in history:
        book = book.evolve(recorded.event)
        before = dict(running)
        for id in moved_by(recorded, book):
            after = moved(id, recorded, book, before)
            if after and id in before and after.run != before[id].run:
                closed.append(before[id])
            if after:
                running[id] = after
    return sorted((*closed, *running.values()), key=lambda clock: (clock.run, clock.rule))


def moved_by(recorded: Recorded, book: Rulebook) -> tuple[str, ...]:
    """The rules whose clocks may move with this event."""
    event = recorded.event
    return (event.rule,) if isinstance(event, MOVING) else book.moved_by(type(event).__name__)


def moved(id: str, recorded: Recorded, book: Rulebook, before: Mapping[str, Clock]) -> Clock | None:
    """The clock of that rule after this event; a clock that was stopped gives way to a new run only.

    `before` are the latest runs of the case's clocks before it, by rule.
    """
    clock = before.get(id)
    if isinstance(recorded.event, MOVING):
        return clock and _from_the_docket(clock, recorded.event, book)
    if clock is None or not clock.open:
        return _started(id, recorded, book, before) or clock
    after = _heard(clock, recorded, book)
    return clock if after is clock else after.dated(book.calendar)


def _started(id: str, recorded: Recorded, book: Rulebook, before: Mapping[str, Clock]) -> Clock | None:
    found = book.started(id, recorded.event, recorded.occurred_on)
    if found is None:
        return None
    rule, heard = found
    limit = _limit(rule, heard, recorded)
    if limit is None:
        return None
    since, since_at = when(heard, recorded)
    clock = _clock(rule, limit, since, since_at).but(run=recorded.version, by=heard.event)
    if shorter := before.get(heard.instead_of):
        clock = clock.but(pauses=shorter.pauses_after(since, since_at))
    return clock.dated(book.calendar)


def _clock(rule: Rule, limit: Limit, since: date, since_at: datetime) -> Clock:
    return Clock(
        rule=rule.id, edition=rule.edition, kind=rule.kind, limit=limit, run=0, since=since, since_at=since_at, by=""
    )


def last_day(id: str, since: date, book: Rulebook) -> date | None:
    """The last day of the time that a rule gives from a day on; None where it gives none or does not bind then."""
    rule = book.binding(id, since)
    if rule is None or rule.limit is None:
        return None
    return _clock(rule, rule.limit, since, midnight(since)).dated(book.calendar).due_on


def _limit(rule: Rule, heard: Heard, recorded: Recorded) -> Limit | None:
    """How long it gives; where the instrument leaves that to the contract, what the event says."""
    if not heard.limit:
        return rule.limit
    value: int | None = getattr(recorded.event, heard.limit)
    bound = rule.limit.bound if rule.limit else Bound.AT_MOST
    return Limit(value, Unit.CALENDAR_DAYS, bound, rolls=False) if value else None


def _heard(clock: Clock, recorded: Recorded, book: Rulebook) -> Clock:
    rule = edition_of(clock, book)
    works = rule and rule.clock
    if not works:
        return clock
    event = recorded.event
    for heard in (each for each in works.ends if each.hears(event)):
        on, at = when(heard, recorded)
        return clock.stop(on, at, heard.event, ended=True)
    for heard in (each for each in works.stops if each.hears(event)):
        on, at = when(heard, recorded)
        return clock.stop(on, at, heard.event)
    for heard in (each for each in works.restarts if each.hears(event)):
        return clock.restart(*when(heard, recorded))
    for heard in (each for each in works.resumes if each.hears(event)):
        return clock.resume(*when(heard, recorded))
    for heard in (each for each in works.pauses if each.hears(event)):
        return clock.pause(*when(heard, recorded), heard.event)
    return clock


def _from_the_docket(clock: Clock, event: object, book: Rulebook) -> Clock:
    match event:
        case ClockExtended(run=run, units=units) if run == clock.run and clock.open:
            return clock.but(extended=clock.extended + units).dated(book.calendar)
        case DeadlineRedated(run=run) if run == clock.run and clock.open:
            return clock.dated(book.calendar)
        case ClockRejudged(run=run, counted_by=edition) if run == clock.run:
            judged = clock.but(edition=edition)
            rule = edition_of(judged, book)
            # What the contract gives, no edition changes.
            changes = rule and rule.limit and not (rule.clock and any(each.limit for each in rule.clock.starts))
            limit = rule.limit if rule and changes else None
            return judged.but(limit=limit or clock.limit).dated(book.calendar)
    return clock


def edition_of(clock: Clock, book: Rulebook) -> Rule | None:
    """The edition of its rule that the clock is counted by."""
    day = date.fromisoformat(clock.edition.rpartition("@")[2])
    return book.rule(clock.rule, day)


def when(heard: Heard, recorded: Recorded) -> tuple[date, datetime]:
    """The day that the event names, or else on which it occurred, and the instant."""
    on = heard.day(recorded.event)
    if on is None or on == recorded.occurred_on:
        return recorded.occurred_on, recorded.occurred_at
    return on, midnight(on)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, CALENDAR_ZONE).astimezone(UTC)
