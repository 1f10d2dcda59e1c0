"""The log on PostgreSQL, through the library's application, process recorder and mapper."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

import psycopg
from eventsourcing.application import Application
from eventsourcing.persistence import IntegrityError, ProcessRecorder, StoredEvent, Tracking
from eventsourcing.postgres import PostgresProcessRecorder
from psycopg import conninfo, pq
from psycopg.rows import tuple_row
from psycopg.waiting import Ready, Wait

from application.ports import Answer, Batch, Conflict, Denial
from domain.kernel import Recorded
from infrastructure.mapper import decode, encode

DEFAULT_PORT = "5432"


class Recorder(PostgresProcessRecorder):
    """Adds to the library's one transaction what else must commit with the events: answers and refusals."""

    def _insert_events(self, curs: Any, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        super()._insert_events(curs, stored_events, **kwargs)
        answers: Sequence[Answer] = kwargs.get("answers", ())
        if answers:
            curs.execute(
                "INSERT INTO log.answers SELECT * FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::bigint[], %s::int[])",
                [[getattr(a, name) for a in answers] for name in ("key", "fingerprint", "stream", "version", "events")],
            )
        denials: Sequence[Denial] = kwargs.get("denials", ())
        if denials:
            columns = ("at", "actor", "role", "command", "stream", "code", "rule", "field")
            curs.execute(
                "INSERT INTO log.denials (at, actor, role, command, stream, code, rule, field) SELECT * FROM unnest("
                "%s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::text[], %s::text[], %s::text[])",
                [[getattr(d, name) for d in denials] for name in columns],
            )

    def _insert_stored_events(self, curs: Any, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        # As the library does, but with a binary array for each column: writing rows out as text takes five times as long.
        self._lock_table(curs)
        self._notify_channel(curs)
        curs.execute(
            "INSERT INTO log.uberrima_events (originator_id, originator_version, topic, state)"
            " SELECT * FROM unnest(%b::uuid[], %b::bigint[], %b::text[], %b::bytea[]) RETURNING notification_id",
            [
                [getattr(each, name) for each in stored_events]
                for name in ("originator_id", "originator_version", "topic", "state")
            ],
        )
        curs.connection.wait(_sent(curs.connection.pgconn))


def _sent(connection: pq.abc.PGconn) -> Generator[Wait, Ready, None]:
    """Sends all that is queued. A pipeline tries once only, and a server with half a message waits for its rest."""
    while connection.flush():
        if (yield Wait.RW) & Ready.R:
            connection.consume_input()


class Log(Application[UUID]):
    name = "uberrima"
    env: ClassVar[dict[str, str]] = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "PROCESS_RECORDER_TOPIC": "infrastructure.postgres.event_store:Recorder",
        "MAPPER_TOPIC": "infrastructure.mapper:EnvelopeMapper",
        "POSTGRES_SCHEMA": "log",
        "CREATE_TABLE": "n",
    }

    def construct_recorder(self) -> ProcessRecorder:
        return self.factory.process_recorder()


class PostgresEventStore:
    """Every call hands over to a thread, because the library's recorder waits for the database."""

    def __init__(self, url: str, pool: int = 4) -> None:
        told = conninfo.conninfo_to_dict(url)
        self._log = Log(
            env={
                "POSTGRES_DBNAME": str(told.get("dbname", "")),
                "POSTGRES_HOST": str(told.get("host", "")),
                "POSTGRES_PORT": str(told.get("port", DEFAULT_PORT)),
                "POSTGRES_USER": str(told.get("user", "")),
                "POSTGRES_PASSWORD": str(told.get("password", "") or "none"),
                "POSTGRES_POOL_SIZE": "1",
                "POSTGRES_MAX_OVERFLOW": str(pool),
                "POSTGRES_CONNECT_TIMEOUT": "30",
            }
        )
        recorder = self._log.recorder
        assert isinstance(recorder, Recorder)
        self._recorder = recorder

    def close(self) -> None:
        self._log.close()

    async def load(self, wanted: Mapping[UUID, int]) -> dict[UUID, list[Recorded]]:
        if not wanted:
            return {}
        rows = await asyncio.to_thread(
            self._rows,
            # OFFSET 0 keeps this one look into the index for each stream: a log that has just grown a lot, and of which
            # the database has no statistics yet, would be scanned as a whole.
            "SELECT e.* FROM unnest(%s::uuid[], %s::bigint[]) AS w (stream, after) CROSS JOIN LATERAL ("
            " SELECT originator_id, originator_version, topic, state, notification_id FROM log.uberrima_events"
            " WHERE originator_id = w.stream AND originator_version > w.after OFFSET 0) e"
            " ORDER BY e.notification_id",
            (list(wanted), list(wanted.values())),
            # Planned anew each time: a plan kept from when the log was small would scan all of it.
            prepare=False,
        )
        found: dict[UUID, list[Recorded]] = {}
        for row in rows:
            found.setdefault(row[0], []).append(decode(*row))
        return found

    async def append(self, batch: Batch) -> int:
        return await asyncio.to_thread(self._append, batch)

    def _append(self, batch: Batch) -> int:
        stored = [StoredEvent(r.stream, r.version, type(r.event).__name__, encode(r)) for r in batch.events]
        try:
            positions = self._recorder.insert_events(
                stored,
                tracking=Tracking(batch.mark.reader, batch.mark.position) if batch.mark else None,
                answers=batch.answers,
                denials=batch.denials,
            )
        except IntegrityError as error:
            raise Conflict(str(error)) from error
        return positions[-1] if positions else 0

    async def read(self, after: int, limit: int) -> list[Recorded]:
        rows = await asyncio.to_thread(
            self._rows,
            "SELECT originator_id, originator_version, topic, state, notification_id FROM log.uberrima_events"
            " WHERE notification_id > %s ORDER BY notification_id LIMIT %s",
            (after, limit),
        )
        return [decode(*row) for row in rows]

    async def head(self) -> int:
        [[position]] = await asyncio.to_thread(
            self._rows, "SELECT coalesce(max(notification_id), 0) FROM log.uberrima_events"
        )
        return int(position)

    async def answers(self, keys: Sequence[UUID]) -> dict[UUID, Answer]:
        rows = await asyncio.to_thread(
            self._rows,
            "SELECT a.key, a.fingerprint, a.stream, a.version, a.events,"
            " CASE WHEN a.events > 0 THEN coalesce(e.notification_id, 0) ELSE 0 END"
            " FROM log.answers a LEFT JOIN log.uberrima_events e"
            " ON e.originator_id = a.stream AND e.originator_version = a.version WHERE a.key = ANY(%s)",
            (list(keys),),
        )
        return {row[0]: Answer(*row) for row in rows}

    async def mark(self, reader: str) -> int:
        return await asyncio.to_thread(self._recorder.max_tracking_id, reader) or 0

    async def draw(self, series: str) -> int:
        return await asyncio.to_thread(self._draw, series)

    def _draw(self, series: str) -> int:
        with self._recorder.datastore.get_connection() as connection, connection.transaction():
            # The event that carries the number is flushed later in the same write-ahead log, so the draw need not be.
            connection.execute("SET LOCAL synchronous_commit = off")
            row = (
                connection.cursor(row_factory=tuple_row)
                .execute(
                    "INSERT INTO log.series AS s VALUES (%s, 1) ON CONFLICT (name) DO UPDATE SET last = s.last + 1"
                    " RETURNING last",
                    (series,),
                )
                .fetchone()
            )
        assert row
        return int(row[0])

    async def denials(self, limit: int, before: int | None = None) -> list[tuple[int, Denial]]:
        rows = await asyncio.to_thread(
            self._rows,
            "SELECT id, at, actor, role, command, stream, code, rule, field FROM log.denials"
            " WHERE %s::bigint IS NULL OR id < %s ORDER BY id DESC LIMIT %s",
            (before, before, limit),
        )
        return [(row[0], Denial(*row[1:])) for row in rows]

    def _rows(self, query: str, arguments: Sequence[Any] = (), *, prepare: bool = True) -> list[tuple[Any, ...]]:
        with self._recorder.datastore.get_connection() as connection:
            cursor: psycopg.Cursor[tuple[Any, ...]] = connection.cursor(row_factory=tuple_row, binary=True)
            return cursor.execute(query.encode(), arguments, prepare=prepare).fetchall()
