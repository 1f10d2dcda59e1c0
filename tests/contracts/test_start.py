"""Several processes may start at once, on a database in which there is nothing yet, or on a busy one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from application.catalogue import PROJECTIONS
from infrastructure.postgres import server
from infrastructure.postgres.migrations import FOLDER, migrate
from infrastructure.settings import Settings
from interfaces import main
from tests.conftest import short_home

START = """
import sys
from pathlib import Path
from infrastructure.settings import Settings
from interfaces import main
main.database(Settings(Path(), sys.argv[1]))
"""
CONNECT = """
import sys
from pathlib import Path
from infrastructure.postgres.server import connect_url
from infrastructure.settings import Settings
print(connect_url(Settings(Path(sys.argv[1]))))
"""


def at_once(program: str, argument: str, times: int = 3) -> list[tuple[str, str]]:
    command = [sys.executable, "-c", program, argument]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(times)
    ]
    told = [each.communicate(timeout=60) for each in running]
    assert [each.returncode for each in running] == [0] * times, told
    return told


def test_processes_that_start_together_on_an_empty_database_make_its_schema_once(empty_database: str) -> None:
    at_once(START, empty_database)
    with psycopg.connect(empty_database) as connection:
        steps = [step for (step,) in connection.execute("SELECT step FROM public.uberrima_schema ORDER BY step")]
        names = {name for (name,) in connection.execute("SELECT name FROM view.projections")}
    assert steps == sorted(each.name for each in FOLDER.glob("*.sql"))
    assert names == {each.name for each in PROJECTIONS}


def test_a_schema_that_is_there_is_left_alone(database: str) -> None:
    assert migrate(database) == []


def test_processes_that_start_the_embedded_server_together_share_one() -> None:
    with short_home() as home:
        urls = {out.strip() for out, _ in at_once(CONNECT, str(home))}
        assert len(urls) == 1
        assert server.status(Settings(home))["running"]
        assert server.stop(Settings(home))
        assert not server.status(Settings(home))["running"]
        assert not server.stop(Settings(home))


def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(main.DatabaseUnreachable) as caught:
        main.database(Settings(Path(), "postgresql://someone:secret@127.0.0.1:1/nowhere"))
    assert "127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)
