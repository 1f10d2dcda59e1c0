"""The log in memory, written down as the real one is, and read models in memory: for tests and simulations."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from application.ports import Answer, Batch, Conflict, Denial, EventStore, Forgotten, Page
from application.projection import Key, Projection, Row, fold, onward
from domain.kernel import Recorded
from domain.rules.rulebook import THE_LAW
from infrastructure.mapper import Stored, decode, encode
from infrastructure.vault import Keys, Masters


class MemoryEventStore:
    def __init__(self) -> None:
        self.times_forgotten = 0
        self._keys = Keys(Masters.fleeting(), remember=2**62)
        self._wrapped: dict[UUID, bytes] = {}
        self._destroyed: dict[int, dict[UUID, str]] = {}
        self._log: list[Stored] = []
        self._streams: defaultdict[UUID, list[Stored]] = defaultdict(list)
        self._answers: dict[UUID, Answer] = {}
        self._denials: list[Denial] = []
        self._marks: dict[str, int] = {}
        self._series: Counter[str] = Counter()

    async def load(self, wanted: Mapping[UUID, int]) -> dict[UUID, list[Recorded]]:
        found = {stream: self._streams[stream][after:] for stream, after in wanted.items() if stream in self._streams}
        return {stream: decode(events, self._keys) for stream, events in found.items() if events}

    async def append(self, batch: Batch) -> int:
        self._free(batch)
        for recorded in batch.events:
            subject = recorded.subject
            if subject is not None and self._keys.unknown([subject]):
                _, self._wrapped[subject] = self._keys.make(subject)
                self._keys.learn([(subject, self._wrapped[subject])])
            if gone := recorded.event.gone:
                self._destroy(gone)
            stored = encode(recorded, self._keys[subject] if subject else None)._replace(position=len(self._log) + 1)
            self._log.append(stored)
            self._streams[recorded.stream].append(stored)
        for answer in batch.answers:
            position = self._streams[answer.stream][answer.version - 1].position if answer.events else 0
            self._answers[answer.key] = msgspec.structs.replace(answer, position=position)
        self._denials += batch.denials
        if batch.mark:
            self._marks[batch.mark.reader] = batch.mark.position
        return len(self._log) if batch.events else 0

    def _destroy(self, gone: Sequence[UUID]) -> None:
        keys = {each: self._wrapped.pop(each) for each in gone if each in self._wrapped}
        self._destroyed[len(self._log) + 1] = {each: hashlib.sha256(keys[each]).hexdigest() for each in sorted(keys)}
        self._keys.learn([(each, None) for each in keys])
        self.times_forgotten += 1

    def _free(self, batch: Batch) -> None:
        """Raises Conflict, or Forgotten."""
        reached = {each.stream: len(self._streams.get(each.stream, ())) for each in batch.events}
        for each in batch.events:
            if each.version != reached[each.stream] + 1:
                raise Conflict("a version of a stream is taken")
            reached[each.stream] = each.version
        for stream, version in batch.grounds.items():
            if len(self._streams.get(stream, ())) > version:
                raise Conflict("what it rests on has moved on")
        keys = [answer.key for answer in batch.answers]
        if len(set(keys)) < len(keys) or not self._answers.keys().isdisjoint(keys):
            raise Conflict("the key has been answered")
        if batch.mark and self._marks.get(batch.mark.reader, 0) >= batch.mark.position:
            raise Conflict("the reader is further already")
        weighed = {*batch.grounds, *reached}
        gone = {subject for each in batch.events for subject in each.event.gone}
        if any(each.subject in gone and each.stream not in weighed for each in self._log):
            raise Conflict("something about them has not been weighed")
        for subject in {each.subject for each in batch.events if each.subject}:
            if not self._keys.unknown([subject]) and self._keys[subject] is None:
                raise Forgotten(subject)

    async def about(self, person: UUID) -> list[UUID]:
        return list(dict.fromkeys(each.stream for each in self._log if each.subject == person))

    async def destroyed(self, position: int) -> dict[UUID, str]:
        return self._destroyed.get(position, {})

    async def read(self, after: int, limit: int) -> list[Recorded]:
        return decode(self._log[after : after + limit], self._keys)

    async def head(self) -> int:
        return len(self._log)

    async def answers(self, keys: Sequence[UUID]) -> dict[UUID, Answer]:
        return {key: self._answers[key] for key in keys if key in self._answers}

    async def mark(self, reader: str) -> int:
        return self._marks.get(reader, 0)

    async def draw(self, series: str) -> int:
        self._series[series] += 1
        return self._series[series]

    async def denials(self, limit: int, before: int | None = None) -> list[tuple[int, Denial]]:
        numbered = list(enumerate(self._denials, 1))
        return [each for each in reversed(numbered) if before is None or each[0] < before][:limit]


class MemoryReadModels:
    """The rows that a scheduler looks through, always as the log stands. One reader at a time."""

    def __init__(self, store: EventStore, projections: Sequence[type[Projection]], batch: int = 2000) -> None:
        self._store, self._batch = store, batch
        self._rows: dict[type[Projection], dict[Key, Row]] = {each: {} for each in projections}
        self._position, self._book = 0, THE_LAW

    async def upto(self, projection: type[Projection], column: str, last: Any, limit: int) -> Sequence[Row]:
        await self._catch_up()
        found = [row for row in self._rows[projection].values() if (at := getattr(row, column)) and at <= last]
        return sorted(found, key=lambda row: getattr(row, column))[:limit]

    async def find(
        self, projection: type[Projection], where: Mapping[str, Any], *, limit: int, cursor: str | None = None
    ) -> Page:
        """All of them on one page, whatever the limit."""
        await self._catch_up()
        rows = self._rows[projection].values()
        found = [row for row in rows if all(getattr(row, name) == value for name, value in where.items())]
        return Page(found, None, self._position)

    async def _catch_up(self) -> None:
        while batch := await self._store.read(self._position, self._batch):
            for projection, rows in self._rows.items():
                for key, row in fold(projection, rows, batch, self._book).items():
                    if row is None:
                        rows.pop(key, None)
                    else:
                        rows[key] = row
            self._book, self._position = onward(self._book, batch), batch[-1].position
