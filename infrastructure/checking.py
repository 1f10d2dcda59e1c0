"""The whole log read once more: what cannot be read any longer, and what no longer folds into a state or a read model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from application.projection import Projection
from domain.catalogue import AGGREGATE_OF
from domain.kernel import Aggregate, Recorded
from infrastructure.building import Building, Progress
from infrastructure.postgres.folding import why
from infrastructure.postgres.replay import Reader, Trouble
from infrastructure.vault import Masters


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: in the log itself, in an aggregate, or in a read model of that name."""

    where: str
    position: int
    type: str
    why: str


class Checking:
    """Changes nothing that anybody reads, and keeps one stream and a few rows in memory at a time."""

    def __init__(self, url: str, masters: Masters) -> None:
        self._url, self._masters = url, masters
        self._found: dict[tuple[str, int], Finding] = {}
        self._unreadable: set[int] = set()

    @property
    def found(self) -> Sequence[Finding]:
        """By position."""
        return sorted(self._found.values(), key=lambda each: (each.position, each.where))

    def streams(self, progress: Progress = lambda done, total: None) -> int:
        """Reads every event and folds every stream into its aggregate; returns how many events there were."""
        connection: psycopg.Connection[Any]
        with psycopg.connect(self._url, autocommit=True) as connection:
            [(head,)] = connection.execute("SELECT position FROM log.head")
            done = 0
            state: Aggregate | None = None
            for page in Reader(connection, self._masters).by_stream():
                for trouble in page.unreadable:
                    self._unreadable.add(trouble.position)
                    self._tell("log", trouble)
                for recorded in page.events:
                    state = self._folded(state, recorded)
                done += len(page.events) + len(page.unreadable)
                progress(min(done, head), head)
        return done

    def projection(self, projection: type[Projection], progress: Progress = lambda done, total: None) -> int:
        """Folds the log into a table of its own, which is gone afterwards; returns how many events there were."""

        def tell(trouble: Trouble) -> None:
            if trouble.position not in self._unreadable:
                self._tell(projection.name, trouble)

        with Building(self._url, self._masters, projection, "_check", tell) as building:
            return building.fill(progress)

    def _folded(self, state: Aggregate | None, recorded: Recorded) -> Aggregate:
        kind = type(recorded.event).__name__
        if state is None or state.id != recorded.stream:
            state = AGGREGATE_OF[kind](id=recorded.stream)
        try:
            return state.after([recorded])
        except Exception as error:
            self._tell(state.kind(), Trouble(recorded.position, kind, why(error)))
            return state

    def _tell(self, where: str, trouble: Trouble) -> None:
        self._found[where, trouble.position] = Finding(where, trouble.position, trouble.type, trouble.why)
