"""Entries of a log, written without any business behind them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from application.ports import Answer, Denial
from domain.customer import Channel, ContactNoted
from domain.kernel import Recorded
from domain.words import Actor, Role

AT = datetime(2026, 3, 2, 4, 5, 6, 789, tzinfo=UTC)
ACTOR = Actor("han", Role.SERVICE)


def entry(stream: UUID, version: int, subject: str = "hello") -> Recorded:
    return Recorded(
        stream=stream,
        version=version,
        event=ContactNoted(channel=Channel.PHONE, subject=subject),
        recorded_at=AT,
        occurred_at=AT,
        actor=ACTOR,
        command=(key := uuid4()),
        correlation=key,
        subject=stream,
    )


def answer(stream: UUID, version: int, key: UUID | None = None, events: int = 1) -> Answer:
    return Answer(key or uuid4(), "print", stream, version, events)


def denial(code: str) -> Denial:
    return Denial(AT, "han", "service", "NoteContact", UUID(int=7), code)
