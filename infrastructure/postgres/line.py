"""One connection of this process's event loop, spoken to in prepared statements and binary values.

It opens itself when first used, and again after it was lost. Below psycopg's cursors, on the same libpq: a command in
the hot path has tens of microseconds to spare, and a cursor takes a hundred.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from struct import Struct
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection, pq

BINARY = pq.Format.BINARY
ARRAYS = {"int4": 23, "int8": 20, "text": 25, "uuid": 2950, "bytea": 17}
"""The object identifiers of the types whose arrays are sent, as the catalogue of every PostgreSQL has them."""

GOING = ("57P", "08", "53")
"""Classes of errors by which a server says that it cannot go on, and not that what it was asked is wrong."""


class Lost(Exception):
    """The connection is gone, and nobody can tell whether the server has done what it was asked."""


_LENGTH = {length: length.to_bytes(4) for length in (4, 8, 16)}
_EMPTY = {kind: bytes(8) + number.to_bytes(4) for kind, number in ARRAYS.items()}
_NULL = b"\xff\xff\xff\xff"
_HEADER = Struct(">iiIii").pack
_ONE = {kind: _HEADER(1, 0, number, 1, 1) for kind, number in ARRAYS.items()}


def int4s(values: Sequence[int]) -> bytes:
    return _fixed("int4", 4, [value.to_bytes(4) for value in values])


def int8s(values: Sequence[int]) -> bytes:
    return _fixed("int8", 8, [value.to_bytes(8) for value in values])


def uuids(values: Sequence[UUID]) -> bytes:
    return _fixed("uuid", 16, [value.bytes for value in values])


def texts(values: Sequence[str]) -> bytes:
    return byteas([value.encode() for value in values], "text")


def byteas(values: Sequence[bytes | None], kind: str = "bytea") -> bytes:
    """Values already in their binary form; None is null."""
    if not values:
        return _EMPTY[kind]
    if len(values) == 1 and (only := values[0]) is not None:
        return _ONE[kind] + len(only).to_bytes(4) + only
    parts = [_NULL if value is None else len(value).to_bytes(4) + value for value in values]
    return _HEADER(1, int(None in values), ARRAYS[kind], len(values), 1) + b"".join(parts)


def _fixed(kind: str, length: int, values: list[bytes]) -> bytes:
    if not values:
        return _EMPTY[kind]
    each = _LENGTH[length]
    if len(values) == 1:
        return _ONE[kind] + each + values[0]
    return _HEADER(1, 0, ARRAYS[kind], len(values), 1) + each + each.join(values)


def int8(value: int) -> bytes:
    return value.to_bytes(8)


def int8s_of(value: bytes | None) -> list[int]:
    """The elements of an array without nulls."""
    head, each = 20, 12
    return [int.from_bytes(value[at + 4 : at + each]) for at in range(head, len(value), each)] if value else []


class Line:
    """Calls one after the other; a caller who is cancelled while the server works costs the connection, not the next."""

    def __init__(self, url: str, settings: str = "") -> None:
        self._url, self._settings = url, settings
        self._loop: asyncio.AbstractEventLoop | None = None
        self._connection: AsyncConnection[Any] | None = None
        self._socket: int | None = None
        self._prepared: dict[str, bytes] = {}
        self._names = count(1)
        self._turn = asyncio.Lock()
        self._answered: asyncio.Future[None] | None = None

    async def call(self, query: str, values: Sequence[bytes | None] = ()) -> pq.abc.PGresult:
        """The result of one statement, its values in place of $1, $2 … Raises what the database says, or Lost."""
        if self._loop is not asyncio.get_running_loop():
            self.close()
            self._loop, self._turn = asyncio.get_running_loop(), asyncio.Lock()
        async with self._turn:
            if self._broken():
                self.close()
            try:
                connection = self._connection or await self._open()
                name = self._prepared.get(query) or await self._prepare(connection, query)
                connection.pgconn.send_query_prepared(name, values, [BINARY] * len(values), result_format=BINARY)
                return await self._result(connection)
            except (OSError, psycopg.InterfaceError, psycopg.OperationalError) as error:
                if isinstance(error, psycopg.Error) and error.sqlstate and not error.sqlstate.startswith(GOING):
                    raise
                self.close()
                raise Lost(str(error).strip()) from error
            except asyncio.CancelledError:
                self.close()
                raise

    def close(self) -> None:
        """May be called in any loop, or in none."""
        connection, self._connection = self._connection, None
        self._prepared.clear()
        self._unwatch()
        if connection is not None:
            connection.pgconn.finish()

    def _unwatch(self) -> None:
        """At once when a connection is lost: the next one opened may be given the same number."""
        socket, self._socket = self._socket, None
        if socket is not None and self._loop is not None and not self._loop.is_closed():
            with suppress(OSError, ValueError):
                self._loop.remove_reader(socket)

    def _broken(self) -> bool:
        return self._connection is None or self._connection.pgconn.status != pq.ConnStatus.OK

    async def _open(self) -> AsyncConnection[Any]:
        assert self._loop is not None
        self._connection = connection = await AsyncConnection.connect(self._url, autocommit=True)
        if self._settings:
            await connection.execute(self._settings.encode())
        self._socket = connection.pgconn.socket
        self._loop.add_reader(self._socket, self._readable, connection.pgconn)
        return connection

    async def _prepare(self, connection: AsyncConnection[Any], query: str) -> bytes:
        name = b"s%d" % next(self._names)
        connection.pgconn.send_prepare(name, query.encode())
        await self._result(connection)
        self._prepared[query] = name
        return name

    async def _result(self, connection: AsyncConnection[Any]) -> pq.abc.PGresult:
        assert self._loop is not None
        found: pq.abc.PGresult | None = None
        while connection.pgconn.flush():
            # A large message: more is taken once the server has taken some. It may answer meanwhile.
            await self._writable(connection.pgconn)
        while True:
            while connection.pgconn.is_busy():
                self._answered = self._loop.create_future()
                await self._answered
            result = connection.pgconn.get_result()
            if result is None:
                break
            found = result
        assert found is not None
        if found.status not in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
            raise psycopg.errors.error_from_result(found)
        return found

    async def _writable(self, pgconn: pq.abc.PGconn) -> None:
        assert self._loop is not None
        ready = self._loop.create_future()
        self._loop.add_writer(pgconn.socket, _done, ready)
        try:
            await ready
        finally:
            self._loop.remove_writer(pgconn.socket)

    def _readable(self, pgconn: pq.abc.PGconn) -> None:
        waiting = self._answered
        try:
            pgconn.consume_input()
            if pgconn.is_busy():
                return
        except psycopg.OperationalError as error:
            self._unwatch()
            if waiting is not None and not waiting.done():
                waiting.set_exception(error)
            return
        if waiting is not None and not waiting.done():
            waiting.set_result(None)


def _done(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)
