"""seen(projection, what happened).when(an event).changes(columns): how read models are tested. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest

from application.projection import Projection, Row, fold
from domain.kernel import CALENDAR_ZONE, Event, Recorded
from domain.words import Actor, Role
from tests.kit import STREAM, TODAY

CLERK = Actor("clerk", Role.SERVICE)
ON = TODAY
"""The day on which everything happens in these stories, unless they say otherwise."""


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), CALENDAR_ZONE).astimezone(UTC)


def happened(event: Event, on: date = TODAY, known_on: date | None = None, **more: Any) -> Recorded:
    """An event in its envelope; known on the day it happened, unless that was later."""
    envelope: dict[str, Any] = {"stream": STREAM, "version": 1, "actor": CLERK, "command": UUID(int=1)}
    moments = {"occurred_at": noon(on), "recorded_at": noon(known_on or on)}
    return Recorded(**{**envelope, **moments, "correlation": UUID(int=2), "event": event, **more})


def in_order(*told: Event | Recorded) -> list[Recorded]:
    """One stream's history: version and position follow the order in which it is told."""
    each = (happened(event) if isinstance(event, Event) else event for event in told)
    return [recorded.but(version=n, position=n) for n, recorded in enumerate(each, 1)]


@dataclass(frozen=True)
class Seen:
    """What one read model shows of one case."""

    projection: type[Projection]
    history: tuple[Event | Recorded, ...]

    @property
    def rows(self) -> list[Row]:
        shown = fold(self.projection, {}, in_order(*self.history)).values()
        return [each for each in shown if each is not None]

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the only row; none if there is no row. Every value is what its column may hold."""
        if not self.rows:
            return {}
        [row] = self.rows
        assert type(row).model_validate(dict(row)) == row
        return dict(row)

    def when(self, event: Event | Recorded) -> Change:
        return Change(self, Seen(self.projection, (*self.history, event)))

    def shows(self, **expected: Any) -> None:
        """At least this."""
        columns = self.columns
        shown = {name: columns.get(name) for name in expected}
        assert shown == expected, f"{shown} is shown, not {expected}"

    def shows_nothing(self) -> None:
        assert self.rows == []


@dataclass(frozen=True)
class Change:
    before: Seen
    after: Seen

    def changes(self, **expected: Any) -> None:
        """Exactly these columns, to exactly these values."""
        before, after = self.before.columns, self.after.columns
        changed = {name: value for name, value in after.items() if before.get(name) != value}
        assert changed == expected, f"{changed} changed, not {expected}"

    def changes_nothing(self) -> None:
        self.changes()


def seen(projection: type[Projection], *history: Event | Recorded) -> Seen:
    return Seen(projection, history)


@dataclass(frozen=True)
class Happens:
    """A sentence of the business: after what came before, this event changes exactly these columns."""

    says: str
    before: tuple[Event | Recorded, ...]
    event: Event | Recorded
    changed: dict[str, Any] = field(default_factory=dict)

    def is_seen_in(self, projection: type[Projection]) -> None:
        seen(projection, *self.before).when(self.event).changes(**self.changed)


def each_of(happenings: Sequence[Happens]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("happening", happenings, ids=[each.says for each in happenings])


def heard_in(happenings: Sequence[Happens]) -> set[type[Event]]:
    events = (each.event.event if isinstance(each.event, Recorded) else each.event for each in happenings)
    return {type(each) for each in events}
