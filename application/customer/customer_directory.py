"""Who our customers are and when we last spoke with them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.customer import (
    SERVED_BY,
    ContactNoted,
    Customer,
    CustomerCorrected,
    CustomerRegistered,
    LegalHoldPlaced,
    LegalHoldReleased,
    Nature,
    PersonForgotten,
    Sex,
)
from domain.kernel import Recorded
from domain.words import Role


class CustomerCard(Row):
    key = ("customer",)
    order = ("number",)
    indexes = ("number", "name")
    searched = ("number", "name")
    identifying = ("phone", "identity", "email")
    in_full_to = SERVED_BY | {Role.COMPLIANCE, Role.CUSTOMER}
    personal = ("name", "born_on", "sex", "identity", "phone", "email", "address", "occupation")
    person = "customer"

    customer: UUID
    number: str
    nature: Nature
    name: str
    born_on: date | None = None
    sex: Sex = Sex.UNSTATED
    identity: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    occupation: str = ""
    registered_on: date
    contacts: int = 0
    contacted_on: date | None = None
    held: bool = False
    held_until: date | None = None
    forgotten_on: date | None = None

    def for_customers(self) -> CustomerCard:
        """Without whether we hold what is known of them."""
        return self.but(held=False, held_until=None)


class CustomerDirectory(Projection):
    name = "customer_directory"
    says = ("客户名册", "Customer directory")
    row = CustomerCard
    hears = events_of(Customer)
    shown_to = Projection.shown_to | {Role.CUSTOMER}
    own = "customer"

    @staticmethod
    def evolve(row: CustomerCard | None, recorded: Recorded) -> CustomerCard | None:
        match recorded.event:
            case CustomerRegistered() as event:
                told = msgspec.structs.asdict(event)
                return CustomerCard(customer=recorded.stream, registered_on=recorded.occurred_on, **told)
            case CustomerCorrected() as event:
                return row and row.but(**event.changes())
            case ContactNoted():
                # A talk may be entered after a later one.
                last = row and max(recorded.occurred_on, row.contacted_on or recorded.occurred_on)
                return row and row.but(contacts=row.contacts + 1, contacted_on=last)
            case LegalHoldPlaced(until=until):
                return row and row.but(held=True, held_until=until)
            case LegalHoldReleased():
                return row and row.but(held=False, held_until=None)
            case PersonForgotten():
                return row and row.but(forgotten_on=recorded.occurred_on)
        return row
