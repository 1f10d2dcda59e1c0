"""A database that came back from a copy knows persons who have been forgotten since: the ledger forgets them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import psycopg

from application.ports import Answer, Batch, EventStore
from domain.customer import CustomerRegistered, Ground, PersonForgotten
from domain.kernel import STREAMS, Recorded
from domain.words import SYSTEM
from infrastructure.postgres.ledger import Forgetting


class Revived(Exception):
    """The database knows persons whom the ledger says are forgotten: how many."""

    def __init__(self, persons: int) -> None:
        super().__init__(
            f"the database knows {persons} forgotten subjects again: `uberrima vault replay` forgets them"
            f" · 数据库中重新出现了 {persons} 个已删除的主体：请运行 `uberrima vault replay`"
        )


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many were in the ledger, and of how many the log did not say so any more.

    Those `recorded` are forgotten by a new event; those `unknown` are in no event of this log.
    """

    entries: int
    destroyed: int
    recorded: int
    unknown: int


def check(connection: psycopg.Connection[Any], ledger: Sequence[Forgetting]) -> None:
    """Raises Revived where a key came back."""
    if revived := _revived(connection, [subject for entry in ledger for subject in entry.subjects]):
        raise Revived(revived)


async def replay(connection: psycopg.Connection[Any], store: EventStore, ledger: Sequence[Forgetting]) -> Replayed:
    """Forgets everybody in the ledger again, and bars those whom this log has not heard of."""
    destroyed = recorded = unknown = 0
    for entry in ledger:
        subjects = list(entry.subjects)
        revived = _revived(connection, subjects)
        destroyed += revived
        connection.execute("SELECT vault.bar(%s)", (subjects,))
        events = _customers(await store.load(dict.fromkeys(subjects, 0)))
        told = next((each for each in events if isinstance(each.event, PersonForgotten)), None)
        if events and told is None:
            await store.append(await _again(store, entry, events))
        elif revived:
            place = told and told.position
            connection.execute("SELECT vault.forget_again(%s, %s, %s)", (place, entry.at, subjects))
        recorded += bool(events) and told is None
        unknown += not events
    return Replayed(len(ledger), destroyed, recorded, unknown)


def _customers(streams: Mapping[UUID, list[Recorded]]) -> list[Recorded]:
    """The history of the customer among those who are forgotten together; the others are cases of theirs."""
    return next((each for each in streams.values() if isinstance(each[0].event, CustomerRegistered)), [])


def _revived(connection: psycopg.Connection[Any], subjects: list[UUID]) -> int:
    query = "SELECT count(*) FROM vault.keys WHERE subject = ANY(%s) AND wrapped IS NOT NULL"
    [(count,)] = connection.execute(query, (subjects,))
    return int(count)


async def _again(store: EventStore, entry: Forgetting, events: Sequence[Recorded]) -> Batch:
    """The forgetting as an event of this log; it was decided before, so nothing is asked."""
    customer, last = events[0].stream, events[-1]
    streams = await store.load(dict.fromkeys({customer, *await store.about(customer)}, 0))
    key = uuid5(STREAMS, f"forgotten again/{customer}/{entry.at.isoformat()}")
    event: Recorded = Recorded(
        stream=customer,
        version=last.version + 1,
        recorded_at=datetime.now(UTC),
        occurred_at=entry.at,
        actor=SYSTEM,
        command=key,
        correlation=key,
        causation=f"ledger/{entry.position}",
        event=PersonForgotten(subjects=tuple(entry.subjects), ground=Ground.UNLAWFUL),
    )
    answer = Answer(key, "", customer, event.version, 1)
    return Batch([event], [answer], grounds={stream: known[-1].version for stream, known in streams.items()})
