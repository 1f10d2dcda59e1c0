"""`uberrima db`: the embedded server, started by the first command that needs it and stopped when asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cli.conftest import Said, Town, uberrima
from tests.conftest import short_home


@pytest.fixture
def home() -> Iterator[Path]:
    with short_home() as folder:
        yield folder


def test_the_embedded_server_runs_from_the_first_command_that_needs_it_until_it_is_stopped(home: Path) -> None:
    def does(*words: str) -> Said:
        return uberrima(*words, UBERRIMA_HOME=str(home))

    assert does("db", "status", "--json").json == {"embedded": True, "running": False, "url": None, "home": str(home)}
    assert does("db", "stop").out == "it was not running\n"

    assert does("replay", "C-1").code == 1
    status = does("db", "status", "--json").json
    assert status["running"] is True
    with psycopg.connect(status["url"]) as connection:
        assert connection.execute("SELECT count(*) FROM log.events").fetchone() == (0,)
    assert f"url: {status['url']}" in does("db", "status").out

    assert does("db", "stop", "--json").json == {"stopped": True}
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(status["url"], connect_timeout=2)
    assert does("db", "stop", "--json").json == {"stopped": False}


def test_a_server_of_ones_own_is_told_and_never_stopped(town: Town) -> None:
    assert town.does("db", "status", "--json").json == {"embedded": False, "running": True, "url": town.url}
    assert town.does("db", "stop", "--json").json == {"stopped": False}
    with psycopg.connect(town.url):
        pass


def test_a_database_that_cannot_be_reached_is_said_without_a_traceback() -> None:
    said = uberrima("replay", "C-1", UBERRIMA_DATABASE_URL="postgresql://nobody:s3cret@127.0.0.1:1/none")
    assert said.code == 1 and said.out == ""
    assert said.err.startswith("the database cannot be reached: 127.0.0.1")
    assert "Traceback" not in said.err and "s3cret" not in said.err
