"""The log in large pages: the server sends thousands of events as a few values, and they are decoded in one go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel import EVENTS, Event, Recorded
from infrastructure.mapper import Opens, Unreadable, current, entries, names, opened, present, uncollected
from infrastructure.postgres.log import Hole
from infrastructure.vault import Masters

Connection = psycopg.Connection[Any]
Kinds = Collection[type[Event]]
T = TypeVar("T")

PAGE = 5000
"""Events fetched at once: enough that what a page costs is nothing beside its events, and a few megabytes."""
PART = 250
"""Events decoded at once: few enough that they stay near the processor, which makes half as fast again."""
REMEMBERED = 5000
"""Keys of persons that are kept; one takes two kilobytes."""

_PAGE = """
SELECT (SELECT forgotten FROM log.head), count(*), max(position),
    array_agg(position) FILTER (WHERE heard), array_agg(state) FILTER (WHERE heard),
    array_agg(position) FILTER (WHERE odd), array_agg(box) FILTER (WHERE odd),
    array_agg(CASE WHEN box IS NOT NULL THEN uuid_send(subject) END) FILTER (WHERE odd),
    array_agg(uuid_send(stream) || int8send(version) || convert_to(type, 'UTF8')) FILTER (WHERE odd),
    array_agg(CASE WHEN type <> ALL ($4::text[]) THEN type END) FILTER (WHERE odd)
