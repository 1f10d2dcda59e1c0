"""Whoever is forgotten is forgotten in every process, in the ledger that nothing undoes, and by nobody too early."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import msgspec
import psycopg
import pytest

from application.customer.forgetting import plan_of, receipt_of
from application.ports import Batch, Conflict, EventStore
from application.submission import KEY_REUSED, PERSON_FORGOTTEN
from domain.claim.events import Notice
from domain.claim.intake import AmendNotice, GiveNotice
from domain.customer import KEPT, CorrectCustomer, PersonForgotten
from domain.kernel import Refused
from domain.words import FORGOTTEN
from infrastructure.postgres import ledger
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.settings import Settings
from infrastructure.vault import Masters
from interfaces import main
from tests.conftest import KEYS
from tests.contracts.entries import entry
from tests.crash.processes import Process, ending, start, until
from tests.handling.door import SPOKE, Door, StoppedClock, order, submission
from tests.privacy.forgetter import FAR, FORGET, acquaintance, forgetter, reader


def later(store: EventStore) -> Door:
    """The door on a day on which no duty keeps anybody any more."""
    return Door(store, StoppedClock(FAR))


async def person(store: EventStore, name: str = "王小明") -> UUID:
    customer = await later(store).customer(name)
    await later(store).give(SPOKE, customer)
    return customer


async def test_nothing_more_is_recorded_about_who_was_forgotten_and_the_refusal_is_kept(store: EventStore) -> None:
    customer, other = await person(store), await person(store, "李小红")
    door = later(store)
    await door.give(FORGET, customer)
    with pytest.raises(Refused) as caught:
        await door.give(SPOKE, customer)
    assert caught.value.refusal is PERSON_FORGOTTEN
    assert [each.code for _, each in await store.denials(1)] == [PERSON_FORGOTTEN.code]
    await door.give(SPOKE, other)
    names = {each.stream: each.event.name for each in await store.read(0, 1000) if hasattr(each.event, "nature")}
    assert names == {customer: FORGOTTEN, other: "李小红"}


async def test_what_was_said_before_anybody_knew_whose_claim_it_is_is_forgotten_with_them(store: EventStore) -> None:
    door = Door(store)
    customer = await door.customer()
    policy = await door.taken_over(await door.product(), customer)
    claim = (await door.give(GiveNotice(notice=Notice(place="Suzhou", description="a fall")))).stream
    assert set(await store.about(customer)) == {customer, policy}
    await door.give(AmendNotice(policy=policy, notice=Notice()), claim)
    assert set(await store.about(customer)) == {customer, policy, claim}
    plan = await plan_of(store, customer, FAR.date())
    assert [(each.rule, each.until) for each in plan.kept] == [("PRIV-BASIS", None)]
    [of_claim] = [each for each in plan.cases if each.stream == claim]
    assert of_claim.personal == {"NoticeGiven": {"notice": 1}}
    with pytest.raises(Refused) as caught:
        await later(store).give(FORGET, customer)
    assert (caught.value.code, caught.value.rule) == (KEPT.code, "PRIV-BASIS")


async def test_what_is_recorded_while_it_is_weighed_is_not_overlooked(store: EventStore) -> None:
    customer = await person(store)
    stale = await later(store).give(FORGET, customer, pretend=True)
    meanwhile = entry(UUID(int=77), 1).but(subject=customer)
    await store.append(Batch([meanwhile]))
    with pytest.raises(Conflict):
        await store.append(Batch(stale.events, grounds={customer: 2}))
    assert await store.destroyed(await store.head()) == {}
    assert (await later(store).give(FORGET, customer)).version == 3


async def test_the_receipt_is_the_same_whenever_it_is_asked_for(store: EventStore) -> None:
    customer = await person(store)
    assert await receipt_of(store, customer) is None
    outcome = await later(store).give(FORGET, customer)
    first = await receipt_of(store, customer)
    assert first and first == await receipt_of(store, customer)
    assert (first.position, first.at, first.by, first.ground) == (outcome.position, FAR, "a.compliance", FORGET.ground)
    assert [each.subject for each in first.keys] == [customer]
    assert [(each.kind, each.events) for each in first.remains] == [("customer", 2)]
    for language, words in (("zh", "个人信息保护法第47条"), ("en", "PIPL art 47")):
        text = first.text(language)
        assert words in text and first.keys[0].fingerprint in text and "王小明" not in text


async def test_what_was_asked_about_a_person_leaves_no_trace_to_hold_a_guess_against(database: str) -> None:
    async with main.open_house(database) as house:
        door = later(house.store)
        correct = CorrectCustomer(reason="moved", phone="13800000000")
        customer = await door.customer()
        said = [submission(order(correct, customer)) for _ in range(2)]
        for each in said:
            await door.handle(each)
        assert (await door.handle(said[1])).repeated
        other = submission(order(correct.model_copy(update={"phone": "1"}), customer), key=said[1].key)
        with pytest.raises(Refused) as caught:
            await door.handle(other)
        assert caught.value.refusal is KEY_REUSED
        with psycopg.connect(database) as connection:
            kept = {print_ for (print_,) in connection.execute("SELECT fingerprint FROM log.answers")}
        assert not kept & {each.fingerprint for each in said} and len(kept) == 3
        await door.give(FORGET, customer)
        answers = await house.store.answers([each.key for each in said])
        assert [each.fingerprint for each in answers.values()] == ["", ""]
        assert [(await door.handle(each)).repeated for each in said] == [True, True]


# -- several processes ----------------------------------------------------------------


@contextmanager
def meeting(program, folder: Path, *arguments: str) -> Iterator[Process]:
    """A process that has met the person and waits to be told to go on."""
    folder.mkdir()
    with ending(start(program, *arguments, str(folder))) as process:
        until((folder / "met").exists, 60)
        yield process
        (folder / "go").touch()
        process.join(60)


async def test_a_process_that_remembers_somebody_forgotten_elsewhere_shows_and_records_nothing_more(
    database: str, tmp_path: Path
) -> None:
    async with main.open_house(database) as house:
        customer = await person(house.store)
        met, read = tmp_path / "met", tmp_path / "read"
        with meeting(acquaintance, met, database, str(customer)), meeting(reader, read, database):
            await later(house.store).give(FORGET, customer)
    for folder in (met, read):
        assert "王小明" in (folder / "met").read_text() and "acquaintance" in (folder / "met").read_text()
        assert "王小明" not in (folder / "told").read_text() and "acquaintance" not in (folder / "told").read_text()
    said, known, *_ = (met / "told").read_text().splitlines()
    assert said == PERSON_FORGOTTEN.code
    assert FORGOTTEN in known and "forgotten=True" in known


# -- the ledger -----------------------------------------------------------------------


def noted(folder: Path) -> list[tuple[int, UUID]]:
    return [(each.position, each.subjects[0]) for each in ledger.noted(folder)]


def forgotten_in(database: str) -> bool:
    with psycopg.connect(database) as connection:
        return connection.execute("SELECT FROM vault.ledger").fetchone() is not None


async def test_everybody_forgotten_stands_in_the_ledger_and_in_its_file_with_nothing_personal(
    database: str, tmp_path: Path
) -> None:
    store = PostgresEventStore(database, Masters.load(tmp_path))
    first, second = await person(store), await person(store)
    positions = [(await later(store).give(FORGET, each)).position for each in (first, second)]
    store.close()
    assert noted(tmp_path) == [(positions[0], first), (positions[1], second)]
    text = ledger.file_in(tmp_path).read_text("utf-8")
    assert msgspec.json.decode(text.splitlines()[0]).keys() == {"position", "at", "subjects"}
    assert '"at":"2060-01-01T00:00:00Z"' in text and oct(ledger.file_in(tmp_path).stat().st_mode)[-3:] == "600"
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT position, subject, fingerprint FROM vault.ledger ORDER BY 1").fetchall()
        kept = connection.execute("SELECT count(*) FROM vault.keys WHERE wrapped IS NOT NULL").fetchone()
    assert [row[:2] for row in rows] == noted(tmp_path) and all(len(row[2]) == 64 for row in rows)
    assert kept == (0,)


@pytest.mark.parametrize(
    "statement", ["UPDATE vault.ledger SET position = 0", "DELETE FROM vault.ledger", "TRUNCATE vault.ledger"]
)
async def test_nobody_takes_anything_out_of_the_ledger(database: str, statement: str) -> None:
    store = PostgresEventStore(database, main.masters())
    await later(store).give(FORGET, await person(store))
    store.close()
    with psycopg.connect(database) as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute(statement)


async def test_who_died_before_the_line_was_written_leaves_it_to_the_next_start(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is a pipe that nobody reads: whoever opens it waits, and is killed there, after the commit."""
    for master in KEYS.glob("*.master"):
        shutil.copy(master, tmp_path)
    monkeypatch.setenv("UBERRIMA_KEYS", str(tmp_path))
    store = PostgresEventStore(database, Masters.load(tmp_path))
    customer = await person(store)
    os.mkfifo(ledger.file_in(tmp_path))
    with ending(start(forgetter, database, str(tmp_path), str(customer))):
        await asyncio.to_thread(until, lambda: forgotten_in(database))
    store.close()
    ledger.file_in(tmp_path).unlink()
    main.database(Settings(tmp_path, database))
    assert [subject for _, subject in noted(tmp_path)] == [customer]


