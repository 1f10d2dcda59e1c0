"""A newer master key takes over while everybody goes on, and whoever was forgotten stays so."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from shutil import copytree
from uuid import UUID, uuid4

import psycopg
import pytest

from application.submission import BUSY
from domain.kernel import Refused
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.server import application_url
from infrastructure.postgres.vault import NotRetired, Vault
from infrastructure.settings import Settings
from infrastructure.vault import Keys, Masters, WrongMasterKey
from tests.cli.conftest import Said, uberrima
from tests.conftest import KEYS
from tests.crash.processes import killed_again_and_again, start
from tests.handling.door import Door
from tests.privacy.rotating import rotating


@pytest.fixture
def address(database: str) -> str:
    """The database as the application may use it."""
    return application_url(Settings(Path(), database), database)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The master keys that the database was made with, to be changed as one likes."""
    return Path(copytree(KEYS, tmp_path / "keys"))


@contextmanager
def house(address: str, folder: Path) -> Iterator[tuple[PostgresEventStore, Vault]]:
    """A process's store and vault, with the master keys it finds."""
    masters = Masters.load(folder)
    with closing(PostgresEventStore(address, masters)) as store, closing(Vault(address, masters)) as vault:
        yield store, vault


def wrapped(address: str) -> dict[UUID, bytes | None]:
    with psycopg.connect(address) as connection:
        return dict(connection.execute("SELECT subject, wrapped FROM vault.keys").fetchall())


def by(address: str) -> set[str]:
    """The master keys that wrap somebody's key."""
    return {each[:8].hex() for each in wrapped(address).values() if each is not None}


async def names(store: PostgresEventStore) -> list[str]:
    return [each.event.name for each in await store.read(0, 10_000) if hasattr(each.event, "number")]


async def test_after_a_rotation_everything_is_wrapped_by_the_new_master_key_and_reads_as_before(
    address: str, folder: Path
) -> None:
    with house(address, folder) as (store, vault):
        for number in range(25):
            await Door(store).customer(f"guest {number}")
        before = await names(store)
        told: list[tuple[int, int]] = []
        newest = vault.rotate(lambda *progress: told.append(progress), batch=10)
        assert by(address) == {newest}
        # The look-up key comes first.
        assert told == [(1, 26), (11, 26), (21, 26), (26, 26)]
    with house(address, folder) as (store, vault):
        assert await names(store) == before
        assert [(each.keys, each.newest) for each in vault.standing()] == [(0, False), (26, True)]


async def test_a_process_that_runs_follows_a_rotation_it_was_not_told_of(address: str, folder: Path) -> None:
    with house(address, folder) as (running, _), house(address, folder) as (_, keeper):
        first, began = await Door(running).customer("before"), Masters.load(folder)
        newest = keeper.rotate()
        await Door(running).customer("after")
        assert by(address) == {newest}
        with house(address, folder) as (fresh, _):
            assert await names(fresh) == ["before", "after"]
        # A key that has slipped its memory it opens again, though by a master key it did not begin with.
        assert began.unwrap(first.bytes, wrapped(address)[first] or b"")


async def test_writers_go_on_during_a_rotation_and_nothing_new_is_wrapped_by_an_older_master_key(
    address: str, folder: Path
) -> None:
    with house(address, folder) as (store, _), house(address, folder) as (_, keeper):
        door = Door(store)
        for number in range(40):
            await door.customer(f"early {number}")
        rotation = asyncio.create_task(asyncio.to_thread(keeper.rotate, batch=1))
        written = 0
        while not rotation.done():
            await door.customer(f"meanwhile {written}")
            written += 1
        assert written and by(address) == {await rotation}
        assert len(await names(store)) == 40 + written


async def test_whoever_does_not_know_of_the_newest_master_key_cannot_wrap_by_an_outdated_one(
    address: str, folder: Path
) -> None:
    with house(address, folder) as (store, keeper):
        await Door(store).customer("wang")
        [only] = keeper.standing()
        blind = Masters({bytes.fromhex(only.name): bytes.fromhex((folder / f"{only.name}.master").read_text())})
        keeper.rotate()
    with closing(PostgresEventStore(address, blind)) as behind:
        with pytest.raises(Refused) as caught:
            await Door(behind).customer("li")
        assert caught.value.refusal is BUSY
    assert len(wrapped(address)) == 1


def peopled(database: str, folder: Path, persons: int) -> dict[UUID, bytes]:
    """Persons of whom there is nothing but a key: the keys."""
    masters = Masters.load(folder)
    keys = Keys(masters)
    made = {(subject := uuid4()): keys.make(subject)[1] for _ in range(persons)}
    with psycopg.connect(database) as connection, connection.cursor() as cursor:
        cursor.executemany("INSERT INTO vault.keys VALUES (%s, %s)", list(made.items()))
    return opened(masters, made)


