"""Passwords and passes: who comes in, who is kept out, and that no secret can be read anywhere."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from statistics import median
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from application.ports import LATELY
from domain.account import Account, ChangeRoles, OpenAccount, RestoreAccount, SuspendAccount
from domain.kernel import Command, stream_of
from domain.words import Role
from infrastructure.postgres.credentials import TRIES, PostgresCredentials
from interfaces.main import open_house
from tests.handling.door import Door, order, submission

PASSWORD, WRONG = "correct horse battery", "correct horse butter"
HAN, SUN = uuid4(), uuid4()
HOUR = timedelta(hours=1)


@asynccontextmanager
async def gate(url: str) -> AsyncIterator[PostgresCredentials]:
    """A gate at which han and sun have a password."""
    credentials = PostgresCredentials(url)
    await credentials.open()
    try:
        await credentials.set_password(HAN, "han", PASSWORD)
        await credentials.set_password(SUN, "sun", PASSWORD)
        yield credentials
    finally:
        await credentials.close()


def run(url: str, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


async def wrong(credentials: PostgresCredentials, times: int) -> None:
    for _ in range(times):
        assert await credentials.check("han", WRONG) is None


async def test_the_right_password_opens_its_own_account_only(database: str) -> None:
    async with gate(database) as credentials:
        assert await credentials.check("han", PASSWORD) == HAN
        assert await credentials.check("sun", PASSWORD) == SUN
        assert await credentials.check("han", WRONG) is None
        assert await credentials.check("nobody", PASSWORD) is None


async def test_five_wrong_passwords_lock_the_login_and_nobody_elses(database: str) -> None:
    async with gate(database) as credentials:
        await wrong(credentials, TRIES)
        assert await credentials.check("han", PASSWORD) is None
        assert await credentials.check("sun", PASSWORD) == SUN


async def test_a_lock_ends_with_its_time(database: str) -> None:
    async with gate(database) as credentials:
        await wrong(credentials, TRIES)
        [(left,)] = run(database, "SELECT locked_until - now() FROM gate.passwords WHERE login = 'han'")
        assert timedelta(minutes=4) < left <= timedelta(minutes=5)
        run(database, "UPDATE gate.passwords SET locked_until = now() - interval '1 second' WHERE login = 'han'")
        assert await credentials.check("han", PASSWORD) == HAN


async def test_who_came_in_has_five_tries_again(database: str) -> None:
    async with gate(database) as credentials:
        for _ in range(2):
            await wrong(credentials, TRIES - 1)
            assert await credentials.check("han", PASSWORD) == HAN


async def test_many_guesses_at_once_have_no_more_tries_than_one_after_the_other(database: str) -> None:
    async with gate(database) as credentials:
        guesses = [credentials.check("han", f"guess {n}") for n in range(20)]
        assert set(await asyncio.gather(*guesses, credentials.check("han", PASSWORD))) == {None}


async def test_a_new_password_replaces_the_old_one_and_lifts_the_lock(database: str) -> None:
    async with gate(database) as credentials:
        await wrong(credentials, TRIES)
        await credentials.set_password(HAN, "han", "another horse battery")
        assert await credentials.check("han", PASSWORD) is None
        assert await credentials.check("han", "another horse battery") == HAN


async def test_an_unknown_login_takes_as_long_as_a_wrong_password(database: str) -> None:
    async with gate(database) as credentials:

        async def seconds(login: str) -> float:
            started = time.perf_counter()
            assert await credentials.check(login, WRONG) is None
            return time.perf_counter() - started

        known, unknown = [], []
        for _ in range(7):
            known.append(await seconds("han"))
            unknown.append(await seconds("nobody"))
        assert median(unknown) > median(known) / 3


@pytest.mark.parametrize("login", ["han\x00", "\ud800", "", "han'; --"])
async def test_a_login_that_no_account_can_have_is_an_unknown_one(database: str, login: str) -> None:
    async with gate(database) as credentials:
        assert await credentials.check(login, PASSWORD) is None
        assert await credentials.check("han", login) is None


@pytest.mark.parametrize(("kind", "other"), [("token", "session"), ("session", "token")])
async def test_a_pass_stands_for_its_account_as_what_it_was_issued_for(database: str, kind: str, other: str) -> None:
    async with gate(database) as credentials:
        secret = await credentials.issue(HAN, kind, "laptop", HOUR)
        assert await credentials.holder(secret, kind) == HAN
        assert await credentials.holder(secret, other) is None
        assert await credentials.holder(secret + "x", kind) is None
        assert await credentials.holder("", kind) is None


@pytest.mark.parametrize("kind", ["token", "session"])
async def test_a_pass_ends_with_its_time(database: str, kind: str) -> None:
    async with gate(database) as credentials:
        secret = await credentials.issue(HAN, kind, "", timedelta(seconds=1))
        assert await credentials.holder(secret, kind) == HAN
        run(database, "SELECT pg_sleep(greatest(0, extract(epoch FROM max(expires_at) - now()))) FROM gate.passes")
        assert await credentials.holder(secret, kind) is None


async def test_what_another_process_revoked_counts_a_second_later_at_most(database: str) -> None:
    async with gate(database) as here, gate(database) as there:
        secret = await here.issue(HAN, "token", "", HOUR)
        assert await here.holder(secret, "token") == HAN
        await there.revoke(secret)
        assert await there.holder(secret, "token") is None
        await asyncio.sleep(LATELY)
        assert await here.holder(secret, "token") is None


async def test_a_revoked_pass_stands_for_nobody_and_the_others_go_on(database: str) -> None:
    async with gate(database) as credentials:
        gone, kept = [await credentials.issue(HAN, "session", "", HOUR) for _ in range(2)]
        await credentials.revoke(gone)
        await credentials.revoke("ub_never_issued")
        assert await credentials.holder(gone, "session") is None
        assert await credentials.holder(kept, "session") == HAN


async def test_a_new_password_ends_the_sessions_of_its_account_and_no_token(database: str) -> None:
    async with gate(database) as credentials:
        session, token = [await credentials.issue(HAN, kind, "", HOUR) for kind in ("session", "token")]
        others = await credentials.issue(SUN, "session", "", HOUR)
        await credentials.set_password(HAN, "han", "another horse battery")
        assert await credentials.holder(session, "session") is None
        assert await credentials.holder(token, "token") == HAN
        assert await credentials.holder(others, "session") == SUN


def stored(url: str) -> str:
    """Every row of every table of ours as text; bytes as hexadecimal digits."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        assert {"gate", "log", "view"} <= {schema for schema, _ in tables}
        rows = (
            connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(*each))) for each in tables
        )
        return "\n".join(text for found in rows for (text,) in found)


