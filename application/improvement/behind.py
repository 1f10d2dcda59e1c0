"""The cases behind one figure of a review, all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from application.docket.dockets import CaseClocks
from application.improvement.review import days_late, falls_in, judged
from application.improvement.stages import CaseStages, Milestone
from domain.clock import State


class Behind(BaseModel):
    """A case, with what it weighs in the figure: working days, or days late; `state` is that of its clock."""

    model_config = ConfigDict(frozen=True)

    case: UUID
    capability: str
    number: str
    on: date
    weight: int
    state: State | None = None


def behind_deadline(rows: Iterable[CaseClocks], month: date, as_at: date, rule: str) -> Sequence[Behind]:
    """Every clock of that rule that fell due in the month; the latest first."""
    found = (
        Behind(
            case=row.case,
            capability=row.capability,
            number=row.number,
            on=timed.clock.due_on,
            weight=days_late(timed, as_at),
            state=timed.state,
        )
        for row in rows
        for timed in row.clocks
        if timed.clock.rule == rule and judged(timed) and timed.clock.due_on and falls_in(timed.clock.due_on, month)
    )
    return _heaviest_first(found)


def behind_duration(
    rows: Iterable[CaseStages], month: date, capability: str, since: Milestone | None, until: Milestone | None
) -> Sequence[Behind]:
    """Every case that finished that stage in the month, or the whole process; the longest first."""
    return _heaviest_first(_finished((row for row in rows if row.capability == capability), month, since, until))


def _finished(
    rows: Iterable[CaseStages], month: date, since: Milestone | None, until: Milestone | None
) -> Iterator[Behind]:
    for row in rows:
        named = {"case": row.case, "capability": row.capability, "number": row.number}
        if since is None:
            if row.done_on and falls_in(row.done_on, month):
                yield Behind(**named, on=row.done_on, weight=row.working_days)
            continue
        for stage in row.stages:
            if (stage.since, stage.until) == (since, until) and falls_in(stage.reached_on, month):
                yield Behind(**named, on=stage.reached_on, weight=stage.working_days)


def _heaviest_first(found: Iterable[Behind]) -> Sequence[Behind]:
    return sorted(found, key=lambda each: (-each.weight, each.number, each.case))
