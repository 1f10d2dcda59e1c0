"""A customer: who they are, how to reach them, what they have corrected since, and how they are forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import MinLen

from domain.kernel import Aggregate, Command, Event, Given, Refusal, Refused
from domain.retention import Kept
from domain.words import FORGOTTEN, Day, LongText, Note, Number, Personal, Role, ShortText, Term, Text

CORRECTABLE = ("name", "born_on", "identity", "phone", "email", "address", "occupation")
BLANK = {**dict.fromkeys(CORRECTABLE, ""), "name": FORGOTTEN, "born_on": None}
"""What is known of a customer who has been forgotten."""


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


class Ground(Term):
    """On what ground personal information is to be deleted: the five of PIPL art 47."""

    PURPOSE_ENDED = "purpose_ended", "处理目的已实现、无法实现或不再必要", "its purpose is met, impossible or gone"
    SERVICE_ENDED = "service_ended", "停止服务，或保存期限已届满", "the service or the retention period has ended"
    CONSENT_WITHDRAWN = "consent_withdrawn", "个人撤回同意", "consent was withdrawn"
    UNLAWFUL = "unlawful", "违反法律、行政法规或约定处理", "it was handled against law or agreement"
    OTHER_LAW = "other_law", "法律、行政法规规定的其他情形", "another law says so"


BORN_LATER = Refusal("customer.born_later", ("出生日期晚于今天", "the date of birth lies in the future"))
FORGOTTEN_BEFORE = Refusal("customer.forgotten", ("此人的个人信息已被删除", "this person has been forgotten already"))
HELD = Refusal(
    "customer.held",
    ("因法律保全不得删除（期限：{until}）", "a legal hold keeps it (until: {until})"),
)
KEPT = Refusal(
    "customer.kept",
    ("依法须继续保存，不得删除：{kept}", "the law keeps it: {kept}"),
)
"""Its rule is the one that keeps longest."""
NOT_HELD = Refusal("customer.not_held", ("没有法律保全", "there is no legal hold"))

SERVED_BY = frozenset({Role.AGENT, Role.SERVICE, Role.UNDERWRITER, Role.CLAIMS_HANDLER})
GUARDIANS = frozenset({Role.COMPLIANCE})


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


class LegalHoldPlaced(Event):
    """A hold without a day stands until it is released."""

    internal = True
    tells = ("法律保全（期限：{until}）：{reason}", "legal hold (until: {until}): {reason}")
    reason: Personal[str]
    until: date | None = None


class LegalHoldReleased(Event):
    internal = True
    tells = ("解除法律保全：{reason}", "legal hold released: {reason}")
    reason: Personal[str]


class PersonForgotten(Event):
    """The keys of these subjects are destroyed with it: the customer's own, and those of cases that are theirs."""

    tells = ("个人信息已删除：{ground}", "the person was forgotten: {ground}")
    forgets = "subjects"
    subjects: tuple[UUID, ...]
    ground: Ground


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
    held: bool = False
    held_until: date | None = None
    forgotten: bool = False

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
            case LegalHoldPlaced(until=until):
                return self.but(held=True, held_until=until)
            case LegalHoldReleased():
                return self.but(held=False, held_until=None)
            case PersonForgotten():
                return self.but(forgotten=True, **BLANK)
        return self

    def held_on(self, day: date) -> bool:
        """Whether a legal hold stands on that day."""
        return self.held and (self.held_until is None or day <= self.held_until)

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


class PlaceLegalHold(Command):
    """Keeps everything about the customer, whoever wants it deleted, for a lawsuit or an inquiry."""

    on, may = Customer, GUARDIANS
    says = ("设置法律保全", "Place a legal hold")
    reason: Annotated[Note, MinLen(1)]
    until: Day | None = None

    def decide(self, customer: Customer, given: Given) -> Iterator[Event]:
        FORGOTTEN_BEFORE.unless(not customer.forgotten)
        if (customer.held, customer.held_until) != (True, self.until):
            yield LegalHoldPlaced(reason=self.reason, until=self.until)


class ReleaseLegalHold(Command):
    on, may = Customer, GUARDIANS
    says = ("解除法律保全", "Release the legal hold")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, customer: Customer, given: Given) -> Iterator[Event]:
        NOT_HELD.unless(customer.held)
        yield LegalHoldReleased(reason=self.reason)


class ForgetPerson(Command):
    """Destroys the keys of everything personal about the customer, in all their cases. Nothing brings it back."""

    on, may, gathers = Customer, GUARDIANS, True
    says = ("删除个人信息", "Forget the person")
    applies = ("PRIV-DELETE",)
    ground: Ground

    def decide(self, customer: Customer, given: Given) -> Iterator[Event]:
        FORGOTTEN_BEFORE.unless(not customer.forgotten)
        HELD.unless(not customer.held_on(given.today), until=customer.held_until)
        binding = [each for each in keeping(customer, given.gathered, given.today) if each.duty.verified]
        if binding:
            raise Refused(replace(KEPT, rule=binding[0].duty.rule), {"kept": binding})
        subjects = (customer.id, *(each.id for each in theirs(customer, given.gathered)))
        yield PersonForgotten(subjects=subjects, ground=self.ground)


def theirs(customer: Customer, cases: Iterable[Aggregate]) -> list[Aggregate]:
    """Those of the cases that are this customer's now."""
    return [each for each in cases if each.party == customer.id]


def keeping(customer: Customer, cases: Iterable[Aggregate], day: date) -> list[Kept]:
    """What keeps this customer's cases on that day, and what would if it were verified; what lasts longest, first."""
    kept = [each for case in theirs(customer, cases) for each in case.kept() if each.on(day)]
    return sorted(kept, key=lambda each: each.until or date.max, reverse=True)
