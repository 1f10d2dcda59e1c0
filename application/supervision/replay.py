"""Any case at any moment: its state, who did what and why, and what changed between two moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from application.ports import EventStore
from application.projection import Projection, Row, fold
from domain.catalogue import AGGREGATE_OF, AGGREGATES
from domain.kernel import EVENTS, Aggregate, Recorded
from domain.reservation import Reservation, reservation_of


async def history(
    store: EventStore, stream: UUID, version: int | None = None, at: datetime | None = None
) -> list[Recorded]:
    """The stream's events up to a version, or as far as they were known at a moment (UTC)."""
    events = (await store.load({stream: 0})).get(stream, [])
    return [
        each
        for each in events
        if (version is None or each.version <= version) and (at is None or each.recorded_at <= at)
    ]


def kind_of(events: Sequence[Recorded]) -> type[Aggregate]:
    return AGGREGATE_OF[type(events[0].event).__name__]


def state_of(events: Sequence[Recorded]) -> Aggregate:
    """The aggregate that these events, from the first on, add up to."""
    return kind_of(events)(id=events[0].stream).after(events)


def row_of(projection: type[Projection], events: Sequence[Recorded]) -> Row | None:
    """The read model's row of one case as these events made it, by the very fold that fills the table."""
    return fold(projection, {}, events).get((events[0].stream,)) if events else None


def told(aggregate: Aggregate) -> dict[str, Any]:
    """The state as plain JSON values."""
    names = aggregate.__struct_fields__
    return {name: msgspec.to_builtins(getattr(aggregate, name), order="deterministic") for name in names}


@dataclass(frozen=True, slots=True)
class Difference:
    name: str
    before: Any
    after: Any


def difference(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What is not the same in two states, by name."""
    names = dict.fromkeys((*before, *after))
    return [
        Difference(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    ]


async def find_case(store: EventStore, reference: str, kind: str = "") -> UUID | None:
    """The stream of a case, by its id in its usual form, or by any number it bears: a policy's, a customer's."""
    if (stream := _id(reference)) is not None:
        return stream
    kinds = [each for each in AGGREGATES if each is not Reservation and kind in ("", each.kind())]
    names = {(each.kind(), name) for each in kinds for name in _unique(each)}
    streams = [reservation_of(*name, reference) for name in sorted(names)]
    found = await store.load(dict.fromkeys(streams, 0))
    return next((found[each][0].event.holder for each in streams if each in found), None)  # type: ignore[attr-defined]


def _id(reference: str) -> UUID | None:
    """A number of 32 digits reads as an id too, but nobody writes an id without its dashes."""
    try:
        stream = UUID(reference)
    except ValueError:
        return None
    return stream if str(stream) == reference.lower() else None


def _unique(kind: type[Aggregate]) -> tuple[str, ...]:
    return tuple(name for title, event in EVENTS.items() if AGGREGATE_OF.get(title) is kind for name in event.unique)
