"""One database server for the whole run, one fresh database for each test, and tests that may be coroutines."""

from __future__ import annotations

import asyncio
import atexit
import inspect
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo, sql

from application.ports import EventStore
from infrastructure.memory import MemoryEventStore
from infrastructure.postgres import server
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.settings import Settings
from interfaces import main

SERIAL = count(1)
if "UBERRIMA_TEST_KEYS" not in os.environ:
    # One folder for the run; processes it starts import this too, and find the run's.
    os.environ["UBERRIMA_TEST_KEYS"] = tempfile.mkdtemp(prefix="ubkeys")
    atexit.register(shutil.rmtree, os.environ["UBERRIMA_TEST_KEYS"], ignore_errors=True)
KEYS = Path(os.environ["UBERRIMA_TEST_KEYS"])
os.environ["UBERRIMA_KEYS"] = str(KEYS)
os.environ["UBERRIMA_CHECKPOINTS"] = str(KEYS / "checkpoints.log")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """A test that is a coroutine function runs in an event loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


@contextmanager
def short_home() -> Iterator[Path]:
    """A folder for an installation; its path is short, because a Unix socket in it has at most 107 bytes of path."""
    home = Path(tempfile.mkdtemp(prefix="ub", dir="/tmp" if os.path.isdir("/tmp") else None))
    try:
        yield home
    finally:
        server.stop(Settings(home))
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a server: the configured one, or an embedded one that ends with the block."""
    with short_home() as home:
        yield server.connect_url(Settings(home, os.environ.get("UBERRIMA_DATABASE_URL", "")))


@contextmanager
def new_database(server_url: str, template: str = "template1") -> Iterator[str]:
    """A copy of another database, gone after the block."""
    name = f"ub_{os.getpid()}_{next(SERIAL)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        connection.execute(create)
    url = conninfo.make_conninfo(server_url, dbname=name)
    try:
        if template != "template1":
            _begin_a_log(url)
        yield url
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _begin_a_log(url: str) -> None:
    """An empty log that was copied is one of its own, and the checkpoints of others are none of its own."""
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        begins = "UPDATE seal.head SET log = gen_random_uuid() WHERE NOT EXISTS (SELECT FROM log.events)"
        connection.execute(begins)


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    with running_server() as url:
        yield url


@pytest.fixture(scope="session")
def template(server_url: str) -> Iterator[str]:
    """The name of a database that has this version's schema and every read model's table."""
    with new_database(server_url) as url:
        main.database(Settings(Path(), url))
        yield str(conninfo.conninfo_to_dict(url)["dbname"])


@pytest.fixture
def database(server_url: str, template: str) -> Iterator[str]:
    """A fresh, migrated database."""
    with new_database(server_url, template) as url:
        yield url


@pytest.fixture
def empty_database(server_url: str) -> Iterator[str]:
    """A database in which nothing has been made yet."""
    with new_database(server_url) as url:
        yield url


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[EventStore]:
    """Both event stores stand behind one name, so that every contract is asked of both."""
    if request.param == "memory":
        yield MemoryEventStore()
        return
    store = PostgresEventStore(request.getfixturevalue("database"), main.masters())
    yield store
    store.close()
