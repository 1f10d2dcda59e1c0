"""What happens to the clocks of a case, beside what happens in the case itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel import Event
from domain.words import Personal, Role


class ExtensionAsked(Event):
    tells = ("{asker}申请{rule}延长{units}", "{asker} asks for {units} more of {rule}")
    case: UUID
    rule: str
    run: int
    units: int
    reason: Personal[str]
    asker: str
    customer: UUID | None = None


class ClockExtended(Event):
    tells = ("{approver}批准{rule}延长{units}", "{approver} approved {units} more of {rule}")
    case: UUID
    rule: str
    run: int
    units: int
    asker: str
    approver: str


class ExtensionDeclined(Event):
    tells = ("{decider}未批准{rule}延长", "{decider} declined more time for {rule}")
    case: UUID
    rule: str
    run: int
    decider: str


class DeadlineNeared(Event):
    tells = ("{rule}将于{due_on}到期", "{rule} falls due on {due_on}")
    internal = True
    case: UUID
    rule: str
    run: int
    due_on: date


class DeadlineMissed(Event):
    """What was due by the end of that day had not been done by then."""

    tells = ("{rule}于{due_on}到期未完成", "{rule} was missed: due on {due_on}")
    internal = True
    case: UUID
    rule: str
    run: int
    due_on: date


class DeadlineEscalated(Event):
    tells = ("{rule}（{due_on}到期）上报{role}", "{rule}, due on {due_on}, was taken to the {role}")
    internal = True
    case: UUID
    rule: str
    run: int
    due_on: date
    role: Role


class DeadlineRedated(Event):
    """A calendar became known that moves the due date, or makes it certain."""

    tells = (
        "{rule}按日历{calendar}由{before}改为{due_on}到期",
        "{rule} falls due on {due_on} by calendar {calendar}, not on {before}",
    )
    case: UUID
    rule: str
    run: int
    before: date | None
    due_on: date | None
    calendar: str


class ClockRejudged(Event):
    """A clock that was counted by one edition of its rule is counted by another from here on."""

    tells = (
        "{rule}由{before}改按{counted_by}计算：{reason}",
        "{rule} is counted by {counted_by} instead of {before}: {reason}",
    )
    case: UUID
    rule: str
    run: int
    before: str
    counted_by: str
    reason: Personal[str]
    by: str
    customer: UUID | None = None
