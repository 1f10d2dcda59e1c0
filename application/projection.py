"""A read model is a pure fold: which rows an event touches, and what each row becomes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, ClassVar, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.kernel import EVENTS, Event, Recorded
from domain.rules.rulebook import OF_THE_RULEBOOK, THE_LAW, Rulebook
from domain.words import FORGOTTEN, STAFF, Role, Telling, masked

Key = tuple[Any, ...]


class Row(BaseModel):
    """One row of a read model; its fields are the columns of a table.

    `key` names the columns that make it one of a kind, `order` those it is listed by (the key, if none), `indexes`
    those it is found by, `searched` those in which text is looked for. Columns in `order` are never empty. By what is
    `identifying` a person is found only if all of it is known; in full it is shown to the roles `in_full_to`. What is
    `personal` tells of the one whose id is in the column `person`, and is blank once they are forgotten.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: ClassVar[tuple[str, ...]]
    order: ClassVar[tuple[str, ...]] = ()
    indexes: ClassVar[tuple[str, ...]] = ()
    searched: ClassVar[tuple[str, ...]] = ()
    identifying: ClassVar[tuple[str, ...]] = ()
    in_full_to: ClassVar[frozenset[Role]] = frozenset(Role)
    personal: ClassVar[tuple[str, ...]] = ()
    person: ClassVar[str] = ""

    def but(self, **changes: Any) -> Self:
        return self.model_copy(update=changes)

    def forgotten(self) -> Self:
        """The row without what is personal in it, as the events make it whose person has been forgotten."""
        fields = {name: type(self).model_fields[name] for name in self.personal}
        return self.but(**{name: FORGOTTEN if f.is_required() else f.get_default() for name, f in fields.items()})

    def for_customers(self) -> Self:
        """The row as the customer whom it concerns may see it."""
        return self

    def in_part(self) -> Self:
        """The row with only so much of what identifies a person that who knows it recognises it."""
        return self.but(**{name: masked(getattr(self, name)) for name in self.identifying})


def _of_its_stream(recorded: Recorded, *book: Rulebook) -> Iterator[Key]:
    yield (recorded.stream,)


class Projection:
    """Folds the events it hears into rows. No I/O, no clock: the same events always give the same rows.

    Raising `version` builds the new table beside the old and swaps them. `shown_to` are the roles that may read it;
    `own` is the column that must hold the customer's own id where a customer reads; of rows that are nobody's own,
    a customer reads those equal to `open_to_customers`. One that is `dated` is also given the rulebook as it stood when
    the event was recorded: its `keys` and `evolve` take it last.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    says: ClassVar[Telling]
    row: ClassVar[type[Row]]
    hears: ClassVar[tuple[type[Event], ...]]
    shown_to: ClassVar[frozenset[Role]] = STAFF
    own: ClassVar[str] = ""
    open_to_customers: ClassVar[Mapping[str, Any]] = {}
    dated: ClassVar[bool] = False

    keys: ClassVar[Callable[..., Iterator[Key]]] = staticmethod(_of_its_stream)
    evolve: ClassVar[Callable[..., Row | None]]


def heard(projection: type[Projection]) -> frozenset[type[Event]]:
    """The events that change a row of it: those it hears, those that forget a person its rows are about, and those
    that change the rulebook, where it is dated.
    """
    forgetting = {event for event in EVENTS.values() if event.forgets} if projection.row.person else set()
    return frozenset((*projection.hears, *forgetting, *(OF_THE_RULEBOOK if projection.dated else ())))


def fold(
    projection: type[Projection], rows: Mapping[Key, Row], batch: Iterable[Recorded], book: Rulebook = THE_LAW
) -> dict[Key, Row | None]:
    """Every row that the batch changes, with what it becomes; None where it goes.

    `rows` are those that it touches, and those about persons whom it forgets; `book` is the rulebook before the batch.
    """
    hears, keys, evolve = frozenset(projection.hears), projection.keys, projection.evolve
    changed: dict[Key, Row | None] = {}
    for recorded, given in _given(projection, batch, book):
        if type(recorded.event) in hears:
            for key in keys(recorded, *given):
                before = changed[key] if key in changed else rows.get(key)
                changed[key] = evolve(before, recorded, *given)
        if projection.row.person and recorded.event.forgets:
            changed |= {key: row.forgotten() for key, row in _about(recorded.event.gone, {**rows, **changed})}
    # What was never there need not go.
    return {key: row for key, row in changed.items() if row is not None or key in rows}


def _about(gone: Collection[UUID], rows: Mapping[Key, Row | None]) -> Iterator[tuple[Key, Row]]:
    for key, row in rows.items():
        if row is not None and getattr(row, row.person) in gone:
            yield key, row


def touched(projection: type[Projection], batch: Iterable[Recorded], book: Rulebook = THE_LAW) -> set[Key]:
    """The keys of every row that the batch may change, beside those about persons whom it forgets."""
    hears, keys = frozenset(projection.hears), projection.keys
    return {
        key
        for recorded, given in _given(projection, batch, book)
        if type(recorded.event) in hears
        for key in keys(recorded, *given)
    }


def _given(
    projection: type[Projection], batch: Iterable[Recorded], book: Rulebook
) -> Iterator[tuple[Recorded, tuple[Rulebook, ...]]]:
    """Each event with what is given beside it."""
    if not projection.dated:
        yield from ((recorded, ()) for recorded in batch)
        return
    for recorded in batch:
        book = onward(book, (recorded,))
        yield recorded, (book,)


def onward(book: Rulebook, batch: Iterable[Recorded]) -> Rulebook:
    """The rulebook after a batch, of which most has nothing to do with it."""
    for recorded in batch:
        if isinstance(recorded.event, OF_THE_RULEBOOK):
            book = book.evolve(recorded.event)
    return book
