"""Everything that may be asked of a log's evidence, whoever asks: checkpoints, proofs, packs, verification."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from application.ports import Unavailable
from domain.kernel import Recorded
from infrastructure.evidence.checkpoint import Signer
from infrastructure.evidence.pack import pack
from infrastructure.evidence.seal import Connection, Seal
from infrastructure.evidence.sealer import Sealer
from infrastructure.evidence.verifier import notes
from infrastructure.evidence.verify import Progress, Report, verify


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the log goes, how far it is sealed, and the latest checkpoint."""

    head: int
    sealed: int
    signed: int
    signed_at: datetime | None
    key: str


@dataclass(frozen=True, slots=True)
class Proof:
    """That the event at a position is in the log of that size: its leaf's hash and the hashes beside its way up."""

    position: int
    size: int
    leaf: bytes
    root: bytes
    hashes: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Archive:
    """The evidence of one database, signed with this installation's key, its checkpoints kept in a file outside too."""

    url: str
    secret: Ed25519PrivateKey
    outside: Path

    def sealer(self) -> Sealer:
        return Sealer(self.url, self.secret, self.outside)

    def checkpoint(self) -> str:
        """Seals what has been appended so far; the signed checkpoint over it."""
        with closing(self.sealer()) as sealer:
            sealer.catch_up()
            return sealer.checkpoint()

    def standing(self) -> Standing:
        with self._seal() as (connection, seal):
            [(head,)] = connection.execute("SELECT position FROM log.head")
            latest = connection.execute("SELECT size, at FROM seal.checkpoints ORDER BY size DESC LIMIT 1").fetchone()
            size, at = latest or (0, None)
            return Standing(head, seal.position, size, at, str(Signer(seal.origin, self.secret).key))

    def latest(self) -> str:
        """The latest checkpoint; empty where none has been signed."""
        with self._seal() as (_, seal):
            return next((note for _, _, note in seal.checkpoints(latest=1)), "")

    def inclusion(self, position: int, size: int | None = None) -> Proof:
        """Raises ValueError where the log of that size does not have the position, or is not sealed so far."""
        with self._seal() as (_, seal):
            whole = seal.position if size is None else size
            hashes = seal.inclusion(position, whole)
            return Proof(position, whole, seal.parts(0, position - 1), seal.root(whole), hashes)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Raises ValueError where the one does not come before the other, or is not sealed so far."""
        with self._seal() as (_, seal):
            return seal.consistency(old, new)

    def pack(self, case: Sequence[Recorded], kept: str = "") -> bytes:
        """The evidence of a case, all of it sealed first; with the checkpoints that whoever asks has kept."""
        self.checkpoint()
        with self._seal() as (_, seal):
            signer = Signer(seal.origin, self.secret)
        sizes = [line for note in notes(kept) for line in note.split("\n")[1:2]]
        return pack(self.url, signer, case, [int(size) for size in sizes if size.isdecimal()])

    def verify(self, kept: Sequence[str], progress: Progress) -> Report:
        return verify(self.url, self.secret, self.outside, [note for text in kept for note in notes(text)], progress)

    @contextmanager
    def _seal(self) -> Iterator[tuple[Connection, Seal]]:
        try:
            opened = psycopg.connect(self.url)
        except psycopg.OperationalError as error:
            raise Unavailable(str(error).strip()) from error
        with opened as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            yield connection, Seal(connection, still=True)