async def test_a_line_that_was_broken_off_is_written_again_and_none_is_written_twice(
    database: str, tmp_path: Path
) -> None:
    store = PostgresEventStore(database, Masters.load(tmp_path))
    for name in ("first", "second"):
        await later(store).give(FORGET, await person(store, name))
    store.close()
    file = ledger.file_in(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    assert len(ledger.noted(tmp_path)) == 1
    assert [ledger.complete(database, tmp_path) for _ in range(2)] == [1, 0]
    assert file.read_bytes() == whole


async def test_everybody_forgotten_at_once_is_forgotten_and_stands_in_the_ledger(database: str, tmp_path: Path) -> None:
    store = PostgresEventStore(database, Masters.load(tmp_path))
    people = [await person(store, f"guest {number}") for number in range(12)]
    door = later(store)
    await asyncio.gather(*(door.give(FORGET, each) for each in people))
    assert {subject for _, subject in noted(tmp_path)} == set(people)
    assert "guest" not in repr(await store.read(0, 1000))
    assert sum([len(await store.destroyed(position)) for position in range(await store.head() + 1)]) == 12
    store.close()


def test_a_forgotten_event_says_whose_keys_went_with_it() -> None:
    assert PersonForgotten(subjects=(UUID(int=1),), ground=FORGET.ground).gone == (UUID(int=1),)
