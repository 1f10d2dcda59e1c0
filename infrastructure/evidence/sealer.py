"""Seals the log: adds what has been appended to the tree, and signs how large it is and the root over it."""

from __future__ import annotations

from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infrastructure.evidence.checkpoint import Signer, keep, last_kept
from infrastructure.evidence.seal import Connection, Seal, leaf_of
from infrastructure.evidence.tiles import grow
from infrastructure.mapper import Stored
from infrastructure.postgres.log import PAGE, unbroken


class Forked(Exception):
    """What is sealed does not begin with what was signed last: signing it would vouch for another history."""

    def __init__(self, size: int) -> None:
        super().__init__(f"what is sealed does not continue the checkpoint at {size}; nothing is signed")


class Sealer:
    """Several may run at once: the row that says how far the log is sealed is locked for each batch.

    `outside` is the file beside the database that every checkpoint is added to.
    """

    def __init__(self, url: str, secret: Ed25519PrivateKey, outside: Path, batch: int = 4096) -> None:
        self.batch, self._secret, self._outside = batch, secret, outside
        self._connection: Connection = psycopg.connect(url, autocommit=True)
        self.seal = Seal(self._connection)

    def close(self) -> None:
        self._connection.close()

    @property
    def signer(self) -> Signer:
        return Signer(self.seal.origin, self._secret)

    def step(self) -> int:
        """Seals the next batch and returns how many events it had. Raises Hole, Torn."""
        with self._connection.transaction():
            position = self._held()
            rows = psycopg.RawCursor(self._connection).execute(PAGE, (position, position + self.batch), binary=True)
            events = unbroken(position, [Stored(*row) for row in rows])
            if events:
                tiles = grow(position, [leaf_of(each) for each in events], self.seal.tile)
                self._connection.execute(
                    "INSERT INTO seal.tiles SELECT * FROM unnest(%b::smallint[], %b::bigint[], %b::bytea[])"
                    " ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes",
                    ([level for level, _ in tiles], [number for _, number in tiles], list(tiles.values())),
                )
                self._connection.execute("UPDATE seal.head SET position = %s", (position + len(events),))
        return len(events)

    def catch_up(self) -> int:
        """Seals everything there is and signs a checkpoint over it; returns how many events it sealed."""
        done = 0
        while sealed := self.step():
            done += sealed
        self.checkpoint()
        return done

    def checkpoint(self) -> str:
        """The signed checkpoint over what is sealed, which the file outside holds too. Raises Forked, Torn."""
        with self._connection.transaction():
            note = self._signed(self._held())
        # First in the database, so that what the file outside tells of and the database does not has been removed.
        keep(note, self._outside)
        return note

    def _signed(self, size: int) -> str:
        signer = self.signer
        stored = self.seal.checkpoints(latest=1)
        kept = [(each.size, each.root) for each in last_kept(self._outside, signer.key)]
        for last, root in [*((last, root) for last, root, _ in stored), *kept]:
            if last > size or self.seal.root(last) != root:
                raise Forked(last)
        if stored and stored[0][0] == size:
            return stored[0][2]
        root = self.seal.root(size)
        note = signer.checkpoint(size, root)
        self._connection.execute(
            "INSERT INTO seal.checkpoints (size, root, note) VALUES (%s, %s, %s)", (size, root, note)
        )
        return note

    def _held(self) -> int:
        """How far the log is sealed; it stays so until this transaction ends."""
        [(position,)] = self._connection.execute("SELECT position FROM seal.head FOR UPDATE")
        return int(position)
