"""Who has looked at what is known of a person: noted before it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec

from application.projection import Row
from domain.kernel import Aggregate, Recorded
from domain.words import Actor


class Reading(msgspec.Struct, frozen=True):
    """One look at one person's data: when, who in which role, through which door, at what kind of thing, what for."""

    at: datetime
    actor: str
    role: str
    door: str
    kind: str
    person: UUID
    stream: UUID
    purpose: str = ""


class Readings(Protocol):
    """The log of readings; nothing in it is ever changed."""

    async def note(self, readings: Sequence[Reading]) -> None:
        """Keeps them; what they tell of is shown only afterwards. Raises Unavailable."""

    async def latest(self, person: UUID | None, limit: int, before: int | None = None) -> list[tuple[int, Reading]]:
        """Readings, of one person's data or of anybody's, latest first, each with its place in the log of readings."""


def readings_of(shown: Any, at: datetime, actor: Actor, door: str, kind: str, purpose: str = "") -> list[Reading]:
    """A reading for each person and case that what is shown tells of, in whatever it is put together."""
    told = dict.fromkeys(_told(shown))
    return [Reading(at, actor.name, actor.role.value, door, kind, *each, purpose) for each in told]


def _told(shown: Any) -> Iterator[tuple[UUID, UUID]]:
    """The persons that something tells of, each with the case it is told in."""
    match shown:
        case Row() if shown.person and (person := getattr(shown, shown.person)):
            yield person, getattr(shown, shown.key[0])
        case Recorded(subject=UUID() as person):
            yield person, shown.stream
        case Aggregate(party=UUID() as person):
            yield person, shown.id
        case Mapping():
            for each in shown.values():
                yield from _told(each)
        case list() | tuple():
            for each in shown:
                yield from _told(each)
        case _ if is_dataclass(shown):
            for each in fields(shown):
                yield from _told(getattr(shown, each.name))
