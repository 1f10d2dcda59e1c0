"""Nobody reads what is known of a person without its being noted, and nobody can take that back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
import pytest
from litestar.testing import TestClient

from application.access import Caller
from application.ports import Unavailable
from application.supervision.readings import Reading, readings_of
from domain.customer import CorrectCustomer
from domain.kernel import stream_of
from domain.words import Role
from infrastructure.postgres.readings import PostgresReadings
from interfaces import main
from interfaces.console.catalogue import ROOMS
from interfaces.http.access import COOKIE
from interfaces.http.app import application
from tests.cli.conftest import uberrima
from tests.conftest import new_database
from tests.contracts.entries import ACTOR, AT, entry
from tests.handling.door import Door, as_customer
from tests.http.conftest import Account, customer_token
from tests.http.conftest import _accounts as accounts

CANARY = "王小明"
OTHER = "李雷"


class House:
    """A served house with one customer who has a policy, a claim and a survey, and another who has nothing."""

    def __init__(self, client: TestClient[Any], url: str, tokens: dict[str, str], cases: dict[str, str]) -> None:
        self.client, self.url, self.tokens, self.cases = client, url, tokens, cases

    def get(self, login: str, path: str, **headers: str) -> Any:
        told = {"Authorization": f"Bearer {self.tokens[login]}", **headers}
        return self.client.get(path.format(**self.cases), headers=told, follow_redirects=False)

    def noted(self) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            query = "SELECT actor, role, door, kind, person::text, stream::text, purpose FROM log.readings ORDER BY id"
            return connection.execute(query).fetchall()

    def asked(self, login: str, path: str, **headers: str) -> tuple[str, list[tuple[Any, ...]]]:
        """What was answered, and what was noted of it."""
        before = len(self.noted())
        response = self.get(login, path, **headers)
        assert response.status_code == 200, response.text
        return response.text, self.noted()[before:]


async def _cases(url: str) -> dict[str, str]:
    async with main.open_house(url) as house:
        door = Door(house.store)
        customer, other = await door.customer(CANARY), await door.customer(OTHER)
        policy = await door.taken_over(await door.product(), customer)
        claim = await door.claim(policy)
        with closing(house.projector()) as projector:
            projector.catch_up()
        return {"customer": str(customer), "other": str(other), "policy": str(policy), "claim": str(claim)}


@pytest.fixture(scope="module")
def house(server_url: str, template: str) -> Iterator[House]:
    with new_database(server_url, template) as url:
        tokens = asyncio.run(accounts(url))
        cases = asyncio.run(_cases(url))
        tokens["wang"] = asyncio.run(customer_token(url, "wang", UUID(cases["customer"])))
        with TestClient(application(lambda: main.open_house(url), ROOMS)) as client:
            yield House(client, url, tokens, cases)


@pytest.mark.parametrize(
    ("login", "path", "kind"),
    [
        ("service", "/api/customers/{customer}", "customer_directory"),
        ("service", "/api/customers?name=王小明", "customer_directory"),
        ("claims_handler", "/api/policies/{policy}", "policy_register"),
        ("claims_handler", "/api/claims", "claim_register"),
        ("service", "/api/cases/{customer}/timeline", "timeline"),
        ("auditor", "/api/replay/{customer}", "replay"),
        ("auditor", "/api/replay/{claim}", "replay"),
        ("auditor", "/api/evidence/cases/{claim}", "evidence"),
    ],
)
def test_every_answer_that_tells_of_a_person_is_noted(house: House, login: str, path: str, kind: str) -> None:
    _, noted = house.asked(login, path)
    assert {each[:5] for each in noted} >= {(login, login, "http", kind, house.cases["customer"])}
    assert len(set(noted)) == len(noted)


@pytest.mark.parametrize(
    "path",
    [
        "/customers/{customer}",
        "/customers",
        "/claims/{claim}",
        "/policies",
        "/search?q=王",
        "/act/customer/{customer}/CorrectCustomer",
    ],
)
def test_every_page_that_tells_of_a_person_is_noted(house: House, path: str) -> None:
    house.client.cookies.set(COOKIE, asyncio.run(session(house.url, "service")))
    try:
        response = house.client.get(path.format(**house.cases), follow_redirects=True)
    finally:
        house.client.cookies.delete(COOKIE)
    assert response.status_code == 200
    noted = house.noted()[-1]
    assert noted[:4] == ("service", "service", "console", path.split("/")[1].split("?")[0])
    assert house.cases["customer"] in {each[4] for each in house.noted()[-12:]}


async def session(url: str, login: str) -> str:
    async with main.open_house(url) as home:
        return await home.credentials.issue(stream_of(Account, login), "session", "", timedelta(hours=1))


@pytest.mark.parametrize("path", ["/api/products", "/api/me", "/api/reports/book_by_line", "/api/supervision/readings"])
def test_what_tells_of_nobody_is_not_noted(house: House, path: str) -> None:
    text, noted = house.asked("everyone", path)
    assert CANARY not in text and noted == []


def test_a_list_is_a_reading_of_everybody_in_it(house: House) -> None:
    _, noted = house.asked("service", "/api/customers")
    assert {each[4] for each in noted} == {house.cases["customer"], house.cases["other"]}


def test_who_reads_may_say_what_for(house: House) -> None:
    purpose = "复核理赔 C-1"
    _, noted = house.asked("service", "/api/customers/{customer}", **{"Uberrima-Purpose": quote(purpose)})
    assert [each[6] for each in noted] == [purpose]


def test_customers_are_noted_under_a_name_that_does_not_tell_who_they_are(house: House) -> None:
    _, noted = house.asked("wang", "/api/customers/{customer}")
    assert [each[:3] for each in noted] == [(f"customer-{house.cases['customer'][-8:]}", "customer", "http")]


def test_who_guards_personal_data_sees_who_read_whose(house: House) -> None:
    house.get("service", "/api/customers/{other}")
    found = house.get("compliance", "/api/supervision/readings?customer={other}&limit=2").json()
    assert {each["person"] for each in found} == {house.cases["other"]}
    assert (found[0]["actor"], found[0]["kind"]) == ("service", "customer_directory")
    [older] = house.get("auditor", f"/api/supervision/readings?limit=1&before={found[0]['id']}").json()
    assert older["id"] < found[0]["id"]
    assert house.get("supervisor", "/api/supervision/readings").status_code == 403
    assert house.get("auditor", "/api/supervision/readings?customer=nobody").status_code == 404


def test_the_readings_have_a_room_in_the_console(house: House) -> None:
    house.get("service", "/api/customers/{other}")
    house.client.cookies.set(COOKIE, asyncio.run(session(house.url, "auditor")))
    try:
        page = house.client.get(f"/readings?customer={house.cases['other']}&lang=en")
        assert page.status_code == 200 and "customer_directory" in page.text and "by way of" in page.text
        assert "nobody" in house.client.get("/readings?customer=nobody").text
    finally:
        house.client.cookies.delete(COOKIE)


def test_what_is_read_at_the_command_line_is_noted_too(house: House, tmp_path: Path) -> None:
    for words in (
        ("replay", house.cases["customer"]),
        ("evidence", house.cases["customer"], "-o", str(tmp_path / "x")),
    ):
        before = len(house.noted())
        assert uberrima(*words, UBERRIMA_DATABASE_URL=house.url).code == 0
        [noted] = house.noted()[before:]
        assert noted[:5] == ("operator", "administrator", "cli", words[0], house.cases["customer"])


def test_nothing_is_shown_that_cannot_be_noted(house: House) -> None:
    with psycopg.connect(house.url, autocommit=True) as connection:
        connection.execute("ALTER TABLE log.readings RENAME TO elsewhere")
        try:
            response = house.get("service", "/api/customers/{customer}")
        finally:
            connection.execute("ALTER TABLE log.elsewhere RENAME TO readings")
    assert response.status_code >= 500 and CANARY not in response.text


@pytest.mark.parametrize(
    "change", ["UPDATE log.readings SET actor = 'nobody'", "DELETE FROM log.readings", "TRUNCATE log.readings"]
)
def test_the_database_refuses_to_change_what_was_noted(database: str, change: str) -> None:
    readings = PostgresReadings(database)
    asyncio.run(readings.note([Reading(AT, "han", "service", "http", "x", UUID(int=1), UUID(int=2))]))
    readings.close()
    with psycopg.connect(database, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.RestrictViolation):
            connection.execute(change)
        connection.execute("SET ROLE uberrima_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(change)


async def test_those_who_read_at_the_same_moment_are_all_noted(database: str) -> None:
    with closing(PostgresReadings(database)) as readings:
        looks = [Reading(AT, f"clerk {n}", "service", "http", "x", UUID(int=n), UUID(int=n)) for n in range(64)]
        await asyncio.gather(*(readings.note([look]) for look in looks))
        found = await readings.latest(None, 100)
        assert {each for _, each in found} == set(looks)
        assert [place for place, _ in found] == sorted((place for place, _ in found), reverse=True)
        assert await readings.latest(UUID(int=7), 100) == [each for each in found if each[1].person == UUID(int=7)]


async def test_without_a_database_nothing_is_noted_and_that_is_said() -> None:
    with closing(PostgresReadings("host=/nowhere connect_timeout=1")) as readings:
        await readings.note([])
        with pytest.raises(Unavailable):
            await readings.note([Reading(AT, "han", "service", "http", "x", UUID(int=1), UUID(int=2))])


def test_however_it_is_put_together_a_person_is_told_of_once_in_each_case() -> None:
    one, other = entry(UUID(int=1), 1), entry(UUID(int=2), 1)
    shown = {"row": one, "events": [("x", one), ("x", other)], "more": {"nothing": None}, "text": "王"}
    assert [each.person for each in readings_of(shown, AT, ACTOR, "console", "x")] == [UUID(int=1), UUID(int=2)]


def test_whoever_acts_as_a_customer_leaves_no_login_in_the_log() -> None:
    party = UUID("0196a7e2-0000-7000-8000-0000deadbeef")
    caller = Caller(UUID(int=1), "13800138000", "王小明", (Role.CUSTOMER,), party=party)
    assert caller.acting(CorrectCustomer.may).name == "customer-deadbeef"
    assert as_customer(party).role is caller.acting(CorrectCustomer.may).role
