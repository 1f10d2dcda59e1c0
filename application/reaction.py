"""A reaction hears an event and gives commands, each exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from uuid import UUID

from domain.kernel import Command, Event, Recorded
from domain.words import Telling


class Reaction:
    """Its name is the sentence it makes true. It is pure: what it needs to know, its commands consult."""

    name: ClassVar[str]
    says: ClassVar[Telling]
    hears: ClassVar[tuple[type[Event], ...]]

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        raise NotImplementedError
