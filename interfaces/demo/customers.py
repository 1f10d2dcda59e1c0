"""The customers: who they are, how they come to us, and what we speak about with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from domain.customer import (
    Channel,
    CorrectCustomer,
    Customer,
    ForgetPerson,
    Ground,
    Nature,
    NoteContact,
    PlaceLegalHold,
    RegisterCustomer,
    ReleaseLegalHold,
    Sex,
)
from domain.kernel import stream_of
from domain.words import Actor, Role
from interfaces.demo import names
from interfaces.demo.staff import Staff
from interfaces.demo.world import OPENS, Life, Story, World, moment_of

CHANNELS = (Channel.AGENT, Channel.AGENT, Channel.AGENT, Channel.APP, Channel.APP, Channel.COUNTER, Channel.WEB)


@dataclass(frozen=True, slots=True)
class Client:
    """A customer as the other stories know them; `login` is the name under which they act for themselves."""

    stream: UUID
    number: str
    login: str
    nature: Nature
    name: str
    phone: str
    heirs: tuple[str, ...]
    channel: Channel
    born_on: date | None = None

    @property
    def is_business(self) -> bool:
        return self.nature is Nature.ORGANISATION

    @property
    def actor(self) -> Actor:
        return Actor(self.login, Role.CUSTOMER, self.stream)


class CustomerLife(Life):
    """Registration, and now and then a word; what they buy are stories of their own."""

    def __init__(self, world: World, staff: Staff, place: int, day: int, login: str = "") -> None:
        name = f"customer/{place}"
        stream = stream_of(Customer, f"demo/{world.name}/{place}")
        super().__init__(world, name, stream, moment_of(world.begins + timedelta(days=day), OPENS))
        self.staff, self.login = staff, login

    def registers(self) -> tuple[Client, RegisterCustomer]:
        dice, business = self.dice, not self.login and self.chance(16)
        female = self.chance(50)
        name = names.organisation(dice) if business else names.person(dice, female)
        number = self.world.number("K", self.today)
        born_on = born(dice, self.today)
        nature = Nature.ORGANISATION if business else Nature.PERSON
        command = RegisterCustomer(
            number=number,
            nature=nature,
            name=name,
            born_on=None if business else born_on,
            sex=Sex.UNSTATED if business else Sex.FEMALE if female else Sex.MALE,
            identity=f"DEMO{dice.randrange(10**10):010d}" if business else names.identity(dice, born_on),
            phone=names.phone(dice),
            email=f"{number.lower()}@customer.example" if self.chance(60) else "",
            address=names.address(dice),
            occupation="" if business else dice.choice(names.OCCUPATIONS),
        )
        heirs = () if business else tuple(names.person(dice, dice.random() < 0.5) for _ in range(dice.randint(1, 2)))
        channel = dice.choice(CHANNELS)
        login = self.login or number.lower()
        client = Client(self.stream, number, login, nature, name, command.phone, heirs, channel, command.born_on)
        return client, command

    def contacts(self, client: Client) -> Story:
        """What the year brings beside the business itself."""
        for _ in range(self.between(0, 3)):
            yield self.office(20, 110)
            service = self.staff.service(self.dice)
            channel = self.dice.choice((Channel.PHONE, Channel.PHONE, Channel.APP, Channel.LETTER))
            yield self.does(service, NoteContact(channel=channel, subject=self.dice.choice(names.CONTACTS)))
            if self.chance(9):
                yield self.any_day(1, 20)
                yield self.does(client.actor, self._correction())

    def _correction(self) -> CorrectCustomer:
        if self.chance(50):
            return CorrectCustomer(reason="搬家，更新联系地址", address=names.address(self.dice))
        return CorrectCustomer(reason="更换手机号码", phone=names.phone(self.dice))


class ProspectLife(CustomerLife):
    """Somebody who asked for an offer, bought nothing, and wants to be forgotten."""

    def story(self) -> Story:
        yield self.office(0, 3)
        _, command = self.registers()
        yield self.does(self.staff.agent(self.dice), command)
        yield self.office(2, 9)
        yield self.does(self.staff.agent(self.dice), NoteContact(channel=Channel.PHONE, subject="未投保，要求删除资料"))
        guardian = self.staff.compliance(self.dice)
        forget = ForgetPerson(ground=Ground.CONSENT_WITHDRAWN)
        if self.chance(50):
            yield self.soon()
            yield self.does(guardian, PlaceLegalHold(reason="投诉调查期间保全"))
            yield self.office(1, 4)
            yield self.tries(guardian, forget, "customer.held")
            yield self.office(5, 20)
            yield self.does(guardian, ReleaseLegalHold(reason="调查结束"))
        yield self.office(1, 5)
        yield self.does(guardian, forget)


def born(dice: Random, today: date) -> date:
    age = min(78, max(19, int(dice.gauss(41, 13))))
    return date(today.year - age, dice.randint(1, 12), dice.randint(1, 28))
