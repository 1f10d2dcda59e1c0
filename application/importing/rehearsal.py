"""A log to rehearse on: it shows the real one with what was rehearsed on top, and never writes to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from application.ports import Answer, Batch, Conflict, Denial, EventStore
from domain.kernel import Recorded

FIRST_DRAWN = 10**9
"""Numbers drawn here lie where no real series reaches, so that none is taken and none is used up."""


class RehearsalStore:
    def __init__(self, real: EventStore) -> None:
        self._real = real
        self.times_forgotten = real.times_forgotten
        self._base: int | None = None
        self._events: list[Recorded] = []
        self._streams: dict[UUID, list[Recorded]] = {}
        self._answers: dict[UUID, Answer] = {}
        self._denials: list[Denial] = []
        self._marks: dict[str, int] = {}
        self._series: Counter[str] = Counter()

    async def load(self, wanted: Mapping[UUID, int]) -> dict[UUID, list[Recorded]]:
        found = await self._real.load(wanted)
        for stream, after in wanted.items():
            if rehearsed := [each for each in self._streams.get(stream, ()) if each.version > after]:
                found[stream] = found.get(stream, []) + rehearsed
        return found

    async def append(self, batch: Batch) -> int:
        await self._free(batch)
        position = await self.head()
        places = {}
        for place, event in enumerate(batch.events, position + 1):
            places[event.stream, event.version] = place
            rehearsed = event.but(position=place)
            self._events.append(rehearsed)
            self._streams.setdefault(event.stream, []).append(rehearsed)
        for answer in batch.answers:
            self._answers[answer.key] = msgspec.structs.replace(
                answer, position=places.get((answer.stream, answer.version), 0)
            )
        self._denials += batch.denials
        if batch.mark:
            self._marks[batch.mark.reader] = batch.mark.position
        return position + len(batch.events) if batch.events else 0

    async def _free(self, batch: Batch) -> None:
        """Raises Conflict where the real log would."""
        versions = [(each.stream, each.version) for each in batch.events]
        first: dict[UUID, int] = {}
        for stream, version in versions:
            first[stream] = min(version, first.get(stream, version))
        taken = await self.load({stream: version - 1 for stream, version in first.items()})
        if taken or len(set(versions)) < len(versions):
            raise Conflict("a version of a stream is taken")
        keys = [answer.key for answer in batch.answers]
        if len(set(keys)) < len(keys) or await self.answers(keys):
            raise Conflict("the key has been answered")

    async def about(self, person: UUID) -> list[UUID]:
        rehearsed = [each.stream for each in self._events if each.subject == person]
        return list(dict.fromkeys((*await self._real.about(person), *rehearsed)))

    async def destroyed(self, position: int) -> dict[UUID, str]:
        return await self._real.destroyed(position)

    async def read(self, after: int, limit: int) -> list[Recorded]:
        await self.head()
        real = [each for each in await self._real.read(after, limit) if each.position <= (self._base or 0)]
        rehearsed = [each for each in self._events if each.position > after]
        return (real + rehearsed)[:limit]

    async def head(self) -> int:
        if self._base is None:
            self._base = await self._real.head()
        return self._base + len(self._events)

    async def answers(self, keys: Sequence[UUID]) -> dict[UUID, Answer]:
        rehearsed = {key: self._answers[key] for key in keys if key in self._answers}
        return await self._real.answers(keys) | rehearsed

    async def mark(self, reader: str) -> int:
        return self._marks.get(reader) or await self._real.mark(reader)

    async def draw(self, series: str) -> int:
        self._series[series] += 1
        return FIRST_DRAWN + self._series[series]

    async def denials(self, limit: int, before: int | None = None) -> list[tuple[int, Denial]]:
        """The refusals of the rehearsal; the real log's are not its affair."""
        numbered = list(enumerate(self._denials, 1))
        return [each for each in reversed(numbered) if before is None or each[0] < before][:limit]
