"""A read model built anew from the log, beside the live one: compared with it, or swapped for it in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

import psycopg
from psycopg import sql

from application.projection import Key, Projection, onward
from domain.rules.rulebook import THE_LAW
from infrastructure.lookup import SECRETS, Lookup
from infrastructure.postgres.dating import Dating
from infrastructure.postgres.folding import Filling, apply
from infrastructure.postgres.replay import PAGE, Reader, Trouble
from infrastructure.postgres.tables import Table
from infrastructure.vault import Masters

Progress = Callable[[int, int], None]
SHOWN = 100
"""Keys of rows that differ, told at most."""

_BY_KEY = (
    "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET synchronous_commit = off"
)
"""Rows are looked for by their key even before the database knows how large the table has become."""
_POSITION = "SELECT position FROM view.projections WHERE (name, version) = (%s, %s)"


@dataclass(frozen=True, slots=True)
class Difference:
    """The live table beside the one built anew, both as at one position: rows in each, and keys of rows not alike."""

    position: int
    live: int
    anew: int
    keys: Sequence[Key] = ()


class Building:
    """Two who build the same one take turns. What cannot be folded is told to `troubled`, or else raised."""

    def __init__(
        self,
        url: str,
        masters: Masters,
        projection: type[Projection],
        suffix: str = "_new",
        troubled: Callable[[Trouble], None] | None = None,
        page: int = PAGE,
    ) -> None:
        self.projection, self._url, self._page = projection, url, page
        self._named = (projection.name, projection.version)
        self._reading: psycopg.Connection[Any] = psycopg.connect(url, autocommit=True)
        self._writing: psycopg.Connection[Any] = psycopg.connect(url, autocommit=True)
        self._writing.execute(_BY_KEY)
        self._lookup = Lookup(masters)
        self._live, self._fresh = (Table(projection, each, self._lookup) for each in ("", suffix))
        self._reader = Reader(self._reading, masters)
        self._filling = Filling(self._writing, self._fresh, troubled)
        self.position = 0

    def __enter__(self) -> Self:
        self._writing.execute("SELECT pg_advisory_lock(hashtext(%s))", (self._fresh.name,))
        return self

    def __exit__(self, *error: object) -> None:
        self._reading.close()
        with suppress(psycopg.OperationalError), self._writing:
            self._writing.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(self._fresh.identifier))

    def lives(self) -> bool:
        return self._writing.execute(_POSITION, self._named).fetchone() is not None

    def broken_at(self) -> int | None:
        """The event that the live one cannot go on from, if there is one."""
        found = self._writing.execute(_POSITION.replace("position", "broken_at", 1), self._named).fetchone()
        return found[0] if found else None

    def fill(self, progress: Progress = lambda done, total: None) -> int:
        """Folds what has happened so far; returns up to which position."""
        self._lookup.learn(self._writing.execute(SECRETS, binary=True).fetchall())
        self._writing.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(self._fresh.identifier))
        table, *indexes = self._fresh.creation()
        self._writing.execute(table)
        head = self._head()
        self._fold(head, progress)
        for index in indexes:
            self._writing.execute(index)
        self._writing.execute(sql.SQL("ANALYZE {}").format(self._fresh.identifier))
        while (head := self._head()) - self.position > self._page:
            self._fold(head, progress)
        return self.position

    def swap(self) -> None:
        """Puts it in the place of the live one; readers notice nothing."""
        with self._writing.transaction():
            self._reach(self._writing)
            self._exchange()
            self._writing.execute(
                "INSERT INTO view.projections (name, version, position) VALUES (%s, %s, %s) ON CONFLICT (name, version)"
                " DO UPDATE SET position = excluded.position, broken_at = NULL, error = NULL",
                (*self._named, self.position),
            )

    def difference(self) -> Difference | None:
        """Compares it with the live one while everybody goes on; not with one that is broken and stands still."""
        if self._writing.execute(_POSITION + " AND broken_at IS NULL", self._named).fetchone() is None:
            return None
        while not self._abreast():
            pass
        try:
            return self._compared()
        finally:
            self._reading.execute("COMMIT")

    def _abreast(self) -> bool:
        """Whether both are seen as at one position; or else the live one has come further."""
        # Held by this transaction, the live one stays where it is.
        with psycopg.connect(self._url) as holding:
            live = self._reach(holding)
            if live == self.position:
                self._reading.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                self._reading.execute(_POSITION, self._named)
                return True
            book = Dating(self._reader).at(live) if self.projection.dated else THE_LAW
            for page in self._reader.pages(live, self.position, self._filling.hears, self._page):
                apply(holding, [(self._live, page.events, book)])
                book = onward(book, page.events)
            holding.execute(
                "UPDATE view.projections SET position = %s WHERE (name, version) = (%s, %s)",
                (self.position, *self._named),
            )
            return False

    def _fold(self, upto: int, progress: Progress = lambda done, total: None) -> None:
        for page in self._reader.pages(self.position, upto, self._filling.hears, self._page):
            self._filling.take(page)
            self.position = page.upto
            progress(self.position, upto)
        self._filling.flush()

    def _reach(self, holding: psycopg.Connection[Any]) -> int:
        """Comes at least as far as the live one, which goes no further before the transaction ends; tells how far."""
        found = holding.execute(_POSITION + " FOR UPDATE", self._named).fetchone()
        live = int(found[0]) if found else 0
        if live > self.position:
            self._fold(live)
        return live

    def _exchange(self) -> None:
        self._writing.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(self._live.identifier))
        renaming = sql.SQL("ALTER TABLE {} RENAME TO {}")
        self._writing.execute(renaming.format(self._fresh.identifier, sql.Identifier(self._live.name)))

    def _compared(self) -> Difference:
        counted = [self._told(table) for table in (self._live, self._fresh)]
        (before, _), (anew, _) = counted
        if counted[0] == counted[1]:
            return Difference(self.position, before, anew)
        apart = sql.SQL(
            "SELECT {key} FROM ({live}) AS l FULL JOIN ({anew}) AS n USING ({key})"
            " WHERE l IS DISTINCT FROM n ORDER BY {key} LIMIT {most}"
        ).format(
            key=sql.SQL(", ").join(map(sql.Identifier, self._live.key)),
            live=self._live.selection,
            anew=self._fresh.selection,
            most=SHOWN,
        )
        return Difference(self.position, before, anew, self._reading.execute(apart).fetchall())

    def _told(self, table: Table) -> tuple[int, Any]:
        """How many rows it has, and a sum over all that they say."""
        summed = sql.SQL("SELECT count(*), sum(hashtextextended(r::text, 0)::numeric) FROM ({}) AS r")
        [(count, told)] = self._reading.execute(summed.format(table.selection))
        return count, told

    def _head(self) -> int:
        [(head,)] = self._reading.execute("SELECT position FROM log.head")
        return int(head)
