"""Feeds every read model from the log, in batches, each row together with the position it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from application.projection import Key, Projection, Row, fold, touched
from domain.kernel import Recorded
from infrastructure.lookup import SECRETS, Lookup
from infrastructure.postgres.log import read
from infrastructure.postgres.tables import Table
from infrastructure.vault import Keys, Masters

Connection = psycopg.Connection[tuple[Any, ...]]
Progress = Callable[[int, int], None]


def apply(connection: Connection, table: Table, batch: Sequence[Recorded]) -> None:
    """Folds a batch into one table."""
    keys = touched(table.projection, batch)
    forgotten = [subject for each in batch for subject in each.event.gone] if table.row.person else []
    if not keys and not forgotten:
        return
    before: dict[Key, Row] = {}
    for query, values in ((table.fetch, table.keys(list(keys))), (table.fetch_about, [forgotten] if forgotten else [])):
        if values:
            found = connection.cursor(binary=True).execute(query, values)
            before |= {table.key_of(row): row for row in map(table.read, found)}
    changed = fold(table.projection, before, batch)
    kept: list[Row] = [row for row in changed.values() if row is not None]
    if kept:
        connection.execute(table.upsert, table.values(kept))
    gone = [key for key, row in changed.items() if row is None and key in before]
    if gone:
        connection.execute(table.removal, table.keys(gone))


class Projector:
    """Several may run at once: the rows that hold the positions are locked for each batch, so none counts twice."""

    def __init__(self, url: str, masters: Masters, projections: Sequence[type[Projection]], batch: int = 2000) -> None:
        self._lookup = Lookup(masters)
        self.tables = {each.name: Table(each, lookup=self._lookup) for each in projections}
        self.batch = batch
        self._keys = Keys(masters)
        self._connection: Connection = psycopg.connect(url, autocommit=True)

    def close(self) -> None:
        self._connection.close()

    def prepare(self) -> None:
        """Makes the table of every projection that has none in this version; it is filled before it goes live."""
        with self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(hashtext('uberrima.projections'))")
            self._learn()
            rows = self._connection.execute("SELECT name || '_v' || version FROM view.projections")
            known = {name for (name,) in rows}
            for table in self.tables.values():
                if table.name not in known:
                    self._create(table)
                    head = self._head()
                    for _ in self._fill(table, 0, head):
                        pass
                    self._connection.execute(
                        "INSERT INTO view.projections (name, version, position) VALUES (%s, %s, %s)",
                        (table.projection.name, table.projection.version, head),
                    )
            self._retire()

    def step(self) -> int:
        """Folds the next batch into every read model that has not had it; returns how many events it read."""
        with self._connection.transaction():
            positions = self._positions()
            if not positions:
                return 0
            after = min(positions.values())
            batch = read(self._connection, self._keys, after, self.batch)
            if not batch:
                return 0
            self._learn()
            for name, position in positions.items():
                rest = batch if position == after else [each for each in batch if each.position > position]
                apply(self._connection, self.tables[name], rest)
            self._connection.execute(
                "UPDATE view.projections SET position = greatest(position, %s)"
                " WHERE (name, version) IN (SELECT * FROM unnest(%s::text[], %s::int[]))",
                (batch[-1].position, *self._named()),
            )
        return len(batch)

    def catch_up(self) -> int:
        done = 0
        while folded := self.step():
            done += folded
        return done

    def rebuild(self, name: str, progress: Progress = lambda done, total: None) -> int:
        """Builds one table anew beside the live one and swaps them in one transaction; readers notice nothing.

        Two who build the same one take turns.
        """
        live = self.tables[name]
        fresh = Table(live.projection, "_new", self._lookup)
        with self._alone(fresh.name):
            self._learn()
            return self._rebuild(live, fresh, progress)

    def _rebuild(self, live: Table, fresh: Table, progress: Progress) -> int:
        name = live.projection.name
        self._connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(fresh.identifier))
        self._create(fresh)
        position, events, head = 0, 0, self._head()
        for position, count in self._fill(fresh, 0, head):
            events += count
            progress(position, head)
        with self._connection.transaction():
            reached = max(self._positions()[name], head)
            events += sum(count for _, count in self._fill(fresh, position, reached))
            self._swap(live, fresh)
            self._connection.execute(
                "UPDATE view.projections SET position = %s WHERE (name, version) = (%s, %s)",
                (reached, name, live.projection.version),
            )
        return events

    def _fill(self, table: Table, position: int, upto: int) -> Iterator[tuple[int, int]]:
        """Folds what lies between two positions into one table, telling how far it has come and what it read."""
        while batch := read(self._connection, self._keys, position, self.batch, upto):
            with self._connection.transaction():
                apply(self._connection, table, batch)
            position = batch[-1].position
            yield position, len(batch)

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        self._connection.execute("SELECT pg_advisory_lock(hashtext(%s))", (name,))
        try:
            yield
        finally:
            self._connection.execute("SELECT pg_advisory_unlock(hashtext(%s))", (name,))

    def _learn(self) -> None:
        """The look-up keys as they are now; a newer one takes over with the next table built under it."""
        self._lookup.learn(self._connection.execute(SECRETS, binary=True).fetchall())

    def _head(self) -> int:
        [(head,)] = self._connection.execute("SELECT position FROM log.head")
        return int(head)

    def _create(self, table: Table) -> None:
        for statement in table.creation():
            self._connection.execute(statement)

    def _swap(self, live: Table, fresh: Table) -> None:
        self._connection.execute(sql.SQL("DROP TABLE {}").format(live.identifier))
        self._connection.execute(
            sql.SQL("ALTER TABLE {} RENAME TO {}").format(fresh.identifier, sql.Identifier(live.name))
        )

    def _retire(self) -> None:
        """Drops versions older than the one before this: a process of the version before may still be reading its."""
        for table in self.tables.values():
            oldest = table.projection.version - 1
            rows = self._connection.execute(
                "DELETE FROM view.projections WHERE name = %s AND version < %s RETURNING version",
                (table.projection.name, oldest),
            ).fetchall()
            for (version,) in rows:
                gone = sql.Identifier("view", f"{table.projection.name}_v{version}")
                self._connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(gone))

    def _positions(self) -> dict[str, int]:
        rows = self._connection.execute(
            "SELECT name, position FROM view.projections"
            " WHERE (name, version) IN (SELECT * FROM unnest(%s::text[], %s::int[])) ORDER BY name FOR UPDATE",
            self._named(),
        )
        return {str(name): int(position) for name, position in rows}

    def _named(self) -> tuple[list[str], list[int]]:
        return list(self.tables), [table.projection.version for table in self.tables.values()]
