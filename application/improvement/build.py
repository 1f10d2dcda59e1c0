"""The review of a month, read from the read models as they stand together at one position."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from application.docket.dockets import CaseClocks, Dockets
from application.improvement.review import Review, last_day, reviewed
from application.improvement.stages import CaseStages, Stages
from application.ports import Denial, EventStore, ReadStore
from application.projection import Projection, Row
from domain.kernel import CALENDAR_ZONE, Refusal
from domain.words import plus_months

R = TypeVar("R", bound=Row)
AT_ONCE = 2000
TRIES = 20

TO_COME = Refusal("improvement.to_come", ("{month}尚未开始", "{month} has not begun"))
MOVING = Refusal("improvement.moving", ("数据正在更新，请稍后重试", "the read models are moving; try again"))


async def standing(reads: ReadStore) -> tuple[Sequence[CaseStages], Sequence[CaseClocks], int]:
    """The rows that a review is made of, as at one position. Raises Refused where they do not come to stand together."""
    for _ in range(TRIES):
        stages, at = await _all(reads, Stages, CaseStages)
        dockets, also_at = await _all(reads, Dockets, CaseClocks)
        if at == also_at:
            return stages, dockets, at
        await reads.wait(max(at, also_at))
    MOVING.unless(False)
    raise AssertionError


def as_at(month: date, today: date) -> date:
    """The day up to which anything of the month is known."""
    return min(today, last_day(month) + timedelta(1))


async def build(store: EventStore, reads: ReadStore, month: date, today: date) -> Review:
    """Raises Refused for a month to come, or where the read models do not come to stand together."""
    TO_COME.unless(month <= today, month=f"{month:%Y-%m}")
    refusals = await _refusals(store, plus_months(month, -1))
    stages, dockets, at = await standing(reads)
    return reviewed(month, at, stages, dockets, refusals, as_at(month, today))


async def _all(reads: ReadStore, projection: type[Projection], kind: type[R]) -> tuple[Sequence[R], int]:
    rows: list[R] = []
    cursor, position = None, 0
    while True:
        page = await reads.find(projection, limit=AT_ONCE, cursor=cursor)
        if cursor is None:
            position = page.position
        rows += [row for row in page.rows if isinstance(row, kind)]
        if (cursor := page.next) is None:
            return rows, position if page.position == position else -1


async def _refusals(store: EventStore, since: date) -> list[Denial]:
    """Those since a day, latest first."""
    begins = datetime.combine(since, datetime.min.time(), CALENDAR_ZONE)
    found: list[Denial] = []
    before = None
    while page := await store.denials(500, before):
        found += [each for _, each in page if each.at >= begins]
        before, last = page[-1]
        if last.at < begins:
            break
    return found
