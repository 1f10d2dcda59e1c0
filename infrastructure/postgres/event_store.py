"""The log on PostgreSQL: whatever waits at the same moment is appended, or loaded, in one round trip."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from uuid import UUID

import psycopg
import structlog
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg import pq

from application.ports import Answer, Batch, Conflict, Denial, Forgotten, Unavailable
from domain.kernel import Recorded
from domain.personal import personal
from infrastructure.fingerprint import opened, whose
from infrastructure.gathering import Gathering
from infrastructure.mapper import Stored
from infrastructure.postgres import ledger, log
from infrastructure.postgres.append import APPEND, Sealed, arguments, together
from infrastructure.postgres.line import Line, Lost, int8, int8s, int8s_of, uuids
from infrastructure.vault import Keys, Masters

trouble = structlog.get_logger("uberrima.ledger")
PATIENCE = 5.0
"""Seconds for which a lost database is waited for before a caller is told."""
BLOCK = 64
"""Numbers of a series drawn at once at most; the first time it is one, so that a short life leaves no gap."""


class PostgresEventStore:
    """Opens its connections in the event loop that uses it."""

    def __init__(self, url: str, masters: Masters) -> None:
        # A number need not be flushed when drawn: the event that carries it is, later in the same write-ahead log.
        self._writing, self._loading, self._asking = Line(url), Line(url), Line(url, "SET synchronous_commit = off")
        self._appends = Gathering(self._append)
        self._loads = Gathering(self._load)
        self._draws = Gathering(self._draw)
        self._keys, self._url, self._folder = Keys(masters), url, masters.folder
        self.times_forgotten = 0
        self._numbers: dict[str, range] = {}
        self._block: dict[str, int] = {}

    def close(self) -> None:
        for line in (self._writing, self._loading, self._asking):
            line.close()

    async def load(self, wanted: Mapping[UUID, int]) -> dict[UUID, list[Recorded]]:
        return await self._loads.ask(wanted) if wanted else {}

    async def _load(self, asked: Sequence[Mapping[UUID, int]]) -> Sequence[dict[UUID, list[Recorded]]]:
        least: dict[UUID, int] = {}
        for wanted in asked:
            for stream, after in wanted.items():
                least[stream] = min(after, least.get(stream, after))
        result = await self._patiently(self._loading, log.STREAMS, [uuids(list(least)), int8s(list(least.values()))])
        self._notice(log.times_forgotten(result))
        found = log.by_stream(rows := log.stored(result), await self._decoded(self._loading, rows))
        if len(asked) == 1:
            return [found]
        return [
            {
                stream: events
                for stream, after in wanted.items()
                if (events := [each for each in found.get(stream, ()) if each.version > after])
            }
            for wanted in asked
        ]

    async def append(self, batch: Batch) -> int:
        sealed = await self._sealed(batch)
        position = await self._appends.ask(sealed)
        if sealed.gone:
            await self._note()
        return position

    async def _note(self) -> None:
        """Completes the ledger's file; what cannot be written now is there in the table, and written at the next start."""
        if self._folder is not None:
            try:
                await asyncio.to_thread(ledger.complete, self._url, self._folder)
            except (OSError, psycopg.Error) as error:
                trouble.error("the ledger of persons forgotten is incomplete", error=str(error).strip())

    async def _sealed(self, batch: Batch) -> Sealed:
        """The batch with what is personal under the keys of those it is about, new ones where they have none."""
        about: dict[UUID, Recorded] = {}
        for each in batch.events:
            if each.subject is not None and personal(type(each.event)):
                about.setdefault(each.subject, each)
        made = await self._made(about) if any(subject not in self._keys for subject in about) else {}
        keys: dict[UUID, AESGCM] = {}
        for subject in about:
            key = made[subject][0] if subject in made else self._keys[subject]
            if key is None:
                raise Forgotten(subject)
            keys[subject] = key
        if unchanged := {each.subject for each in batch.answers if not each.events and each.subject is not None}:
            await self._learn(self._asking, self._keys.unknown(unchanged))
            keys |= {each: key for each in unchanged if (key := self._keys.get(each)) is not None}
        return Sealed.of(batch, keys, {subject: wrapped for subject, (_, wrapped) in made.items()})

    async def _made(self, about: Mapping[UUID, Recorded]) -> dict[UUID, tuple[AESGCM, bytes]]:
        """Keys for those who have none yet."""
        unknown = set(self._keys.unknown(about))
        # Whose own stream begins here has no key yet; that is true, or the append meets a conflict.
        begun = {each for each in unknown if about[each].stream == each and about[each].version == 1}
        await self._learn(self._asking, list(unknown - begun))
        return {subject: self._keys.make(subject) for subject in self._keys.unknown(about)}

    async def _append(self, asked: Sequence[Sealed]) -> Sequence[int | Exception]:
        batches = together(asked)
        try:
            result = await self._patiently(self._writing, APPEND, arguments(batches, self.times_forgotten))
        except (psycopg.errors.UniqueViolation, psycopg.errors.SerializationFailure) as error:
            if len(batches) == 1:
                # A person for whom it brings a key may have one, or have been forgotten before they were known here.
                await self._learn(self._asking, list(batches[0].keys))
                return [Conflict(str(error))]
            # One of them failed all of them; which one is found by asking for each on its own.
            return [outcome for each in batches for outcome in await self._append([each])]
        position, times_forgotten = int8s_of(result.get_value(0, 0))
        self._notice(times_forgotten)
        outcomes: list[int] = []
        for each in batches:
            position += len(each.events)
            outcomes.append(position if each.events else 0)
        return outcomes

    async def destroyed(self, position: int) -> dict[UUID, str]:
        result = await self._patiently(self._asking, log.DESTROYED, [int8(position)])
        rows = ((result.get_value(row, 0), result.get_value(row, 1)) for row in range(result.ntuples))
        return {UUID(bytes=subject): (fingerprint or b"").decode() for subject, fingerprint in rows}

    async def read(self, after: int, limit: int) -> list[Recorded]:
        result = await self._patiently(self._asking, log.PAGE, [int8(after), int8(after + limit)])
        await self._at_head()
        return await self._decoded(self._asking, log.unbroken(after, log.stored(result)))

    async def head(self) -> int:
        return await self._at_head()

    async def _at_head(self) -> int:
        """The position of the last event; noticed on the way, whether somebody has been forgotten."""
        result = await self._patiently(self._asking, log.HEAD)
        self._notice(int.from_bytes(result.get_value(0, 1) or b""))
        return int.from_bytes(result.get_value(0, 0) or b"")

    async def about(self, person: UUID) -> list[UUID]:
        result = await self._patiently(self._asking, log.ABOUT, [person.bytes])
        return [UUID(bytes=result.get_value(row, 0)) for row in range(result.ntuples)]

    async def answers(self, keys: Sequence[UUID]) -> dict[UUID, Answer]:
        result = await self._patiently(self._asking, log.ANSWERS, [uuids(keys)])
        found = log.answers(result)
        await self._learn(self._asking, self._keys.unknown(map(whose, found)))
        return {answer.key: opened(answer, self._keys) for answer in found}

    async def mark(self, reader: str) -> int:
        result = await self._patiently(self._asking, log.MARK, [reader.encode()])
        return int.from_bytes(result.get_value(0, 0) or b"") if result.ntuples else 0

    async def draw(self, series: str) -> int:
        return await self._draws.ask(series)

    async def _draw(self, asked: Sequence[str]) -> Sequence[int | Exception]:
        drawn: list[int | Exception] = []
        for series in asked:
            if not self._numbers.get(series):
                size = self._block[series] = min(BLOCK, 2 * self._block.get(series, 0) or 1)
                result = await self._patiently(self._asking, log.DRAW, [series.encode(), int8(size)])
                last = int.from_bytes(result.get_value(0, 0) or b"")
                self._numbers[series] = range(last - size + 1, last + 1)
            block = self._numbers[series]
            drawn.append(block[0])
            self._numbers[series] = block[1:]
        return drawn

    async def denials(self, limit: int, before: int | None = None) -> list[tuple[int, Denial]]:
        values = [int8(limit), None if before is None else int8(before)]
        return log.denials(await self._patiently(self._asking, log.DENIALS, values))

    async def _decoded(self, line: Line, rows: Sequence[Stored]) -> list[Recorded]:
        await self._learn(line, self._keys.unknown(log.about(rows)))
        return log.decoded(rows, self._keys)

    async def _learn(self, line: Line, subjects: Sequence[UUID]) -> None:
        if subjects:
            self._keys.learn(log.wrapped(await self._patiently(line, log.KEYS, [uuids(subjects)])))

    def _notice(self, times_forgotten: int) -> None:
        """Somebody has been forgotten since: no key of theirs stays in this process."""
        self.times_forgotten = times_forgotten
        self._keys.notice(times_forgotten)

    async def _patiently(self, line: Line, query: str, values: Sequence[bytes | None] = ()) -> pq.abc.PGresult:
        """The result, though the database may go away meanwhile. Raises what it says, and Unavailable.

        An append may be done twice then; it meets its own answer, and whoever gave it finds that.
        """
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return await line.call(query, values)
            except Lost as error:
                if time.monotonic() > until:
                    raise Unavailable(str(error)) from error
                await asyncio.sleep(0.05)
