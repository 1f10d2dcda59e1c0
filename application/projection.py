"""A read model is a pure fold: which rows an event touches, and what each row becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict

from domain.kernel import Event, Recorded
from domain.words import STAFF, Role, Telling

Key = tuple[Any, ...]


class Row(BaseModel):
    """One row of a read model; its fields are the columns of a table.

    `key` names the columns that make it one of a kind, `order` those it is listed by (the key, if none), `indexes`
    those it is found by, `searched` those in which text is looked for. Columns in `order` are never empty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: ClassVar[tuple[str, ...]]
    order: ClassVar[tuple[str, ...]] = ()
    indexes: ClassVar[tuple[str, ...]] = ()
    searched: ClassVar[tuple[str, ...]] = ()

    def but(self, **changes: Any) -> Self:
        return self.model_copy(update=changes)

    def for_customers(self) -> Self:
        """The row as the customer whom it concerns may see it."""
        return self


class Projection:
    """Folds the events it hears into rows. No I/O, no clock: the same events always give the same rows.

    Raising `version` builds the new table beside the old and swaps them. `shown_to` are the roles that may read it;
    `own` is the column that must hold the customer's own id where a customer reads; of rows that are nobody's own,
    a customer reads those equal to `open_to_customers`.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    says: ClassVar[Telling]
    row: ClassVar[type[Row]]
    hears: ClassVar[tuple[type[Event], ...]]
    shown_to: ClassVar[frozenset[Role]] = STAFF
    own: ClassVar[str] = ""
    open_to_customers: ClassVar[Mapping[str, Any]] = {}

    @staticmethod
    def keys(recorded: Recorded) -> Iterator[Key]:
        yield (recorded.stream,)

    @staticmethod
    def evolve(row: Any, recorded: Recorded) -> Row | None:
        raise NotImplementedError


def fold(projection: type[Projection], rows: Mapping[Key, Row], batch: Iterable[Recorded]) -> dict[Key, Row | None]:
    """Every row that the batch changes, with what it becomes; None where it goes."""
    hears, keys, evolve = frozenset(projection.hears), projection.keys, projection.evolve
    changed: dict[Key, Row | None] = {}
    for recorded in batch:
        if type(recorded.event) in hears:
            for key in keys(recorded):
                before = changed[key] if key in changed else rows.get(key)
                changed[key] = evolve(before, recorded)
    return changed


def touched(projection: type[Projection], batch: Iterable[Recorded]) -> set[Key]:
    """The keys of every row that the batch may change."""
    hears, keys = frozenset(projection.hears), projection.keys
    return {key for recorded in batch if type(recorded.event) in hears for key in keys(recorded)}