FROM (
    SELECT *, heard AND (box IS NOT NULL OR type <> ALL ($4::text[])) AS odd FROM (
        SELECT *, type <> ALL ($3::text[]) AS heard FROM log.events
        WHERE position > $1::bigint AND position <= $2::bigint ORDER BY position
    ) AS e
) AS e
"""
_BY_STREAM = _PAGE.replace("max(position)", "(array_agg(stream))[count(*)], (array_agg(version))[count(*)]").replace(
    "WHERE position > $1::bigint AND position <= $2::bigint ORDER BY position",
    "WHERE (stream, version) > ($1::uuid, $2::bigint) ORDER BY stream, version LIMIT $5::int",
)
"""As above, but in the order of the streams; of the last event it tells where in that order it stands."""
_OF = _PAGE.replace("WHERE position >", "WHERE stream = $5::uuid AND position >")
"""As above, but of one stream, wherever else something happened in between."""
_MISSING = """
SELECT min(n) FROM generate_series($1::bigint + 1, $2::bigint) AS n
WHERE NOT EXISTS (SELECT FROM log.events WHERE position = n)
"""
_KEYS = (
    "SELECT array_agg(uuid_send(subject)), array_agg(wrapped) FROM vault.keys WHERE subject = ANY ($1::text::uuid[])"
)
_TYPES = "SELECT position, type FROM log.events WHERE position = ANY ($1::bigint[])"


@dataclass(frozen=True, slots=True)
class Trouble:
    """An event that cannot be read, or not be folded: where it stands, what it is called, and why."""

    position: int
    type: str
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    """The events asked for that stand between two positions, and those of them that cannot be read."""

    after: int
    upto: int
    events: Sequence[Recorded]
    unreadable: Sequence[Trouble] = ()


@dataclass(frozen=True, slots=True)
class _Fetched:
    """A page as the server sent it.

    Odd are the events whose stored state is not all there is to them: place in the page, box, what it is bound to, the
    person's key, and the type where that is an old edition.
    """

    after: int
    upto: int
    positions: Sequence[int]
    states: list[bytes]
    odd: Iterable[tuple[int, bytes | None, bytes, Opens | None, str | None]]


class Reader:
    """Reads the log over a connection; what is personal only where its person's key still exists."""

    def __init__(self, connection: Connection, masters: Masters) -> None:
        self._connection, self._masters = connection, masters
        self._known: dict[bytes, Opens | None] = {}
        self._times_forgotten = 0
        # What decodes is made here, before there are threads that would have to wait for it.
        current()

    def page(self, after: int, limit: int = PAGE, hears: Kinds | None = None) -> Page:
        """The next events, as far as there are any. Raises Hole."""
        parts = list(self._decoded(self._fetched(after, after + limit, hears)))
        events = [event for part in parts for event in part.events]
        return Page(after, parts[-1].upto, events, [trouble for part in parts for trouble in part.unreadable])

    def pages(self, after: int, upto: int, hears: Kinds | None = None, size: int = PAGE) -> Iterator[Page]:
        """Everything between two positions; a page is fetched while the one before is decoded and used. Raises Hole."""
        starts = range(after, upto, size)
        fetched = (self._fetched(start, min(start + size, upto), hears, whole=True) for start in starts)
        with uncollected():
            yield from chain.from_iterable(map(self._decoded, ahead(fetched)))

    def of(self, stream: UUID, after: int, upto: int) -> list[Recorded]:
        """The events of one stream between two positions. Raises Unreadable."""
        [row] = self._ask(_OF, (after, upto, [], list(current()), stream))
        _, _, _, positions, states, *odd = (each or () for each in row)
        fetched = _Fetched(after, upto, positions, states or [], self._odd(positions, *odd))
        return [event for page in strict(self._decoded(fetched)) for event in page.events]

    def by_stream(self, size: int = PAGE) -> Iterator[Page]:
        """Everything there is, stream by stream; a stream may begin in one page and end in another."""
        with uncollected():
            yield from chain.from_iterable(map(self._decoded, ahead(self._streams(size))))

    def _streams(self, size: int) -> Iterator[_Fetched]:
        stream, version = UUID(int=0), 0
        while True:
            [row] = self._ask(_BY_STREAM, (stream, version, [], list(current()), size))
            _, count, stream, version, positions, states, *odd = row
            if not count:
                return
            yield _Fetched(0, 0, positions, states, self._odd(positions, *(each or () for each in odd)))

    def _fetched(self, after: int, upto: int, hears: Kinds | None, *, whole: bool = False) -> _Fetched:
        # What nobody knows is heard by all: who can tell what it would have been?
        ignored = [] if hears is None else names({*EVENTS.values()}.difference(hears))
        [row] = self._ask(_PAGE, (after, upto, ignored, list(current())))
        times_forgotten, count, last, positions, states, *odd = (each or () for each in row)
        last = last or after
        if last - after != (count or 0) or (whole and last < upto):
            [(missing,)] = self._ask(_MISSING, (after, upto))
            raise Hole(missing)
        if times_forgotten != self._times_forgotten:
            # Somebody has been forgotten since: no key of theirs stays in this process.
            self._times_forgotten = times_forgotten or 0
            self._known.clear()
        return _Fetched(after, last, positions, states or [], self._odd(positions, *odd))

    def _odd(self, positions: Sequence[int], odd: Any, boxes: Any, subjects: Any, bounds: Any, types: Any) -> Any:
        self._learn({subject for subject in subjects if subject is not None})
        place = dict(zip(positions, range(len(positions)), strict=True)) if odd else {}
        keys = [None if subject is None else self._known.get(subject, _no_key) for subject in subjects]
        return zip(map(place.__getitem__, odd), boxes, bounds, keys, types, strict=True)

    def _learn(self, subjects: set[bytes]) -> None:
        unknown = subjects - self._known.keys()
        for spare in list(self._known)[: max(0, len(self._known) + len(unknown) - REMEMBERED)]:
            if spare not in subjects:
                del self._known[spare]
        if unknown:
            [(known, keys)] = self._ask(_KEYS, (f"{{{','.join(map(bytes.hex, unknown))}}}",))
            for subject, wrapped in zip(known or (), keys or (), strict=True):
                key = None if wrapped is None else AESGCM(self._masters.unwrap(subject, wrapped)).decrypt
                self._known[subject] = key

    def _decoded(self, page: _Fetched) -> Iterator[Page]:
        """The events of a page, a part at a time; one at least, so that it is told up to where there was nothing."""
        wrong = _restored(page)
        positions, states = page.positions, page.states
        after = page.after
        for start in range(0, len(states) or 1, PART):
            end = start + PART
            upto = positions[end - 1] if end < len(states) else page.upto
            yield self._part(after, upto, positions[start:end], states[start:end], wrong)
            after = upto

    def _part(
        self, after: int, upto: int, positions: Sequence[int], states: Sequence[bytes], wrong: dict[int, str]
    ) -> Page:
        if not wrong or wrong.keys().isdisjoint(positions):
            try:
                return Page(after, upto, entries(positions, states))
            except Unreadable:
                pass
        events: list[Recorded] = []
        for position, state in zip(positions, states, strict=True):
            if position not in wrong:
                try:
                    events += entries([position], [state])
                except Unreadable as error:
                    wrong[position] = error.why
        types = dict(self._ask(_TYPES, ([position for position in positions if position in wrong],)))
        return Page(after, upto, events, [Trouble(each, types[each], wrong[each]) for each in sorted(types)])

    def _ask(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        return psycopg.RawCursor(self._connection).execute(query, values, binary=True).fetchall()


def _restored(page: _Fetched) -> dict[int, str]:
    """Makes the states whole where they stand; returns why what could not be, by position."""
    positions, states, wrong = page.positions, page.states, dict[int, str]()
    for place, box, bound, key, old in page.odd:
        try:
            if box is not None and key is not None:
                states[place] = opened(positions[place], states[place], box, bound, key)
            if old is not None:
                states[place] = present(positions[place], states[place], old)
        except Unreadable as error:
            wrong[error.position] = error.why
    return wrong


def _no_key(nonce: bytes, content: bytes, bound: bytes) -> bytes:
    """Opens nothing, as a key that is neither there nor destroyed."""
    raise InvalidTag


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, each made in a thread while the one before is used."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item


def strict(pages: Iterator[Page]) -> Iterator[Page]:
    """The same pages. Raises Unreadable at the first event that cannot be read."""
    for page in pages:
        for trouble in page.unreadable:
            raise Unreadable(trouble.position, trouble.why)
        yield page
