"""Verifies the log of a database as it is at one moment, against its seal and the checkpoints held elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infrastructure.evidence.checkpoint import Signer
from infrastructure.evidence.reading import GIVEN, INSIDE, OUTSIDE, Reading, Signed, misshapen
from infrastructure.evidence.seal import Connection, Seal
from infrastructure.evidence.verifier import Checkpoint, Key, Wrong, notes
from infrastructure.mapper import Stored
from infrastructure.postgres.log import PAGE

Progress = Callable[[int, int], None]
AT_ONCE = 4096
LONGEST = 19
"""Digits of the largest position there can be."""


@dataclass(slots=True)
class Report:
    """What was read, and what does not hold, the first bad position first; what is noted is not wrong."""

    events: int = 0
    sealed: int = 0
    checkpoints: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    noted: list[tuple[str, str]] = field(default_factory=list)


def verify(
    url: str,
    secret: Ed25519PrivateKey,
    outside: Path,
    given: Sequence[str] = (),
    progress: Progress = lambda done, total: None,
) -> Report:
    """Every event hashed again, every tile, every checkpoint; `given` are those that whoever asks has kept."""
    # Read before the database is: what is in it by then is in the database too.
    kept = notes(outside.read_text("utf-8", "replace")) if outside.exists() else []
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        seal = Seal(connection)
        examined = _Examined(connection, seal, Signer(seal.origin, secret).key)
        examined.checkpoints(kept, given)
        examined.tiles()
        examined.events(progress)
        examined.note(kept)
    examined.report.wrong.sort(key=lambda wrong: wrong.position)
    return examined.report


class _Examined:
    def __init__(self, connection: Connection, seal: Seal, key: Key) -> None:
        self.report = Report(sealed=seal.position)
        self._connection, self._seal, self._key = connection, seal, key
        self._signed: list[Signed] = []
        [(self._head,)] = connection.execute("SELECT position FROM log.head")

    def checkpoints(self, kept: Sequence[str], given: Sequence[str]) -> None:
        inside = set()
        for size, root, note in self._seal.checkpoints():
            inside.add(note)
            found = self._checkpoint(note, INSIDE)
            if found and (found.size, found.root) != (size, root):
                zh, en = "检查点的列与其签名内容不一致", "the columns of a checkpoint are not what was signed"
                self.report.wrong.append(Wrong(zh, en, min(size, found.size)))
        # The file outside may serve several logs.
        ours = [note for note in kept if note.startswith(f"{self._key.name}\n")]
        if others := len(kept) - len(ours):
            zh, en = "个检查点不属于本日志", "checkpoints in the file outside are of other logs"
            self.report.noted.append((f"库外文件中有 {others} {zh}", f"{others} {en}"))
        for note, where in [*((each, OUTSIDE) for each in ours), *((each, GIVEN) for each in given)]:
            found = self._checkpoint(note, where)
            if found and where is OUTSIDE and note not in inside:
                zh, en = "检查点只在库外文件中", "a checkpoint is in the file outside and not in the database any more"
                self.report.wrong.append(Wrong(zh, en, found.size))

    def _checkpoint(self, note: str, where: tuple[str, str]) -> Checkpoint | None:
        zh, en = where
        try:
            found = Checkpoint.read(note, self._key)
        except Wrong as wrong:
            size = [line for line in note.split("\n")[1:2] if line.isdecimal() and len(line) <= LONGEST]
            at = int(size[0]) if size else 0
            self.report.wrong.append(Wrong(f"{zh}的检查点：{wrong.zh}", f"a checkpoint {en}: {wrong.en}", at))
            return None
        self.report.checkpoints += 1
        self._signed.append(Signed(found.size, found.root, where))
        if found.size > self.report.sealed:
            zh, en = f"{zh}的检查点签到 {found.size}", f"a checkpoint {en} was signed at {found.size}"
            short = f"日志只封存到 {self.report.sealed}", f"the log is sealed up to {self.report.sealed} only"
            self.report.wrong.append(Wrong(f"{zh}，{short[0]}", f"{en}, {short[1]}", self.report.sealed + 1))
        return found

    def tiles(self) -> None:
        tiles = self._connection.execute("SELECT level, number, octet_length(hashes) FROM seal.tiles ORDER BY 1, 2")
        self.report.wrong += list(misshapen(self.report.sealed, tiles.fetchall()))[:1]
        if self.report.sealed > self._head:
            zh, en = "日志止于此前，而封存已过此处", "the log ends before this, and was sealed beyond"
            self.report.wrong.append(Wrong(zh, en, self._head + 1))

    def events(self, progress: Progress) -> None:
        reading = Reading(self.report.sealed, lru_cache(64)(self._seal.tile), self._signed)
        cursor = psycopg.RawCursor(self._connection)
        wrong = self._stray()
        while reading.position < self._head:
            upto = min(reading.position + AT_ONCE, self._head)
            rows = [Stored(*row) for row in cursor.execute(PAGE, (reading.position, upto), binary=True)]
            if first := reading.first_wrong(rows):
                wrong.append(first)
                break
            if reading.position < upto:
                wrong.append(Wrong("事件缺失", "the event is missing", reading.position + 1))
                break
            progress(reading.position, self._head)
        self.report.events = reading.position
        self.report.wrong += wrong

    def _stray(self) -> list[Wrong]:
        rows = self._connection.execute(
            "SELECT position FROM log.events WHERE position < 1 OR position > %s ORDER BY position LIMIT 1",
            (self._head,),
        )
        zh, en = "日志从未给出这个位置", "the log never gave an event this position"
        return [Wrong(zh, en, position) for (position,) in rows]

    def note(self, kept: Sequence[str]) -> None:
        if (tail := self._head - self.report.sealed) > 0:
            first = self.report.sealed + 1
            zh = f"自位置 {first} 起的 {tail} 条事件尚未封存，没有任何东西证明它们"
            en = f"the {tail} events from position {first} on are not sealed yet: nothing proves them"
            self.report.noted.append((zh, en))
        if any(note not in kept for _, _, note in self._seal.checkpoints(latest=1)):
            zh, en = "库外文件没有最近的检查点", "the file outside does not hold the latest checkpoint"
            self.report.noted.append((zh, en))
