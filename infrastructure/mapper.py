"""How an event and its envelope are written down: plain JSON, and in a box what is personal in it.

The JSON reads on its own, with what is personal left blank: that is what remains once a person is forgotten.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Union
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel import EVENTS, Event, Recorded
from domain.personal import forgotten, personal
from infrastructure.upcasts import upcast
from infrastructure.vault import NONCE

Keyring = Mapping[UUID, AESGCM | None]


class Stored(NamedTuple):
    """An event as it lies in the log. `type` is its name and, from the second on, its edition."""

    position: int
    stream: UUID
    version: int
    type: str
    subject: UUID | None
    state: bytes
    box: bytes | None


class Unreadable(Exception):
    """A stored event that cannot be what was recorded: which, and why."""

    def __init__(self, position: int, why: str) -> None:
        self.position = position
        super().__init__(f"event {position}: {why}")


_ENCODE = msgspec.json.Encoder().encode
_PLACELESS = len(b",0]")


def encode(recorded: Recorded, key: AESGCM | None = None) -> Stored:
    """The event as it is stored; what is personal in it goes into a box under its subject's key."""
    event, box = recorded.event, None
    kind = tag(type(event))
    if (hidden := personal(type(event))) and (blank := forgotten(event)) != event:
        assert key is not None and recorded.subject is not None, "what is personal is kept under the key of a person"
        told = _ENCODE({name: getattr(event, name) for name in hidden})[1:-1]
        nonce = secrets.token_bytes(NONCE)
        box = nonce + key.encrypt(nonce, told, _bound(recorded.stream, recorded.version, kind))
        recorded = recorded.but(event=blank)
    state = _ENCODE(recorded.but(position=0) if recorded.position else recorded)[:-_PLACELESS] + b"]"
    subject = recorded.subject if box is not None else None
    return Stored(0, recorded.stream, recorded.version, kind, subject, state, box)


def decode(rows: Sequence[Stored], keys: Keyring) -> list[Recorded]:
    """The events of stored rows. Raises Unreadable, naming the first that is."""
    current, whole = _current()
    states = [
        row.state if row.box is None and row.type in current else _brought(row, keys, current=row.type in current)
        for row in rows
    ]
    try:
        read: list[Recorded] = whole(b"[" + b",".join(states) + b"]")
    except (msgspec.DecodeError, ValueError):
        read = [_one(row, state, whole) for row, state in zip(rows, states, strict=True)]
    for row, recorded in zip(rows, read, strict=True):
        msgspec.structs.force_setattr(recorded, "position", row.position)
    return read


def tag(kind: type[Event]) -> str:
    return str(kind.__struct_config__.tag)


def _one(row: Stored, state: bytes, whole: Any) -> Recorded:
    try:
        [recorded] = whole(b"[" + state + b"]")
    except (msgspec.DecodeError, ValueError) as error:
        raise Unreadable(row.position, str(error)) from error
    return recorded  # type: ignore[no-any-return]


def _brought(row: Stored, keys: Keyring, *, current: bool) -> bytes:
    """The state with what is personal put back where its key still exists, in the present edition of its event."""
    state = row.state
    key = keys[row.subject] if row.subject is not None else None
    if row.box is not None and key is not None:
        try:
            told = key.decrypt(row.box[:NONCE], row.box[NONCE:], _bound(row.stream, row.version, row.type))
        except InvalidTag as error:
            raise Unreadable(row.position, "its box was not made by its person's key for this event") from error
        # Of a name that is told twice, the later one counts: the blank before it is what remains without the box.
        state = state[:-2] + b"," + told + b"}]"
    return state if current else _present(row, state)


def _present(row: Stored, state: bytes) -> bytes:
    name, _, edition = row.type.partition("/")
    kind = EVENTS.get(name)
    if kind is None:
        raise Unreadable(row.position, f"nobody knows an event called {name}")
    *envelope, body = msgspec.json.decode(state)
    del body["type"]
    try:
        body = upcast(kind.__name__, int(edition or 1), kind.edition, body)
    except KeyError as error:
        raise Unreadable(row.position, f"there is no way from {row.type} to edition {kind.edition}") from error
    return _ENCODE([*envelope, {"type": tag(kind), **body}])


def _bound(stream: UUID, version: int, kind: str) -> bytes:
    """What a box belongs to; moved to another event it does not open."""
    return stream.bytes + version.to_bytes(8) + kind.encode()


_decoder: tuple[int, frozenset[str], Any] = (0, frozenset(), None)


def _current() -> tuple[frozenset[str], Any]:
    """The types as they are written now, and what reads a list of entries of any of them."""
    global _decoder  # noqa: PLW0603 - made once all events are known, and again should there be more
    count, types, whole = _decoder
    if count != len(EVENTS):
        kinds = tuple(set(EVENTS.values()))
        types = frozenset(map(tag, kinds))
        whole = msgspec.json.Decoder(list[Recorded[Union[kinds]]]).decode  # type: ignore[valid-type]  # noqa: UP007
        _decoder = (len(EVENTS), types, whole)
    return types, whole
