"""Whatever somebody does to the log who rules the database, it is found, and the first bad position is named."""

from __future__ import annotations

import random
from contextlib import closing
from typing import NamedTuple
from uuid import UUID

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infrastructure.evidence.checkpoint import Signer
from infrastructure.evidence.merkle import root
from infrastructure.evidence.reading import Reading
from infrastructure.evidence.seal import Seal, leaf_of
from infrastructure.evidence.sealer import Forked
from infrastructure.evidence.tiles import grow, parts_of
from infrastructure.evidence.verifier import notes
from infrastructure.mapper import Stored
from tests.evidence.conftest import SEALED, TAIL, Archive

HEAD = SEALED[-1] + TAIL
EMPTY = ("TRUNCATE log.events", "UPDATE log.head SET position = 0")
CUT = "DELETE FROM log.events WHERE position > 500"
UNSEALED = ("TRUNCATE seal.tiles", "TRUNCATE seal.checkpoints", "UPDATE seal.head SET position = 0")


def flip(place: str) -> str:
    return f"UPDATE log.events SET {place} WHERE position = 137"


def renumbered(by: int) -> tuple[str, ...]:
    """Everything from 138 on moves, by a detour, because positions must not meet."""
    return (
        "UPDATE log.events SET position = -position WHERE position > 137",
        f"UPDATE log.events SET position = -position + {by} WHERE position < 0",
        f"UPDATE log.head SET position = position + {by}",
    )


def copied(to: int) -> str:
    return (
        f"INSERT INTO log.events SELECT {to}, gen_random_uuid(), 1, type, subject, state, box"
        " FROM log.events WHERE position = 137"
    )


def exchanged(one: int, other: int) -> tuple[str, ...]:
    moves = ((one, 0), (other, one), (0, other))
    return tuple(f"UPDATE log.events SET position = {to} WHERE position = {place}" for place, to in moves)


def bent(column: str, table: str, which: str) -> str:
    return f"UPDATE {table} SET {column} = set_byte({column}, 0, get_byte({column}, 0) # 8) WHERE {which}"


REWORDED = flip("state = convert_to(replace(convert_from(state, 'UTF8'), 'han', 'hun'), 'UTF8')")
OTHER = "(SELECT {} FROM log.events WHERE position = 300)"


class Deed(NamedTuple):
    says: str
    statements: tuple[str, ...]
    first: int


