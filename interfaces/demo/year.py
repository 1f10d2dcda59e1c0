"""The whole year: who is there at its beginning, who comes in the course of it, and what they come for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.account import OpenAccount
from domain.words import Role, plus_days, plus_years
from interfaces.demo.agents import LEFT, AgentLife
from interfaces.demo.contract import Insurer
from interfaces.demo.customers import Client, CustomerLife, ProspectLife
from interfaces.demo.duties import TASKS, DutyLife, StormLife
from interfaces.demo.policies import SaleLife, TakenOver
from interfaces.demo.products import ProductLife, Shelf
from interfaces.demo.scrutiny import ListsLife, Rains
from interfaces.demo.service import Fortune
from interfaces.demo.staff import ADMIN, Member, Staff, StaffLife, account_of
from interfaces.demo.standards import PAPERS, StandardLife
from interfaces.demo.world import Story, World, cards

UNTIL = date(2026, 10, 31)
"""Where the simulated year ends unless told otherwise, so that every run tells the same."""
SHOWN_CUSTOMER = "customer"
FORMER = Member(LEFT, "秦岭", Role.AGENT)
"""An agent who leaves at the beginning of the year."""
PROSPECTS = 200
"""One for so many customers; two at least."""
PURCHASES = cards({1: 6, 2: 3, 3: 1})


@dataclass(frozen=True, slots=True)
class Size:
    """`products` is the share of the full shelf; `former` of a hundred customers come with an older contract, and
    about so many `complaints` are made over a hundred policies.
    """

    customers: int = 1_750
    products: float = 1.0
    former: int = 30
    complaints: int = 5

    def times(self, scale: int) -> Size:
        return replace(self, customers=self.customers * scale)


class Visit(CustomerLife):
    """A customer arrives, with contracts of the former system or to buy."""

    def __init__(self, insurer: Insurer, place: int, day: int, *, former: bool, login: str = "") -> None:
        super().__init__(insurer.world, insurer.staff, place, day, login)
        self.insurer, self.former = insurer, former

    def story(self) -> Story:
        yield self.office(0, 0 if self.login else 3)
        client, command = self.registers()
        registrar = self.staff.service(self.dice) if self.former else self.staff.agent(self.dice)
        yield self.does(registrar, command)
        self.insurer.clients.append(client)
        if self.login:
            yield from self._signs_up(client)
        self._buys(client)
        yield from self.contacts(client)

    def _signs_up(self, client: Client) -> Story:
        yield self.soon()
        command = OpenAccount(login=self.login, name=client.name, roles=(Role.CUSTOMER,), customer=client.stream)
        yield self.does(ADMIN.actor, command, stream=account_of(self.login))

    def _buys(self, client: Client) -> None:
        if self.former:
            TakenOver(self.insurer, client, self, 0).begin()
        wished: tuple[Fortune | None, ...] = (None,) * self.world.deal("purchases", PURCHASES)
        if self.login:
            wished = (Fortune.QUIET, Fortune.MORE, Fortune.LATE_CLAIM, Fortune.QUIET)
        elif self.former and self.chance(70):
            wished = ()
        for place, fortune in enumerate(wished, 1):
            SaleLife(self.insurer, client, self, place, fortune).begin()


def world_of(seed: int, scale: int, until: date, size: Size) -> World:
    """The year that ends on that day, with everything in it that is going to happen."""
    world = World(f"{seed}-{scale}-{until}", plus_days(plus_years(until, -1), 1), until)
    staff = Staff(world)
    insurer = Insurer(world, staff, Shelf(world, size.products), size.complaints)
    StaffLife(world, staff).begin()
    for member in (*staff.sellers, FORMER):
        AgentLife(world, staff, member).begin()
    wares = insurer.shelf.wares
    for place, ware in enumerate(wares):
        ProductLife(world, staff, ware, place / len(wares)).begin()
    for paper in PAPERS:
        StandardLife(world, staff, paper).begin()
    for task in TASKS:
        DutyLife(world, staff, task).begin()
    StormLife(world).begin()
    Rains(world).begin()
    ListsLife(world, staff).begin()
    Visit(insurer, 0, 13, former=True, login=SHOWN_CUSTOMER).begin()
    for place in range(1, size.times(scale).customers + 1):
        former = place % 100 < size.former
        day = 14 + place % 20 if former else world.dice(f"arrival/{place}").randint(16, 362)
        Visit(insurer, place, day, former=former).begin()
    for place in range(1, size.times(scale).customers // PROSPECTS + 3):
        ProspectLife(world, staff, -place, world.dice(f"prospect/{place}").randint(30, 300)).begin()
    return world
