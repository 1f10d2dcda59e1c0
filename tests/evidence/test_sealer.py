"""Sealing resumes wherever it was killed, doubles nothing when several seal, and holds up nobody who writes."""

from __future__ import annotations

import asyncio
import random
import threading
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from domain.kernel import new_stream
from infrastructure import follower
from infrastructure.evidence.checkpoint import FILE, secret_in
from infrastructure.evidence.seal import Seal, leaf_of
from infrastructure.evidence.sealer import Sealer
from infrastructure.evidence.tiles import grow
from infrastructure.evidence.verifier import Checkpoint, notes
from infrastructure.postgres.event_store import PostgresEventStore
from interfaces.main import masters
from tests.contracts.test_writers_at_once import write
from tests.crash.processes import killed_again_and_again, start, until
from tests.evidence.conftest import SEALED, Archive


def tiles(archive: Archive) -> dict[tuple[int, int], bytes]:
    with psycopg.connect(archive.url) as connection:
        rows = connection.execute("SELECT level, number, hashes FROM seal.tiles").fetchall()
    return {(level, number): bytes(hashes) for level, number, hashes in rows}


def position(archive: Archive) -> int:
    with psycopg.connect(archive.url) as connection:
        return Seal(connection).position


def assert_sealed_whole(archive: Archive) -> None:
    """The tiles are those that sealing everything at once would have made, and all of it verifies."""
    assert tiles(archive) == grow(0, [leaf_of(row) for row in archive.rows()], lambda level, number: b"")
    report = archive.verify()
    assert (report.wrong, report.noted, report.sealed) == ([], [], len(archive.rows()))


def seal_slowly(url: str, folder: str) -> None:
    """Seals three events at a time and signs each time."""
    sealer = Sealer(url, secret_in(Path(folder)), Path(folder) / "checkpoints.log", batch=3)
    while sealer.step():
        sealer.checkpoint()


def test_a_sealer_killed_again_and_again_ends_where_one_that_lived_would(fresh: Archive, tmp_path: Path) -> None:
    fresh.write(3_000)
    fresh.secret = secret_in(tmp_path)
    begin = lambda: start(seal_slowly, fresh.app, str(tmp_path))  # noqa: E731
    assert killed_again_and_again(begin, 12, lambda: position(fresh), random.Random(3)) == 12
    assert 0 < position(fresh) < 3_000, "it had finished before it could be killed: give it more to do"
    fresh.seal()
    assert_sealed_whole(fresh)


