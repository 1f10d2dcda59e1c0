"""Folds of events into tables: into a live one batch by batch, or into one that is filled from the first event on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from traceback import extract_tb
from typing import Any

import psycopg

from application.projection import Key, Row, fold, heard, onward, touched
from domain.kernel import Recorded
from domain.rules.rulebook import THE_LAW, Rulebook
from infrastructure.mapper import Unreadable
from infrastructure.postgres.replay import Page, Trouble
from infrastructure.postgres.tables import Table

Connection = psycopg.Connection[Any]
KEPT = 20_000
"""Rows of a table being filled that are kept in memory at most; one takes one or two kilobytes."""


def apply(connection: Connection, batches: Iterable[tuple[Table, Sequence[Recorded], Rulebook]]) -> None:
    """Folds batches into live tables, a batch into each, by the rulebook as it stood before the batch.

    In a pipeline it is one round trip to and fro for all.
    """
    asked = [(*each, _ask(connection, each[0], *_wanted(*each))) for each in batches]
    for table, batch, book, asking in asked:
        if not asking:
            continue
        before = _told(table, asking)
        _write(connection, table, fold(table.projection, before, batch, book), before.keys())


class Filling:
    """A table that nobody reads yet, and of which the rows touched last are kept in memory.

    What cannot be folded is told to `troubled` and left out; without it, it is raised.
    """

    def __init__(self, connection: Connection, table: Table, troubled: Callable[[Trouble], None] | None = None) -> None:
        self._connection, self._table, self._troubled = connection, table, troubled
        self.hears = heard(table.projection)
        self._rows: dict[Key, Row] = {}
        self._changed: dict[Key, Row | None] = {}
        self._stored: set[Key] = set()
        self._book = THE_LAW
        self._empty = True

    def take(self, page: Page) -> None:
        """Raises Unreadable, or what the fold raises, where nobody is told of it."""
        for trouble in page.unreadable:
            if self._troubled is None:
                raise Unreadable(trouble.position, trouble.why)
            self._troubled(trouble)
        self._fetch(page.events)
        try:
            self._fold(page.events)
        except Exception:
            if self._troubled is None:
                raise
            self._fold_each(page.events, self._troubled)
        else:
            self._book = onward(self._book, page.events)
        if len(self._rows) + len(self._changed) > 2 * KEPT:
            self.flush()

    def flush(self) -> None:
        """Writes what has changed, and forgets the rows that have not been touched for longest."""
        if self._changed:
            new = [row for key, row in self._changed.items() if row is not None and key not in self._stored]
            old = {key: row for key, row in self._changed.items() if key in self._stored}
            with self._connection.transaction():
                _write(self._connection, self._table, old, old.keys())
                if new:
                    self._table.copy(self._connection.cursor(), new)
            self._changed.clear()
            self._stored, self._empty = set(self._rows), False
        for key in list(self._rows)[: max(0, len(self._rows) - KEPT // 2)]:
            del self._rows[key]
            self._stored.discard(key)

    def _fetch(self, events: Sequence[Recorded]) -> None:
        """What of the rows touched is in the table only."""
        gone = _gone(self._table, events)
        if gone:
            self.flush()
        if not self._empty:
            keys = touched(self._table.projection, events, self._book) - self._rows.keys() - self._changed.keys()
            found = _told(self._table, _ask(self._connection, self._table, keys, gone))
            self._rows |= found
            self._stored |= found.keys()

    def _fold(self, events: Sequence[Recorded]) -> None:
        for key, row in fold(self._table.projection, self._rows, events, self._book).items():
            self._changed[key] = row
            self._rows.pop(key, None)
            if row is not None:
                self._rows[key] = row

    def _fold_each(self, events: Sequence[Recorded], troubled: Callable[[Trouble], None]) -> None:
        for each in events:
            try:
                self._fold([each])
            except Exception as error:
                troubled(Trouble(each.position, type(each.event).__name__, why(error)))
            self._book = onward(self._book, [each])


def why(error: Exception) -> str:
    """What went wrong and where, without what people wrote, which a message may quote."""
    if isinstance(error, Unreadable):
        return error.why
    *_, last = extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {last.name}, line {last.lineno} of {last.filename.rpartition('/')[2]}"


def _gone(table: Table, batch: Iterable[Recorded]) -> list[Any]:
    """Of whom the table tells, those who are forgotten."""
    return [person for each in batch for person in each.event.gone] if table.row.person else []


def _wanted(table: Table, batch: Sequence[Recorded], book: Rulebook) -> tuple[set[Key], list[Any]]:
    return touched(table.projection, batch, book), _gone(table, batch)


def _ask(connection: Connection, table: Table, keys: set[Key], gone: Sequence[Any]) -> list[psycopg.Cursor[Any]]:
    asking: list[tuple[bytes, list[Any]]] = [(table.fetch, table.keys(list(keys)))] if keys else []
    asking += [(table.fetch_about, [gone])] if gone else []
    return [connection.cursor(binary=True).execute(query, values) for query, values in asking]


def _told(table: Table, asking: Iterable[psycopg.Cursor[Any]]) -> dict[Key, Row]:
    return {table.key_of(row): row for each in asking for row in map(table.read, each)}


def _write(connection: Connection, table: Table, changed: dict[Key, Row | None], stored: Iterable[Key]) -> None:
    kept = [row for row in changed.values() if row is not None]
    if kept:
        connection.execute(table.upsert, table.values(kept))
    gone = [key for key in stored if key in changed and changed[key] is None]
    if gone:
        connection.execute(table.removal, table.keys(gone))
