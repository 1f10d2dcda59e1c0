"""The log in memory, on the library's own recorder: for domain tests, rehearsals and experiments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import RLock
from uuid import UUID

from eventsourcing.persistence import IntegrityError, StoredEvent, Tracking
from eventsourcing.popo import POPOProcessRecorder

from application.ports import Answer, Batch, Conflict, Denial
from domain.kernel import Recorded
from infrastructure.mapper import decode, encode


class MemoryEventStore:
    def __init__(self) -> None:
        self._recorder = POPOProcessRecorder()
        self._places: dict[tuple[UUID, int], int] = {}
        self._answers: dict[UUID, Answer] = {}
        self._denials: list[Denial] = []
        self._series: Counter[str] = Counter()
        self._lock = RLock()

    async def load(self, wanted: Mapping[UUID, int]) -> dict[UUID, list[Recorded]]:
        found = {stream: self._recorder.select_events(stream, gt=after) for stream, after in wanted.items()}
        return {stream: [self._decoded(each) for each in events] for stream, events in found.items() if events}

    async def append(self, batch: Batch) -> int:
        stored = [StoredEvent(r.stream, r.version, type(r.event).__name__, encode(r)) for r in batch.events]
        tracking = Tracking(batch.mark.reader, batch.mark.position) if batch.mark else None
        with self._lock:
            if len(self._answers.keys() | {a.key for a in batch.answers}) < len(self._answers) + len(batch.answers):
                raise Conflict("the key has been answered")
            try:
                positions = self._recorder.insert_events(stored, tracking=tracking)
            except IntegrityError as error:
                raise Conflict(str(error)) from error
            self._places |= {(r.stream, r.version): at for r, at in zip(batch.events, positions or (), strict=True)}
            for answer in batch.answers:
                position = self._places[answer.stream, answer.version] if answer.events else 0
                self._answers[answer.key] = replace(answer, position=position)
            self._denials += batch.denials
        return positions[-1] if positions else 0

    async def read(self, after: int, limit: int) -> list[Recorded]:
        found = self._recorder.select_notifications(after, limit, inclusive_of_start=False)
        return [decode(UUID(str(n.originator_id)), n.originator_version, n.topic, n.state, n.id) for n in found]

    async def head(self) -> int:
        return self._recorder.max_notification_id() or 0

    async def answers(self, keys: Sequence[UUID]) -> dict[UUID, Answer]:
        return {key: self._answers[key] for key in keys if key in self._answers}

    async def mark(self, reader: str) -> int:
        return self._recorder.max_tracking_id(reader) or 0

    async def draw(self, series: str) -> int:
        with self._lock:
            self._series[series] += 1
            return self._series[series]

    async def denials(self, limit: int, before: int | None = None) -> list[tuple[int, Denial]]:
        numbered = list(enumerate(self._denials, 1))
        return [each for each in reversed(numbered) if before is None or each[0] < before][:limit]

    def _decoded(self, event: StoredEvent) -> Recorded:
        place = UUID(str(event.originator_id)), event.originator_version
        return decode(*place, event.topic, event.state, self._places[place])
