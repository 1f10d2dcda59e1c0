"""Passwords and passes: Argon2id for what people choose, SHA-256 for secrets we draw ourselves."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from psycopg_pool import AsyncConnectionPool

TRIES = 5
LOCKED_FOR = timedelta(minutes=5)
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""The least that OWASP's password storage guidance asks of Argon2id."""
_NOBODY = _HASHER.hash(secrets.token_urlsafe())


class PostgresCredentials:
    def __init__(self, url: str) -> None:
        self._pool = AsyncConnectionPool(url, min_size=0, max_size=2, open=False, kwargs={"autocommit": True})

    async def open(self) -> None:
        await self._pool.open()

    async def close(self) -> None:
        await self._pool.close()

    async def set_password(self, account: UUID, login: str, password: str) -> None:
        hashed = await asyncio.to_thread(_HASHER.hash, _bytes(password))
        await self._run(
            "INSERT INTO gate.passwords (account, login, hash) VALUES (%s, %s, %s)"
            " ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, failures = 0, locked_until = NULL",
            (account, login, hashed),
        )
        await self._run("DELETE FROM gate.passes WHERE account = %s AND kind = 'session'", (account,))

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
        rows = await self._run(
            "SELECT account FROM gate.passes WHERE hash = %s AND kind = %s AND expires_at > now()",
            (_digest(secret), kind),
        )
        return rows[0][0] if rows else None

    async def revoke(self, secret: str) -> None:
        await self._run("DELETE FROM gate.passes WHERE hash = %s", (_digest(secret),))

    async def _run(self, query: str, arguments: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query.encode(), arguments)
            return await cursor.fetchall() if cursor.description else []


def _bytes(password: str) -> bytes:
    """Whatever was typed, halves of characters too."""
    return password.encode("utf-8", "surrogatepass")


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
