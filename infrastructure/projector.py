"""Feeds every read model from the log, in batches, each row together with the position it was made from."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from typing import Any

import psycopg
import structlog
from psycopg import sql

from application.projection import Projection, heard
from domain.kernel import Recorded
from domain.rules.rulebook import THE_LAW, Rulebook
from infrastructure.building import Building, Progress
from infrastructure.lookup import SECRETS, Lookup
from infrastructure.mapper import Unreadable
from infrastructure.postgres.dating import Dating
from infrastructure.postgres.folding import apply, why
from infrastructure.postgres.log import Hole
from infrastructure.postgres.replay import Page, Reader
from infrastructure.postgres.tables import Table
from infrastructure.vault import Masters, WrongMasterKey

log = structlog.get_logger("uberrima.projector")
NAME = "uberrima projector"
"""By which the server knows the connections of projectors."""
STOPS_ALL = (psycopg.OperationalError, psycopg.InterfaceError, Hole, WrongMasterKey)
"""What is no fault of the read model that meets it."""

_CLAIM = """
SELECT name, position FROM view.projections
WHERE (name, version) IN (SELECT * FROM unnest(%s::text[], %s::int[])) AND broken_at IS NULL
"""
_REACHED = """
UPDATE view.projections SET position = greatest(position, %s)
WHERE (name, version) IN (SELECT * FROM unnest(%s::text[], %s::int[]))
"""


class Projector:
    """Several may run at once and share the work: whoever folds into a read model holds the row of its position.

    A read model that meets an event it cannot fold is broken: it stands still before it and says so, and the others go
    on.
    """

    def __init__(self, url: str, masters: Masters, projections: Sequence[type[Projection]], batch: int = 2000) -> None:
        self._url, self._masters = url, masters
        self._lookup = Lookup(masters)
        self.tables = {each.name: Table(each, lookup=self._lookup) for each in projections}
        self.batch = batch
        self._hears = {each.name: heard(each) for each in projections}
        self._connection: psycopg.Connection[Any] = psycopg.connect(url, autocommit=True, application_name=NAME)
        # What a crash takes back it takes back whole, rows and position alike: it is folded again from there.
        self._connection.execute("SET synchronous_commit = off")
        self._reader = Reader(self._connection, masters)
        self._dating = Dating(self._reader)
        self._share, self._counted = len(self.tables), -1.0

    def close(self) -> None:
        self._connection.close()

    def prepare(self) -> None:
        """Makes the table of every projection that has none in this version; it is filled before it goes live."""
        known = {name for (name,) in self._connection.execute("SELECT name || '_v' || version FROM view.projections")}
        for table in self.tables.values():
            if table.name not in known:
                with Building(self._url, self._masters, table.projection, page=self.batch) as building:
                    if not building.lives():
                        building.fill()
                        building.swap()
        with self._connection.transaction():
            self._retire()

    def retry(self) -> None:
        """Lets those that are broken try again, as after a new version of this program has been started."""
        self._connection.execute(
            "UPDATE view.projections SET broken_at = NULL, error = NULL"
            " WHERE broken_at IS NOT NULL AND (name, version) IN (SELECT * FROM unnest(%s::text[], %s::int[]))",
            self._named(self.tables),
        )

    def step(self) -> int:
        """Folds the next batch into read models that nobody else folds into just now; returns how many events it read."""
        free = f"{_CLAIM} ORDER BY position, name LIMIT {self._fair_share()} FOR UPDATE SKIP LOCKED"
        return self._step(self.tables, free)

    def catch_up(self) -> int:
        """Folds all that has happened, waiting for whoever else folds meanwhile; returns how many events it read."""
        done = 0
        while folded := self._step(self.tables, f"{_CLAIM} ORDER BY name FOR UPDATE"):
            done += folded
        return done

    def rebuild(self, name: str, progress: Progress = lambda done, total: None) -> int:
        """Builds one anew beside the live one and swaps them; returns how many events there were."""
        with Building(self._url, self._masters, self.tables[name].projection, page=self.batch) as building:
            events = building.fill(progress)
            building.swap()
        return events

    def _step(self, names: Collection[str], claim: str) -> int:
        try:
            return self._fold(names, claim, self.batch)
        except STOPS_ALL:
            raise
        except Exception:
            # One of them cannot; each on its own shows which.
            return max(self._fold_or_break(name, claim) for name in names)

    def _fold(self, names: Collection[str], claim: str, limit: int) -> int:
        # In a pipeline, what needs no answer before the next is asked for takes no round trip of its own.
        with self._connection.pipeline(), self._connection.transaction():
            claimed = self._connection.execute(claim, self._named(names))
            secrets = self._connection.execute(SECRETS, binary=True)
            positions = {str(name): int(position) for name, position in claimed}
            # A newer look-up key takes over with the next table built under it.
            self._lookup.learn(secrets)
            if not positions:
                return 0
            after = min(positions.values())
            page = self._reader.page(after, limit, frozenset().union(*(self._hears[name] for name in positions)))
            if page.upto == after:
                return 0
            for trouble in page.unreadable:
                raise Unreadable(trouble.position, trouble.why)
            apply(self._connection, [self._part(self.tables[name], page, after) for name, after in positions.items()])
            self._connection.execute(_REACHED, (page.upto, *self._named(positions)))
        return page.upto - after

    def _part(self, table: Table, page: Page, after: int) -> tuple[Table, Sequence[Recorded], Rulebook]:
        """What of a page one read model has not had yet, and the rulebook as it stood before that."""
        events = page.events if after == page.after else [each for each in page.events if each.position > after]
        if not table.projection.dated:
            return table, events, THE_LAW
        book = self._dating.at(after)
        self._dating.note(after, page.upto, events)
        return table, events, book

    def _fold_or_break(self, name: str, claim: str) -> int:
        """Up to a batch into one read model, in ever smaller parts where one fails, down to the event that it is."""
        done, limit = 0, self.batch
        while done < self.batch:
            try:
                folded = self._fold([name], claim, limit)
            except STOPS_ALL:
                raise
            except Exception as error:
                if limit == 1:
                    self._break(name, why(error))
                    return done + 1
                limit //= 2
            else:
                if not folded:
                    return done
                done += folded
        return done

    def _break(self, name: str, error: str) -> None:
        [(position,)] = self._connection.execute(
            "UPDATE view.projections SET broken_at = position + 1, error = %s"
            " WHERE (name, version) = (%s, %s) RETURNING broken_at",
            (error, name, self.tables[name].projection.version),
        )
        log.error("a read model cannot go on", name=name, position=position, error=error)

    def _fair_share(self) -> int:
        """How many read models to claim at once, so that every projector there is finds some."""
        if time.monotonic() > self._counted + 1:
            self._counted = time.monotonic()
            [(others,)] = self._connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s",
                (NAME,),
            )
            self._share = -(-len(self.tables) // max(1, others))
        return self._share

    def _retire(self) -> None:
        """Drops versions older than the one before this: a process of the version before may still be reading its."""
        for table in self.tables.values():
            rows = self._connection.execute(
                "DELETE FROM view.projections WHERE name = %s AND version < %s RETURNING version",
                (table.projection.name, table.projection.version - 1),
            ).fetchall()
            for (version,) in rows:
                gone = sql.Identifier("view", f"{table.projection.name}_v{version}")
                self._connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(gone))

    def _named(self, names: Collection[str]) -> tuple[list[str], list[int]]:
        return list(names), [self.tables[name].projection.version for name in names]
