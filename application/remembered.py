"""The aggregates this process has met lately, folded; a hot one is fast-forwarded and never folded twice."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from uuid import UUID

from application.ports import EventStore
from domain.catalogue import AGGREGATE_OF
from domain.kernel import Aggregate


class Remembered:
    def __init__(self, store: EventStore, most: int) -> None:
        self._store, self._most = store, most
        self._known: OrderedDict[UUID, Aggregate] = OrderedDict()
        self._times_forgotten = store.times_forgotten
        self._glanced: dict[UUID, float] = {}

    def get(self, stream: UUID) -> Aggregate | None:
        """As it was when last met; it may have moved on."""
        return self._known.get(stream)

    async def glance(self, kind: type[Aggregate], stream: UUID, lately: float) -> Aggregate:
        """As it stood not longer ago than these seconds; what this process did since is seen."""
        now, known = time.monotonic(), self._known.get(stream)
        if known is not None and now < self._glanced.get(stream, 0) + lately:
            return known
        state = (await self.load({stream: kind}))[stream]
        if lately:
            self.learn([state])
            self._glanced[stream] = now
        return state

    async def load(self, wanted: Mapping[UUID, type[Aggregate]]) -> dict[UUID, Aggregate]:
        """Each as it stands now."""
        if not wanted:
            return {}
        known = {stream: self._known.get(stream) for stream in wanted}
        history = await self._store.load({stream: state.version if state else 0 for stream, state in known.items()})
        if self.forget():
            # What is known may tell of somebody who has been forgotten: all of it is loaded anew.
            known = dict.fromkeys(wanted)
            history = await self._store.load(dict.fromkeys(wanted, 0))
        loaded: dict[UUID, Aggregate] = {}
        for stream, kind in wanted.items():
            events = history.get(stream, ())
            # A stream is what its events say, whatever it was asked for as.
            begun = AGGREGATE_OF[type(events[0].event).__name__] if events else kind
            loaded[stream] = (known[stream] or begun(id=stream)).after(events)
        return loaded

    def forget(self) -> bool:
        """Whether somebody has been forgotten since; then nothing of what was known is kept."""
        if self._times_forgotten == self._store.times_forgotten:
            return False
        self._times_forgotten = self._store.times_forgotten
        self._known.clear()
        self._glanced.clear()
        return True

    def learn(self, states: Iterable[Aggregate]) -> None:
        if self.forget():
            return
        for state in states:
            if state.version or state.only:
                self._known[state.id] = state
                self._known.move_to_end(state.id)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
