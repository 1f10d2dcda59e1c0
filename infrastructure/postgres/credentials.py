"""Passwords and passes: Argon2id for what people choose, SHA-256 for secrets we draw ourselves."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from psycopg_pool import AsyncConnectionPool

from application.ports import LATELY, Unavailable
from infrastructure.gathering import Gathering
from infrastructure.postgres.line import Line, Lost, byteas

HELD = (
    "SELECT hash, kind, account, floor(extract(epoch FROM expires_at - now()) * 1000)::bigint FROM gate.passes"
    " WHERE hash = ANY($1::bytea[]) AND expires_at > now()"
)
"""Whose a pass is, and for how many milliseconds more."""
TRIES = 5
LOCKED_FOR = timedelta(minutes=5)
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""The least that OWASP's password storage guidance asks of Argon2id."""
_NOBODY = _HASHER.hash(secrets.token_urlsafe())


class PostgresCredentials:
    def __init__(self, url: str) -> None:
        self._pool = AsyncConnectionPool(url, min_size=0, max_size=2, open=False, kwargs={"autocommit": True})
        self._line = Line(url)
        self._holders = Gathering(self._held)
        self._lately: dict[tuple[bytes, str], tuple[UUID, float]] = {}

    async def open(self) -> None:
        await self._pool.open()

    async def close(self) -> None:
        self._line.close()
        await self._pool.close()

    async def set_password(self, account: UUID, login: str, password: str) -> None:
        hashed = await asyncio.to_thread(_HASHER.hash, _bytes(password))
        await self._run(
            "INSERT INTO gate.passwords (account, login, hash) VALUES (%s, %s, %s)"
            " ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, failures = 0, locked_until = NULL",
            (account, login, hashed),
        )
        await self._run("DELETE FROM gate.passes WHERE account = %s AND kind = 'session'", (account,))
        self._lately.clear()

    async def check(self, login: str, password: str) -> UUID | None:
        query = "SELECT account, hash FROM gate.passwords WHERE login = %s"
        rows = await self._run(query, (login,)) if login.isprintable() else []
        account, hashed = rows[0] if rows else (None, _NOBODY)
        try:
            # An unknown login takes as long as a wrong password, so that neither can be told from the other.
            await asyncio.to_thread(_HASHER.verify, hashed, _bytes(password))
        except Argon2Error:
            await self._run(
                "UPDATE gate.passwords SET failures = failures + 1,"
                " locked_until = CASE WHEN failures + 1 >= %s THEN now() + %s ELSE locked_until END WHERE account = %s",
                (TRIES, LOCKED_FOR, account),
            )
            return None
        # Locked or not is asked only now: of many guesses at once, the first ones lock out the rest.
        admitted = await self._run(
            "UPDATE gate.passwords SET failures = 0, locked_until = NULL"
            " WHERE account = %s AND (locked_until IS NULL OR locked_until <= now()) RETURNING account",
            (account,),
        )
        return admitted[0][0] if admitted else None

    async def issue(self, account: UUID, kind: str, label: str, lifetime: timedelta) -> str:
        secret = f"ub_{secrets.token_urlsafe(32)}"
        await self._run(
            "INSERT INTO gate.passes (hash, account, kind, label, expires_at) VALUES (%s, %s, %s, %s, now() + %s)",
            (_digest(secret), account, kind, label, lifetime),
        )
        return secret

    async def holder(self, secret: str, kind: str) -> UUID | None:
        asked, now = (_digest(secret), kind), time.monotonic()
        if asked in self._lately and now < self._lately[asked][1]:
            return self._lately[asked][0]
        held = await self._holders.ask(asked)
        self._lately = {known: each for known, each in self._lately.items() if now < each[1]}
        if held is None:
            return None
        account, seconds = held
        self._lately[asked] = account, now + min(seconds, LATELY)
        return account

    async def _held(self, asked: Sequence[tuple[bytes, str]]) -> Sequence[tuple[UUID, float] | None]:
        """Every request asks this, so all that come at the same moment ask at once."""
        try:
            result = await self._line.call(HELD, [byteas([digest for digest, _ in asked])])
        except Lost as error:
            raise Unavailable(str(error)) from error
        found = {}
        for row in range(result.ntuples):
            digest, kind, account, milliseconds = (result.get_value(row, column) or b"" for column in range(4))
            found[digest, kind.decode()] = UUID(bytes=account), int.from_bytes(milliseconds) / 1000
        return [found.get(each) for each in asked]

    async def revoke(self, secret: str) -> None:
        await self._run("DELETE FROM gate.passes WHERE hash = %s", (_digest(secret),))
        self._lately.clear()

    async def _run(self, query: str, arguments: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query.encode(), arguments)
            return await cursor.fetchall() if cursor.description else []


def _bytes(password: str) -> bytes:
    """Whatever was typed, halves of characters too."""
    return password.encode("utf-8", "surrogatepass")


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
