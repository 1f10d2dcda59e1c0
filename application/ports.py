"""What the application asks of the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import msgspec

from application.health import Condition
from application.projection import Projection, Row
from domain.kernel import Recorded


class Conflict(Exception):
    """Somebody else appended to one of the streams, or answered the same key, first."""


LATELY = 1.0
"""Seconds for which who was let in is let in again without asking. What this process revokes counts at once."""


class Unavailable(Exception):
    """The database did not answer in time. What was asked may or may not have been done."""


class Forgotten(Exception):
    """The person whom an event is about has been forgotten: nothing personal is recorded about them any more."""


class Answer(msgspec.Struct, frozen=True):
    """What a key was answered with: the version its stream had afterwards and how many events it led to.

    The fingerprint is of the request, so that one key cannot stand for two different ones; it is kept under the key of
    `subject`, the person whom the request is about, and none is left of one about a person who has been forgotten.
    """

    key: UUID
    fingerprint: str
    stream: UUID
    version: int
    events: int
    position: int = 0
    subject: UUID | None = None


class Denial(msgspec.Struct, frozen=True):
    """Who tried what, when, and why not. It names fields and rules, never what a person wrote."""

    at: datetime
    actor: str
    role: str
    command: str
    stream: UUID
    code: str
    rule: str = ""
    field: str = ""


class Mark(msgspec.Struct, frozen=True):
    """How far a reader of the log has come."""

    reader: str
    position: int


class Batch(msgspec.Struct, frozen=True):
    """What is appended together or not at all.

    `grounds` are the versions of the streams that its decisions rest on: where one has moved on, it is a conflict.
    """

    events: Sequence[Recorded] = ()
    answers: Sequence[Answer] = ()
    denials: Sequence[Denial] = ()
    mark: Mark | None = None
    grounds: Mapping[UUID, int] = {}


class EventStore(Protocol):
    """The log of everything that happened, in one order. Every call may raise Unavailable."""

    times_forgotten: int
    """How often somebody has been forgotten, as far as has been noticed here: what was loaded before may tell of them."""

    async def load(self, wanted: Mapping[UUID, int]) -> dict[UUID, list[Recorded]]:
        """The events of each stream after the version named for it, in order."""

    async def append(self, batch: Batch) -> int:
        """Records the batch and returns the position of its last event, 0 without events. Raises Conflict, Forgotten.

        The events of a batch stand at consecutive positions.
        """

    async def about(self, person: UUID) -> list[UUID]:
        """The streams, oldest first, in which anything tells of this person or was made theirs."""

    async def destroyed(self, position: int) -> dict[UUID, str]:
        """The keys that were destroyed with the event at that position: whose, and the fingerprint of each."""

    async def read(self, after: int, limit: int) -> list[Recorded]:
        """The next events of all streams in the one order, whose positions have no gaps."""

    async def head(self) -> int:
        """The position of the last event."""

    async def answers(self, keys: Sequence[UUID]) -> dict[UUID, Answer]:
        """Those of the keys that have been answered."""

    async def mark(self, reader: str) -> int:
        """How far this reader has come; 0 if it never read."""

    async def draw(self, series: str) -> int:
        """The next number of a series; no two callers ever get the same."""

    async def denials(self, limit: int, before: int | None = None) -> list[tuple[int, Denial]]:
        """Refusals, latest first, each with its place in the log of refusals."""


class BadCursor(ValueError):
    """The cursor was not made by the page before."""


@dataclass(frozen=True, slots=True)
class Page:
    rows: Sequence[Row]
    next: str | None
    position: int


class ReadStore(Protocol):
    """The read models as they stand, each at a position of the log."""

    async def find(
        self,
        projection: type[Projection],
        where: Mapping[str, Any] | None = None,
        *,
        text: str = "",
        limit: int = 50,
        cursor: str | None = None,
        newest: bool = False,
    ) -> Page:
        """A page of rows in key order: equal to `where`, containing `text` in a column that is searched."""

    async def upto(self, projection: type[Projection], column: str, last: Any, limit: int) -> Sequence[Row]:
        """The rows whose column lies no later than that, the earliest first."""

    async def get(self, projection: type[Projection], *key: Any) -> Row | None:
        """One row by its key."""

    async def count(self, projection: type[Projection], where: Mapping[str, Any] | None = None) -> int:
        """How many rows are equal to `where`."""

    async def figures(
        self, projection: type[Projection], by: Sequence[str], total: Sequence[str] = ()
    ) -> tuple[int, list[dict[str, Any]]]:
        """A position and, as at it, rows counted and columns added up for each combination of the columns in `by`."""

    async def position(self) -> int:
        """Up to where every read model has read that is not broken."""

    async def wait(self, position: int, seconds: float = 5.0) -> bool:
        """Waits until every read model has read so far that is not broken; False if it took too long."""

    async def health(self) -> Condition:
        """How far each read model has come, how far the log is sealed, and who keeps others from appending."""


class Clock(Protocol):
    def now(self) -> datetime: ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Credentials(Protocol):
    """Secrets of accounts, kept as hashes only."""

    async def set_password(self, account: UUID, login: str, password: str) -> None: ...

    async def check(self, login: str, password: str) -> UUID | None:
        """The account, if the password is right and the login is not locked after too many wrong ones."""

    async def issue(self, account: UUID, kind: str, label: str, lifetime: timedelta) -> str:
        """A new secret that stands for the account: a session's or a token's. It is shown once."""

    async def holder(self, secret: str, kind: str) -> UUID | None:
        """The account that an unexpired secret stands for."""

    async def revoke(self, secret: str) -> None: ...
