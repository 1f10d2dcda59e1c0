"""The demo fills a house of its own: read models, sign-ins and all."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from application.claim.claim_register import ClaimRegister
from application.product.product_catalogue import ProductCatalogue
from application.submission import Order, Submission
from domain.account import Account, OpenAccount
from domain.kernel import stream_of
from domain.words import Actor, Role
from interfaces import main
from interfaces.demo.run import PASSWORD, Loaded, NotEmpty, load
from interfaces.demo.year import Size

SIZE = Size(customers=6, products=0.01)


async def loaded(url: str) -> Loaded:
    return await load(url, size=SIZE)


async def test_a_loaded_house_shows_its_year_and_lets_people_sign_in(database):
    days: list[int] = []
    result = await load(database, progress=lambda day, of, events: days.append(day), size=SIZE)
    assert result.unexpected == []
    assert days == sorted(days) and days[-1] == 365
    async with main.open_house(database) as house:
        assert await house.reads.position() == await house.store.head() == result.events
        assert await house.reads.count(ProductCatalogue) == result.products
        assert await house.reads.count(ClaimRegister) == result.claims
        for login in result.accounts:
            assert await house.credentials.check(login, PASSWORD) == stream_of(Account, login)
        secret = await house.credentials.issue(stream_of(Account, "customer"), "session", "", timedelta(hours=1))
        caller = await house.caller(secret, "session")
        assert caller and caller.roles == (Role.CUSTOMER,) and caller.party


async def test_loaded_again_a_house_has_nothing_more(database):
    first, again = await loaded(database), await loaded(database)
    assert {**first.told(), "seconds": 0} == {**again.told(), "seconds": 0}


async def test_a_house_that_holds_something_else_is_left_alone(database):
    opened = OpenAccount(login="someone", name="someone", roles=(Role.AUDITOR,))
    order = Order(stream=stream_of(Account, "someone"), command=opened, actor=Actor("op", Role.ADMINISTRATOR))
    async with main.open_house(database) as house:
        await house.handling.handle(Submission(key=uuid4(), orders=[order]))
        before = await house.store.head()
        with pytest.raises(NotEmpty):
            await loaded(database)
        assert await house.store.head() == before
