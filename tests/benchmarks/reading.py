"""Reading the log: typed replay, read models, each beside the stock library's own way over as many events."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import closing
from uuid import UUID, uuid4

import psycopg
from eventsourcing.projection import ProjectionRunner

from application.catalogue import PROJECTIONS
from application.customer.customer_directory import CustomerDirectory
from application.ports import Batch
from application.projection import Projection
from domain.kernel import Event, Recorded, new_stream
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.projector import Projector, read
from interfaces.main import masters
from tests import samples
from tests.benchmarks import stock
from tests.benchmarks.rounds import in_turns, per_second
from tests.contracts.entries import entry

CUSTOMERS, CONTACTS, CASES, OF_THE_LIBRARY = 1000, 9, 700, 60
PAGE, ROUNDS = 1000, 3
SPOKEN = entry(UUID(int=1), 1).event


def stream(events: Iterable[Event]) -> list[Recorded]:
    identity = new_stream()
    return [entry(identity, version).but(event=event) for version, event in enumerate(events, 1)]


def contacts(number: int) -> list[Recorded]:
    """A customer of whom every event is heard by the directory."""
    return stream([samples.replaced(samples.REGISTERED_CUSTOMER, number=f"K-{number}"), *[SPOKEN] * CONTACTS])


def case(number: int) -> list[Recorded]:
    """A customer, their policy, and a claim under it from notice to closing."""
    policy = [
        samples.replaced(event, number=f"P-{number}") if hasattr(event, "number") else event
        for event in samples.in_force()
    ]
    claim = [*samples.PAYABLE, samples.claim_paid(), samples.closed()]
    claim[0] = samples.replaced(claim[0], number=f"C-{number}")
    return [*contacts(number)[:3], *stream(policy), *stream(claim)]


def fill(url: str, log: Sequence[Recorded]) -> int:
    async def work() -> None:
        with closing(PostgresEventStore(url, masters())) as store:
            for start in range(0, len(log), PAGE):
                await store.append(Batch(log[start : start + PAGE]))

    asyncio.run(work())
    return len(log)


def project(url: str, projections: Sequence[type[Projection]]) -> int:
    """Every event folded into read models that are empty when it begins."""
    with psycopg.connect(url, autocommit=True) as connection:
        for each in projections:
            connection.execute(f"TRUNCATE view.{each.name}_v{each.version}")
            connection.execute("UPDATE view.projections SET position = 0 WHERE name = %s", (each.name,))
    with closing(Projector(url, masters(), projections)) as projector:
        return projector.catch_up()


def replay(url: str) -> int:
    position = done = 0
    with psycopg.connect(url, autocommit=True) as connection:
        while page := read(connection, position, PAGE):
            position, done = page[-1].position, done + len(page)
    return done


def fill_stock(application: stock.Customers, customers: int) -> int:
    for number in range(customers):
        customer = stock.Customer(number=f"K-{number}", nature="person", name="王小明", phone="13800000000")
        for _ in range(CONTACTS):
            customer.note(channel="phone", subject="hello")
        application.save(customer)
    return customers * (CONTACTS + 1)


def replay_stock(application: stock.Customers) -> int:
    position = done = 0
    while page := application.recorder.select_notifications(position + 1, PAGE):
        for each in page:
            application.mapper.to_domain_event(each)
        position, done = page[-1].id, done + len(page)
    return done


def project_stock(url: str, events: int) -> float:
    """The library's runner, one projection, from the first event on; tables of its own for every run."""
    name = f"run_{uuid4().hex[:8]}"
    projection = type("Run", (stock.DirectoryProjection,), {"name": name})
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {stock.SCHEMA}.directory")

    def work() -> int:
        with ProjectionRunner(
            application_class=stock.Customers,
            projection_class=projection,
            view_class=stock.PostgresDirectory,
            env=stock.environment(url),
        ) as runner:
            runner.wait(events, timeout=60)
        return events

    return per_second(work)


def measure(url: str, mixed_url: str, small_url: str) -> dict[str, float]:
    """Three databases: one customer-only log beside the library's same one, one of whole cases, one small one."""
    fill(url, [each for number in range(CUSTOMERS) for each in contacts(number)])
    fill(mixed_url, [each for number in range(CASES) for each in case(number)])
    with closing(stock.application(url)) as library, closing(stock.application(small_url)) as small:
        fill_stock(library, CUSTOMERS)
        few = fill_stock(small, OF_THE_LIBRARY)
        found = in_turns(
            {
                "replay_events": lambda: per_second(lambda: replay(url)),
                "replay_events_library": lambda: per_second(lambda: replay_stock(library)),
                "projection_events": lambda: per_second(lambda: project(url, [CustomerDirectory])),
                "projection_events_library": lambda: project_stock(small_url, few),
                "all_projections_events": lambda: per_second(lambda: project(mixed_url, PROJECTIONS)),
            },
            ROUNDS,
        )
    found["replay_vs_library"] = found["replay_events"] / found["replay_events_library"]
    found["projection_vs_library"] = found["projection_events"] / found["projection_events_library"]
    return found
