"""An event recorded in an old edition is one of the present for whoever reads it; where no way leads there, it is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from uuid import UUID

import psycopg
import pytest

from application.ports import Batch
from application.projection import Projection, Row
from domain.catalogue import AGGREGATE_OF
from domain.customer import Customer
from domain.kernel import EVENTS, Event, Recorded
from infrastructure.checking import Checking, Finding
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.replay import Reader, strict
from infrastructure.projector import Projector
from infrastructure.upcasts import UPCASTS
from interfaces.main import masters
from tests.contracts.entries import entry

STREAM = UUID(int=77)


class Weather(Row):
    key = ("stream",)
    stream: UUID
    subject: str


@pytest.fixture
def almanac(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Projection]]:
    """A read model of an event whose first edition called `about` what is now its `subject`."""

    class RainNoted(Event):
        edition = 2
        subject: str

    class Almanac(Projection):
        name = "almanac"
        row = Weather
        hears = (RainNoted,)

        @staticmethod
        def evolve(row: Weather | None, recorded: Recorded) -> Weather:
            return Weather(stream=recorded.stream, subject=f"{row.subject if row else ''} {recorded.event.subject}")

    monkeypatch.setitem(UPCASTS, ("RainNoted", 1), lambda body: {"subject": body["about"]})
    monkeypatch.setitem(AGGREGATE_OF, "RainNoted", Customer)
    yield Almanac
    del EVENTS["RainNoted"]


async def both_editions(store: PostgresEventStore, database: str) -> None:
    """Rain is noted twice; the first time lies in the log as its first edition wrote it."""
    rain = EVENTS["RainNoted"]
    noted = [entry(STREAM, n).but(event=rain(subject=said), subject=None) for n, said in ((1, "drizzle"), (2, "hail"))]
    await store.append(Batch(noted))
    with psycopg.connect(database) as connection:
        connection.execute("ALTER TABLE log.events DISABLE TRIGGER immutable")
        connection.execute(
            "UPDATE log.events SET type = 'RainNoted', state = convert_to(replace(replace(convert_from(state, 'UTF8'),"
            " 'RainNoted/2', 'RainNoted'), '\"subject\":', '\"about\":'), 'UTF8') WHERE position = 1"
        )
        connection.execute("ALTER TABLE log.events ENABLE TRIGGER immutable")


def shown(database: str) -> list[tuple[str]]:
    with psycopg.connect(database) as connection:
        return connection.execute("SELECT subject FROM view.almanac_v1").fetchall()


async def test_what_was_recorded_in_the_first_edition_is_loaded_replayed_and_projected_as_the_second(
    database: str, almanac: type[Projection]
) -> None:
    with closing(PostgresEventStore(database, masters())) as store:
        await both_editions(store, database)
        loaded = (await store.load({STREAM: 0}))[STREAM]
        assert [each.event.subject for each in loaded] == ["drizzle", "hail"]
        assert await store.read(0, 10) == loaded
    with psycopg.connect(database, autocommit=True) as connection:
        pages = strict(Reader(connection, masters()).pages(0, 2, size=1))
        assert [each for page in pages for each in page.events] == loaded
    with closing(Projector(database, masters(), [almanac])) as projector:
        projector.prepare()
        assert shown(database) == [(" drizzle hail",)]
        projector.rebuild("almanac")
        assert shown(database) == [(" drizzle hail",)]
    checking = Checking(database, masters())
    assert (checking.streams(), checking.projection(almanac), checking.found) == (2, 2, [])


async def test_an_event_to_whose_present_edition_no_way_leads_is_found_by_the_check(
    database: str, almanac: type[Projection], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(PostgresEventStore(database, masters())) as store:
        await both_editions(store, database)
    monkeypatch.delitem(UPCASTS, ("RainNoted", 1))
    checking = Checking(database, masters())
    checking.streams()
    checking.projection(almanac)
    assert checking.found == [Finding("log", 1, "RainNoted", "there is no way from RainNoted to edition 2")]
