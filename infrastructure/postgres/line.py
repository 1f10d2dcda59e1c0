"""One connection of this process's event loop, spoken to in prepared statements and binary values.

It opens itself when first used, and again after it was lost. Below psycopg's cursors, on the same libpq: a command in
the hot path has tens of microseconds to spare, and a cursor takes a hundred.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection, pq

BINARY = pq.Format.BINARY
ARRAYS = {"int4": 23, "int8": 20, "text": 25, "uuid": 2950, "bytea": 17}
"""The object identifiers of the types whose arrays are sent, as the catalogue of every PostgreSQL has them."""

Lost = (psycopg.OperationalError, psycopg.InterfaceError, OSError)
"""What a call raises when nobody can tell whether the server has done it."""


def array(kind: str, values: Sequence[bytes | None]) -> bytes:
    """A one-dimensional array of values that are already in their binary form."""
    if not values:
        return bytes(8) + ARRAYS[kind].to_bytes(4)
    parts = [b"\xff\xff\xff\xff" if value is None else len(value).to_bytes(4) + value for value in values]
    head = (1).to_bytes(4) + int(None in values).to_bytes(4) + ARRAYS[kind].to_bytes(4)
    return head + len(values).to_bytes(4) + (1).to_bytes(4) + b"".join(parts)


def int4s(values: Sequence[int]) -> bytes:
    return array("int4", [value.to_bytes(4) for value in values])


def int8s(values: Sequence[int]) -> bytes:
    return array("int8", [int8(value) for value in values])


def int8(value: int) -> bytes:
    return value.to_bytes(8, signed=True)


def int4s_of(value: bytes | None) -> list[int]:
    """The elements of an array without nulls."""
    head, each = 20, 8
    return [int.from_bytes(value[at + 4 : at + each]) for at in range(head, len(value), each)] if value else []


def texts(values: Sequence[str]) -> bytes:
    return array("text", [value.encode() for value in values])


def uuids(values: Sequence[UUID | None]) -> bytes:
    return array("uuid", [None if value is None else value.bytes for value in values])


def byteas(values: Sequence[bytes | None]) -> bytes:
    return array("bytea", values)


class Line:
    """Calls one after the other; a caller who is cancelled while the server works costs the connection, not the next."""

    def __init__(self, url: str, settings: str = "") -> None:
        self._url, self._settings = url, settings
        self._loop: asyncio.AbstractEventLoop | None = None
        self._connection: AsyncConnection[Any] | None = None
        self._prepared: dict[str, bytes] = {}
        self._names = count(1)
        self._turn = asyncio.Lock()
        self._answered: asyncio.Future[None] | None = None

    async def call(self, query: str, values: Sequence[bytes | None] = ()) -> pq.abc.PGresult:
        """The result of one statement, its values in place of $1, $2 … Raises what the database says, or one of Lost."""
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
            except (*Lost, asyncio.CancelledError) as error:
                if not isinstance(error, psycopg.Error) or self._broken():
                    self.close()
                raise

    def close(self) -> None:
        """May be called in any loop, or in none."""
        connection, self._connection = self._connection, None
        self._prepared.clear()
        if connection is None:
            return
        if self._loop is not None and not self._loop.is_closed() and connection.pgconn.status == pq.ConnStatus.OK:
            with suppress(OSError, ValueError, psycopg.Error):
                self._loop.remove_reader(connection.pgconn.socket)
        connection.pgconn.finish()

    def _broken(self) -> bool:
        return self._connection is None or self._connection.pgconn.status != pq.ConnStatus.OK

    async def _open(self) -> AsyncConnection[Any]:
        assert self._loop is not None
        self._connection = connection = await AsyncConnection.connect(self._url, autocommit=True)
        if self._settings:
            await connection.execute(self._settings.encode())
        self._loop.add_reader(connection.pgconn.socket, self._readable, connection.pgconn)
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
            if self._loop is not None and pgconn.socket >= 0:
                self._loop.remove_reader(pgconn.socket)
            if waiting is not None and not waiting.done():
                waiting.set_exception(error)
            return
        if waiting is not None and not waiting.done():
            waiting.set_result(None)


def _done(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)