def test_sealers_at_once_seal_every_event_once(fresh: Archive) -> None:
    fresh.write(900)
    sealers = [fresh.sealer(batch=7) for _ in range(4)]
    done: list[int] = []
    threads = [threading.Thread(target=lambda each=each: done.append(each.catch_up())) for each in sealers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in sealers:
        each.close()
    assert sum(done) == 900
    assert_sealed_whole(fresh)


async def test_sealing_goes_on_while_many_write(fresh: Archive) -> None:
    """They write until five checkpoints have been signed meanwhile."""
    store, enough = PostgresEventStore(fresh.app, masters()), threading.Event()

    def sealing() -> None:
        with closing(fresh.sealer(batch=64)) as sealer:
            for _ in range(5):
                while not sealer.step():
                    pass
                sealer.checkpoint()
        enough.set()

    async def writing() -> None:
        while not enough.is_set():
            await write(store, new_stream(), 10)

    await asyncio.gather(asyncio.to_thread(sealing), *(writing() for _ in range(8)))
    store.close()
    assert len(notes(fresh.outside.read_text("utf-8"))) == 5
    fresh.seal()
    assert_sealed_whole(fresh)


def test_what_is_sealed_twice_is_signed_once(sealed: Archive) -> None:
    told = notes(sealed.outside.read_text("utf-8"))
    with psycopg.connect(sealed.url) as connection:
        stored = [note for _, _, note in Seal(connection).checkpoints()]
    assert told == stored and len(told) == len(SEALED)


def test_a_checkpoint_says_which_log_how_large_and_its_root_and_bears_a_signature(sealed: Archive) -> None:
    with psycopg.connect(sealed.url) as connection, closing(sealed.sealer()) as sealer:
        [(size, root, note)] = Seal(connection).checkpoints(latest=1)
        key = sealer.signer.key
    lines = note.split("\n")
    assert lines[0] == key.name and lines[1] == "600" and lines[3] == "" and lines[4].startswith(f"— {key.name} ")
    assert Checkpoint.read(note, key) == (key.name, size, root)


def test_a_checkpoint_that_the_file_outside_lost_is_written_there_again(archive: Archive) -> None:
    known = archive.outside.read_text("utf-8")
    archive.seal()
    archive.outside.write_text(known)
    assert archive.verify().noted == [
        ("库外文件没有最近的检查点", "the file outside does not hold the latest checkpoint")
    ]
    archive.seal()
    assert archive.verify().noted == []


def test_an_empty_log_has_a_checkpoint_too(fresh: Archive) -> None:
    assert fresh.seal().split("\n")[1] == "0"
    assert fresh.verify().wrong == []


def test_one_file_may_serve_several_logs(sealed: Archive, fresh: Archive) -> None:
    fresh.outside = sealed.outside.with_name("shared.log")
    fresh.outside.write_bytes(sealed.outside.read_bytes())
    fresh.change("UPDATE seal.head SET log = gen_random_uuid()")
    fresh.write(40)
    fresh.seal()
    report = fresh.verify()
    assert (report.wrong, report.checkpoints) == ([], 2)
    assert [en for _, en in report.noted] == ["3 checkpoints in the file outside are of other logs"]


def test_the_application_may_add_to_the_seal_and_change_nothing_in_it(archive: Archive) -> None:
    archive.seal()
    refused = (psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation)
    for url, errors in ((archive.app, refused), (archive.url, psycopg.errors.RestrictViolation)):
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in (
                "UPDATE seal.tiles SET hashes = substring(hashes FOR 32)",
                "UPDATE seal.tiles SET hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1)",
                "UPDATE seal.head SET position = position - 1",
                "DELETE FROM seal.tiles",
                "DELETE FROM seal.head",
                "TRUNCATE seal.checkpoints",
                "UPDATE seal.checkpoints SET note = ''",
            ):
                with pytest.raises(errors):
                    connection.execute(statement.encode())
    assert archive.verify().wrong == []


def test_the_signing_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    made: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: made.append(secret_in(folder).public_key().public_bytes_raw()))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8 and len(set(made)) == 1
    assert [path.name for path in folder.iterdir()] == [FILE]
    assert (folder / FILE).stat().st_mode & 0o077 == 0


def test_nobody_who_writes_waits_for_a_sealer(archive: Archive) -> None:
    with psycopg.connect(archive.app) as sealing:
        sealing.execute("SELECT position FROM seal.head FOR UPDATE")
        before = len(archive.rows())
        archive.write(before + 5)
        assert len(archive.rows()) == before + 5


async def test_the_follower_goes_on_sealing_after_a_lost_connection_and_tells_of_a_forged_log(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "SEALED_EVERY", 0.05)
    stop, made = asyncio.Event(), []

    def make() -> Sealer:
        made.append(archive.sealer())
        return made[-1]

    def sealed_up_to(size: int) -> bool:
        return f"\n{size}\n" in archive.outside.read_text("utf-8")

    following = asyncio.create_task(follower.seal_for_ever(make, stop))
    await asyncio.to_thread(until, lambda: sealed_up_to(620))
    with psycopg.connect(archive.url, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(%s)", [made[0]._connection.info.backend_pid])
    await asyncio.to_thread(archive.write, 640)
    await asyncio.to_thread(until, lambda: sealed_up_to(640))
    assert len(made) == 2
    archive.change("UPDATE seal.checkpoints SET root = set_byte(root, 0, get_byte(root, 0) # 1) WHERE size = 640")
    await asyncio.to_thread(until, lambda: len(made) > 3)
    assert not following.done()
    stop.set()
    await following
