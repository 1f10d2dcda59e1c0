"""`uberrima account`: an operator opens accounts, sets passwords and issues tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import uuid4

import pytest

from application.access import Caller
from domain.words import Role
from interfaces.main import House, open_house
from tests.cli.conftest import Said, Town

T = TypeVar("T")
PASSWORD, OTHER = "correct horse battery", "another horse battery"


def in_house(town: Town, ask: Callable[[House], Awaitable[T]]) -> T:
    async def work() -> T:
        async with open_house(town.url) as house:
            return await ask(house)

    return asyncio.run(work())


def opens(town: Town, login: str, *roles: str, password: str = PASSWORD, more: tuple[str, ...] = ()) -> Said:
    asked = [word for role in roles for word in ("--role", role)]
    return town.does("account", "open", login, *asked, "--password", password, *more)


def signed_in(town: Town, login: str, password: str) -> bool:
    return in_house(town, lambda house: house.credentials.check(login, password)) is not None


def caller_of(town: Town, token: str) -> Caller | None:
    return in_house(town, lambda house: house.caller(token, "token"))


@pytest.fixture(scope="module")
def han(town: Town) -> Said:
    return opens(town, "han", "claims_handler", "auditor", more=("--authority", "5000", "--name", "韩梅", "--json"))


def test_an_opened_account_signs_in_and_its_token_acts_in_its_roles(town: Town, han: Said) -> None:
    assert han.json == {"login": "han", "roles": ["claims_handler", "auditor"]}
    issued = town.does("account", "token", "han", "--days", "2", "--json").json
    assert (issued["login"], issued["days"]) == ("han", 2)
    caller = caller_of(town, issued["token"])
    assert caller and (caller.name, caller.authority) == ("韩梅", 5000)
    assert caller.roles == (Role.CLAIMS_HANDLER, Role.AUDITOR)
    assert signed_in(town, "han", PASSWORD)


def test_a_token_is_told_alone_so_that_a_script_can_keep_it(town: Town, han: Said) -> None:
    told = town.does("account", "token", "han")
    assert told.out.count("\n") == 1
    assert caller_of(town, told.out.strip())


def test_a_login_is_opened_once_and_neither_its_roles_nor_its_password_change_by_opening_it_again(
    town: Town, han: Said
) -> None:
    again = opens(town, "han", "administrator", password=OTHER)
    assert again.code == 1 and again.out == ""
    assert "exists" in again.err and "已经存在" in again.err
    assert signed_in(town, "han", PASSWORD) and not signed_in(town, "han", OTHER)


def test_a_password_is_set_anew(town: Town) -> None:
    assert opens(town, "sun", "auditor").code == 0
    assert town.does("account", "password", "sun", "--password", OTHER).code == 0
    assert signed_in(town, "sun", OTHER) and not signed_in(town, "sun", PASSWORD)


@pytest.mark.parametrize("login", ["nobody", str(uuid4())], ids=["login", "id"])
def test_an_unknown_login_has_no_password_and_no_token(town: Town, login: str) -> None:
    refused = town.does("account", "token", login)
    assert refused.code == 1 and refused.out == ""
    assert refused.err == "unknown: there is no such account · 没有这个account\n"


def test_the_customers_role_needs_a_customer_and_is_refused_in_both_languages(town: Town) -> None:
    refused = opens(town, "wang", "customer")
    assert refused.code == 1
    assert refused.err.startswith("account.only_customers: ") and "客户角色" in refused.err
    assert not signed_in(town, "wang", PASSWORD)


@pytest.mark.parametrize(
    ("login", "role", "password", "wrong"),
    [
        ("li", "emperor", PASSWORD, "emperor"),
        ("li", "auditor", "too short", "ten characters"),
        ("Not A Login", "auditor", PASSWORD, "login"),
    ],
    ids=["role", "password", "login"],
)
def test_words_that_mean_nothing_are_told_apart_from_a_refusal(
    town: Town, login: str, role: str, password: str, wrong: str
) -> None:
    said = opens(town, login, role, password=password)
    assert said.code == 2
    assert wrong in said.err and "Traceback" not in said.err
    assert password not in said.err
