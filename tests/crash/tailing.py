"""A reader that goes on from the last position it has seen, as every projector does, while anything may happen."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg

from tests.crash.processes import until

Place = tuple[int, UUID, int]
"""Position, stream, version."""

OURS = "SELECT position, stream, version FROM log.events WHERE position > %s ORDER BY position LIMIT %s"
ALL = 2**62


class Tail(threading.Thread):
    """Keeps what it saw, in the order it saw it; a lost database is waited for."""

    def __init__(self, url: str, query: str = OURS, page: int = 500) -> None:
        super().__init__(daemon=True)
        self.seen: list[Place] = []
        self.url, self.query, self.page = url, query, page
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            try:
                with psycopg.connect(self.url, autocommit=True) as connection:
                    self._follow(connection)
            except psycopg.OperationalError:
                time.sleep(0.05)

    def _follow(self, connection: psycopg.Connection[Any]) -> None:
        while True:
            last_look = self.over.is_set()
            after = self.seen[-1][0] if self.seen else 0
            rows = connection.cursor(binary=True).execute(self.query, (after, self.page)).fetchall()
            self.seen += rows
            if not rows:
                if last_look:
                    return
                time.sleep(0.002)

    def lost(self) -> set[Place]:
        """What lies below where the reader stands and was never read; it never will be."""
        with psycopg.connect(self.url) as connection:
            rows = set(connection.cursor(binary=True).execute(self.query, (0, ALL)).fetchall())
        seen = list(self.seen)
        return {row for row in rows if row[0] <= (seen[-1][0] if seen else 0)} - set(seen)


@contextmanager
def tailing(*tails: Tail) -> Iterator[None]:
    """The readers read to the end of what is there when the block ends."""
    for tail in tails:
        tail.start()
    try:
        yield
    finally:
        for tail in tails:
            tail.over.set()
        until(lambda: not any(tail.is_alive() for tail in tails), 60)
