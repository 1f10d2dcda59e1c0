"""An import may die at any moment: run again, it ends where one that was never killed ends, row for row."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from application.claim.claim_register import ClaimRegister
from tests.conftest import new_database
from tests.crash.processes import Process, killed_again_and_again, start, uberrima
from tests.crash.test_follower_killed import tables
from tests.importing.source import csv_file, mapping_file, with_

KILLS = 10
ROWS = 5000


def events(database: str) -> int:
    with psycopg.connect(database) as connection:
        [(number,)] = connection.execute("SELECT count(*) FROM log.events")
        return int(number)


def kept(database: str) -> tuple[list[tuple[Any, ...]], int]:
    """The events of every case, and how many numbers were given out. A killed run leaves gaps in a series, no more."""
    with psycopg.connect(database) as connection:
        cases = "SELECT stream, version, type FROM log.events WHERE type <> 'ValueReserved'"
        rows = connection.execute(cases).fetchall()
        return sorted(rows), events(database) - len(rows)


def seen(database: str) -> list[Any]:
    """What the read models add up to."""
    with psycopg.connect(database) as connection:
        sums = f"SELECT count(*), sum(claimed), sum(payable), sum(reserve), sum(paid) FROM view.claim_register_v{ClaimRegister.version}"
        claims = connection.execute(sums).fetchall()
    return [*claims, *((name, len(rows)) for name, rows in tables(database).items())]


def test_an_import_killed_again_and_again_ends_like_one_that_never_was(
    tmp_path: Path, database: str, server_url: str, template: str
) -> None:
    file = csv_file(tmp_path, [with_(No=f"P{number}", Who=f"W{number % 700}") for number in range(ROWS)])
    words = ("import", str(file), "--mapping", str(mapping_file(tmp_path)), "--json")

    def begin() -> Process:
        return start(uberrima, database, *words)

    deaths = killed_again_and_again(begin, KILLS, partial(events, database), random.Random(7))
    assert deaths == KILLS, "it came to its end before it was killed often enough: make the file longer"
    last = begin()
    last.join()
    assert last.exitcode == 0
    with new_database(server_url, template) as untouched:
        once = start(uberrima, untouched, *words)
        once.join()
        assert once.exitcode == 0
        assert kept(database) == kept(untouched)
        assert seen(database) == seen(untouched)
