"""Who has taken note of which version of which standard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from application.projection import Key, Projection, Row
from domain.kernel import Recorded
from domain.standard.events import StandardAcknowledged
from domain.words import Role


class Acknowledgement(Row):
    key = ("standard", "version", "reader")
    indexes = ("standard", "version", "reader", "role")

    standard: UUID
    version: int
    reader: str
    role: Role
    acknowledged_on: date


class Acknowledgements(Projection):
    name = "acknowledgements"
    says = ("标准阅知记录", "Acknowledgements of standards")
    row = Acknowledgement
    hears = (StandardAcknowledged,)

    @staticmethod
    def keys(recorded: Recorded) -> Iterator[Key]:
        assert isinstance(recorded.event, StandardAcknowledged)
        yield recorded.stream, recorded.event.version, recorded.event.reader

    @staticmethod
    def evolve(row: Acknowledgement | None, recorded: Recorded) -> Acknowledgement | None:
        assert isinstance(recorded.event, StandardAcknowledged)
        return row or Acknowledgement(
            standard=recorded.stream,
            version=recorded.event.version,
            reader=recorded.event.reader,
            role=recorded.actor.role,
            acknowledged_on=recorded.occurred_on,
        )
