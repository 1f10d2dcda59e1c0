"""Checkpoints: how large the log is and the root over it, signed (C2SP tlog-checkpoint, a signed note, Ed25519)."""

from __future__ import annotations

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infrastructure.evidence.verifier import Checkpoint, Key, notes

FILE = "checkpoint.key"
TAIL = 16_384
"""Bytes at the end of the file outside in which a checkpoint is looked for before it is added."""


class Signer(NamedTuple):
    """Signs for one log, which its origin names."""

    origin: str
    secret: Ed25519PrivateKey

    @property
    def key(self) -> Key:
        return Key(self.origin, self.secret.public_key().public_bytes_raw())

    def checkpoint(self, size: int, root: bytes) -> str:
        return self.note(f"{self.origin}\n{size}\n{base64.b64encode(root).decode()}\n")

    def note(self, text: str) -> str:
        """The text with its signature below it. The first line tells what the signature is for."""
        signature = base64.b64encode(self.key.id + self.secret.sign(text.encode())).decode()
        return f"{text}\n— {self.origin} {signature}\n"


def origin_of(log: UUID) -> str:
    return f"uberrima/{log.hex}"


def secret_in(folder: Path) -> Ed25519PrivateKey:
    """The signing key of this installation, readable by this user only; made where there is none. Two make one."""
    path = folder / FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".{secrets.token_hex(8)}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text()))


def last_kept(path: Path, key: Key) -> list[Checkpoint]:
    """The last checkpoint of a log that the file outside holds, if any. Raises Wrong where it is not signed by the key."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        found = [note for note in notes(file.read().decode("utf-8", "replace")) if note.startswith(f"{key.name}\n")]
    return [Checkpoint.read(note, key) for note in found[-1:]]


def keep(note: str, path: Path) -> None:
    """Adds a checkpoint to the file outside the database, unless it is among the last ones there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        file.seek(max(0, file.tell() - TAIL))
        if note.encode() not in file.read():
            file.write(note.encode())
            file.flush()
            os.fsync(file.fileno())
