"""How the installation stands: how far every read model has come, and what holds up who appends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stand:
    """A read model: how many events it is behind, and for how many seconds the first of them has been waiting."""

    name: str
    position: int
    events_behind: int
    seconds_behind: float
    broken_at: int | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Stall:
    """Somebody who keeps everybody from appending: the server's process, for how long, and how many wait for it."""

    process: int
    seconds: float
    waiting: int


@dataclass(frozen=True, slots=True)
class Condition:
    head: int
    sealed: int
    models: Sequence[Stand]
    stalls: Sequence[Stall]

    @property
    def broken(self) -> list[Stand]:
        return [each for each in self.models if each.broken_at is not None]
