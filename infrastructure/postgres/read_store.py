"""Reads the read models; everything that reaches SQL goes as a parameter or as the name of a known column."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import psycopg
from psycopg import sql
from psycopg_pool import AsyncConnectionPool

from application.catalogue import PROJECTIONS
from application.health import Condition
from application.ports import BadCursor, Page
from application.projection import Projection, Row
from infrastructure.lookup import SECRETS, Lookup
from infrastructure.postgres.health import health
from infrastructure.postgres.tables import Table, trace_of
from infrastructure.vault import Masters

Found = tuple[list[tuple[Any, ...]], int]
"""Records, and the position they stand at."""


class PostgresReadStore:
    def __init__(self, url: str, masters: Masters, pool: int = 4) -> None:
        self._pool = AsyncConnectionPool(url, min_size=1, max_size=pool, open=False, kwargs={"autocommit": True})
        self._tables = {projection: Table(projection) for projection in PROJECTIONS}
        self._lookup = Lookup(masters)

    async def open(self) -> None:
        await self._pool.open(wait=True)

    async def close(self) -> None:
        await self._pool.close()

    async def find(
        self,
        projection: type[Projection],
        where: Mapping[str, Any] | None = None,
        *,
        text: str = "",
        limit: int = 50,
        cursor: str | None = None,
        newest: bool = False,
    ) -> Page:
        table = self._tables[projection]
        conditions, arguments = await self._conditions(table, where or {}, text)
        order = sql.SQL(", ").join(map(sql.Identifier, table.order))
        if cursor:
            values = _opened(cursor, [table.row.model_fields[name].annotation for name in table.order])
            marks = sql.SQL(", ").join(sql.SQL("%s::" + table.column(name).type) for name in table.order)
            beyond = sql.SQL("({}) {} ({})").format(order, sql.SQL("<" if newest else ">"), marks)
            conditions.append(beyond)
            arguments += values
        direction = sql.SQL(" DESC" if newest else "")
        query = (
            table.selection
            + _where(conditions)
            + sql.SQL(" ORDER BY {} LIMIT %s").format(
                sql.SQL(", ").join(sql.Identifier(name) + direction for name in table.order)
            )
        )
        records, position = await self._match(table, query, [*arguments, limit + 1])
        rows = [table.read(record) for record in records[:limit]]
        following = _closed([getattr(rows[-1], name) for name in table.order]) if len(records) > limit else None
        return Page(rows, following, position)

    async def upto(self, projection: type[Projection], column: str, last: Any, limit: int) -> Sequence[Row]:
        table = self._tables[projection]
        query = table.selection + sql.SQL(" WHERE {0} <= %s ORDER BY {0} LIMIT %s").format(sql.Identifier(column))
        records, _ = await self._match(table, query, [last, limit])
        return [table.read(record) for record in records]

    async def get(self, projection: type[Projection], *key: Any) -> Row | None:
        table = self._tables[projection]
        found = await self.find(projection, dict(zip(table.key, key, strict=True)), limit=1)
        return found.rows[0] if found.rows else None

    async def count(self, projection: type[Projection], where: Mapping[str, Any] | None = None) -> int:
        table = self._tables[projection]
        conditions, arguments = await self._conditions(table, where or {}, "")
        query = sql.SQL("SELECT count(*) FROM {}").format(table.identifier) + _where(conditions)
        counted, _ = await self._match(table, query, arguments)
        return sum(count for (count,) in counted)

    async def figures(
        self, projection: type[Projection], by: Sequence[str], total: Sequence[str] = ()
    ) -> tuple[int, list[dict[str, Any]]]:
        table = self._tables[projection]
        names = sql.SQL(", ").join(map(sql.Identifier, by))
        sums = [sql.SQL(", sum({})::bigint").format(sql.Identifier(name)) for name in total]
        query = sql.SQL("SELECT {0}, count(*){1} FROM {2} GROUP BY {0} ORDER BY {0}").format(
            names, sql.Composed(sums), table.identifier
        )
        records, position = await self._read(table, query, ())
        titles = (*by, "count", *total)
        return position, [dict(zip(titles, record, strict=True)) for record in records]

    async def position(self) -> int:
        async with self._pool.connection() as connection:
            return await self._position(connection, *self._tables.values())

    async def wait(self, position: int, seconds: float = 5.0) -> bool:
        loop = asyncio.get_running_loop()
        until, pause = loop.time() + seconds, 0.002
        while await self.position() < position:
            if loop.time() > until:
                return False
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 0.05)
        return True

    async def health(self) -> Condition:
        async with self._pool.connection() as connection:
            return await health(connection, list(self._tables.values()))

    async def _position(self, connection: Any, *tables: Table) -> int:
        """Up to where all of these tables have come, not counting those that are broken and stand still."""
        names = [table.projection.name for table in tables]
        versions = [table.projection.version for table in tables]
        cursor = await connection.execute(
            "SELECT count(*), coalesce(min(position) FILTER (WHERE broken_at IS NULL), min(position))"
            " FROM view.projections WHERE (name, version) IN (SELECT * FROM unnest(%s::text[], %s::int[]))",
            (names, versions),
        )
        known, position = await cursor.fetchone()
        return int(position) if known == len(names) else 0

    async def _match(self, table: Table, query: sql.Composed, arguments: Sequence[Any]) -> Found:
        """As `_read`; what no column can hold, a number too large or a NUL, is found in no row."""
        try:
            return await self._read(table, query, arguments)
        except psycopg.DataError:
            return [], await self.position()

    async def _read(self, table: Table, query: sql.Composed, arguments: Sequence[Any]) -> Found:
        """Rows and the position they stand at, from one snapshot."""
        async with self._pool.connection() as connection, connection.transaction():
            # The lock comes before the snapshot: a table that is being swapped in is waited for, and then seen in full.
            await connection.execute(
                sql.SQL(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; LOCK TABLE {} IN ACCESS SHARE MODE"
                ).format(table.identifier),
                prepare=False,
            )
            cursor = connection.cursor(binary=True)
            await cursor.execute(query, arguments)
            records = await cursor.fetchall()
            return records, await self._position(connection, table)

    async def _conditions(
        self, table: Table, where: Mapping[str, Any], text: str
    ) -> tuple[list[sql.Composable], list[Any]]:
        conditions: list[sql.Composable] = []
        arguments: list[Any] = []
        identifying = table.row.identifying
        if (text and identifying) or any(name in identifying for name in where):
            await self._learn()
        for name, value in where.items():
            column = table.column(name)
            if name in identifying:
                conditions.append(_left_by(name))
                arguments.append(self._lookup.traces(name, value))
            elif isinstance(value, (list, tuple, frozenset, set)):
                conditions.append(sql.SQL("{} = ANY(%s::" + column.type + "[])").format(sql.Identifier(name)))
                arguments.append(list(value))
            elif value is None:
                conditions.append(sql.SQL("{} IS NULL").format(sql.Identifier(name)))
            else:
                conditions.append(sql.SQL("{} = %s::" + column.type).format(sql.Identifier(name)))
                arguments.append(value)
        if text and table.row.searched:
            hits = [sql.SQL("{} ILIKE %s").format(sql.Identifier(name)) for name in table.row.searched]
            escaped = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
            arguments += [f"%{escaped}%"] * len(hits)
            hits += [_left_by(name) for name in identifying]
            arguments += [self._lookup.traces(name, text) for name in identifying]
            conditions.append(sql.SQL("(") + sql.SQL(" OR ").join(hits) + sql.SQL(")"))
        return conditions, arguments

    async def _learn(self) -> None:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(SECRETS, binary=True)
            self._lookup.learn(await cursor.fetchall())


def _left_by(name: str) -> sql.Composed:
    return sql.SQL("{} = ANY(%s::bytea[])").format(sql.Identifier(trace_of(name)))


def _where(conditions: Sequence[sql.Composable]) -> sql.Composed:
    return sql.SQL(" WHERE " if conditions else "") + sql.SQL(" AND ").join(conditions)


def _closed(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def _opened(cursor: str, kinds: Sequence[Any]) -> list[Any]:
    try:
        told = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return list(msgspec.json.decode(told, type=tuple[tuple(kinds)]))  # type: ignore[misc]
    except (binascii.Error, msgspec.DecodeError, UnicodeError, ValueError) as error:
        raise BadCursor(cursor) from error
