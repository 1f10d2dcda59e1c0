"""What is recorded is never changed: the database itself refuses, whoever asks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RestrictViolation

from application.ports import Batch, Mark
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.migrations import APPLICATION, OWNER
from interfaces.main import masters
from tests.contracts.entries import answer, denial, entry

Connection = psycopg.Connection[Any]
TABLES = ("events", "answers", "denials")
CHANGES = ("UPDATE log.{} SET stream = gen_random_uuid()", "DELETE FROM log.{}", "TRUNCATE log.{}")
WAYS_AROUND = {
    "an event of one's own": "INSERT INTO log.events VALUES (2, gen_random_uuid(), 1, 'x', NULL, '', NULL)",
    "an answer of one's own": "INSERT INTO log.answers SELECT gen_random_uuid(), '', stream, 1, 1, 1 FROM log.events",
    "a denial of one's own": "INSERT INTO log.denials (at, actor, role, command, stream, code, rule, field)"
    " SELECT at, actor, role, command, stream, code, rule, field FROM log.denials",
    "a mark set back": "UPDATE log.marks SET position = 0",
    "a number drawn again": "UPDATE log.series SET last = 0",
    "a head set back": "UPDATE log.head SET position = 0",
    "a key of one's own": "INSERT INTO vault.keys VALUES (gen_random_uuid(), '')",
    "a key destroyed": "UPDATE vault.keys SET wrapped = NULL",
    "keys dropped": "DELETE FROM vault.keys",
    "no triggers": "ALTER TABLE log.events DISABLE TRIGGER ALL",
    "no triggers for this session": "SET session_replication_role = replica",
    "no trigger": "DROP TRIGGER immutable ON log.events",
    "no table": "DROP TABLE log.events",
    "another table": "ALTER TABLE log.events RENAME TO elsewhere",
    "another refusal": "CREATE OR REPLACE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE sql RETURN NULL",
    "a function of one's own": "CREATE FUNCTION log.mine() RETURNS int LANGUAGE sql RETURN 1",
    "a table of one's own": "CREATE TABLE log.mine (one int)",
    "another owner": "ALTER TABLE log.events OWNER TO uberrima_app",
    "the owner's rights": f"SET ROLE {OWNER}",
}


@pytest.fixture
def recorded(database: str) -> str:
    """A database in which each of the tables has something that could be changed."""

    async def record() -> None:
        stream = uuid4()
        with closing(PostgresEventStore(database, masters())) as store:
            batch = Batch([entry(stream, 1)], [answer(stream, 1)], [denial("no")], Mark("reader", 1))
            await store.append(batch)
            await store.draw("claim")

    asyncio.run(record())
    return database


@contextmanager
def logged_in_as(role: str, url: str) -> Iterator[Connection]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SET SESSION AUTHORIZATION {role}")
        yield connection


def contents(url: str) -> list[list[tuple[Any, ...]]]:
    with psycopg.connect(url) as connection:
        return [connection.execute(f"SELECT * FROM log.{table}").fetchall() for table in TABLES]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_not_even_the_owner_changes_what_is_recorded(recorded: str, table: str, change: str) -> None:
    before = contents(recorded)
    with logged_in_as(OWNER, recorded) as connection, pytest.raises(RestrictViolation, match="never changed"):
        connection.execute(change.format(table))
    assert contents(recorded) == before
    assert all(before)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_has_no_right_to_change_what_is_recorded(recorded: str, table: str, change: str) -> None:
    with logged_in_as(APPLICATION, recorded) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(change.format(table))


@pytest.mark.parametrize("way", WAYS_AROUND)
def test_the_application_finds_no_way_around_the_one_function_that_appends(recorded: str, way: str) -> None:
    with logged_in_as(APPLICATION, recorded) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(WAYS_AROUND[way])


def test_the_application_owns_nothing_in_the_log_or_the_vault(recorded: str) -> None:
    relations = (
        "SELECT pg_get_userbyid(relowner), n.nspname || '.' || relname FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname IN ('log', 'vault')"
    )
    functions = (
        "SELECT pg_get_userbyid(proowner), n.nspname || '.' || proname FROM pg_proc"
        " JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname IN ('log', 'vault')"
    )
    with psycopg.connect(recorded) as connection:
        owned = connection.execute(f"{relations} UNION {functions}").fetchall()
    assert {name for _, name in owned} >= {"log.events", "log.append", "vault.keys"}
    assert {owner for owner, _ in owned} == {OWNER}


def test_of_the_log_the_application_may_call_only_what_adds_to_it(recorded: str) -> None:
    query = (
        "SELECT n.nspname || '.' || proname FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace"
        " WHERE nspname = 'log' AND has_function_privilege(%s, p.oid, 'EXECUTE')"
    )
    with psycopg.connect(recorded) as connection:
        allowed = {name for (name,) in connection.execute(query, (APPLICATION,))}
    assert allowed == {"log.append", "log.draw", "log.note"}
