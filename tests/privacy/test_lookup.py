"""Who knows all of a phone or identity number finds its holder by it; nobody finds anyone by a part of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.access import Caller
from application.customer.customer_directory import CustomerCard, CustomerDirectory
from domain.customer import CorrectCustomer, RegisterCustomer
from domain.words import Role, masked
from infrastructure.lookup import Lookup, normal
from infrastructure.postgres.vault import Vault
from infrastructure.vault import Masters
from interfaces.main import House, masters, open_house
from tests.cli.conftest import uberrima
from tests.handling.door import Door
from tests.rows import seen
from tests.samples import REGISTERED_CUSTOMER

LI = RegisterCustomer(name="李四", phone="+86 138-0013-8000", identity="11010119900307123x", email="Li.Si@example.com")
WANG = RegisterCustomer(name="王五", phone="13900139000")
SAME = {
    "phone": ("13800138000", "138 0013 8000", "１３８００１３８０００", "008613800138000", "(138)0013-8000"),
    "identity": ("11010119900307123X", " 110101 19900307 123X ", "１１０１０１１９９００３０７１２３ｘ"),
    "email": ("li.si@example.com", "LI.SI@EXAMPLE.COM"),
}


@asynccontextmanager
async def town(database: str) -> AsyncIterator[tuple[House, Door]]:
    async with open_house(database) as house:
        door = Door(house.store)
        await door.give(LI)
        await door.give(WANG)
        project(house)
        yield house, door


def project(house: House) -> None:
    with closing(house.projector()) as projector:
        projector.catch_up()


async def found(house: House, text: str = "", **where: str) -> list[str]:
    page = await house.reads.find(CustomerDirectory, where, text=text)
    return [row.name for row in page.rows]  # type: ignore[attr-defined]


async def test_a_customer_is_found_by_a_number_however_it_is_written(database: str) -> None:
    async with town(database) as (house, _):
        for column, spellings in SAME.items():
            for spelling in spellings:
                assert await found(house, spelling) == ["李四"], spelling
                assert await found(house, **{column: spelling}) == ["李四"], spelling
        assert await house.reads.count(CustomerDirectory, {"phone": "13900139000"}) == 1
        assert await found(house, "李") == ["李四"]


async def test_nobody_is_found_by_a_part_of_a_number_or_by_another_number_of_theirs(database: str) -> None:
    async with town(database) as (house, _):
        for part in ("1380013800", "3800138000", "138", "1101011990030712", "example.com", "%", "-"):
            assert await found(house, part) == [], part
        assert await found(house, identity="13800138000") == []
        # Who has none is not found by none.
        assert await found(house, identity="") == []


async def test_who_has_a_new_number_is_found_by_that_one_only(database: str) -> None:
    async with town(database) as (house, door):
        [li] = (await house.reads.find(CustomerDirectory, {"phone": "13800138000"})).rows
        await door.give(CorrectCustomer(reason="new phone", phone="13700137000"), li.customer)  # type: ignore[attr-defined]
        project(house)
        assert await found(house, "13700137000") == ["李四"]
        assert await found(house, "13800138000") == []


async def test_no_index_and_no_trace_holds_a_number_that_can_be_read(database: str) -> None:
    async with town(database):
        pass
    with psycopg.connect(database) as connection:
        name = f"customer_directory_v{CustomerDirectory.version}"
        indexes = connection.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", (name,)).fetchall()
        traces = connection.execute(f"SELECT phone_trace FROM view.{name} ORDER BY number").fetchall()
    assert any("phone_trace" in index for (index,) in indexes)
    assert not [index for (index,) in indexes if "(phone)" in index or "(identity)" in index or "(email)" in index]
    assert len({trace for (trace,) in traces}) == 2
    assert all(len(trace) == 32 and b"138" not in trace for (trace,) in traces)


async def test_under_a_new_look_up_key_everybody_is_found_as_before(database: str) -> None:
    async with town(database) as (house, door):
        before = traces(database)
        # Whoever runs meanwhile, and does not know of it, goes on finding and being found.
        assert uberrima("vault", "renew", "--json", UBERRIMA_DATABASE_URL=database).json == {"newest": "lookup/0002"}
        assert traces(database).isdisjoint(before)
        assert await found(house, "13800138000") == ["李四"]
        await door.give(RegisterCustomer(name="赵六", phone="13600136000"))
        project(house)
        assert await found(house, "13600136000") == ["赵六"]
    with psycopg.connect(database) as connection:
        connection.execute("SELECT vault.discard('lookup/0002')")
        assert connection.execute("SELECT name FROM vault.secrets").fetchall() == [("lookup/0002",)]


async def test_while_a_new_look_up_key_takes_over_both_find_everybody(database: str) -> None:
    async with town(database) as (house, door):
        with closing(Vault(database, masters())) as vault:
            vault.renew_lookup()
        await door.give(RegisterCustomer(name="赵六", phone="13600136000"))
        project(house)
        assert (await found(house, "13800138000"), await found(house, "13600136000")) == (["李四"], ["赵六"])


def traces(database: str) -> set[bytes]:
    with psycopg.connect(database) as connection:
        name = f"customer_directory_v{CustomerDirectory.version}"
        return {each for (each,) in connection.execute(f"SELECT phone_trace FROM view.{name}")}


def test_the_same_number_leaves_another_trace_elsewhere_and_under_another_key() -> None:
    fleeting = Masters.fleeting()
    lookups = [Lookup(fleeting) for _ in range(2)]
    for number, lookup in enumerate(lookups):
        lookup.learn([("lookup/0001", fleeting.wrap(b"lookup/0001", bytes([number]) * 32))])
    one, other = lookups
    assert one.trace("phone", "138") == one.trace("phone", "1-3-8")
    assert len({one.trace("phone", "138"), one.trace("identity", "138"), other.trace("phone", "138")}) == 3
    assert one.trace("phone", "") is one.trace("phone", " - ") is None


@given(st.text(max_size=30))
def test_the_one_form_of_a_number_is_its_own_form(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        ("13800000000", "138****0000"),
        ("310101199002270018", "310***********0018"),
        ("12345678", "123*5678"),
        ("1234567", "*******"),
        ("", ""),
        ("wang@example.com", "w***@example.com"),
    ],
)
def test_of_a_number_so_much_is_shown_that_who_knows_it_recognises_it(whole: str, shown: str) -> None:
    assert masked(whole) == shown


@pytest.mark.parametrize(("role", "shown"), [(Role.SERVICE, "13800000000"), (Role.AUDITOR, "138****0000")])
def test_in_full_a_number_is_shown_to_those_who_serve_by_it(role: Role, shown: str) -> None:
    [card] = seen(CustomerDirectory, REGISTERED_CUSTOMER).rows
    assert isinstance(card, CustomerCard)
    caller = Caller(card.customer, "someone", "Someone", (role,))
    assert caller.shown(card).phone == shown
