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
_TABLE = "SELECT position, min(at), array_agg(subject ORDER BY subject) FROM vault.ledger GROUP BY position ORDER BY 1"


class Forgetting(msgspec.Struct, frozen=True):
    """Whose keys were destroyed with the event at that position, and when (UTC)."""

    position: int
    at: datetime
    subjects: Sequence[UUID]


def file_in(folder: Path) -> Path:
    return folder / "forgotten.jsonl"


def noted(folder: Path) -> list[Forgetting]:
    """What the file says; a line that a power cut broke off says nothing, and is there again in full."""
    found = []
    for line in _lines(folder):
        try:
            found.append(msgspec.json.decode(line, type=Forgetting))
        except (msgspec.DecodeError, ValueError):
            continue
    return found


def complete(url: str, folder: Path) -> int:
    """Writes into the file what the table has and the file lacks; tells how many lines that were."""
    with psycopg.connect(url) as connection:
        # Several processes may find the same line missing.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (LOCK,))
        rows = connection.execute(_TABLE, binary=True).fetchall()
        there = set(_lines(folder))
        lines = [msgspec.json.encode(Forgetting(*row)) for row in rows]
        if missing := [line for line in lines if line not in there]:
            _append(file_in(folder), missing)
    return len(missing)


def _lines(folder: Path) -> list[bytes]:
    file = file_in(folder)
    return file.read_bytes().splitlines() if file.exists() else []


def _append(file: Path, lines: Sequence[bytes]) -> None:
    broken_off = file.exists() and file.read_bytes()[-1:] not in (b"", b"\n")
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
        out.write(b"\n" * broken_off + b"".join(line + b"\n" for line in lines))
        out.flush()
        os.fsync(out.fileno())
