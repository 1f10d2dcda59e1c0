"""A draft tried out on the whole log; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import psycopg

from application.rules.what_if import Comparison, Draft, WhatIf
from domain.catalogue import events_of
from domain.docket.state import Docket
from domain.kernel import Event, Recorded
from domain.rules.law import law
from domain.rules.rulebook import OF_THE_RULEBOOK
from infrastructure.building import Progress
from infrastructure.postgres.replay import Reader, strict
from infrastructure.vault import Masters

BESIDE: frozenset[type[Event]] = frozenset((*events_of(Docket), *OF_THE_RULEBOOK))


def rehearse(
    url: str,
    masters: Masters,
    draft: Draft,
    first: date,
    last: date,
    progress: Progress = lambda done, total: None,
) -> WhatIf:
    """What would have been otherwise, as at one position. Raises Unreadable, Hole."""
    connection: psycopg.Connection[Any]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        [(head,)] = connection.execute("SELECT position FROM log.head")
        reader = Reader(connection, masters)
        dockets, rulebook = _beside(reader, head)
        comparison = Comparison(draft, first, last, rulebook)
        done = 0
        for stream, events in _streams(reader):
            if any(type(each.event).__name__ in law().moved for each in events):
                history = sorted((*events, *dockets.get(stream, ())), key=lambda each: each.position)
                comparison.take(stream, history)
            done += len(events)
            progress(min(done, head), head)
        return comparison.told(head)


def _beside(reader: Reader, head: int) -> tuple[dict[UUID, list[Recorded]], list[Recorded]]:
    """What happened to the clocks of each case, and to the rulebook."""
    dockets: dict[UUID, list[Recorded]] = defaultdict(list)
    rulebook: list[Recorded] = []
    for page in strict(reader.pages(0, head, BESIDE)):
        for recorded in page.events:
            if isinstance(recorded.event, OF_THE_RULEBOOK):
                rulebook.append(recorded)
            else:
                dockets[recorded.event.case].append(recorded)  # type: ignore[attr-defined]
    return dockets, rulebook


def _streams(reader: Reader) -> Iterator[tuple[UUID, Sequence[Recorded]]]:
    events: list[Recorded] = []
    for page in strict(reader.by_stream()):
        for recorded in page.events:
            if events and events[0].stream != recorded.stream:
                yield events[0].stream, events
                events = []
            events.append(recorded)
    if events:
        yield events[0].stream, events
