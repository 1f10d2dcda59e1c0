"""What belongs to a case: its own events, and what they were decided upon."""

from __future__ import annotations

from uuid import UUID

from application.ports import EventStore
from domain.kernel import Recorded

WHOLE = 2**63


async def case_file(store: EventStore, case: UUID) -> list[Recorded]:
    """Every event of the case, and of each stream that was consulted for it as far as it was; in the log's order."""
    upto: dict[UUID, int] = {}
    found: dict[UUID, list[Recorded]] = {}
    wanted = {case: WHOLE}
    while wanted:
        upto |= wanted
        found |= await store.load(dict.fromkeys(wanted, 0))
        shown = [each for stream in wanted for each in found.get(stream, ()) if each.version <= upto[stream]]
        wanted = {}
        for stream, version in ((UUID(name), version) for each in shown for name, version in each.consulted.items()):
            if version > upto.get(stream, 0):
                wanted[stream] = max(version, wanted.get(stream, 0))
    events = [each for stream, all_ in found.items() for each in all_ if each.version <= upto[stream]]
    return sorted(events, key=lambda each: each.position)
