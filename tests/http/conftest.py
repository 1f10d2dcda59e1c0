"""The served application on a database of its own, with a follower beside it and a token for every role."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from litestar.testing import TestClient

from application.submission import Order, Submission
from domain.account import Account, OpenAccount
from domain.kernel import CALENDAR_ZONE, stream_of
from domain.words import Actor, Role
from infrastructure.follower import follow_for_ever
from infrastructure.projector import Projector
from infrastructure.reactor import Reactor
from interfaces import main
from interfaces.http.app import application
from tests.agent.samples import enrolled
from tests.conftest import new_database

OPERATOR = Actor("operator", Role.ADMINISTRATOR)
AUTHORITY = 100_000_00
TODAY = datetime.now(CALENDAR_ZONE).date()


@dataclass
class Site:
    """`site.post("claims_handler", path, body)`: what the API answers to someone in that role."""

    client: TestClient[Any]
    url: str
    tokens: dict[str, str]
    position: int = 0
    answers: list[Any] = field(default_factory=list)
    sellers: dict[str, str] = field(default_factory=dict)

    def headers(self, login: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[login]}"}

    def post(self, login: str, path: str, body: Any = None, **more: Any) -> Any:
        headers = {**self.headers(login), **more.pop("headers", {})}
        response = self.client.post(f"/api{path}", json=body if body is not None else {}, headers=headers, **more)
        if response.status_code in (200, 201) and "position" in response.json():
            self.position = max(self.position, response.json()["position"])
        return response

    def get(self, login: str, path: str, **parameters: Any) -> Any:
        return self.client.get(f"/api{path}", params=parameters, headers=self.headers(login))

    def read(self, login: str, path: str, **parameters: Any) -> Any:
        """What is read once the read models have everything that was written through this site."""
        response = self.get(login, path, wait_for=self.position, **parameters)
        assert response.status_code == 200, response.text
        return response.json()

    def seller(self, login: str = "agent") -> str:
        """The stream of an agent who may sell anything, under that login."""
        if login not in self.sellers:
            first, *others = (command.model_dump(mode="json") for command in enrolled(login, date(2025, 1, 1)))
            self.sellers[login] = agent = self.done("compliance", "/agents", first)["stream"]
            paths = ("practice", "appointment", "grade", "authority-profile", "trainings")
            for path, body in zip(paths, others, strict=True):
                self.done("compliance", f"/agents/{agent}/{path}", body)
        return self.sellers[login]

    def accepted(self, case: str) -> None:
        """Underwriting finds the application complete, rules on what the standard doubts, decides and offers."""
        self.done("underwriter", f"{case}/completion", {"completed_on": str(TODAY)})
        waiting = self.read("underwriter", "/policies/underwriting", text=self.read("underwriter", case)["application"])
        for concern in waiting["rows"][0]["open"]:
            ruling = {"concern": concern, "ruling": "approve", "reason": "已核实"}
            self.done("underwriter", f"{case}/issues/ruling", ruling)
        self.done("underwriter", f"{case}/underwriting", {"verdict": "accept", "reason": "标准体"})
        self.done("underwriter", f"{case}/offer", {"valid_until": str(TODAY + timedelta(days=30))})

    def registered(self, case: str) -> None:
        """A handler registers the claim; what may tell of the same loss is found distinct first."""
        for other in self.read("claims_handler", f"{case}/similar"):
            distinct = {"claim": other["claim"], "reason": "两次事故"}
            self.done("claims_handler", f"{case}/distinctness", distinct)
        self.done("claims_handler", f"{case}/registration")

    def done(self, login: str, path: str, body: Any = None, **more: Any) -> Any:
        response = self.post(login, path, body, **more)
        assert response.status_code in (200, 201), response.text
        return response.json()


async def _accounts(url: str) -> dict[str, str]:
    tokens = {}
    async with main.open_house(url) as house:
        staff = tuple(role for role in Role if role not in (Role.SYSTEM, Role.CUSTOMER))
        logins = {f"{which}{role}": (role,) for role in staff for which in ("", "second_")}
        for login, roles in {**logins, "everyone": staff}.items():
            if roles:
                opened = OpenAccount(login=login, name=login, roles=roles, authority=AUTHORITY)
                stream = stream_of(Account, login)
                order = Order(stream=stream, command=opened, actor=OPERATOR)
                await house.handling.handle(Submission(key=uuid4(), orders=[order]))
                tokens[login] = await house.credentials.issue(stream, "token", "", timedelta(hours=1))
    return tokens


async def customer_token(url: str, login: str, customer: Any) -> str:
    async with main.open_house(url) as house:
        stream = stream_of(Account, login)
        opened = OpenAccount(login=login, name=login, roles=(Role.CUSTOMER,), customer=customer)
        await house.handling.handle(
            Submission(key=uuid4(), orders=[Order(stream=stream, command=opened, actor=OPERATOR)])
        )
        return await house.credentials.issue(stream, "token", "", timedelta(hours=1))


def _follow(url: str, stop: threading.Event) -> None:
    async def work() -> None:
        stopped = asyncio.Event()
        async with main.open_house(url) as house:

            async def make() -> tuple[Projector, Reactor]:
                return await asyncio.to_thread(house.projector), house.reactor()

            following = asyncio.create_task(follow_for_ever(make, stopped))
            await asyncio.to_thread(stop.wait)
            stopped.set()
            await following

    asyncio.run(work())


@pytest.fixture(scope="module")
def site(server_url: str, template: str) -> Iterator[Site]:
    with new_database(server_url, template) as url:
        tokens = asyncio.run(_accounts(url))
        stop = threading.Event()
        follower = threading.Thread(target=_follow, args=(url, stop))
        follower.start()
        try:
            with TestClient(application(lambda: main.open_house(url))) as client:
                yield Site(client, url, tokens)
        finally:
            stop.set()
            follower.join()
