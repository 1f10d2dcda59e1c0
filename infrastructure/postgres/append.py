"""Many batches as the arguments of one call of `log.append`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.ports import Batch
from infrastructure.fingerprint import sealed
from infrastructure.mapper import Stored, encode
from infrastructure.postgres.line import byteas, int4s, int8, int8s, texts, uuids

_TYPES = (
    *("uuid[]", "bigint[]", "text[]", "uuid[]", "bytea[]", "bytea[]"),
    *("uuid[]", "text[]", "uuid[]", "bigint[]", "int[]", "int[]"),
    *("uuid[]", "bigint[]"),
    *("uuid[]", "bytea[]"),
    *("bigint", "text"),
)
APPEND = f"SELECT log.append({', '.join(f'${n}::{kind}' for n, kind in enumerate(_TYPES, 1))}::jsonb)"
"""Every value by its place; the last is text because JSON in binary has a version byte of its own."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A batch as it will lie in the log, with the keys it brings for persons and those whose keys it destroys."""

    batch: Batch
    events: Sequence[Stored]
    keys: Mapping[UUID, bytes]
    gone: frozenset[UUID]

    @classmethod
    def of(cls, batch: Batch, keys: Mapping[UUID, AESGCM], made: Mapping[UUID, bytes]) -> Sealed:
        stored = [encode(each, keys.get(each.subject) if each.subject else None) for each in batch.events]
        batch = msgspec.structs.replace(batch, answers=[sealed(each, keys) for each in batch.answers])
        return cls(batch, stored, made, frozenset(gone for each in batch.events for gone in each.event.gone))

    def writes(self) -> set[int | str]:
        """What no two batches of one call may both touch. A number is hashed ten times as fast as its UUID."""
        writes: set[int | str] = {each.stream.int for each in self.events}
        writes.update([each.key.int for each in self.batch.answers], [each.int for each in self.keys])
        if self.batch.mark:
            writes.add(self.batch.mark.reader)
        return writes


def together(asked: Sequence[Sealed]) -> Sequence[Sealed]:
    """The first of the batches, as many as do not rest on or touch what one before them touches."""
    if len(asked) == 1:
        return asked
    touched: set[int | str] = set()
    spoken_of: set[int] = set()
    for number, each in enumerate(asked):
        writes, gone = each.writes(), [person.int for person in each.gone]
        subjects = [stored.subject.int for stored in each.events if stored.subject]
        rests_on = [ground.int for ground in each.batch.grounds]
        if not all(map(touched.isdisjoint, (writes, rests_on, subjects))) or not spoken_of.isdisjoint(gone):
            return asked[:number]
        touched.update(writes, gone)
        spoken_of.update(subjects)
    return asked


def arguments(batches: Sequence[Sealed], times_forgotten: int) -> list[bytes | None]:
    """All batches as one."""
    events = [each for sealed in batches for each in sealed.events]
    answers = [each for sealed in batches for each in sealed.batch.answers]
    places = {(each.stream.int, each.version): place for place, each in enumerate(events, 1)}
    written = {each.stream.int for each in events}
    # Of a stream that is written here, the version that is taken or not says whether it has moved on.
    grounds = {g: None for sealed in batches for g in sealed.batch.grounds.items() if g[0].int not in written}
    keys = [each for sealed in batches for each in sealed.keys.items()]
    return [
        uuids([each.stream for each in events]),
        int8s([each.version for each in events]),
        texts([each.type for each in events]),
        byteas([each.subject.bytes if each.subject else None for each in events], "uuid"),
        byteas([each.state for each in events]),
        byteas([each.box for each in events]),
        uuids([each.key for each in answers]),
        texts([each.fingerprint for each in answers]),
        uuids([each.stream for each in answers]),
        int8s([each.version for each in answers]),
        int4s([each.events for each in answers]),
        int4s([places.get((each.stream.int, each.version), 0) if each.events else 0 for each in answers]),
        uuids([stream for stream, _ in grounds]),
        int8s([version for _, version in grounds]),
        uuids([subject for subject, _ in keys]),
        byteas([wrapped for _, wrapped in keys]),
        int8(times_forgotten),
        _more(batches),
    ]


def _more(batches: Sequence[Sealed]) -> bytes | None:
    """What is rare; nothing if there is none."""
    if not any(each.gone or each.batch.denials or each.batch.mark for each in batches):
        return None
    more: dict[str, list[Any]] = {
        "denials": [
            {name: getattr(denial, name) for name in denial.__struct_fields__}
            for sealed in batches
            for denial in sealed.batch.denials
        ],
        "marks": [
            {"reader": mark.reader, "position": mark.position} for sealed in batches if (mark := sealed.batch.mark)
        ],
        "forgotten": [forgetting for sealed in batches for forgetting in _forgettings(sealed.batch)],
    }
    return msgspec.json.encode({name: told for name, told in more.items() if told})


def _forgettings(batch: Batch) -> Iterator[dict[str, Any]]:
    """Whose keys are destroyed with which event, and the streams that were weighed before."""
    weighed = {*batch.grounds, *(each.stream for each in batch.events)}
    for each in batch.events:
        if each.event.gone:
            place = {"stream": each.stream, "version": each.version, "at": each.recorded_at}
            yield {**place, "subjects": each.event.gone, "weighed": weighed}
