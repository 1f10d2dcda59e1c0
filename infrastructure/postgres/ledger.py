"""The ledger of persons forgotten: a table, and beside the master keys a file that a restored database cannot undo."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
import psycopg

LOCK = "uberrima.ledger"
_TABLE = (
    "SELECT l.position, min(l.at), array_agg(l.subject ORDER BY l.subject <> e.stream, l.subject)"
    " FROM vault.ledger l LEFT JOIN log.events e USING (position) GROUP BY l.position ORDER BY 1"
)


class Forgetting(msgspec.Struct, frozen=True):
    """Whose keys were destroyed with the event at that position, the person's own first, and when (UTC)."""

    position: int
    at: datetime
    subjects: Sequence[UUID]


def file_in(folder: Path) -> Path:
    return folder / "forgotten.jsonl"


def noted(folder: Path) -> list[Forgetting]:
    """What the file says; a last line that a power cut broke off says nothing."""
    file = file_in(folder)
    lines = file.read_bytes().splitlines(keepends=True) if file.exists() else []
    return [msgspec.json.decode(line, type=Forgetting) for line in lines if line.endswith(b"\n")]


def complete(url: str, folder: Path) -> int:
    """Writes into the file what the table has and the file lacks; tells how many lines that were."""
    with psycopg.connect(url) as connection:
        # Several processes may find the same line missing.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (LOCK,))
        rows = connection.execute(_TABLE, binary=True).fetchall()
        lines = [msgspec.json.encode(Forgetting(*row)) + b"\n" for row in rows]
        return _complete(file_in(folder), lines) if lines else 0


def _complete(file: Path, lines: Sequence[bytes]) -> int:
    with open(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a+b") as ledger:
        ledger.seek(0)
        there = ledger.read()
        # What a power cut broke off was never complete; it is written again as a whole.
        ledger.truncate(there.rfind(b"\n") + 1)
        known = set(there.splitlines(keepends=True))
        missing = [line for line in lines if line not in known]
        ledger.write(b"".join(missing))
        ledger.flush()
        os.fsync(ledger.fileno())
    return len(missing)
