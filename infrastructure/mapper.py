"""How an event and its envelope are written down: plain JSON, and in a box what is personal in it.

The JSON reads on its own, with what is personal left blank: that is what remains once a person is forgotten.
"""

from __future__ import annotations

import gc
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import repeat
from threading import Lock
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
Opens = Callable[[bytes, bytes, bytes], bytes]
"""What opens boxes: from nonce, content and what it is bound to, to what it tells. Raises InvalidTag."""


class Stored(NamedTuple):
    """An event as it lies in the log. `type` is its name and, from the second on, its edition."""

    position: int
    stream: UUID
    version: int
    type: str
    subject: UUID | None
    state: bytes
    box: bytes | None


COLUMNS = ", ".join(Stored._fields)
"""What is selected of the log where rows are read as Stored."""


class Unreadable(Exception):
    """A stored event that cannot be what was recorded: which, and why."""

    def __init__(self, position: int, why: str) -> None:
        self.position, self.why = position, why
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
        box = nonce + key.encrypt(nonce, told, _bound(recorded.stream.bytes, recorded.version, kind))
        recorded = recorded.but(event=blank)
    state = _ENCODE(recorded.but(position=0) if recorded.position else recorded)[:-_PLACELESS] + b"]"
    return Stored(0, recorded.stream, recorded.version, kind, recorded.subject, state, box)


def decode(rows: Sequence[Stored], keys: Keyring) -> list[Recorded]:
    """The events of stored rows. Raises Unreadable, naming the first that is."""
    types = current()
    states = []
    subject, key = None, None
    stream, place = None, b""
    for row in rows:
        state = row.state
        if row.box is not None:
            if row.subject is not subject:
                subject, key = row.subject, keys[row.subject] if row.subject is not None else None
            if row.stream is not stream:
                stream, place = row.stream, row.stream.bytes
            if key is not None:
                state = opened(row.position, state, row.box, _bound(place, row.version, row.type), key.decrypt)
        states.append(state if row.type in types else present(row.position, state, row.type))
    return entries([row.position for row in rows], states)


def entries(positions: Sequence[int], states: Sequence[bytes]) -> list[Recorded]:
    """The events of states that are as they are written now. Raises Unreadable, naming the first that is."""
    _, whole = _current()
    try:
        with uncollected():
            read: list[Recorded] = whole(b"[" + b",".join(states) + b"]")
    except (msgspec.DecodeError, ValueError):
        read = [_one(position, state, whole) for position, state in zip(positions, states, strict=True)]
    deque(map(msgspec.structs.force_setattr, read, repeat("position"), positions), maxlen=0)
    return read


@contextmanager
def uncollected() -> Iterator[None]:
    """Many values that nothing circular hangs on: looking for garbage meanwhile takes longer than reading them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def opened(position: int, state: bytes, box: bytes, bound: bytes, key: Opens) -> bytes:
    """The state with what is personal put back; `bound` is what its box belongs to. Raises Unreadable."""
    try:
        told = key(box[:NONCE], box[NONCE:], bound)
    except InvalidTag as error:
        raise Unreadable(position, "its box was not made by its person's key for this event") from error
    # Of a name that is told twice, the later one counts: the blank before it is what remains without the box.
    return state[:-2] + b"," + told + b"}]"


def present(position: int, state: bytes, kind: str) -> bytes:
    """The state in the present edition of its event. Raises Unreadable."""
    name, _, edition = kind.partition("/")
    event = EVENTS.get(name)
    if event is None:
        raise Unreadable(position, f"nobody knows an event called {name}")
    *envelope, body = msgspec.json.decode(state)
    del body["type"]
    try:
        body = upcast(event.__name__, int(edition or 1), event.edition, body)
    except KeyError as error:
        raise Unreadable(position, f"there is no way from {kind} to edition {event.edition}") from error
    return _ENCODE([*envelope, {"type": tag(event), **body}])


def tag(kind: type[Event]) -> str:
    return str(kind.__struct_config__.tag)


def current() -> frozenset[str]:
    """The types as they are written now."""
    return _current()[0]


def names(kinds: Iterable[type[Event]]) -> list[str]:
    """Every type under which events of these kinds may lie in the log."""
    wanted = set(kinds)
    return [
        name if edition == 1 else f"{name}/{edition}"
        for name, kind in EVENTS.items()
        if kind in wanted
        for edition in range(1, kind.edition + 1)
    ]


def _one(position: int, state: bytes, whole: Any) -> Recorded:
    try:
        [recorded] = whole(b"[" + state + b"]")
    except (msgspec.DecodeError, ValueError) as error:
        raise Unreadable(position, str(error)) from error
    return recorded  # type: ignore[no-any-return]


def _bound(stream: bytes, version: int, kind: str) -> bytes:
    """What a box belongs to; moved to another event it does not open."""
    return stream + version.to_bytes(8) + kind.encode()


_decoder: tuple[int, frozenset[str], Any] = (0, frozenset(), None)
_making = Lock()


def _current() -> tuple[frozenset[str], Any]:
    """The types as they are written now, and what reads a list of entries of any of them."""
    global _decoder  # noqa: PLW0603 - made once all events are known, and again should there be more
    count, types, whole = _decoder
    if count != len(EVENTS):
        # Two threads that look into the same types at once bring the whole process down.
        with _making:
            kinds = tuple(set(EVENTS.values()))
            types = frozenset(map(tag, kinds))
            whole = msgspec.json.Decoder(list[Recorded[Union[kinds]]]).decode  # type: ignore[valid-type]  # noqa: UP007
            _decoder = (len(EVENTS), types, whole)
    return types, whole