DEEDS = (
    Deed("a word is changed", (REWORDED,), 137),
    Deed("a byte of what is personal is changed", (bent("box", "log.events", "position = 137"),), 137),
    Deed("what is personal is removed", (flip("box = NULL, subject = NULL"),), 137),
    Deed("another state is put in", (flip("state = " + OTHER.format("state")),), 137),
    Deed("it becomes another kind of event", (flip("type = 'CustomerRegistered'"),), 137),
    Deed("it becomes another stream's", (flip("stream = gen_random_uuid()"),), 137),
    Deed("it becomes another person's", (flip("subject = " + OTHER.format("subject")),), 137),
    Deed("its version is changed", (flip("version = 900"),), 137),
    Deed("it is removed", ("DELETE FROM log.events WHERE position = 137",), 137),
    Deed("it is removed and the gap closed", ("DELETE FROM log.events WHERE position = 137", *renumbered(-1)), 137),
    Deed("one is slipped in", (*renumbered(1), copied(138)), 138),
    Deed("two are exchanged", exchanged(137, 138), 137),
    Deed("the last sealed one is removed", ("DELETE FROM log.events WHERE position = 600",), 600),
    Deed("the end is cut off", (CUT,), 501),
    Deed("the end is cut off and the head set back", (CUT, "UPDATE log.head SET position = 500"), 501),
    Deed("everything is emptied", EMPTY, 1),
    Deed("everything is emptied, and the seal too", (*EMPTY, *UNSEALED), 1),
    Deed("the seal is emptied", UNSEALED, 1),
    Deed("an event is put before the first", (copied(-3),), -3),
    Deed("an event is put beyond the head", (copied(900),), 900),
    Deed("the head is set on", ("UPDATE log.head SET position = position + 1",), HEAD + 1),
    Deed("how far it is sealed is set on", ("UPDATE seal.head SET position = 610",), 601),
    Deed("how far it is sealed is set back", ("UPDATE seal.head SET position = 599",), 600),
    Deed("a hash is changed", (bent("hashes", "seal.tiles", "(level, number) = (0, 1)"),), 257),
    Deed("a hash of hashes is changed", (bent("hashes", "seal.tiles", "level = 1"),), 1),
    Deed("a tile is removed", ("DELETE FROM seal.tiles WHERE (level, number) = (0, 1)",), 257),
    Deed("a tile is torn", ("UPDATE seal.tiles SET hashes = substring(hashes FOR 64) WHERE number = 1",), 259),
    Deed("a tile is added", ("INSERT INTO seal.tiles SELECT 1, 1, hashes FROM seal.tiles WHERE number = 1",), 65_537),
    Deed("a checkpoint's root is changed", (bent("root", "seal.checkpoints", "size = 400"),), 400),
    Deed("a checkpoint's size is changed", ("UPDATE seal.checkpoints SET size = 300 WHERE size = 400",), 300),
    Deed("a checkpoint's note is changed", ("UPDATE seal.checkpoints SET note = replace(note, '4', '5')",), 200),
    Deed("a checkpoint is removed", ("DELETE FROM seal.checkpoints WHERE size = 400",), 400),
    Deed("all checkpoints are removed", ("TRUNCATE seal.checkpoints",), 200),
    Deed("it is called another log", ("UPDATE seal.head SET log = gen_random_uuid()",), 200),
    Deed("an unsealed event is made unreadable", ("UPDATE log.events SET state = '{' WHERE position = 610",), 610),
    Deed("an unsealed event is removed", ("DELETE FROM log.events WHERE position = 610",), 610),
)


def test_a_log_that_nobody_touched_holds(sealed: Archive) -> None:
    report = sealed.verify()
    assert report.wrong == []
    assert (report.events, report.sealed, report.checkpoints) == (HEAD, SEALED[-1], 2 * len(SEALED))
    assert [en for _, en in report.noted] == [
        "the 20 events from position 601 on are not sealed yet: nothing proves them"
    ]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.says)
def test_it_is_found(archive: Archive, deed: Deed) -> None:
    archive.change(*deed.statements)
    wrong = archive.wrong()
    assert wrong.position == deed.first, wrong
    assert wrong.zh and wrong.en


def forge(archive: Archive, signer: Ed25519PrivateKey) -> None:
    """Rewrites event 137 and everything in the database that could tell of it."""
    archive.change(REWORDED)
    leaves = [leaf_of(row) for row in archive.rows()[: SEALED[-1]]]
    tiles = grow(0, leaves, lambda level, number: b"")
    tree = parts_of(lambda level, number: tiles[level, number])
    with psycopg.connect(archive.url) as connection:
        connection.execute("SET session_replication_role = replica")
        name = Seal(connection).origin
        for (level, number), hashes in tiles.items():
            connection.execute(
                "UPDATE seal.tiles SET hashes = %s WHERE (level, number) = (%s, %s)", (hashes, level, number)
            )
        for size in SEALED:
            note = Signer(name, signer).checkpoint(size, root(tree, size))
            connection.execute(
                "UPDATE seal.checkpoints SET (root, note) = (%s, %s) WHERE size = %s", (root(tree, size), note, size)
            )


def test_a_whole_database_forged_without_the_key_is_found_by_its_signatures(archive: Archive) -> None:
    forge(archive, Ed25519PrivateKey.generate())
    wrong = archive.wrong()
    assert wrong.position <= 137 or "signature" in wrong.en


def test_a_whole_database_forged_with_the_key_is_found_by_the_file_outside(archive: Archive) -> None:
    forge(archive, archive.secret)
    wrong = archive.wrong()
    assert wrong.position == 1 and "rewritten between 1 and 200" in wrong.en


