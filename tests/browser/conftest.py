"""The served application with a small town in it, and a browser that keeps account of everything it asks for."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.request import urlopen

import pytest

from interfaces import main
from tests.browser.town import PASSWORD, Town, settle
from tests.conftest import new_database

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
)


@dataclass
class Site:
    """Where the application answers, and who lives there."""

    address: str
    town: Town
    numbers: dict[str, str] = field(default_factory=dict)


def chromium() -> str:
    """The path of a Chromium on this machine, or nothing."""
    named = os.environ.get("CHROMIUM", "")
    return next(filter(None, (shutil.which(each) for each in (named, *CHROMIUMS) if each)), "")


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


async def _moved_in(url: str) -> tuple[Town, dict[str, str]]:
    async with main.open_house(url) as home:
        town = await settle(home)
        cases = {name: getattr(town, name) for name in ("zhou", "li", "policy", "claim", "open_claim", "notice")}
        loaded = await home.store.load(dict.fromkeys(cases.values(), 0))
        numbers = {
            name: next(e.event.number for e in loaded[case] if hasattr(e.event, "number"))
            for name, case in cases.items()
        }
        await asyncio.to_thread(_follow, home)
        return town, numbers


def _follow(home: main.House) -> None:
    """Nobody opens a page before it shows what has happened."""
    with closing(home.projector()) as projector:
        projector.catch_up()


def _answers(address: str, path: str) -> bool:
    try:
        with urlopen(address + path, timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """The application served in a process of its own, its follower beside it, on a database of its own."""
    if not chromium():
        pytest.skip("there is no Chromium on this machine: set CHROMIUM to its path")
    with new_database(request.getfixturevalue("server_url"), request.getfixturevalue("template")) as url:
        town, numbers = asyncio.run(_moved_in(url))
        port = free_port()
        command = [sys.executable, "-m", "interfaces.cli.main", "serve", "--port", str(port)]
        served = subprocess.Popen(command, env={**os.environ, "UBERRIMA_DATABASE_URL": url})
        address = f"http://127.0.0.1:{port}"
        try:
            until = time.monotonic() + 60
            while not _answers(address, "/health/ready"):
                assert served.poll() is None and time.monotonic() < until, "the application did not start"
                time.sleep(0.2)
            yield Site(address, town, numbers)
        finally:
            served.terminate()
            served.wait(20)


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Any]:
    """One browser for a module: between modules no event loop of it is left running."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield opened
        opened.close()


@dataclass
class Desk:
    """A person at a browser: what they open, and everything that happens beside it."""

    site: Site
    page: Any
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> Desk:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("response", self._response)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return self

    def _response(self, response: Any) -> None:
        if response.status >= 500 or ("/static/" in response.url and response.status >= 400):
            self.failed.append(f"{response.status} {response.url}")

    def _said(self, message: Any) -> None:
        # A page that says no is told so by the browser too; that the page says it well is tested by what it shows.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def open(self, path: str) -> Any:
        return self.page.goto(self.site.address + path)

    def sign_in(self, login: str, password: str = PASSWORD) -> Desk:
        self.open("/sign-in")
        self.page.fill("#login", login)
        self.page.fill("#password", password)
        with self.page.expect_navigation():
            self.page.click("main button")
        return self

    def text(self, selector: str = "main") -> str:
        return str(self.page.inner_text(selector))


def _desk(browser: Any, site: Site, scripts: bool, made: list[Desk], **context: Any) -> Desk:
    settings = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 900}, **context}
    opened = browser.new_context(java_script_enabled=scripts, **settings)
    desk = Desk(site, opened.new_page()).watch()
    made.append(desk)
    return desk


@pytest.fixture(params=[False, True], ids=["without scripts", "with scripts"])
def desk(browser: Any, site: Site, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Makes desks; afterwards, nobody may have asked another host for anything or met an error."""
    made: list[Desk] = []
    yield partial(_desk, browser, site, request.param, made)
    for each in made:
        assert [url for url in each.asked if not url.startswith(site.address)] == []
        assert each.failed == []
        assert each.complaints == []
        each.page.context.close()
