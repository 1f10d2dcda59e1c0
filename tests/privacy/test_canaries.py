"""Of those who are forgotten nothing is found anywhere; of everybody else everything still is; and no figure changes."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pytest
from litestar.testing import TestClient

from application.catalogue import PROJECTIONS, REACTIONS, REPORTS
from application.customer.forgetting import plan_of
from domain.agent.state import Agent
from domain.catalogue import events_of
from domain.commission import Commission
from domain.customer import Customer, ForgetPerson, Ground
from domain.duty import Duty
from domain.kernel import EVENTS, Recorded
from domain.personal import personal
from domain.product import Product
from domain.sanction import Sanction
from domain.standard.state import Standard
from domain.words import FORGOTTEN
from infrastructure.reactor import Reactor
from interfaces import main
from interfaces.console.catalogue import ROOMS
from interfaces.console.doors import DOORS
from interfaces.http.app import application
from tests.cli.conftest import uberrima
from tests.conftest import new_database
from tests.handling.door import Door, StoppedClock
from tests.http.conftest import _accounts, customer_token
from tests.privacy.scanning import told_in, told_of
from tests.privacy.town import EVERYBODY, Resident, settled

YEARS_LATER = 20 * 366
IN_A_HUNDRED = 1
FEWEST = 3


@dataclass
class After:
    """The town after some were forgotten, and what was known of it before."""

    url: str
    town: list[Resident]
    gone: list[Resident]
    before: list[Recorded]
    figures: dict[str, Any]
    token: str
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def numbers(self) -> set[int]:
        return {each.number for each in self.gone}

    @property
    def others(self) -> set[int]:
        return {each.number for each in self.town} - self.numbers

    def tells_of_nobody(self, text: str) -> None:
        assert not told_of(text, self.town) & self.numbers, text[:2000]


async def _figures(house: main.House) -> dict[str, Any]:
    return {each.name: (await each.build(house.reads)).lines for each in REPORTS}


def _follow(house: main.House) -> None:
    with closing(house.projector()) as projector:
        projector.catch_up()


async def _forgotten(url: str) -> After:
    async with main.open_house(url) as house:
        door = Door(house.store, StoppedClock())
        town = await settled(door)
        reactor = Reactor(house.store, door, REACTIONS)
        await reactor.catch_up()
        await asyncio.to_thread(_follow, house)
        before, figures = await house.store.read(0, 10**6), await _figures(house)
        gone = random.Random(5).sample(town, max(FEWEST, EVERYBODY * IN_A_HUNDRED // 100))
        await house.credentials.set_password(gone[0].account, "resident", "a long password")
        token = await customer_token(url, "visitor", gone[0].customer)
        door.clock.pass_days(YEARS_LATER)
        for each in gone:
            plan = await plan_of(house.store, each.customer, door.clock.now().date())
            assert plan.possible and {case.stream for case in plan.cases} >= set(each.streams)
            await door.give(ForgetPerson(ground=Ground.SERVICE_ENDED), each.customer)
        await reactor.catch_up()
        await asyncio.to_thread(_follow, house)
    return After(url, town, gone, before, figures, token)


@pytest.fixture(scope="module")
def after(server_url: str, template: str) -> Iterator[After]:
    with new_database(server_url, template) as url:
        made = asyncio.run(_forgotten(url))
        made.tokens = asyncio.run(_accounts(url))
        asyncio.run(_caught_up(url))
        yield made


async def _caught_up(url: str) -> None:
    async with main.open_house(url) as house:
        await asyncio.to_thread(_follow, house)


def test_in_this_town_everything_personal_has_been_said_of_everybody(after: After) -> None:
    said = {(type(each.event).__name__, name) for each in after.before for name in personal(type(each.event))}
    every = {(name, each) for name, event in EVENTS.items() for each in personal(event) if event.__name__ == name}
    # A product, an agent with a commission, a standard, a duty and a name on a list are no customer's, and no rule lets
    # more time be asked for on a docket.
    nobodys = {
        kind.__name__ for each in (Product, Agent, Commission, Standard, Duty, Sanction) for kind in events_of(each)
    } | {"ExtensionAsked"}
    assert said >= {(name, each) for name, each in every if name not in nobodys}
    assert told_of(" ".join(str(each.event) for each in after.before), after.town) == set(range(EVERYBODY))


def test_no_table_tells_of_who_was_forgotten_and_every_read_model_still_of_everybody_else(after: After) -> None:
    found = {where: told_of(text, after.town) for where, text in told_in(after.url)}
    assert {where: sorted(who & after.numbers) for where, who in found.items() if who & after.numbers} == {}
    columns = {
        f"view.{each.name}_v{each.version}.{name}": (each.name, name)
        for each in PROJECTIONS
        for name in each.row.personal
    }
    told = {where for where in columns if found[where]}
    assert all(found[where] == after.others for where in told)
    # The sex of a person is no mark of one, and stands in no unique words; standards and duties are nobody's.
    # Needs, means and tolerance are drawn from few values.
    few = {("profile_sheets", each) for each in ("needs", "means", "held", "capacity", "tolerance")}
    nobodys = {
        ("agent_register", "name"),
        ("duty_register", "about"),
        ("sanction_register", "name"),
        ("standard_comments", "comment"),
        ("standard_comments", "answer"),
    }
    assert {columns[where] for where in columns.keys() - told} == {("customer_directory", "sex"), *few, *nobodys}


async def test_the_log_reads_as_before_but_for_those_who_were_forgotten(after: After) -> None:
    async with main.open_house(after.url) as house:
        now = await house.store.read(0, len(after.before))
    theirs = {stream for each in after.gone for stream in each.streams}
    assert [each for each in now if each.stream not in theirs] == [e for e in after.before if e.stream not in theirs]
    blank = [each for each in now if each.stream in theirs]
    after.tells_of_nobody(" ".join(str(each.event) for each in blank))
    assert {type(each.event) for each in blank} >= set(events_of(Customer)) - {EVENTS["PersonForgotten"]}


async def test_no_figure_of_any_report_has_changed(after: After) -> None:
    async with main.open_house(after.url) as house:
        assert await _figures(house) == after.figures


def reads(resident: Resident) -> list[str]:
    """Every address under which something of a resident is told."""
    policy, claim = resident.policy, resident.claim
    cases = [f"customers/{resident.customer}", f"policies/{policy}", f"claims/{claim}"]
    return [
        *(f"/api/{case}{at}" for case in cases for at in ("", "?version=1", "?at=2026-12-31T00:00:00Z")),
        *(f"/{case}{at}" for case in cases for at in ("", "?version=1", "?version=2")),
        *(f"/api/cases/{stream}/timeline" for stream in resident.streams),
        *(f"/api/replay/{stream}?diff=0" for stream in resident.streams),
        f"/api/customers/{resident.customer}/forgetting",
        f"/api/customers/{resident.customer}/forgetting/receipt",
        f"/api/customers/{resident.customer}/forgetting/receipt/text?language=en",
        *(f"/api/{name}?customer={resident.customer}" for name in ("policies", "claims", "surveys")),
        f"/api/customers?text={resident.says('newname')}",
        f"/api/customers?phone={resident.says('newphone')}",
        f"/api/accounts?text={resident.says('holder')}",
        f"/search?q={resident.says('newname')}",
        f"/api/supervision/trail?stream={resident.customer}",
    ]


def test_nothing_that_is_served_and_nothing_that_is_logged_tells_of_who_was_forgotten(
    after: After, capfd: pytest.CaptureFixture[str]
) -> None:
    app = application(lambda: main.open_house(after.url), rooms=ROOMS, exception_handlers=DOORS)
    headers = {"Authorization": f"Bearer {after.tokens['everyone']}"}
    other = next(each for each in after.town if each.number in after.others)
    with TestClient(app) as client:
        for resident in after.gone:
            for path in reads(resident):
                answer = client.get(path, headers=headers)
                asked = path.partition("=")[2]
                told = answer.text.replace(asked, "") if "?text=" in path or "?q=" in path else answer.text
                assert answer.status_code == 200, (path, answer.text)
                after.tells_of_nobody(told)
        told = "".join(client.get(path, headers=headers).text for path in reads(other))
        assert {other.says(name) for name in ("newname", "insured", "newphone")} <= set(told.replace('"', " ").split())
        shown = client.get(f"/api/customers/{after.gone[0].customer}", headers=headers).json()
        assert (shown["name"], shown["phone"], shown["born_on"]) == (FORGOTTEN, "", None)
    said = capfd.readouterr()
    # What the asker notes of its own questions is not ours.
    ours = [line for line in (said.out + said.err).splitlines() if " - httpx - " not in line]
    after.tells_of_nobody("\n".join(ours))


def test_who_was_forgotten_cannot_sign_in_any_more(after: After) -> None:
    with TestClient(application(lambda: main.open_house(after.url))) as client:
        wrong = client.post("/api/sign-in", json={"login": "resident", "password": "a long password"})
        assert wrong.status_code == 401


def test_the_command_line_tells_of_nobody_who_was_forgotten(after: After) -> None:
    resident = after.gone[1]
    for words in (("replay", str(resident.claim), "--json"), ("forget", str(resident.customer), "--json")):
        said = uberrima(*words, UBERRIMA_DATABASE_URL=after.url)
        assert said.code == 0, said.err
        after.tells_of_nobody(said.out + said.err)


async def test_read_models_built_anew_are_what_the_forgotten_left(after: After) -> None:
    async with main.open_house(after.url) as house:
        rows = {each: (await house.reads.find(each, limit=5000)).rows for each in PROJECTIONS if each.row.personal}
        with closing(house.projector()) as projector:
            for each in rows:
                await asyncio.to_thread(projector.rebuild, each.name)
        for each, before in rows.items():
            assert (await house.reads.find(each, limit=5000)).rows == before
