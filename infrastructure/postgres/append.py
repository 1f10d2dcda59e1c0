"""Many batches as the arguments of one call of `log.append`."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.ports import Batch
from infrastructure.mapper import Stored, encode
from infrastructure.postgres.line import byteas, int4s, int8s, texts, uuids

_TYPES = (
    *("int[]", "uuid[]", "bigint[]", "text[]", "uuid[]", "bytea[]", "bytea[]"),
    *("int[]", "uuid[]", "bigint[]"),
    *("int[]", "uuid[]", "text[]", "uuid[]", "bigint[]", "int[]"),
    "text",
)
APPEND = f"SELECT * FROM log.append({', '.join(f'${n}::{kind}' for n, kind in enumerate(_TYPES, 1))}::jsonb)"  # noqa: S608
"""Every value by its place; the last is text because JSON in binary has a version byte of its own."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A batch as it will lie in the log, with the keys it brings for persons and the persons it forgets."""

    batch: Batch
    events: Sequence[Stored]
    keys: Mapping[UUID, bytes]
    forgets: Sequence[UUID]

    @classmethod
    def of(cls, batch: Batch, keys: Mapping[UUID, AESGCM], made: Mapping[UUID, bytes]) -> Sealed:
        stored = [encode(each, keys.get(each.subject) if each.subject else None) for each in batch.events]
        gone = [each.event for each in batch.events if each.event.forgets]
        return cls(batch, stored, made, [subject for event in gone for subject in getattr(event, event.forgets)])

    def writes(self) -> set[object]:
        """What no two batches of one call may both touch."""
        mark = {self.batch.mark.reader} if self.batch.mark else set[str]()
        return {*(each.stream for each in self.events), *(a.key for a in self.batch.answers), *self.keys, *mark}


def together(asked: Sequence[Sealed]) -> Sequence[Sealed]:
    """The first of the batches, as many as do not rest on or touch what one before them touches."""
    touched: set[object] = set()
    for number, each in enumerate(asked):
        writes = each.writes()
        subjects = {stored.subject for stored in each.events}
        if not touched.isdisjoint(writes) or not touched.isdisjoint(each.batch.grounds) or touched & subjects:
            return asked[:number]
        touched |= writes
        touched |= set(each.forgets)
    return asked


def arguments(batches: Sequence[Sealed]) -> list[bytes | None]:
    events = [(b, each) for b, sealed in enumerate(batches) for each in sealed.events]
    grounds = [(b, *ground) for b, sealed in enumerate(batches) for ground in sealed.batch.grounds.items()]
    answers = [(b, each) for b, sealed in enumerate(batches) for each in sealed.batch.answers]
    return [
        int4s([b for b, _ in events]),
        uuids([each.stream for _, each in events]),
        int8s([each.version for _, each in events]),
        texts([each.type for _, each in events]),
        uuids([each.subject for _, each in events]),
        byteas([each.state for _, each in events]),
        byteas([each.box for _, each in events]),
        int4s([b for b, _, _ in grounds]),
        uuids([stream for _, stream, _ in grounds]),
        int8s([version for _, _, version in grounds]),
        int4s([b for b, _ in answers]),
        uuids([each.key for _, each in answers]),
        texts([each.fingerprint for _, each in answers]),
        uuids([each.stream for _, each in answers]),
        int8s([each.version for _, each in answers]),
        int4s([each.events for _, each in answers]),
        _more(batches),
    ]


def _more(batches: Sequence[Sealed]) -> bytes | None:
    """What few batches have, each with the number of its batch; nothing if none has any."""
    more: dict[str, list[dict[str, Any]]] = {}
    for b, sealed in enumerate(batches):
        for denial in sealed.batch.denials:
            told = {name: getattr(denial, name) for name in denial.__slots__}
            more.setdefault("denials", []).append({"b": b, **told})
        if mark := sealed.batch.mark:
            more.setdefault("marks", []).append({"b": b, "reader": mark.reader, "position": mark.position})
        for subject, wrapped in sealed.keys.items():
            told = {"subject": subject, "wrapped": base64.b64encode(wrapped).decode()}
            more.setdefault("keys", []).append({"b": b, **told})
        for subject in sealed.forgets:
            more.setdefault("forgotten", []).append({"b": b, "subject": subject})
    return msgspec.json.encode(more) if more else None
