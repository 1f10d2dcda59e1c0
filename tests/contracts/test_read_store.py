"""What the read store answers: pages, filters, text, figures, each with the position it stands at."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest

from application.catalogue import PROJECTIONS
from application.customer.customer_directory import CustomerCard, CustomerDirectory
from application.policy.policy_transactions import PolicyTransactions, TransactionLine
from application.policy.premiums_due import PremiumAccount, PremiumsDue
from application.ports import BadCursor
from application.projection import Projection, Row
from application.survey.survey_desk import SurveyCard, SurveyDesk
from domain.customer import Nature
from domain.policy.contract import Step
from domain.product import Line
from domain.survey import Touchpoint
from domain.words import Money
from infrastructure.postgres.read_store import PostgresReadStore
from infrastructure.postgres.tables import Table
from interfaces.main import masters
from tests.contracts.entries import AT
from tests.samples import YEAR

NAMES = ["100%", "a_b", "axb", "O'Neil", '"quoted"', r"back\slash", "王小明", "Zoe", "zoë", "%_%"]


@asynccontextmanager
async def reading(database: str) -> AsyncIterator[PostgresReadStore]:
    store = PostgresReadStore(database, masters())
    await store.open()
    try:
        yield store
    finally:
        await store.close()


def put(database: str, projection: type[Projection], rows: Sequence[Row]) -> None:
    table = Table(projection)
    with psycopg.connect(database) as connection:
        connection.execute(table.upsert, table.values(rows))


def reached(database: str, position: int, *names: str) -> None:
    names = names or tuple(each.name for each in PROJECTIONS)
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE view.projections SET position = %s WHERE name = ANY(%s)", (position, list(names)))


def card(number: int, name: str = "x", **more: object) -> CustomerCard:
    return CustomerCard(
        customer=UUID(int=number),
        number=f"K{number:04}",
        nature=more.pop("nature", Nature.PERSON),
        name=name,
        registered_on=date(2026, 1, 1),
        **more,
    )


def survey(number: int, asked_on: date) -> SurveyCard:
    return SurveyCard(
        survey=UUID(int=number),
        touchpoint=Touchpoint.CLAIM_SETTLED,
        about=uuid4(),
        customer=uuid4(),
        asked_on=asked_on,
        satisfaction=number % 5 + 1,
    )


async def pages(store: PostgresReadStore, projection: type[Projection], **wanted: object) -> list[Row]:
    found, cursor = [], None
    while True:
        page = await store.find(projection, cursor=cursor, **wanted)
        found += page.rows
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize("limit", [1, 3, 12, 50])
async def test_pages_together_are_all_rows_in_order(database: str, limit: int, newest: bool) -> None:
    # Several surveys on each day: the order needs the second column to be one.
    rows = [survey(n, date(2026, 1, 1) + timedelta(n // 4)) for n in range(12)]
    put(database, SurveyDesk, rows[::-1])
    async with reading(database) as store:
        assert await pages(store, SurveyDesk, limit=limit, newest=newest) == (rows[::-1] if newest else rows)


async def test_a_row_that_arrives_between_two_pages_shifts_nothing(database: str) -> None:
    put(database, CustomerDirectory, [card(n) for n in (2, 4, 6, 8)])
    async with reading(database) as store:
        first = await store.find(CustomerDirectory, limit=2)
        put(database, CustomerDirectory, [card(1)])
        rest = await store.find(CustomerDirectory, limit=2, cursor=first.next)
    assert [row.number for row in (*first.rows, *rest.rows)] == ["K0002", "K0004", "K0006", "K0008"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("100%", ["100%"]),
        ("%", ["100%", "%_%"]),
        ("_", ["a_b", "%_%"]),
        ("a_b", ["a_b"]),
        ("'", ["O'Neil"]),
        ('"', ['"quoted"']),
        ("\\", [r"back\slash"]),
        ("小明", ["王小明"]),
        ("ZO", ["Zoe", "zoë"]),
        ("K0003", ["axb"]),
        ("nobody", []),
        ("\x00", []),
        ("'; DROP TABLE view.customer_directory_v1; --", []),
    ],
)
async def test_text_is_found_as_it_is_written(database: str, text: str, found: list[str]) -> None:
    put(database, CustomerDirectory, [card(n, name) for n, name in enumerate(NAMES, 1)])
    async with reading(database) as store:
        assert [row.name for row in (await store.find(CustomerDirectory, text=text)).rows] == found


async def test_where_no_column_is_searched_text_is_no_condition(database: str) -> None:
    put(database, SurveyDesk, [survey(1, date(2026, 1, 1))])
    async with reading(database) as store:
        assert len((await store.find(SurveyDesk, text="anything")).rows) == 1


async def test_rows_are_found_by_what_they_equal(database: str) -> None:
    rows = [card(1, "Ann", occupation="baker"), card(2, "Ann"), card(3, "Bob", born_on=date(1990, 2, 28))]
    rows.append(card(4, "华东公司", nature=Nature.ORGANISATION))
    put(database, CustomerDirectory, rows)
    async with reading(database) as store:
        for where, expected in (
            ({"name": "Ann"}, rows[:2]),
            ({"name": "Ann", "occupation": "baker"}, rows[:1]),
            ({"nature": Nature.ORGANISATION}, rows[3:]),
            ({"born_on": None}, [rows[0], rows[1], rows[3]]),
            ({"born_on": date(1990, 2, 28)}, [rows[2]]),
            ({"name": ["Bob", "华东公司"]}, rows[2:]),
            ({"contacts": 2**70}, []),
            ({"name": "\x00"}, []),
        ):
            assert (await store.find(CustomerDirectory, where)).rows == expected
            assert await store.count(CustomerDirectory, where) == len(expected)
        assert await store.get(CustomerDirectory, UUID(int=3)) == rows[2]
        assert await store.get(CustomerDirectory, UUID(int=9)) is None


async def test_a_row_is_got_by_all_columns_of_its_key(database: str) -> None:
    line = TransactionLine(
        policy=UUID(int=1),
        version=6,
        step=Step.ISSUE,
        effective_on=date(2026, 1, 1),
        recorded_at=AT,
        difference=-5,
        currency="CNY",
        by="han",
    )
    put(database, PolicyTransactions, [line, line.but(version=7)])
    async with reading(database) as store:
        assert await store.get(PolicyTransactions, UUID(int=1), 6) == line


CURSORS = ["x", "%%%", "é", "e30", "W10", "WzFd", "A" * 401]
FORGED = [
    ["2026-01-01"],
    ["no date", str(UUID(int=1))],
    ["2026-01-01", "no id"],
    [None, None],
    [{}, []],
    ["\x00", "\x00"],
]


@pytest.mark.parametrize(
    "cursor", CURSORS + [base64.urlsafe_b64encode(msgspec.json.encode(each)).decode() for each in FORGED]
)
async def test_a_cursor_that_no_page_gave_is_refused(database: str, cursor: str) -> None:
    put(database, SurveyDesk, [survey(1, date(2026, 1, 1))])
    async with reading(database) as store:
        with pytest.raises(BadCursor):
            await store.find(SurveyDesk, cursor=cursor)


async def test_a_page_says_the_position_of_its_rows(database: str) -> None:
    reached(database, 41)
    reached(database, 40, "survey_desk")
    async with reading(database) as store:
        assert (await store.find(CustomerDirectory)).position == 41
        assert (await store.find(SurveyDesk)).position == 40
        assert await store.position() == 40


async def test_a_reader_waits_until_every_read_model_is_there(database: str) -> None:
    async with reading(database) as store:
        assert await store.wait(0, 0.1)
        assert not await store.wait(5, 0.1)
        reached(database, 5)
        reached(database, 4, "survey_desk")
        waiting = asyncio.create_task(store.wait(5, 5))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        reached(database, 5)
        assert await waiting


async def test_figures_count_and_add_up_by_what_they_are_asked_for(database: str) -> None:
    accounts = [
        PremiumAccount(
            policy=UUID(int=n),
            number=f"P{n % 2}",
            customer=UUID(int=n % 3),
            period=YEAR,
            premium=Money(n),
            due=n,
            line=Line.HEALTH,
            grace_until=YEAR.ends_on,
        )
        for n in range(1, 7)
    ]
    put(database, PremiumsDue, accounts)
    reached(database, 12)
    async with reading(database) as store:
        position, figures = await store.figures(PremiumsDue, ["number"], ["due"])
        assert position == 12
        assert figures == [{"number": "P0", "count": 3, "due": 12}, {"number": "P1", "count": 3, "due": 9}]
        _, by_two = await store.figures(PremiumsDue, ["number", "customer"])
        assert sum(each["count"] for each in by_two) == 6 and len(by_two) == 6
