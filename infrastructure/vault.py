"""Keys: one for each person, wrapped by a master key that lies in a file of its own and never in the database."""

from __future__ import annotations

import os
import secrets
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY, NONCE, NAME = 32, 12, 8
"""Bytes of a key (AES-256), of a nonce (GCM), and of a master key's name."""


class WrongMasterKey(Exception):
    """The key that wraps persons' keys in this database is not among the master keys of this installation."""

    def __init__(self, name: bytes) -> None:
        super().__init__(f"master key {name.hex()}, which this database was written with, is not in the key folder")


class Masters:
    """The master keys of an installation, by name; new persons' keys are wrapped by the newest."""

    def __init__(self, keys: Mapping[bytes, bytes], newest: bytes) -> None:
        self._keys = {name: AESGCM(key) for name, key in keys.items()}
        self.newest = newest

    @classmethod
    def load(cls, folder: Path) -> Masters:
        """The keys kept in a folder, readable by this user only; the first is made where there is none."""
        if not any(folder.glob("*.master")):
            make_master(folder)
        files = sorted(folder.glob("*.master"), key=lambda file: (file.stat().st_mtime_ns, file.name))
        return cls(
            {bytes.fromhex(file.stem): bytes.fromhex(file.read_text()) for file in files}, bytes.fromhex(files[-1].stem)
        )

    @classmethod
    def fleeting(cls) -> Masters:
        """A master key that nothing outlives."""
        name = secrets.token_bytes(NAME)
        return cls({name: secrets.token_bytes(KEY)}, name)

    def wrap(self, subject: UUID, key: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return self.newest + nonce + self._keys[self.newest].encrypt(nonce, key, subject.bytes)

    def unwrap(self, subject: UUID, wrapped: bytes) -> bytes:
        """Raises WrongMasterKey."""
        name, nonce, sealed = wrapped[:NAME], wrapped[NAME : NAME + NONCE], wrapped[NAME + NONCE :]
        try:
            return self._keys[name].decrypt(nonce, sealed, subject.bytes)
        except (KeyError, InvalidTag) as error:
            raise WrongMasterKey(name) from error


def make_master(folder: Path) -> Path:
    """A new master key, from now on the newest, in a file that bears its name. Two who make the first make one."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{secrets.token_hex(NAME)}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(KEY))
        file.flush()
        os.fsync(file.fileno())
    path = folder / f"{draft.name[1:]}.master"
    draft.rename(path)
    return path


class Keys(Mapping[UUID, AESGCM | None]):
    """The keys of persons that this process has used lately. None stands for one who has been forgotten."""

    def __init__(self, masters: Masters, remember: int = 50_000) -> None:
        self._masters, self._remember = masters, remember
        self._known: OrderedDict[UUID, AESGCM | None] = OrderedDict()

    def __getitem__(self, subject: UUID) -> AESGCM | None:
        self._known.move_to_end(subject)
        return self._known[subject]

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def unknown(self, subjects: Iterable[UUID | None]) -> list[UUID]:
        return list({each for each in subjects if each is not None and each not in self._known})

    def learn(self, rows: Iterable[tuple[UUID, bytes | None]]) -> None:
        for subject, wrapped in rows:
            self._known[subject] = None if wrapped is None else AESGCM(self._masters.unwrap(subject, wrapped))
        while len(self._known) > self._remember:
            self._known.popitem(last=False)

    def make(self, subject: UUID) -> tuple[AESGCM, bytes]:
        """A new key for a person, and its wrapping. It is not remembered before the database has it."""
        key = secrets.token_bytes(KEY)
        return AESGCM(key), self._masters.wrap(subject, key)

    def clear(self) -> None:
        self._known.clear()
