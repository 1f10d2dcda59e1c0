"""The vault as its keeper sees it: which master keys wrap how much, and how a newer one takes over."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from application.ports import EventStore
from infrastructure.lookup import SECRETS, name_of
from infrastructure.postgres import restored
from infrastructure.postgres.ledger import Forgetting, noted
from infrastructure.postgres.restored import Replayed
from infrastructure.vault import KEY, NAME, Masters, WrongMasterKey, make_master, remove_master

Progress = Callable[[int, int], None]

_OF = f"substring(wrapped FOR {NAME})"
"""The master key that a wrapping names."""
_WORN = (
    f"SELECT subject, wrapped FROM vault.keys WHERE {_OF} <> %s AND (%s::uuid IS NULL OR subject > %s)"  # noqa: S608
    " ORDER BY subject LIMIT %s"
)


class NotRetired(Exception):
    """A master key cannot go: there is none of that name, or it is the newest, or it still wraps something."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A master key: how much it wraps, whether it wraps what is new, whether its file is there."""

    name: str
    keys: int
    newest: bool
    present: bool


class Vault:
    def __init__(self, url: str, masters: Masters) -> None:
        self._masters = masters
        self._connection: psycopg.Connection[tuple[Any, ...]] = psycopg.connect(url, autocommit=True)

    def close(self) -> None:
        self._connection.close()

    def check(self) -> None:
        """Raises WrongMasterKey where a key that wraps something here is not in this installation, and Revived."""
        names = list(self._masters.names)
        query = "SELECT name FROM vault.masters WHERE retired_at IS NULL AND name <> ALL(%s) LIMIT 1"
        for (name,) in self._connection.execute(query, (names,)):
            raise WrongMasterKey(name, self._masters.folder)
        restored.check(self._connection, self._ledger())

    async def replay(self, store: EventStore) -> Replayed:
        """Forgets everybody again who stands in the ledger beside the master keys."""
        return await restored.replay(self._connection, store, self._ledger())

    def begin(self) -> None:
        """Makes the first look-up key where there is none."""
        if not self._lookups():
            self._keep(name_of(1))

    def renew_lookup(self) -> str:
        """A new look-up key beside the older ones, its name; what is found by it has to be built anew then."""
        name = name_of(1 + max((int(each.rpartition("/")[2]) for each in self._lookups()), default=0))
        self._keep(name)
        return name

    def discard_before(self, newest: str) -> None:
        """Removes the look-up keys older than one."""
        for name in self._lookups():
            if name < newest:
                self._connection.execute("SELECT vault.discard(%s)", (name,))

    def standing(self) -> list[Standing]:
        """Every master key in use or in the folder, oldest first."""
        wraps: dict[bytes, int] = {}
        for table in ("vault.keys", "vault.secrets"):
            counted = self._connection.execute(f"SELECT {_OF}, count(*) FROM {table} GROUP BY 1")  # noqa: S608
            wraps |= {name: wraps.get(name, 0) + count for name, count in counted if name is not None}
        present, newest = self._masters.names, self._masters.newest
        return [
            Standing(name.hex(), wraps.get(name, 0), name == newest, name in present)
            for name in sorted({*wraps, *present})
        ]

    def forgotten(self) -> int:
        """How many persons' keys have been destroyed."""
        return self._number("SELECT count(*) FROM vault.keys WHERE wrapped IS NULL")

    def rotate(self, progress: Progress = lambda done, total: None, batch: int = 500) -> str:
        """Wraps every key anew by a new master key, whose name it returns; one that was interrupted is completed.

        Writers go on meanwhile. Once the older master keys are outdated nothing new is wrapped by them, so there is
        an end to it.
        """
        if not self._worn(self._masters.newest):
            assert self._masters.folder is not None, "a master key that is to last lies in a folder"
            make_master(self._masters.folder)
        done, total = 0, 0
        while True:
            newest = self._masters.newest
            older = [name for name in self._masters.names if name < newest]
            self._connection.execute("SELECT vault.outdate(%s)", (older,))
            worn = self._worn(newest)
            if not worn:
                return newest.hex()
            total = max(total, done + worn)
            # Somebody else may make a newer one meanwhile, and outdate this one: then that one takes over.
            with suppress(psycopg.errors.RestrictViolation):
                for replaced in self._rewrapped(newest, batch):
                    done += replaced
                    progress(done, max(done, total))

    def retire(self, name: str) -> None:
        """Removes a master key that wraps nothing any more, its file too. Raises NotRetired."""
        if name not in {each.name for each in self.standing()}:
            raise NotRetired(f"no master key is called {name} · 没有名为 {name} 的主密钥")
        master = bytes.fromhex(name)
        if master == self._masters.newest:
            raise NotRetired(
                f"{name} is the newest master key: `uberrima vault rotate` makes a newer one · 这是最新的主密钥，请先轮换"
            )
        self._connection.execute("SELECT vault.outdate(%s)", ([master],))
        if wrapping := self._number("SELECT vault.retire(%s)", master):
            raise NotRetired(
                f"{name} still wraps {wrapping} keys: `uberrima vault rotate` wraps them anew"
                f" · 此主密钥仍封装着 {wrapping} 个密钥，请先轮换"
            )
        if self._masters.folder is not None:
            remove_master(self._masters.folder, master)

    def _ledger(self) -> list[Forgetting]:
        return noted(self._masters.folder) if self._masters.folder else []

    def _lookups(self) -> list[str]:
        return [name for name, _ in self._connection.execute(SECRETS)]

    def _keep(self, name: str) -> None:
        wrapped = self._masters.wrap(name.encode(), secrets.token_bytes(KEY))
        self._connection.execute("SELECT vault.keep(%s, %s)", (name, wrapped))

    def _worn(self, newest: bytes) -> int:
        """How much is wrapped by another than the newest master key."""
        return self._number(
            f"SELECT (SELECT count(*) FROM vault.keys WHERE {_OF} <> %s)"  # noqa: S608
            f" + (SELECT count(*) FROM vault.secrets WHERE {_OF} <> %s)",
            *(newest, newest),
        )

    def _rewrapped(self, newest: bytes, batch: int) -> Iterable[int]:
        """Goes through everything once, telling how many of each batch were wrapped anew."""
        query = f"SELECT name, wrapped FROM vault.secrets WHERE {_OF} <> %s"  # noqa: S608
        for name, wrapped in self._connection.execute(query, (newest,)).fetchall():
            values = (name, wrapped, self._fresh(name.encode(), wrapped))
            yield self._number("SELECT vault.rewrap_secret(%s, %s, %s)::int", *values)
        after: UUID | None = None
        while rows := self._connection.execute(_WORN, (newest, after, after, batch), binary=True).fetchall():
            after = rows[-1][0]
            subjects, worn = [subject for subject, _ in rows], [wrapped for _, wrapped in rows]
            fresh = [self._fresh(subject.bytes, wrapped) for subject, wrapped in rows]
            yield self._number("SELECT vault.rewrap(%s, %s, %s)", subjects, worn, fresh)

    def _fresh(self, bound: bytes, worn: bytes) -> bytes:
        return self._masters.wrap(bound, self._masters.unwrap(bound, worn))

    def _number(self, query: str, *values: Any) -> int:
        [(number,)] = self._connection.execute(query, values)
        return int(number)
