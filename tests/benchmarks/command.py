"""Whole commands: a customer loaded, the decision, the contact appended, each time for another of many customers.

No two writers write to the same customers.
`command` loads every time; `known` is the house as it runs, which remembers whom it has met lately and has the append
check that nobody else has written to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from uuid import UUID

from application.handling import Handling
from application.ports import Batch, SystemClock
from domain.kernel import Recorded, new_stream
from tests import samples
from tests.benchmarks.contest import NUMBERS, SPOKE, Contest, contest, give
from tests.benchmarks.rounds import in_turns
from tests.contracts.entries import entry

WRITERS, ROUNDS, CUSTOMERS, CONTACTS = (1, 4, 16), 3, 300, 5
CHANCE = Random(2)


def variants(ring: Contest, writers: int) -> dict[str, Callable[[], float]]:
    """Every round has customers of its own, so that streams are as long for all."""
    name = f"command_{writers}"
    fresh = lambda: Handling(ring.house.store, SystemClock(), remember=0)  # noqa: E731

    def house(handling: Handling) -> float:
        customers = ring.runner.run(opened(ring))
        return ring.of_tasks(writers, lambda writer: give(handling, CHANCE.choice(customers[writer::writers]), SPOKE))

    def library() -> float:
        customers = [ring.stock.known(CONTACTS).id for _ in range(CUSTOMERS)]
        return ring.of_threads(writers, lambda writer: ring.stock.note(CHANCE.choice(customers[writer::writers])))

    return {
        name: lambda: house(fresh()),
        f"{name}_known": lambda: house(ring.house.handling),
        f"{name}_stock": library,
    }


async def opened(ring: Contest) -> list[UUID]:
    """Customers with some contacts each."""
    customers = [new_stream() for _ in range(CUSTOMERS)]
    await ring.house.store.append(Batch([each for customer in customers for each in history(customer)]))
    return customers


def history(customer: UUID) -> Iterator[Recorded]:
    registered = samples.replaced(samples.REGISTERED_CUSTOMER, number=f"K-{next(NUMBERS)}")
    yield entry(customer, 1).but(event=registered)
    yield from (entry(customer, version, SPOKE.subject) for version in range(2, CONTACTS + 2))


def measure(url: str) -> dict[str, float]:
    found: dict[str, float] = {}
    with contest(url) as ring:
        for writers in WRITERS:
            found |= in_turns(variants(ring, writers), ROUNDS)
    for writers in WRITERS:
        name = f"command_{writers}"
        found[f"{name}_vs_stock"] = found[name] / found[f"{name}_stock"]
        found[f"{name}_known_vs_stock"] = found[f"{name}_known"] / found[f"{name}_stock"]
    return found
