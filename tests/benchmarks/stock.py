"""The stock library doing what the house does: a customer and the reservation of their number, kept together."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

import psycopg
from eventsourcing.application import Application
from eventsourcing.cryptography import AESCipher
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate, DomainEventProtocol, event
from eventsourcing.persistence import Tracking, TrackingRecorder
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection
from psycopg import conninfo

SCHEMA = "stock"
A = TypeVar("A", bound=Application[UUID])


class Customer(Aggregate):
    @event("Registered")
    def __init__(self, number: str, nature: str, name: str, phone: str) -> None:
        self.number, self.nature, self.name, self.phone = number, nature, name, phone
        self.contacts = 0

    @event("ContactNoted")
    def note(self, channel: str, subject: str) -> None:
        self.contacts += 1


class Reservation(Aggregate):
    @event("Reserved")
    def __init__(self, kind: str, name: str, value: str, holder: UUID) -> None:
        self.holder = holder


class Customers(Application[UUID]):
    """As documented, and without the cache: another process may write too."""

    name = "customers"

    def open(self, number: str) -> UUID:
        customer = Customer(number=number, nature="person", name="王小明", phone="13800000000")
        reservation = Reservation(kind="customer", name="number", value=number, holder=customer.id)
        self.save(customer, reservation)
        return customer.id

    def known(self, contacts: int = 0) -> Customer:
        """A customer with so many contacts, kept at hand."""
        customer = Customer(number="", nature="person", name="王小明", phone="13800000000")
        for _ in range(contacts):
            customer.note(channel="phone", subject="asked how we are")
        self.save(customer)
        return customer

    def append(self, customer: Customer) -> None:
        customer.note(channel="phone", subject="asked how we are")
        self.save(customer)

    def note(self, customer: UUID) -> None:
        self.append(self.repository.get(customer))


class Told(Aggregate):
    """A customer whose every event says what an event of the house says."""

    @event("Opened")
    def __init__(
        self, number: str, name: str, phone: str, actor: str, role: str, occurred_at: datetime, command: UUID
    ) -> None:
        self.contacts = 0

    @event("Noted")
    def note(self, channel: str, subject: str, actor: str, role: str, occurred_at: datetime, command: UUID) -> None:
        self.contacts += 1


class Tellings(Application[UUID]):
    """Customers of whom everything is told, and nobody else can read it: the library's own cipher."""

    name = "tellings"
    env: ClassVar[dict[str, str]] = {
        "CIPHER_TOPIC": "eventsourcing.cryptography:AESCipher",
        "CIPHER_KEY": AESCipher.create_key(num_bytes=32),
    }

    def tell(self, number: str, contacts: int) -> None:
        told = {"actor": "han", "role": "service", "occurred_at": datetime.now(UTC), "command": uuid4()}
        customer = Told(number=number, name="王小明", phone="13800000000", **told)
        for _ in range(contacts):
            customer.note(channel="phone", subject="asked how we are", **told)
        self.save(customer)


def environment(url: str, connections: int = 16) -> dict[str, str]:
    told = conninfo.conninfo_to_dict(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(told["dbname"]),
        "POSTGRES_HOST": str(told.get("host", "")),
        "POSTGRES_PORT": str(told.get("port", "5432")),
        "POSTGRES_USER": str(told.get("user", "")),
        "POSTGRES_PASSWORD": str(told.get("password", "") or "none"),
        "POSTGRES_POOL_SIZE": str(connections),
        "POSTGRES_SCHEMA": SCHEMA,
    }


def application(url: str, kind: type[A] = Customers) -> A:  # type: ignore[assignment]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    return kind(env=environment(url))


class Directory(TrackingRecorder, ABC):
    @abstractmethod
    def put(self, customer: UUID, tracking: Tracking, name: str | None = None) -> None: ...


class PostgresDirectory(PostgresTrackingRecorder, Directory):
    """One row for each customer, upserted with the position in one transaction, as the library's guide has it."""

    def __init__(self, datastore: Any, **more: Any) -> None:
        super().__init__(datastore, **more)
        self.sql_create_statements.append(
            psycopg.sql.SQL(
                f"CREATE TABLE IF NOT EXISTS {SCHEMA}.directory"
                " (customer uuid PRIMARY KEY, name text, contacts bigint NOT NULL)"
            )
        )

    def put(self, customer: UUID, tracking: Tracking, name: str | None = None) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(
                f"INSERT INTO {SCHEMA}.directory AS d VALUES (%s, %s, %s) ON CONFLICT (customer)"
                " DO UPDATE SET contacts = d.contacts + 1",
                (customer, name, 0 if name else 1),
                prepare=True,
            )


class DirectoryProjection(Projection[Directory]):
    name = "directory"
    topics = ()

    @singledispatchmethod
    def process_event(self, domain_event: DomainEventProtocol[UUID], tracking: Tracking) -> None:
        self.view.put(domain_event.originator_id, tracking)

    @process_event.register
    def registered(self, domain_event: Customer.Registered, tracking: Tracking) -> None:
        self.view.put(domain_event.originator_id, tracking, domain_event.name)
