"""`uberrima check`: whether all that was ever recorded can still be read and folded."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import conninfo

from tests.cli.conftest import Town, uberrima
from tests.conftest import new_database


@pytest.fixture
def damaged(town: Town, server_url: str) -> Iterator[str]:
    """A copy of the town in whose log two events were tampered with by somebody who may."""
    with new_database(server_url, str(conninfo.conninfo_to_dict(town.url)["dbname"])) as url:
        with psycopg.connect(url) as connection:
            connection.execute("ALTER TABLE log.events DISABLE TRIGGER immutable")
            connection.execute("UPDATE log.events SET state = state || 'x' WHERE type = 'ClaimApproved'")
            connection.execute("UPDATE log.events SET type = 'ClaimMislaid' WHERE type = 'ClaimClosed'")
            connection.execute("ALTER TABLE log.events ENABLE TRIGGER immutable")
        yield url


def tables(url: str) -> list[tuple[str, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'view' ORDER BY 1"
        ).fetchall()


def test_a_log_that_reads_and_folds_is_found_to_do_so(town: Town) -> None:
    before = tables(town.url)
    told = town.does("check", "--json").json
    assert told["found"] == [] and told["events"] > 6
    assert tables(town.url) == before
    assert "0 findings" in town.does("check").out


def test_every_event_that_cannot_be_read_is_named_with_its_reason_and_the_exit_code_says_so(damaged: str) -> None:
    told = uberrima("check", UBERRIMA_DATABASE_URL=damaged)
    assert told.code == 1
    *found, _ = told.out.splitlines()
    assert [line.split()[2:5] for line in found] == [["ClaimApproved", "in", "log:"], ["ClaimMislaid", "in", "log:"]]
    assert "ClaimMislaid in log: nobody knows an event called ClaimMislaid" in told.out
