"""Who did what, when, to which case: one line for every event there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from application.projection import Key, Projection, Row
from domain.catalogue import AGGREGATE_OF, AGGREGATES, events_of
from domain.kernel import Recorded
from domain.reservation import Reservation
from domain.tally import Tally
from domain.words import Role


class TrailLine(Row):
    key = ("position",)
    indexes = ("stream", "actor", "event", "command")

    position: int
    stream: UUID
    kind: str
    version: int
    event: str
    actor: str
    role: Role
    recorded_at: datetime
    occurred_at: datetime
    command: UUID
    correlation: UUID
    causation: str
    rules: tuple[str, ...] = ()


class AuditTrail(Projection):
    name = "audit_trail"
    says = ("审计轨迹", "Audit trail")
    row = TrailLine
    hears = tuple(event for kind in AGGREGATES if kind not in (Reservation, Tally) for event in events_of(kind))
    shown_to = frozenset({Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR})

    @staticmethod
    def keys(recorded: Recorded) -> Iterator[Key]:
        yield (recorded.position,)

    @staticmethod
    def evolve(row: TrailLine | None, recorded: Recorded) -> TrailLine:
        name = type(recorded.event).__name__
        return TrailLine(
            position=recorded.position,
            stream=recorded.stream,
            kind=AGGREGATE_OF[name].kind(),
            version=recorded.version,
            event=name,
            actor=recorded.actor.name,
            role=recorded.actor.role,
            recorded_at=recorded.recorded_at,
            occurred_at=recorded.occurred_at,
            command=recorded.command,
            correlation=recorded.correlation,
            causation=recorded.causation,
            rules=recorded.rules,
        )
