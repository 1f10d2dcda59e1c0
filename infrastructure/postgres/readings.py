"""The log of readings on PostgreSQL: whoever waits at the same moment is noted in one commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec
from psycopg import pq

from application.ports import Unavailable
from application.supervision.readings import Reading
from infrastructure.gathering import Gathering
from infrastructure.postgres.line import Line, Lost, int8
from infrastructure.postgres.log import EPOCH

NOTE = "SELECT log.note($1::text::jsonb)"
LATEST = (
    "SELECT id, at, actor, role, door, kind, person, stream, purpose FROM log.readings"
    " WHERE ($1::uuid IS NULL OR person = $1) AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3::bigint"
)


class PostgresReadings:
    def __init__(self, url: str) -> None:
        self._line = Line(url)
        self._notes = Gathering(self._note)

    def close(self) -> None:
        self._line.close()

    async def note(self, readings: Sequence[Reading]) -> None:
        if readings:
            await self._notes.ask(readings)

    async def _note(self, asked: Sequence[Sequence[Reading]]) -> Sequence[None]:
        await self._call(NOTE, [msgspec.json.encode([reading for readings in asked for reading in readings])])
        return [None] * len(asked)

    async def latest(self, person: UUID | None, limit: int, before: int | None = None) -> list[tuple[int, Reading]]:
        values = [person.bytes if person else None, None if before is None else int8(before), int8(limit)]
        result = await self._call(LATEST, values)
        rows = [[result.get_value(row, column) or b"" for column in range(9)] for row in range(result.ntuples)]
        return [
            (
                int.from_bytes(place),
                Reading(
                    EPOCH + timedelta(microseconds=int.from_bytes(at, signed=True)),
                    actor.decode(),
                    role.decode(),
                    door.decode(),
                    kind.decode(),
                    UUID(bytes=about),
                    UUID(bytes=stream),
                    purpose.decode(),
                ),
            )
            for place, at, actor, role, door, kind, about, stream, purpose in rows
        ]

    async def _call(self, query: str, values: Sequence[bytes | None]) -> pq.abc.PGresult:
        """Once more where the connection had been lost meanwhile: rather noted twice than not. Raises Unavailable."""
        try:
            return await self._line.call(query, values)
        except Lost:
            try:
                return await self._line.call(query, values)
            except Lost as error:
                raise Unavailable(str(error).strip()) from error
