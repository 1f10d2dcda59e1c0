"""The log as recorders of the `eventsourcing` library: the same function appends, and a thread waits for it.

All of its applications share the one log. What they track is a mark of theirs. Subscriptions look again and again:
nobody is notified by the database.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    IntegrityError,
    Notification,
    OperationalError,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
    TrackingRecorder,
)
from psycopg import pq
from psycopg_pool import ConnectionPool

from application.ports import Batch, Mark
from infrastructure.mapper import COLUMNS, Stored
from infrastructure.postgres import log
from infrastructure.postgres.append import APPEND, Sealed, arguments
from infrastructure.postgres.line import BINARY, int8s_of
from infrastructure.vault import Keys, Masters

PAGE, PAUSE = 500, 0.02
"""Events a subscription reads at once, and the seconds between two looks where there is nothing new."""
HIGHEST = 2**63 - 1
Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class BoxedEvent(StoredEvent):
    """A stored event about a person; `wrapped` is their key where it is new with this event."""

    subject: UUID
    box: bytes | None
    wrapped: bytes | None = None


@dataclass(frozen=True)
class BoxedNotification(Notification):
    subject: UUID
    box: bytes | None


class Log:
    """The database and the keys of persons, waited for by the thread that asks."""

    def __init__(self, url: str, masters: Masters, connections: int = 16) -> None:
        self.pool = ConnectionPool(url, min_size=1, max_size=connections, configure=_prepare, open=True)
        self.keys = Keys(masters)
        self._times_forgotten = 0
        self._turn = Lock()

    def append(self, events: Sequence[StoredEvent], mark: Mark | None = None) -> int:
        """The position before the first of the events. Raises IntegrityError, OperationalError."""
        keys = {each.subject: each.wrapped for each in events if isinstance(each, BoxedEvent) and each.wrapped}
        sealed = replace(Sealed.of(Batch(mark=mark), {}, keys), events=list(map(_stored, events)))
        try:
            with self.pool.connection() as connection:
                values: list[Any] = arguments([sealed], self._times_forgotten)
                result = connection.pgconn.exec_prepared(b"append", values, [BINARY] * len(values), BINARY)
                if result.status != pq.ExecStatus.TUPLES_OK:
                    raise psycopg.errors.error_from_result(result)
        except (psycopg.errors.UniqueViolation, psycopg.errors.SerializationFailure) as error:
            raise IntegrityError(str(error)) from error
        except psycopg.OperationalError as error:
            raise OperationalError(str(error)) from error
        before, self._times_forgotten = int8s_of(result.get_value(0, 0))
        self.keys.notice(self._times_forgotten)
        return before

    def select(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Rows of a statement with $1, $2 … Raises OperationalError."""
        try:
            with self.pool.connection() as connection:
                return psycopg.RawCursor(connection).execute(query, values, binary=True).fetchall()
        except psycopg.OperationalError as error:
            raise OperationalError(str(error)) from error

    def events(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Rows of events; noticed on the way, whether somebody has been forgotten. Raises OperationalError."""
        rows = self.select(query, values)
        if any(subject is not None for *_, subject, _, _ in rows):
            [(_, times_forgotten)] = self.select(log.HEAD, ())
            self.keys.notice(times_forgotten)
        return rows

    def key(self, subject: UUID) -> AESGCM | None:
        """A person's key; None where they have been forgotten. Raises KeyError where they have none yet."""
        with self._turn:
            if subject not in self.keys:
                self.keys.learn(self.select(log.KEYS, ([subject],)))
            return self.keys[subject]

    def close(self) -> None:
        self.pool.close()


def _prepare(connection: Connection) -> None:
    connection.autocommit = True
    result = connection.pgconn.prepare(b"append", APPEND.encode())
    if result.status != pq.ExecStatus.COMMAND_OK:
        raise psycopg.errors.error_from_result(result)


def _stored(event: StoredEvent) -> Stored:
    assert isinstance(event.originator_id, UUID), "streams of the log are named by UUIDs"
    subject, box = (event.subject, event.box) if isinstance(event, BoxedEvent) else (None, None)
    return Stored(0, event.originator_id, event.originator_version, event.topic, subject, event.state, box)


def _event(row: tuple[Any, ...]) -> StoredEvent:
    _, stream, version, topic, subject, state, box = row
    if subject is None:
        return StoredEvent(stream, version, topic, state)
    return BoxedEvent(stream, version, topic, state, subject, box)


def _notification(row: tuple[Any, ...]) -> Notification:
    position, stream, version, topic, subject, state, box = row
    if subject is None:
        return Notification(stream, version, topic, state, position)
    return BoxedNotification(stream, version, topic, state, position, subject, box)


class LogAggregateRecorder(AggregateRecorder):
    def __init__(self, log: Log) -> None:
        self.log = log

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        if stored_events:
            self.log.append(stored_events)
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        query = (
            f"SELECT {COLUMNS} FROM log.events WHERE stream = $1::uuid AND version > $2::bigint"  # noqa: S608
            f" AND version <= $3::bigint ORDER BY version {'DESC' if desc else 'ASC'} LIMIT $4::bigint"
        )
        after, until = -1 if gt is None else gt, HIGHEST if lte is None else lte
        return list(map(_event, self.log.events(query, (originator_id, after, until, limit))))


class LogApplicationRecorder(LogAggregateRecorder, ApplicationRecorder):
    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        if not stored_events:
            return []
        before = self.log.append(stored_events)
        return list(range(before + 1, before + 1 + len(stored_events)))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        query = (
            f"SELECT {COLUMNS} FROM log.events WHERE position > $1::bigint AND position <= $2::bigint"  # noqa: S608
            " AND ($3::text[] IS NULL OR type = ANY($3)) ORDER BY position LIMIT $4::bigint"
        )
        after = (start or 0) - (1 if inclusive_of_start and start else 0)
        until = HIGHEST if stop is None else stop
        return list(map(_notification, self.log.events(query, (after, until, list(topics) or None, limit))))

    def max_notification_id(self) -> int | None:
        [(head, _)] = self.log.select(log.HEAD, ())
        return int(head) or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        return LogSubscription(self, gt, topics)


class LogSubscription(Subscription[ApplicationRecorder]):
    """Reads on from where it stands; with nothing new it looks again after a pause, until it is stopped."""

    _page: Sequence[Notification] = ()
    _read = 0

    def __next__(self) -> Notification:
        while not self._has_been_stopped:
            if self._read < len(self._page):
                self._read += 1
                return self._page[self._read - 1]
            self._page, self._read = self._next_page(), 0
            if self._page:
                self._last_notification_id = self._page[-1].id
            else:
                time.sleep(PAUSE)
        raise StopIteration

    def _next_page(self) -> Sequence[Notification]:
        after = self._last_notification_id
        return self._recorder.select_notifications(after, PAGE, topics=self._topics, inclusive_of_start=False)


class LogTrackingRecorder(TrackingRecorder):
    """What a process tracks is a mark under its name and that of the application it follows."""

    def __init__(self, log: Log, name: str = "") -> None:
        self.log, self.name = log, name

    def insert_tracking(self, tracking: Tracking) -> None:
        self.log.append([], self._mark(tracking))

    def max_tracking_id(self, application_name: str) -> int | None:
        rows = self.log.select(log.MARK, (self._reader(application_name),))
        return int(rows[0][0]) if rows else None

    def _mark(self, tracking: Tracking) -> Mark:
        return Mark(self._reader(tracking.application_name), tracking.notification_id)

    def _reader(self, application_name: str) -> str:
        return f"{self.name} < {application_name}"


class LogProcessRecorder(LogTrackingRecorder, LogApplicationRecorder, ProcessRecorder):
    """Events and the mark of what led to them are appended together."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        tracking: Tracking | None = kwargs.get("tracking")
        if not stored_events and tracking is None:
            return []
        before = self.log.append(stored_events, self._mark(tracking) if tracking else None)
        return list(range(before + 1, before + 1 + len(stored_events)))
