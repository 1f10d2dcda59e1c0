"""A writer killed at random moments loses nothing that it acknowledged and doubles nothing that it repeats."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from contextlib import closing
from functools import partial
from pathlib import Path
from uuid import UUID

from domain.customer import ContactNoted, CustomerRegistered
from domain.kernel import Recorded
from domain.reservation import ValueReserved
from infrastructure.postgres import server
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.settings import Settings
from interfaces import main
from interfaces.main import masters
from tests.conftest import short_home
from tests.crash.processes import ending, killed_again_and_again, postmaster, start, until
from tests.crash.writer import EACH, SHARED, TASKS, writer

SPOKEN = TASKS * (EACH // 3)
REGISTERED = TASKS * EACH - SPOKEN + 1


def acknowledged(file: Path) -> dict[UUID, tuple[UUID, int, int]]:
    """The answers, by key; a repeated answer must be the one that was given first."""
    answers: dict[UUID, tuple[UUID, int, int]] = {}
    for line in file.read_text().splitlines() if file.exists() else ():
        key, stream, version, position = line.split()
        answer = UUID(stream), int(version), int(position)
        assert answers.setdefault(UUID(key), answer) == answer, "a repeated command was answered differently"
    return answers


def size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def alive(home: Path) -> bool:
    return bool(server.status(Settings(home))["running"])


def assert_nothing_lost_or_doubled(log: list[Recorded], answers: dict[UUID, tuple[UUID, int, int]]) -> None:
    kinds = Counter(type(each.event) for each in log)
    assert kinds == {CustomerRegistered: REGISTERED, ValueReserved: REGISTERED, ContactNoted: SPOKEN}
    numbers = [each.event.number for each in log if isinstance(each.event, CustomerRegistered)]
    assert len(set(numbers)) == REGISTERED
    assert [each.version for each in log if each.stream == SHARED] == list(range(1, SPOKEN + 2))
    places = {(each.stream, each.version): each for each in log}
    assert len(places) == len(log)
    for key, (stream, version, position) in answers.items():
        assert (places[stream, version].position, places[stream, version].command) == (position, key)


async def test_a_writer_killed_again_and_again_ends_where_one_that_lived_would(database: str, tmp_path: Path) -> None:
    file = tmp_path / "acknowledged"
    begin = lambda: start(writer, "-", database, str(file))  # noqa: E731
    deaths = killed_again_and_again(begin, 16, partial(size, file), random.Random(7))
    before = acknowledged(file)
    assert deaths == 16, "it had finished before it could be killed: give it more to do"
    with closing(PostgresEventStore(database, masters())) as store:
        written = {(each.stream, each.version): each.position for each in await store.read(0, 10_000)}
        assert {(stream, version): position for stream, version, position in before.values()}.items() <= written.items()
        with ending(begin()) as last:
            last.join(60)
            assert last.exitcode == 0
        answers = acknowledged(file)
        assert len(answers) == TASKS * EACH
        assert before.items() <= answers.items()
        assert_nothing_lost_or_doubled(await store.read(0, 10_000), answers)


async def test_a_database_killed_under_its_writers_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    file = tmp_path / "acknowledged"
    with short_home() as home:
        main.database(Settings(home))
        for enough in (2_000, 15_000):
            with ending(start(writer, str(home), "", str(file))) as working:
                until(lambda: size(file) > enough)  # noqa: B023
                assert working.is_alive()
                os.kill(postmaster(home), signal.SIGKILL)
                until(lambda: not alive(home))
        before = acknowledged(file)
        assert before
        with ending(start(writer, str(home), "", str(file))) as last:
            last.join(60)
            assert last.exitcode == 0
        with closing(PostgresEventStore(server.connect_url(Settings(home)), masters())) as store:
            answers = acknowledged(file)
            assert before.items() <= answers.items()
            assert_nothing_lost_or_doubled(await store.read(0, 10_000), answers)
