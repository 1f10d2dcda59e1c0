"""The statements that read the log, and how their rows become events: the same for whoever waits and whoever does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import pq
from psycopg.adapt import Transformer

from application.ports import Answer, Denial
from domain.kernel import Recorded
from infrastructure.mapper import COLUMNS, Stored, Unreadable, decode
from infrastructure.postgres.line import ARRAYS, BINARY
from infrastructure.vault import Keys

STREAMS = (
    # One row at least, so that the count is told even where nothing new has happened.
    # OFFSET 0 keeps this one look into the index for each stream: a log that has just grown a lot, and of which the
    # database has no statistics yet, would be scanned as a whole.
    "SELECT e.position, e.stream, e.version, e.type, e.subject, e.state, e.box, h.forgotten FROM log.head h LEFT JOIN"
    " (SELECT e.* FROM unnest($1::uuid[], $2::bigint[]) AS w (stream, after) CROSS JOIN LATERAL ("
    " SELECT * FROM log.events WHERE stream = w.stream AND version > w.after ORDER BY version OFFSET 0) e) e ON true"
)
PAGE = (
    f"SELECT {COLUMNS} FROM log.events"  # noqa: S608 - names of our own
    " WHERE position > $1::bigint AND position <= $2::bigint ORDER BY position"
)
KEYS = "SELECT subject, wrapped FROM vault.keys WHERE subject = ANY($1::uuid[])"
HEAD = "SELECT position, forgotten FROM log.head"
ABOUT = "SELECT stream FROM log.events WHERE subject = $1::uuid GROUP BY stream ORDER BY min(position)"
ANSWERS = "SELECT key, fingerprint, stream, version, events, position FROM log.answers WHERE key = ANY($1::uuid[])"
MARK = "SELECT position FROM log.marks WHERE reader = $1::text"
DESTROYED = (
    "SELECT subject, fingerprint FROM vault.ledger WHERE position = $1::bigint AND fingerprint IS NOT NULL"
    " ORDER BY subject"
)
DRAW = "SELECT log.draw($1::text, $2::bigint)"
DENIALS = (
    "SELECT id, at, actor, role, command, stream, code, rule, field FROM log.denials"
    " WHERE $2::bigint IS NULL OR id < $2 ORDER BY id DESC LIMIT $1::bigint"
)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""From which the server counts the microseconds of an instant."""


_FORGOTTEN = 7
_KINDS = [ARRAYS[kind] for kind in ("int8", "bytea", "int8", "text", "bytea", "bytea", "bytea", "int8")]
"""Ids as bytes: many rows have the same."""


class Hole(Exception):
    """A position between two others is missing: an event was removed behind the application's back."""

    def __init__(self, position: int) -> None:
        self.position = position
        super().__init__(f"event {position} is missing from the log")


def stored(result: pq.abc.PGresult) -> list[Stored]:
    """The rows of STREAMS or PAGE, as the server sent them in binary."""
    reading, ids = Transformer(), _Ids()
    reading.set_pgresult(result, set_loaders=False)
    reading.set_loader_types(_KINDS[: result.nfields], BINARY)

    def row(told: Sequence[Any]) -> Stored:
        position, stream, version, kind, subject, state, box, *_ = told
        return Stored(position, ids[stream], version, kind, ids[subject] if subject else None, state, box)

    # Where nothing new has happened there is one row all the same, with nothing in it but the count.
    if result.ntuples and result.get_value(0, 0) is None:
        return []
    return reading.load_rows(0, result.ntuples, row)


class _Ids(dict[bytes, UUID]):
    """Every id once, however many rows have it: making one takes as long as decrypting what is personal in an event."""

    def __missing__(self, told: bytes) -> UUID:
        found = self[told] = UUID(bytes=told)
        return found


def by_stream(rows: Sequence[Stored], events: Sequence[Recorded]) -> dict[UUID, list[Recorded]]:
    """The events of rows in which those of one stream follow one another."""
    found: dict[UUID, list[Recorded]] = {}
    stream: UUID | None = None
    for row, event in zip(rows, events, strict=True):
        if row.stream is not stream:
            stream, history = row.stream, found.setdefault(row.stream, [])
        history.append(event)
    return found


def times_forgotten(result: pq.abc.PGresult) -> int:
    """What STREAMS tells beside its rows."""
    return int.from_bytes(result.get_value(0, _FORGOTTEN) or b"")


def answers(result: pq.abc.PGresult) -> list[Answer]:
    """The rows of ANSWERS."""
    rows = [[result.get_value(row, column) or b"" for column in range(6)] for row in range(result.ntuples)]
    return [
        Answer(
            UUID(bytes=key),
            fingerprint.decode(),
            UUID(bytes=stream),
            int.from_bytes(version),
            int.from_bytes(events),
            int.from_bytes(position),
        )
        for key, fingerprint, stream, version, events, position in rows
    ]


def denials(result: pq.abc.PGresult) -> list[tuple[int, Denial]]:
    """The rows of DENIALS."""
    rows = [[result.get_value(row, column) or b"" for column in range(9)] for row in range(result.ntuples)]
    return [
        (
            int.from_bytes(place),
            Denial(
                EPOCH + timedelta(microseconds=int.from_bytes(at, signed=True)),
                actor.decode(),
                role.decode(),
                command.decode(),
                UUID(bytes=stream),
                *map(bytes.decode, rest),
            ),
        )
        for place, at, actor, role, command, stream, *rest in rows
    ]


def wrapped(result: pq.abc.PGresult) -> list[tuple[UUID, bytes | None]]:
    """The rows of KEYS."""
    return [(UUID(bytes=result.get_value(row, 0)), result.get_value(row, 1)) for row in range(result.ntuples)]


def unbroken(after: int, rows: Sequence[Stored]) -> Sequence[Stored]:
    """Rows that follow one another from a position on. Raises Hole."""
    if rows and rows[-1].position != after + len(rows):
        raise Hole(next(n for n, row in enumerate(rows, after + 1) if row.position != n))
    return rows


def about(rows: Sequence[Stored]) -> Iterable[UUID | None]:
    """Whose keys it takes to read them."""
    return {id(row.subject): row.subject for row in rows if row.box is not None}.values()


def decoded(rows: Sequence[Stored], keys: Keys) -> list[Recorded]:
    """Raises Unreadable, also where a person's key is neither there nor destroyed."""
    for subject in keys.unknown(about(rows)):
        position = next(row.position for row in rows if row.subject == subject)
        raise Unreadable(position, "there is no key for the person it is about, and nobody destroyed one")
    return decode(rows, keys)
