"""The library's repository and runners on what the house recorded, and the house on what they record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from typing import Any, ClassVar
from uuid import UUID

import pytest
from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import IntegrityError, NotSupportedError, Tracking
from eventsourcing.projection import EventSourcedProjection, EventSourcedProjectionRunner, Projection, ProjectionRunner

from application.ports import Batch, Forgotten
from domain.customer import ContactNoted, CorrectCustomer, Customer, ForgetPerson, Ground, PersonForgotten
from domain.kernel import Recorded, new_stream
from domain.words import FORGOTTEN
from infrastructure.library import Entry
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.recorders import LogTrackingRecorder
from interfaces.main import masters
from tests.contracts.entries import entry
from tests.handling.door import SPOKE, Door

Opened = tuple[Door, PostgresEventStore]


class House(Application[UUID]):
    """The log of the house as the library's applications see it."""

    env: ClassVar[dict[str, str]] = {"MAPPER_TOPIC": "infrastructure.library:EnvelopeMapper"}


class Spoken(Projection[LogTrackingRecorder]):
    """How often somebody was spoken with; of each event the library says where it stands."""

    topics = ("ContactNoted",)
    heard: ClassVar[list[tuple[int, str]]] = []

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        assert domain_event.position == tracking.notification_id
        self.heard.append((domain_event.position, domain_event.event.subject))
        self.view.insert_tracking(tracking)


class Thanks(EventSourcedProjection[UUID]):
    """Of every customer who registers, a contact is noted."""

    env = House.env
    topics = ("CustomerRegistered",)

    def policy(self, domain_event: Any, processing_event: Any) -> None:
        processing_event.collect_events(pending(domain_event.stream, domain_event.version + 1, "thanks"))


def pending(stream: UUID, version: int, subject: str = "hello") -> Entry:
    return Entry.of(entry(stream, version, subject))


def customer(initial: Customer | None, events: Iterator[Recorded]) -> Customer | None:
    history = list(events)
    return Customer(id=history[0].stream).after(history) if history else initial


@pytest.fixture
def house() -> Iterator[House]:
    with House() as opened:
        yield opened


@pytest.fixture
def store(database: str) -> Iterator[PostgresEventStore]:
    with closing(PostgresEventStore(database, masters())) as store:
        yield store


async def test_the_repository_shows_a_customer_as_at_any_version(house: House, store: PostgresEventStore) -> None:
    door = Door(store)
    stream = await door.customer("王小明")
    await door.give(CorrectCustomer(reason="married", name="李小明"), stream)
    await door.give(SPOKE, stream)
    for version in (1, 2, 3):
        found = house.repository.get(stream, version=version, projector_func=customer)
        assert found == Customer(id=stream).after((await store.load({stream: 0}))[stream][:version])
    with pytest.raises(AggregateNotFoundError):
        house.repository.get(new_stream(), projector_func=customer)


async def test_what_the_library_saves_the_house_reads_and_the_other_way_round(
    house: House, store: PostgresEventStore
) -> None:
    person, written = new_stream(), new_stream()
    [first, second] = house.save(pending(person, 1, "before"), pending(person, 2, "其他"))
    assert (first.notification.id, second.notification.id) == (1, 2)
    assert await store.append(Batch([entry(person, 3, "after"), entry(written, 1)])) == 4
    house.save(pending(written, 2, "in between"))
    log = await store.read(0, 10)
    assert [each.event.subject for each in log] == ["before", "其他", "after", "hello", "in between"]
    notifications = house.recorder.select_notifications(1, 10)
    assert [house.mapper.to_domain_event(each) for each in notifications] == log
    assert b"before" not in notifications[0].state


async def test_the_library_meets_a_conflict_where_the_house_was_first(house: House, store: PostgresEventStore) -> None:
    stream = new_stream()
    await store.append(Batch([entry(stream, 1)]))
    with pytest.raises(IntegrityError):
        house.save(pending(stream, 1, "too late"))
    assert await store.head() == 1


async def test_who_has_been_forgotten_is_so_for_the_library_too(house: House, store: PostgresEventStore) -> None:
    door = Door(store)
    stream = await door.customer()
    assert house.repository.get(stream, projector_func=customer)
    await door.give(ForgetPerson(ground=next(iter(Ground))), stream)
    [registered, _] = house.events.get(stream)
    assert registered.event.name == FORGOTTEN
    with pytest.raises((Forgotten, IntegrityError)):
        house.save(pending(stream, 3))
    with pytest.raises(NotSupportedError):
        house.save(pending(stream, 3).but(event=PersonForgotten(subjects=(stream,), ground=next(iter(Ground)))))


async def test_a_runner_hears_every_event_it_named_once_and_goes_on_where_it_was(store: PostgresEventStore) -> None:
    Spoken.heard.clear()
    door = Door(store)
    stream = await door.customer()
    for times in (1, 2):
        for _ in range(3):
            last = await door.give(SPOKE, stream)
        with ProjectionRunner(
            application_class=House, projection_class=Spoken, view_class=LogTrackingRecorder, env=dict(os.environ)
        ) as runner:
            runner.wait(last.position, timeout=10)
        assert len(Spoken.heard) == 3 * times
        assert Spoken.heard == sorted(set(Spoken.heard))


async def test_a_process_of_the_library_appends_with_its_mark(store: PostgresEventStore) -> None:
    door = Door(store)
    streams = [await door.customer() for _ in range(3)]
    with EventSourcedProjectionRunner(application_class=House, projection_class=Thanks) as runner:
        runner.wait(await store.head(), timeout=10)
        assert runner.projection.recorder.max_tracking_id("House") == await store.head() - len(streams)
    for events in (await store.load(dict.fromkeys(streams, 0))).values():
        assert [type(each.event) for each in events][1:] == [ContactNoted]
