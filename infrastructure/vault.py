"""Keys: one for each person, wrapped by a master key that lies in a file of its own and never in the database."""

from __future__ import annotations

import os
import secrets
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY, NONCE, NAME = 32, 12, 8
"""Bytes of a key (AES-256), of a nonce (GCM), and of a master key's name."""
TICK = 100_000_000
"""Nanoseconds within which a file system may not tell two changes apart."""


class WrongMasterKey(Exception):
    """What is in the vault was wrapped by a master key that this installation does not have."""

    def __init__(self, name: bytes, folder: Path | None = None) -> None:
        where = f" {folder}" if folder else ""
        super().__init__(
            f"the master key {name.hex()}, which this database was written with, is not in the key folder{where}"
            f" · 密钥文件夹{where}中没有此数据库所用的主密钥 {name.hex()}"
        )


class Masters:
    """The master keys of an installation, by name. The newest has the greatest name and wraps what is new.

    A folder is looked at again when it has changed, and where a name is met that is not known yet: a running process
    follows a rotation without being told.
    """

    def __init__(self, keys: Mapping[bytes, bytes], folder: Path | None = None) -> None:
        self.folder, self._seen = folder, 0
        self._keys = {name: AESGCM(key) for name, key in keys.items()}

    @classmethod
    def load(cls, folder: Path) -> Masters:
        """The keys kept in a folder, readable by this user only; the first is made where there is none."""
        if not any(folder.glob("*.master")):
            make_master(folder)
        masters = cls({}, folder)
        masters._look()
        return masters

    @classmethod
    def fleeting(cls) -> Masters:
        """A master key that nothing outlives."""
        return cls({secrets.token_bytes(NAME): secrets.token_bytes(KEY)})

    @property
    def names(self) -> frozenset[bytes]:
        self._notice()
        return frozenset(self._keys)

    @property
    def newest(self) -> bytes:
        self._notice()
        return max(self._keys)

    def wrap(self, bound: bytes, key: bytes) -> bytes:
        """The key under the newest master key, for what it is bound to only."""
        name, nonce = self.newest, secrets.token_bytes(NONCE)
        return name + nonce + self._keys[name].encrypt(nonce, key, bound)

    def unwrap(self, bound: bytes, wrapped: bytes) -> bytes:
        """Raises WrongMasterKey."""
        name, nonce, sealed = wrapped[:NAME], wrapped[NAME : NAME + NONCE], wrapped[NAME + NONCE :]
        if name not in self._keys:
            self._look()
        try:
            return self._keys[name].decrypt(nonce, sealed, bound)
        except (KeyError, InvalidTag) as error:
            raise WrongMasterKey(name, self.folder) from error

    def _notice(self) -> None:
        with suppress(FileNotFoundError):
            if self.folder and self.folder.stat().st_mtime_ns != self._seen:
                self._look()

    def _look(self) -> None:
        """Learns the keys of the folder; those known already stay, as a row read before may still need them."""
        with suppress(FileNotFoundError):
            if self.folder is not None:
                changed = self.folder.stat().st_mtime_ns
                for file in self.folder.glob("*.master"):
                    self._keys.setdefault(bytes.fromhex(file.stem), AESGCM(bytes.fromhex(file.read_text())))
                # What changed a moment ago may change again within the same tick of the file system's clock.
                self._seen = changed if time.time_ns() - changed > TICK else 0


def make_master(folder: Path) -> bytes:
    """A new master key in a file of its own; its name, greater than every other there, begins with the time in ms.

    Two who make the first at once make two: either opens what the other wraps.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = max((int(file.stem[:12], 16) for file in folder.glob("*.master")), default=0)
    name = max(time.time_ns() // 1_000_000, before + 1).to_bytes(6) + secrets.token_bytes(NAME - 6)
    draft = folder / f".{name.hex()}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(KEY))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(_file(folder, name))
    _settle(folder)
    return name


def remove_master(folder: Path, name: bytes) -> None:
    _file(folder, name).unlink(missing_ok=True)
    _settle(folder)


def _file(folder: Path, name: bytes) -> Path:
    return folder / f"{name.hex()}.master"


def _settle(folder: Path) -> None:
    """Sees to it that a file made or removed there is so after a power cut too, where the system knows a way."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Keys(Mapping[UUID, AESGCM | None]):
    """The keys of persons that this process has used lately. None stands for one who has been forgotten."""

    def __init__(self, masters: Masters, remember: int = 50_000) -> None:
        self._masters, self._remember = masters, remember
        self._known: OrderedDict[UUID, AESGCM | None] = OrderedDict()
        self._times_forgotten = 0

    def __getitem__(self, subject: UUID) -> AESGCM | None:
        self._known.move_to_end(subject)
        return self._known[subject]

    def __contains__(self, subject: object) -> bool:
        return subject in self._known

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def unknown(self, subjects: Iterable[UUID | None]) -> list[UUID]:
        return list({each for each in subjects if each is not None and each not in self._known})

    def learn(self, rows: Iterable[tuple[UUID, bytes | None]]) -> None:
        for subject, wrapped in rows:
            self._known[subject] = None if wrapped is None else AESGCM(self._masters.unwrap(subject.bytes, wrapped))
        while len(self._known) > self._remember:
            self._known.popitem(last=False)

    def make(self, subject: UUID) -> tuple[AESGCM, bytes]:
        """A new key for a person, and its wrapping. It is not remembered before the database has it."""
        key = secrets.token_bytes(KEY)
        return AESGCM(key), self._masters.wrap(subject.bytes, key)

    def notice(self, times_forgotten: int) -> None:
        """Where somebody has been forgotten since, no key of theirs stays in this process."""
        if times_forgotten != self._times_forgotten:
            self._times_forgotten = times_forgotten
            self._known.clear()
