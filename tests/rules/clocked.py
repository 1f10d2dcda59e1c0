"""Stories of clocks, told by events alone: what starts one, what stops it, on which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import msgspec

from domain.clock import Clock
from domain.docket.clocks import clocks
from domain.kernel import CALENDAR_ZONE, EVENTS, Event, Recorded
from domain.rules.change import RuleChange, Switch
from domain.rules.law import law
from domain.rules.rule import Heard, Rule
from domain.rules.rulebook import RULEBOOK, EditionAdopted
from domain.words import SYSTEM
from tests.golden.record import SAMPLES
from tests.kit import STREAM

AROSE = date(2026, 3, 2)
"""A Monday on which every rule of today is in force."""
CONTRACTED = 15
"""What the contract says where a rule leaves the length to it."""
CLOCKED = [rule for rule in law() if rule.clock]
SAMPLE = {type(event).__name__: event for event in SAMPLES}


def heard(what: Heard, day: date) -> Event:
    """An event as the rule hears it, of that day."""
    event = SAMPLE[EVENTS[what.event].__name__]
    changes: dict[str, Any] = {name: values[0] for name, values in what.where.items()}
    changes |= {what.on: day} if what.on else {}
    changes |= {what.limit: CONTRACTED} if what.limit else {}
    kind = type(event)
    plain = msgspec.to_builtins(event) | msgspec.to_builtins(changes)
    return msgspec.convert(plain, kind, strict=False)


def history(*told: tuple[date, Event, UUID]) -> list[Recorded]:
    """What happened, in the one order: on which day, in which stream."""
    versions: dict[UUID, int] = {}
    recorded = []
    for position, (day, event, stream) in enumerate(told, 1):
        versions[stream] = versions.get(stream, 0) + 1
        noon = datetime.combine(day, time(12), CALENDAR_ZONE)
        key = UUID(int=position)
        recorded.append(
            Recorded(
                stream=stream,
                version=versions[stream],
                recorded_at=noon,
                occurred_at=noon,
                actor=SYSTEM,
                command=key,
                correlation=key,
                event=event,
                position=position,
            )
        )
    return recorded


def switched_on(rule: Rule) -> tuple[date, Event, UUID]:
    """The insurer has chosen to be bound by it."""
    change = RuleChange(rule=rule.id, switch=Switch.ON)
    adopted = EditionAdopted(standard="CLM-1", version=1, effective_on=rule.starts_on, changes=(change,))
    return AROSE - timedelta(1), adopted, RULEBOOK


def run(rule: Rule, *later: tuple[date, Event], before: Sequence[tuple[date, Event, UUID]] = ()) -> Clock | None:
    """The clock of that rule that started on the day of these stories, after what came later."""
    assert rule.clock
    told = [*before, (AROSE, heard(rule.clock.starts[0], AROSE), STREAM)]
    told += [(day, event, STREAM) for day, event in later]
    return next((clock for clock in clocks(history(*told)) if clock.rule == rule.id), None)
