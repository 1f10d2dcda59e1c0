"""What is personal in an event is personal in every row that it reaches, and goes when its person is forgotten."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from itertools import count
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
import pytest
from pydantic import BaseModel

from application.catalogue import PROJECTIONS
from application.projection import Projection, Row, fold
from domain.customer import Ground, PersonForgotten
from domain.kernel import EVENTS, Event
from domain.personal import forgotten, is_personal, personal
from domain.words import Money
from tests.golden.record import SAMPLES
from tests.kit import STREAM
from tests.rows import in_order
from tests.samples import CUSTOMER_ID

PEOPLE = [projection for projection in PROJECTIONS if projection.row.personal]
SERIAL = count(1)


def marked(hint: Any) -> Any:
    """A value of that type that stands nowhere else; None where the type has too few values for that."""
    bare = get_args(hint)[0] if is_personal(hint) else hint
    parts = [each for each in get_args(bare) if each is not type(None)]
    if len(parts) == 1 and get_origin(bare) is not tuple and parts[0] is not str and parts[0] is not date:
        return marked(parts[0])
    if get_origin(bare) is tuple:
        inner = marked(parts[0])
        return None if inner is None else (inner,)
    if bare is Money:
        return None
    if is_dataclass(bare) or (isinstance(bare, type) and issubclass(bare, msgspec.Struct)):
        marks = {name: marked(each) for name, each in get_type_hints(bare).items()}
        return bare(**marks) if any(each is not None for each in marks.values()) else None
    if bare is date or date in parts:
        return date.fromordinal(date(1800, 1, 1).toordinal() + next(SERIAL))
    return f"canary{next(SERIAL)}" if bare is str or str in (*parts, *map(_bare, parts)) else None


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_args(hint) else hint


def with_marks(value: Any) -> Any:
    """The event, or a value in it, with a mark in every personal field."""
    hints = get_type_hints(type(value), include_extras=True)
    names = value.__struct_fields__ if isinstance(value, msgspec.Struct) else [f.name for f in fields(value)]
    changes = {}
    for name in names:
        inner = getattr(value, name)
        if is_personal(hints[name]):
            mark = marked(hints[name])
            changes[name] = inner if mark is None else mark
        elif (is_dataclass(inner) or isinstance(inner, msgspec.Struct)) and not isinstance(inner, Event):
            changes[name] = with_marks(inner)
    built = {name: changes.get(name, getattr(value, name)) for name in names}
    return type(value)(**built)


def marks_in(value: Any) -> bool:
    text = msgspec.json.encode(value, enc_hook=str).decode()
    return "canary" in text or '"18' in text


MARKED = [with_marks(event) if personal(type(event)) else event for event in SAMPLES]


def told(projection: type[Projection], events: list[Event]) -> list[Row]:
    """Every row that ever stood there while these events, one stream's, were heard."""
    rows: list[Row] = []
    known: dict[Any, Row] = {}
    for recorded in in_order(*events):
        known |= {key: row for key, row in fold(projection, known, [recorded]).items() if row is not None}
        rows += known.values()
    return rows


def heard(projection: type[Projection], events: list[Event]) -> list[Event]:
    return [event for event in events if type(event) in projection.hears and not event.forgets]


@pytest.mark.parametrize("event", [each for each in MARKED if personal(type(each))], ids=lambda e: type(e).__name__)
def test_every_personal_field_carries_a_mark_here_and_none_once_it_is_forgotten(event: Event) -> None:
    assert marks_in(event)
    assert not marks_in(forgotten(event))


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda each: each.name)
def test_a_column_that_is_not_declared_personal_holds_nothing_personal(projection: type[Projection]) -> None:
    found = {
        name
        for row in told(projection, heard(projection, MARKED))
        for name, value in dict(row).items()
        if marks_in(value)
    }
    hints = get_type_hints(projection.row, include_extras=True)
    # What has too few values to be told from another's carries no mark: a sex, a need, an amount.
    assert found == {name for name in projection.row.personal if marked(hints[name]) is not None}


@pytest.mark.parametrize("projection", PEOPLE, ids=lambda each: each.name)
def test_a_row_that_tells_of_a_person_says_of_whom(projection: type[Projection]) -> None:
    row = projection.row
    assert issubclass(row, BaseModel) and row.person in row.model_fields
    assert set(row.personal) <= row.model_fields.keys() and not set(row.personal) & {*row.key, row.person}
    assert set(row.identifying) <= set(row.personal)


@pytest.mark.parametrize("projection", PEOPLE, ids=lambda each: each.name)
def test_a_row_forgets_what_the_events_it_is_made_of_forget(projection: type[Projection]) -> None:
    events = heard(projection, MARKED)
    person = CUSTOMER_ID if projection.row.person != projection.row.key[0] else STREAM
    gone = PersonForgotten(subjects=(person,), ground=Ground.SERVICE_ENDED)
    forgetting = fold(projection, {}, in_order(*events, gone))
    from_blanks = fold(projection, {}, in_order(*map(forgotten, events), gone))
    assert forgetting == from_blanks and forgetting
    assert not any(marks_in(dict(row)) for row in forgetting.values() if row is not None)


@pytest.mark.parametrize("projection", PEOPLE, ids=lambda each: each.name)
def test_the_rows_of_everybody_else_stay_as_they_are(projection: type[Projection]) -> None:
    events = heard(projection, MARKED)
    other = PersonForgotten(subjects=(UUID(int=999),), ground=Ground.SERVICE_ENDED)
    before, after = (fold(projection, {}, in_order(*events, *more)) for more in ((), (other,)))
    shown = [{n: v for n, v in dict(row).items() if n != "forgotten_on"} for row in after.values() if row]
    assert shown == [{n: v for n, v in dict(row).items() if n != "forgotten_on"} for row in before.values() if row]


def test_every_event_that_forgets_names_a_field_of_its_own() -> None:
    forgetting = [event for event in set(EVENTS.values()) if event.forgets]
    assert forgetting
    for event in forgetting:
        assert get_type_hints(event)[event.forgets] == tuple[UUID, ...] and not personal(event)
