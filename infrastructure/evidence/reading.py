"""A log read again from its beginning, beside what was sealed of it and what was signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

import msgspec

from infrastructure.evidence.merkle import Growing
from infrastructure.evidence.seal import leaf_of
from infrastructure.evidence.tiles import HASH, HEIGHT, WIDTH, Tile, shape
from infrastructure.evidence.verifier import Wrong
from infrastructure.mapper import Stored

INSIDE, OUTSIDE, GIVEN = ("数据库内", "in the database"), ("库外文件中", "in the file outside"), ("您提供", "you gave")
"""Where a checkpoint is held."""


class Signed(NamedTuple):
    """What a checkpoint vouches for, and where it is held."""

    size: int
    root: bytes
    where: tuple[str, str] = INSIDE


class _Event(msgspec.Struct, gc=False):
    type: str


class _State(msgspec.Struct, array_like=True, gc=False):
    """What an event's state says that its columns say too."""

    stream: UUID
    version: int
    recorded_at: msgspec.Raw
    occurred_at: msgspec.Raw
    actor: msgspec.Raw
    command: msgspec.Raw
    correlation: msgspec.Raw
    causation: msgspec.Raw
    consulted: msgspec.Raw
    rules: msgspec.Raw
    subject: UUID | None
    event: _Event


_STATE = msgspec.json.Decoder(_State).decode


class Reading:
    def __init__(self, sealed: int, tile: Tile, signed: Sequence[Signed] = ()) -> None:
        self.position, self.sealed = 0, sealed
        self._tile = tile
        self._signed: defaultdict[int, list[Signed]] = defaultdict(list)
        for each in signed:
            self._signed[each.size].append(each)
        self._vouched: dict[tuple[str, str], int] = {}
        self._versions: dict[bytes, int] = {}
        self._tree = Growing(self._completed)
        self._altered: Wrong | None = None

    def first_wrong(self, rows: Iterable[Stored]) -> Wrong | None:
        """What is wrong with the first of the next rows that is not as it was."""
        for row in rows:
            self.position += 1
            if wrong := self._wrong(row):
                return wrong
        return None

    def _wrong(self, row: Stored) -> Wrong | None:
        if row.position != self.position:
            return Wrong("事件缺失或不在其位置", "the event is missing or not in its place", self.position)
        sealed = self.position <= self.sealed
        if sealed and (leaf := leaf_of(row)) != self._hash(0, self.position - 1):
            return _altered(row)
        due = self._versions.get(row.stream.bytes, 0) + 1
        if row.version != due:
            return Wrong(f"其事件流的第 {due} 版缺失", f"version {due} of its stream is missing", row.position)
        self._versions[row.stream.bytes] = due
        if wrong := told_wrongly(row):
            return wrong
        if sealed:
            self._tree.add(leaf)
        return self._altered or self._rewritten()

    def _hash(self, level: int, number: int) -> bytes:
        place, at = divmod(number, WIDTH)
        return self._tile(level, place)[at * HASH : (at + 1) * HASH]

    def _completed(self, height: int, number: int, part: bytes) -> None:
        level, rest = divmod(height, HEIGHT)
        if not rest and self._hash(level, number) != part:
            zh, en = f"哈希块 {level}/{number // WIDTH} 被改动", f"tile {level}/{number // WIDTH} was altered"
            self._altered = self._altered or Wrong(zh, en, (number << height) + 1)

    def _rewritten(self) -> Wrong | None:
        """Whether the log differs from what was signed when it was this long."""
        for each in self._signed.get(self.position, ()):
            if self.position > self.sealed or each.root == self._tree.root:
                self._vouched[each.where] = self.position
                continue
            first, (zh, en) = self._vouched.get(each.where, 0) + 1, each.where
            return Wrong(
                f"历史在 {first} 至 {each.size} 之间被改写：{zh}的检查点 {each.size} 与之不符",
                f"history was rewritten between {first} and {each.size}: it is not what the checkpoint {en} says",
                first,
            )
        return None


def told_wrongly(row: Stored) -> Wrong | None:
    """Which columns differ from what the state itself says."""
    try:
        said = _STATE(row.state)
    except (msgspec.DecodeError, ValueError):
        return Wrong("内容无法读取", "its state cannot be read", row.position)
    differ = {
        "stream": said.stream != row.stream,
        "version": said.version != row.version,
        "type": said.event.type != row.type,
        "subject": row.subject is not None and said.subject != row.subject,
        "box": row.box is not None and row.subject is None,
    }
    if not any(differ.values()):
        return None
    names = ", ".join(name for name, does in differ.items() if does)
    return Wrong(f"列 {names} 与其内容不一致", f"its {names} differs from what its state says", row.position)


def _altered(row: Stored) -> Wrong:
    more = told_wrongly(row)
    zh, en = (f"；{more.zh}", f"; {more.en}") if more else ("", "")
    return Wrong(f"事件与封存的内容不符{zh}", f"the event is not what was sealed{en}", row.position)


def misshapen(sealed: int, tiles: Iterable[tuple[int, int, int]]) -> Iterator[Wrong]:
    """The tiles that a log sealed so far must have and has not, or has and must not. `tiles`: level, number, bytes."""
    held = {(level, number): size for level, number, size in tiles}
    for (level, number), size in shape(sealed):
        if (found := held.pop((level, number), 0)) != size:
            first = (number * WIDTH + min(found, size) // HASH << HEIGHT * level) + 1
            yield Wrong(f"哈希块 {level}/{number} 缺失或不完整", f"tile {level}/{number} is missing or torn", first)
    for level, number in held:
        first = (number * WIDTH << HEIGHT * level) + 1
        yield Wrong(f"多出哈希块 {level}/{number}", f"there is a tile too many, {level}/{number}", first)
