"""A customer: who they are, how to reach them, and what they have corrected since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import MinLen

from domain.kernel import Aggregate, Command, Event, Given, Refusal
from domain.words import Day, LongText, Note, Number, Personal, Role, ShortText, Term, Text

CORRECTABLE = ("name", "born_on", "identity", "phone", "email", "address", "occupation")


class Nature(Term):
    PERSON = "person", "个人", "person"
    ORGANISATION = "organisation", "单位", "organisation"


class Sex(Term):
    FEMALE = "female", "女", "female"
    MALE = "male", "男", "male"
    UNSTATED = "unstated", "未说明", "not stated"


class Channel(Term):
    PHONE = "phone", "电话", "phone"
    COUNTER = "counter", "柜面", "counter"
    AGENT = "agent", "代理人", "agent"
    APP = "app", "移动应用", "app"
    WEB = "web", "网站", "web"
    LETTER = "letter", "信函", "letter"


BORN_LATER = Refusal("customer.born_later", ("出生日期晚于今天", "the date of birth lies in the future"))

SERVED_BY = frozenset({Role.AGENT, Role.SERVICE, Role.UNDERWRITER, Role.CLAIMS_HANDLER})


# -- events ---------------------------------------------------------------------------


class CustomerRegistered(Event):
    tells = ("登记为客户{number}", "registered as customer {number}")
    unique = ("number",)
    number: str
    nature: Nature
    name: Personal[str]
    born_on: Personal[date | None] = None
    sex: Personal[Sex] = Sex.UNSTATED
    identity: Personal[str] = ""
    phone: Personal[str] = ""
    email: Personal[str] = ""
    address: Personal[str] = ""
    occupation: Personal[str] = ""


class CustomerCorrected(Event):
    """The fields that changed have their new values; the others are absent."""

    tells = ("更正客户资料：{reason}", "details corrected: {reason}")
    reason: Personal[str]
    name: Personal[str | None] = None
    born_on: Personal[date | None] = None
    identity: Personal[str | None] = None
    phone: Personal[str | None] = None
    email: Personal[str | None] = None
    address: Personal[str | None] = None
    occupation: Personal[str | None] = None

    def changes(self) -> dict[str, object]:
        return {name: value for name in CORRECTABLE if (value := getattr(self, name)) is not None}


class ContactNoted(Event):
    tells = ("{channel}联络：{subject}", "contact by {channel}: {subject}")
    channel: Channel
    subject: Personal[str]


# -- state ----------------------------------------------------------------------------


class Customer(Aggregate):
    number: str = ""
    nature: Nature = Nature.PERSON
    name: str = ""
    born_on: date | None = None
    identity: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    occupation: str = ""

    @property
    def party(self) -> UUID | None:
        return self.id

    def evolve(self, event: Event) -> Customer:
        match event:
            case CustomerRegistered():
                return self.but(
                    number=event.number,
                    nature=event.nature,
                    **{name: getattr(event, name) for name in CORRECTABLE},
                )
            case CustomerCorrected():
                return self.but(**event.changes())
        return self

    def age_on(self, day: date) -> int | None:
        """Completed years of age."""
        if self.born_on is None:
            return None
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


# -- commands -------------------------------------------------------------------------


class RegisterCustomer(Command):
    """Begins what we know about a customer. A number of their former system may be kept."""

    on, opens, may, numbers = Customer, True, SERVED_BY, "customer"
    says = ("登记客户", "Register customer")
    number: Number | None = None
    nature: Nature = Nature.PERSON
    name: Text
    born_on: Day | None = None
    sex: Sex = Sex.UNSTATED
    identity: ShortText = ""
    phone: ShortText = ""
    email: ShortText = ""
    address: LongText = ""
    occupation: ShortText = ""

    def decide(self, customer: Customer, given: Given) -> Iterator[Event]:
        BORN_LATER.unless(self.born_on is None or self.born_on <= given.today)
        yield CustomerRegistered(**{**dict(self), "number": self.number or given.number})


class CorrectCustomer(Command):
    """Replaces what is wrong; what is left out stays as it is."""

    on, may = Customer, SERVED_BY | {Role.CUSTOMER}
    says = ("更正客户资料", "Correct details")
    reason: Annotated[Note, MinLen(1)]
    name: Text | None = None
    born_on: Day | None = None
    identity: ShortText | None = None
    phone: ShortText | None = None
    email: ShortText | None = None
    address: LongText | None = None
    occupation: ShortText | None = None

    def decide(self, customer: Customer, given: Given) -> Iterator[Event]:
        BORN_LATER.unless(self.born_on is None or self.born_on <= given.today)
        changed = {
            name: value
            for name in CORRECTABLE
            if (value := getattr(self, name)) is not None and value != getattr(customer, name)
        }
        if changed:
            yield CustomerCorrected(reason=self.reason, **changed)


class NoteContact(Command):
    """Keeps that we spoke with the customer, on which channel and what about."""

    on, may = Customer, SERVED_BY
    says = ("记录联络", "Note a contact")
    channel: Channel
    subject: Annotated[Note, MinLen(1)]

    def decide(self, customer: Customer, given: Given) -> Iterator[Event]:
        yield ContactNoted(channel=self.channel, subject=self.subject)