def opened(masters: Masters, rows: dict[UUID, bytes]) -> dict[UUID, bytes]:
    return {subject: masters.unwrap(subject.bytes, wrapping) for subject, wrapping in rows.items()}


def test_a_rotation_killed_again_and_again_is_completed_by_the_next(database: str, address: str, folder: Path) -> None:
    keys = peopled(database, folder, 2000)
    unfinished = []

    def progress() -> int:
        wrapping = [each[:8] for each in wrapped(address).values() if each]
        unfinished.append(len({*wrapping}) > 1)
        return wrapping.count(max(wrapping))

    killed_again_and_again(partial(start, rotating, address, str(folder)), 5, progress, random.Random(3))
    assert any(unfinished), "it was never killed half-way: give it more to do"
    with house(address, folder) as (_, keeper):
        halfway, newest = len(by(address)) > 1, keeper.standing()[-1].name
        assert (keeper.rotate() == newest) is halfway
        assert len(by(address)) == 1
        assert opened(Masters.load(folder), wrapped(address)) == keys  # type: ignore[arg-type]


def test_two_who_rotate_at_once_harm_nothing(database: str, address: str, folder: Path) -> None:
    keys = peopled(database, folder, 500)
    both = [start(rotating, address, str(folder)) for _ in range(2)]
    for each in both:
        each.join(30)
    assert [each.exitcode for each in both] == [0, 0]
    assert opened(Masters.load(folder), wrapped(address)) == keys  # type: ignore[arg-type]


def test_a_key_that_was_destroyed_is_not_revived_by_a_wrapping_read_before(
    database: str, address: str, folder: Path
) -> None:
    [subject] = peopled(database, folder, 1)
    before = wrapped(address)[subject]
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("UPDATE vault.keys SET wrapped = NULL")
    with psycopg.connect(address, autocommit=True) as connection:
        for worn in (before, None):
            rewrap = "SELECT vault.rewrap(%s, %s::bytea[], %s)"
            assert connection.execute(rewrap, ([subject], [worn], [before])).fetchone() == (0,)
        for forbidden in (
            "UPDATE vault.keys SET wrapped = ''",
            "DELETE FROM vault.keys",
            "UPDATE vault.masters SET outdated_at = NULL",
            "DELETE FROM vault.secrets",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)
    assert wrapped(address) == {subject: None}


def test_a_master_key_goes_only_when_nothing_is_wrapped_by_it(database: str, address: str, folder: Path) -> None:
    peopled(database, folder, 7)
    with house(address, folder) as (_, keeper):
        [old] = [each.name for each in keeper.standing()]
        with pytest.raises(NotRetired, match="newest"):
            keeper.retire(old)
        with pytest.raises(NotRetired, match="no master key"):
            keeper.retire("../../etc/passwd")
        newest = keeper.rotate()
        with psycopg.connect(database, autocommit=True) as connection:
            # As after an older copy of the vault has been restored.
            peopled_again = bytes.fromhex(old) + bytes(60)
            connection.execute("INSERT INTO vault.keys VALUES (%s, %s)", (uuid4(), peopled_again))
            with pytest.raises(NotRetired, match="still wraps 1"):
                keeper.retire(old)
            connection.execute("DELETE FROM vault.keys WHERE wrapped = %s", (peopled_again,))
        keeper.retire(old)
        assert [file.stem for file in folder.glob("*.master")] == [newest]


async def test_a_database_whose_master_key_is_not_here_says_which_one_it_wants(address: str, folder: Path) -> None:
    with house(address, folder) as (store, keeper):
        await Door(store).customer("wang")
        keeper.check()
        [own] = keeper.standing()
    elsewhere = folder.with_name("elsewhere")
    with house(address, elsewhere) as (_, keeper), pytest.raises(WrongMasterKey, match=own.name):
        keeper.check()


async def test_the_keeper_sees_and_does_all_of_it_at_the_command_line(
    database: str, address: str, folder: Path
) -> None:
    def does(*words: str) -> Said:
        return uberrima("vault", *words, UBERRIMA_DATABASE_URL=database, UBERRIMA_KEYS=str(folder))

    with house(address, folder) as (store, _):
        await Door(store).customer("wang")
    [old] = does("status", "--json").json["masters"]
    assert (old["keys"], old["newest"], old["present"]) == (2, True, True)
    newest = does("rotate", "--json").json["newest"]
    assert f"{newest}: 2 keys" in does("status").out
    assert "newest" in does("retire", newest).err and does("retire", newest).code == 1
    assert does("retire", old["name"]).code == 0
    assert [each["name"] for each in does("status", "--json").json["masters"]] == [newest]
