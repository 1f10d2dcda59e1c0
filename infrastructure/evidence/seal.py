"""What is sealed in a database: its tiles, its checkpoints, and the proofs that follow from them."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

import psycopg

from infrastructure.evidence import merkle
from infrastructure.evidence.checkpoint import origin_of
from infrastructure.evidence.tiles import parts_of
from infrastructure.evidence.verifier import entry as form
from infrastructure.evidence.verifier import leaf
from infrastructure.mapper import Stored

REMEMBERED = 4096
"""How many parts of a tree are remembered that stands still: a few for each of the proofs that follow one another."""
Connection = psycopg.Connection[tuple[Any, ...]]


def leaf_of(row: Stored) -> bytes:
    """The hash that stands for a stored event."""
    subject = None if row.subject is None else row.subject.bytes
    return leaf(form(row.position, row.stream.bytes, row.version, row.type, subject, row.state, row.box))


class Seal:
    """Reads what is sealed, on somebody's connection; `still` says that it sees one moment only."""

    def __init__(self, connection: Connection, *, still: bool = False) -> None:
        self._connection = connection
        self.parts = lru_cache(REMEMBERED)(parts_of(lru_cache(64)(self.tile))) if still else parts_of(self.tile)

    @cached_property
    def origin(self) -> str:
        [(log,)] = self._connection.execute("SELECT log FROM seal.head")
        return origin_of(log)

    @property
    def position(self) -> int:
        """How far the log is sealed."""
        [(position,)] = self._connection.execute("SELECT position FROM seal.head")
        return int(position)

    def tile(self, level: int, number: int) -> bytes:
        """The hashes of a tile; none where there is no such tile."""
        query = "SELECT hashes FROM seal.tiles WHERE (level, number) = (%s, %s)"
        found = self._connection.cursor(binary=True).execute(query, (level, number)).fetchone()
        return bytes(found[0]) if found else b""

    def checkpoints(self, latest: int | None = None) -> list[tuple[int, bytes, str]]:
        """Size, root and note of the latest, or of all, in the order of their sizes."""
        query = "SELECT size, root, note FROM seal.checkpoints ORDER BY size DESC LIMIT %s"
        rows = self._connection.cursor(binary=True).execute(query, (latest,)).fetchall()
        return [(size, bytes(root), note) for size, root, note in reversed(rows)]

    def inclusion(self, position: int, size: int) -> list[bytes]:
        """Raises ValueError where a log of that size has no such position or is not sealed so far."""
        return merkle.inclusion(self.parts, position - 1, self._sealed(size))

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Raises ValueError where the one does not come before the other or is not sealed so far."""
        return merkle.consistency(self.parts, old, self._sealed(new))

    def root(self, size: int) -> bytes:
        return merkle.root(self.parts, self._sealed(size))

    def _sealed(self, size: int) -> int:
        if size > (position := self.position):
            raise ValueError(f"the log is sealed up to {position}")
        return size