async def test_no_secret_is_stored_in_the_clear_anywhere(database: str) -> None:
    async with open_house(database) as house:
        await Door(house.store).give(OpenAccount(login="han", name="韩梅", roles=(Role.SERVICE,)), HAN)
        await house.credentials.set_password(HAN, "han", PASSWORD)
        secrets = [PASSWORD, *[await house.credentials.issue(HAN, kind, "", HOUR) for kind in ("token", "session")]]
        projector = house.projector()
        projector.catch_up()
        projector.close()
    text = stored(database)
    assert "韩梅" in text and "argon2id" in text
    for secret in secrets:
        assert secret not in text
        assert secret.encode().hex() not in text


async def test_a_suspended_account_has_no_caller_until_it_is_restored(database: str) -> None:
    stream = stream_of(Account, "han")
    async with open_house(database) as house:

        async def give(command: Command) -> None:
            await house.handling.handle(submission(order(command, stream)))

        await give(OpenAccount(login="han", name="韩梅", roles=(Role.SERVICE,)))
        token = await house.credentials.issue(stream, "token", "", HOUR)
        assert (await _roles(house, token)) == (Role.SERVICE,)
        await give(ChangeRoles(roles=(Role.AUDITOR,), reason="moved"))
        assert (await _roles(house, token)) == (Role.AUDITOR,)
        await give(SuspendAccount(reason="on leave"))
        assert await house.caller(token, "token") is None
        await give(RestoreAccount(reason="back"))
        assert (await _roles(house, token)) == (Role.AUDITOR,)


async def test_a_pass_of_no_account_has_no_caller(database: str) -> None:
    async with open_house(database) as house:
        orphan = await house.credentials.issue(UUID(int=9), "token", "", HOUR)
        assert await house.caller(orphan, "token") is None


async def _roles(house: Any, token: str) -> tuple[Role, ...]:
    caller = await house.caller(token, "token")
    assert caller is not None
    return tuple(caller.roles)
