"""Runs a table's rows through the one door for commands, batch by batch, and tells what became of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from application.handling import Handling
from application.importing.plan import Plan
from application.importing.rows import Prepared, RowRefused, Shared, blamed, needing, prepare
from application.importing.table import Line
from application.submission import Outcome
from domain.kernel import Refused

SIZE = 100

Progress = Callable[[int], None]


@dataclass(slots=True)
class Summary:
    """What became of the rows: each is accepted or refused. `events` and `repeated` tell a first run from a second."""

    rows: int = 0
    accepted: int = 0
    refused: int = 0
    events: int = 0
    repeated: int = 0
    position: int = 0
    refusals: list[RowRefused] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Run:
    """One pass over a file. Given again after a break or in full, it finds its earlier answers and adds nothing."""

    plan: Plan
    handling: Handling
    size: int = SIZE
    progress: Progress = lambda rows: None
    summary: Summary = field(default_factory=Summary)
    made: dict[UUID, Refused | None] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)

    async def all(self, lines: Iterable[Line]) -> Summary:
        """What became of all the rows."""
        for batch in self._batches(lines):
            await self._give(batch)
        self.summary.refusals.sort(key=lambda each: each.line)
        return self.summary

    def _batches(self, lines: Iterable[Line]) -> Iterator[list[Prepared | RowRefused]]:
        """Rows to give together. A key comes once in a batch, so that its second row meets the answer to its first."""
        batch: dict[UUID | int, Prepared | RowRefused] = {}
        for row in self.plan.carrying(lines):
            prepared = prepare(self.plan, row, self.made)
            key = prepared.submission.key if isinstance(prepared, Prepared) else row.line
            if len(batch) == self.size or key in batch:
                yield list(batch.values())
                batch = {}
            batch[key] = prepared
        yield list(batch.values())

    async def _give(self, batch: list[Prepared | RowRefused]) -> None:
        rows = [each for each in batch if isinstance(each, Prepared)]
        for refused in (each for each in batch if isinstance(each, RowRefused)):
            self._refuse(refused)
        await self._shared([each for prepared in rows for each in prepared.shared])
        await self._rows(rows)
        self.progress(self.summary.rows)

    async def _shared(self, shared: list[Shared]) -> None:
        """Makes what the rows share, before them; the first row that needs a thing says what it is."""
        first: dict[UUID, Shared] = {}
        for each in shared:
            first.setdefault(each.submission.key, each)
        wanted = [each for key, each in first.items() if key not in self.made]
        outcomes = await self.handling.handle_all([each.submission for each in wanted]) if wanted else []
        for each, outcome in zip(wanted, outcomes, strict=True):
            self.names[each.submission.key] = each.name
            self.made[each.submission.key] = outcome if isinstance(outcome, Refused) else None
            if isinstance(outcome, Outcome):
                self._count(outcome)

    async def _rows(self, rows: list[Prepared]) -> None:
        given = []
        for prepared in rows:
            lacking = next(((key, said) for key in prepared.needs if (said := self.made[key])), None)
            if lacking:
                self._refuse(needing(prepared, self.names[lacking[0]], lacking[1]))
            else:
                given.append(prepared)
        outcomes = await self.handling.handle_all([each.submission for each in given]) if given else []
        for prepared, outcome in zip(given, outcomes, strict=True):
            if isinstance(outcome, Refused):
                self._refuse(blamed(self.plan, prepared, outcome))
            else:
                self._count(outcome)
                self.summary.rows += 1
                self.summary.accepted += 1
                self.summary.repeated += outcome.repeated

    def _count(self, outcome: Outcome) -> None:
        self.summary.events += 0 if outcome.repeated else outcome.count
        self.summary.position = max(self.summary.position, outcome.position)

    def _refuse(self, refused: RowRefused) -> None:
        self.summary.rows += 1
        self.summary.refused += 1
        self.summary.refusals.append(refused)
