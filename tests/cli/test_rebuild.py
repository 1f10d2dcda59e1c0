"""`uberrima rebuild`: read models made anew from the log."""

from __future__ import annotations

import asyncio
import json

import psycopg

from application.catalogue import PROJECTIONS
from application.claim.claim_register import ClaimCard, ClaimRegister
from interfaces.main import open_house
from tests.cli.conftest import Town


async def claim_row(town: Town) -> ClaimCard | None:
    async with open_house(town.url) as house:
        row = await house.reads.get(ClaimRegister, town.claim)
        assert row is None or isinstance(row, ClaimCard)
        return row


def test_every_read_model_is_rebuilt_and_says_how_many_events_it_read(town: Town) -> None:
    told = town.does("rebuild", "--json").json
    assert [each["name"] for each in told] == [each.name for each in PROJECTIONS]
    [events] = {each["events"] for each in told}
    with psycopg.connect(town.url) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM log.events")
        positions = connection.execute("SELECT DISTINCT position FROM view.projections").fetchall()
    assert events == count > 6
    assert positions == [(count,)]


def test_one_read_model_is_rebuilt_from_what_happened_whatever_stood_in_it(town: Town) -> None:
    town.does("rebuild", "claim_register")
    before = asyncio.run(claim_row(town))
    assert before and before.number == town.number
    with psycopg.connect(town.url, autocommit=True) as connection:
        connection.execute(f"UPDATE view.claim_register_v{ClaimRegister.version} SET paid = 1".encode())
    told = town.does("rebuild", "claim_register")
    assert told.code == 0 and told.out.startswith("claim_register: ") and told.out.count("\n") == 1
    assert asyncio.run(claim_row(town)) == before


def test_an_unknown_read_model_is_named_and_those_that_there_are(town: Town) -> None:
    wrong = town.does("rebuild", "claim_register", "crystal_ball")
    assert wrong.code == 2 and wrong.out == ""
    assert "crystal_ball" in wrong.err and "policy_register" in wrong.err


def test_what_a_live_read_model_tells_wrongly_is_listed_by_key_before_it_is_replaced(town: Town) -> None:
    before = asyncio.run(claim_row(town))
    with psycopg.connect(town.url, autocommit=True) as connection:
        connection.execute(f"UPDATE view.claim_register_v{ClaimRegister.version} SET paid = 1".encode())
    told = town.does("rebuild", "--check", "claim_register", "customer_directory", "--json")
    assert told.code == 1
    claims, customers = json.loads(told.out)
    assert claims["differ"] == [{"claim": str(town.claim)}] and claims["rows"] == claims["rows_before"] == 1
    assert customers["differ"] == [] and customers["position"] == claims["position"]
    assert asyncio.run(claim_row(town)) == before
    again = town.does("rebuild", "--check", "claim_register")
    assert again.code == 0 and "1 rows before, 1 now" in again.out and "differs" not in again.out