def test_forged_with_the_key_and_the_file_outside_it_is_found_by_whoever_kept_a_checkpoint(archive: Archive) -> None:
    kept = notes(archive.outside.read_text("utf-8"))[-1]
    forge(archive, archive.secret)
    archive.outside.unlink()
    assert archive.wrong(kept).position == 1
    assert "you gave" in archive.wrong(kept).en


def test_a_sealer_signs_nothing_over_a_history_that_was_rewritten(archive: Archive) -> None:
    archive.change(bent("hashes", "seal.tiles", "level = 1"))
    with closing(archive.sealer()) as sealer, pytest.raises(Forked, match="at 600"):
        sealer.catch_up()
    assert [size for size, _, _ in _checkpoints(archive)] == list(SEALED)


def test_a_sealer_signs_no_second_history_after_an_old_state_of_the_database_came_back(archive: Archive) -> None:
    """Two roots for one size, each with our signature, would be worth nothing, either of them."""
    archive.change(
        "DELETE FROM log.events WHERE position > 400",
        "UPDATE log.head SET position = 400",
        "DELETE FROM seal.checkpoints WHERE size > 400",
        "DELETE FROM seal.tiles",
        "UPDATE seal.head SET position = 0",
    )
    archive.write(700)
    with closing(archive.sealer()) as sealer, pytest.raises(Forked, match="at 600"):
        sealer.catch_up()
    assert [size for size, _, _ in _checkpoints(archive)] == [200, 400]
    archive.outside.rename(archive.outside.with_suffix(".set-aside"))
    archive.seal()
    assert archive.verify().wrong == []


def _checkpoints(archive: Archive) -> list[tuple[int, bytes, str]]:
    with psycopg.connect(archive.url) as connection:
        return Seal(connection).checkpoints()


def altered(row: Stored, chance: random.Random) -> Stored | None:
    """The row with one byte of one column changed, or none where that column has no bytes."""
    column = chance.choice(Stored._fields)
    old = getattr(row, column)
    if old is None:
        return None
    raw = bytearray(_raw(old))
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(7 if isinstance(old, str) else 8)
    return row._replace(**{column: _cooked(bytes(raw), old)})


def _raw(value: object) -> bytes:
    match value:
        case int():
            return value.to_bytes(8, signed=True)
        case UUID():
            return value.bytes
        case str():
            return value.encode()
    assert isinstance(value, bytes)
    return value


def _cooked(raw: bytes, like: object) -> object:
    match like:
        case int():
            return int.from_bytes(raw, signed=True)
        case UUID():
            return UUID(bytes=raw)
        case str():
            return raw.decode()
    return raw


def test_each_of_ten_thousand_changes_of_one_byte_is_found_where_it_is(sealed: Archive) -> None:
    rows, chance = sealed.rows()[:120], random.Random(6)
    tiles = grow(0, [leaf_of(row) for row in rows], lambda level, number: b"")
    done = 0
    while done < 10_000:
        place = chance.randrange(len(rows))
        if (changed := altered(rows[place], chance)) is None:
            continue
        reading = Reading(len(rows), lambda level, number: tiles[level, number])
        wrong = reading.first_wrong([*rows[:place], changed, *rows[place + 1 :]])
        assert wrong and wrong.position == place + 1, changed
        done += 1


def test_changes_of_one_byte_in_the_database_are_found_where_they_are(archive: Archive) -> None:
    rows, chance, places = archive.rows()[: SEALED[-1]], random.Random(60), set(range(1, HEAD + 1))
    with psycopg.connect(archive.url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        done = 0
        while done < 60:
            row = chance.choice(rows)
            changed = altered(row, chance)
            if changed is None or "\0" in changed.type or changed.position in places - {row.position}:
                continue
            _put(connection, row.position, changed)
            assert archive.wrong().position in (row.position, changed.position), changed
            _put(connection, changed.position, row)
            done += 1
    assert archive.verify().wrong == []


def _put(connection: psycopg.Connection, position: int, row: Stored) -> None:
    connection.execute(
        "UPDATE log.events SET (position, stream, version, type, subject, state, box) = (%s, %s, %s, %s, %s, %s, %s)"
        " WHERE position = %s",
        (*row, position),
    )
