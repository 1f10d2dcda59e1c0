"""How an event and its envelope are written down: one line of plain JSON per event."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.persistence import Mapper, StoredEvent

from domain.kernel import EVENTS, Event, Recorded
from domain.words import Actor
from infrastructure.upcasts import upcast


class _Line(msgspec.Struct, array_like=True, frozen=True):
    """The stored form; what is absent equals what it usually equals."""

    edition: int
    recorded_at: datetime
    occurred_at: datetime | None
    actor: Actor
    command: UUID
    correlation: UUID | None
    causation: str
    consulted: dict[str, int]
    rules: tuple[str, ...]
    body: msgspec.Raw


_ENCODE = msgspec.json.Encoder().encode
_READ = msgspec.json.Decoder(_Line).decode
_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {}


def encode(recorded: Recorded) -> bytes:
    same_time = recorded.occurred_at == recorded.recorded_at
    return _ENCODE(
        _Line(
            edition=recorded.event.edition,
            recorded_at=recorded.recorded_at,
            occurred_at=None if same_time else recorded.occurred_at,
            actor=recorded.actor,
            command=recorded.command,
            correlation=None if recorded.correlation == recorded.command else recorded.correlation,
            causation=recorded.causation,
            consulted=dict(recorded.consulted),
            rules=recorded.rules,
            body=msgspec.Raw(_ENCODE(recorded.event)),
        )
    )


def decode(stream: UUID, version: int, topic: str, state: bytes, position: int = 0) -> Recorded:
    line = _READ(state)
    return Recorded(
        stream=stream,
        version=version,
        event=_event(topic, line.edition, line.body),
        recorded_at=line.recorded_at,
        occurred_at=line.occurred_at or line.recorded_at,
        actor=line.actor,
        command=line.command,
        correlation=line.correlation or line.command,
        causation=line.causation,
        consulted=line.consulted,
        rules=line.rules,
        position=position,
    )


def _event(topic: str, edition: int, body: msgspec.Raw) -> Event:
    kind = EVENTS[topic]
    decoder = _DECODERS.get(topic)
    if decoder is None:
        decoder = _DECODERS[topic] = msgspec.json.Decoder(kind)
    if edition == kind.edition:
        event: Event = decoder.decode(body)
        return event
    brought = upcast(kind.__name__, edition, kind.edition, msgspec.json.decode(body))
    return msgspec.convert(brought, kind, strict=False)


class EnvelopeMapper(Mapper[UUID]):
    """Puts the house's envelope where the library expects its own."""

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        return StoredEvent(
            domain_event.stream, domain_event.version, type(domain_event.event).__name__, encode(domain_event)
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        return decode(
            UUID(str(stored_event.originator_id)),
            stored_event.originator_version,
            stored_event.topic,
            stored_event.state,
            getattr(stored_event, "id", 0),
        )
